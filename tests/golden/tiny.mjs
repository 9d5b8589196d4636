/**
 * tiny.mjs - a garden shop of fourteen items, small enough to work out an answer by hand
 *
 *     node tests/golden/tiny.mjs FOLDER
 *
 * Writes the bundle with the small writer of tests/reference. golden/tiny is what it wrote when the
 * format was version 1; that folder stays as it is, whatever becomes of this file.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import {
  identityOf,
  u16,
  u32,
  u64,
  writeCampaigns,
  writeCatalogue,
  writeManifest,
  writeModel,
} from '../reference/write.mjs';
import { hash } from '../reference/xxhash64.mjs';

const LONG = 'long-'.padEnd(500, 'x');
const ids = [
  'spade',
  'rake',
  'hoe',
  'gloves',
  'boots',
  'tomato',
  'basil',
  'pot',
  'lamp',
  'Gießkanne 5 l',
  'gone',
  'twine',
  LONG,
];
const at = (id) => ids.indexOf(id);
const one = 65536;

/* What is viewed after what, with a weight code: 0 strong, 1 middling, 2 weak. */
const next = {
  spade: { rake: 0, hoe: 1, gloves: 2, gone: 0 },
  rake: { spade: 0, hoe: 0, twine: 2 },
  hoe: { rake: 1, spade: 1, 'Gießkanne 5 l': 2 },
  gloves: { boots: 0, spade: 2 },
  boots: { gloves: 0 },
  tomato: { basil: 0, pot: 1, 'Gießkanne 5 l': 1 },
  basil: { tomato: 0, pot: 0 },
  pot: { basil: 1, tomato: 1, lamp: 2 },
  lamp: { pot: 0 },
  'Gießkanne 5 l': { tomato: 1, basil: 2, pot: 2, hoe: 2 },
  [LONG]: { spade: 2 },
};

/* What is bought with what. */
const together = {
  spade: { gloves: 0, boots: 1 },
  rake: { gloves: 0 },
  gloves: { spade: 1, rake: 1, hoe: 1 },
  tomato: { pot: 0, twine: 1, basil: 1 },
  basil: { pot: 0, tomato: 1 },
  pot: { tomato: 0, basil: 0, lamp: 1 },
  boots: { spade: 0 },
};

const rows = (links) =>
  ids.map((id) =>
    Object.entries(links[id] ?? {})
      .map(([target, code]) => [at(target), code])
      .sort((a, b) => a[0] - b[0]),
  );

const model = writeModel({
  ids,
  popularity: [60, 50, 40, 55, 30, 70, 65, 45, 35, 25, 80, 20, 1],
  tops: [
    {
      kind: 1,
      items: [
        'gone',
        'tomato',
        'basil',
        'spade',
        'gloves',
        'rake',
        'pot',
        'hoe',
        'lamp',
        'boots',
        'Gießkanne 5 l',
        'twine',
      ].map(at),
    },
    { kind: 2, items: ['basil', 'lamp', 'boots', 'rake'].map(at) },
  ],
  next: {
    rows: rows(next),
    weights: [6, 3, 1],
    normalise: true,
    max_links: 4,
    group_bits: 2,
    bucket_count: 6,
  },
  together: {
    rows: rows(together),
    weights: [30000, 10000],
    max_links: 3,
    group_bits: 0,
    bucket_count: 6,
  },
  position_weight: [one, one / 2, one / 4, one / 8, one / 16, one / 32],
  repeat_weight: [0, one / 10, one / 5, one / 5].map(Math.floor).concat(6553, 6553),
  parameters: [
    [1, one],
    [2, one / 4],
    [3, 16],
    [4, 2 * one],
    [5, one / 2],
    [6, 6554],
    [7, 3277],
    [4096, 1],
  ],
});

const brands = ['Acme', 'Bloom', 'Hill'];
const categories = [
  'Garden',
  'Garden > Tools',
  'Garden > Clothing',
  'Garden > Seeds',
  'Home',
  'Home > Pots',
];
const attribute_values = [
  [0, 'green'],
  [0, 'red'],
  [1, 'wood'],
  [1, 'steel'],
  [0, 'terracotta'],
];
const item = (title, category, brand, price, more = {}) => ({
  title,
  category: category ? categories.indexOf(category) : undefined,
  brand: brand ? brands.indexOf(brand) : undefined,
  price,
  ...more,
});

