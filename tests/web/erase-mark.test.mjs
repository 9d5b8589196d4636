/**
 * erase-mark.test.mjs - a browser killed at each step of an erase and of a withdrawal
 *
 * The page asks its device for one thing after the other; from some request on no answer comes, ever,
 * and nothing is done any more. Then the next page is opened on what is there, with the record on the
 * disk as it was before, since browsers write localStorage late, and as it is by then.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { readBlock } from '../../web/later/block.js';
import { isMarked, renewDatabase, unmark } from '../../web/later/erase-mark.js';
import { layFaults, rowsOf } from './support/faults.mjs';
import { noCore, publish } from './support/garden.mjs';
import { noStorage, openBrowser, storage, until } from './support/page.mjs';

const skip = noCore || noStorage;
const { files } = skip ? {} : publish();
const NAME = 'sotto:garden';

// The pages that were killed wait for answers in this process: no time limit passes for them.
let faults;
before(() => {
  if (!skip) faults = layFaults();
});
after(() => faults?.lift());

/** A transaction of a browser that is no more. */
const dead = () => ({
  objectStore: () => ({
    add() {}, clear() {}, delete() {}, get: () => ({}), openCursor: () => ({}), openKeyCursor: () => ({}),
  }),
  commit() {},
  abort() {},
});

/** The browser is killed as the n-th thing is asked of its storage. `came` says when; `lift` ends it. */
function killAt(n) {
  const { open, deleteDatabase } = storage.IDBFactory.prototype;
  const { transaction } = storage.IDBDatabase.prototype;
  let asked = 0;
  let came = () => {};
  const killed = new Promise((resolve) => {
    came = resolve;
  });
  const unless = (real, instead) => function asking(...about) {
    // fake-indexeddb itself begins those.
    if (about[1] === 'versionchange' || ++asked < n) return real.apply(this, about);
    came(true);
    return instead();
  };
  Object.assign(storage.IDBFactory.prototype,
    { open: unless(open, () => ({})), deleteDatabase: unless(deleteDatabase, () => ({})) });
  storage.IDBDatabase.prototype.transaction = unless(transaction, dead);
  return {
    killed,
    lift() {
      Object.assign(storage.IDBFactory.prototype, { open, deleteDatabase });
      storage.IDBDatabase.prototype.transaction = transaction;
    },
  };
}

/** How many events are in all that lies on the device. */
const eventsLeft = async () => [...(await rowsOf(NAME)).values()].filter(({ length }) => length > 0)
  .reduce((sum, block) => sum + readBlock(block).events.length, 0);

/**
 * Has `work` done, killed at each step, with the record of before and of then. `check` looks at the
 * next page. Answers how many steps there are.
 */
async function everyStep(work, check) {
  for (let step = 1; ; step++) {
    let whole = false;
    for (const late of [true, false]) {
      const browser = openBrowser(files);
      const page = await browser.visit();
      await page.consent.grant();
      page.track('view', { item: 'rake' });
      await until(async () => await eventsLeft() === 1 && JSON.parse(browser.local.getItem(NAME)).kept);
      const record = browser.local.getItem(NAME);
      const { killed, lift } = killAt(step);
      const cut = await Promise.race([work(page).then(() => false), killed]);
      lift();
      if (cut) browser.forgetLocks();
      if (late) browser.local.setItem(NAME, record);
      const next = await browser.visit();
      await next.profile.export();
      await check({ browser, next, cut, late, where: `step ${step}${late ? ', record of before' : ''}` });
      assert.deepEqual(next.told, []);
      next.stop();
      whole = !cut;
    }
    if (whole) return step - 1;
  }
}

test('an erase leaves the consent as it is, whenever the browser is killed', { skip }, async () => {
  const steps = await everyStep((page) => page.profile.erase(), async ({ browser, next, cut, late, where }) => {
    assert.equal(next.consent.state, 'remembered', where);
    assert.equal((await next.consent.details()).answer, 'granted', where);
    // Nothing lies about: no mark, and no profile but one that was not erased yet.
    await until(async () => (await browser.databases()).join() === NAME);
    if (!cut || !late) await until(async () => await eventsLeft() === 0);
    const { events, stored } = await next.profile.export();
    assert.equal(events.length, await eventsLeft(), where);
    assert.equal(stored, 'device', where);
  });
  assert.ok(steps >= 6, `${steps} steps`);
});

test('a withdrawal that was done stands, and one that was not is yes or no', { skip }, async () => {
  const steps = await everyStep((page) => page.consent.withdraw(), async ({ browser, next, cut, late, where }) => {
    if (!cut || !late) await until(() => next.consent.state === 'none');
    if (next.consent.state === 'none') await until(async () => (await browser.databases()).length === 0);
    else assert.deepEqual(await browser.databases(), [NAME], where);
  });
  assert.ok(steps >= 4, `${steps} steps`);
});

test('a mark that was left does not bring back what was withdrawn', { skip }, async () => {
  const browser = openBrowser(files);
  const page = await browser.visit();
  await page.consent.grant();
  await until(() => JSON.parse(browser.local.getItem(NAME)).kept);
  const record = browser.local.getItem(NAME);
  await renewDatabase(NAME, () => Promise.reject(new Error('not now')));
  assert.equal(await isMarked(NAME), true, 'it stays until there is a database');
  await page.consent.withdraw();
  assert.equal(await isMarked(NAME), false);
  assert.deepEqual(await browser.databases(), []);
  browser.local.setItem(NAME, record);
  const next = await browser.visit();
  await next.profile.export();
  await until(() => next.consent.state === 'none');
  [page, next].forEach((one) => one.stop());
});

test('a storage that was cleared by the browser means no', { skip }, async () => {
  const browser = openBrowser(files);
  const page = await browser.visit();
  await page.consent.grant();
  await page.profile.erase();
  await unmark(NAME);
  page.stop();
  browser.forgetStorage();
  const next = await browser.visit();
  await next.profile.export();
  await until(() => next.consent.state === 'none');
  next.stop();
});
