/**
 * receipts.js - what was agreed to and taken back on this device
 *
 *     sotto:demo receipts  ->  [[1800000000,"granted",3,"api",0,""], ...]        the oldest first
 *                                at, what, purposes (1 store, 2 personalise, 4 measure), by whose
 *                                word, GPC, the policy that the shopper saw
 *
 * No word of what they did. Sixteen at most, none older than 395 days, as far as the clock can be
 * believed. They stay when all else is erased: the shopper can show what they said, and no page
 * takes a platform's standing yes for a new one, though the clock jumped in between.
 */
import { saidAt, tellsAge, YES_S } from './consent.js';

/** @typedef {import('./consent.js').Receipt} Receipt */
/** @typedef {ReturnType<typeof openReceipts>} Receipts */

const LIMIT = 16;
/** Those that say what is agreed to from then on. */
const VERDICTS = ['granted', 'changed', 'refused', 'withdrawn', 'expired'];
const WHATS = [...VERDICTS, 'erased', 'paused', 'resumed'];

/** A row as it was written, or null for what is none. @returns {Receipt | null} */
function parse(/** @type {unknown} */ row) {
  if (!Array.isArray(row)) return null;
  const [at_s, what, bits, source, gpc, policy] = row;
  // Past this there is no date.
  if (!(Math.abs(at_s) < 8.64e12) || !WHATS.includes(what)) return null;
  return {
    at_s: Number(at_s), what, source: /** @type {any} */ (String(source)), gpc: gpc === 1,
    policy: String(policy ?? ''),
    purposes: { store: (bits & 1) !== 0, personalise: (bits & 2) !== 0, measure: (bits & 4) !== 0 },
  };
}

function rowOf(/** @type {Receipt} */ { at_s, what, purposes, source, gpc, policy }) {
  const { store, personalise, measure } = purposes;
  const bits = Number(store) + 2 * Number(personalise) + 4 * Number(measure);
  return [at_s, what, bits, source, Number(gpc), policy];
}

/** @param {string} name of what is kept on the device @param {() => number} now */
export function openReceipts(name, now) {
  const key = `${name} receipts`;
  /** What was not to be written down, or could not be. @type {Receipt[]} */
  let here = [];

  /** @returns {Receipt[]} the oldest first */
  function stored() {
    try {
      const rows = JSON.parse(localStorage.getItem(key) ?? '[]');
      return (Array.isArray(rows) ? rows : []).flatMap((row) => parse(row) ?? []);
    } catch {
      return [];
    }
  }

  /** Those that count, by the clock as it is now. */
  const young = (/** @type {Receipt[]} */ receipts) => receipts
    .map((receipt) => ({ ...receipt, at_s: saidAt(receipt.at_s, now()) }))
    .filter(({ at_s }) => !tellsAge(now()) || at_s + YES_S > now());

  const all = () => young([...stored(), ...here]).slice(-LIMIT);

  return {
    /** Adds one; `written` says whether the device may hear of it. */
    add(/** @type {Receipt} */ receipt, /** @type {boolean} */ written) {
      const before = all();
      if (written) {
        try {
          localStorage.setItem(key, JSON.stringify([...before, receipt].slice(-LIMIT).map(rowOf)));
          here = [];
          return;
        } catch {
          // It lasts as long as the page.
        }
      }
      here = [...here, receipt].slice(-LIMIT);
    },

    /** Throws out what is too old, and dates what was said by a clock that was wrong. */
    tidy() {
      const rows = stored();
      const left = young(rows);
      if (left.every(({ at_s }, i) => at_s === rows[i].at_s) && left.length === rows.length) return;
      try {
        if (left.length > 0) localStorage.setItem(key, JSON.stringify(left.map(rowOf)));
        else localStorage.removeItem(key);
      } catch {
        // What is too old is passed over.
      }
    },

    /** The last that says what is agreed to. @returns {Receipt | null} */
    verdict: () => all().reverse().find(({ what }) => VERDICTS.includes(what)) ?? null,

    /** For the shopper, newest first. @returns {import('../index.js').ConsentReceipt[]} */
    list: () => all().reverse().map(({ at_s, what, purposes, source, gpc, policy }) => ({
      at: new Date(at_s * 1000).toISOString(), what, purposes, source, gpc, policy,
    })),
  };
}
