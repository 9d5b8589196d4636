/**
 * database.js - IndexedDB, in transactions that hold nothing up when their page is left
 *
 * A page may be put away for the back button at any moment. Its event loop then stands still, and
 * in WebKit whatever waited for it keeps waiting, for as long as the page is kept: a transaction
 * that is not done stays open, and no other page gets into that database any more
 * (https://github.com/jakearchibald/idb-keyval/issues/180). Hence four rules. Each was seen to
 * matter in WebKitGTK 2.50, with pages that were left in the middle of saves:
 *
 *   - All requests are made at once, followed by commit(). Without it 6 of 8 pages after them hung;
 *     with it none of 200.
 *   - Only there, what writes is not told to commit but aborted when its page is left; what was not
 *     saved is in the leftovers. A page that is done away with while it commits keeps its connection,
 *     which holds up the next deletion of the database, and all that comes after, until the browser
 *     is closed: 3 of 4 runs of 250 turns of several tabs, and none of 4 with this rule. (Firefox
 *     hung in 2 of 4 with it.)
 *   - Nothing is added and swept away in one transaction. One that has not begun when its page is
 *     left drops what it adds and still deletes: 18 of 40 pages lost what was there. In two
 *     transactions, none did.
 *   - As few openings as can be: one connection for a page, and none begun while it is being left.
 *     A page that is left while opening holds up nothing but a deletion of the database, and what
 *     comes after that.
 *
 * So an answer comes from reading what the requests hold once the transaction is complete.
 */
import { present } from './lifecycle.js';
import { NoAnswer, within } from './within.js';

const OBJECT_STORE = 'profile';
/** The HTML standard has a browser say it so. */
const isWebKit = globalThis.navigator?.vendor === 'Apple Computer, Inc.';
/** Longer than a slow device needs, as far as is known; some versions of Safari never answer. */
export const LIMIT_MS = 4000;

/** Thrown for a database that should have been there. */
export class Gone extends Error {}

/**
 * Opens the database. `first` is put into a new one; without it none is made.
 *
 * @param {string} name
 * @param {{ row: unknown, generation: number } | null} first
 * @param {(database: IDBDatabase) => void} lost hears when the connection is of no use any more
 * @returns {Promise<IDBDatabase>}
 */
export async function openDatabase(name, first, lost) {
  await present();
  return openNow(name, first, lost);
}

/** @type {typeof openDatabase} */
const openNow = (name, first, lost) => new Promise((resolve, reject) => {
  const request = indexedDB.open(name, 1);
  let late = false;
  let absent = false;
  const timer = setTimeout(() => {
    late = true;
    reject(new NoAnswer());
  }, LIMIT_MS);
  request.onupgradeneeded = () => {
    const { result, transaction } = request;
    absent = !first;
    try {
      if (!first) throw new Gone();
      addFirst(result.createObjectStore(OBJECT_STORE), first);
      transaction?.commit?.();
    } catch {
      transaction?.abort();
    }
  };
  request.onerror = () => {
    clearTimeout(timer);
    reject(absent ? new Gone() : request.error);
  };
  request.onsuccess = () => {
    clearTimeout(timer);
    const database = request.result;
    const drop = () => {
      database.close();
      lost(database);
    };
    database.onversionchange = drop;
    database.onclose = drop;
    if (late) drop();
    else resolve(database);
  };
});

/** What writes and was not told to commit. @type {Set<IDBTransaction>} */
const writing = new Set();

/** The page is being left. */
export function abortWrites() {
  for (const transaction of writing) {
    try {
      transaction.abort();
    } catch {
      // It is being committed.
    }
  }
}

/** @param {string} name @returns {Promise<void>} */
export const deleteDatabase = (name) => within(new Promise((resolve, reject) => {
  const request = indexedDB.deleteDatabase(name);
  request.onsuccess = () => resolve();
  request.onerror = () => reject(request.error);
}), LIMIT_MS);

/**
 * Runs one transaction. `work` makes all its requests at once, and answers how to read the answer
 * off them when all is done.
 *
 * @template T
 * @param {IDBDatabase} database
 * @param {IDBTransactionMode} mode
 * @param {IDBTransactionDurability} durability
 * @param {(rows: IDBObjectStore) => (() => T)} work
 * @returns {Promise<T | null>} null if it was aborted because a row was there already
 */
export function transact(database, mode, durability, work) {
  return within(new Promise((resolve, reject) => {
    const transaction = database.transaction(OBJECT_STORE, mode, { durability });
    /** @type {(() => T) | undefined} */
    let read;
    // Of the first request that failed. The transaction, told to commit, does not say it everywhere:
    // its own error is null in WebKitGTK 2.50, and often "AbortError" in Firefox 153.
    let cause = /** @type {DOMException | null} */ (null);
    transaction.onerror = ({ target }) => {
      cause ??= /** @type {IDBRequest} */ (target).error;
    };
    transaction.oncomplete = () => {
      writing.delete(transaction);
      try {
        resolve(/** @type {() => T} */ (read)());
      } catch (error) {
        reject(error);
      }
    };
    transaction.onabort = () => {
      writing.delete(transaction);
      const error = cause ?? transaction.error ?? new DOMException('', 'AbortError');
      if (error.name === 'ConstraintError') resolve(null);
      else reject(error);
    };
    try {
      read = work(transaction.objectStore(OBJECT_STORE));
      if (isWebKit && mode === 'readwrite') writing.add(transaction);
      else transaction.commit?.();
    } catch (error) {
      reject(error);
      transaction.abort();
    }
  }), LIMIT_MS);
}

/**
 * Adds the row that says "nothing"; bare where the browser cannot keep the key it is sealed with.
 *
 * @param {IDBObjectStore} rows
 * @param {{ row: unknown, generation: number }} first
 */
export function addFirst(rows, { row, generation }) {
  try {
    rows.add(row, generation);
  } catch {
    rows.add(new Uint8Array(0), generation);
  }
}
