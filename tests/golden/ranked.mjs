/**
 * ranked.mjs - a corner shop of 72 items with a ranker, of which every section is there
 *
 *     node tests/golden/ranked.mjs FOLDER
 *     node tests/golden/ranked.mjs FOLDER trees     the same with trees in place of its network
 *
 * Four aisles of eighteen items. Vectors of an aisle point the same way, and some items have none of
 * their own; what is linked, bought again and by whom follows from the numbers of the items.
 * Written with the small writers of tests/reference. golden/ranked and golden/trees are what this
 * wrote when the format was version 1; those folders stay as they are, whatever becomes of this
 * file.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import {
  identityOf,
  u32,
  writeCampaigns,
  writeCatalogue,
  writeManifest,
  writeModel,
} from '../reference/write.mjs';
import { writeRanker } from '../reference/write_ranker.mjs';
import { hash } from '../reference/xxhash64.mjs';

const AISLES = ['tea', 'bread', 'soap', 'paper'];
const EACH = 18;
const D = 16;
const Q16 = 65536;
const times = (count, one) => Array.from({ length: count }, (_, i) => one(i));
const i_mod = (i, step, size) => (i * step) % size;

const ids = AISLES.flatMap((aisle) => times(EACH, (k) => `${aisle}-${k + 1}`));
const n = ids.length;
const aisle_of = (item) => Math.floor(item / EACH);
const popularity = times(n, (item) => 40 + i_mod(item, 37, 160));
const by_popularity = times(n, (i) => i).sort((a, b) => popularity[b] - popularity[a]);

/* The next items of the aisle, and the one of the same place in the next aisle. */
const linked = (item, steps) => {
  const to = steps.map((step) => EACH * aisle_of(item) + ((item + step) % EACH));
  to.push((item + EACH) % n);
  const targets = [...new Set(to)].sort((a, b) => a - b);
  return targets.map((target) => [target, i_mod(target + item, 5, 3)]);
};
const table = (steps, more = {}) => ({
  rows: times(n, (item) => linked(item, steps)),
  weights: [6, 3, 1],
  normalise: true,
  max_links: 8,
  group_bits: 3,
  bucket_count: 8,
  ...more,
});

const model = writeModel({
  ids,
  popularity,
  tops: [{ kind: 1, items: by_popularity.slice(0, 24) }],
  next: table([1, 2, 5]),
  together: table([3], { weights: [30000, 20000, 9000], normalise: false }),
  position_weight: [Q16, Q16 / 2, Q16 / 4, Q16 / 8],
  repeat_weight: [0, Q16 / 8, Q16 / 8, Q16 / 16],
  parameters: [[3, 8]],
});

/* The stamp has links of its own, and every ninth item leads to it. */
const catalogue_links = (item) => {
  if (item === n) return [[0, 1], [40, 0]];
  return item % 9 === 0 ? [[n, 0]] : [];
};

const catalogue = writeCatalogue({
  identity: identityOf(ids),
  new_ids: ['stamp'],
  categories: AISLES,
  parents: AISLES.map(() => null),
  brands: ['Own', 'Other'],
  items: [...ids, 'stamp'].map((id, item) => ({
    title: id,
    price: 100 + i_mod(item, 53, 900),
    category: item < n ? aisle_of(item) : undefined,
    brand: item % 2,
    in_stock: item % 11 !== 10,
  })),
  tops: AISLES.map((_, aisle) =>
    by_popularity.filter((item) => aisle_of(item) === aisle).slice(0, 4),
  ),
  news: [n],
  links: [{ ...table([]), rows: times(n + 1, catalogue_links) }],
});

/* Signs of an aisle are a row of a Hadamard matrix; each item wavers about them. */
const classes = [
  { least: 150, bits: 4, step: 26000 },
  { least: 110, bits: 3, step: 50000 },
  { least: 80, bits: 2, step: 100000 },
  { least: 50, bits: 1, step: 190000 },
  { least: 0, bits: 0, step: 0 },
];
const sign = (aisle, d) => ((aisle & d & 1) ^ (((aisle & d) >> 1) & 1) ? -1 : 1);
const codes = times(n, (item) => {
  const { bits } = classes.find(({ least }) => popularity[item] >= least);
  const half = 2 ** bits / 2;
  return times(bits === 0 ? 0 : D, (d) => {
    const x = sign(aisle_of(item), d) * half * 0.7 + half * (i_mod(item + 3 * d, 29, 17) / 16 - 0.5);
    return Math.max(0, Math.min(2 ** bits - 1, Math.floor(x + half)));
  });
});
const wave = (i, size) => i_mod(i + 1, 7919, 2 * size + 1) - size;

const network = (features, weights, more) => ({
  vector_count: 24,
  table_count: 12,
  session_count: 6,
  shift_1: 11,
  shift_2: 11,
  features,
  scaling: features.map((_, f) => ({ mean: 40 * f, factor: 30000 + 1000 * f })),
  bias: [100, -200, 0, 50],
  weights_1: times(4, (j) => features.map((_, f) => wave(5 * j + f, 900))),
  weights_2: [400, -300, 250, 120],
  skip: weights,
  ...more,
});