const catalogue = writeCatalogue({
  identity: identityOf(ids),
  new_ids: ['kneeler'],
  items: [
    item('Spade', 'Garden > Tools', 'Acme', 1999, { attributes: [2, 3] }),
    item('Rake', 'Garden > Tools', 'Acme', 1499, { attributes: [2] }),
    item('Hoe', 'Garden > Tools', 'Bloom', 1299),
    item('Gloves', 'Garden > Clothing', 'Bloom', 799, { attributes: [0] }),
    item('Boots', 'Garden > Clothing', 'Hill', 4999, { list_price: 5999, attributes: [0] }),
    item('Tomato seeds', 'Garden > Seeds', 'Bloom', 299, { attributes: [1] }),
    item('Basil seeds "Genovese"', 'Garden > Seeds', 'Bloom', 249, { attributes: [0] }),
    item('Pot', 'Home > Pots', 'Hill', 899, { attributes: [4], url: '/pots/7.html' }),
    item('Lamp', 'Home', undefined, 3999, { in_stock: false }),
    item('Gießkanne', 'Garden > Tools', 'Hill', undefined),
    item('', undefined, undefined, undefined, { listed: false, in_stock: false }),
    item('Twine', undefined, 'Acme', 199),
    item('Long story', 'Home', undefined, 0),
    item('Kneeler', 'Garden > Clothing', 'Acme', 2499, { image: 'https://example.org/k.png' }),
  ],
  templates: { url: '/p/{id}', image: '/pictures/{id}.svg' },
  categories,
  parents: [null, 0, 0, 0, null, 4],
  brands,
  tops: [
    ['tomato', 'basil', 'spade', 'gloves', 'rake'],
    ['spade', 'rake', 'hoe'],
    ['gloves', 'boots'],
    ['tomato', 'basil'],
    ['pot', 'lamp'],
    ['pot'],
  ].map((top) => top.map(at)),
  attribute_names: ['colour', 'material'],
  attribute_values,
});

const KEEP_CATEGORY = 64;
const KEEP_PRICED = 128;
const SKIP_VIEWED = 32;
const items = (...names) => names.flatMap((name) => u64(hash(name)));
const slot = (name, strategies, ...fields) => [[1, name], [2, strategies], ...fields];

const campaigns = writeCampaigns({
  site: [
    [1, 'garden'],
    [2, 'The Garden'],
    [3, 'EUR'],
    [4, 'en-GB'],
    [6, u32(86400)],
    [7, u32(1800)],
    [8, u32(30 * 86400)],
    [9, u32(86400)],
  ],
  rules: [
    [1, items('rake-that-never-was')],
    [2, []],
    [3, []],
  ],
  slots: [
    slot('for-you', [3], [3, [6]], [12, 'For you']),
    slot('for-you-filled', [3, 6], [3, [10]]),
    slot('similar', [1], [3, [5]]),
    slot('similar-alike', [1, 6], [3, [5]], [5, u32(0x1f | KEEP_CATEGORY)]),
    slot('together', [2], [3, [4]], [4, [2]]),
    slot('cart', [4], [3, [4]]),
    slot('recent', [5], [3, [4]], [5, u32(0x1f & ~1)]),
    slot('popular', [6], [3, [5]]),
    slot('popular-brands', [6], [3, [8]], [6, [1]]),
    slot('popular-priced', [6], [3, [12]], [5, u32(0x1f | KEEP_PRICED)]),
    slot('popular-cheap', [6], [3, [8]], [11, [...u32(0), ...u32(1000)]]),
    slot('popular-near', [6], [3, [8]], [10, [...u16(50), ...u16(150)]]),
    slot('popular-unseen', [6], [3, [8]], [5, u32(0x1f | SKIP_VIEWED)]),
    slot('trending', [7], [3, [8]]),
    slot(
      'manual',
      [8],
      [3, [8]],
      [8, items('lamp', 'twine', 'nothing', 'kneeler', 'spade')],
      [9, items('spade')],
    ),
    slot(
      'pinned',
      [3, 6],
      [3, [4]],
      [7, [0, ...items('pot'), 2, ...items('kneeler'), 3, ...items('lamp')]],
    ),
    slot('all', [1, 2, 3, 5, 6], [3, [32]], [5, u32(16)]),
    slot('enough', [5], [3, [8]], [4, [3]]),
  ],
});

const parts = { model, catalogue, campaigns };
const manifest = writeManifest({
  sequence: 7n,
  created_s: 1700000000n,
  expires_s: 0n,
  shop: hash('garden'),
  identity: identityOf(ids),
  parts: Object.values(parts).map((bytes, i) => [i + 1, bytes]),
}).bytes;

const folder = process.argv[2];
if (!folder) {
  console.error('usage: node tests/golden/tiny.mjs FOLDER');
  process.exit(2);
}
mkdirSync(folder, { recursive: true });
writeFileSync(path.join(folder, 'manifest.sotto'), manifest);
for (const [name, bytes] of Object.entries(parts)) {
  const digest = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
  writeFileSync(path.join(folder, `${name}.${digest}.sotto`), bytes);
}
