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
  const block = blockOf(exported, core.site().shop);
  if (!block || !core.opens(block)) return null;
  const { updated_s } = readBlock(block);
  if (isAhead(block, now_s) || updated_s < now_s - core.site().retention_s) return null;
  tidy(block);
  return withLedger(block, lettersIn(exported, 'ledger'), now_s);
}

/**
 * The block with the ledger behind it, if that is the profile's and of the past; the core looks at
 * it when it opens it, and begins a new one if it is not sound.
 *
 * @param {Uint8Array} block
 * @param {string} letters
 * @param {number} now_s
 */
function withLedger(block, letters, now_s) {
  if (letters.length !== LEDGER_LETTERS) return block;
  try {
    const ledger = bytesOf(letters);
    if (seedOf(ledger) !== seedOf(block) || isLedgerAhead(ledger, now_s + CLOCK_S)) return block;
    const whole = new Uint8Array(LEDGER_AT + LEDGER_SIZE);
    whole.set(block);
    whole.set(ledger, LEDGER_AT);
    return whole;
  } catch {
    return block;
  }
}

const bytesOf = (/** @type {string} */ letters) =>
  Uint8Array.from(atob(letters), (letter) => letter.charCodeAt(0));

/**
 * A text of an export, '' if it has none of that name.
 *
 * @param {unknown} exported
 * @param {string} name
 */
function lettersIn(exported, name) {
  const all = /** @type {any} */ (typeof exported === 'string' ? JSON.parse(exported) : exported);
  return Object.hasOwn(all, name) && typeof all[name] === 'string' ? all[name] : '';
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
    return bytesOf(letters);
  } catch {
    return null;
  }
}
