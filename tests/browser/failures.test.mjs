/**
 * failures.test.mjs - whatever is missing or damaged, the page is the shop's, and hears of it once
 */
import assert from 'node:assert/strict';
import { after, before } from 'node:test';

import { products } from '../demo/published.mjs';
import { inEveryBrowser } from './browsers.mjs';
import { openShop } from './shop.mjs';

const product = products.products.find(({ stock }) => stock > 0).id;

/** A page with one slot that the page's own product is enough to fill. */
const PAGE = `<!doctype html>
<html lang="en"><title>Test</title>
<sotto-slot name="product-similar">
  <template><p class="ours" data-sotto="text:title"></p></template>
  <p class="own">the shop’s own</p>
</sotto-slot>
<script type="module" src="/test-page.js"></script>`;
const SCRIPT = `
globalThis.told = [];
addEventListener('error', ({ message }) => told.push({ code: 'thrown', message }));
addEventListener('unhandledrejection', ({ reason }) =>
  told.push({ code: 'thrown', message: String(reason) }));
const { start } = await import('/sotto/sotto.js');
const sotto = await start({
  base: '/sotto/',
  page: { items: [${JSON.stringify(product)}], cart: [] },
  onError: ({ code, message }) => told.push({ code, message }),
});
globalThis.outcome = { ready: sotto.ready, items: sotto.decide('product-similar').items.length };
`;

/** A file of the bundle, by what its name starts with. */
const part = (name) => new RegExp(`^/sotto/${name}[^/]*$`);

let shop;
before(async () => {
  shop = await openShop();
});
after(() => shop?.close());

async function openTestPage(page) {
  // What the cache has from a page before would hide what is missing now.
  shop.forbidCaching();
  shop.lay('/test-page.html', 'text/html; charset=utf-8', PAGE);
  shop.lay('/test-page.js', 'text/javascript; charset=utf-8', SCRIPT);
  await page.goto(shop.url('/test-page.html'));
  await page.waitFor('globalThis.outcome !== undefined');
}

const look = (page) => page.evaluate(() => ({
  outcome: globalThis.outcome,
  told: globalThis.told,
  own: document.querySelectorAll('.own').length,
  ours: document.querySelectorAll('.ours').length,
}));

inEveryBrowser('with everything in its place the test page is filled', async (page) => {
  shop.reset();
  await openTestPage(page);
  await page.waitFor(() => document.querySelectorAll('.ours').length > 0);
  const seen = await look(page);
  assert.deepEqual(seen.told, []);
  assert.equal(seen.outcome.ready, true);
  assert.equal(seen.own, 0);
  assert.deepEqual(shop.violations, []);
});

const FILES = ['sotto\\.wasm', 'manifest', 'model', 'catalogue', 'campaigns'];

for (const how of ['miss', 'damage']) {
  const state = how === 'miss' ? 'missing' : 'damaged';
  inEveryBrowser(`a file that is ${state} leaves the shop’s own content`, async (page) => {
    for (const name of FILES) {
      shop.reset();
      shop[how](part(name));
      await openTestPage(page);
      const seen = await look(page);
      const what = `${name}: ${JSON.stringify(seen.told)}`;
      assert.equal(seen.told.length, 1, `told once of ${what}`);
      assert.notEqual(seen.told[0].code, 'thrown', what);
      assert.deepEqual(seen.outcome, { ready: false, items: 0 }, what);
      assert.deepEqual([seen.own, seen.ours], [1, 0], `the shop’s own content, without ${what}`);
    }
  });
}

inEveryBrowser('a shop whose Sotto does not load at all is still the shop', async (page) => {
  shop.reset();
  shop.miss(/^\/sotto\//);
  await page.goto(shop.url('/index.html'));
  await page.waitFor(() => document.querySelectorAll('sotto-slot [data-item]').length >= 8);
  await page.goto(shop.url(`/product.html?id=${product}`));
  await page.waitFor(() => document.querySelector('[data-test=product-title]').textContent.trim());
  await page.click('[data-test=add-to-cart]');
  await page.waitFor(() => document.querySelector('[data-test=cart-count]').textContent === '1');
});
