/**
 * store.js - the profile on the device
 *
 * One database, version 1 for ever, one object store. The block lies under its generation, and the
 * highest generation is the one that counts:
 *
 *     1763800000123  ->  the block, as seal.js wraps it     (an empty one: nothing is remembered)
 *
 * Saving generation g + 1 is `add` under that key; what is below is swept away afterwards. Of two
 * tabs that both saw g the second `add` fails; one that saw less than g adds a row that no one will
 * read, is told that it lost, and takes it away. So several tabs need no lock, and a page that is
 * left in the middle has saved or has not. database.js says how much depends on that. A profile that
 * was saved bare, before its browser kept keys, is sealed with the next save (keyThatStays).
 *
 * Generations begin at the time in milliseconds, so that a tab which slept through an erase can
 * never hold a higher one than what came after. Only loading creates the database: whoever saves
 * into one that is gone learns that it was erased.
 *
 * Browsers refuse storage, lose the connection, and on some days never answer. What fails gets one
 * second chance, with a fresh connection; a database beyond repair is made anew, once. After that
 * memory takes over: for good where the browser refused, and for a while where it did not answer.
 * Then the device is asked again, and its word counts; the keeper applies what is new to it.
 */
import { addFirst, deleteDatabase, Gone, openDatabase, transact } from './database.js';
import { isMarked, removeDatabase, renewDatabase, unmark } from './erase-mark.js';
import { present } from './lifecycle.js';
import { memoryStore } from './memory-store.js';
import { seal, sealNothing, unseal } from './seal.js';
import { NoAnswer } from './within.js';

/** How long the device is left alone after it did not answer; each time twice as long. */
const REST_MS = 15000;

/** How often to try again while another tab deletes the database, and after which time. */
const MOST_RUSHES = 6;
const RUSH_MS = 40;

/** How often to read again what could not be read: seal.js says why. */
const READ_TRIES = 3;

/** How often to load and save again while other tabs are faster. */
export const SAVE_TRIES = 8;

/** More saves than another tab can have made unseen in the millisecond of an erase. */
const SAFE_DISTANCE = 1000;

/** What a database says whose files, or whose rows, cannot be read any more, or that is not ours. */
const BROKEN = ['UnknownError', 'NotFoundError', 'NotReadableError', 'DataError', 'VersionError'];

/** No generation is past this: the last millisecond that there is a date for. */
const LAST = 8.64e15;
/** Below all generations: a row that shows whether the browser keeps keys. */
const TRIAL = 0;

/**
 * @param {string} name of the database
 * @param {import('./later.js').Fail} fail
 * @param {() => void} [awake] hears when it is worth saving again what only memory has
 * @param {{ block: Uint8Array | null, generation: number }} [known] what the page goes on from: memory
 *   must, too, should the device never answer this store
 * @param {{ isErasing: () => boolean, done: () => Promise<() => void> }} [others] whether an erase is
 *   written down that is not this page's, or was not done; and when no other page is at it, with what is
 *   to be called once this one is not either. Without a record nobody else erases
 * @returns {import('../index.js').ProfileStore
 *   & { isGone: () => Promise<boolean>, remove: () => Promise<boolean>, forget: () => void }}
 */
