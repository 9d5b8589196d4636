/**
 * runtime.js - the only file that knows the core is WebAssembly
 *
 * Above it there are plain values; no pointer leaves. 64-bit hashes are BigInts. The memory may
 * grow whenever room is reserved, and a view taken before that is worth nothing after it, so every
 * view is taken where it is used and none is kept. src/bindings/wasm_exports.h is the other side.
 */
import { SottoError, statusCode } from './errors.js';

const ABI = 1;
const NONE = 0xffffffff;
const SCRATCH = 15;
const SCRATCH_SIZE = 16384;
const MAX_CONTEXT_ITEMS = 256;

/** The file a part of a kind is about; the manifest has the place 0. */
export const FILES = ['manifest', 'model', 'catalogue', 'campaigns'];

/** @typedef {{ kind: number, size: number, sha256: Uint8Array<ArrayBuffer> }} Part */
/** @typedef {{ kind: number, item: number, points: number }} PickReason */
/** @typedef {{ item: number, score: number, strategy: number, reasons: PickReason[] }} Pick */
/** @typedef {ReturnType<typeof openRuntime>} Core */

/**
 * Compiles while it arrives; a server that does not know the type of wasm files costs a moment, no
 * more.
 *
 * @param {Response} response
 */
export async function instantiate(response) {
  try {
    const { instance } = response.headers.get('content-type') === 'application/wasm'
      ? await WebAssembly.instantiateStreaming(response)
      : await WebAssembly.instantiate(await response.arrayBuffer());
    return instance;
  } catch (error) {
    throw new SottoError('wasm', 'sotto.wasm', -1, String(error));
  }
}

