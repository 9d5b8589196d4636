/**
 * idle.js - work that can wait
 *
 * Calls `work` when the page has nothing better to do, after a fifth of a second at the latest;
 * where the browser cannot tell (WebKit), in the next task. Returns the function that calls it off.
 *
 * @param {() => void} work
 * @returns {() => void}
 */
export function whenIdle(work) {
  if ('requestIdleCallback' in globalThis) {
    const handle = requestIdleCallback(work, { timeout: 200 });
    return () => cancelIdleCallback(handle);
  }
  const timer = setTimeout(work);
  return () => clearTimeout(timer);
}
