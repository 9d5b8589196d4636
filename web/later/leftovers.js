/**
 * leftovers.js - what a page could not save before it was left
 *
 * A page that is being left begins no save (database.js says why), and one under way may not
 * arrive. So it writes what is not saved, in the state "remembered" alone, to localStorage, which
 * takes it at once:
 *
 *     sotto:demo left 81c3f0-2  ->  ["987654321",[4,"1234567890123456789",2,1800000000],
 *                                     seed         kind, item, quantity, time
 *                                     [20,"0",7,1800000000,[1799999000,95]]]
 *
 * The seed is that of the profile on the device that they belong to. Where there is none yet it says
 * after which erase they happened, "after 3", though that may not be done. A tab may hear late that
 * the shopper erased a profile; what it leaves then does not come back in the next one. (Version 0.1
 * wrote no seed.) The next page takes it over. Where the save did arrive, or the page
 * comes back and saves, the entries are found in the profile by kind, item and second, and not counted
 * twice. Time that was spent (kind 20) is found by what the session comes to with it, behind when the
 * session began: 95 seconds. Anybody on the page may have written there; what is not such a row is
 * dropped.
 *
 * What a page leaves anew has a key of its own, and then takes the place of what it left before.
 * Browsers tell a tab late what another wrote: one that takes away a text which was written over
 * meanwhile would take away what it has not read.
 */
import { readBlock } from './block.js';
import { isFolded, ledgerIn } from './ledger.js';

/** @typedef {import('./visit.js').Entry} Entry */

const U64 = (1n << 64n) - 1n;
/** What a kind and a quantity are below, and a second. */
const LIMITS = [256, 65536, 2 ** 32];

/** What stands in place of a seed. */
const afterErase = (/** @type {number} */ erased) => `after ${erased}`;

/**
 * The entries in a text that was left, as far as they are any, and of this profile.
 *
 * @param {string} text
 * @param {bigint | null | undefined} seed
 * @param {number} erased
 * @returns {Entry[]}
 */
function entriesIn(text, seed, erased) {
  const all = listIn(text);
  const [of, ...rows] = Array.isArray(all[0]) ? [null, ...all] : all;
  const ours = of === null || of === afterErase(erased)
    || (seed === null ? /^\d+$/.test(String(of)) : of === String(seed));
  return ours ? rows.flatMap((row) => entryOf(row) ?? []) : [];
}

/** What stands in a text, if it is a list. @returns {unknown[]} */
function listIn(/** @type {string} */ text) {
  try {
    const all = JSON.parse(text);
    return Array.isArray(all) ? all : [];
  } catch {
    return [];
  }
}

/** @param {unknown} row @returns {Entry | null} */
function entryOf(row) {
  if (!Array.isArray(row)) return null;
  const [kind, item, quantity, time_s, reached] = row;
  const numbers = [kind, quantity, time_s]
    .every((value, i) => Number.isInteger(value) && value >= 0 && value < LIMITS[i]);
  if (!numbers || !/^\d{1,20}$/.test(item) || BigInt(item) > U64) return null;
  /** @type {Entry} */
  const entry = { kind, item: BigInt(item), quantity, time_s, left: true };
  const comes = Array.isArray(reached) && reached.length === 2 && reached.every(Number.isInteger);
  return comes ? { ...entry, reached: [reached[0], reached[1]] } : entry;
}

/** @param {string} name of what is kept on the device */
export function openLeftovers(name) {
  const prefix = `${name} left `;
  const page = crypto.getRandomValues(new Uint32Array(1))[0].toString(16);
  let times = 0;
  /** Where this page's are, if it left any. @type {string | null} */
  let own = null;

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
    /**
     * Leaves these for the next page; none take back what was left.
     *
     * @param {Entry[]} entries
     * @param {bigint | undefined} seed of the profile on the device
     * @param {number} erased how often the shopper has erased it
     */
    leave(entries, seed, erased) {
      if (!own && entries.length === 0) return;
      const before = own;
      const rows = entries.map(({ kind, item, quantity, time_s, reached }) =>
        [kind, String(item), quantity, time_s, ...(reached ? [reached] : [])]);
      try {
        const key = rows.length > 0 ? `${prefix}${page}-${++times}` : null;
        const of = seed === undefined ? afterErase(erased) : String(seed);
        if (key) localStorage.setItem(key, JSON.stringify([of, ...rows]));
        own = key;
        if (before) localStorage.removeItem(before);
      } catch {
        // What was left before stays.
      }
    },

    /** Takes out of what is left what is to be forgotten. */
    drop(/** @type {(entry: Entry) => boolean} */ goes) {
      const stays = (/** @type {unknown} */ row) => {
        const entry = entryOf(row);
        return !entry || !goes(entry);
      };
      eachKey((key) => {
        const all = listIn(localStorage.getItem(key) ?? '');
        if (all.every(stays)) return;
        localStorage.setItem(key, JSON.stringify(all.filter(stays)));
      });
    },

    /**
     * Takes over what other pages left.
     *
     * @param {bigint | null | undefined} seed of the profile on the device; null if that does not
     *   answer: all are taken over
     * @param {number} erased
     * @returns {Entry[]}
     */
    take(seed, erased) {
      /** @type {Entry[]} */
      const entries = [];
      eachKey((key) => {
        if (key === own) return;
        const text = localStorage.getItem(key) ?? '[]';
        localStorage.removeItem(key);
        entries.push(...entriesIn(text, seed, erased));
      });
      return entries;
    },

    /** None are left, but of what happened after that erase. */
    clear(/** @type {number} */ erased = NaN) {
      eachKey((key) => {
        if (listIn(localStorage.getItem(key) ?? '')[0] !== afterErase(erased)) localStorage.removeItem(key);
      });
    },
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
  const ledger = ledgerIn(block);
  const found = new Set(block && readBlock(block).events.map(markOf));
  return (entry) => {
    if (!entry.left) return true;
    const mark = markOf(entry);
    return !found.has(mark) && !isFolded(ledger, entry) && Boolean(found.add(mark));
  };
}