/* Trees by hand, a split as [feature, how many are on its left, threshold, value]; then chains. */
const trees = {
  vector_count: 24,
  table_count: 12,
  session_count: 6,
  shift: 7,
  trees: [
    {
      scale: 2,
      splits: [[0, 1, 9000, 2], [2, 0, 3000, -35], [21, 1, 700, 31], [37, 0, 256, 20]],
      leaves: [-60, -20, 5, 30, 70],
    },
    {
      scale: 1,
      splits: [[8, 0, 0, -3], [4, 1, 0, -12], [33, 0, 300, 9]],
      leaves: [4, 25, -18, -50],
    },
    { scale: 0, splits: [[27, 0, 0, 3]], leaves: [-40, 44] },
    {
      scale: 3,
      splits: [[3, 2, 2200, 1], [31, 0, 8000, -4], [24, 0, 900, 3], [28, 0, -60, 8]],
      leaves: [-9, -2, 7, 3, 12],
    },
    ...times(6, (k) => ({
      scale: k % 3,
      splits: times(5 + k, (i) => [
        [0, 1, 2, 9, 17, 23, 26, 30, 35, 10, 12][(i + k) % 11],
        k % 2 ? 0 : 4 + k - i,
        [9500, 7000, 2600, 700, 900, 600, -900, 4000, 300, 3000, 3200][(i + k) % 11],
        i_mod(3 * k + i, 7, 41) - 20,
      ]),
      leaves: times(6 + k, (i) => i_mod(5 * k + i, 31, 121) - 60),
    })),
  ],
};
const with_trees = process.argv[3] === 'trees';

const ranker = writeRanker(identityOf(ids), popularity, {
  vect: { dimensions: D, classes, codes },
  near: {
    block_bits: 6,
    visit_count: 1,
    step: 2100,
    centroids: times(2, (block) => times(D, (d) => 90 * sign(2 * block, d) + wave(d, 20))),
  },
  enco: {
    dimensions: D,
    position: [0, -26000, -40000, -52000, -60000],
    depth: times(3, (k) => times(D, (d) => 4096 - 500 * k + wave(d + k, 300))),
    affinity: 98304,
    bias: times(8, (j) => wave(j, 3000)),
    scale_1: times(8, (j) => 30000 + 1000 * j),
    scale_2: times(D, (d) => 9000 + 300 * d),
    weights_1: times(8, (j) => times(2 * D, (d) => wave(33 * j + d, 127))),
    weights_2: times(D, (d) => times(8, (j) => wave(17 * d + j, 127))),
  },
  rcnt: { offsets: times(16, (k) => 120 * (k - 15)), codes: times(n, (item) => i_mod(item, 5, 16)) },
  [with_trees ? 'none' : 'rank']: network(
    [0, 1, 2, 3, 4, 7, 8, 9, 11, 13, 17, 21, 22, 24, 26, 27, 28, 30, 31, 33, 35, 37],
    [
      3000, 900, 500, 600, -900, 700, 350, 0, 40, 300, -700,
      800, 90, 600, 500, 80, 90, 200, 450, -60, 150, 90,
    ],
  ),
  clus: {
    block_count: 8,
    silhouette: 5000,
    davies_bouldin: 300,
    shares: [40000, 25536],
    centroids: [
      [90, 90, 20, 20, 0, 0, 0, 0, 4, 4, 16, 8],
      [0, 0, 0, 0, 60, 60, 60, 60, 16, 8, 16, 8],
    ],
    typical: [[0, 1, 20], [40, 60]],
  },
  bskt: {
    decay: 60000,
    popular: by_popularity.slice(0, 16),
    network: network(
      [0, 1, 2, 3, 4, 5, 6, 7, 10, 11, 12, 13, 21, 22, 25, 26],
      [700, -100, 60, 300, 500, 400, 900, 300, -80, 800, 200, 0, 150, 170, 900, 90],
      { vector_count: 0, table_count: 20, session_count: 0 },
    ),
  },
  bpop: {
    base: 900,
    step: 110,
    popular: times(n, (item) => Math.floor(popularity[item] / 2)),
    before: times(n, (item) => i_mod(item, 11, 256)),
  },
  blft: { base: -300, step: 60, codes: times(n, (item) => i_mod(item, 7, 16)) },
  rhyt: times(n, (item) => (aisle_of(item) === 2 ? 0 : 4 * (12 + i_mod(item, 3, 16)) + (item % 4))),
  blnk: table([1, 4]),
  tree: with_trees && trees,
});

const slot = (name, strategies, ...fields) => [[1, name], [2, strategies], ...fields];
const campaigns = writeCampaigns({
  site: [[1, 'corner'], [2, 'The Corner'], [6, u32(3600)], [7, u32(1800)], [8, u32(400 * 86400)]],
  slots: [
    slot('for-you', [3], [3, [12]], [5, u32(0)]),
    slot('home', [3, 6], [3, [8]]),
    slot('again', [10], [3, [8]], [5, u32(0)]),
    slot('again-then-new', [10, 11], [3, [4]]),
  ],
});

const parts = { model, catalogue, campaigns, ranker };
const manifest = writeManifest({
  sequence: 3n,
  created_s: 1700000000n,
  shop: hash('corner'),
  identity: identityOf(ids),
  parts: Object.values(parts).map((bytes, i) => [i + 1, bytes]),
}).bytes;

const folder = process.argv[2];
if (!folder) {
  console.error('usage: node tests/golden/ranked.mjs FOLDER [trees]');
  process.exit(2);
}
mkdirSync(folder, { recursive: true });
writeFileSync(path.join(folder, 'manifest.sotto'), manifest);
for (const [name, bytes] of Object.entries(parts)) {
  const digest = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
  writeFileSync(path.join(folder, `${name}.${digest}.sotto`), bytes);
}
