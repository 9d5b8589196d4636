/**
 * saved.js - a look at the saved profile, for the first decision
 *
 * It only reads, creates nothing and waits a second at most; later/store.js has the layout, and
 * does it again with all care should this look find nothing.
 */

const LIMIT_MS = 1000;

/**
 * @param {string} name of the database
 * @returns {Promise<{ block: Uint8Array | null, generation: number } | null>}
 */
export const readSaved = (name) => new Promise((resolve) => {
  const nothing = () => resolve(null);
  setTimeout(nothing, LIMIT_MS);
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => request.transaction?.abort();
  request.onerror = nothing;
  request.onsuccess = () => {
    const database = request.result;
    const rows = database.transaction('profile').objectStore('profile').openCursor(null, 'prev');
    rows.onerror = nothing;
    rows.onsuccess = () => {
      const last = rows.result;
      resolve(last && { block: last.value, generation: Number(last.key) });
    };
    database.close();
  };
});
