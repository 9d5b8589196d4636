/**
 * clocks.test.mjs - clocks that stand still in 1970, run ahead to 2100, and are put right again
 *
 * tests/faults/clocks.mjs jumps about in browsers; here is what must come of each jump.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import { rowsOf } from './support/faults.mjs';
import { noCore, publish } from './support/garden.mjs';
import { NOW, noStorage, openBrowser, until } from './support/page.mjs';
import { readBlock } from '../../web/later/block.js';

const skip = noCore || noStorage;
const NAME = 'sotto:garden';
const IN_2100 = 4102444800;
const YESTERDAY_S = NOW - 86400;

/** A page at a time; with the browser's own clock as well. */
async function pageAt(browser, now_s) {
  const { now } = Date;
  Date.now = () => now_s * 1000;
  try {
    const page = await browser.visit({ now: () => now_s });
    await page.profile.export();
    return page;
  } finally {
    Date.now = now;
  }
}

const savedTimes = async () => [...(await rowsOf(NAME)).values()].filter(({ length }) => length > 0)
  .map((block) => readBlock(block).events.map(({ time_s }) => time_s)).at(-1) ?? [];

/** A platform whose yes of long ago stands. */
function standingYes() {
  const data = {
    gdprApplies: true, cmpStatus: 'loaded', listenerId: 1, eventStatus: 'tcloaded',
    publisher: { consents: { 1: true, 5: true, 6: true } },
  };
  globalThis.__tcfapi = (command, version, callback) => {
    if (command === 'addEventListener') callback(data, true);
  };
}

test('by a clock that was reset, events are of when the profile was last added to', { skip }, async () => {
  const browser = openBrowser(publish().files);
  const first = await pageAt(browser, YESTERDAY_S);
  await first.consent.grant();
  first.track('view', { item: 'rake' });
  await until(async () => (await savedTimes()).length === 1);
  first.stop();
  for (const wrong_s of [0, -5000, 1_700_000_000]) {
    const reset = await pageAt(browser, wrong_s);
    assert.equal(reset.consent.state, 'remembered');
    reset.track('view', { item: 'hoe' });
    const { events } = await reset.profile.export();
    assert.deepEqual(events.map(({ at }) => Date.parse(at) / 1000), [YESTERDAY_S, YESTERDAY_S]);
    await reset.profile.forgetItem('hoe');
    reset.stop();
    assert.deepEqual(reset.told, []);
  }
  const right = await pageAt(browser, NOW);
  assert.deepEqual((await right.profile.export()).events.map(({ item }) => item), ['rake'], 'and is not too old');
  right.stop();
});

test('what a clock that was ahead left is of today, and is saved so', { skip }, async () => {
  const browser = openBrowser(publish().files);
  const ahead = await pageAt(browser, IN_2100);
  await ahead.consent.grant();
  ahead.track('view', { item: 'rake' });
  ahead.track('purchase', { item: 'hoe' });
  await until(async () => (await savedTimes()).length === 2);
  ahead.stop();
  const right = await pageAt(browser, NOW);
  assert.equal(right.consent.state, 'remembered');
  await until(async () => (await savedTimes()).every((time_s) => time_s === NOW));
  const { events, purchases, interests, updatedAt } = await right.profile.export();
  for (const at of [...events, ...interests].map((one) => one.at).concat(purchases[0].lastAt, updatedAt)) {
    assert.equal(Date.parse(at) / 1000, NOW);
  }
  right.stop();
  assert.deepEqual([...ahead.told, ...right.told], []);
});

test('a no stands although the clock jumped ahead, or back, in between', { skip }, async () => {
  for (const said_s of [NOW, 1000, IN_2100]) {
    const browser = openBrowser(publish({ consent: [[1, [1]], [3, 'v1']] }).files);
    standingYes();
    const page = await pageAt(browser, said_s);
    await until(async () => page.consent.state === 'remembered');
    await page.consent.withdraw();
    page.stop();
    for (const now_s of [NOW + 60, IN_2100 + 60, 0, NOW + 120]) {
      const next = await pageAt(browser, now_s);
      await sleep(20);
      assert.equal(next.consent.state, 'none', `said at ${said_s}, looked at ${now_s}`);
      assert.deepEqual(browser.kept(), [], `said at ${said_s}, looked at ${now_s}`);
      next.stop();
    }
    assert.deepEqual(browser.receipts().at(-1), 'withdrawn');
    delete globalThis.__tcfapi;
  }
});
