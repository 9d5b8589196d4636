/**
 * store.js - the profile on the device
 *
 * One database, version 1 for ever, one object store. The block lies under its generation, and the
 * highest generation is the one that counts:
 *
 *     1763800000123  ->  bytes of the block          (an empty one: nothing is remembered)
 *
 * Saving generation g + 1 is `add` under that key; what is below is swept away afterwards. Of two
 * tabs that both saw g the second `add` fails; one that saw less than g adds a row that no one will
 * read, and is told that it lost. So several tabs need no lock, and, since no answer has to be
 * waited for, a save begun while the page is being left still arrives in most browsers, and does no
 * harm in the others.
 *
 * Generations begin at the time in milliseconds, so that a tab which slept through an erase can
 * never hold a higher one than what came after. Only loading creates the database: whoever saves
 * into one that is gone learns that it was erased.
 *
 * Browsers refuse storage, lose the connection, and on some days never answer. Every operation has
 * a time limit, what fails gets one second chance; after that memory takes over for the rest of the
 * visit.
 */
import { memoryStore } from './memory-store.js';
import { NoAnswer, within } from './within.js';

const OBJECT_STORE = 'profile';
/** Longer than a slow device needs, as far as is known; some versions of Safari never answer. */
const LIMIT_MS = 4000;

/** More saves than another tab can have made unseen in the millisecond of an erase. */
const SAFE_DISTANCE = 1000;

/** Thrown for a database that should have been there. */
class Gone extends Error {}

/**
 * @param {string} name of the database
 * @param {import('./later.js').Fail} fail
 * @returns {import('../index.js').ProfileStore}
 */
export function deviceStore(name, fail) {
  /** @type {IDBDatabase | null} */
  let database = null;
  /** @type {import('../index.js').ProfileStore | null} */
  let fallback = null;
  /** @type {Promise<unknown> | null} */
  let erasing = null;
  /** What the device held when it last answered: what memory goes on from. */
  let seen = { block: /** @type {Uint8Array | null} */ (null), generation: 1 };

  /** @param {boolean} create @returns {Promise<IDBDatabase>} */
  const open = (create) => new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      reject(new NoAnswer());
    }, LIMIT_MS);
    request.onupgradeneeded = () => {
      if (create) request.result.createObjectStore(OBJECT_STORE);
      else request.transaction?.abort();
    };
    request.onerror = () => {
      clearTimeout(timer);
      reject(request.error?.name === 'AbortError' ? new Gone() : request.error);
    };
    request.onsuccess = () => {
      clearTimeout(timer);
      const opened = request.result;
      const drop = () => {
        opened.close();
        if (database === opened) database = null;
      };
      opened.onversionchange = drop;
      opened.onclose = drop;
      if (late) drop();
      else resolve(database = opened);
    };
  });

  /** @returns {Promise<void>} */
  const remove = () => new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = () => resolve();
    request.onerror = () => reject(request.error);
  });

  /**
   * Does something with the database, a second time with a fresh connection if need be.
   *
   * @template T
   * @param {boolean} create
   * @param {(database: IDBDatabase) => Promise<T>} work
   * @returns {Promise<T>}
   */
  async function use(create, work) {
    try {
      return await work(database ?? await open(create));
    } catch (error) {
      if (error instanceof Gone || error instanceof NoAnswer) throw error;
      database?.close();
      database = null;
      // The backing files are beyond repair; they can only be started anew.
      if (error instanceof DOMException && error.name === 'UnknownError') {
        await within(remove(), LIMIT_MS);
      }
      return work(await open(create));
    }
  }

  /** @returns {import('../index.js').ProfileStore} */
  function giveUp(/** @type {unknown} */ error) {
    fail('storage', name, String(error));
    return fallback ??= memoryStore(seen);
  }

  async function eraseAll() {
    await fallback?.erase();
    seen = { block: null, generation: seen.generation + SAFE_DISTANCE };
    try {
      const last = await use(false, eraseIn);
      seen.generation = Math.max(seen.generation, last + SAFE_DISTANCE);
      database?.close();
      database = null;
      // A tab that does not let go holds this up for ever; there is nothing left in it by now.
      await within(remove(), LIMIT_MS).catch(() => {});
      return true;
    } catch (error) {
      if (error instanceof Gone) return true;
      giveUp(error);
      return false;
    }
  }

  return {
    get kind() {
      return fallback ? 'memory' : 'device';
    },

    async load() {
      await erasing;
      if (fallback) return fallback.load();
      try {
        return seen = await use(true, (opened) => loadFrom(opened, seen.generation));
      } catch (error) {
        return giveUp(error).load();
      }
    },

    async save(block, generation) {
      if (fallback) return fallback.save(block, generation);
      try {
        const saved = await use(false, (opened) => saveTo(opened, block, generation));
        if (saved) seen = { block, generation: saved };
        return saved;
      } catch (error) {
        return error instanceof Gone ? null : giveUp(error).save(block, generation);
      }
    },

    erase() {
      const all = eraseAll();
      erasing = all;
      return all;
    },

    close() {
      database?.close();
      database = null;
    },
  };
}

