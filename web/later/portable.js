/**
 * portable.js - an exported profile, read back
 *
 * What comes in may be anything: a file from another shop, from another time, or made to do harm.
 * Only `block` is taken from it; the lists around it are for people. A block counts if the core
 * opens it, if nothing in it lies in the future (it would never fade, and never go), and if it is
 * not older than the shop keeps one. What no one reads of it is cleared.
 */
import { latestIn, readBlock, tidy } from './block.js';

/** A full profile is about 60 KB in words. */
const MOST = 1 << 20;
/** 7,744 bytes in base64. */
const BLOCK_LETTERS = 10328;
/** Another device's clock may be ahead. */
const CLOCK_S = 86400;

/**
 * The block of an exported profile; null if it is none of this shop, or cannot be read.
 *
 * @param {unknown} exported text or object
 * @param {import('./runtime.js').LaterCore} core
 * @param {number} now_s
 * @returns {Uint8Array | null}
 */
export function readExport(exported, core, now_s) {
  const block = blockOf(exported, core.site().shop);
  if (!block || !core.opens(block)) return null;
  const { updated_s } = readBlock(block);
  if (latestIn(block) > now_s + CLOCK_S || updated_s < now_s - core.site().retention_s) return null;
  tidy(block);
  return block;
}

/** @param {unknown} exported @param {string} shop @returns {Uint8Array | null} */
function blockOf(exported, shop) {
  try {
    const all = typeof exported === 'string' && exported.length <= MOST
      ? JSON.parse(exported) : exported;
    if (typeof all !== 'object' || all === null) return null;
    const own = (/** @type {string} */ name) => (Object.hasOwn(all, name) ? all[name] : undefined);
    const letters = own('block');
    if (own('format') !== 'sotto-profile' || own('version') !== 1 || own('shop') !== shop
      || typeof letters !== 'string' || letters.length !== BLOCK_LETTERS) return null;
    return Uint8Array.from(atob(letters), (letter) => letter.charCodeAt(0));
  } catch {
    return null;
  }
}
