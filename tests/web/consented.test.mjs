/**
 * consented.test.mjs - by which yes a page's first decision goes
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { answerOf, EACH_PAGE, NAME, openCmp, recordOf, remembered, TCF } from './support/agreed.mjs';
import { noCore, publish } from './support/garden.mjs';
import { noStorage, openBrowser, until } from './support/page.mjs';

const skip = noCore || noStorage;

/** A page whose first decision is looked at, and how often it had opened a database by then. */
async function firstDecision(browser, options) {
  let opened = 0;
  const { open } = indexedDB;
  indexedDB.open = (...about) => {
    opened++;
    return open.apply(indexedDB, about);
  };
  const page = await browser.visit(options);
  const first = { shown: page.shown('recent'), state: page.consent.state, opened };
  delete indexedDB.open;
  return { page, first };
}

const STRANGER = { shown: [], state: 'none', opened: 0 };
const KNOWN = { shown: ['rake'], state: 'remembered', opened: 1 };

test('the first decision does not go by a yes to something else', { skip }, async () => {
  const own = { consent: [[3, 'v1']] };
  const cases = [
    ['another policy', own, { consent: [[3, 'v2']] }, 'unasked'],
    ['no policy any more', own, {}, 'unasked'],
    ['a platform has the say now', own, { consent: TCF }, 'waiting'],
    ['the platform has it no more', { consent: TCF }, own, 'unasked'],
    ['the platform is asked on every page', { consent: TCF }, { consent: EACH_PAGE }, 'granted'],
  ];
  for (const [what, before, after, answer] of cases) {
    const browser = await remembered(before);
    assert.equal((await firstDecision(browser)).first.state, 'remembered', what);
    for (const [name, bytes] of publish(after).files) browser.files.set(name, bytes);
    if (answer === 'waiting') openCmp();
    const { page, first } = await firstDecision(browser);
    assert.deepEqual(first, STRANGER, what);
    await until(async () => await answerOf(page) === answer);
    page.stop();
  }
});

test('the first decision goes by a yes that counts, whatever text it was for', { skip }, async () => {
  const site = { consent: [[3, 'v1']] };
  const browser = openBrowser(publish(site).files);
  const page = await browser.visit();
  page.track('view', { item: 'rake' });
  await page.consent.grant('remembered', 'summer');
  page.stop();
  assert.deepEqual([recordOf(browser).policy, recordOf(browser).under], ['summer', 'v1']);
  const next = await firstDecision(browser);
  assert.deepEqual(next.first, KNOWN);
  next.page.stop();
  for (const [name, bytes] of publish({ consent: [[3, 'summer']] }).files) browser.files.set(name, bytes);
  const later = await firstDecision(browser);
  assert.deepEqual(later.first, STRANGER, 'the shop changed its own');
  later.page.stop();
});

test('a record, or a bundle, of an earlier version costs nobody their consent', { skip }, async () => {
  const old = await remembered();
  const { source, policy, ...rest } = recordOf(old);
  assert.deepEqual([source, policy], ['api', '']);
  old.local.setItem(NAME, JSON.stringify(rest));
  const { page, first } = await firstDecision(old);
  assert.deepEqual(first, KNOWN);
  page.stop();

  const browser = await remembered({ consent: [[3, 'v1']] });
  for (const [name, bytes] of publish({ consent: [[3, 'v1']], standing: null }).files) {
    browser.files.set(name, bytes);
  }
  const next = await firstDecision(browser);
  assert.deepEqual(next.first, STRANGER, 'the bundle does not tell');
  await until(() => next.page.shown('recent').join() === 'rake');
  assert.deepEqual(browser.receipts(), ['granted']);
  next.page.stop();
});

test('a store of the shop\'s own is asked no sooner', { skip }, async () => {
  const browser = await remembered();
  const askedOf = async () => {
    let asked = 0;
    const page = await browser.visit({ store: {
      kind: 'device', load: async () => ({ block: null, generation: ++asked }), save: async () => null,
      erase: async () => true, close() {},
    } });
    const first = asked;
    page.stop();
    return first;
  };
  assert.equal(await askedOf(), 1);
  for (const [name, bytes] of publish({ consent: [[3, 'v2']] }).files) browser.files.set(name, bytes);
  assert.equal(await askedOf(), 0);
});
