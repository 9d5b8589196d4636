/**
 * export.test.mjs - an export is what docs/API.md and index.d.ts say, and says what its bytes say
 *
 * The bytes are read by the reference, which was written from docs/FORMAT.md and shares nothing with
 * web/.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { readProfile } from '../reference/profile.mjs';
import { check, hash } from '../reference/xxhash64.mjs';
import { openDevice } from './support/campaign-page.mjs';
import { noCore } from './support/garden.mjs';
import { noStorage } from './support/page.mjs';

const skip = noCore || noStorage;
const declared = readFileSync(new URL('../../web/index.d.ts', import.meta.url), 'utf8');
const [, body] = /export interface ProfileExport \{([^]*?)\n\}/.exec(declared);
const documented = JSON.parse(/"format": "sotto-profile",[^]*?\n```/.exec(
  readFileSync(new URL('../../docs/API.md', import.meta.url), 'utf8'))[0].replace(/^/, '{').replace(/```$/, ''));

/** The members of the entries of a list, by index.d.ts. */
const membersOf = (list) => [...new RegExp(`\\b${list}: \\{([^}]*)\\}\\[\\]`).exec(body)[1].matchAll(/(\w+):/g)]
  .map(([, name]) => name).sort();
const LISTS = ['events', 'cart', 'purchases', 'interests', 'campaigns', 'offers', 'experiments', 'answers',
  'attention', 'watched'];
const seconds = (text) => Date.parse(text) / 1000;
const digits = (text) => hash(text).toString(16).padStart(16, '0');
const KINDS = ['', 'view', 'click', 'wishlist', 'cart_add', 'cart_remove', 'checkout', 'purchase', 'dismiss', 'category_view', 'search'];

const plan = {
  rules: { ceiling: [0, 0], gap: 0, after_purchase: 0 },
  experiments: [{ name: 'tone', arms: [['plain', 5000], ['warm', 5000]] }],
  offers: [{ name: 'ten', codes: ['TEN'], label: '10 % off' }],
  campaigns: [
    { name: 'hello', block: 'popup', offer: 'ten', text: '{offer} with {code}' },
    { name: 'size', block: 'quiz', place: 'home', question: 'Which size?', options: 'S\0M\0L\0' },
  ],
};

test('every list has the members that are declared and documented, and says what the bytes say', { skip }, async () => {
  const device = openDevice(plan);
  try {
    const page = await device.visit({ page: { items: ['rake'] } });
    await page.grant({ store: true, personalise: true, measure: true });
    for (const item of ['rake', 'spade', 'tomato']) await page.track('view', { item });
    await page.track('cart_add', { item: 'spade', quantity: 2 });
    await page.track('purchase', { item: 'tomato' });
    await page.act('hello', 'clicked');
    page.block('size').host.answered(['M'], 'Which size?');
    page.campaigns.expose('tone');
    await device.time.pass(20, () => device.fire('pointermove'));
    const told = JSON.parse(JSON.stringify(await page.later.export()));

    assert.deepEqual(Object.keys(told).sort(), Object.keys(documented).sort());
    for (const list of LISTS) {
      assert.ok(told[list].length > 0, list);
      const members = membersOf(list);
      for (const entry of told[list]) assert.deepEqual(Object.keys(entry).sort(), members, list);
      assert.deepEqual(Object.keys(documented[list][0]).sort(), members, `${list} in docs/API.md`);
    }

    const problems = [];
    const read = readProfile(new Uint8Array(Buffer.from(told.block, 'base64')), problems);
    assert.deepEqual(problems, []);
    assert.deepEqual([seconds(told.createdAt), seconds(told.updatedAt), told.sessions],
      [read.created_s, read.updated_s, read.session_count]);
    assert.deepEqual(told.events.map(({ kind, item, at, quantity }) => [kind, digits(item), seconds(at), quantity]),
      read.events.filter(({ item }) => item !== '0'.repeat(16))
        .map(({ kind, item, time_s, quantity }) => [KINDS[kind], item, time_s, quantity]));
    const sorted = (rows) => rows.sort((a, b) => (a[0] < b[0] ? -1 : 1));
    assert.deepEqual(sorted(told.cart.map(({ item, quantity, at }) => [digits(item), quantity, seconds(at)])),
      sorted(read.cart.map(({ item, quantity, time_s }) => [item, quantity, time_s])));
    assert.deepEqual(sorted(told.purchases.map(({ item, times, quantity, lastAt }) =>
      [digits(item), times, quantity, seconds(lastAt)])),
    sorted(read.purchases.map(({ item, times, quantity, time_s }) => [item, times, quantity, time_s])));
    for (const kind of ['category', 'brand']) {
      assert.deepEqual(told.interests.filter((one) => one.kind === kind).map(({ name }) => digits(name)).sort(),
        read[kind === 'category' ? 'categories' : 'brands'].map(({ key }) => key).sort());
    }

    const ledger = Buffer.from(told.ledger, 'base64');
    assert.deepEqual([ledger.length, ledger.readUInt32LE(12)], [9312, check(ledger.subarray(16))]);
    const keysAt = (at, size, count) => Array.from({ length: count }, (_, i) => ledger.readBigUInt64LE(at + size * i))
      .filter(Boolean).map((key) => key.toString(16).padStart(16, '0')).sort();
    assert.deepEqual(keysAt(96, 24, 256), told.campaigns.map(({ campaign }) => digits(campaign)).sort());
    assert.deepEqual(keysAt(6240, 16, 32), told.answers.map(({ question, answer }) =>
      digits(answer ? `${question}\0${answer}` : question)).sort());
    assert.deepEqual(keysAt(6752, 16, 32), told.watched.map(({ item }) => digits(item)).sort());
    assert.deepEqual(keysAt(7776, 16, 64), told.experiments.map(({ experiment, arm }) => digits(`${experiment}\0${arm}`)).sort());
    assert.deepEqual(keysAt(8800, 16, 32), told.offers.map(({ offer }) => digits(offer)).sort());
    await page.close();
  } finally {
    device.close();
  }
});
