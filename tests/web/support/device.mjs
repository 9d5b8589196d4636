/**
 * device.mjs - a store over a device, and what lies there
 */
import { deviceStore } from '../../../web/later/store.js';
import { readSaved } from '../../../web/saved.js';

const NAME = 'sotto:test';

export const block = (value) => new Uint8Array(16).fill(value);

/** A store, with what it told. */
export function open() {
  const told = [];
  const store = deviceStore(NAME, (code, file, detail) => told.push({ code, file, detail }));
  return Object.assign(store, { told });
}

/** What a page to come would find, without disturbing it. */
export const found = async () => (await readSaved(NAME).catch(() => null))?.block?.[0];

/** A database as anybody may have made it. */
export function lay(rows, { version = 1, name = 'profile', options } = {}) {
  return new Promise((resolve) => {
    const request = indexedDB.open(NAME, version);
    request.onupgradeneeded = () => {
      const store = request.result.createObjectStore(name, options);
      for (const [key, row] of rows) store.add(row, ...(key === undefined ? [] : [key]));
    };
    request.onsuccess = () => {
      request.result.close();
      resolve();
    };
  });
}

/** The answer to what is asked of the rows. */
async function ask(question) {
  const done = (request) => new Promise((resolve) => {
    request.onsuccess = () => resolve(request.result);
  });
  const database = await done(indexedDB.open(NAME, 1));
  const answer = await done(question(database.transaction('profile').objectStore('profile')));
  database.close();
  return answer;
}

/** What lies in the database, as it lies there. */
export const rowsAsTheyAre = () => ask((rows) => rows.getAll());

/** The generations of all rows. */
export const allKeys = () => ask((rows) => rows.getAllKeys());
