/**
 * portable.js - an exported profile, read back
 *
 * What comes in may be anything: a file from another shop, from another time, or made to do harm.
 * Only `block` and `ledger` are taken from it; the lists around them are for people. A block counts
 * if the core opens it, if nothing in it lies in the future (it would never fade, and never go),
 * and if it is not older than the shop keeps one. What no one reads of it is cleared.
 */
import { CLOCK_S, isAhead, readBlock, seedOf, tidy } from './block.js';
import { isLedgerAhead, LEDGER_AT, LEDGER_SIZE } from './ledger.js';

/** A full profile is about 60 KB in words. */
const MOST = 1 << 20;
/** 7,744 bytes in base64. */
const BLOCK_LETTERS = 10328;
/** 9,312 bytes. */
const LEDGER_LETTERS = 12416;

/**
 * The block of an exported profile; null if it is none of this shop, or cannot be read.
 *
 * @param {unknown} exported text or object
 * @param {import('./runtime.js').LaterCore} core
 * @param {number} now_s
 * @returns {Uint8Array | null}
 */
export function readExport(exported, core, now_s) {
  const [block, ledger] = partsOf(exported, core.site().shop);
  if (!block || !core.opens(block)) return null;
  const { updated_s } = readBlock(block);
  if (isAhead(block, now_s) || updated_s < now_s - core.site().retention_s) return null;
  tidy(block);
  const belongs = ledger && seedOf(ledger) === seedOf(block)
    && !isLedgerAhead(ledger, now_s + CLOCK_S);
  if (!belongs) return block;
  // The core looks at it when it opens it, and begins a new one if it is not sound.
  const whole = new Uint8Array(LEDGER_AT + LEDGER_SIZE);
  whole.set(block);
  whole.set(ledger, LEDGER_AT);
  return whole;
}

/**
 * Block and ledger, each null if it is not there. Each is read once: an object may answer something
 * else the second time.
 *
 * @param {unknown} exported
 * @param {string} shop
 */
function partsOf(exported, shop) {
  try {
    const all = typeof exported === 'string' && exported.length <= MOST
      ? JSON.parse(exported) : exported;
    const own = (/** @type {string} */ name) =>
      (typeof all === 'object' && Object.hasOwn(all, name) ? all[name] : undefined);
    if (own('format') !== 'sotto-profile' || own('version') !== 1 || own('shop') !== shop) return [];
    return [bytesOf(own('block'), BLOCK_LETTERS), bytesOf(own('ledger'), LEDGER_LETTERS)];
  } catch {
    return [];
  }
}

/** The bytes that so many letters of base64 stand for; null if they are none. */
function bytesOf(/** @type {unknown} */ letters, /** @type {number} */ count) {
  if (typeof letters !== 'string' || letters.length !== count) return null;
  try {
    return Uint8Array.from(atob(letters), (letter) => letter.charCodeAt(0));
  } catch {
    return null;
  }
}
