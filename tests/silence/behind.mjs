/**
 * behind.mjs - what is saved behind a profile: the shelf, and the ledger of what campaigns did
 *
 * docs/FORMAT.md sections 8 and 9, every field chosen at random: what the shop's plan knows, so that
 * two shoppers are shown different campaigns, arms and shelves, and what it does not, as marks.
 */
import { bytesOfLedger, newLedger } from '../reference/ledger.mjs';
import { SHELF_SIZE } from '../reference/shelf.mjs';
import { hash } from '../reference/xxhash64.mjs';

const FOR_YOU = { at: 32, limit: 64, countAt: 6 };
const AGAIN = { at: 1568, limit: 32, countAt: 7 };
const NO_CLUSTER = 0xffff;
const DAY_S = 86400;

const hex = (word) => word.toString(16).padStart(16, '0');

/** Keys of what is planned, as the ledger has them. */
export function keysOfPlan({ campaigns, offers, experiments }) {
  const quizzes = Object.values(campaigns).filter(({ question }) => question);
  return {
    campaigns: Object.keys(campaigns).map(hash),
    offers: Object.keys(offers).map(hash),
    arms: Object.entries(experiments).flatMap(([name, { arms }]) =>
      Object.keys(arms).map((arm) => hash(`${name}\0${arm}`))),
    answers: quizzes.flatMap(({ question, options }) =>
      [hash(question), ...options.map((option) => hash(`${question}\0${option}`))]),
  };
}

/**
 * A shelf that is fresh, or all zeros.
 *
 * @param {ReturnType<typeof import('./random.mjs').randomFrom>} random
 * @param {{ event_total: number, made_s: number, most: number, item: () => bigint }} about
 */
export function makeShelf(random, { event_total, made_s, most, item }) {
  const bytes = Buffer.alloc(SHELF_SIZE);
  if (most === 0 || random.chance(0.3)) return bytes;
  bytes.write('SOTL', 0);
  bytes.writeUInt16LE(1, 4);
  bytes.writeBigUInt64LE(random.u64(), 8);
  bytes.writeUInt32LE(event_total, 16);
  bytes.writeUInt32LE(made_s, 20);
  bytes.writeUInt16LE(random.chance(0.5) ? random.below(8) : NO_CLUSTER, 24);
  for (const { at, limit, countAt } of [FOR_YOU, AGAIN]) {
    const count = random.below(Math.min(limit, most) + 1);
    bytes.writeUInt8(count, countAt);
    for (let i = 0; i < count; i++) {
      bytes.writeBigUInt64LE(item(), at + 24 * i);
      if (random.chance(0.7)) bytes.writeBigUInt64LE(item(), at + 24 * i + 8);
      bytes.writeUInt32LE(random.between(1, 65536), at + 24 * i + 16);
      bytes.writeUInt8(random.pick([1, 2, 3, 6, 7, 11, 12, 14]), at + 24 * i + 20);
    }
  }
  return bytes;
}

/**
 * A ledger, and the times in it.
 *
 * @param {ReturnType<typeof import('./random.mjs').randomFrom>} random
 * @param {object} about
 * @param {bigint} about.seed the profile's
 * @param {number} about.session_start_s
 * @param {number} about.now_s
 * @param {number} about.oldest_s
 * @param {number} about.most entries in a table
 * @param {ReturnType<typeof keysOfPlan>} about.keys
 * @param {() => bigint} about.item
 * @param {() => bigint} about.token a key that nobody knows
 */
export function makeLedger(random, about) {
  const { seed, session_start_s, now_s, oldest_s, most, keys, item, token } = about;
  const times = [];
  const time = () => {
    times.push(random.between(oldest_s, now_s - 60));
    return times.at(-1);
  };
  const maybe = () => (random.chance(0.3) ? time() : 0);
  const fill = (table, limit, key, row) => {
    const taken = new Set();
    const count = random.below(Math.min(most, limit) + 1);
    while (taken.size < count) taken.add(key());
    [...taken].forEach((one, i) => {
      ledger[table][i] = { key: hex(one), ...row() };
    });
  };
  const from = (list) => () => (random.chance(0.7) ? random.pick(list) : token());

  const ledger = newLedger({ seed: hex(seed), purchases: [] }, { items: [], find: () => -1 });
  Object.assign(ledger, {
    session_start_s, active_s: random.below(4000), session_count: random.below(3),
    day_count: random.below(5), day: Math.floor(now_s / DAY_S) - random.below(3),
    interrupted_s: maybe(), orders: random.below(30), spent: random.below(1e6), order_s: maybe(),
    dismissed_s: maybe(),
  });
  // Nothing of the plan gives way to what it does not know, so there is room for both.
  fill('campaigns', 64, from(keys.campaigns), () => ({
    shown_s: time(), dismissed_s: maybe(), ever: random.between(1, 400),
    session: random.below(3), day: random.below(4), clicked: random.below(4),
  }));
  fill('answers', 32, from(keys.answers), () => ({ time_s: time() }));
  fill('watched', 32, item, () => ({ price: random.between(100, 30000), time_s: time() }));
  fill('dwell', 32, item, () => ({ active_s: random.between(1, 4000), time_s: time() }));
  fill('arms', 32, from(keys.arms), () => {
    const tries = random.between(1, 60);
    return { exposed_s: time(), tries, wins: random.below(tries + 1) };
  });
  fill('offers', 32, from(keys.offers), () => ({ given_s: time(), redeemed_s: maybe() }));
  return { bytes: Buffer.from(bytesOfLedger(ledger)), times };
}

/** The entries in a ledger or a shelf that say something, one by one. */
export function entriesIn(bytes, tables) {
  return tables.flatMap(([at, size, count]) =>
    Array.from({ length: count }, (_, i) => bytes.subarray(at + size * i, at + size * (i + 1))))
    .filter((entry) => entry.some((byte) => byte !== 0));
}
export const LEDGER_TABLES = [[96, 24, 256], [6240, 16, 32], [6752, 16, 32], [7264, 16, 32],
  [7776, 16, 64], [8800, 16, 32]];
export const SHELF_TABLES = [[FOR_YOU.at, 24, FOR_YOU.limit], [AGAIN.at, 24, AGAIN.limit]];
