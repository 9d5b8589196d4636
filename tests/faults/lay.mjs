/**
 * lay.mjs - a device as it may be found: for pages and for Node, so all is said in plain values
 *
 * A row of the database is one of
 *
 *     { bytes }                 base64 of the block as it is
 *     { iv, key, data }         base64 of a sealed one; the key becomes one that cannot be read
 *     { value }                 anything else that JSON can say
 *     { made: 'name' }          what JSON cannot say: see `things`
 *
 * and a key is a number, or { made }.
 */

/**
 * Lays it out in an empty browser. Needs nothing from around it: it is sent to pages as text.
 *
 * @param {{ local?: Record<string, string>, rows?: [unknown, object][] | null, version?: number,
 *   store?: string, options?: IDBObjectStoreParameters }} device
 * @param {string} name of the database
 */
export async function layDevice({ local = {}, rows = null, version = 1, store = 'profile', options }, name) {
  const bytesOf = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const done = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error('blocked'));
  });
  const things = {
    undefined: () => undefined,
    date: () => new Date(5),
    infinity: () => Infinity,
    buffer: () => new ArrayBuffer(64),
    floats: () => new Float64Array(968),
    map: () => new Map([['how', 1]]),
    blob: () => new Blob(['abc']),
    giant: () => new Uint8Array(32 << 20).fill(7),
    list: () => Array.from({ length: 7744 }, (_, i) => i & 255),
    keyless: () => ({ how: { name: 'AES-GCM', iv: new Uint8Array(12) }, key: null, data: new ArrayBuffer(99) }),
    wrongKey: async () => ({
      how: { name: 'AES-GCM', iv: new Uint8Array(12) }, data: new ArrayBuffer(7760),
      key: await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']),
    }),
    otherKind: async () => ({
      how: { name: 'AES-GCM', iv: new Uint8Array(12) }, data: new ArrayBuffer(7760),
      key: await crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, false, ['sign']),
    }),
    sealedShort: async () => {
      const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
      const how = { name: 'AES-GCM', iv: new Uint8Array(12) };
      return { how, key, data: await crypto.subtle.encrypt(how, key, new Uint8Array(100).fill(3)) };
    },
  };
  const made = async (row) => {
    if (typeof row !== 'object' || row === null || Array.isArray(row)) return row;
    if (row.made) return things[row.made]();
    if (row.bytes !== undefined) return bytesOf(row.bytes);
    if (row.iv === undefined) return row.value;
    const key = await crypto.subtle.importKey('raw', bytesOf(row.key), 'AES-GCM', false, ['encrypt', 'decrypt']);
    return { how: { name: 'AES-GCM', iv: bytesOf(row.iv) }, key, data: bytesOf(row.data).buffer };
  };

  for (const [key, text] of Object.entries(local)) localStorage.setItem(key, text);
  if (!rows) return;
  const values = [];
  for (const [key, row] of rows) values.push([await made(key), await made(row)]);
  const request = indexedDB.open(name, version);
  request.onupgradeneeded = () => {
    const into = request.result.createObjectStore(store, options);
    for (const [key, value] of values) into.add(value, ...(options?.keyPath ? [] : [key]));
  };
  (await done(request)).close();
}

/** Leaves nothing; for pages as well. @param {string} name */
export async function clearDevice(name) {
  localStorage.clear();
  await new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = resolve;
    request.onerror = () => reject(request.error);
  });
}
