/**
 * consented.js - did the shopper agree, on an earlier page?
 *
 * A few bytes in localStorage, written when consent is given and never before:
 *
 *     sotto:demo  ->  {"tier":"remembered","erased":0,"sequence":"17"}
 *
 * Reading them tells whether there is a profile to open, without opening anything. Other tabs hear
 * of a change by the browser's storage event. While an erase is under way the tier is "erasing":
 * should the page be gone before it is done, the next one finishes it.
 */

/**
 * @typedef {object} Consented
 * @property {'remembered' | 'erasing'} tier
 * @property {number} erased how often the profile was erased since
 * @property {string} [sequence] the highest manifest sequence seen, so that no one can take it back
 */

/** @param {string} name @returns {Consented | null} */
export function readConsented(name) {
  try {
    return JSON.parse(localStorage.getItem(name) ?? 'null');
  } catch {
    return null;
  }
}

/** Erases without the care of later/keeper.js, for a page that could not load it. */
export function eraseBare(/** @type {string} */ name) {
  localStorage.removeItem(name);
  indexedDB.deleteDatabase(name);
}
