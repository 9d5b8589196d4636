/**
 * events.js - what happens in the shop, for whoever wants to know
 *
 * The shop says what happened; it does not know who listens. A listener that comes late hears what
 * it missed on this page, so the order in which scripts load does not matter.
 */

const past = [];
const listeners = new Set();

/** @param {'view'|'category'|'search'|'cart_add'|'cart_remove'|'checkout'|'purchase'|'order'} kind */
export function tell(kind, detail = {}) {
  past.push([kind, detail]);
  for (const listener of listeners) listener(kind, detail);
}

/**
 * @param {(kind: string, detail: object) => void} listener
 * @returns {() => void} stops listening
 */
export function listen(listener) {
  for (const [kind, detail] of past) listener(kind, detail);
  listeners.add(listener);
  return () => listeners.delete(listener);
}
