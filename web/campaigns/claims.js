/**
 * claims.js - what must not be shown in two tabs, or once too often
 *
 *     under one lock:  newest profile and ledger -> decide -> draw aside -> count, save -> decide -> show
 *
 * An impression is saved before it is seen, so no other tab shows the same meanwhile. What would not
 * draw, for a mistake in the shop's template, is found out before: it is neither counted nor shown.
 */
import { underLock } from './lock.js';

/** Of sotto_rule. */
const SHOWN = 0;

/** @typedef {import('./moment.js').Verdict} Verdict */

/**
 * @param {object} options
 * @param {string} options.name of what is kept on the device
 * @param {Pick<import('../later/keeper.js').Keeper, 'newest' | 'settle'>} options.keeper
 * @param {() => Verdict[] | null} options.decide anew; null if nothing is shown any more
 * @param {(list: Verdict[]) => number[]} options.wanted campaigns to claim
 * @param {(index: number, verdict: Verdict) => boolean} options.draws
 * @param {(index: number) => void} options.count notes the impression
 * @param {(index: number, verdict: Verdict) => void} options.show
 * @param {() => void} options.ask
 * @param {import('../later/later.js').Fail} options.fail
 */
export function openClaims({ name, keeper, decide, wanted, draws, count, show, ask, fail }) {
  let claiming = false;
  /** Saved as shown, about to be drawn. @type {Set<number>} */
  let claimed = new Set();

  async function claimNow() {
    await keeper.newest();
    const before = decide();
    if (!before) return;
    claimed = new Set(wanted(before).filter((index) => draws(index, before[index])));
    for (const index of claimed) count(index);
    await keeper.settle();
    // The shopper may have changed their mind meanwhile.
    const after = decide();
    const won = [...claimed];
    claimed = new Set();
    if (!after) return;
    for (const index of won) {
      // What it is about is told of those alone that are not shown yet.
      if (after[index].rule === SHOWN) show(index, before[index]);
    }
    ask();
  }

  return {
    has: (/** @type {number} */ index) => claimed.has(index),
    all: () => claimed,

    async claim() {
      if (claiming) return;
      claiming = true;
      try {
        await underLock(`${name} campaigns`, claimNow);
      } catch (error) {
        fail('unexpected', 'campaigns', String(error));
      } finally {
        claiming = false;
        claimed = new Set();
      }
    },
  };
}
