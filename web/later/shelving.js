/**
 * shelving.js - ranking for the shopper ahead of time, and when what came of it is saved
 *
 * It is done when the page has nothing better to do; whatever else is new is saved right after it. A
 * shelf alone is saved only once the shopper has stayed a second: what somebody does who leaves at
 * once must find no save under way.
 */
import { whenIdle } from './idle.js';

const REST_MS = 1000;

/**
 * @param {import('./visit.js').Visit} visit
 * @param {object} saving
 * @param {() => void} saving.save saves what is new, if anything is
 * @param {() => void} saving.saveShelf saves although nothing but the shelf is new
 */
export function openShelving(visit, { save, saveShelf }) {
  /** Something is to be done when there is time. */
  let waiting = false;
  let off = () => {};
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let resting;

  return {
    /** What is put off again and again, on a busy device, would never be saved: the first call counts. */
    soon() {
      if (visit.tier === 'none' || waiting) return;
      waiting = true;
      off = whenIdle(() => {
        waiting = false;
        visit.shelve();
        clearTimeout(resting);
        resting = setTimeout(() => {
          if (visit.shelved && visit.tier === 'remembered') saveShelf();
        }, REST_MS);
        save();
      });
    },

    /** It is done now, by somebody else, or not at all. */
    callOff() {
      waiting = false;
      off();
    },

    /** The shelf is not saved for itself any more. */
    drop: () => clearTimeout(resting),
  };
}
