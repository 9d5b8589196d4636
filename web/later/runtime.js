/**
 * runtime.js - what a page asks of the core beyond decisions
 *
 * Its calls are in a module of their own, which works in the memory of the first: there is one
 * bundle and one profile. src/bindings/wasm_later.h is the other side.
 */
import { forgetIn, seedOf } from './block.js';

const PROFILE_SIZE = 7744;
/** The profile and the shelf behind it. */
const BLOCK_SIZE = PROFILE_SIZE + 2336;
const RANKER = 4;
/** Where a profile keeps how many events it ever took in: docs/FORMAT.md section 7. */
const EVENT_TOTAL = 40;
/** When to buy something again is a matter of days: after this time it is asked anew. */
const HOLDS_S = 3600;

/** @typedef {NonNullable<ReturnType<typeof laterRuntime>>} LaterCore */

/**
 * Null if the two modules were not built together.
 *
 * @param {import('../runtime.js').Core} runtime
 * @param {WebAssembly.Instance} instance of sotto-later.wasm, or of one that has all calls
 */
export function laterRuntime(runtime, instance) {
  const { state, bytesAt, wordsAt } = runtime.raw;
  const core = /** @type {Record<string, (...numbers: number[]) => number>} */ (instance.exports);
  const low = (/** @type {bigint} */ hash) => Number(hash & 0xffffffffn);
  const high = (/** @type {bigint} */ hash) => Number(hash >> 32n);

  /** The profile where the core has it: good until the core is called again. */
  const place = () => bytesAt(state, PROFILE_SIZE);

  if (!core.sotto_wasm_attach(state)) return null;
  return {
    ...runtime,

    /** An empty profile in place of whatever was there. */
    profileInit: (/** @type {bigint} */ seed, /** @type {number} */ now_s) => {
      core.sotto_wasm_profile_init(low(seed), high(seed), now_s);
    },

    /** Decisions go on without a profile. */
    profileDrop: () => {
      core.sotto_wasm_profile_drop();
    },

    /** The block, as docs/FORMAT.md section 7 has it. */
    profileBlock() {
      core.sotto_wasm_profile_seal();
      return place().slice();
    },

    /** The block as it is saved: the profile and, if there is one, the shelf. */
    savedBlock() {
      core.sotto_wasm_profile_seal();
      const shelved = wordsAt(state + PROFILE_SIZE, 1)[0] !== 0;
      return bytesAt(state, shelved ? BLOCK_SIZE : PROFILE_SIZE).slice();
    },

    /** Opens the ranker that belongs to the bundle. Throws a SottoError. */
    openRanker: (/** @type {Uint8Array} */ bytes) => runtime.openPart(RANKER, bytes,
      (place, size, at) => core.sotto_wasm_ranker_open(at, size)),

    /**
     * Ranks, and leaves the result on the shelf, where decisions find it. False if there is nobody to
     * rank for, nothing to rank with, or what is there still holds.
     *
     * @param {bigint} sequence of the manifest
     * @param {number} now_s
     */
    shelve(sequence, now_s) {
      const [eventTotal] = wordsAt(state + EVENT_TOTAL, 1);
      const [magic,, lo, hi, madeFor, made_s] = wordsAt(state + PROFILE_SIZE, 6);
      if (eventTotal === 0) return false;
      const holds = magic !== 0 && madeFor === eventTotal && lo === low(sequence)
        && hi === high(sequence) && Math.abs(now_s - made_s) < HOLDS_S;
      return !holds && core.sotto_wasm_shelve(low(sequence), high(sequence), now_s) === 0;
    },

    /** The seed tells one profile from the next. */
    profileSeed: () => seedOf(place()),

    /**
     * Folds an event in.
     *
     * @param {number} kind
     * @param {bigint} item the hash of what it is about, 0 for nothing
     * @param {number} quantity
     * @param {number} now_s
     */
    track: (kind, item, quantity, now_s) =>
      core.sotto_wasm_track(kind, low(item), high(item), quantity, now_s) === 0,

    /** Takes an item out of the profile. */
    forgetItem(/** @type {bigint} */ item) {
      forgetIn(place(), item);
      core.sotto_wasm_shelf_clear();
      core.sotto_wasm_profile_seal();
    },

    /** The index of an item by its hash, -1 if the bundle never met it. */
    findHash: (/** @type {bigint} */ hash) =>
      core.sotto_wasm_item_find_hash(low(hash), high(hash)) | 0,

    /** How many categories (0) or brands (1) there are. */
    nameCount: (/** @type {number} */ names) => core.sotto_wasm_name_count(names),
  };
}
