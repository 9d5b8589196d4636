/**
 * turn.js - one thing after the other
 *
 * What a page finds on the device while it saves there would be older than what it goes on from.
 */

export function openTurn() {
  /** @type {Promise<unknown> | null} */
  let taken = null;

  return {
    /** What is being done, until it is. */
    get taken() {
      return taken;
    },

    /** Resolves when nothing is being done. */
    async free() {
      while (taken) await taken;
    },

    /**
     * Does this, at once if nothing is being done. Not to be called from what is: it would wait for itself.
     *
     * @template T
     * @param {() => Promise<T>} work
     */
    async take(work) {
      while (taken) await taken;
      const doing = work();
      taken = doing.catch(() => {}).finally(() => {
        taken = null;
      });
      return doing;
    },
  };
}
