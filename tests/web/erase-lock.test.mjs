/**
 * erase-lock.test.mjs - who waits for an erase, and who does one again
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { holdOthers, othersErase } from '../../web/later/erase-lock.js';
import { layFaults } from './support/faults.mjs';
import { noStorage, openBrowser } from './support/page.mjs';

const skip = noStorage;
const NAME = 'sotto:test';

// Time limits pass when the tests say so.
let faults;
before(() => {
  if (!skip) faults = layFaults();
});
after(() => faults?.lift());

/** A record that says of an erase what it is told to. */
const record = (word) => Object.assign(() => record.word, { say: (next) => (record.word = next) }).say(word);

/** A page that waits; `letGo` is there when it does no more. */
function wait() {
  const page = { letGo: null };
  page.waited = othersErase(NAME, () => record.word).then((letGo) => {
    page.letGo = letGo;
  });
  return page;
}

const turns = async () => {
  for (let i = 0; i < 20; i++) await new Promise((resolve) => setImmediate(resolve));
};

/** An erase that is done when it is told to. */
function erase(word) {
  const { letGo } = holdOthers(NAME);
  record(word);
  return {
    done() {
      record(null);
      letGo();
    },
  };
}

test('nobody waits where nothing is being erased', { skip }, async () => {
  openBrowser(new Map());
  record(null);
  const page = wait();
  await page.waited;
  page.letGo();
});

test('an erase of another tab is waited for, and not done again', { skip }, async () => {
  openBrowser(new Map());
  const first = erase('one');
  const pages = [wait(), wait()];
  await turns();
  assert.deepEqual(pages.map(({ letGo }) => letGo), [null, null]);
  first.done();
  await Promise.all(pages.map(({ waited }) => waited));
  // Nothing is to be done any more, so neither holds up who comes next.
  const next = wait();
  await next.waited;
});

test('one that a page did not live to see is done by one tab, and the others wait for that', { skip }, async () => {
  const browser = openBrowser(new Map());
  erase('one');
  browser.forgetLocks();
  const pages = [wait(), wait(), wait()];
  await pages[0].waited;
  await turns();
  assert.deepEqual(pages.map(({ letGo }) => letGo !== null), [true, false, false]);
  record(null);
  pages[0].letGo();
  await Promise.all(pages.map(({ waited }) => waited));
});

test('one that begins while another is waited for is waited for, too', { skip }, async () => {
  openBrowser(new Map());
  const first = erase('one');
  const page = wait();
  await turns();
  const second = erase('two');
  first.done();
  record('two');
  await turns();
  assert.equal(page.letGo, null);
  second.done();
  await page.waited;
});

test('one that begins beside another hears of it, and when it is alone', { skip }, async () => {
  openBrowser(new Map());
  const first = holdOthers(NAME);
  assert.equal(await first.alone(), true);
  const second = holdOthers(NAME);
  let said = null;
  second.alone().then((answer) => {
    said = answer;
  });
  await turns();
  assert.equal(said, null);
  first.letGo();
  await turns();
  assert.equal(said, false);
  second.letGo();
  await turns();
  assert.equal(await holdOthers(NAME).alone(), true);
});

test('it does not wait for ever for one that never gets done', { skip }, async () => {
  openBrowser(new Map());
  holdOthers(NAME);
  assert.equal(await faults.finish(holdOthers(NAME).alone()), false);
});

test('a tab that never gets done is not waited for beyond the limit', { skip }, async () => {
  openBrowser(new Map());
  const stuck = erase('one');
  const page = wait();
  await turns();
  assert.equal(page.letGo, null);
  await faults.finish(page.waited);
  assert.ok(page.letGo);
  // What it asked for comes late, and is let go at once.
  stuck.done();
  record('two');
  const next = wait();
  await next.waited;
});

test('without locks nobody waits', { skip }, async () => {
  openBrowser(new Map(), { locks: false });
  erase('one');
  const page = wait();
  await page.waited;
  page.letGo();
});
