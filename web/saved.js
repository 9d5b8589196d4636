/**
 * saved.js - a look at the saved profile, for the first decision
 *
 * It only reads, creates nothing and waits a second at most; later/store.js has the layout, and
 * does it again with all care should this look find nothing.
 */

const LIMIT_MS = 1000;

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
const done = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = reject;
});

/**
 * Rejects if there is none that could be read.
 *
 * @param {string} name of the database
 * @returns {Promise<{ block: Uint8Array | null, generation: number }>}
 */
async function look(name) {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => /** @type {IDBTransaction} */ (request.transaction).abort();
  const database = await done(request);
  let rows;
  try {
    rows = database.transaction('profile').objectStore('profile').openCursor(null, 'prev');
    // A page that is left before the answer would hold up the next: later/database.js says why.
    /** @type {IDBTransaction} */ (rows.transaction).commit();
  } finally {
    // What is not ours could not be made anew while it is open.
    database.close();
  }
  const { key, value } = /** @type {IDBCursorWithValue} */ (await done(rows));
  return {
    // Whatever the row is, these are bytes, for the core to judge.
    block: new Uint8Array(value.data
      ? await crypto.subtle.decrypt(value.how, value.key, value.data) : value),
    generation: /** @type {number} */ (key),
  };
}

/** @param {string} name @returns {ReturnType<typeof look>} */
export const readSaved = (name) => Promise.race([
  look(name), new Promise((resolve, reject) => setTimeout(reject, LIMIT_MS)),
]);
