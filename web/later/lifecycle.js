/**
 * lifecycle.js - what happens to the page around us
 *
 * A page is left without warning: `hidden` may be the last thing it hears. One that is kept for the
 * back button must hold nothing open, and when it comes back the shopper may have changed their
 * mind elsewhere.
 */

/**
 * @param {object} watcher
 * @param {() => void} watcher.hidden the page may be leaving
 * @param {() => void} watcher.left it is leaving, and may come back
 * @param {() => void} watcher.back it is seen again, or is back from the cache of the back button
 * @param {(key: string | null) => void} watcher.stored another tab wrote to localStorage
 * @returns {() => void} stops watching
 */
export function watchPage({ hidden, left, back, stored }) {
  if (!globalThis.document) return () => {};
  const controller = new AbortController();
  const { signal } = controller;
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') hidden();
    else back();
  }, { signal });
  addEventListener('pagehide', left, { signal });
  addEventListener('pageshow', (event) => {
    if (event.persisted) back();
  }, { signal });
  addEventListener('storage', (event) => stored(event.key), { signal });
  return () => controller.abort();
}
