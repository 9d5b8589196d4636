/**
 * runtime.js - what a page asks of the core beyond decisions
 *
 * Its calls are in a module of their own, which works in the memory of the first: there is one
 * bundle and one profile. src/bindings/wasm_later.h is the other side.
 */
import { forgetIn, seedOf } from './block.js';

const PROFILE_SIZE = 7744;

/** @typedef {NonNullable<ReturnType<typeof laterRuntime>>} LaterCore */

/**
 * Null if the two modules were not built together.
 *
 * @param {import('../runtime.js').Core} runtime
 * @param {WebAssembly.Instance} instance of sotto-later.wasm, or of one that has all calls
 */
export function laterRuntime(runtime, instance) {
  const { state, bytesAt } = runtime.raw;
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

    /** The block as it may be saved. */
    profileBlock() {
      core.sotto_wasm_profile_seal();
      return place().slice();
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
      core.sotto_wasm_profile_seal();
    },

    /** The index of an item by its hash, -1 if the bundle never met it. */
    findHash: (/** @type {bigint} */ hash) =>
      core.sotto_wasm_item_find_hash(low(hash), high(hash)) | 0,

    /** How many categories (0) or brands (1) there are. */
    nameCount: (/** @type {number} */ names) => core.sotto_wasm_name_count(names),
  };
}
