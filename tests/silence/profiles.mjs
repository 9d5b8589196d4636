/**
 * profiles.mjs - shoppers of any kind, as saved blocks, with marks in whatever can hold one
 *
 * Written byte by byte from docs/FORMAT.md section 7, so that every field can be chosen: from the
 * profile of somebody who came once to one with every table full; behind it the shelf and the ledger
 * (behind.mjs), but for some of those who know no campaigns yet. A shopper has a taste (one of the
 * styles that the demo shop's logs were planted with), so that two of them are shown different things,
 * and looks at products that this shop does not have, whose names are marks: 128 random bits each.
 */
import { hash, check } from '../reference/xxhash64.mjs';
import { PROFILE_SIZE, RING } from '../reference/profile.mjs';
import { entriesIn, keysOfPlan, LEDGER_TABLES, makeLedger, makeShelf, SHELF_TABLES } from './behind.mjs';

/** docs/FORMAT.md section 7: where each table begins, and how much it takes. */
const TABLES = {
  events: { at: 64, limit: RING, countAt: 46 },
  cart: { at: 4160, limit: 32, countAt: 48 },
  purchases: { at: 4672, limit: 128, countAt: 50 },
  categories: { at: 6720, limit: 32, countAt: 52 },
  brands: { at: 7232, limit: 32, countAt: 54 },
};
const EVENT_HEAD = 44;
const CATEGORY_VIEW = 9;
const PURCHASE = 7;
const HIGHEST_INTEREST = 64 * 65536;
/** The demo shop keeps a profile for 90 days. */
const OLDEST_S = 85 * 86400;

/** How much somebody did: events, and at most so many lines in the other tables. */
const KINDS = [
  { share: 0.04, name: 'empty', events: [0, 0], others: 0 },
  { share: 0.08, name: 'one look', events: [1, 1], others: 1 },
  { share: 0.38, name: 'small', events: [4, 12], others: 4 },
  { share: 0.35, name: 'middle', events: [20, 120], others: 12 },
  { share: 0.15, name: 'full', events: [256, 256], others: 256 },
];

/**
 * @param {ReturnType<typeof import('./random.mjs').randomFrom>} random
 * @param {number} clock_s now, for this shopper
 * @param {{ styles: Record<string, string[]>, products: { category: string, brand: string }[],
 *   site: object }} shop
 * @param {string} [wanted] a kind by its name
 */
