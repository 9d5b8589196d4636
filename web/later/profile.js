/**
 * profile.js - everything that is kept, in words
 *
 * The core keeps items, categories and brands by their hashes. What the bundle knows is told by its
 * id and name; what it does not (an item no longer sold) by `hash:` and sixteen digits.
 */
import { readBlock } from './block.js';
import { EVENT_KINDS } from './events.js';
import { describeLedger, noLedger, unknown } from './ledger-words.js';

/** @typedef {import('../index.js').ProfileExport} ProfileExport */

/** Texts, by the numbers of sotto_wasm_text_kind: an item's id, then the two lists of names. */
const ID = 6;
const NAMES = 7;
const VIEW = 1;

const time = (/** @type {number} */ seconds) => new Date(seconds * 1000).toISOString();

const base64 = (/** @type {Uint8Array | null} */ bytes) =>
  (bytes ? btoa(String.fromCharCode(...bytes)) : '');

/**
 * The key by which something is kept, from the name that an export gives it.
 *
 * @param {import('./runtime.js').LaterCore} core
 * @param {string} name
 */
export function keyOf(core, name) {
  const [, digits] = name.match(/^hash:([0-9a-f]{16})$/) ?? [];
  return digits && core.find(name) < 0 ? BigInt('0x' + digits) : core.hash(name);
}

/**
 * @typedef {object} Kept
 * @property {import('./runtime.js').LaterCore | null} core
 * @property {Uint8Array | null} block null if nothing is kept beyond this page
 * @property {Uint8Array | null} ledger what campaigns did, null if nothing is kept
 * @property {import('./visit.js').Entry[]} log what happened on this page, told if there is no block
 * @property {number} now_s
 * @property {(index: number) => string} titleOf
 */

/**
 * What is kept, in the words of an export.
 *
 * @param {Kept} kept
 */
export function describe({ core, block, ledger, log, now_s, titleOf }) {
  const nothing = {
    createdAt: /** @type {string | null} */ (null),
    updatedAt: /** @type {string | null} */ (null),
    sessions: 0,
    events: /** @type {ProfileExport['events']} */ ([]),
    cart: /** @type {ProfileExport['cart']} */ ([]),
    purchases: /** @type {ProfileExport['purchases']} */ ([]),
    interests: /** @type {ProfileExport['interests']} */ ([]),
    ...noLedger(),
  };
  if (!core) return nothing;

  const item = (/** @type {bigint} */ hash) => {
    const index = hash ? core.findHash(hash) : -1;
    if (index < 0) return { item: unknown(hash), title: '' };
    return { item: core.text(ID, index), title: titleOf(index) };
  };
  /** The names of a list (0 categories, 1 brands) by their hash. */
  const namesOf = (/** @type {number} */ list) => {
    const names = new Map();
    for (let i = core.nameCount(list) - 1; i >= 0; i--) {
      const name = core.text(NAMES + list, i);
      names.set(core.hash(name), name);
    }
    return names;
  };
  const names = { category: namesOf(0), brand: namesOf(1) };
  const { halfLife_s } = core.site();
  const faded = (/** @type {number} */ value, /** @type {number} */ time_s) =>
    value * 2 ** (-Math.max(now_s - time_s, 0) / halfLife_s);
  const event = (/** @type {import('./visit.js').Entry} */ one) => ({
    kind: EVENT_KINDS[one.kind],
    ...(EVENT_KINDS[one.kind] === 'category_view'
      ? { item: names.category.get(one.item) ?? unknown(one.item), title: '' }
      : item(one.item)),
    at: time(one.time_s),
    quantity: one.quantity,
  });

  if (!block) {
    return { ...nothing, events: log.filter(({ kind }) => EVENT_KINDS[kind]).map(event).reverse() };
  }
  const { created_s, updated_s, sessions, events, cart, purchases, categories, brands } =
    readBlock(block);
  /** @param {'category' | 'brand'} kind @param {typeof brands} list */
  const named = (kind, list) =>
    list.map(({ key, value, time_s }) => ({
      kind,
      name: names[kind].get(key) ?? unknown(key),
      strength: faded(value, time_s),
      at: time(time_s),
    }));
  return {
    createdAt: time(created_s),
    updatedAt: time(updated_s),
    sessions,
    // A page view of nothing says that a session began, which `sessions` has.
    events: events.filter(({ kind, item: hash }) => kind !== VIEW || hash !== 0n).map(event),
    cart: cart.map((line) =>
      ({ ...item(line.item), quantity: line.quantity, at: time(line.time_s) })),
    purchases: purchases.map(({ item: hash, times, quantity, time_s }) =>
      ({ ...item(hash), times, quantity, lastAt: time(time_s) })),
    interests: [...named('category', categories), ...named('brand', brands)],
    ...describeLedger({ core, ledger, item }),
  };
}

/**
 * Everything, as docs/API.md shows it.
 *
 * @param {Kept} kept
 * @param {Pick<ProfileExport, 'consent' | 'stored' | 'encrypted' | 'receipts'>} about
 * @returns {ProfileExport}
 */
export function exportProfile(kept, { consent, stored, encrypted, receipts }) {
  return {
    format: 'sotto-profile',
    version: 1,
    shop: kept.core?.site().shop ?? '',
    consent,
    stored,
    encrypted,
    ...describe(kept),
    receipts,
    block: base64(kept.block),
    ledger: base64(kept.ledger),
  };
}
