/**
 * size.js - how much is remembered, of all kinds
 */

/** @typedef {import('../index.js').ProfileExport} ProfileExport */

/** Notes on what the shop showed, and what came of it. */
export const notesIn = (/** @type {ProfileExport} */ kept) => [kept.campaigns, kept.offers,
  kept.experiments, kept.answers, kept.attention, kept.watched]
  .reduce((sum, { length }) => sum + length, 0);

export const sizeOf = (/** @type {ProfileExport | undefined} */ kept) => (kept
  ? kept.events.length + kept.cart.length + kept.purchases.length + kept.interests.length
    + notesIn(kept) : 0);
