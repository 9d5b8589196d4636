/**
 * ranker.test.mjs - what is ranked when there is time, and where it shows
 *
 * The demo shop's logs are enough for vectors, so its bundle has a ranker part. What it found is known
 * by its scores: the best has 65,536, one in Q16, which the sum of links only has by chance.
 */
import assert from 'node:assert/strict';
import { after, before, beforeEach } from 'node:test';

import { truth } from '../demo/published.mjs';
import { inEveryBrowser } from './browsers.mjs';
import { openShop } from './shop.mjs';
import { allow, askedForRanker, filled, lookAt, shelved, sotto, visit } from './shopper.mjs';

const BEST = 65536;
const RANKER = /^\/sotto\/ranker\.[^/]*$/;
const taste = truth.styles.nordic.slice(0, 3);

let shop;
before(async () => {
  shop = await openShop();
});
after(() => shop?.close());
beforeEach(() => shop.reset());

const forYou = (page) => sotto(page, (it) =>
  it.decide('home-for-you').items.map(({ id, score, strategy, reasons }) =>
    ({ id, score, strategy, text: reasons[0]?.text })));

async function becomeShopper(page) {
  await visit(page, shop, '/index.html');
  await allow(page);
  await lookAt(page, shop, taste);
  await shelved(page);
}

inEveryBrowser('the shelf outlives the page: the next first decision is the ranker’s', async (page) => {
  await becomeShopper(page);
  shop.miss(RANKER);
  shop.forbidCaching();
  await visit(page, shop, '/index.html');
  const { items } = await filled(page, 'home-for-you');
  const decided = await forYou(page);
  assert.deepEqual(items, decided.map(({ id }) => id));
  assert.equal(decided[0].score, BEST);
  for (const { id, strategy, text } of decided.slice(0, 4)) {
    assert.equal(strategy, 'for-you');
    assert.ok(text, `${id} says why`);
  }
  assert.deepEqual(shop.violations, [], 'the policy was kept');
});

inEveryBrowser('nothing on screen changes when the ranker has ranked', async (page) => {
  await becomeShopper(page);
  await visit(page, shop, '/index.html');
  await filled(page, 'home-for-you');
  await page.waitFor(() => [...document.querySelectorAll('sotto-slot[state=sotto] img')]
    .every(({ src }) => src));
  const look = () => page.evaluate(() =>
    [...document.querySelectorAll('sotto-slot')].map((slot) => slot.innerHTML).join('\n'));
  const before = await look();
  await sotto(page, (it, item) => it.track('view', { item }), taste[0]);
  await askedForRanker(page);
  await shelved(page);
  assert.equal(await look(), before);
  assert.equal((await forYou(page))[0].score, BEST, 'who asks again gets the fresh answer');
});

/** A page of the test's own, which may take something from the browser before Sotto starts. */
const PAGE = `<!doctype html>
<html lang="en"><title>Test</title>
<script type="module" src="/test-page.js"></script>`;
const script = (first) => `
${first};
globalThis.told = [];
addEventListener('error', ({ message }) => told.push(message));
addEventListener('unhandledrejection', ({ reason }) => told.push(String(reason)));
const { start } = await import('/sotto/sotto.js');
const sotto = await start({
  base: '/sotto/', now: () => 1800000000, seed: () => 5n,
  onError: ({ code, file }) => told.push(code + ' ' + file),
});
await sotto.consent.grant('session');
for (const item of ${JSON.stringify(taste)}) sotto.track('view', { item });
globalThis.answer = () => sotto.decide('home-for-you').items.map(({ id, score }) => id + ' ' + score);
globalThis.ready = sotto.ready;`;

async function openTestPage(page, first = '') {
  shop.forbidCaching();
  shop.lay('/test-page.html', 'text/html; charset=utf-8', PAGE);
  shop.lay('/test-page.js', 'text/javascript; charset=utf-8', script(first));
  await page.goto(shop.url('/test-page.html'));
  await page.waitFor('globalThis.ready === true');
}

const ranked = (page) => page.waitFor(() => {
  const all = globalThis.answer();
  return all.length > 0 && all[0].endsWith(' 65536') ? all : null;
});

inEveryBrowser('without SIMD the other module is loaded, and gives the same', async (page) => {
  await openTestPage(page);
  const quick = await ranked(page);
  assert.ok(shop.seen.some(({ path }) => path === '/sotto/sotto-later.wasm'));
  shop.reset();
  await openTestPage(page, 'WebAssembly.validate = () => false');
  assert.deepEqual(await ranked(page), quick);
  assert.ok(shop.seen.some(({ path }) => path === '/sotto/sotto-later-base.wasm'));
  assert.ok(!shop.seen.some(({ path }) => path === '/sotto/sotto-later.wasm'));
  assert.deepEqual(await page.evaluate('globalThis.told'), []);
});

for (const [how, spoil, said] of [
  ['missing', (...paths) => shop.miss(...paths), /^missing ranker\./],
  // A file that is damaged on the way may already be one that its content encoding does not allow.
  ['damaged', (...paths) => shop.damage(...paths), /^(damaged|oversized|truncated|network) ranker\./],
]) {
  inEveryBrowser(`a ranker that is ${how} costs the page nothing`, async (page) => {
    spoil(RANKER);
    await openTestPage(page);
    const told = await page.waitFor('globalThis.told.length > 0 && globalThis.told');
    assert.equal(told.length, 1);
    assert.match(told[0], said);
    assert.ok((await page.evaluate('globalThis.answer()')).length > 0, 'the links answer');
  });
}
