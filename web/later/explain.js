/**
 * explain.js - why an item is shown
 *
 * The decisions of a page are where they are shown: each <sotto-slot>, and each <sotto-block> of a
 * campaign, answers with its own.
 */
import { describe } from './profile.js';

/** @typedef {import('../index.js').Explanation} Explanation */

/** @returns {import('../index.js').Decision[]} */
function decisionsShown() {
  if (!globalThis.document) return [];
  return [...document.querySelectorAll('sotto-slot, sotto-block')]
    .map((slot) => /** @type {import('../index.js').SottoSlotElement} */ (slot).decision)
    .filter((decision) => decision !== null && decision !== undefined);
}

/**
 * @param {string} id
 * @param {import('./profile.js').Kept} kept
 * @returns {Explanation | undefined} undefined if the bundle does not know the item
 */
export function explainItem(id, kept) {
  const { core, titleOf } = kept;
  const index = core?.find(id) ?? -1;
  if (!core || index < 0) return undefined;
  const shown = decisionsShown().flatMap(({ slot, items }) =>
    items.filter((item) => item.id === id).map((item) => ({ slot, item })));
  /** @type {Map<string, import('../index.js').Reason>} */
  const reasons = new Map();
  for (const { item } of shown) {
    for (const reason of item.reasons) {
      const key = `${reason.kind} ${reason.about}`;
      const before = reasons.get(key);
      if (!before || before.points < reason.points) reasons.set(key, reason);
    }
  }
  const { events } = describe(kept);
  return {
    item: id,
    title: titleOf(index),
    slots: [...new Set(shown.map(({ slot }) => slot))],
    reasons: [...reasons.values()].sort((a, b) => b.points - a.points),
    events: events.filter((event) => event.item === id && event.kind !== 'category_view'),
  };
}
