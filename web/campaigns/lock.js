/**
 * lock.js - one tab at a time
 *
 * Where the browser has no locks (navigator.locks: all since 2022, on secure pages) the work is
 * done without: then two tabs may do it in the same moment.
 */

/** A tab that holds the lock for longer is not waited for. */
const LIMIT_MS = 10000;

/** @param {string} name @param {() => Promise<void>} work */
export async function underLock(name, work) {
  const locks = globalThis.navigator?.locks;
  if (!locks?.request) return work();
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), LIMIT_MS);
  try {
    await locks.request(name, { signal: controller.signal }, () => {
      clearTimeout(timer);
      return work();
    });
  } catch (error) {
    if (/** @type {Error} */ (error)?.name !== 'AbortError') throw error;
  } finally {
    clearTimeout(timer);
  }
}
