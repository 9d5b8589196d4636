/**
 * alarm.js - asks again at a time of the clock on the wall
 *
 * A timer of the browser is not to be trusted with a deadline: it holds 24 days at most, stands
 * still while the device sleeps, and knows nothing of a clock that is set. So it is set for a
 * minute at most, and when it goes off the clock says whether it is time.
 */

const LONGEST_S = 60;

/**
 * @param {() => number} now seconds since 1970
 * @param {() => void} ring
 */
export function openAlarm(now, ring) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  function set(/** @type {number} */ at_s) {
    clearTimeout(timer);
    timer = undefined;
    if (!at_s) return;
    const left_s = Math.min(Math.max(at_s - now(), 1), LONGEST_S);
    timer = setTimeout(() => {
      if (now() >= at_s) ring();
      else set(at_s);
    }, 1000 * left_s);
  }

  return {
    /** Rings at that time, and at no other; 0: never. */
    set,
    stop: () => clearTimeout(timer),
  };
}
