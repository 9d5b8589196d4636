/**
 * looks.test.mjs - every page of the demo shop is one that everybody can use
 *
 * No serious or critical finding of axe-core, filled and unfilled, and nothing wider than the screen
 * on a phone or a large display. Chromium stands for the others: the rules are about the document.
 */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { after, before } from 'node:test';

import { products, truth } from '../demo/published.mjs';
import { engines, inEveryBrowser } from './browsers.mjs';
import { openShop } from './shop.mjs';
import { allow, lookAt, productPath, visit } from './shopper.mjs';

const build = resolve(process.env.BUILD ?? 'build');
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const pictures = join(build, 'screenshots');

const product = products.products.find(({ stock }) => stock > 0).id;
const pages = {
  home: '/index.html',
  category: '/category.html?c=Kitchen',
  search: '/search.html?q=teapot',
  product: productPath(product),
  cart: '/cart.html',
  checkout: '/checkout.html',
  thanks: '/thanks.html',
  account: '/account.html',
};
const chromium = engines.filter(({ name }) => name === 'chromium');
const narrow = engines.filter(({ name }) => name !== 'webkit');

let shop;
before(async () => {
  shop = await openShop();
  mkdirSync(pictures, { recursive: true });
});
after(() => shop?.close());

/** The ids and places of what axe-core finds serious or critical. */
async function findings(page) {
  await page.evaluate(`${axe}; true`);
  // Half faded in, everything is pale.
  await page.waitFor(() => document.getAnimations()
    .every(({ playState }) => playState !== 'running'));
  return page.evaluate(async () => {
    const { violations } = await globalThis.axe.run(document, { resultTypes: ['violations'] });
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => node.target).join(' | ')}`);
  });
}

inEveryBrowser('no page has a serious finding of axe-core', async (page) => {
  for (const [name, path] of Object.entries(pages)) {
    await visit(page, shop, path);
    assert.deepEqual(await findings(page), [], `${name}, first visit`);
  }
  await visit(page, shop, '/index.html');
  await allow(page);
  await lookAt(page, shop, truth.kinds.teapot.slice(0, 4));
  await visit(page, shop, productPath(product));
  await page.click('[data-test=add-to-cart]');
  for (const [name, path] of Object.entries(pages)) {
    await visit(page, shop, path);
    assert.deepEqual(await findings(page), [], `${name}, personalised`);
  }
  const seen = () => Boolean(document.querySelector('sotto-privacy')?.shadowRoot
    ?.querySelector('[data-list=seen] li'));
  await page.waitFor(seen);
  assert.deepEqual(await findings(page), [], 'account, with the privacy centre');
  await visit(page, shop, '/index.html');
  await page.click('[data-test=panel-open]');
  await page.waitFor(seen);
  assert.deepEqual(await findings(page), [], 'the panel');
}, { only: chromium });

inEveryBrowser('what is known is one button away, and nothing covers it', async (page) => {
  const looksAt = () => page.waitFor(() => {
    const { left, top, width, height } = document.querySelector('[data-test=panel-open]')
      .getBoundingClientRect();
    return height > 0 && {
      top: document.elementFromPoint(left + width / 2, top + height / 2)?.dataset.test,
      edge: document.elementFromPoint(left + width / 2, top + height - 2)?.dataset.test,
      asked: !document.querySelector('[data-test=consent-banner]').hidden,
    };
  });
  for (const width of [390, 900, 1440]) {
    await page.resize(width, 800);
    await visit(page, shop, '/index.html');
    await page.waitFor(() => !document.querySelector('[data-test=consent-banner]').hidden);
    const picture = join(pictures, `${page.engine}-asked-${width}.png`);
    await page.screenshot(picture);
    const both = { top: 'panel-open', edge: 'panel-open' };
    assert.deepEqual(await looksAt(), { ...both, asked: true }, `${width} pixels, asked`);
  }
  await visit(page, shop, '/account.html');
  await page.waitFor(() => Boolean(document.querySelector('sotto-privacy')?.shadowRoot));
  const count = await page.evaluate(() => [
    document.querySelectorAll('[data-test=panel-open]').length,
    document.querySelectorAll('sotto-privacy').length,
  ]);
  assert.deepEqual(count, [0, 1], 'the account page has the privacy centre itself, once');
}, { only: narrow });

inEveryBrowser('no page scrolls sideways at 390 or 1440 pixels', async (page) => {
  await visit(page, shop, '/index.html');
  await allow(page);
  await lookAt(page, shop, truth.kinds.teapot.slice(0, 4));
  for (const width of [390, 1440]) {
    await page.resize(width, 900);
    for (const [name, path] of Object.entries(pages)) {
      await visit(page, shop, path);
      const { wide, screen } = await page.evaluate(() => ({
        wide: document.documentElement.scrollWidth, screen: document.documentElement.clientWidth,
      }));
      assert.ok(wide <= screen, `${name} is ${wide} pixels wide on a screen of ${screen}`);
      const picture = join(pictures, `${page.engine}-${name}-${width}.png`);
      await page.screenshot(picture, { fullPage: true });
    }
  }
}, { only: narrow });
