/**
 * runtime.js - the only file that knows the core is WebAssembly
 *
 * Above it there are plain values; no pointer leaves. 64-bit hashes are BigInts. The memory may
 * grow whenever room is reserved, and a view taken before that is worth nothing after it, so every
 * view is taken where it is used and none is kept. src/bindings/wasm_exports.h is the other side.
 */
import { STATUS_CODES, SottoError } from './errors.js';

const ABI = 3;
/** No item, no price, no category or brand. */
export const NONE = 0xffffffff;
const SCRATCH = 15;
const SCRATCH_SIZE = 16384;
const MAX_CONTEXT_ITEMS = 256;
const PROFILE_SIZE = 7744;
/** The profile and the shelf behind it. */
const BLOCK_SIZE = PROFILE_SIZE + 2336;
/** Where a profile keeps when it last took in an event: docs/FORMAT.md section 7. */
const UPDATED = 28;

/** Files by their place: the manifest, then the parts by kind, up to what changes of a name. */
export const FILES = ['manifest.sotto', 'model', 'catalogue', 'campaigns', 'ranker', 'pictures'];

/** @typedef {{ kind: number, size: number, hex: string, sha256: Uint8Array }} Part */
/** @typedef {{ kind: number, item: number, points: number }} PickReason */
/** @typedef {{ item: number, score: number, strategy: number, reasons: PickReason[] }} Pick */
/** @typedef {ReturnType<typeof openRuntime>} Core */
/** @typedef {ReturnType<Core['openManifest']>} Manifest */

