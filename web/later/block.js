/**
 * block.js - the saved profile, byte by byte
 *
 * docs/FORMAT.md section 7 in JavaScript, for what the core in a page does not do: telling the
 * shopper what is kept, and taking one item out of it. The core writes the block and makes the
 * decisions.
 */

const EVENTS = { at: 64, count: 46, limit: 256 };
const CART = { at: 4160, count: 48, limit: 32 };
const PURCHASES = { at: 4672, count: 50, limit: 128 };
const CATEGORIES = { at: 6720, count: 52, limit: 32 };
const BRANDS = { at: 7232, count: 54, limit: 32 };
const ENTRY_SIZE = 16;
const EVENT_HEAD = 44;
const CATEGORY_VIEW = 9;

/** @typedef {{ at: number, count: number, limit: number }} Table */

const viewOf = (/** @type {Uint8Array} */ block) =>
  new DataView(block.buffer, block.byteOffset, block.length);

/** The seed tells one profile from the next. */
export const seedOf = (/** @type {Uint8Array} */ block) => viewOf(block).getBigUint64(16, true);

/** Where the entries of a table begin, oldest first; events are a ring that ends at its head. */
function entriesOf(/** @type {DataView} */ view, /** @type {Table} */ table) {
  const count = view.getUint16(table.count, true);
  const first = table === EVENTS ? view.getUint16(EVENT_HEAD, true) + table.limit - count : 0;
  return Array.from({ length: count }, (_, i) => table.at + (first + i) % table.limit * ENTRY_SIZE);
}

/** Everything in the block, newest first. */
export function readBlock(/** @type {Uint8Array} */ block) {
  const view = viewOf(block);
  const u16 = (/** @type {number} */ at) => view.getUint16(at, true);
  const u32 = (/** @type {number} */ at) => view.getUint32(at, true);
  const key = (/** @type {number} */ at) => view.getBigUint64(at, true);
  const newest = (/** @type {Table} */ table) => entriesOf(view, table).reverse();
  const interests = (/** @type {Table} */ table) =>
    newest(table).map((at) => ({ key: key(at), value: u32(at + 8) / 65536, time_s: u32(at + 12) }));
  return {
    created_s: u32(24),
    updated_s: u32(28),
    sessions: u32(36),
    events: newest(EVENTS).map((at) => ({
      item: key(at), time_s: u32(at + 8), kind: view.getUint8(at + 12), quantity: u16(at + 14),
    })),
    cart: newest(CART).map((at) =>
      ({ item: key(at), time_s: u32(at + 8), quantity: u16(at + 12) })),
    purchases: newest(PURCHASES).map((at) =>
      ({ item: key(at), time_s: u32(at + 8), times: u16(at + 12), quantity: u16(at + 14) })),
    categories: interests(CATEGORIES),
    brands: interests(BRANDS),
  };
}

/** The lines of the cart, the newest first. */
export function cartIn(/** @type {Uint8Array} */ block) {
  const view = viewOf(block);
  return entriesOf(view, CART).reverse().map((at) =>
    ({ item: view.getBigUint64(at, true), quantity: view.getUint16(at + 12, true) }));
}

/**
 * What is to be forgotten of a key: an item, an interest, or (1 to 10) an item's events of that kind;
 * and, of no key, what was counted only to measure (of the ledger: ledger.js).
 */
export const FORGET = { item: 0, category: 32, brand: 33, measured: 34 };

/**
 * Puts these entries into a table in place of what is there, oldest first. Events go on ending at
 * the head, as they did before.
 */
function putEntries(/** @type {Uint8Array} */ block, /** @type {Table} */ table,
  /** @type {Uint8Array[]} */ entries) {
  const view = viewOf(block);
  const all = entriesOf(view, table);
  all.forEach((at) => block.fill(0, at, at + ENTRY_SIZE));
  const places = table === EVENTS ? all.slice(all.length - entries.length) : all;
  entries.forEach((entry, i) => block.set(entry, places[i]));
  view.setUint16(table.count, entries.length, true);
}

/**
 * Takes an item, one kind of its events, or an interest with the looks at its category out of the
 * block. Its checksum is to be made anew. What is newer than `until_s` stays, unless something older
 * may be in it: of an interest, and of a product bought several times, that cannot be told.
 *
 * @param {Uint8Array} block
 * @param {bigint} key
 * @param {number} [what] one of FORGET
 * @param {number} [until_s]
 */
