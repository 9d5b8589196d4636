/**
 * active.js - how long the shopper has really been here
 *
 * Time counts while the page is seen, has the focus, and the shopper has given a sign of life a
 * moment ago: pointer, key, touch, scroll. Nothing ticks; time is reckoned from the signs when
 * somebody asks:
 *
 *     sign       sign              (idle from here)       sign
 *      |----------|---------- idle_s ----------|. . . . . .|-----
 *      '------------ counts ------------------'            '- counts again
 *
 * The clock is the monotonic one, which nobody sets. Where it stands still while the device sleeps,
 * sleep does not count; where it goes on, idle_s is all of it that does.
 */

/** Signs that come faster than this are one. */
const TOGETHER_MS = 200;
const SIGNS = [
  'pointermove', 'pointerdown', 'keydown', 'wheel', 'touchstart', 'touchmove', 'scroll',
];

const watched = () => {
  const { document } = globalThis;
  return !document || document.visibilityState === 'visible' && (document.hasFocus?.() ?? true);
};

/**
 * @param {object} options
 * @param {number} options.idle_s
 * @param {() => void} options.ring the time that was asked for has come
 * @param {() => void} options.told there may be time enough to be told
 * @param {() => number} [options.clock] milliseconds
 */
export function openActive({ idle_s, ring, told, clock = () => performance.now() }) {
  const idle_ms = 1000 * idle_s;
  let sign = clock();
  /** Up to when time is reckoned. */
  let reckoned = sign;
  let on = watched();
  let page_ms = 0;
  let untold_ms = 0;
  /** When to ring, in active time of this page view. @type {number | null} */
  let wanted = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const controller = new AbortController();

  function reckon() {
    const now = clock();
    const spent = on ? Math.min(now, sign + idle_ms) - reckoned : 0;
    if (spent > 0) {
      page_ms += spent;
      untold_ms += spent;
    }
    reckoned = Math.max(now, reckoned);
    return now;
  }

  /** Sets the timer if time is running; otherwise the next sign does. */
  function arm() {
    clearTimeout(timer);
    timer = undefined;
    if (wanted === null || !on || clock() >= sign + idle_ms) return;
    timer = setTimeout(() => {
      timer = undefined;
      reckon();
      if (wanted !== null && page_ms >= wanted) {
        wanted = null;
        ring();
      } else {
        arm();
      }
    }, Math.max(wanted - page_ms, 0) + 1);
  }

  function alive() {
    if (clock() - sign < TOGETHER_MS) return;
    sign = reckon();
    if (!timer) arm();
    told();
  }

  /** Whether anybody looks may have changed; that they look again is a sign of life. */
  function look() {
    const now = reckon();
    const before = on;
    on = watched();
    if (on && !before) sign = now;
    arm();
  }

  const { document } = globalThis;
  if (document?.addEventListener) {
    const options = { signal: controller.signal, passive: true, capture: true };
    for (const name of SIGNS) globalThis.addEventListener?.(name, alive, options);
    document.addEventListener('visibilitychange', look, options);
    for (const name of ['focus', 'blur', 'pageshow']) {
      globalThis.addEventListener?.(name, look, options);
    }
  }

  return {
    /** Active seconds on this page view. */
    page_s() {
      reckon();
      return Math.floor(page_ms / 1000);
    },

    /** Active seconds that were not taken yet. */
    untold_s() {
      reckon();
      return Math.floor(untold_ms / 1000);
    },

    /** Takes them. */
    take() {
      const seconds = this.untold_s();
      untold_ms -= 1000 * seconds;
      return seconds;
    },

    /** Seconds since the last sign of life. */
    idle_s: () => Math.max(Math.floor((clock() - sign) / 1000), 0),

    /** A new page view begins: to go there was a sign of life. */
    turn() {
      sign = reckon();
      page_ms = 0;
      wanted = null;
      arm();
    },

    /** Rings after so many more seconds of active time; 0 takes that back. */
    ringIn(/** @type {number} */ seconds) {
      reckon();
      wanted = seconds > 0 ? 1000 * (Math.floor(page_ms / 1000) + seconds) : null;
      arm();
    },

    alive,
    look,

    stop() {
      controller.abort();
      clearTimeout(timer);
    },
  };
}
