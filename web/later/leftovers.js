/**
 * leftovers.js - what a page could not save before it was left
 *
 * A page that is being left begins no save (database.js says why), and one under way may not
 * arrive. So it writes what is not saved, in the state "remembered" alone, to localStorage, which
 * takes it at once:
 *
 *     sotto:demo left 81c3f0  ->  [[4,"1234567890123456789",2,1800000000]]
 *                                   kind, item, quantity, time
 *
 * The next page takes it over. Where the save did arrive, or the page comes back and saves, the
 * entries are found in the profile by kind, item and second, and not counted twice.
 */
import { readBlock } from './block.js';

/** @typedef {import('./visit.js').Entry} Entry */

/** @param {string} name of what is kept on the device */
export function openLeftovers(name) {
  const prefix = `${name} left `;
  const own = prefix + crypto.getRandomValues(new Uint32Array(1))[0].toString(16);
  let left = false;

  /** @param {(key: string) => void} work */
  function eachKey(work) {
    try {
      const keys = Array.from({ length: localStorage.length }, (_, i) => localStorage.key(i));
      for (const key of keys) if (key?.startsWith(prefix)) work(key);
    } catch {
      // Without localStorage there are no leftovers.
    }
  }

  return {
    /** Leaves these for the next page; none take back what was left. */
    leave(/** @type {Entry[]} */ entries) {
      if (!left && entries.length === 0) return;
      const rows = entries.map(({ kind, item, quantity, time_s }) =>
        [kind, String(item), quantity, time_s]);
      try {
        if (rows.length > 0) localStorage.setItem(own, JSON.stringify(rows));
        else localStorage.removeItem(own);
        left = rows.length > 0;
      } catch {
        left = false;
      }
    },

    /** Takes over what other pages left. @returns {Entry[]} */
    take() {
      /** @type {Entry[]} */
      const entries = [];
      eachKey((key) => {
        if (key === own) return;
        const rows = localStorage.getItem(key) ?? '[]';
        localStorage.removeItem(key);
        for (const [kind, item, quantity, time_s] of JSON.parse(rows)) {
          entries.push({ kind, item: BigInt(item), quantity, time_s, left: true });
        }
      });
      return entries;
    },

    clear: () => eachKey((key) => localStorage.removeItem(key)),
  };
}

/**
 * Tells leftovers that are in a profile's block already, or came by twice, from those that are not.
 *
 * @param {Uint8Array | null} block
 * @returns {(entry: Entry) => boolean} true for what is still to be applied; asked in order
 */
export function missingIn(block) {
  const markOf = (/** @type {Entry} */ { kind, item, time_s }) => `${kind} ${item} ${time_s}`;
  const found = new Set(block && readBlock(block).events.map(markOf));
  return (entry) => {
    if (!entry.left) return true;
    const mark = markOf(entry);
    return !found.has(mark) && Boolean(found.add(mark));
  };
}