export function forgetIn(block, key, what = FORGET.item, until_s = Infinity) {
  const view = viewOf(block);
  const kindOf = (/** @type {number} */ at) => view.getUint8(at + 12);
  const any = () => true;
  const old = (/** @type {number} */ at) => view.getUint32(at + 8, true) <= until_s;
  const mayBeOld = (/** @type {number} */ at) => old(at) || view.getUint16(at + 12, true) > 1;
  /** @type {Record<number, [Table, (at: number) => boolean][]>} */
  const parts = {
    [FORGET.item]: [
      [EVENTS, (at) => kindOf(at) !== CATEGORY_VIEW && old(at)], [CART, old], [PURCHASES, mayBeOld],
    ],
    [FORGET.category]: [
      [CATEGORIES, any], [EVENTS, (at) => kindOf(at) === CATEGORY_VIEW && old(at)],
    ],
    [FORGET.brand]: [[BRANDS, any]],
  };
  const tables = parts[what] ?? [[EVENTS, (at) => kindOf(at) === what && old(at)]];
  for (const [table, goes] of tables) {
    putEntries(block, table, entriesOf(view, table)
      .filter((at) => view.getBigUint64(at, true) !== key || !goes(at))
      .map((at) => block.slice(at, at + ENTRY_SIZE)));
  }
}

/** Where all the times are. */
const timesOf = (/** @type {DataView} */ view) =>
  [EVENTS, CART, PURCHASES, CATEGORIES, BRANDS].reduce((places, table) => {
    const place = table === CATEGORIES || table === BRANDS ? 12 : 8;
    return [...places, ...entriesOf(view, table).map((at) => at + place)];
  }, [24, 28, 32]);

/** Another device's clock may be ahead, and this one's may have been. */
export const CLOCK_S = 86400;

/** Whether something in the block is later than now: it would never fade, and never go. */
export function isAhead(/** @type {Uint8Array} */ block, /** @type {number} */ now_s) {
  const view = viewOf(block);
  return timesOf(view).some((at) => view.getUint32(at, true) > now_s + CLOCK_S);
}

/** Has what is later than now be of now. The checksum is to be made anew. */
export function pullBack(/** @type {Uint8Array} */ block, /** @type {number} */ now_s) {
  const view = viewOf(block);
  for (const at of timesOf(view)) view.setUint32(at, Math.min(view.getUint32(at, true), now_s), true);
}

/** Clears all that no one reads, so that a block from elsewhere carries nothing but a profile. */
export function tidy(/** @type {Uint8Array} */ block) {
  const view = viewOf(block);
  const clean = new Uint8Array(block.length);
  clean.set(block.subarray(0, EVENTS.at));
  for (const table of [EVENTS, CART, PURCHASES, CATEGORIES, BRANDS]) {
    for (const at of entriesOf(view, table)) clean.set(block.subarray(at, at + ENTRY_SIZE), at);
    if (table === EVENTS) entriesOf(view, table).forEach((at) => clean.fill(0, at + 13, at + 14));
    if (table === CART) entriesOf(view, table).forEach((at) => clean.fill(0, at + 14, at + 16));
  }
  block.set(clean);
}

const DAY_S = 86400;

/** Whether a purchase of the item on that day, or after it, is in the block. */
export function hasPurchase(/** @type {Uint8Array} */ block, /** @type {bigint} */ item,
  /** @type {number} */ time_s) {
  const view = viewOf(block);
  const day = Math.floor(time_s / DAY_S);
  return entriesOf(view, PURCHASES).some((at) => view.getBigUint64(at, true) === item
    && Math.floor(view.getUint32(at + 8, true) / DAY_S) >= day);
}

/**
 * Makes good, after a purchase of the past was folded in, what is meant for purchases of the moment:
 * the time of the last event and the session stay those of before, and so does a line that came into
 * the cart since; events and purchases stand in order of time again.
 *
 * @param {Uint8Array} block
 * @param {Uint8Array} before the block without that purchase
 * @param {bigint} item
 * @param {number} time_s
 */
export function settle(block, before, item, time_s) {
  const view = viewOf(block);
  const old = viewOf(before);
  const keepsLine = entriesOf(old, CART).some((at) =>
    old.getBigUint64(at, true) === item && old.getUint32(at + 8, true) > time_s);
  if (keepsLine) {
    block.set(before.subarray(CART.at, PURCHASES.at), CART.at);
    view.setUint16(CART.count, old.getUint16(CART.count, true), true);
  }
  for (const at of [28, 32, 36]) {
    view.setUint32(at, Math.max(old.getUint32(at, true), at === 36 ? 1 : 0), true);
  }
  for (const table of [EVENTS, PURCHASES]) {
    const inTime = entriesOf(view, table).sort((a, b) =>
      view.getUint32(a + 8, true) - view.getUint32(b + 8, true));
    putEntries(block, table, inTime.map((at) => block.slice(at, at + ENTRY_SIZE)));
  }
}
