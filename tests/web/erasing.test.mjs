/**
 * erasing.test.mjs - the words around an erase, and what goes between them
 *
 * erase-mark.test.mjs has the same on whole pages, killed at each step.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { holdOthers } from '../../web/later/erase-lock.js';
import { openErasing } from '../../web/later/erasing.js';
import { openRecord } from '../../web/later/record.js';
import { openBrowser } from './support/page.mjs';

const NAME = 'sotto:test';

/** A device that says what it is asked for; `answers` are what its erases resolve to. */
function open({ record: said, answers = [] }) {
  const { local } = openBrowser(new Map());
  if (said) local.setItem(NAME, JSON.stringify(said));
  const asked = [];
  const ask = (what) => async () => {
    asked.push(`${what} ${JSON.parse(local.getItem(NAME))?.tier}`);
    return await answers.shift() ?? true;
  };
  const device = { kind: 'device', erase: ask('erase'), remove: ask('remove'), load: ask('load') };
  const record = openRecord(NAME);
  const erasing = openErasing({
    record, device, store: () => device, leftovers: { clear: () => asked.push('leftovers') },
  });
  return { erasing, record, asked, written: () => JSON.parse(local.getItem(NAME)) };
}

test('where the consent stands there is a database before the record says so', async () => {
  const kept = { tier: 'remembered', erased: 3, kept: true };
  const { erasing, asked, written } = open({ record: kept });
  const going = erasing.begin({ ...kept, erased: 4 });
  assert.deepEqual([written().tier, written().then], ['erasing', 'remembered'], 'at once');
  await Promise.all([going, erasing.done()]);
  assert.deepEqual(asked, ['leftovers', 'erase erasing', 'load erasing', 'leftovers']);
  assert.deepEqual(written(), { tier: 'remembered', erased: 4, kept: true });
});

test('where it does not stand the database goes, and with it the record but for a no', async () => {
  for (const next of [null, { tier: 'refused', since: 5 }]) {
    const { erasing, asked, written } = open({ record: { tier: 'paused', erased: 1, kept: true } });
    await erasing.begin(next);
    assert.deepEqual(asked, ['leftovers', 'remove erasing', 'leftovers']);
    assert.deepEqual(written(), next && { erased: 1, ...next });
  }
});

test('what the device did not do stays to be done', async () => {
  const { erasing, asked, written } = open({ record: { tier: 'remembered', erased: 1 }, answers: [false] });
  await erasing.begin({ tier: 'remembered', erased: 2 });
  assert.deepEqual([written().tier, written().then], ['erasing', 'remembered']);
  await erasing.begin(null);
  assert.deepEqual(asked, ['leftovers', 'erase erasing', 'leftovers', 'remove erasing', 'leftovers']);
  assert.equal(written(), null);
});

test('of two at once the later has the last word', async () => {
  let answer = () => {};
  const first = new Promise((resolve) => {
    answer = resolve;
  });
  const { erasing, written } = open({ record: { tier: 'remembered', erased: 1, kept: true }, answers: [first, false, false] });
  const one = erasing.begin({ tier: 'remembered', erased: 2, kept: true });
  const two = erasing.begin(null);
  answer(true);
  await Promise.all([one, two]);
  assert.deepEqual([written().tier, written().then], ['erasing', undefined], 'which was not done');
});

test('what another tab was still at may come after it: then it is done again', async () => {
  for (const next of [{ tier: 'remembered', erased: 2, kept: true }, null]) {
    const { erasing, asked, written } = open({ record: { tier: 'remembered', erased: 1, kept: true } });
    const { letGo } = holdOthers(NAME);
    const going = erasing.begin(next);
    while (asked.length < 2) await new Promise((resolve) => setImmediate(resolve));
    assert.equal(written().tier, 'erasing', 'while the other is at it');
    letGo();
    await going;
    const clear = next ? 'erase erasing' : 'remove erasing';
    assert.deepEqual(asked, ['leftovers', clear, clear, ...(next ? ['load erasing'] : []), 'leftovers']);
    assert.equal(written()?.tier, next?.tier);
  }
});

test('the word of a later one is not this one’s to take back', async () => {
  const { erasing, record, written } = open({ record: { tier: 'remembered', erased: 1, kept: true } });
  const going = erasing.begin({ tier: 'remembered', erased: 2, kept: true });
  record.begin({ tier: 'remembered', erased: 3, kept: true });
  await going;
  assert.deepEqual([written().tier, written().erased], ['erasing', 3]);
  const again = erasing.begin({ tier: 'remembered', erased: 4, kept: true });
  record.begin(null);
  await again;
  assert.deepEqual([written().tier, written().then], ['erasing', undefined]);
});

test('a yes that is given meanwhile stands when it is done', async () => {
  const { erasing, record, written } = open({ record: { tier: 'remembered', erased: 1, kept: true } });
  const going = erasing.begin(null);
  record.settle({ tier: 'remembered', since: 5 });
  await going;
  assert.deepEqual([written().tier, written().since], ['remembered', 5]);
});
