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

/** Takes an item out of the block's events, cart and purchases. Its checksum is to be made anew. */
export function forgetIn(/** @type {Uint8Array} */ block, /** @type {bigint} */ item) {
  const view = viewOf(block);
  for (const table of [EVENTS, CART, PURCHASES]) {
    const isIt = (/** @type {number} */ at) => view.getBigUint64(at, true) === item
      && !(table === EVENTS && view.getUint8(at + 12) === CATEGORY_VIEW);
    const all = entriesOf(view, table);
    const kept = all.filter((at) => !isIt(at)).map((at) => block.slice(at, at + ENTRY_SIZE));
    all.forEach((at) => block.fill(0, at, at + ENTRY_SIZE));
    // The events that stay end at the head, as they did before.
    const places = table === EVENTS ? all.slice(all.length - kept.length) : all;
    kept.forEach((entry, i) => block.set(entry, places[i]));
    view.setUint16(table.count, kept.length, true);
  }
}
