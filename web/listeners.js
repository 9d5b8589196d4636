/**
 * listeners.js - telling the shop's own code what changed
 */
import { SottoError } from './errors.js';

/** @typedef {import('./later/later.js').Later} Later */
/**
 * Calls one of what the rest can do, by its name; answers what it answers, undefined if it failed.
 *
 * @typedef {(what: string, ...about: any[]) => Promise<any>} Ask
 */

/** @param {(error: unknown) => void} report told of listeners that throw */
export function openListeners(report) {
  /** @type {Set<[string, Function]>} */
  const listeners = new Set();
  return {
    /** @param {string} event @param {unknown} [news] @param {Function} [only] this listener */
    emit(event, news, only) {
      for (const [wanted, listener] of [...listeners]) {
        try {
          if (wanted === event && listener === (only ?? listener)) listener(news);
        } catch (error) {
          report(new SottoError('listener', event, -1, String(error)));
        }
      }
    },

    on(/** @type {string} */ event, /** @type {Function} */ listener) {
      const entry = /** @type {[string, Function]} */ ([event, listener]);
      listeners.add(entry);
      return () => {
        listeners.delete(entry);
      };
    },
  };
}
