/**
 * random.mjs - bundles and vector scripts that nobody would think of
 *
 * From a seed: a shop with odd parameters, links, categories, rules and slots, and a script of
 * shoppers who use it. random.test.mjs runs the script natively and through the reference, which
 * must agree.
 */
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
import { writeRanker } from '../reference/write_ranker.mjs';
import { hash } from '../reference/xxhash64.mjs';
import { randomRanker } from './random_ranker.mjs';

/** Repeatable numbers below a limit; and a choice, and a chance of one in n. */
export function dice(seed) {
  let state = (seed * 2654435761) >>> 0;
  const roll = (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  return { roll, pick: (list) => list[roll(list.length)], once_in: (n) => roll(n) === 0 };
}

const times = (count, one) => Array.from({ length: count }, (_, i) => one(i));
const distinct = (list) => [...new Set(list)];

/** The files of a random bundle, with these sections of a plan, and what a script may name. */
export function randomBundle(seed, plan = []) {
  const { roll, pick, once_in } = dice(seed);
  const n = 1 + roll(once_in(4) ? 200 : 40);
  const ids = times(n, (i) => `${pick(['a', 'Bär-', 'item ', 'x"'])}${i}`);
  const new_ids = times(roll(4), (i) => `new-${i}`);
  const weights = (count, most) =>
    distinct(times(count, () => 1 + roll(most))).sort((a, b) => b - a);
  const table = (max_links, codes, rows = n) => ({
    max_links,
    weights: codes,
    normalise: once_in(2),
    group_bits: roll(7),
    bucket_count: 9 + roll(18),
    rows: times(rows, () =>
      distinct(times(roll(max_links + 1), () => roll(rows)))
        .sort((a, b) => a - b)
        .map((target) => [target, roll(codes.length)]),
    ),
  });
  const extreme = (low, high) => pick([0, low, high, roll(high + 1)]);
  const history = 1 + roll(once_in(3) ? 32 : 8);
  const popularity = times(n, () => roll(256));
  const model = writeModel({
    ids,
    popularity,
    tops: [
      { kind: 1, items: distinct(times(roll(n + 1), () => roll(n))) },
      { kind: 2, items: distinct(times(roll(n + 1), () => roll(n))) },
    ],
    next: once_in(6) ? undefined : table(1 + roll(20), weights(8, pick([10, 65535]))),
    together: once_in(6) ? undefined : table(1 + roll(64), weights(3, 65535)),
    viewed_bought: once_in(2) ? undefined : table(1 + roll(8), weights(2, 65535)),
    position_weight: times(history, () => extreme(65536, 4194304)),
    repeat_weight: times(history, () => (once_in(3) ? 0 : roll(pick([65536, 4194304])))),
    parameters: [
      [1, extreme(65536, 16777216)],
      [2, extreme(16384, 16777216)],
      [3, pick([0, 1, 700, 16777216])],
      [4, extreme(131072, 16777216)],
      [5, extreme(65536, 16777216)],
      [6, extreme(6554, 1000000)],
      [7, extreme(3277, 1000000)],
    ].filter(() => !once_in(4)),
  });
  const categories = times(1 + roll(12), (i) => `c${i}`);
  const brands = times(roll(6), (i) => `b${i}`);
  const all = [...ids, ...new_ids];
  const random_item = () => roll(all.length);
  const catalogue = once_in(8)
    ? undefined
    : writeCatalogue({
        identity: identityOf(ids),
        new_ids,
        categories,
        brands,
        items: all.map((id) => ({
          title: id,
          price: once_in(5) ? undefined : roll(pick([10, 3000, 4294967295])),
          listed: !once_in(9),
          in_stock: !once_in(5),
          category: once_in(5) ? undefined : roll(categories.length),
          brand: once_in(4) || brands.length === 0 ? undefined : roll(brands.length),
        })),
        parents: categories.map((_, i) =>
          i === 0 || once_in(3) ? null : i - 1 - roll(Math.min(i, 2)),
        ),
        tops: categories.map(() => distinct(times(roll(9), random_item))),
        news: once_in(3) ? undefined : distinct(times(roll(12), random_item)),
        links: times(4, () =>
          once_in(2)
            ? undefined
            : table(1 + roll(pick([8, 64])), weights(4, pick([100, 65535])), all.length),
        ),
      });
  const slots = times(1 + roll(10), (i) => randomSlot(`slot ${i}`, all, { roll, pick, once_in }));
  const hashes = (list) => list.flatMap((name) => u64(hash(name)));
  const campaigns = writeCampaigns({
    site: [
      [6, u32(roll(5000))],
      [7, u32(pick([0, 60, 1800]))],
      [8, u32(pick([100, 20000, 7776000]))],
      [9, u32(1 + roll(once_in(2) ? 40 : 100000))],
    ],
    rules: [
      [1, hashes(times(roll(3), () => pick(all)))],
      [2, hashes(times(roll(2), () => pick(categories)))],
      [3, hashes(brands.slice(0, roll(2)))],
    ],
    slots,
    plan,
  });
  const ranked = dice(seed + 5555);
  const content = randomRanker(ranked, popularity, () => table(1 + roll(30), weights(8, 65535)));
  const ranker =
    ranked.once_in(3) || Object.values(content).every((one) => !one)
      ? undefined
      : writeRanker(identityOf(ids), popularity, content);
  const parts = [
    [1, model],
    [2, catalogue],
    [3, campaigns],
    [4, ranker],
  ].filter(([, bytes]) => bytes);
  const files = new Map(
    [
      ['manifest', writeManifest({ parts, identity: identityOf(ids) }).bytes],
      ['model', model],
      ['catalogue', catalogue],
      ['campaigns', campaigns],
      ['ranker', ranker],
    ].filter(([, bytes]) => bytes),
  );
  return {
    files,
    ids: catalogue ? all : ids,
    learned: ids,
    slots: slots.length,
    categories,
    has_ranker: Boolean(ranker),
  };
}

/** Those of RANKING.md section 2, and one that nobody knows. */
const STRATEGIES = [1, 1, 2, 3, 3, 3, 4, 5, 6, 7, 8, 9, 9, 10, 10, 11, 12, 99];

function randomSlot(name, ids, { roll, pick, once_in }) {
  const items = (most) => times(roll(most), () => hash(pick(ids)));
  const fields = [
    [1, name],
    [2, times(1 + roll(3), () => pick(STRATEGIES))],
    [3, [1 + roll(pick([4, 12, 32]))]],
  ];
  const maybe = (chance, field) => {
    if (once_in(chance)) fields.push(field);
  };
  maybe(4, [4, [roll(6)]]);
  maybe(1, [5, u32(roll(256))]);
  maybe(3, [6, [roll(4)]]);
  maybe(3, [7, items(6).flatMap((item) => [roll(10), ...u64(item)])]);
  maybe(2, [8, items(8).flatMap((item) => u64(item))]);
  maybe(3, [9, items(6).flatMap((item) => u64(item))]);
  maybe(4, [10, [...u16(roll(120)), ...u16(roll(300))]]);
  maybe(4, [11, [...u32(roll(1000)), ...u32(pick([0, 2000, 4294967295]))]]);
  return fields;
}

const KINDS = [
  'view',
  'view',
  'view',
  'click',
  'cart_add',
  'cart_remove',
  'purchase',
  'wishlist',
  'dismiss',
  'search',
  'checkout',
  'category_view',
];

/** A script over the bundle: `count` commands of shoppers with habits. */
export function randomScript(seed, bundle, count) {
  const { ids, learned, slots, categories, has_ranker } = bundle;
  const { roll, pick, once_in } = dice(seed + 77777);
  const word = (text) => `"${text.replace(/"/g, '\\x22')}"`;
  const favourites = times(12, () => pick(ids));
  const item = () => word(once_in(3) ? pick(ids) : pick(favourites));
  const about = (kind) => {
    if (kind === 'search' || kind === 'checkout' || once_in(40)) return '-';
    return kind === 'category_view' ? word(pick(categories)) : once_in(30) ? 'unheard-of' : item();
  };
  const nextBasket = () => {
    const timed = once_in(2);
    let time_s = 50000000;
    const baskets = times(roll(pick([4, 20, 140])), () => {
      time_s -= roll(pick([100, 300000]));
      const items = distinct(times(1 + roll(6), () => pick(learned))).map(word);
      return ` basket ${timed ? (once_in(20) ? 0 : time_s) : '-'} ${items.join(' ')}`;
    });
    return `next-basket ${1 + roll(60)} ${timed ? 50000000 + roll(1000000) : 0}${baskets.join('')}`;
  };
  const lines = ['bundle random', `profile ${'0123456789abcdef'} 1000000`];
  let now = 1000000;
  for (let i = 0; i < count; i++) {
    now += pick([
      0,
      1,
      30,
      61,
      500,
      once_in(6) ? 20001 : 3,
      once_in(30) ? -3000 : 9,
      once_in(60) ? 8000000 : 2,
    ]);
    if (once_in(3)) {
      const items = (most) => times(roll(most), item).join(' ');
      const words = [once_in(2) ? ` page ${items(4)}` : '', once_in(3) ? ` cart ${items(4)}` : '']
        .join('')
        .trim();
      lines.push(
        `ask "slot ${roll(slots)}" ${now} ${words}`.replace(/ +$/, '').replace(/ {2}/g, ' '),
      );
    } else {
      const kind = pick(KINDS);
      const quantity = once_in(3) ? ` ${pick([0, 2, 3, 70000])}` : '';
      lines.push(
        `event ${kind} ${about(kind)} ${Math.max(now - (once_in(30) ? 50 : 0), 0)}${quantity}`,
      );
    }
    if (once_in(40)) lines.push('seal', `interests ${now}`, 'cart', 'purchases');
    if (once_in(60)) lines.push(`rank ${1 + roll(32)} ${times(1 + roll(40), item).join(' ')}`);
    if (has_ranker && once_in(30))
      lines.push(`rank ${1 + roll(32)} ${times(1 + roll(40), item).join(' ')}`);
    if (has_ranker && once_in(16)) {
      lines.push(`shelve ${now} ${roll(100)}`);
      times(roll(4), () => lines.push(`ask "slot ${roll(slots)}" ${now + roll(9)}`));
    }
    if (has_ranker && once_in(40)) lines.push(nextBasket());
    if (once_in(90)) lines.push(`forget ${item()}`);
    if (once_in(200)) lines.push(`profile ${'ffffffffffffffff'} ${now}`);
  }
  return `${[...lines, 'seal'].join('\n')}\n`;
}