export function deviceStore(
  name, fail, awake = () => {}, known = { block: null, generation: 1 }, others,
) {
  /** @type {IDBDatabase | null} */
  let database = null;
  /** @type {import('../index.js').ProfileStore | null} */
  let fallback = null;
  /** Runs while the device is left alone. @type {ReturnType<typeof setTimeout> | undefined} */
  let resting;
  let rest_ms = REST_MS;
  /** The device will not be asked again on this page. */
  let refused = false;
  /** @type {Promise<unknown> | null} */
  let erasing = null;
  /** An erase that the device has not carried out. */
  let owed = false;
  /** A database beyond repair is made anew, once. @type {Promise<void> | null} */
  let remaking = null;
  /** The key that came back from the device with the profile. @type {CryptoKey | null} */
  let key = null;
  /** One for a profile that is there without; undefined: it was not tried. */
  let spare = /** @type {CryptoKey | null | undefined} */ (undefined);
  /** Whether it is known if there is one: a page may go on from a look that was not ours. */
  let looked = false;
  /** What the device held when it last answered: what memory goes on from. */
  let seen = known;

  function drop() {
    database?.close();
    database = null;
  }

  async function open(/** @type {boolean} */ create) {
    const row = create ? await sealNothing() : null;
    // Whoever erases makes the new one: its generation is past all that are still to arrive.
    const first = create && !others?.isErasing()
      ? { row, generation: Math.max(Date.now(), seen.generation) } : null;
    return database = await openDatabase(name, first, (lost) => {
      if (database === lost) database = null;
    });
  }

  /**
   * Does something with the database, a second time with a fresh connection if need be.
   *
   * @template T
   * @param {boolean} create
   * @param {(database: IDBDatabase) => Promise<T>} work
   * @returns {Promise<T>}
   */
  async function use(create, work) {
    for (let chances = 1, rushes = MOST_RUSHES, remade = false; ; chances--) {
      let opened = /** @type {IDBDatabase | null} */ (null);
      try {
        opened = database ?? await open(create);
        return await work(opened);
      } catch (error) {
        if (error instanceof Gone) throw error;
        const lost = opened !== database;
        // Who else is at something may have opened another.
        if (!lost) drop();
        if (error instanceof NoAnswer) throw error;
        if (chances > 0) continue;
        const { name: kind } = /** @type {Error} */ (error ?? {});
        // Another tab deletes, or makes, what this one opens; or somebody closed it under our hands.
        if ((kind === 'AbortError' || (lost && kind === 'InvalidStateError')) && rushes-- > 0) {
          await pause();
          continue;
        }
        if (!create || remade || !BROKEN.includes(kind)) throw error;
        remade = true;
        // Who finds it broken meanwhile waits for the same.
        await (remaking ??= deleteDatabase(name));
      }
    }
  }

  /** Memory takes over, from what the page goes on from. */
  function giveUp(/** @type {unknown} */ error, from = seen) {
    if (!fallback) fail('storage', name, String(error));
    fallback ??= memoryStore(from);
    if (!(error instanceof NoAnswer)) refused = true;
    // Whatever was asked at once comes to nothing at once: one rest is enough for all.
    else if (resting === undefined) {
      resting = setTimeout(() => {
        resting = undefined;
        awake();
      }, rest_ms);
      rest_ms *= 2;
    }
    return fallback;
  }

  /** Memory it is, for now. */
  const asleep = () => fallback !== null && (refused || resting !== undefined);

  /** Does what is owed, unless another page has seen to it: somebody may have come to know the shopper since. */
  async function pay() {
    const letGo = await others?.done();
    try {
      if (others?.isErasing() !== false) await eraseDevice(renew);
      owed = false;
    } finally {
      letGo?.();
    }
  }

  /** What the device holds, after what it still has to forget. */
  async function look() {
    if (owed) await pay();
    seen = await use(true, async (opened) => {
      const { block, generation, key: came } =
        await readLast(opened) ?? await addNothing(opened, seen.generation);
      key = came;
      looked = true;
      return { block, generation };
    });
    fallback = null;
    rest_ms = REST_MS;
    return seen;
  }

  /** @param {Uint8Array} block @param {number} generation @returns {Promise<number | null>} */
  async function put(block, generation) {
    if (!looked) {
      try {
        ({ key } = await use(false, readLast) ?? { key: null });
        looked = true;
      } catch (error) {
        // The first look goes by without a check. Loading again makes it anew.
        if (/** @type {Error} */ (error)?.name === 'DataError') return null;
        throw error;
      }
    }
    if (!key && spare === undefined) {
      // Whatever comes of it, it is not tried again on this page.
      spare = null;
      spare = await use(false, keyThatStays);
    }
    const using = key ?? spare ?? null;
    const row = await seal(block, using);
    try {
      const saved = await use(false, async (opened) =>
        (others?.isErasing() ? null : saveTo(opened, row, generation)));
      if (saved) key = using;
      return saved;
    } catch (error) {
      if (!using || /** @type {Error} */ (error)?.name !== 'DataCloneError') throw error;
      key = null;
      spare = null;
      return put(block, generation);
    }
  }

  /** Empties the database. False if it cannot be. */
  async function empty() {
    try {
      const row = await sealNothing();
      const generation = await use(false, (opened) => eraseIn(opened, row, seen.generation));
      seen = { block: null, generation: Math.max(generation, seen.generation) };
      return true;
    } catch (error) {
      if (error instanceof NoAnswer) throw error;
      return error instanceof Gone;
    }
  }

  const renew = () => renewDatabase(name, () => use(true, async () => {}));
  const remove = () => removeDatabase(name);

  /**
   * Throws if the device does not do it.
   *
   * @param {() => Promise<void>} clear takes the database away, with what its files may still hold
   */
  async function eraseDevice(clear) {
    owed = true;
    const emptied = await empty();
    drop();
    key = null;
    spare = undefined;
    looked = false;
    // A tab that does not let go holds this up for ever; there is nothing left in it by now.
    await clear().catch((error) => {
      // What cannot be emptied can be taken away as a whole, or not at all.
      if (!emptied) throw error;
      // It may yet go: what is opened from now on comes after that, what was opened meanwhile goes with it.
      drop();
    });
    owed = false;
  }

  async function erase(/** @type {() => Promise<void>} */ clear) {
    await fallback?.erase();
    seen = { block: null, generation: seen.generation + SAFE_DISTANCE };
    try {
      await eraseDevice(clear);
      return true;
    } catch (error) {
      giveUp(error);
      return false;
    }
  }

  /** What comes meanwhile waits for it. */
  const eraseBy = (/** @type {() => Promise<void>} */ clear) => {
    const all = erase(clear);
    erasing = all;
    return all;
  };

  return {
    get kind() {
      return fallback ? 'memory' : 'device';
    },

    get encrypted() {
      return !fallback && key !== null;
    },

    /** Whether there is no database at all, though no erase was cut short. */
    async isGone() {
      try {
        const marked = await isMarked(name).catch(() => false);
        await use(marked, async () => {});
        if (marked) await unmark(name).catch(() => {});
      } catch (error) {
        if (error instanceof Gone) return true;
        giveUp(error);
      }
      return false;
    },

    async load() {
      await erasing;
      try {
        return asleep() && fallback ? await fallback.load() : await look();
      } catch (error) {
        if (error instanceof Gone) return { block: null, generation: seen.generation };
        return giveUp(error).load();
      }
    },

    async save(block, generation) {
      await erasing;
      try {
        if (fallback && !asleep()) {
          // The device answers again: what it holds is to be taken over first.
          await look();
          return null;
        }
        if (fallback) return await fallback.save(block, generation);
        const saved = await put(block, generation);
        if (saved) seen = { block, generation: saved };
        return saved;
      } catch (error) {
        if (error instanceof Gone) return null;
        return giveUp(error, { block, generation }).save(block, generation);
      }
    },

    /** Nothing of what it came to know: another page has erased it, or is about to. */
    forget() {
      fallback?.erase();
      seen = { block: null, generation: seen.generation };
    },

    /** The consent stands, and a database without anything in it. */
    erase: () => eraseBy(renew),

    /** The consent has gone, and the database goes with it. */
    remove: () => eraseBy(remove),

    close() {
      clearTimeout(resting);
      resting = undefined;
      drop();
    },
  };
}

