/**
 * seal.js - encryption of what is kept
 *
 * A row holds the profile's block, or, where the browser can,
 *
 *     { how: { name: 'AES-GCM', iv }, key, data }
 *
 * with a key that was made on the device and that scripts can use but not read. It is an obstacle
 * to whoever has a copy of the database's files, or finds old bytes in them after an erase; it is
 * none to scripts of this page, to whoever can use this browser, or to whoever can read the key in
 * its files.
 *
 * Some browsers refuse to keep keys, some lose them without a word. So a key is made for a row that
 * says "nothing", and used only once it came back from the device with that row. WebKit gives none
 * back to a page that is being closed, some milliseconds before that page hears of it: store.js reads
 * again what could not be read.
 */

const NAME = 'AES-GCM';
const NOTHING = new Uint8Array(0);

/** @typedef {{ name: string, iv: Uint8Array<ArrayBuffer> }} How */
/** @typedef {{ how: How, key: CryptoKey, data: ArrayBuffer }} Sealed */

/**
 * A row of the block; the block itself if there is no key.
 *
 * @param {Uint8Array} block
 * @param {CryptoKey | null} key
 * @returns {Promise<Sealed | Uint8Array>}
 */
export async function seal(block, key) {
  if (!key) return block;
  const how = { name: NAME, iv: crypto.getRandomValues(new Uint8Array(12)) };
  return { how, key, data: await crypto.subtle.encrypt(how, key, /** @type {any} */ (block)) };
}

/** A row that says "nothing", with a new key if the browser has any. */
export async function sealNothing() {
  try {
    const key = await crypto.subtle.generateKey(
      { name: NAME, length: 256 }, false, ['encrypt', 'decrypt']);
    return await seal(NOTHING, key);
  } catch {
    return NOTHING;
  }
}

/**
 * What a row holds, and the key if it is one to go on with.
 *
 * @param {unknown} row
 * @returns {Promise<{ block: Uint8Array | null, key: CryptoKey | null, readable: boolean }>}
 */
export async function unseal(row) {
  if (row instanceof Uint8Array) return { block: row.length > 0 ? row : null, key: null, readable: true };
  const { how, key, data } = /** @type {Sealed} */ (row ?? {});
  try {
    const block = new Uint8Array(await crypto.subtle.decrypt(how, key, data));
    return { block: block.length > 0 ? block : null, key, readable: true };
  } catch {
    // A key that was lost, or a row of nobody's making.
    return { block: null, key: null, readable: false };
  }
}
