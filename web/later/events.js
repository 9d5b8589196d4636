/**
 * events.js - what a shopper can do
 */

/** By the numbers of sotto_event_kind in src/sotto.h. */
export const EVENT_KINDS = /** @type {any[]} */ ([
  '', 'view', 'click', 'search', 'cart_add', 'cart_remove', 'checkout', 'purchase', 'wishlist',
  'category_view', 'dismiss',
]);

/**
 * @typedef {{
 *   item?: string, category?: string, quantity?: number, results?: number, code?: string,
 * }} EventAbout
 */

/**
 * An event as the core takes it; null for a kind that there is not.
 *
 * @param {string} kind
 * @param {EventAbout} about
 * @param {(text: string) => bigint} hash
 * @param {number} time_s
 * @returns {import('./visit.js').Entry | null}
 */
export function readEvent(kind, { item, category, quantity }, hash, time_s) {
  const number = /** @type {string[]} */ (EVENT_KINDS).indexOf(kind);
  if (number < 1) return null;
  const about = kind === 'category_view' ? category : item;
  // Nothing said is one; of a cart_remove it is all there is.
  const many = Math.trunc(Number(quantity ?? (kind === 'cart_remove' ? 0 : 1))) || 0;
  return {
    kind: number,
    item: about === undefined ? 0n : hash(String(about)),
    quantity: Math.min(Math.max(many, 0), 65535),
    time_s,
  };
}
