/**
 * gone.js - a record that says there is a profile's database, and none there
 *
 * record.js has what that means: the shopper took the consent back, and the browser was killed before the
 * record of that was on the disk. An erase goes without a database for a moment, too.
 */

/**
 * @param {object} options
 * @param {import('./record.js').ConsentRecord} options.record
 * @param {ReturnType<typeof import('./store.js').deviceStore> | null} options.device
 * @param {ReturnType<typeof import('./leftovers.js').openLeftovers>} options.leftovers
 * @param {ReturnType<typeof import('./turn.js').openTurn>} options.turn
 */
export function openGone({ record, device, leftovers, turn }) {
  /** Loading makes a database: not before it is known whether there may be one. */
  let known = /** @type {Promise<unknown>} */ (Promise.resolve());

  return {
    /** Resolves when it is known, or nobody has asked. */
    get known() {
      return known;
    },

    /** Whether it is so. Nothing is saved until that is known. Null if nothing speaks for it. */
    look() {
      const said = record.read();
      if (!device || !said?.kept) return null;
      const looking = turn.take(async () => {
        const gone = await device.isGone() && record.erasure() === null && record.read()?.erased === said.erased;
        if (gone) leftovers.clear();
        return gone;
      });
      known = looking;
      return looking;
    },
  };
}
