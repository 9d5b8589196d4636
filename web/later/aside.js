/**
 * aside.js - a profile that is kept and not used, since the shopper paused
 *
 *     agreed to       kept where                    comes back
 *     remembered      on the device, as it is       from there: keeper.js joins it again
 *     session         here, in memory               from here, with what was tracked since
 *
 * It can be looked at all the same, and single things of it forgotten; nothing is added to it.
 */
import { SAVE_TRIES } from './store.js';

/** @typedef {import('./visit.js').Entry} Entry */

/**
 * @param {object} options
 * @param {import('./visit.js').Visit} options.visit
 * @param {import('./record.js').ConsentRecord} options.record
 * @param {ReturnType<typeof import('./leftovers.js').openLeftovers>} options.leftovers
 * @param {() => import('../index.js').ProfileStore} options.store
 */
export function openAside({ visit, record, leftovers, store }) {
  const { core } = visit;
  /** The profile of a session, and what of the log is in it. */
  let here = /** @type {{ block: Uint8Array, seen: Set<Entry> } | null} */ (null);

  const isPaused = () => record.read()?.tier === 'paused';

  return {
    /** Whether there is one in memory. */
    get isHere() {
      return here !== null;
    },

    /** Whether there may be one on the device. */
    isPaused,

    /** Puts the profile of a session aside. False if there is none. */
    put() {
      if (visit.tier !== 'session' || !visit.active || !core) return false;
      here = { block: core.savedBlock(), seen: new Set(visit.log) };
      return true;
    },

    /** Takes it up again, if it is here. */
    takeUp() {
      if (here && core) {
        const { block, seen } = here;
        visit.active = core.profileOpen(block, 0);
        visit.log.filter((entry) => !seen.has(entry)).forEach((entry) => visit.apply(entry));
      }
      here = null;
    },

    /** Forgets what is here. */
    drop() {
      here = null;
    },

    /** What is kept and not used; null if nothing is. @returns {Promise<Uint8Array | null>} */
    async block() {
      if (here) return here.block;
      return isPaused() ? (await store().load()).block : null;
    },

    /**
     * Has something taken out of it. False if there is none, or the device did not take it.
     *
     * @param {(block: Uint8Array) => Uint8Array | null} work
     * @param {(entry: Entry) => boolean} goes
     */
    async forget(work, goes) {
      for (let tries = 0; tries < SAVE_TRIES && (here || isPaused()); tries++) {
        if (here) {
          here.block = work(here.block) ?? here.block;
          return true;
        }
        leftovers.drop(goes);
        const { block, generation } = await store().load();
        const after = block && isPaused() && work(block);
        if (!after) return false;
        if (await store().save(after, generation) !== null) return true;
      }
      return false;
    },
  };
}
