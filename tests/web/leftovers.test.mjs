/**
 * leftovers.test.mjs - what stands where pages leave their last events, whoever wrote it
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { HAPPENED, isFolded, LEDGER_SIZE } from '../../web/later/ledger.js';
import { openLeftovers } from '../../web/later/leftovers.js';
import { Visit } from '../../web/later/visit.js';
import { hash } from '../reference/xxhash64.mjs';
import { noCore, publish } from './support/garden.mjs';
import { NOW, noStorage, openBrowser, until } from './support/page.mjs';

const skip = noCore || noStorage;

test('what is no event is dropped, and what is one is not lost with it', { skip }, async () => {
  const browser = openBrowser(publish().files);
  const first = await browser.visit();
  await first.consent.grant();
  first.stop();
  const texts = ['x', '[', '5', 'null', '{}', '[[]]', '[5,null,"a"]', '[["1","2","3","4"]]',
    `[null,[1,"-5",1,${NOW}],[1,"77",1,${NOW + 1}],[1,"1.5",1,${NOW}]]`, `[null,[1,"${'9'.repeat(20)}",1,${NOW}]]`,
    `[null,[300,"5",1,${NOW}]]`, `[null,[1,"7",1000000,${NOW}]]`, '[null,[1,"7",1,1e300]]',
    `[null,[1,"78",2,${NOW + 2},5]]`, `[null,[20,"0",1,${NOW},["x",{}]]]`, `["x",[1,"79",1,${NOW}]]`, `[{},[1,"79",1,${NOW}]]`];
  texts.forEach((text, i) => browser.local.rows.set(`sotto:garden left ${i}`, text));
  const page = await browser.visit({ now: () => NOW + 10 });
  const { events } = await page.profile.export();
  assert.deepEqual(events.map(({ item, quantity }) => [item, quantity]),
    [['hash:000000000000004e', 2], ['hash:000000000000004d', 1]]);
  page.stop();
  assert.deepEqual(page.told, []);
  assert.ok(!browser.kept().some((key) => / left \d+$/.test(key)));
});

test('what a tab left of a profile that is erased does not come back in the next', { skip }, async () => {
  const browser = openBrowser(publish().files);
  const page = await browser.visit();
  await page.consent.grant();
  page.track('view', { item: 'hoe' });
  await page.profile.export();
  const late = await browser.visit();
  await late.profile.export();
  late.track('view', { item: 'rake' });
  globalThis.document = { visibilityState: 'hidden' };
  late.track('view', { item: 'pot' });
  delete globalThis.document;
  const left = [...browser.local.rows].find(([key]) => / left /.test(key));
  assert.match(left[1], /^\["\d+",\[1,/, 'it names the profile');
  await page.consent.withdraw();
  const again = await browser.visit();
  await again.consent.grant();
  // Firefox tells a tab some milliseconds late what another wrote to localStorage.
  browser.local.rows.set(...left);
  const next = await browser.visit();
  assert.deepEqual((await next.profile.export()).events, []);
  [page, late, again, next].forEach((one) => one.stop());
});

test('where the device does not answer, what was left is taken over all the same', { skip }, async () => {
  const browser = openBrowser(publish().files);
  const page = await browser.visit();
  await page.consent.grant();
  page.track('view', { item: 'hoe' });
  await page.profile.export();
  page.stop();
  browser.local.rows.set('sotto:garden left 1', `["12345",[1,"${hash('rake')}",1,${NOW}]]`);
  const { indexedDB: device } = globalThis;
  globalThis.indexedDB = { open: () => { throw new DOMException('not today', 'SecurityError'); } };
  const next = await browser.visit();
  await until(async () => (await next.profile.export()).events.length === 1);
  const { events, stored } = await next.profile.export();
  assert.deepEqual([stored, events.map(({ item }) => item)], ['memory', ['rake']]);
  next.stop();
  globalThis.indexedDB = device;
});

test('who takes over what a page left has not taken what that page left meanwhile', { skip: noStorage }, () => {
  const { local } = openBrowser(new Map());
  const left = (item) => ({ kind: 1, item, quantity: 1, time_s: NOW });
  const page = openLeftovers('sotto:garden');
  page.leave([left(5n)], 7n, 0);
  const told = new Map(local.rows);
  page.leave([left(5n), left(6n)], 7n, 0);
  // Another tab has not heard of that yet; what it takes away goes all the same.
  globalThis.localStorage = {
    length: told.size,
    key: (i) => [...told.keys()][i],
    getItem: (key) => told.get(key) ?? null,
    removeItem: (key) => local.removeItem(key),
  };
  assert.deepEqual(openLeftovers('sotto:garden').take(7n, 0).map(({ item }) => item), [5n]);
  globalThis.localStorage = local;
  assert.deepEqual(openLeftovers('sotto:garden').take(7n, 0).map(({ item }) => item), [5n, 6n]);
  assert.equal(local.rows.size, 0);
});

test('what was saved after all is left no more, and one text of a page stands at a time', { skip: noStorage }, () => {
  const { local } = openBrowser(new Map());
  const page = openLeftovers('sotto:garden');
  const keys = [1n, 2n, 3n].map((item) => {
    page.leave([{ kind: 1, item, quantity: 1, time_s: NOW }], undefined, 0);
    assert.equal(local.rows.size, 1);
    return [...local.rows.keys()][0];
  });
  assert.equal(new Set(keys).size, 3);
  local.setItem = () => { throw new DOMException('', 'QuotaExceededError'); };
  page.leave([{ kind: 1, item: 4n, quantity: 1, time_s: NOW }], undefined, 0);
  assert.deepEqual([...local.rows.keys()], keys.slice(2), 'full: what was left before stays');
  page.leave([], undefined, 0);
  assert.equal(local.rows.size, 0);
});

test('without a profile on the device, what is left is of the time after an erase, and no other', { skip: noStorage }, () => {
  const { local } = openBrowser(new Map());
  const took = (erased, seed) => openLeftovers('sotto:garden').take(seed, erased).map(({ item }) => item);
  const leave = () => openLeftovers('sotto:garden').leave([{ kind: 1, item: 5n, quantity: 1, time_s: NOW }], undefined, 3);
  for (const [erased, seed, items] of [[3, undefined, [5n]], [3, 7n, [5n]], [3, null, [5n]], [4, 7n, []], [2, null, []]]) {
    leave();
    assert.deepEqual(took(erased, seed), items);
    assert.equal(local.rows.size, 0);
  }
  leave();
  openLeftovers('sotto:garden').clear(3);
  assert.equal(local.rows.size, 1, 'the same erase, done again');
  openLeftovers('sotto:garden').clear(4);
  assert.equal(local.rows.size, 0);
  leave();
  openLeftovers('sotto:garden').clear();
  assert.equal(local.rows.size, 0);
});

test('time that was spent is found by what its session comes to, or by its product and second', () => {
  const ledger = new Uint8Array(LEDGER_SIZE);
  const view = new DataView(ledger.buffer);
  view.setUint32(24, NOW, true);
  view.setUint32(28, 60, true);
  view.setBigUint64(7264, 5n, true);
  view.setUint32(7276, NOW + 50, true);
  const found = (reached, item = 0n, time_s = NOW + 40) =>
    isFolded(ledger, { kind: HAPPENED.dwell, item, time_s, reached });
  assert.deepEqual([found([NOW, 60]), found([NOW, 45]), found([NOW, 61])], [true, true, false]);
  assert.equal(found([NOW - 9000, 7]), true, 'of a session that is over');
  assert.equal(found([NOW + 9000, 7]), false, 'of one that is not begun there');
  assert.equal(found(undefined), false, 'it cannot be told');
  assert.deepEqual([found([NOW, 60], 5n), found([NOW, 61], 5n, NOW + 50)], [true, false]);
  assert.deepEqual([found([NOW - 9000, 7], 5n), found([NOW - 9000, 7], 5n, NOW + 50)], [false, true]);
  assert.equal(isFolded(null, { kind: HAPPENED.dwell, item: 5n, time_s: NOW, reached: [NOW, 1] }), false);
});

test('what each time spent brings its session to is told from the last on', () => {
  const core = { ledgerRead: () => ({ session_start_s: NOW, session_active_s: 30 }) };
  const visit = new Visit({ tier: 'remembered', active: true, saved: null, now: () => NOW }, core);
  const spent = (quantity) => ({ kind: HAPPENED.dwell, item: 0n, quantity, time_s: NOW });
  visit.log = [spent(5), spent(100), spent(7), { kind: 1, item: 3n, quantity: 1, time_s: NOW }, spent(15)];
  visit.mark();
  assert.deepEqual(visit.log.map(({ reached }) => reached), [undefined, undefined, [NOW, 15], undefined, [NOW, 30]]);
  assert.ok(visit.log.every(({ left }) => left));
});

test('what was left under a yes that was taken back does not stay', { skip }, async () => {
  const browser = openBrowser(publish().files);
  const page = await browser.visit();
  await page.consent.grant();
  page.stop();
  await until(() => JSON.parse(browser.local.rows.get('sotto:garden')).kept === true);
  // The browser was killed: the record is of before the withdrawal, as is what a page left.
  browser.local.rows.set('sotto:garden left 1', `[null,[1,"77",1,${NOW}]]`);
  await new Promise((resolve) => {
    indexedDB.deleteDatabase('sotto:garden').onsuccess = resolve;
  });
  const next = await browser.visit();
  await until(() => next.consent.state === 'none');
  assert.deepEqual(browser.kept().filter((key) => / left /.test(key)), []);
  await next.consent.grant();
  assert.deepEqual((await next.profile.export()).events, []);
  next.stop();
});
