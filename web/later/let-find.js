/**
 * let-find.js - the page's elements find the Sotto that runs here
 *
 * <sotto-privacy>, <sotto-why> and the inspector are files of their own, loaded before or after this
 * one; web/find.js is their half. Whoever comes second calls, whoever came first answers:
 *
 *     sotto-find { detail: found }     "who is here?"
 *     sotto-here { detail: sotto }     "I am"
 *
 * A script of the page could import what the shop imports: it learns nothing by listening.
 */

/**
 * Returns the function after which it is found no more.
 *
 * @param {import('../index.js').Sotto | undefined} sotto
 */
export function letFind(sotto) {
  const { document } = globalThis;
  if (!sotto || !document?.dispatchEvent) return () => {};
  const answer = (/** @type {any} */ { detail }) => detail?.(sotto);
  document.addEventListener('sotto-find', answer);
  document.dispatchEvent(new CustomEvent('sotto-here', { detail: sotto }));
  return () => document.removeEventListener('sotto-find', answer);
}
