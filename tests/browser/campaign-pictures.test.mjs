/**
 * campaign-pictures.test.mjs - the picture of a campaign is asked for by everybody, shown by some
 *
 * The demo shop's hero for those who like the garden names a picture. The proxy sees who asks for it.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { after, before, beforeEach } from 'node:test';

import { products } from '../demo/published.mjs';
import { inEveryBrowser } from './browsers.mjs';
import { openShop } from './shop.mjs';
import { allow, counted, productPath, sotto, until, visit } from './shopper.mjs';

const PICTURE = '/pictures/bench.svg';
const bench = products.products.filter(({ category, stock }) => category.startsWith('Garden') && stock > 0)
  .slice(0, 6).map(({ id }) => id);

let shop;
before(async () => {
  shop = await openShop();
});
after(() => shop?.close());
beforeEach(() => shop.reset());

/** The page has asked for it, and has it or not. */
const fetched = (page) => page.waitFor((path) => performance.getEntriesByType('resource')
  .some(({ name, responseEnd }) => name.endsWith(path) && responseEnd > 0), PICTURE);

/** The shopper is one of those whom the hero is for. */
async function likeTheGarden(page) {
  await visit(page, shop, '/account.html');
  await allow(page);
  for (const id of bench) {
    await visit(page, shop, productPath(id));
    await counted(page, id);
  }
  await until(page, async (it) => (await it.campaigns).segments().includes('garden-fan'));
  await fetched(page);
  shop.seen.length = 0;
}

const asked = () => shop.seen.filter(({ path }) => path.startsWith(PICTURE)).length;
const hero = () => document.querySelector('sotto-block[campaign=garden-hero]')?.shadowRoot.querySelector('img.picture') ?? null;

inEveryBrowser('who sees it draws it from memory; who does not asks for it just the same', async (page) => {
  shop.forbidCaching();
  await visit(page, shop, '/index.html');
  await fetched(page);
  assert.equal(asked(), 1, 'a stranger asks');
  assert.equal(await page.evaluate(hero), null);

  await likeTheGarden(page);
  await visit(page, shop, '/index.html');
  const src = await page.waitFor(`(${hero})()?.naturalWidth > 0 && (${hero})().getAttribute('src')`);
  assert.match(src, /^blob:/);
  assert.equal(asked(), 1, 'and so does who sees it: once');
  // Drawn anew, when the page is about something else, it asks for nothing.
  await sotto(page, (it) => it.page({ type: 'home', items: [] }));
  await page.waitFor(`(${hero})()?.naturalWidth > 0`);
  assert.equal(asked(), 1);
  await visit(page, shop, productPath(bench[0]));
  await fetched(page);
  assert.equal(asked(), 2, 'and a page that could not show it');
  assert.deepEqual(shop.violations, []);
});

inEveryBrowser('one that cannot be had is left out, and told of', async (page) => {
  shop.forbidCaching();
  const integration = readFileSync(join(resolve(process.env.BUILD ?? 'build'), 'demo/shop/recommend.js'), 'utf8');
  assert.match(integration, /onError: /);
  shop.lay('/recommend.js', 'text/javascript', integration.replace('onError: ',
    'onError: ({ code, file }) => (globalThis.told ??= []).push([code, file]), before: '));
  await likeTheGarden(page);
  shop.miss(/bench\.svg/);
  await visit(page, shop, '/index.html');
  await page.waitFor(() => document.querySelector('sotto-block[campaign=garden-hero]') !== null);
  await page.waitFor(`(${hero})() === null`);
  assert.deepEqual(await page.waitFor('globalThis.told'), [['missing', PICTURE]]);
  assert.equal(asked(), 1);
});
