/**
 * campaigns.test.mjs - the second reader reads the campaigns that the small writer wrote
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { readCampaigns, standingYes } from './campaigns.mjs';
import { u64, writeCampaigns } from './write.mjs';
import { hash } from './xxhash64.mjs';

const le = (size, value) =>
  Array.from({ length: size }, (_, i) => Math.floor(value / 256 ** i) % 256);

test('campaigns come back as they went, with the defaults', () => {
  const item = hash('a');
  const bytes = writeCampaigns({
    site: [
      [1, 'garden'],
      [5, [0]],
      [200, 'from the future'],
      [9, le(4, 3600)],
    ],
    rules: [[3, u64(item)]],
    slots: [
      [
        [1, 'home'],
        [2, [3, 6]],
      ],
      [
        [1, 'cart'],
        [2, [4]],
        [3, [32]],
        [7, [0, ...u64(item)]],
        [8, u64(item)],
        [10, [...le(2, 50), ...le(2, 150)]],
        [11, [...le(4, 100), ...le(4, 4000000000)]],
        [12, 'Zum Korb'],
      ],
    ],
  });
  const problems = [];
  const content = readCampaigns(bytes, problems);
  assert.deepEqual(problems, []);
  assert.deepEqual(content.site, {
    shop_id: 'garden',
    shop_name: '',
    currency: 'EUR',
    locale: 'en',
    price_decimals: 0,
    just_bought_s: 2592000,
    session_gap_s: 1800,
    retention_s: 7776000,
    interest_half_life_s: 3600,
    standing_yes: 3107473469,
  });
  const home = content.slots.find(({ name }) => name === 'home');
  assert.deepEqual(home, {
    name: 'home',
    heading: '',
    strategies: [3, 6],
    count: 8,
    min: 1,
    filters: 31,
    max_per_brand: 0,
    pinned: [],
    manual: [],
    excluded: [],
    price_low_percent: 0,
    price_high_percent: 0,
    price_low: 0,
    price_high: 4294967295,
  });
  const cart = content.slots.find(({ name }) => name === 'cart');
  assert.deepEqual(cart.pinned, [{ position: 0, item: item.toString(16).padStart(16, '0') }]);
  assert.deepEqual(
    [cart.price_low_percent, cart.price_high_percent, cart.price_low, cart.price_high],
    [50, 150, 100, 4000000000],
  );
  assert.deepEqual(content.consent, {
    source: 0,
    flags: 0,
    policy: '',
    store: null,
    personalise: null,
    measure: null,
  });
});

test('which yes of an earlier page counts at once', () => {
  assert.equal(standingYes(), 3107473469);
  assert.equal(standingYes({ source: 4, policy: '2026-11' }), 2960242532);
  assert.equal(standingYes({ source: 4, flags: 1, policy: '2026-11' }), 0);
  const { site } = readCampaigns(writeCampaigns({ site: [[10, [1, 2, 0, 0]]] }));
  assert.equal(site.standing_yes, 513);
});

test('what campaigns say of consent is read by itself', () => {
  const consentOf = (consent, problems = []) => readCampaigns(writeCampaigns({ consent }), problems);
  assert.deepEqual(
    consentOf([
      [1, [4]],
      [2, [1]],
      [3, '2026-11'],
      [4, 'C0003\0'],
      [5, 'C0003\0ads\0'],
      [6, ''],
      [7, 'from the future'],
    ]).consent,
    {
      source: 4,
      flags: 1,
      policy: '2026-11',
      store: ['C0003'],
      personalise: ['C0003', 'ads'],
      measure: [],
    },
  );
  const wrong = [[1, [8]], [2, [4]], [4, 'a'], [5, '\0'], [6, 'x'.repeat(65) + '\0'], [4, 'a\0'.repeat(17)]];
  for (const field of wrong) {
    const problems = [];
    const { consent, slots } = consentOf([field], problems);
    assert.deepEqual([consent, slots, problems.length], [null, [], 1]);
  }
});
