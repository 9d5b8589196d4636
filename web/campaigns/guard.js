/**
 * guard.js - what goes wrong with a campaign is told, and stays with it
 *
 * @param {import('../later/later.js').Fail} fail
 */
export function openGuard(fail) {
  /** @template T @param {() => T} work @returns {T | undefined} */
  return function guarded(work) {
    try {
      return work();
    } catch (error) {
      const { code = 'unexpected', file = 'campaigns', message } = /** @type {any} */ (error);
      fail(code, file, message);
      return undefined;
    }
  };
}
