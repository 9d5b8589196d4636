/**
 * thanks.js - a block that says thanks stays until that can have been read
 */
const THANKS_MS = 5000;

/** @param {() => void} over called when one has been read */
export function openThanks(over) {
  /** Campaigns by index. @type {Set<number>} */
  const during = new Set();
  return {
    has: (/** @type {number} */ index) => during.has(index),

    begin(/** @type {number} */ index) {
      during.add(index);
      setTimeout(() => {
        during.delete(index);
        over();
      }, THANKS_MS);
    },
  };
}