export function makeProfile(random, clock_s, { styles, products, site }, wanted) {
  const kind = KINDS.find(({ name }) => name === wanted) ?? kindBy(random.below(1 << 20) / (1 << 20));
  const taste = random.pick(Object.keys(styles));
  /** @type {string[]} */
  const tokens = [];
  const ids = new Map();
  const keyOf = (text) => {
    if (!ids.has(text)) ids.set(text, hash(text));
    return ids.get(text);
  };
  const token = () => {
    const text = `SILENCE-${hex(random.u64())}${hex(random.u64())}`;
    tokens.push(text);
    return keyOf(text);
  };
  const known = () => keyOf(random.chance(0.8) ? random.pick(styles[taste])
    : random.pick(random.pick(Object.values(styles))));
  const item = () => (random.chance(0.4) ? token() : known());
  const quantity = () => random.between(1, random.chance(0.3) ? 65535 : 3);
  const timesOf = (count) => Array.from({ length: count },
    () => clock_s - random.between(60, OLDEST_S)).sort((a, b) => a - b);
  const distinct = (count, make) => {
    const keys = new Set();
    while (keys.size < count) keys.add(make());
    return [...keys];
  };

  const bytes = Buffer.alloc(PROFILE_SIZE);
  const seed = random.u64();
  bytes.write('SOTP', 0);
  bytes.writeUInt16LE(1, 4);
  bytes.writeUInt32LE(PROFILE_SIZE, 8);
  bytes.writeBigUInt64LE(seed, 16);

  const eventCount = random.between(...kind.events);
  const eventTimes = timesOf(eventCount);
  // A ring that went round has its oldest entry anywhere; one that did not begins at 0.
  const eventHead = eventCount === RING ? random.below(RING) : eventCount;
  const created_s = Math.min(...eventTimes, clock_s - 60);
  const updated_s = Math.max(...eventTimes, created_s);
  const event_total = eventCount * random.between(1, 9);
  [created_s, updated_s, updated_s, random.between(1, 400), event_total]
    .forEach((word, i) => bytes.writeUInt32LE(word, 24 + 4 * i));
  bytes.writeUInt16LE(eventHead % RING, EVENT_HEAD);

  const entries = [];
  const put = (table, place, write) => {
    const at = TABLES[table].at + 16 * place;
    write(at);
    entries.push(bytes.subarray(at, at + 16));
  };
  bytes.writeUInt16LE(eventCount, TABLES.events.countAt);
  eventTimes.forEach((time_s, i) => put('events', (eventHead + RING - eventCount + i) % RING, (at) => {
    const what = random.between(1, 10);
    bytes.writeBigUInt64LE(what === CATEGORY_VIEW ? keyOf(random.pick(products).category) : item(), at);
    bytes.writeUInt32LE(time_s, at + 8);
    bytes.writeUInt8(what, at + 12);
    bytes.writeUInt16LE(what === PURCHASE ? quantity() : 1, at + 14);
  }));
  const countOf = (table) => Math.min(TABLES[table].limit,
    kind.others === 256 ? 256 : random.below(kind.others + 1));
  for (const table of ['cart', 'purchases']) {
    const times = timesOf(countOf(table));
    bytes.writeUInt16LE(times.length, TABLES[table].countAt);
    distinct(times.length, item).forEach((key, i) => put(table, i, (at) => {
      bytes.writeBigUInt64LE(key, at);
      bytes.writeUInt32LE(times[i], at + 8);
      bytes.writeUInt16LE(quantity(), at + 12);
      if (table === 'purchases') bytes.writeUInt16LE(quantity(), at + 14);
    }));
  }
  for (const [table, word] of [['categories', 'category'], ['brands', 'brand']]) {
    const times = timesOf(countOf(table));
    bytes.writeUInt16LE(times.length, TABLES[table].countAt);
    const key = () => (random.chance(0.5) ? token() : keyOf(random.pick(products)[word]));
    distinct(times.length, key).forEach((one, i) => put(table, i, (at) => {
      bytes.writeBigUInt64LE(one, at);
      bytes.writeUInt32LE(random.between(1, HIGHEST_INTEREST), at + 8);
      bytes.writeUInt32LE(times[i], at + 12);
    }));
  }
  bytes.writeUInt32LE(check(bytes.subarray(16)), 12);

  const shelf = makeShelf(random, {
    event_total, made_s: updated_s, most: kind.others * 3, item,
  });
  const ledger = makeLedger(random, {
    seed, session_start_s: updated_s, now_s: clock_s, oldest_s: clock_s - OLDEST_S,
    most: kind.others, keys: keysOfPlan(site), item, token,
  });
  const saved = kind.others < 2 ? bytes : Buffer.concat([bytes, shelf, ledger.bytes]);

  return {
    kind: kind.name,
    taste,
    block: saved,
    /** What must be found nowhere: see markers.mjs. */
    marks: {
      seed,
      texts: tokens,
      keys: [...new Set(ids.values())],
      entries: [...entries, ...entriesIn(ledger.bytes, LEDGER_TABLES), ...entriesIn(shelf, SHELF_TABLES)]
        .map((entry) => Buffer.from(entry)),
      times: [...new Set([created_s, updated_s, ...eventTimes, ...ledger.times])],
      blocks: [['the block', bytes], ['the ledger', ledger.bytes], ['what is saved', saved]],
    },
  };
}

function kindBy(share) {
  let left = share;
  return KINDS.find((kind) => (left -= kind.share) < 0) ?? KINDS.at(-1);
}

const hex = (word) => word.toString(16).padStart(16, '0');