/** @param {WebAssembly.Instance} instance */
export function openRuntime(instance) {
  const memory = /** @type {WebAssembly.Memory} */ (instance.exports.memory);
  // What they are called here is what the header calls them, there with sotto_wasm_ before it.
  const {
    a: start, b: reserve, c: openAt, d: hash, e: itemFind, f: item, g: itemAttribute, h: text,
    i: site, j: profileOpen, k: decide,
  } = /** @type {Record<string, (...numbers: number[]) => number>} */ (instance.exports);
  const state = start?.(ABI);
  if (!state) throw new SottoError('wrong-version', 'sotto.wasm');
  const encoder = new TextEncoder();
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

  const bytesAt = (/** @type {number} */ at, /** @type {number} */ size) =>
    new Uint8Array(memory.buffer, at >>> 0, size);
  const wordsAt = (/** @type {number} */ at, /** @type {number} */ count) =>
    new Uint32Array(memory.buffer, at >>> 0, count);
  /** The text whose address and size stand there. */
  const textAt = (/** @type {number} */ at) => {
    const [bytes, size] = wordsAt(at, 2);
    return decoder.decode(bytesAt(bytes, size));
  };

  /**
   * Copies a file to its place in the core and opens it there. Throws a SottoError.
   *
   * @param {number} place
   * @param {Uint8Array} bytes
   * @param {(place: number, size: number, at: number) => number} [openIt] answers a status
   */
  function open(place, bytes, openIt = openAt) {
    const at = reserve(place, bytes.length);
    if (!at) throw new SottoError('no-room', FILES[place]);
    bytesAt(at, bytes.length).set(bytes);
    const status = openIt(place, bytes.length, at);
    if (status) {
      throw new SottoError(STATUS_CODES[status], FILES[place], wordsAt(state + BLOCK_SIZE, 1)[0]);
    }
  }

  const scratch = reserve(SCRATCH, SCRATCH_SIZE);

  /**
   * Puts a text into the scratch memory and answers its size in bytes. What is longer than any id
   * can be is cut off: nothing is found by it.
   */
  const say = (/** @type {string} */ text) =>
    encoder.encodeInto(text, bytesAt(scratch, SCRATCH_SIZE / 4)).written;

  /** Puts item indexes behind the text in the scratch memory and answers where. */
  function list(/** @type {number} */ slot, /** @type {number[]} */ items) {
    const at = scratch + SCRATCH_SIZE / 4 * slot;
    wordsAt(at, items.length).set(items);
    return at;
  }

  return {
    /**
     * Reads a manifest, docs/FORMAT.md section 6. Throws a SottoError if it does not open.
     */
    openManifest(/** @type {Uint8Array} */ bytes) {
      open(0, bytes);
      const view = new DataView(bytes.buffer, bytes.byteOffset);
      const [count, signatures] = bytes.subarray(6);
      const end = 56 + 48 * count;
      /** @type {Part[]} */
      const parts = [];
      for (let at = 56; at < end; at += 48) {
        parts.push({
          kind: bytes[at],
          size: view.getUint32(at + 4, true),
          hex: view.getBigUint64(at + 8).toString(16).padStart(16, '0'),
          sha256: bytes.slice(at + 8, at + 40),
        });
      }
      return {
        parts,
        sequence: view.getBigUint64(16, true),
        expires_s: Number(view.getBigUint64(32, true)),
        shop: view.getBigUint64(40, true),
        signed: bytes.subarray(0, end),
        signature: signatures ? bytes.slice(end + 8, end + 72) : null,
      };
    },

    /** Opens a part and makes it the bundle's part of its kind. Throws a SottoError. */
    openPart: open,

    /** The hash by which items, categories and brands are remembered. */
    hash(/** @type {string} */ text) {
      return new BigUint64Array(memory.buffer, hash(scratch, say(text)), 1)[0];
    },

    /** What tells two texts apart: docs/FORMAT.md section 1. */
    check: (/** @type {string} */ text) => wordsAt(hash(scratch, say(text)), 1)[0],

    /** The index of an item by the shop's id, -1 if the bundle never met it. */
    find: (/** @type {string} */ id) => itemFind(scratch, say(id)),

    /** Price, list price, category, brand, and flags: 0x100 in stock. NONE where unknown. */
    item: (/** @type {number} */ index) => wordsAt(item(index), 5).slice(),

    /** kind: one of the texts in decision.js. '' for the names of no category and no brand. */
    text: (/** @type {number} */ kind, /** @type {number} */ index) =>
      index === NONE ? '' : textAt(text(kind, index)),

    /** The attributes of an item by their names. */
    attributes(/** @type {number} */ index) {
      const found = /** @type {Record<string, string>} */ (Object.create(null));
      for (let i = 0, at; (at = itemAttribute(index, i)); i++) {
        found[textAt(at)] = textAt(at + 8);
      }
      return found;
    },

    site() {
      const at = site();
      const [decimals,,, retention_s, halfLife_s, standing_yes] = wordsAt(at + 32, 6);
      return {
        shop: textAt(at), currency: textAt(at + 16), locale: textAt(at + 24),
        decimals, retention_s, halfLife_s, standing_yes,
      };
    },

    /**
     * Answers a slot. `cart` null takes the profile's.
     *
     * @param {string} slot
     * @param {number[]} page item indexes
     * @param {number[] | null} cart item indexes
     * @param {number} now_s
     */
    decide(slot, page, cart, now_s) {
      page = page.slice(0, MAX_CONTEXT_ITEMS);
      cart = cart && cart.slice(0, MAX_CONTEXT_ITEMS);
      const at = decide(scratch, say(slot), list(1, page), page.length,
        list(2, cart ?? []), cart ? cart.length : NONE, now_s);
      if (!at) throw new SottoError('no-slot', slot);
      /** @type {Pick[]} */
      const picks = [];
      for (let i = wordsAt(at + 8, 1)[0]; i--;) {
        const [item, score, strategy, count, ...terms] = wordsAt(at + 12 + 64 * i, 16);
        const reasons = [];
        for (let r = 0; r < 3 * count; r += 3) {
          reasons.push({ kind: terms[r], item: terms[r + 1], points: terms[r + 2] });
        }
        picks.unshift({ item, score, strategy, reasons });
      }
      return { heading: textAt(at), picks };
    },

    /**
     * Takes a saved block: a profile, and the shelf if there was one. Answers whether there is a
     * profile now: not if the block does not open, or last took in an event before `oldest_s`.
     *
     * @param {Uint8Array} block
     * @param {number} oldest_s
     */
    profileOpen(block, oldest_s) {
      const place = bytesAt(state, BLOCK_SIZE);
      place.fill(0).set(block.subarray(0, BLOCK_SIZE));
      const young = wordsAt(state + UPDATED, 1)[0] >= oldest_s;
      return profileOpen(young ? Math.min(block.length, PROFILE_SIZE) : 0) === 0;
    },

    /** For the files that ask the core more than a decision needs. */
    raw: { memory, state, bytesAt, wordsAt, list },
  };
}
