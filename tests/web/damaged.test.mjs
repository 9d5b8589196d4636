/**
 * damaged.test.mjs - a profile that cannot be read: told once, saved over soon, and then forgotten
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { readBlock } from '../../web/later/block.js';
import { layDevice } from '../faults/lay.mjs';
import { rowsOf } from './support/faults.mjs';
import { noCore, publish } from './support/garden.mjs';
import { noStorage, openBrowser, until } from './support/page.mjs';

const skip = noCore || noStorage;
const NAME = 'sotto:garden';
const KEY = 1800000000007;
const YES = { [NAME]: '{"tier":"remembered","erased":0}' };
const garbage = () => new Uint8Array(7744).fill(7);

/** A browser whose device holds garbage: as it is, or sealed with a key that still opens it. */
async function openDamaged(row) {
  const browser = openBrowser(publish().files);
  await layDevice({ local: YES, rows: [[KEY, row]] }, NAME);
  return browser;
}

const newest = async () => [...await rowsOf(NAME)].at(-1)[1];

test('who agreed already and is asked again has a good profile saved', { skip }, async () => {
  for (const row of [{ bytes: Buffer.from(garbage()).toString('base64') }, { made: 'sealedShort' }]) {
    const browser = await openDamaged(row);
    const page = await browser.visit();
    await page.consent.grant();
    assert.deepEqual(page.codes(), ['damaged profile']);
    assert.deepEqual(readBlock(await newest()).events, []);
    const next = await browser.visit();
    await next.consent.grant();
    assert.deepEqual(next.codes(), []);
    assert.equal(next.consent.state, 'remembered');
    next.stop();
    page.stop();
  }
});

test('a page on which nothing happens saves one as well', { skip }, async () => {
  const browser = await openDamaged({ made: 'sealedShort' });
  const page = await browser.visit();
  await until(async () => (await newest()).length >= 7744);
  assert.deepEqual(page.codes(), ['damaged profile']);
  page.stop();
  const next = await browser.visit();
  await next.consent.grant();
  assert.deepEqual(next.codes(), []);
  next.stop();
});

test('met again before it could be saved over, it is told of no more', { skip }, async () => {
  const browser = openBrowser(publish().files);
  for (const [name, text] of Object.entries(YES)) browser.local.setItem(name, text);
  let loads = 0;
  const store = {
    kind: 'device',
    async load() {
      loads++;
      return { block: garbage(), generation: 5 };
    },
    save: async () => null,
    erase: async () => true,
    close() {},
  };
  const page = await browser.visit({ store });
  page.track('view', { item: 'rake' });
  await page.consent.grant();
  assert.ok(loads > 3, `it was met ${loads} times`);
  assert.deepEqual(page.codes(), ['damaged profile']);
  assert.equal((await page.profile.export()).events[0].item, 'rake');
  page.stop();
});
