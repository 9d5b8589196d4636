/**
 * ranker.test.mjs - what is ranked after a page's first decision, and kept for the next page's
 *
 * In the garden the links say that a rake goes with a spade; the ranker says basil and a pot.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import { rowsOf } from './support/faults.mjs';
import { noCore, partName, publish } from './support/garden.mjs';
import { noStorage, NOW, openBrowser, until } from './support/page.mjs';

const skip = noCore || noStorage;
const NEAR = ['basil', 'pot'];
const PROFILE_SIZE = 7744;
const BLOCK_SIZE = PROFILE_SIZE + 2336;

/** The newest block on the device; undefined if there is none. */
async function savedBlock() {
  const rows = await rowsOf('sotto:garden');
  return rows.get(Math.max(...rows.keys()));
}

/** What was ranked for as many events as the profile has is saved behind it. */
async function shelved() {
  const block = await savedBlock();
  if (block?.length !== BLOCK_SIZE) return false;
  const view = new DataView(block.buffer, block.byteOffset);
  return view.getUint32(PROFILE_SIZE + 16, true) === view.getUint32(40, true);
}

/** The ranker was asked for by the page that is open; its answer may still be on its way. */
const askedFor = (browser) => until(() => browser.asked.some(({ name }) => name.startsWith('ranker.')));

/** What for-you shows but the item that was looked at. */
const forYou = (page) => page.shown('for-you').filter((id) => id !== 'spade');

async function lookAt(browser, item, ready = shelved) {
  const page = await browser.visit();
  await page.consent.grant();
  page.track('view', { item });
  await until(ready);
  return page;
}

test('the shelf outlives the page and is what the next first decision shows', { skip }, async () => {
  const browser = openBrowser(publish({ ranked: true }).files);
  const first = await lookAt(browser, 'spade');
  assert.deepEqual(first.told, []);
  first.stop();

  const second = await browser.visit();
  assert.deepEqual(forYou(second).slice(0, 2), NEAR, 'before the ranker was asked for again');
  const [pick] = second.decide('for-you').items.filter(({ id }) => id === 'basil');
  assert.equal(pick.strategy, 'for-you');
  assert.equal(pick.reasons.length, 1);
  assert.match(pick.reasons[0].text, /./);
  second.stop();
});

test('what stands in a slot stays; who asks again gets the fresh answer', { skip }, async () => {
  const browser = openBrowser(publish({ ranked: true }).files);
  const page = await browser.visit();
  await page.consent.grant('session');
  page.track('view', { item: 'spade' });
  assert.equal(forYou(page)[0], 'rake', 'by the links, at once');
  await until(() => forYou(page)[0] === 'basil');
  page.track('view', { item: 'tomato' });
  assert.notEqual(page.shown('for-you')[0], 'basil', 'what was ranked before an event is not shown after');
  page.stop();
  assert.equal(await browser.databases().then((all) => all.length), 0, 'nothing is kept without consent');
});

test('a block without a shelf opens, and so does one with a spoilt shelf', { skip }, async () => {
  const browser = openBrowser(publish({ ranked: true }).files);
  const first = await lookAt(browser, 'spade');
  first.stop();
  const block = await savedBlock();
  const store = (saved) => ({
    kind: 'memory', load: async () => ({ block: saved, generation: 5 }), save: async () => null,
    erase: async () => true, close() {},
  });
  const spoilt = Uint8Array.from(block);
  spoilt.fill(0xa5, PROFILE_SIZE + 32);
  browser.missing.add(partName(browser.files, 'ranker.'));
  for (const saved of [block.slice(0, PROFILE_SIZE), spoilt]) {
    const page = await browser.visit({ store: store(saved) });
    assert.equal(forYou(page)[0], 'rake');
    page.stop();
  }
  const cut = await browser.visit({ store: store(block.slice(0, PROFILE_SIZE + 100)) });
  assert.deepEqual(forYou(cut).slice(0, 2), ['basil', 'rake'], 'as far as it goes');
  cut.stop();
});

test('what is forgotten leaves no trace on the shelf', { skip }, async () => {
  const browser = openBrowser(publish({ ranked: true }).files);
  const page = await lookAt(browser, 'spade');
  page.profile.forgetItem('spade');
  await until(() => !page.shown('for-you').includes('basil'));
  await until(async () => {
    const block = await savedBlock();
    return block.length === PROFILE_SIZE || !block.subarray(PROFILE_SIZE + 32).some((byte) => byte);
  });
  await page.profile.erase();
  assert.deepEqual(page.shown('for-you'), []);
  page.stop();
});

