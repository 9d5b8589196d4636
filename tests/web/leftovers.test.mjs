/**
 * leftovers.test.mjs - what stands where pages leave their last events, whoever wrote it
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';

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
    `[null,[1,"78",2,${NOW + 2}]]`, `["x",[1,"79",1,${NOW}]]`, `[{},[1,"79",1,${NOW}]]`];
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
