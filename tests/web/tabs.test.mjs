/**
 * tabs.test.mjs - several pages, one profile
 *
 * Every page here has its own core and keeper over the same storage, as tabs have. No tab's events
 * may be lost, and nothing may come back after an erase.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import { hash } from '../reference/xxhash64.mjs';
import { randomFrom } from '../silence/random.mjs';
import { noCore, publish } from './support/garden.mjs';
import { NOW, noStorage, openBrowser, storage, until } from './support/page.mjs';

const skip = noCore || noStorage;
const items = ['spade', 'rake', 'hoe', 'gloves', 'tomato', 'basil', 'pot'];

async function savedEvents(browser) {
  const reader = await browser.visit();
  const { events } = await reader.profile.export();
  reader.stop();
  return events;
}

test('what two tabs did at the same time is all there', { skip }, async () => {
  const browser = openBrowser(publish().files);
  const first = await browser.visit();
  await first.consent.grant();
  const tabs = [first, await browser.visit(), await browser.visit(), await browser.visit()];
  for (let round = 0; round < 10; round++) {
    tabs.forEach((tab, i) => {
      tab.setNow(NOW + round);
      tab.track('view', { item: items[(round + i) % items.length] });
    });
    if (round % 3 === 0) await sleep(1);
  }
  tabs.forEach((tab) => tab.stop());
  await until(async () => (await savedEvents(browser)).length === 40);
  tabs.forEach((tab) => assert.deepEqual(tab.told, []));
});

test('tabs that agree at the same moment share one profile', { skip }, async () => {
  const browser = openBrowser(publish().files);
  const tabs = await Promise.all([browser.visit(), browser.visit(), browser.visit()]);
  tabs.forEach((tab, i) => tab.track('view', { item: items[i] }));
  await Promise.all(tabs.map((tab) => tab.consent.grant()));
  await until(async () => (await savedEvents(browser)).length === 3);
  tabs.forEach((tab) => tab.stop());
});

test('nothing is written after a tab has withdrawn', { skip }, async () => {
  const browser = openBrowser(publish().files);
  const first = await browser.visit();
  await first.consent.grant();
  first.track('view', { item: 'rake' });
  const second = await browser.visit();
  second.track('view', { item: 'hoe' });
  const withdrawn = first.consent.withdraw();
  second.track('view', { item: 'pot' });
  await withdrawn;
  second.stop();
  await until(async () => second.consent.state === 'none');
  await sleep(20);
  assert.deepEqual(await browser.databases(), []);
  assert.deepEqual(browser.kept(), []);
});

test('an erase is stronger than what other tabs have not saved yet', { skip }, async () => {
  const browser = openBrowser(publish().files);
  const first = await browser.visit();
  await first.consent.grant();
  first.track('view', { item: 'rake' });
  const second = await browser.visit();
  await second.profile.export();
  second.track('view', { item: 'hoe' });
  await first.profile.erase();
  first.track('view', { item: 'tomato' });
  second.stop();
  first.stop();
  await until(async () => (await savedEvents(browser)).length === 1);
  await sleep(20);
  assert.deepEqual((await savedEvents(browser)).map(({ item }) => item), ['tomato']);
});

/** Random turns of up to eight tabs, with erases among them. */
async function play(count, seed) {
  const browser = openBrowser(publish().files);
  const next = randomFrom(seed).below;
  let tabs = [await browser.visit()];
  await tabs[0].consent.grant();
  let expected = 0;

  /** Lets every tab write what it has. */
  async function settle() {
    tabs.forEach((tab) => tab.stop());
    tabs = [await browser.visit()];
    await until(async () => (await savedEvents(browser)).length === Math.min(expected, 256));
  }

  for (let turn = 0; turn < count; turn++) {
    const tab = tabs[next(tabs.length)];
    const what = next(100);
    if (what < 70) {
      // Leftovers are told apart by the second; shoppers are not faster than that.
      tab.setNow(NOW + turn);
      tab.track('view', { item: items[next(items.length)] });
      expected++;
    } else if (what < 80 && tabs.length < 8) {
      tabs.push(await browser.visit());
    } else if (what < 90 && tabs.length > 1) {
      tabs.splice(tabs.indexOf(tab), 1);
      tab.stop();
    } else if (what < 92) {
      await settle();
      await tabs[0].profile.erase();
      expected = 0;
    } else {
      await sleep(next(3));
    }
  }
  await settle();
  tabs.forEach((tab) => assert.deepEqual(tab.told, []));
}