/** @param {WebAssembly.Instance} instance */
export function openRuntime(instance) {
  const core = /** @type {Record<string, (...numbers: number[]) => number>} */ (instance.exports);
  const memory = /** @type {WebAssembly.Memory} */ (instance.exports.memory);
  core._initialize?.();
  if (!core.sotto_wasm_abi || core.sotto_wasm_abi() !== ABI) {
    throw new SottoError('wrong-version', 'sotto.wasm');
  }
  const encoder = new TextEncoder();
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

  const bytesAt = (/** @type {number} */ at, /** @type {number} */ size) =>
    new Uint8Array(memory.buffer, at >>> 0, size);
  const wordsAt = (/** @type {number} */ at, /** @type {number} */ count) =>
    new Uint32Array(memory.buffer, at >>> 0, count);
  const textAt = (/** @type {number} */ at, /** @type {number} */ size) =>
    decoder.decode(bytesAt(at, size));

  /** Copies bytes to a place of the core's and answers where that is. */
  function lend(/** @type {number} */ place, /** @type {Uint8Array} */ bytes) {
    const at = core.sotto_wasm_reserve(place, Math.max(bytes.length, 8));
    if (at === 0) throw new SottoError('no-room', FILES[place]);
    bytesAt(at, bytes.length).set(bytes);
    return at;
  }

  function check(/** @type {number} */ status, /** @type {string} */ file) {
    if (status === 0) return;
    throw new SottoError(statusCode(status), file, core.sotto_wasm_fault_offset() >>> 0);
  }

  const scratch = core.sotto_wasm_reserve(SCRATCH, SCRATCH_SIZE);

  /** Puts a text into the scratch memory and answers its size in bytes. */
  function say(/** @type {string} */ text) {
    const bytes = encoder.encode(text);
    if (bytes.length > SCRATCH_SIZE / 4) throw new SottoError('invalid', '', -1, 'too long');
    bytesAt(scratch, bytes.length).set(bytes);
    return bytes.length;
  }

  /** Puts item indexes behind the text in the scratch memory and answers where. */
  function list(/** @type {number} */ slot, /** @type {number[]} */ items) {
    const at = scratch + SCRATCH_SIZE / 4 * slot;
    wordsAt(at, items.length).set(items);
    return at;
  }

  const seconds = (/** @type {ArrayLike<number>} */ words, /** @type {number} */ i) =>
    words[i] + words[i + 1] * 2 ** 32;

  return {
    /** Opens a manifest. Throws a SottoError if it does not open. */
    openManifest(/** @type {Uint8Array} */ bytes) {
      const start = lend(0, bytes);
      check(core.sotto_wasm_open_manifest(bytes.length), 'manifest.sotto');
      const head = core.sotto_wasm_manifest();
      const words = wordsAt(head, 15).slice();
      /** @type {Part[]} */
      const parts = [];
      for (let i = 0; i < words[0]; i++) {
        const [kind, size, at] = wordsAt(head + 4 * (15 + 3 * i), 3);
        parts.push({ kind, size, sha256: bytesAt(at, 32).slice() });
      }
      return {
        parts,
        sequence: join(words[1], words[2]),
        expires_s: seconds(words, 5),
        shop: join(words[7], words[8]),
        signed: bytesAt(start, words[11]).slice(),
        signature: words[12] ? bytesAt(words[12], 64).slice() : null,
      };
    },

    /** Opens a part and makes it the bundle's part of its kind. */
    openPart(/** @type {number} */ kind, /** @type {Uint8Array} */ bytes) {
      lend(kind, bytes);
      check(core.sotto_wasm_open(kind, bytes.length), FILES[kind]);
    },

    /** The hash by which items, categories and brands are remembered. */
    hash(/** @type {string} */ text) {
      const [lo, hi] = wordsAt(core.sotto_wasm_hash(scratch, say(text)), 2);
      return join(lo, hi);
    },

    /** The index of an item by the shop's id, -1 if the bundle never met it. */
    find: (/** @type {string} */ id) => core.sotto_wasm_item_find(scratch, say(id)) | 0,

    item(/** @type {number} */ index) {
      const [price, listPrice, category, brand, flags,,,, attributeCount] =
        wordsAt(core.sotto_wasm_item(index), 9);
      return {
        price: price === NONE ? null : price,
        listPrice: listPrice === NONE ? null : listPrice,
        category, brand, inStock: (flags & 2) !== 0, attributeCount,
      };
    },

    /** what: 0 title, 1 url, 2 image, 3 id; 16, 17, 18 the templates of the first three */
    itemText(/** @type {number} */ what, /** @type {number} */ index) {
      const [at, size] = wordsAt(core.sotto_wasm_item_text(what, index), 2);
      return textAt(at, size);
    },

    itemAttribute(/** @type {number} */ index, /** @type {number} */ number) {
      const [name, nameSize, value, valueSize] =
        wordsAt(core.sotto_wasm_item_attribute(index, number), 4);
      return [textAt(name, nameSize), textAt(value, valueSize)];
    },

    /** The names of categories (list 0) and brands (list 1); '' for none. */
    name(/** @type {number} */ list, /** @type {number} */ index) {
      if (index === NONE) return '';
      const [at, size] = wordsAt(core.sotto_wasm_name(list, index), 3);
      return textAt(at, size);
    },

    site() {
      const words = wordsAt(core.sotto_wasm_site(), 13);
      const text = (/** @type {number} */ i) => textAt(words[2 * i], words[2 * i + 1]);
      return {
        shop: text(0), currency: text(2), locale: text(3),
        decimals: words[8], retention_s: words[11], halfLife_s: words[12],
      };
    },

    /** The slots' names and headings. */
    slots() {
      /** @type {Map<string, string>} */
      const headings = new Map();
      const count = wordsAt(core.sotto_wasm_slot(NONE), 1)[0];
      for (let i = 0; i < count; i++) {
        const [name, nameSize, heading, headingSize] = wordsAt(core.sotto_wasm_slot(i), 4);
        headings.set(textAt(name, nameSize), textAt(heading, headingSize));
      }
      return headings;
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
      check(core.sotto_wasm_decide(scratch, say(slot), list(1, page), page.length,
        list(2, cart ?? []), cart ? cart.length : NONE, now_s), slot);
      const answer = core.sotto_wasm_answer();
      const count = wordsAt(answer, 1)[0];
      /** @type {Pick[]} */
      const picks = [];
      for (let i = 0; i < count; i++) {
        const words = wordsAt(answer + 4 + 80 * i, 20);
        const reasons = [];
        for (let r = 0; r < words[3]; r++) {
          const [kind, item, points] = words.subarray(4 + 3 * r);
          reasons.push({ kind, item, points });
        }
        picks.push({ item: words[0], score: words[1], strategy: words[2], reasons });
      }
      return picks;
    },

    /**
     * Takes a saved block. Answers whether there is a profile now: not if the block does not open,
     * or last took in an event before `oldest_s`.
     *
     * @param {Uint8Array} block
     * @param {number} oldest_s
     */
    profileOpen(block, oldest_s) {
      const at = core.sotto_wasm_profile();
      if (block.length === PROFILE_SIZE) {
        bytesAt(at, PROFILE_SIZE).set(block);
        const status = core.sotto_wasm_profile_open(PROFILE_SIZE);
        if (status === 0 && wordsAt(at, 8)[UPDATED] >= oldest_s) return true;
      }
      core.sotto_wasm_profile_drop();
      return false;
    },

    /** For the files that ask the core more than a decision needs. */
    raw: { core, bytesAt, wordsAt, list, join },
  };
}

const PROFILE_SIZE = 7744;
/** Where a profile keeps when it last took in an event: docs/FORMAT.md section 7, in words. */
const UPDATED = 28 / 4;

/** @param {number} lo @param {number} hi */
const join = (lo, hi) => BigInt(hi) << 32n | BigInt(lo);
