/**
 * bundle.test.mjs - what is published is not believed before it is checked
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { noCore, partName, publish } from './support/garden.mjs';
import { NOW, noStorage, openBrowser } from './support/page.mjs';

const skip = noCore || noStorage;

/** Starts a page on the files and answers what it was told: '' if it is ready. */
async function outcome(browser, options) {
  const page = await browser.visit({ page: { items: ['spade'] }, ...options });
  page.stop();
  assert.equal(page.ready, page.told.length === 0, page.codes());
  assert.ok(page.told.length <= 1, `told once: ${page.codes()}`);
  assert.equal(page.shown('similar').length, 0, 'a stopped page decides nothing');
  return page.codes().join();
}

const changed = (bytes, at, value) => {
  const copy = bytes.slice();
  copy[at] = value ?? copy[at] ^ 0x10;
  return copy;
};

test('a manifest or a part cut anywhere is refused', { skip }, async () => {
  const { files } = publish({ signed: true });
  for (const start of ['manifest', 'model', 'catalogue', 'campaigns']) {
    const name = partName(files, start);
    const whole = files.get(name);
    const step = start === 'manifest' ? 7 : Math.ceil(whole.length / 12);
    for (let size = 0; size < whole.length; size += step) {
      const browser = openBrowser(new Map(files).set(name, whole.slice(0, size)));
      assert.match(await outcome(browser), /^(truncated|damaged|invalid) /, `${name} cut at ${size}`);
    }
  }
});

test('a flipped bit is refused, wherever it is', { skip }, async () => {
  const { files, key } = publish({ signed: true });
  for (const start of ['manifest', 'model', 'catalogue', 'campaigns']) {
    const name = partName(files, start);
    const whole = files.get(name);
    for (let at = 0; at < whole.length; at += Math.ceil(whole.length / 15)) {
      const browser = openBrowser(new Map(files).set(name, changed(whole, at)));
      assert.notEqual(await outcome(browser, { key }), '', `${name} at ${at}`);
    }
  }
});

test('more bytes than promised are refused while they arrive', { skip }, async () => {
  const { files } = publish();
  const name = partName(files, 'model');
  const longer = new Uint8Array(files.get(name).length + 1);
  longer.set(files.get(name));
  assert.equal(await outcome(openBrowser(new Map(files).set(name, longer))), `oversized ${name}`);
  const endless = new Map(files).set('manifest.sotto', new Uint8Array(16385));
  assert.equal(await outcome(openBrowser(endless)), 'oversized manifest.sotto');
});

test('a shop with a key takes only what that key signed', { skip }, async () => {
  const mine = publish({ signed: true });
  const other = publish({ signed: true });
  assert.equal(await outcome(openBrowser(mine.files), { key: mine.key }), '');
  assert.equal(await outcome(openBrowser(mine.files), {}), '', 'a shop without one takes any');
  const refused = 'signature manifest.sotto';
  assert.equal(await outcome(openBrowser(mine.files), { key: other.key }), refused);
  assert.equal(await outcome(openBrowser(publish().files), { key: mine.key }), refused);
  assert.equal(await outcome(openBrowser(mine.files), { key: 'bm90IGEga2V5' }), refused);
  assert.equal(await outcome(openBrowser(mine.files), { key: '!' }), refused);
});

test('another shop\'s bundle is refused', { skip }, async () => {
  const { files } = publish();
  assert.equal(await outcome(openBrowser(files), { shop: 'kitchen' }), 'mismatch manifest.sotto');
  assert.equal(await outcome(openBrowser(files), { shop: undefined }), '');
});

test('an expired bundle is refused, with a day\'s grace for clocks', { skip }, async () => {
  const { files } = publish({ expires_s: BigInt(NOW) });
  assert.equal(await outcome(openBrowser(files), { now: () => NOW + 80000 }), '');
  assert.equal(await outcome(openBrowser(files), { now: () => NOW + 90000 }), 'expired manifest.sotto');
});

test('a page that remembers never goes back to an older bundle', { skip }, async () => {
  const newer = publish({ sequence: 9n, signed: true });
  const browser = openBrowser(newer.files);
  const page = await browser.visit({ key: newer.key });
  await page.consent.grant();
  page.stop();
  const next = await browser.visit({ key: newer.key });
  await next.profile.export();
  next.stop();
  assert.equal(JSON.parse(browser.local.rows.get('sotto:garden')).sequence, '9');

  const older = publish({ sequence: 8n, signed: true });
  const replaced = [...older.files].map(([name, bytes]) => [name, bytes]);
  replaced.forEach(([name, bytes]) => browser.files.set(name, bytes));
  assert.equal(await outcome(browser, { key: older.key }), 'rollback manifest.sotto');
  assert.equal(await outcome(browser), '', 'numbers without a key prove nothing');
});

test('what is asked for, and in which way', { skip }, async () => {
  const { files } = publish();
  const browser = openBrowser(files);
  assert.equal(await outcome(browser), '');
  const parts = ['model', 'catalogue', 'campaigns'].map((name) => partName(files, name));
  const first = browser.asked.filter(({ name }) => name !== 'sotto-later.wasm');
  assert.deepEqual(first.map(({ name }) => name), ['manifest.sotto', 'sotto.wasm', ...parts]);
  assert.deepEqual(first.map(({ cache }) => cache ?? 'default'),
    ['default', 'default', 'force-cache', 'force-cache', 'force-cache']);
  assert.ok(browser.asked.every(({ url }) => url.startsWith('https://shop.example/sotto/')));
});

test('after a failure one more attempt is made, past the cache', { skip }, async () => {
  const { files } = publish();
  const browser = openBrowser(files);
  const name = partName(files, 'model');
  const whole = files.get(name);
  files.set(name, whole.slice(0, 100));
  const fetch = globalThis.fetch;
  globalThis.fetch = (url, options) => {
    if (options.cache === 'reload') files.set(name, whole);
    return fetch(url, options);
  };
  assert.equal(await outcome(browser), '', 'half a part in the cache is no reason to give up');
  assert.equal(browser.asked.filter(({ name: one }) => one === 'manifest.sotto').length, 2);
});

test('without a network the cache is asked', { skip }, async () => {
  const { files } = publish();
  const browser = openBrowser(files);
  const fetch = globalThis.fetch;
  globalThis.fetch = (url, options) => (
    /manifest/.test(url) && options.cache !== 'force-cache'
      ? Promise.reject(new TypeError('offline')) : fetch(url, options));
  assert.equal(await outcome(browser), '');
});