test('a thousand random turns of up to eight tabs', { skip, timeout: 120000 }, () => play(1000, 20));

test('the same on a busy device, which encrypts and decrypts in any order', { skip, timeout: 240000 }, async (t) => {
  for (let seed = 1; seed <= 4; seed++) {
    const late = randomFrom(seed).below;
    for (const name of ['generateKey', 'encrypt', 'decrypt']) {
      const real = crypto.subtle[name].bind(crypto.subtle);
      t.mock.method(crypto.subtle, name, async (...about) => {
        const answer = await real(...about);
        if (late(5) < 2) await sleep(late(12));
        return answer;
      });
    }
    await play(400, seed);
    t.mock.reset();
  }
});

/** While `work` is done, another tab is always faster than any save. */
async function loseEveryRace(work) {
  const add = storage.IDBObjectStore.prototype.add;
  let races = 0;
  storage.IDBObjectStore.prototype.add = function beaten(...args) {
    races++;
    add.apply(this, args);
    return add.apply(this, args);
  };
  try {
    await work(() => races);
  } finally {
    storage.IDBObjectStore.prototype.add = add;
  }
}

test('what a tab gave up saving is there for the next page', { skip }, async () => {
  const browser = openBrowser(publish().files);
  const page = await browser.visit();
  await page.consent.grant();
  await loseEveryRace(async (races) => {
    page.track('view', { item: 'hoe' });
    await until(async () => races() >= 8 && browser.kept().length === 2);
  });
  // The page may be gone by now without having heard that it goes; if it is not, it saves it, too.
  await until(async () => (await savedEvents(browser)).length === 1);
  page.track('view', { item: 'rake' });
  page.stop();
  await until(async () => (await savedEvents(browser)).length === 2);
});

test('what happens on a page that nobody sees is left at once', { skip }, async () => {
  const browser = openBrowser(publish().files);
  const page = await browser.visit();
  await page.consent.grant();
  globalThis.document = { visibilityState: 'hidden' };
  try {
    page.track('view', { item: 'hoe' });
    assert.equal(browser.kept().length, 2, 'the consent, and what was left');
  } finally {
    delete globalThis.document;
  }
  page.stop();
  await until(async () => (await savedEvents(browser)).length === 1);
});

test('what was to be forgotten and came back since is not forgotten twice', { skip }, async () => {
  const browser = openBrowser(publish().files);
  const page = await browser.visit();
  await page.consent.grant();
  page.track('view', { item: 'hoe' });
  page.track('view', { item: 'rake' });
  page.setNow(NOW + 1);
  await page.profile.forgetItem('hoe');
  page.setNow(NOW + 2);
  page.track('view', { item: 'hoe' });
  page.stop();
  await until(async () => (await savedEvents(browser)).length === 2);
  // The page that forgot it was killed after that was saved, and before it took back what it had left.
  const forgotten = (item) => JSON.stringify([null, [0, String(hash(item)), 0, NOW + 1]]);
  browser.local.rows.set('sotto:garden left 1', forgotten('hoe'));
  assert.deepEqual((await savedEvents(browser)).map(({ item }) => item), ['hoe', 'rake']);
  browser.local.rows.set('sotto:garden left 2', forgotten('rake'));
  await until(async () => (await savedEvents(browser)).length === 1);
});

/** A visit whose every save is lost, as WebKit loses those of a page that is being left. */
async function leaveWithoutSaving(browser, page, work) {
  const add = storage.IDBObjectStore.prototype.add;
  storage.IDBObjectStore.prototype.add = function aborting(...args) {
    const request = add.apply(this, args);
    this.transaction.abort();
    return request;
  };
  try {
    work();
    page.stop();
    await sleep(20);
  } finally {
    storage.IDBObjectStore.prototype.add = add;
  }
}