/** @typedef {{ block: Uint8Array | null, key: CryptoKey | null, generation: number }} Found */

const pause = () => new Promise((resolve) => setTimeout(resolve, RUSH_MS));

/** A generation, or 0 for a key of anybody else's making. */
export const generationOf = (/** @type {unknown} */ key) =>
  (typeof key === 'number' && key > TRIAL && key <= LAST ? key : 0);

/** The highest row. Throws if rows are not kept as ours are. */
const lastRow = (/** @type {IDBDatabase} */ database) =>
  transact(database, 'readonly', 'relaxed', (rows) => {
    const last = rows.openCursor(IDBKeyRange.lowerBound(TRIAL, true), 'prev');
    return () => {
      // Chromium 156 is done with a transaction before it has read a row of some megabytes.
      if (last.readyState !== 'done') throw new DOMException('too large', 'DataError');
      if (!last.result && rows.keyPath === null) return null;
      const generation = generationOf(last.result?.key);
      if (rows.keyPath !== null || !generation) throw new DOMException('not ours', 'DataError');
      return { row: last.result?.value, generation };
    };
  });

/**
 * What the highest row holds. A page that is being closed may not be able to read it: that is no word
 * of an erase, which the page would have its events go by. Soon it is gone, or can.
 *
 * @param {IDBDatabase} database
 * @returns {Promise<Found | null>}
 */
