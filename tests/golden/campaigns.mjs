/**
 * campaigns.mjs - the garden shop of tiny.mjs with campaigns: one for every trigger, and for every rule
 *
 *     node tests/golden/campaigns.mjs FOLDER [later]
 *
 * Writes the bundle with the small writer of tests/reference, over the model and the catalogue in
 * golden/tiny. golden/campaigns and golden/campaigns-later, where prices are lower and everything is in
 * stock, are what it wrote when the format was version 1. Once a version with campaigns is released, they
 * stay as they are, whatever becomes of this file.
 */
import { fileURLToPath } from 'node:url';

import { u32, writeCampaigns } from '../reference/write.mjs';
import { planParts } from '../reference/write_plan.mjs';
import { check } from '../reference/xxhash64.mjs';
import { partOf, writeGarden } from './garden.mjs';

const DAY = 86400;
/** A Wednesday's noon in UTC. */
export const NOON = 1700049600;

export const TRIGGERS = [
  ['page', [['page']]],
  ['dwell-page', [['dwell', 20, 0]]],
  ['dwell-item', [['dwell', 60, 1]]],
  ['dwell-session', [['dwell', 100, 2]]],
  ['viewed', [['viewed_not_added', 600]]],
  ['cart-idle', [['cart_idle', 900]]],
  ['cart-value', [['cart_value', 4000]]],
  ['scroll', [['scroll', 60]]],
  ['exit', [['exit']]],
  ['inactive', [['inactive', 45]]],
  ['third-visit', [['visit', 3, 0]]],
  ['every-second-visit', [['visit', 2, 1]]],
  ['return', [['return', 7 * DAY]]],
  ['back-in-stock', [['back_in_stock']]],
  ['price-drop', [['price_drop', 10]]],
  ['no-results', [['no_results']]],
  ['event', [['event', 0, 'filtered']]],
  ['one-of-three', [['scroll', 90], ['inactive', 30], ['viewed_not_added', 60]]],
];

/** Every trigger has a place of its own, so that each verdict is about the trigger. */
const triggered = TRIGGERS.map(([name, triggers]) => ({ name, place: name, triggers }));

