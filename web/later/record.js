/**
 * record.js - writing down that the shopper agreed
 *
 * ../consented.js has what is written. Where localStorage is refused the record lasts as long as
 * the page, and writing answers false.
 */

/** @typedef {import('../consented.js').Consented} Consented */
/** @typedef {ReturnType<typeof openRecord>} ConsentRecord */

/**
 * @param {string} name
 * @param {() => Consented | null} readStored
 */
export function openRecord(name, readStored) {
  /** @type {Consented | null} */
  let here = null;
  let refused = false;

  /** What is there, whoever wrote it. @returns {Consented | null} */
  function read() {
    const record = refused ? here : readStored();
    return record?.tier ? { ...record, erased: Number(record.erased) || 0 } : null;
  }

  function write(/** @type {Consented} */ record) {
    here = record;
    try {
      localStorage.setItem(name, JSON.stringify(record));
      refused = false;
    } catch {
      refused = true;
    }
    return !refused;
  }

  return {
    name,
    read,
    write,

    /** Adds to what is there, if consent is given. */
    amend(/** @type {Partial<Consented>} */ news) {
      const record = read();
      if (record?.tier === 'remembered') write({ ...record, ...news });
    },

    clear() {
      here = null;
      try {
        localStorage.removeItem(name);
      } catch {
        refused = true;
      }
    },
  };
}