for (const [how, spoil, code] of [
  ['missing', (browser, name) => browser.missing.add(name), /^missing ranker\./],
  ['damaged', ({ files }, name) => {
    files.set(name, Uint8Array.from(files.get(name), (byte, i) => byte ^ (i === 40)));
  }, /^damaged ranker\./],
  ['cut short', ({ files }, name) => files.set(name, files.get(name).slice(0, 50)), /^truncated ranker\./],
]) {
  test(`a ranker that is ${how} leaves the page as it would be without`, { skip }, async () => {
    const browser = openBrowser(new Map(publish({ ranked: true }).files));
    spoil(browser, partName(browser.files, 'ranker.'));
    const page = await lookAt(browser, 'spade', async () => (await savedBlock())?.length === PROFILE_SIZE);
    await until(() => page.codes().length > 0);
    assert.match(page.codes().join(), code);
    assert.equal(page.ready, true);
    assert.equal(forYou(page)[0], 'rake');
    page.stop();
  });
}

test('a ranker that never arrives keeps nobody waiting', { skip }, async () => {
  const browser = openBrowser(publish({ ranked: true }).files);
  const { fetch } = globalThis;
  globalThis.fetch = (url, options) => (String(url).includes('/ranker.')
    ? fetch(url, options).then(() => new Promise(() => {})) : fetch(url, options));
  const page = await lookAt(browser, 'spade', async () => (await savedBlock())?.length === PROFILE_SIZE);
  await askedFor(browser);
  assert.equal(forYou(page)[0], 'rake');
  assert.deepEqual(page.told, []);
  page.stop();
});

test('a browser without SIMD loads the other module, and sees the same', { skip }, async () => {
  const { validate } = WebAssembly;
  try {
    const blocks = [];
    for (const simd of [true, false]) {
      WebAssembly.validate = () => simd;
      const browser = openBrowser(publish({ ranked: true }).files);
      const page = await lookAt(browser, 'spade');
      assert.equal(browser.asked.some(({ name }) => name === 'sotto-later.wasm'), simd);
      assert.equal(browser.asked.some(({ name }) => name === 'sotto-later-base.wasm'), !simd);
      blocks.push(Buffer.from((await savedBlock()).subarray(PROFILE_SIZE)).toString('base64').slice(0, 800));
      page.stop();
    }
    assert.equal(blocks[0], blocks[1]);
  } finally {
    WebAssembly.validate = validate;
  }
});

test('this Node has what the test for SIMD asks, so it is a test', () => {
  const source = readFileSync(new URL('../../web/later/later.js', import.meta.url), 'utf8');
  const bytes = Uint8Array.from(source.match(/SIMD = Uint8Array\.of\(([^)]*)\)/)[1].split(',').map(Number));
  assert.equal(WebAssembly.validate(bytes), true);
  bytes[bytes.length - 4] = 0x26;
  assert.equal(WebAssembly.validate(bytes), false, 'one that is not a module is told apart');
});

test('the ranker is asked for by every page alike, and after all else', { skip }, async () => {
  const seen = [];
  for (const tier of [null, 'session', 'remembered']) {
    const browser = openBrowser(publish({ ranked: true }).files);
    const page = await browser.visit();
    if (tier) await page.consent.grant(tier);
    await askedFor(browser);
    page.stop();
    const again = await browser.visit();
    await until(() => browser.asked.filter(({ name }) => name.startsWith('ranker.')).length === 2);
    again.stop();
    seen.push(JSON.stringify(browser.asked));
    assert.match(browser.asked.at(-1).name, /^ranker\./);
    assert.equal(browser.asked.at(-1).cache, 'force-cache');
  }
  assert.equal(new Set(seen).size, 1);
});

test('on a server the ranker ranks at once', { skip }, async () => {
  const { openServer } = await import('../../web/server.js');
  const wasm = readFileSync(join(resolve(process.env.WASM_OUT ?? 'wasm-out'), 'sotto-wasi.wasm'));
  const { parts } = publish({ ranked: true });
  for (const [first, ranker] of [['basil', parts.ranker], ['rake', undefined]]) {
    const sotto = await openServer({ wasm, ...parts, ranker });
    sotto.profile.init(1n, NOW);
    sotto.profile.track({ kind: 'view', item: 'spade', time_s: NOW });
    const shown = sotto.decide('for-you', {}, NOW).items.map(({ id }) => id);
    assert.equal(shown.filter((id) => id !== 'spade')[0], first);
    const ranked = sotto.core.rankNext([sotto.core.find('spade')], 4);
    assert.equal(ranked.includes(sotto.core.find('basil')), Boolean(ranker));
    assert.equal(sotto.profile.block().length, PROFILE_SIZE);
  }
});

test('a page that was stopped does not save its shelf any more', { skip }, async () => {
  const saved = [];
  const store = {
    kind: 'device',
    load: async () => ({ block: saved.at(-1) ?? null, generation: saved.length + 1 }),
    save: async (block, generation) => saved.push(block) && generation + 1,
    erase: async () => true,
    close() {},
  };
  const page = await openBrowser(publish({ ranked: true }).files).visit({ store });
  page.track('view', { item: 'spade' });
  await page.consent.grant();
  // The ranker comes at idle; what it ranks would be saved a second later.
  await page.campaigns;
  await sleep(300);
  page.stop();
  await page.profile.export();
  const before = saved.length;
  await sleep(1300);
  assert.equal(saved.length, before);
});