async function readLast(database) {
  for (let tries = 1; ; tries++) {
    const found = await lastRow(database);
    if (!found) return null;
    const { block, key, readable } = await unseal(found.row);
    if (readable || tries === READ_TRIES) return { block, key, generation: found.generation };
    await pause();
    await present();
  }
}

/**
 * A key, if the browser keeps keys: it went to the device with a row that says "nothing", and came
 * back. The next save sweeps that row away.
 *
 * @returns {Promise<CryptoKey | null>}
 */
async function keyThatStays(/** @type {IDBDatabase} */ database) {
  const row = await sealNothing();
  if (row instanceof Uint8Array) return null;
  try {
    await transact(database, 'readwrite', 'relaxed', (rows) => {
      rows.add(row, TRIAL);
      return () => null;
    });
  } catch (error) {
    if (/** @type {Error} */ (error)?.name === 'DataCloneError') return null;
    throw error;
  }
  const back = await transact(database, 'readonly', 'relaxed', (rows) => {
    const reading = rows.get(TRIAL);
    return () => reading.result;
  });
  return (await unseal(back)).key;
}

/** For a database without rows: an erase leaves it that was cut short. @returns {Promise<Found>} */
async function addNothing(/** @type {IDBDatabase} */ database, /** @type {number} */ least) {
  const first = { row: await sealNothing(), generation: Math.max(Date.now(), least) };
  await transact(database, 'readwrite', 'strict', (rows) => {
    addFirst(rows, first);
    return () => null;
  });
  return await readLast(database) ?? { block: null, key: null, generation: first.generation };
}

/**
 * @param {IDBDatabase} database
 * @param {unknown} row
 * @param {number} generation
 * @returns {Promise<number | null>}
 */
async function saveTo(database, row, generation) {
  const next = generation + 1;
  const [added, last] = await transact(database, 'readwrite', 'relaxed', (rows) => {
    const adding = rows.add(row, next);
    const highest = rows.openKeyCursor(null, 'prev');
    // Older versions of WebKit commit although the adding failed; that of a page that was left in
    // between is not done at all.
    return () => [adding.readyState === 'done' && !adding.error, Number(highest.result?.key)];
  }) ?? [false, 0];
  const won = added && last === next;
  if (added) sweep(database, won ? IDBKeyRange.upperBound(next, true) : IDBKeyRange.only(next));
  return won ? next : null;
}

/** Nobody waits for this: what is left is swept away after the next save. */
function sweep(/** @type {IDBDatabase} */ database, /** @type {IDBKeyRange} */ range) {
  transact(database, 'readwrite', 'relaxed', (rows) => {
    rows.delete(range);
    return () => null;
  }).catch(() => {});
}

/**
 * Leaves nothing but a row that makes every save under way elsewhere come too late. Should the page
 * be left in the middle there may be no such row; nothing else is there either. Answers its
 * generation.
 *
 * @param {IDBDatabase} database
 * @param {unknown} row
 * @param {number} least
 */
async function eraseIn(database, row, least) {
  for (let generation = Math.max(Date.now(), least) + SAFE_DISTANCE; ;) {
    const highest = await transact(database, 'readwrite', 'strict', (rows) => {
      const last = rows.openKeyCursor(null, 'prev');
      rows.clear();
      addFirst(rows, { row, generation });
      return () => generationOf(last.result?.key);
    }) ?? 0;
    if (highest < generation) return generation;
    generation = highest + SAFE_DISTANCE;
  }
}
