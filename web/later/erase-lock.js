/**
 * erase-lock.js - a tab erases, and the others wait until it has
 *
 * A second erase would take what was saved since the first, so only one that a page did not live to see
 * is done again, and by one tab. One that begins while another tab is at it is done at once, and again
 * when it is alone. The browser's locks tell: a page that is gone holds none.
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
 * Has other tabs wait until `letGo` is called. Before a word is written down that they see.
 *
 * @param {string} name of what is kept on the device
 * @returns {{ alone: () => Promise<boolean>, letGo: () => void }} `alone` resolves when no other tab is at
 *   an erase, with whether none was all the time
 */
export function holdOthers(name) {
  const { held, letGo } = hold();
  const locks = globalThis.navigator?.locks;
  if (!locks) return { alone: async () => true, letGo };
  let alone = true;
  // Both are asked for at once: nobody gets in between.
  locks.request(name, { ifAvailable: true }, (lock) => {
    alone = lock !== null;
  }).catch(() => {});
  const granted = new Promise((resolve) => {
    locks.request(name, () => {
      resolve(null);
      return held;
    }).catch(resolve);
  });
  return {
    async alone() {
      await within(granted, LONGEST_MS).catch(() => {});
      return alone;
    },
    letGo,
  };
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
