/**
 * profile.js - everything that is kept, in words
 *
 * The core keeps items, categories and brands by their hashes. What the bundle knows is told by its
 * id and name; what it does not (an item no longer sold) by `hash:` and sixteen digits.
 */
import { readBlock } from './block.js';
import { EVENT_KINDS } from './events.js';

/** @typedef {import('../index.js').ProfileExport} ProfileExport */

/** Texts, by the numbers of sotto_wasm_text_kind: an item's id, then the two lists of names. */
const ID = 6;
const NAMES = 7;

const time = (/** @type {number} */ seconds) => new Date(seconds * 1000).toISOString();
const unknown = (/** @type {bigint} */ hash) =>
  hash ? 'hash:' + hash.toString(16).padStart(16, '0') : '';

/**
 * @param {import('./visit.js').Visit} visit
 * @param {ProfileExport['stored']} stored
 * @param {(index: number) => string} titleOf
 * @returns {ProfileExport}
 */
export function exportProfile(visit, stored, titleOf) {
  const { core } = visit;
  const now_s = visit.now();
  /** @type {ProfileExport} */
  const kept = {
    format: 'sotto-profile',
    version: 1,
    shop: core?.site().shop ?? '',
    consent: visit.tier,
    stored,
    createdAt: null,
    updatedAt: null,
    sessions: 0,
    events: [],
    cart: [],
    purchases: [],
    interests: [],
    block: '',
  };
  if (!core) return kept;

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
  const faded = (/** @type {number} */ value, /** @type {number} */ time_s) =>
    value * 2 ** (-Math.max(now_s - time_s, 0) / core.site().halfLife_s);
  const event = (/** @type {import('./visit.js').Entry} */ one) => ({
    kind: EVENT_KINDS[one.kind],
    ...(EVENT_KINDS[one.kind] === 'category_view'
      ? { item: names.category.get(one.item) ?? unknown(one.item), title: '' }
      : item(one.item)),
    at: time(one.time_s),
    quantity: one.quantity,
  });

  if (!visit.active) {
    kept.events = visit.log.map(event).reverse();
    return kept;
  }
  const block = core.profileBlock();
  const { created_s, updated_s, sessions, events, cart, purchases, categories, brands } =
    readBlock(block);
  kept.createdAt = time(created_s);
  kept.updatedAt = time(updated_s);
  kept.sessions = sessions;
  kept.events = events.map(event);
  kept.cart = cart.map((line) =>
    ({ ...item(line.item), quantity: line.quantity, at: time(line.time_s) }));
  kept.purchases = purchases.map(({ item: hash, times, quantity, time_s }) =>
    ({ ...item(hash), times, quantity, lastAt: time(time_s) }));
  /** @param {'category' | 'brand'} kind @param {typeof brands} list */
  const named = (kind, list) =>
    list.map(({ key, value, time_s }) => ({
      kind,
      name: names[kind].get(key) ?? unknown(key),
      strength: faded(value, time_s),
      at: time(time_s),
    }));
  kept.interests = [...named('category', categories), ...named('brand', brands)];
  kept.block = btoa(String.fromCharCode(...block));
  return kept;
}
