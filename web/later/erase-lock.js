/**
 * erase-lock.js - a tab erases, and the others wait until it has
 *
 * A second erase would take what was saved since the first, so only one that a page did not live to see
 * is done again, and by one tab. The browser's locks tell: a page that is gone holds none.
 */
import { LIMIT_MS } from './database.js';
import { within } from './within.js';

/**
 * As long as an erase takes at most: the database opened and emptied, the mark made, the database
 * deleted and made anew, the mark deleted, what stands opened and read.
 */
const LONGEST_MS = 8 * LIMIT_MS;

/** Something to hold, and what lets it go. */
function hold() {
  let letGo = () => {};
  const held = new Promise((resolve) => {
    letGo = () => resolve(null);
  });
  return { held, letGo };
}

/**
 * Has other tabs wait until what this answers is called. Before a word is written down that they see.
 *
 * @param {string} name of what is kept on the device
 */
export function holdOthers(name) {
  const { held, letGo } = hold();
  globalThis.navigator?.locks?.request(name, { mode: 'shared' }, () => held).catch(() => {});
  return letGo;
}

/**
 * Resolves when no other tab is erasing any more. An erase that is still to be done then is this tab's
 * to do, and others wait until it calls what this resolves to.
 *
 * @param {string} name of what is kept on the device
 * @param {() => string | null} wordOf what is written down of an erase that is not done; null if none is
 * @returns {Promise<() => void>}
 */
export async function othersErase(name, wordOf) {
  const locks = globalThis.navigator?.locks;
  let letGo = () => {};
  // Another word is of another erase, which somebody began meanwhile.
  for (let word = wordOf(), waited = null; locks && word !== null && word !== waited; word = wordOf()) {
    letGo();
    const mine = hold();
    letGo = mine.letGo;
    waited = word;
    await within(new Promise((resolve, reject) => {
      locks.request(name, () => {
        resolve(null);
        return mine.held;
      }).catch(reject);
    }), LONGEST_MS).catch(letGo);
  }
  if (wordOf() === null) letGo();
  return letGo;
}
