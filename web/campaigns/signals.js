/**
 * signals.js - what the shopper does with the page itself
 *
 * How far they scroll, and whether they are about to leave. With a mouse that is the pointer going
 * out through the top, where tabs and the address are. With a finger nothing says so; what comes
 * closest is scrolling up fast after having read, coming back by the back button, and coming back
 * to the tab after a while elsewhere.
 */

/** Bits of sotto_scene's signals. */
export const EXIT = 1;
export const NO_RESULTS = 2;

/** Scrolling up is fast from this share of the window in ... */
const FLICK = 0.6;
/** ... so many milliseconds; and means something once this share of the page was seen. */
const FLICK_MS = 250;
const READ_PERCENT = 25;
/** Away from the tab for at least so long. */
const AWAY_MS = 10000;
/** Depth is looked at so often. */
const STEP_MS = 150;

/** How far down the window is, in percent of how far it can be. */
export function depthOf(window = globalThis) {
  const { scrollY = 0, innerHeight = 0, document } = window;
  const most = (document?.scrollingElement?.scrollHeight ?? 0) - innerHeight;
  return most > 0 ? Math.min(Math.floor(100 * scrollY / most + 0.5), 100) : 0;
}

/**
 * @param {object} options
 * @param {boolean} options.touch the main pointer is a finger
 * @param {() => void} options.changed
 * @param {() => number} [options.clock] milliseconds
 */
export function openSignals({ touch, changed, clock = () => performance.now() }) {
  const controller = new AbortController();
  const { document } = globalThis;
  let scroll = 0;
  let signals = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let looking;
  let last = globalThis.scrollY ?? 0;
  /** Where the window began to move up, to see how fast it does. */
  let was = { y: last, at: clock() };
  let left = 0;

  function give(/** @type {number} */ signal) {
    if (signals & signal) return;
    signals |= signal;
    changed();
  }

  function scrolled() {
    const y = globalThis.scrollY ?? 0;
    const at = clock();
    if (y > last) was = { y, at };
    else if (at - was.at > FLICK_MS) was = { y: last, at };
    last = y;
    const up = was.y - y;
    const far = FLICK * (globalThis.innerHeight ?? Infinity);
    if (touch && scroll >= READ_PERCENT && up > far) give(EXIT);
    looking ??= setTimeout(() => {
      looking = undefined;
      const depth = depthOf();
      if (depth <= scroll) return;
      scroll = depth;
      changed();
    }, STEP_MS);
  }

  function out(/** @type {MouseEvent} */ { relatedTarget, clientY }) {
    if (!touch && relatedTarget === null && clientY <= 0) give(EXIT);
  }

  function visible() {
    if (document.visibilityState === 'hidden') left = clock();
    else if (touch && left > 0 && clock() - left >= AWAY_MS) give(EXIT);
  }

  const wentBack = () => {
    const [entry] = globalThis.performance?.getEntriesByType?.('navigation') ?? [];
    return /** @type {PerformanceNavigationTiming} */ (entry)?.type === 'back_forward';
  };

  if (document?.addEventListener) {
    const options = { signal: controller.signal, passive: true };
    globalThis.addEventListener?.('scroll', scrolled, options);
    document.addEventListener('mouseout', /** @type {EventListener} */ (out), options);
    document.addEventListener('visibilitychange', visible, options);
    globalThis.addEventListener?.('pageshow', (event) => {
      if (touch && event.persisted) give(EXIT);
    }, options);
    if (touch && wentBack()) signals |= EXIT;
  }

  return {
    get scroll() {
      return scroll;
    },
    get signals() {
      return signals;
    },
    give,

    /** A new page view begins. */
    turn() {
      scroll = 0;
      signals = 0;
      last = globalThis.scrollY ?? 0;
      was = { y: last, at: clock() };
    },

    stop() {
      controller.abort();
      clearTimeout(looking);
    },
  };
}
