/**
 * golden-profiles.test.mjs - what past versions left on shoppers' devices opens, and is gone on from
 */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';

import { layDevice } from '../faults/lay.mjs';
import { factsOf, golden, goldenExport } from './support/golden.mjs';
import { rowsOf } from './support/faults.mjs';
import { noCore, publish } from './support/garden.mjs';
import { noStorage, openBrowser, until } from './support/page.mjs';

const skip = noCore || noStorage;
const NAME = 'sotto:garden';

/** Rows as they lie: how many, and whether the only one is sealed. */
async function rowsAsTheyLie() {
  const done = (request) => new Promise((resolve) => {
    request.onsuccess = () => resolve(request.result);
  });
  const database = await done(indexedDB.open(NAME, 1));
  const rows = await done(database.transaction('profile').objectStore('profile').getAll());
  database.close();
  return rows;
}

for (const { file, what, now_s, local, rows, holds } of golden()) {
  test(`${file}: ${what}`, { skip }, async () => {
    const browser = openBrowser(publish({ ranked: true }).files);
    await layDevice({ local, rows: rows.length > 0 ? rows : null }, NAME);
    const page = await browser.visit({ now: () => now_s });
    const shown = page.shown('recent');
    const exported = await page.profile.export();
    assert.deepEqual(factsOf({ ...exported, consent: page.consent.state }), holds);
    if (holds.consent === 'remembered') {
      assert.deepEqual(shown.includes('spade'), holds.events.some(([, item]) => item === 'spade'), 'at once');
      page.track('view', { item: 'basil' });
      // What is there may look the same before it is saved.
      await page.consent.grant();
      await until(async () => {
        const lie = await rowsAsTheyLie();
        return lie.length === 1 && lie[0].key && [...await rowsOf(NAME)][0][1].length >= 7744;
      });
      page.stop();
      const next = await browser.visit({ now: () => now_s + 60 });
      const after = factsOf({ ...await next.profile.export(), consent: next.consent.state });
      assert.deepEqual(after.events, [['view', 'basil', 1], ...holds.events]);
      next.stop();
    }
    assert.deepEqual(page.told, []);
    page.stop();
  });
}

test('a file that a shopper took along is taken back', { skip }, async () => {
  const { now_s, exported, holds } = goldenExport();
  for (const given of [exported, JSON.stringify(exported)]) {
    const page = await openBrowser(publish().files).visit({ now: () => now_s });
    await page.consent.grant();
    assert.equal(await page.profile.import(given), true);
    assert.deepEqual(factsOf({ ...await page.profile.export(), consent: page.consent.state }), holds);
    page.stop();
  }
});

test('every file of the folder is held to it', () => {
  const files = readdirSync(new URL('../golden/profiles/', import.meta.url));
  assert.deepEqual(files.sort(), [...golden().map(({ file }) => file), 'export.json'].sort());
  for (const file of files) JSON.parse(readFileSync(new URL(`../golden/profiles/${file}`, import.meta.url)));
});
