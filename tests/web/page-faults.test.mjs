/**
 * page-faults.test.mjs - whole pages on a device whose storage fails at one step
 *
 * store-faults.test.mjs has the store alone, in every way; here is what the shopper has of it: no
 * event is lost, nothing comes back after an erase or a withdrawal, consent least of all, and the
 * page hears of nothing but, once, that memory is used.
 */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { LIMIT_MS } from '../../web/later/database.js';
import { layFaultsUnderPages, rowsOf } from './support/faults.mjs';
import { noCore, publish } from './support/garden.mjs';
import { NOW, noStorage, openBrowser, storage } from './support/page.mjs';

const skip = noCore || noStorage;
const { files } = skip ? {} : publish();
/** One of each sort: each name makes no difference to a page. */
const WAYS = ['UnknownError', 'throws SecurityError', 'never settles', 'forced close'];

const faults = skip ? null : await layFaultsUnderPages(files);
after(() => faults?.lift());

const finish = (promise) => faults.finish(promise);
const rest = () => faults.rest();

/** As many rests as it takes, within reason. */
async function until(holds) {
  for (let i = 0; i < 200 && !await holds(); i++) await rest();
}

/** A shopper who agreed, and looked at a rake. */
async function shopper() {
  const browser = openBrowser(files);
  const page = await finish(browser.visit());
  await finish(page.consent.grant());
  await track(page, 'rake', 0);
  await leave(page);
  return browser;
}

async function track(page, item, after_s) {
  page.setNow(NOW + after_s);
  page.track('view', { item });
  // What this answers, it answers after the event.
  await finish(page.profile.export());
}

async function leave(page) {
  page.stop();
  await rest();
}

const itemsOf = async (page) =>
  (await finish(page.profile.export())).events.map(({ item }) => item);

/**
 * Has `work` done with each step failing in each way, or, where it is `lasting`, with it all that come after;
 * `check` looks at the next page.
 */
async function everyFault(work, check, { least = 4, lasting = false } = {}) {
  let steps = 0;
  for (const way of WAYS) {
    for (let step = 1; ; step++) {
      const where = `step ${step}${lasting ? ' and after' : ''}: ${way}`;
      const browser = await shopper();
      const page = await work(browser, () => faults.arm(way, step, lasting));
      await leave(page);
      const reached = faults.disarm();
      faults.restart();
      await rest();
      const next = await finish(browser.visit());
      await check({ browser, page, next, where });
      await leave(next);
      const unexpected = [...page.told, ...next.told].filter(({ code }) => code !== 'storage');
      assert.deepEqual(unexpected, [], where);
      assert.ok(page.told.length <= 1, where);
      if (!reached) break;
      steps = Math.max(steps, step);
    }
  }
  assert.ok(steps >= least, `${steps} steps`);
}

/** The blocks that lie on the device, read or not. */
async function blocksLeft() {
  const rows = await finish(rowsOf('sotto:garden'));
  return [...rows.values()].filter((block) => block.length > 0).length;
}

/** Calls of the device's storage while `work` runs. */
function askedWhile(work) {
  let asked = 0;
  const places = [[storage.IDBFactory.prototype, 'open'], [storage.IDBDatabase.prototype, 'transaction'],
    [localStorage, 'getItem'], [localStorage, 'setItem']];
  const real = places.map(([place, name]) => place[name]);
  places.forEach(([place, name], i) => {
    place[name] = function counted(...args) {
      asked++;
      return real[i].apply(this, args);
    };
  });
  work();
  places.forEach(([place, name], i) => {
    place[name] = real[i];
  });
  return asked;
}

const decided = (page) => ['recent', 'similar', 'for-you']
  .map((slot) => page.shown(slot, { items: ['spade'] }).join(' '));

test('a decision is the shopper’s or a stranger’s, whatever storage does, and asks it for nothing', {
  skip, timeout: 600000,
}, async () => {
  const stranger = await finish(openBrowser(files).visit());
  const strange = decided(stranger);
  await leave(stranger);
  const told = new Set();
  await everyFault(async (browser, arm) => {
    arm();
    const page = await finish(browser.visit());
    const first = decided(page);
    told.add(first.join());
    assert.equal(askedWhile(() => assert.deepEqual(decided(page), first)), 0);
    return page;
  }, () => {}, { least: 3 });
  const known = [...told].filter((one) => one !== strange.join());
  assert.equal(known.length, 1, 'that of one who looked at a rake');
  assert.match(known[0], /^rake/);
  assert.ok(told.has(strange.join()), 'some faults keep it from being read in time');
});

