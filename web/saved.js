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
  request.onupgradeneeded = () => request.transaction?.abort();
  const database = await done(request);
  const rows = database.transaction('profile').objectStore('profile').openCursor(null, 'prev');
  // A page that is left before the answer would hold up the next: later/database.js says why.
  /** @type {IDBTransaction} */ (rows.transaction).commit();
  database.close();
  const { key: generation, value } = /** @type {IDBCursorWithValue} */ (await done(rows));
  const { how, key, data } = value;
  return {
    block: data ? new Uint8Array(await crypto.subtle.decrypt(how, key, data)) : value,
    generation: /** @type {number} */ (generation),
  };
}

/** @param {string} name @returns {ReturnType<typeof look>} */
export const readSaved = (name) => Promise.race([
  look(name), new Promise((resolve, reject) => setTimeout(reject, LIMIT_MS)),
]);