test('what a leaving page could not save is taken over, once', { skip }, async () => {
  const browser = openBrowser(publish().files);
  const page = await browser.visit();
  page.track('view', { item: 'rake' });
  await page.consent.grant();
  await leaveWithoutSaving(browser, page, () => {
    page.track('view', { item: 'hoe' });
    page.track('cart_add', { item: 'pot', quantity: 2 });
  });
  assert.equal(browser.kept().length, 2, 'the consent, and what was left');
  const next = await browser.visit();
  await until(async () => next.shown('recent').includes('hoe'));
  assert.deepEqual((await next.profile.export()).cart.map(({ quantity }) => quantity), [2]);
  await until(async () => (await savedEvents(browser)).length === 3);
  assert.equal(browser.kept().length, 1);
  next.stop();
  assert.equal((await savedEvents(browser)).length, 3);
});

test('what was saved after all is not counted twice', { skip }, async () => {
  const browser = openBrowser(publish().files);
  const page = await browser.visit();
  await page.consent.grant();
  page.track('view', { item: 'hoe' });
  page.stop();
  assert.equal(browser.kept().length, 2);
  const left = [...browser.local.rows].find(([key]) => / left /.test(key));
  await until(async () => browser.kept().length === 1);
  assert.deepEqual((await savedEvents(browser)).map(({ item }) => item), ['hoe']);
  browser.local.rows.set(...left);
  assert.deepEqual((await savedEvents(browser)).map(({ item }) => item), ['hoe']);
  assert.equal(browser.kept().length, 1);
});

test('leftovers go with an erase, and none are left after one', { skip }, async () => {
  const browser = openBrowser(publish().files);
  const page = await browser.visit();
  await page.consent.grant();
  const other = await browser.visit();
  await other.profile.export();
  await leaveWithoutSaving(browser, page, () => page.track('view', { item: 'hoe' }));
  other.track('view', { item: 'pot' });
  await other.consent.withdraw();
  assert.deepEqual(browser.kept(), []);
  const late = await browser.visit();
  await late.consent.grant();
  const third = await browser.visit();
  await third.profile.export();
  third.track('view', { item: 'spade' });
  await late.consent.withdraw();
  third.stop();
  assert.deepEqual(browser.kept(), []);
  other.stop();
  late.stop();
});

test('a page that had looked at the device when it was erased does not go on from what it saw', { skip }, async () => {
  const browser = openBrowser(publish().files);
  const page = await browser.visit();
  await page.consent.grant();
  page.track('view', { item: 'rake' });
  await page.profile.export();
  await until(async () => (await savedEvents(browser)).length === 1);
  crypto.subtle.decrypt = async (...args) => {
    delete crypto.subtle.decrypt;
    await page.profile.erase();
    return crypto.subtle.decrypt(...args);
  };
  const other = await browser.visit();
  assert.deepEqual(other.shown('recent'), ['rake'], 'as it stood then');
  assert.deepEqual((await other.profile.export()).events, []);
  assert.deepEqual(other.shown('recent'), []);
  other.track('view', { item: 'hoe' });
  await until(async () => (await savedEvents(browser)).length === 1);
  assert.deepEqual((await savedEvents(browser)).map(({ item }) => item), ['hoe']);
  page.stop();
  other.stop();
});

test('what a tab left that had not heard of a withdrawal does not come with the next yes', { skip }, async () => {
  const browser = openBrowser(publish().files);
  const page = await browser.visit();
  await page.consent.grant();
  await page.consent.withdraw();
  // A tab that had a yes, and no profile on the device yet.
  browser.local.rows.set('sotto:garden left 7-1', JSON.stringify([null, [1, '77', 1, NOW]]));
  const other = await browser.visit();
  other.track('view', { item: 'hoe' });
  await other.consent.grant();
  assert.deepEqual((await savedEvents(browser)).map(({ item }) => item), ['hoe']);
  assert.equal(browser.kept().length, 1, 'the consent');
  page.stop();
  other.stop();
});

test('what a hidden tab left it takes back when it hears of a withdrawal', { skip }, async () => {
  const browser = openBrowser(publish().files);
  const page = await browser.visit();
  await page.consent.grant();
  const other = await browser.visit();
  await other.profile.export();
  const record = browser.local.getItem('sotto:garden');
  await page.consent.withdraw();
  // Some browsers tell a tab late what another wrote.
  browser.local.getItem = () => record;
  globalThis.document = { visibilityState: 'hidden' };
  other.track('view', { item: 'hoe' });
  delete globalThis.document;
  delete browser.local.getItem;
  assert.equal(browser.kept().length, 1, 'left');
  await until(async () => other.consent.state === 'none');
  assert.deepEqual(browser.kept(), []);
  page.stop();
  other.stop();
});