/** What a page tracked is there in the next, and what was there before. */
const losesNothing = (begin) => everyFault(async (browser, arm) => {
  arm();
  const page = await finish(browser.visit());
  await begin(page);
  await track(page, 'hoe', 1);
  await track(page, 'pot', 2);
  return page;
}, async ({ browser, next, where }) => {
  assert.equal(next.consent.state, 'remembered', where);
  const all = ['pot', 'hoe', 'rake'];
  let items = await itemsOf(next);
  // The page before may still have been saving when this one looked.
  for (let tries = 0; tries < 20 && items.length < all.length; tries++) {
    const later = await finish(browser.visit());
    items = await itemsOf(later);
    await leave(later);
  }
  assert.deepEqual(items, all, where);
});

test('no event is lost', { skip, timeout: 600000 }, () => losesNothing(() => {}));

test('nor when what is kept is asked for first', { skip, timeout: 600000 }, () =>
  losesNothing(async (page) => {
    assert.ok((await finish(page.profile.export())).events.length < 2);
    await rest();
  }));

/** Of localStorage not a letter more is to be had. */
function fillUp({ local }) {
  const sizeOf = (rows) => rows.reduce((sum, [key, text]) => sum + key.length + text.length, 0);
  const most = sizeOf([...local.rows]);
  local.setItem = (key, text) => {
    const after = new Map(local.rows).set(key, String(text));
    if (sizeOf([...after]) > most) throw new DOMException('as the test wants it', 'QuotaExceededError');
    local.rows = after;
  };
}

const withdraws = (prepare) => everyFault(async (browser, arm) => {
  const page = await finish(browser.visit());
  await track(page, 'hoe', 1);
  await rest();
  prepare(browser);
  arm();
  await finish(page.consent.withdraw());
  assert.equal(page.consent.state, 'none');
  return page;
}, async ({ browser, next, where }) => {
  assert.equal(next.consent.state, 'none', where);
  assert.deepEqual(await itemsOf(next), [], where);
  for (let tries = 0; tries < 20 && await blocksLeft() > 0; tries++) await rest();
  assert.equal(await blocksLeft(), 0, where);
  assert.ok(!browser.kept().some((key) => / left /.test(key)), where);
});

test('a withdrawal stands', { skip, timeout: 600000 }, () => withdraws(() => {}));

test('also where localStorage is full', { skip, timeout: 600000 }, () => withdraws(fillUp));

const erases = (options) => everyFault(async (browser, arm) => {
  const page = await finish(browser.visit());
  await track(page, 'hoe', 1);
  await rest();
  arm();
  await finish(page.profile.erase());
  assert.deepEqual(await itemsOf(page), []);
  await track(page, 'pot', 2);
  return page;
}, async ({ browser, next, where }) => {
  await rest();
  const items = await itemsOf(next);
  assert.ok(!items.includes('rake') && !items.includes('hoe'), `${where}: ${items}`);
  assert.equal(next.consent.state, 'remembered', `${where}: the consent stands as well`);
  const isLeft = () => browser.kept().some((key) => / left /.test(key));
  await until(() => !isLeft());
  assert.ok(!isLeft(), where);
}, options);

test('an erase stands', { skip, timeout: 600000 }, () => erases());

test('also on a device that does nothing any more', { skip, timeout: 600000 }, () =>
  erases({ lasting: true }));

/** Deletions of databases that begin so late. */
function lateDeletions(by_ms) {
  const { deleteDatabase } = storage.IDBFactory.prototype;
  storage.IDBFactory.prototype.deleteDatabase = function late(name) {
    const request = {};
    setTimeout(() => {
      deleteDatabase.call(this, name).onsuccess = (event) => request.onsuccess?.(event);
    }, by_ms);
    return request;
  };
  return () => {
    storage.IDBFactory.prototype.deleteDatabase = deleteDatabase;
  };
}

