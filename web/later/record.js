/**
 * record.js - writing down what the shopper agreed to
 *
 * ../consented.js has how the next page reads it before anything else. It answers nothing while
 * the browser sends Global Privacy Control, or once the yes has run out; here what is there is
 * read as it is, since then there may be something to erase. Where localStorage is refused the
 * record lasts as long as the page, and writing answers false.
 *
 * Browsers write localStorage to the disk seconds later. Who is killed in between starts with the
 * record of before, though the profile's database, which a withdrawal deletes for good, is gone. So
 * the record says whether there is one. An erase, which leaves the consent as it is, deletes it as
 * well, for a moment: erase-mark.js tells the two apart.
 */

/** @typedef {import('./consent.js').Kept} Kept */
/** @typedef {ReturnType<typeof openRecord>} ConsentRecord */

/** What a page that could not load all this leaves when the shopper takes their consent back. */
const TAKEN_BACK = '0';
/** Tiers under which a profile is there, used or not. */
const KEEPING = ['remembered', 'paused', 'waiting'];

/** Global Privacy Control is on. */
export const gpcOn = () => /** @type {any} */ (globalThis.navigator)?.globalPrivacyControl === true;

/** @param {string} name */
export function openRecord(name) {
  /** @type {string | null} */
  let here = null;
  let refused = false;

  function text() {
    try {
      return refused ? here : localStorage.getItem(name);
    } catch {
      return here;
    }
  }

  /** What is there, whoever wrote it. @returns {Kept | null} */
  function read() {
    const written = text();
    if (written === TAKEN_BACK) return { tier: 'erasing', erased: 0 };
    try {
      const record = JSON.parse(written ?? 'null');
      if (typeof record?.tier !== 'string') return null;
      return { ...record, erased: Number.isSafeInteger(record.erased) ? record.erased : 0 };
    } catch {
      return null;
    }
  }

  function clear() {
    here = null;
    try {
      localStorage.removeItem(name);
    } catch {
      refused = true;
    }
  }

  function write(/** @type {Partial<Kept> & { tier: string }} */ record) {
    here = JSON.stringify(record);
    try {
      localStorage.setItem(name, here);
      refused = false;
    } catch {
      refused = true;
    }
    return !refused;
  }

  /** What was agreed to, as if an erase that is under way were done. @returns {Kept | null} */
  function agreed() {
    const record = read();
    if (record?.tier !== 'erasing') return record;
    const { then: tier, ...rest } = record;
    return tier ? { ...rest, tier } : null;
  }

  return {
    name,
    read,

    agreed,

    /** Whether there is a profile on the device, or may be. */
    keeps: () => [...KEEPING, 'erasing'].includes(read()?.tier ?? ''),

    /** What is written down of an erase that is not done; null if none is. */
    erasure: () => (read()?.tier === 'erasing' ? text() : null),

    /** Whether there is to be a profile once an erase that is under way is done. */
    stands: () => KEEPING.includes(agreed()?.tier ?? ''),

    /** Writes down what is agreed to from now on; false if it lasts as long as the page. */
    settle(/** @type {(Partial<Kept> & { tier: string }) | null} */ next) {
      const { tier, erased = 0, sequence, kept } = read() ?? {};
      const carried = {
        erased, ...(sequence === undefined ? {} : { sequence }),
        ...(kept && KEEPING.includes(next?.tier ?? '') ? { kept } : {}),
      };
      if (tier === 'erasing') return write({ ...carried, ...next, tier, then: next?.tier });
      if (next) return write({ ...carried, ...next });
      clear();
      return true;
    },

    /** An erase is under way; what is to stand afterwards is written down with it. */
    begin: (/** @type {(Partial<Kept> & { tier: string }) | null} */ next) =>
      write({ erased: read()?.erased ?? 0, ...next, tier: 'erasing', then: next?.tier }),

    /** It is done. Where no database could be made since, the next page must not miss one. */
    finish(/** @type {boolean} */ kept) {
      if (read()?.tier !== 'erasing') return;
      const next = agreed();
      if (next) write({ ...next, kept: (kept && next.kept) || undefined });
      else clear();
    },

    /** Consent was taken back on a page that could do no more than say so. */
    takenBack: () => text() === TAKEN_BACK,

    /** Adds to what is there, if there is a profile. */
    amend(/** @type {Partial<Kept>} */ news) {
      const record = read();
      if (!record || !KEEPING.includes(record.tier)) return;
      const text = JSON.stringify({ ...record, ...news });
      if (text !== JSON.stringify(record)) write(JSON.parse(text));
    },
  };
}
