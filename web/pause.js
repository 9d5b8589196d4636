/**
 * pause.js - leaving the main thread to the page
 *
 * Resolves in a task of its own, after whatever the browser finds more urgent. A step of ours takes
 * a few milliseconds at most; between steps the page gets its turn.
 *
 * @returns {Promise<void>}
 */
export const pause = () =>
  /** @type {any} */ (globalThis).scheduler?.yield?.()
  ?? new Promise((resolve) => setTimeout(resolve));