test('an erase that a device takes its time with is not done again by a tab that opens meanwhile', { skip }, async () => {
  const browser = await shopper();
  // An erase deletes two, and takes longer than a page waits for any one thing.
  const inTime = lateDeletions(3000);
  const page = await finish(browser.visit());
  const erased = page.profile.erase();
  await rest();
  const opening = browser.visit();
  await finish(erased);
  await track(page, 'hoe', 60);
  await leave(page);
  const other = await finish(opening);
  await track(other, 'pot', 120);
  await leave(other);
  inTime();
  const next = await finish(browser.visit());
  assert.deepEqual(await itemsOf(next), ['pot', 'hoe']);
  await leave(next);
});

test('a tab that goes on in memory forgets there what another erases, and loses nothing after it', { skip }, async () => {
  const browser = await shopper();
  const page = await finish(browser.visit());
  const other = await finish(browser.visit());
  faults.arm('never settles', 1, true);
  await track(other, 'hoe', 60);
  assert.equal((await finish(other.profile.export())).stored, 'memory');
  // Whatever else it had asked the device for comes to nothing as well; the device rests longer.
  await faults.pass(LIMIT_MS);
  faults.disarm();
  faults.restart();
  await finish(page.profile.erase());
  // Here tabs hear of each other when they save.
  await track(other, 'spade', 120);
  await until(async () => (await itemsOf(other)).length === 0);
  assert.deepEqual(await itemsOf(other), []);
  await track(other, 'pot', 180);
  await faults.pass();
  const stored = async () => (await finish(other.profile.export())).stored;
  await until(async () => await stored() === 'device');
  assert.equal(await stored(), 'device');
  await leave(page);
  await leave(other);
  const next = await finish(browser.visit());
  assert.deepEqual(await itemsOf(next), ['pot']);
  await leave(next);
});

test('what happens after an erase that the device has not done is not lost with the page', { skip }, async () => {
  const browser = await shopper();
  const page = await finish(browser.visit());
  faults.arm('never settles', 1, true);
  const erased = page.profile.erase();
  await track(page, 'hoe', 60);
  await finish(erased);
  await track(page, 'pot', 120);
  await leave(page);
  faults.disarm();
  faults.restart();
  browser.forgetLocks();
  const next = await finish(browser.visit());
  await until(async () => (await itemsOf(next)).length > 0);
  assert.deepEqual(await itemsOf(next), ['pot', 'hoe']);
  await leave(next);
  const last = await finish(browser.visit());
  assert.deepEqual(await itemsOf(last), ['pot', 'hoe']);
  await leave(last);
});

test('what a page in memory did after an erase is not lost to another page that did the erase again', { skip }, async (t) => {
  const document = Object.assign(new EventTarget(), {
    visibilityState: 'visible', documentElement: { lang: 'en' }, querySelectorAll: () => [],
  });
  Object.assign(globalThis, { document, addEventListener() {} });
  t.after(() => {
    delete globalThis.document;
    delete globalThis.addEventListener;
  });
  const browser = await shopper();
  const page = await finish(browser.visit());
  faults.arm('never settles', 1, true);
  await finish(page.profile.erase());
  await track(page, 'hoe', 60);
  faults.disarm();
  faults.restart();
  const other = await finish(browser.visit());
  await track(other, 'pot', 120);
  await leave(other);
  // By now memory holds what it saves there, under a seed that the device never saw.
  await track(page, 'spade', 180);
  await rest();
  // Whoever looks at a page again finds what other tabs did.
  document.dispatchEvent(new Event('visibilitychange'));
  await rest();
  await track(page, 'gloves', 240);
  await faults.pass();
  await until(async () => (await finish(page.profile.export())).stored === 'device');
  await leave(page);
  const next = await finish(browser.visit());
  assert.deepEqual((await itemsOf(next)).sort(), ['gloves', 'hoe', 'pot', 'spade']);
  await leave(next);
});

test('what happens on a page that waits for an erase goes with a second one', { skip }, async () => {
  const browser = await shopper();
  const page = await finish(browser.visit());
  const inTime = lateDeletions(3000);
  const erased = page.profile.erase();
  await rest();
  const other = await finish(browser.visit());
  await track(other, 'hoe', 60);
  await finish(Promise.all([erased, page.profile.erase()]));
  await track(other, 'pot', 120);
  inTime();
  await until(async () => (await itemsOf(other)).length === 1);
  assert.deepEqual(await itemsOf(other), ['pot']);
  await leave(other);
  await leave(page);
});