/**
 * Runs one transaction. `work` may answer at any time before it is complete.
 *
 * @template T
 * @param {IDBDatabase} database
 * @param {IDBTransactionDurability} durability
 * @param {(rows: IDBObjectStore, answer: (value: T) => void) => void} work
 * @returns {Promise<T | undefined>} undefined if it was aborted because a row was there already
 */
function transact(database, durability, work) {
  return within(new Promise((resolve, reject) => {
    /** @type {T | undefined} */
    let answer;
    const transaction = database.transaction(OBJECT_STORE, 'readwrite', { durability });
    transaction.oncomplete = () => resolve(answer);
    transaction.onabort = () => {
      if (transaction.error?.name === 'ConstraintError') resolve(undefined);
      else reject(transaction.error);
    };
    work(transaction.objectStore(OBJECT_STORE), (value) => {
      answer = value;
    });
  }), LIMIT_MS);
}

/** The highest row; one that says "nothing" is made if there is none. */
async function loadFrom(/** @type {IDBDatabase} */ database, /** @type {number} */ least) {
  const loaded = await transact(database, 'relaxed', (rows, answer) => {
    const request = rows.openCursor(null, 'prev');
    request.onsuccess = () => {
      const cursor = request.result;
      if (cursor) {
        const block = cursor.value?.length ? cursor.value : null;
        answer({ block, generation: Number(cursor.key) });
        sweep(rows, Number(cursor.key));
        return;
      }
      const generation = Math.max(Date.now(), least);
      rows.add(new Uint8Array(0), generation);
      answer({ block: null, generation });
    };
  });
  return /** @type {{ block: Uint8Array | null, generation: number }} */ (loaded);
}

/**
 * @param {IDBDatabase} database
 * @param {Uint8Array} block
 * @param {number} generation
 * @returns {Promise<number | null>}
 */
async function saveTo(database, block, generation) {
  const saved = await transact(database, 'relaxed', (rows, answer) => {
    rows.add(block, generation + 1);
    const last = rows.openKeyCursor(null, 'prev');
    last.onsuccess = () => {
      answer(last.result?.key === generation + 1 ? generation + 1 : null);
    };
    last.transaction?.commit?.();
  });
  if (saved) transact(database, 'relaxed', (rows) => sweep(rows, saved)).catch(() => {});
  return saved ?? null;
}

/** Rows below the one that counts go in a transaction of their own, or with the next save. */
const sweep = (/** @type {IDBObjectStore} */ rows, /** @type {number} */ generation) =>
  rows.delete(IDBKeyRange.upperBound(generation, true));

/**
 * Leaves nothing but a row that makes every save under way elsewhere come too late. Answers the
 * highest generation there was.
 */
async function eraseIn(/** @type {IDBDatabase} */ database) {
  const highest = await transact(database, 'strict', (rows, answer) => {
    const last = rows.openKeyCursor(null, 'prev');
    last.onsuccess = () => {
      const generation = Number(last.result?.key ?? 0);
      rows.clear();
      rows.add(new Uint8Array(0), generation + SAFE_DISTANCE);
      answer(generation);
    };
  });
  return highest ?? 0;
}
