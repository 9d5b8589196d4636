/**
 * lifecycle.js - what happens to the page around us
 *
 * A page is left without warning: `hidden` may be the last thing it hears. One that is kept for the
 * back button must hold nothing open, and when it comes back the shopper may have changed their
 * mind elsewhere. What is under way when it is left must not begin anything new: see database.js.
 */

/** @type {Promise<void> | null} */
let away = null;
let comeBack = () => {};

/** Resolves at once, or, for a page that is being left, when it is back. */
export const present = async () => {
  await away;
};

/** Whether the page is being left. */
export const isLeaving = () => away !== null;

/** Whether nobody sees the page: it may go without another word. */
export const isHidden = () => globalThis.document?.visibilityState === 'hidden';

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
    if (document.visibilityState !== 'hidden') back();
    else if (!away) hidden();
  }, { signal });
  addEventListener('pagehide', () => {
    away ??= new Promise((resolve) => {
      comeBack = resolve;
    });
    left();
  }, { signal });
  addEventListener('pageshow', (event) => {
    away = null;
    comeBack();
    if (event.persisted) back();
  }, { signal });
  addEventListener('storage', (event) => stored(event.key), { signal });
  return () => controller.abort();
}
