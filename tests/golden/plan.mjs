/**
 * plan.mjs - the garden shop of tiny.mjs with a plan: strings, keys and segments for expressions
 *
 *     node tests/golden/plan.mjs FOLDER
 *
 * Writes the bundle with the small writer of tests/reference, over the model and the catalogue in
 * golden/tiny. golden/plan is what it wrote when the format was version 1; that folder stays as it is,
 * whatever becomes of this file.
 */
import { fileURLToPath } from 'node:url';

import { u32, writeCampaigns } from '../reference/write.mjs';
import { planSections, Pool, programCode } from '../reference/write_expressions.mjs';
import { writeGarden } from './garden.mjs';

const DAY = 86400;

/** Strings and keys that tests/vectors/expressions.txt names, in this order. */
export function gardenPool() {
  const pool = new Pool();
  ['phone', 'tablet', 'desktop', 'de', 'Europe', 'Europe/Berlin', '/garden/tools', 'tools', '/garden',
    'product', 'search', 'mail', 'utm_source', 'news letter', 'ref', 'Gießkanne', 'tier', 'gold', 'points',
    'staff', 'size', 'size\0small', 'spring', 'summer', 'champion', 'new', 'loyal', 'at-risk', 'lost', 'active',
    'mon', 'sun', 'none', 'e'].forEach((text) => pool.string(text));
  [{ item: 'spade' }, { item: 'gone' }, { item: 'not-in-the-shop' }, { category: 'Garden' },
    { category: 'Garden > Tools' }, { category: 'Home' }, { category: 'Not > There' }, { brand: 'Acme' },
    { brand: 'Bloom' }, { brand: 'Nobody' }].forEach((named) => pool.key(named));
  return pool;
}

const views = (more) => ({ count: 'count', kinds: ['view'], ...more });

/** [name, expression], each of which may ask for those before it. */
export const SEGMENTS = [
  ['looks-at-tools', ['>=', views({ category: 'Garden > Tools', within: 7 * DAY }), 2]],
  ['bought-nothing', ['==', { count: 'count', kinds: ['purchase'] }, 0]],
  ['window-shopper', ['and', { segment: 0 }, { segment: 1 }]],
  ['on-a-phone', ['in', { fact: 'device' }, ['phone', 'tablet']]],
  ['in-the-evening', ['or', ['>=', { fact: 'hour' }, 18], ['<', { fact: 'hour' }, 6]]],
  ['phone-in-the-evening', ['and', { segment: 3 }, { segment: 4 }]],
  ['cart-of-20', ['>=', { fact: 'cart.total' }, 20]],
  ['nobody', ['and', { segment: 1 }, ['not', { segment: 1 }]]],
  ['everybody', true],
  ['lost', ['==', { fact: 'lifecycle' }, 'lost']],
];

export function gardenPlan() {
  const pool = gardenPool();
  const segments = SEGMENTS.map(([name, tree]) => [name, programCode(pool, tree)]);
  return planSections(pool, {
    rules: [
      [7, [...u32(10 * DAY), ...u32(40 * DAY)]],
      [8, 'families\0\0hobby\0'],
      [12, [...u32(5000), ...u32(20000)]],
    ],
    segments,
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = process.argv[2];
  if (!folder) {
    console.error('usage: node tests/golden/plan.mjs FOLDER');
    process.exit(2);
  }
  const campaigns = writeCampaigns({
    site: [[1, 'garden'], [2, 'The Garden'], [3, 'EUR'], [4, 'en-GB'], [6, u32(DAY)], [7, u32(1800)],
      [8, u32(300 * DAY)], [9, u32(DAY)]],
    plan: gardenPlan(),
  });
  writeGarden(folder, { campaigns });
}