const PLAN = {
  rules: {
    holdout: 300,
    ceiling: [2, 3],
    gap: 120,
    quiet: [22 * 60, 7 * 60],
    after_purchase: 1800,
    places: { shelf: [2, 3] },
  },
  segments: [
    ['tool-fan', ['>=', { count: 'count', kinds: ['view'], category: 'Garden > Tools', within: 7 * DAY }, 2]],
    ['', ['>=', { fact: 'hour' }, 0]],
  ],
  experiments: [
    { name: 'wording', arms: { plain: 5000, warm: 5000 } },
    { name: 'layered', arms: { a: 3400, b: 3300, c: 3300 }, coverage: 8000, space: ['layer', 0, 5000], seed: 'dealt' },
    { name: 'first-hash', arms: { a: 1000, b: 9000 }, hash_version: 1 },
    { name: 'thompson', allocation: 2, arms: { a: 5000, b: 5000 }, known: { a: [30, 10], b: [2, 2] } },
    { name: 'greedy', allocation: 1, epsilon: 2000, arms: { a: 5000, b: 5000 }, known: { a: [1, 9], b: [5, 5] } },
  ],
  offers: [
    { name: 'ten', codes: ['TEN'], threshold: 1000 },
    { name: 'vip', kind: 2, codes: ['V1', 'V2', 'V3'], ends: NOON + DAY },
    { name: 'post', kind: 3, threshold: 5000 },
    { name: 'set', kind: 4, items: ['rake', 'spade'] },
  ],
  campaigns: [
    ...triggered,
    { name: 'viewed-each', place: 'viewed-each', triggers: [['viewed_not_added', 600]], flags: 4 },
    { name: 'dated', place: 'dated', dates: [NOON + 3600, NOON + 7200] },
    { name: 'for-fans', place: 'for-fans', when: { segment: 0 } },
    { name: 'coded', place: 'coded', offer: 'ten' },
    { name: 'vouched', place: 'vouched', offer: 'vip' },
    { name: 'posted', block: 'shipping-bar', offer: 'post' },
    { name: 'set-of-two', place: 'set', offer: 'set', slot: ['no such slot', 1] },
    { name: 'hours', place: 'hours', hours: [9 * 60, 18 * 60 + 30] },
    { name: 'night', place: 'night', hours: [22 * 60, 6 * 60], when: { segment: 1 },
      fields: [[1, 'Good night'], [3, 'Sleep well'], [14, 'quiet']] },
    { name: 'paused', place: 'paused', pauses: [1000, 500, 100] },
    { name: 'capped', place: 'capped', caps: [1, 2, 3] },
    { name: 'shelf-a', place: 'shelf' },
    { name: 'shelf-b', place: 'shelf' },
    { name: 'with-items', place: 'with-items', slot: ['again', 2] },
    { name: 'popup', block: 'popup', priority: 60 },
    { name: 'slide-in', block: 'slide-in' },
    { name: 'free-popup', block: 'popup', priority: 10, flags: 1 },
    { name: 'open-popup', block: 'popup', priority: 5, flags: 2 },
    { name: 'quiz', block: 'quiz', place: 'quiz' },
    { name: 'group-a', place: 'group-a', group: 1 },
    { name: 'group-b', place: 'group-b', group: 1, priority: 40 },
    { name: 'turn-a', place: 'turns' },
    { name: 'turn-b', place: 'turns' },
    { name: 'turn-c', place: 'turns' },
    { name: 'plain-words', place: 'words', experiment: ['wording', 1] },
    { name: 'warm-words', place: 'words', experiment: ['wording', 2] },
    { name: 'layered', place: 'layered', experiment: ['layered', 6] },
    { name: 'first-hash', place: 'first-hash', experiment: ['first-hash', 3] },
    { name: 'thompson', place: 'thompson', experiment: ['thompson', 1] },
    { name: 'greedy', place: 'greedy', experiment: ['greedy', 3] },
  ],
};

/**
 * The catalogue a day later: what was sold out is there again, and everything costs a tenth less, rounded
 * up, so hardly a tenth, or down. Its columns are changed where they lie, and its checks made anew.
 */
function laterCatalogue(bytes, rounded) {
  const later = bytes.slice();
  const view = new DataView(later.buffer);
  const rows = Array.from({ length: later[7] }, (_, i) => 32 + 16 * i);
  const row = rows.find((at) => String.fromCharCode(...later.subarray(at, at + 4)) === 'COLS');
  const start = view.getUint32(row + 4, true);
  const size = view.getUint32(row + 8, true);
  const count = view.getUint32(12, true);
  for (let i = 0; i < count; i++) {
    const price = view.getUint32(start + 4 * i, true);
    if (price !== 0xffffffff) view.setUint32(start + 4 * i, rounded(price * 0.9), true);
    later[start + 12 * count + i] |= 2;
  }
  view.setUint32(row + 12, check(later.subarray(start, start + size)), true);
  view.setUint32(24, 0, true);
  view.setUint32(24, check(later.subarray(0, 32 + 16 * rows.length)), true);
  return later;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [folder, when] = process.argv.slice(2);
  if (!folder) {
    console.error('usage: node tests/golden/campaigns.mjs FOLDER [later|cheaper]');
    process.exit(2);
  }
  const campaigns = writeCampaigns({
    site: [[1, 'garden'], [2, 'The Garden'], [3, 'EUR'], [4, 'en-GB'], [6, u32(DAY)], [7, u32(1800)],
      [8, u32(30 * DAY)], [9, u32(DAY)]],
    slots: [[[1, 'again'], [2, [5]], [3, [8]], [4, [1]], [5, u32(0x10)]]],
    plan: planParts(PLAN),
  });
  const rounded = { later: Math.ceil, cheaper: Math.floor }[when];
  const catalogue = partOf('catalogue');
  writeGarden(folder, { campaigns, catalogue: rounded ? laterCatalogue(catalogue, rounded) : catalogue });
}
