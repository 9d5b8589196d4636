/**
 * erasing.js - an erase, from the word in the record until it is done
 *
 *     record.js       "an erase is under way", with what is to stand afterwards
 *     leftovers.js    none are left
 *     store.js        nothing is in the database; erase-mark.js has how its files go
 *     record.js       what is to stand afterwards
 *
 * A page that is gone before the last word leaves the first, and the next one does it all again. So does
 * the next after one whose device did not do it. While it lasts the other tabs wait (erase-lock.js).
 */
import { holdOthers } from './erase-lock.js';
import { removeDatabase } from './erase-mark.js';

/** @typedef {import('../index.js').ProfileStore} ProfileStore */

/**
 * @param {object} options
 * @param {import('./record.js').ConsentRecord} options.record
 * @param {ReturnType<typeof import('./leftovers.js').openLeftovers>} options.leftovers
 * @param {ReturnType<typeof import('./store.js').deviceStore> | null} options.device
 * @param {() => ProfileStore} options.store the device's, or what takes its place
 */
export function openErasing({ record, leftovers, device, store }) {
  let last = /** @type {Promise<void>} */ (Promise.resolve());
  let own = 0;

  /** Where no consent stands, not even an empty database stays. */
  const clear = () =>
    (store() === device && !record.stands() ? device.remove() : store().erase());

  /** Whether it is this erase that the record says is under way, not a later one. A yes meanwhile is none. */
  const isWritten = (/** @type {number | undefined} */ count, /** @type {boolean} */ stands) =>
    record.erasure() !== null && record.read()?.erased === count && (record.stands() || !stands);

  return {
    /** Whether one of this page's is under way. */
    get own() {
      return own > 0;
    },

    /** Resolves when none is under way. */
    done: () => last,

    /**
     * Leaves nothing on the device but, until it is done, the word that an erase is under way, with
     * what is to stand afterwards.
     *
     * @param {Parameters<typeof record.begin>[0]} next
     * @param {() => void} [held] lets others go on, who wait already
     */
    begin(next, held) {
      const { alone, letGo } = held ? { alone: async () => true, letGo: held } : holdOthers(record.name);
      record.begin(next);
      own++;
      const count = record.read()?.erased;
      const stands = record.stands();
      // It may be done again: what happened since stays.
      const since = stands ? count : undefined;
      leftovers.clear(since);
      const mine = clear().then(async (done) => {
        // What another tab was still at may have been done after this: a database that it made, or took away.
        if (!await alone() && isWritten(count, stands)) done = await clear();
        if (!done || last !== mine || !isWritten(count, stands)) return;
        // Where the consent stands there is a database again before the record says so.
        if (record.agreed()?.kept) await store().load();
        if (last !== mine || !isWritten(count, stands)) return;
        // Of a tab that had not heard of it.
        leftovers.clear(since);
        record.finish(store().kind === 'device');
      }).finally(() => {
        own--;
        letGo();
      });
      last = mine;
      return mine;
    },

    /** A yes that was not written to the disk before the browser was killed may have left a profile. */
    clearOrphan() {
      if (device) removeDatabase(record.name).catch(() => {});
    },
  };
}
