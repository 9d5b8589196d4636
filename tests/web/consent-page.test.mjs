/**
 * consent-page.test.mjs - what the shopper agreed to, from page to page, over the real core and storage
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import { readBlock } from '../../web/later/block.js';
import {
  answerOf, denied, EACH_PAGE, granted, NAME, openCmp, recordOf, remembered, TCF,
} from './support/agreed.mjs';
import { rowsOf } from './support/faults.mjs';
import { noCore, publish } from './support/garden.mjs';
import { NOW, noStorage, openBrowser, until } from './support/page.mjs';

const skip = noCore || noStorage;
const DAY_S = 86400;

function setGpc(value) {
  Object.defineProperty(globalThis.navigator, 'globalPrivacyControl', { value, configurable: true });
}

test('details and receipts have the members that are declared', { skip }, async () => {
  const declared = readFileSync(new URL('../../web/index.d.ts', import.meta.url), 'utf8');
  const membersOf = (name) => [...declared.match(new RegExp(`interface ${name} \\{\\n([^]*?)\\n\\}`))[1]
    .replace(/\/\*\*[^]*?\*\//g, '').matchAll(/^ {2}(\w+):/gm)].map(([, member]) => member).sort();
  const page = await openBrowser(publish().files).visit();
  assert.deepEqual(await page.consent.details(), {
    answer: 'unasked', purposes: { store: false, personalise: false, measure: false }, source: 'api',
    gpc: false, since: null, until: null, policy: '',
  });
  await page.consent.grant({ store: true, personalise: true, measure: true }, 'summer');
  const details = await page.consent.details();
  assert.deepEqual(Object.keys(details).sort(), membersOf('ConsentDetails'));
  assert.deepEqual([details.answer, details.policy, details.since, details.until], ['granted', 'summer',
    new Date(NOW * 1000).toISOString(), new Date((NOW + 180 * DAY_S) * 1000).toISOString()]);
  await page.consent.withdraw('measure');
  assert.equal(page.consent.state, 'remembered');
  const receipts = await page.consent.receipts();
  assert.deepEqual(receipts.map(({ what }) => what), ['changed', 'granted'], 'newest first');
  assert.deepEqual(Object.keys(receipts[0]).sort(), membersOf('ConsentReceipt'));
  assert.deepEqual((await page.profile.export()).receipts, receipts);
  await page.consent.grant('nonsense');
  await page.consent.withdraw('everything');
  assert.deepEqual(page.codes(), ['invalid consent', 'invalid consent']);
  page.stop();
});

test('a refusal is remembered, so nobody is asked again', { skip }, async () => {
  const browser = openBrowser(publish().files);
  const page = await browser.visit();
  page.track('view', { item: 'rake' });
  await page.consent.refuse();
  assert.deepEqual([await answerOf(page), page.consent.state], ['refused', 'none']);
  assert.deepEqual(await browser.databases(), []);
  assert.equal(recordOf(browser).tier, 'refused');
  page.stop();
  const next = await browser.visit({ now: () => NOW + 179 * DAY_S });
  assert.equal(await answerOf(next), 'refused');
  next.stop();
  const later = await browser.visit({ now: () => NOW + 181 * DAY_S });
  assert.equal(await answerOf(later), 'unasked');
  await later.consent.grant();
  assert.equal(recordOf(browser).tier, 'remembered');
  assert.deepEqual((await later.profile.export()).events, [], 'what was done before the no is gone');
  later.stop();
});

test('taking consent back is remembered as well, by its receipt', { skip }, async () => {
  const browser = await remembered();
  const page = await browser.visit();
  await page.consent.withdraw();
  page.stop();
  assert.deepEqual(browser.kept(), []);
  const next = await browser.visit();
  assert.equal(await answerOf(next), 'refused');
  next.stop();
});

test('a pause uses nothing and adds nothing, from page to page', { skip }, async () => {
  const browser = await remembered();
  const page = await browser.visit();
  assert.deepEqual(page.shown('recent'), ['rake']);
  await page.consent.pause();
  assert.deepEqual([page.consent.state, await answerOf(page), page.shown('recent')], ['none', 'paused', []]);
  page.track('view', { item: 'hoe' });
  page.stop();
  assert.equal(recordOf(browser).tier, 'paused');
  const next = await browser.visit();
  assert.deepEqual([await answerOf(next), next.shown('recent')], ['paused', []]);
  await next.consent.resume();
  assert.deepEqual([next.consent.state, next.shown('recent')], ['remembered', ['rake']]);
  assert.deepEqual(browser.receipts(), ['granted', 'paused', 'resumed']);
  await next.consent.pause();
  await next.consent.withdraw();
  assert.deepEqual([browser.kept(), await browser.databases()], [[], []], 'what is paused is erased too');
  next.stop();

  const other = openBrowser(publish().files);
  const session = await other.visit();
  session.track('view', { item: 'rake' });
  await session.consent.grant('session');
  await session.consent.pause();
  session.track('view', { item: 'pot' });
  assert.deepEqual(session.shown('recent'), []);
  await session.consent.resume();
  session.track('view', { item: 'hoe' });
  assert.deepEqual(session.shown('recent'), ['hoe', 'rake']);
  await session.consent.pause();
  await session.profile.erase();
  await session.consent.resume();
  assert.deepEqual(session.shown('recent'), []);
  session.stop();
});

test('erased while paused, it does not come back', { skip }, async () => {
  const browser = await remembered();
  const page = await browser.visit();
  await page.consent.pause();
  await page.profile.erase();
  assert.deepEqual([...(await rowsOf(NAME)).values()].map(({ length }) => length), [0]);
  await page.consent.resume();
  assert.deepEqual((await page.profile.export()).events, []);
  assert.equal(recordOf(browser).tier, 'remembered');
  page.stop();
});

test('a yes that ran out is erased by the next page', { skip }, async () => {
  for (const how of ['time', 'policy']) {
    const browser = await remembered();
    if (how === 'time') {
      browser.local.setItem(NAME, JSON.stringify({ ...recordOf(browser), until: 1_700_000_000 }));
    } else {
      for (const [name, bytes] of publish({ consent: [[3, 'v2']] }).files) browser.files.set(name, bytes);
    }
    const page = await browser.visit();
    await until(async () => (await browser.databases()).length === 0);
    await until(async () => browser.kept().length === 0);
    assert.deepEqual([await answerOf(page), page.consent.state, page.shown('recent')], ['unasked', 'none', []]);
    assert.deepEqual(browser.receipts(), ['granted', 'expired'], how);
    page.stop();
  }
});

test('a profile older than the shop keeps it is erased', { skip }, async () => {
  const browser = await remembered();
  const page = await browser.visit({ now: () => NOW + 31 * DAY_S });
  await page.consent.grant();
  assert.deepEqual((await page.profile.export()).events, []);
  page.stop();
  const early = await browser.visit({ now: () => NOW + DAY_S });
  assert.deepEqual((await early.profile.export()).events, [], 'a clock set back does not bring it back');
  early.stop();
});

test('Global Privacy Control erases, and no grant counts', { skip }, async () => {
  const browser = await remembered();
  setGpc(true);
  try {
    const page = await browser.visit();
    assert.deepEqual([page.consent.state, page.shown('recent')], ['none', []], 'at once');
    await until(async () => browser.kept().length === 0);
    assert.deepEqual(await browser.databases(), []);
    const { answer, source, gpc } = await page.consent.details();
    assert.deepEqual([answer, source, gpc], ['refused', 'gpc', true]);
    assert.deepEqual(browser.receipts(), ['granted', 'withdrawn']);
    assert.equal((await page.consent.receipts())[0].gpc, true);
    await page.consent.grant();
    assert.deepEqual([page.consent.state, page.codes()], ['none', ['invalid consent']]);
    page.stop();
    const again = await browser.visit();
    await again.consent.details();
    assert.equal(browser.receipts().length, 2);
    again.stop();
  } finally {
    setGpc(undefined);
  }
  const off = await browser.visit();
  assert.deepEqual([await answerOf(off), off.consent.state], ['unasked', 'none'], 'it does not come back');
  off.stop();
});

test('a platform: its yes is kept, its no erases, and the shop\'s own grant is refused', { skip }, async () => {
  const browser = openBrowser(publish({ consent: TCF }).files);
  const say = openCmp({ eventStatus: 'cmpuishown' });
  const page = await browser.visit();
  page.track('view', { item: 'rake' });
  await page.consent.grant();
  assert.deepEqual([await answerOf(page), page.consent.state, page.codes()], ['waiting', 'none', ['invalid consent']]);
  assert.deepEqual([browser.local.rows.size, await browser.databases()], [0, []], 'nothing before its answer');
  say({ eventStatus: 'useractioncomplete', ...granted });
  await until(async () => page.shown('recent').length === 1);
  assert.equal(recordOf(browser).source, 'tcf');
  page.stop();

  openCmp({ eventStatus: 'tcloaded', ...granted });
  const next = await browser.visit();
  assert.equal(next.consent.state, 'remembered', 'the yes counts from page to page');
  await next.profile.export();
  assert.deepEqual(browser.receipts(), ['granted'], 'that is no news');
  next.stop();

  openCmp({ eventStatus: 'tcloaded', ...denied });
  const last = await browser.visit();
  await until(async () => browser.kept().length === 0);
  assert.deepEqual([await answerOf(last), await browser.databases()], ['refused', []]);
  assert.deepEqual(browser.receipts(), ['granted', 'withdrawn']);
  last.stop();
});

test('its banner again is a pause: what was shown stays, and nothing is written', { skip }, async () => {
  const browser = await remembered({ consent: TCF });
  const say = openCmp({ eventStatus: 'tcloaded', ...granted });
  const page = await browser.visit();
  const other = await browser.visit();
  await page.profile.export();
  say({ eventStatus: 'cmpuishown', ...granted });
  await until(async () => page.consent.state === 'none');
  assert.equal(await answerOf(page), 'waiting');
  assert.equal(recordOf(browser).tier, 'waiting');
  page.track('view', { item: 'hoe' });
  assert.equal((await browser.databases()).length, 1);
  const during = await browser.visit();
  assert.deepEqual(during.shown('recent'), [], 'the next page reads nothing either');
  during.stop();
  say({ eventStatus: 'useractioncomplete', ...granted });
  await until(async () => page.shown('recent').length === 2);
  assert.deepEqual(page.shown('recent'), ['hoe', 'rake'], 'nothing of the page is lost');
  assert.deepEqual(browser.receipts(), ['granted']);
  page.stop();
  other.stop();
});

test('a platform that does not answer, or nobody asks: nothing more, and what is kept stays', { skip }, async () => {
  for (const [data, wait_ms] of [[undefined, 3100], [{ gdprApplies: false }, 0], [{ cmpStatus: 'error' }, 0]]) {
    const browser = await remembered({ consent: TCF });
    const say = openCmp(data);
    const page = await browser.visit();
    assert.equal(page.consent.state, 'remembered', 'until it speaks');
    await sleep(wait_ms);
    await until(async () => page.consent.state === 'none');
    assert.equal(recordOf(browser).tier, 'remembered');
    assert.equal((await browser.databases()).length, 1);
    if (!data) {
      say({ eventStatus: 'tcloaded', ...granted });
      assert.equal(page.consent.state, 'none', 'too late for this page');
      say({ eventStatus: 'useractioncomplete', ...granted });
      await until(async () => page.shown('recent').length === 1);
    }
    page.stop();
    assert.deepEqual(page.told, []);
  }
});

test('what is taken back here stands against the platform', { skip }, async () => {
  const browser = await remembered({ consent: TCF });
  openCmp({ eventStatus: 'tcloaded', ...granted });
  const page = await browser.visit();
  await page.consent.withdraw();
  page.stop();
  assert.deepEqual([browser.kept(), await browser.databases()], [[], []]);

  const say = openCmp({ eventStatus: 'tcloaded', ...granted });
  const next = await browser.visit();
  assert.equal(await answerOf(next), 'refused');
  await sleep(20);
  assert.deepEqual([next.consent.state, browser.kept()], ['none', []]);
  say({ eventStatus: 'cmpuishown' });
  say({ eventStatus: 'useractioncomplete', ...granted });
  await until(async () => next.consent.state === 'remembered');
  next.stop();
});

test('asked on each page, nothing is looked at before the answer', { skip }, async () => {
  const browser = openBrowser(publish({ consent: EACH_PAGE }).files);
  openCmp({ eventStatus: 'useractioncomplete', ...granted });
  const page = await browser.visit();
  page.track('view', { item: 'rake' });
  await until(async () => page.shown('recent').length === 1);
  assert.equal(recordOf(browser).tier, 'waiting', 'so the first look of the next page finds nothing');
  page.track('view', { item: 'hoe' });
  await until(async () => page.shown('recent').length === 2);
  page.stop();

  const say = openCmp(undefined);
  const next = await browser.visit();
  assert.deepEqual([next.consent.state, next.shown('recent'), await answerOf(next)], ['none', [], 'waiting']);
  say({ eventStatus: 'tcloaded', ...granted });
  await until(async () => next.shown('recent').length === 2);
  next.track('view', { item: 'pot' });
  next.stop();
  openCmp({ eventStatus: 'tcloaded', ...granted });
  const last = await browser.visit();
  await until(async () => (await last.profile.export()).events.length === 3);
  last.stop();
  assert.deepEqual(last.told, []);
  delete globalThis.__tcfapi;
});

test('an erase that the device did not do is done by the next page, and the consent stays', { skip }, async () => {
  const browser = await remembered();
  const deaf = {
    kind: 'device', load: async () => ({ block: null, generation: 1 }), save: async () => null,
    erase: async () => false, close() {},
  };
  const page = await browser.visit({ store: deaf });
  await page.profile.erase();
  assert.deepEqual([recordOf(browser).tier, recordOf(browser).then], ['erasing', 'remembered']);
  assert.equal(page.consent.state, 'remembered');
  page.stop();
  const next = await browser.visit();
  const states = [next.consent.state];
  next.on('consent', () => states.push(next.consent.state));
  assert.deepEqual(next.shown('recent'), [], 'what was erased is not looked at');
  await until(async () => recordOf(browser).tier === 'remembered');
  assert.deepEqual(states, ['none', 'remembered'], 'it has the device to itself first, and says so');
  assert.deepEqual([next.consent.state, (await next.profile.export()).events], ['remembered', []]);
  next.stop();
});

test('what a page could only say is done properly by the next', { skip }, async () => {
  const browser = await remembered();
  browser.local.setItem(NAME, '0');
  const page = await browser.visit();
  assert.equal(page.consent.state, 'none');
  await until(async () => browser.kept().length === 0);
  assert.deepEqual(await browser.databases(), []);
  assert.deepEqual(browser.receipts(), ['granted', 'withdrawn']);
  assert.equal(await answerOf(page), 'refused');
  page.stop();
});

test('settings that cannot be read: a platform\'s yes is not used, the shop\'s own is', { skip }, async () => {
  const broken = publish({ consent: [[1, [9]]] }).files;
  const browser = await remembered({ consent: TCF });
  for (const [name, bytes] of broken) browser.files.set(name, bytes);
  const page = await browser.visit();
  await until(async () => page.consent.state === 'none');
  assert.equal(recordOf(browser).tier, 'remembered');
  page.stop();

  const own = await remembered();
  for (const [name, bytes] of broken) own.files.set(name, bytes);
  const next = await own.visit();
  assert.equal(await answerOf(next), 'granted');
  await until(() => next.shown('recent').join() === 'rake');
  next.stop();
});

test('a no in one tab is a no in all', { skip }, async () => {
  const browser = await remembered();
  const [first, second] = [await browser.visit(), await browser.visit()];
  await second.profile.export();
  await first.consent.refuse();
  second.track('view', { item: 'hoe' });
  await until(async () => second.consent.state === 'none');
  assert.equal(await answerOf(second), 'refused');
  assert.deepEqual([browser.kept(), await browser.databases()], [[NAME], []]);
  await second.consent.grant();
  second.track('view', { item: 'pot' });
  assert.deepEqual((await second.profile.export()).events.map(({ item }) => item), ['pot']);
  first.stop();
  second.stop();
});

test('a record of before the withdrawal does not bring the consent back', { skip }, async () => {
  // Browsers write localStorage late: one that was killed starts with what stood there before.
  const browser = await remembered();
  const page = await browser.visit();
  page.track('view', { item: 'rake' });
  await until(() => recordOf(browser).kept);
  const before = browser.local.getItem(NAME);
  await page.consent.withdraw();
  page.stop();
  browser.local.rows.clear();
  browser.local.setItem(NAME, before);
  const next = await browser.visit();
  // What is told before that is known makes no database.
  await next.profile.export();
  await until(async () => next.consent.state === 'none');
  next.track('view', { item: 'hoe' });
  assert.equal((await next.consent.details()).answer, 'unasked');
  assert.deepEqual([browser.kept(), await browser.databases()], [[], []]);
  assert.deepEqual(next.told, []);
  // The shop may ask again, and on this very page.
  await next.consent.grant();
  assert.equal(next.consent.state, 'remembered');
  assert.deepEqual((await next.profile.export()).events.map(({ item }) => item), ['hoe']);
  next.stop();

  // After an erase the consent stands, in whichever order that arrives.
  const eraser = await browser.visit();
  const standing = browser.local.getItem(NAME);
  await eraser.profile.erase();
  eraser.stop();
  browser.local.setItem(NAME, standing);
  const last = await browser.visit();
  await last.profile.export();
  assert.equal((await last.consent.details()).answer, 'granted');
  assert.deepEqual((await last.profile.export()).events, []);
  last.stop();
});

test('a yes that reached the device and not the record: a no takes the profile away', { skip }, async () => {
  const browser = await remembered();
  browser.local.rows.clear();
  const page = await browser.visit();
  assert.equal((await page.consent.details()).answer, 'unasked');
  await page.consent.refuse();
  await until(async () => (await browser.databases()).length === 0);
  page.stop();
});

test('asked again, it is done when what happened since is on the device', { skip }, async () => {
  const browser = openBrowser(publish().files);
  const page = await browser.visit();
  await page.consent.grant();
  for (const [i, item] of ['rake', 'spade', 'hoe'].entries()) {
    page.track('view', { item });
    await page.consent.grant();
    const [, block] = [...await rowsOf('sotto:garden')].at(-1);
    assert.equal(readBlock(block).events.filter((event) => event.item !== 0n).length, i + 1, item);
  }
  page.stop();
});
