/**
 * whole.js - the core with every call it has
 *
 * What a page needs is in runtime.js and later/runtime.js, and the module for pages has no more.
 * This adds the calls of the other module, sotto-wasi.wasm: reading the profile back, forgetting,
 * ranking by itself.
 */
import { laterRuntime } from './later/runtime.js';
import { openRuntime } from './runtime.js';

const RANKER = 4;

/** @param {WebAssembly.Instance} instance of sotto-wasi.wasm */
export function wholeRuntime(instance) {
  // What WASI asks of whoever loads a module of this kind; those of a page have nothing to begin.
  /** @type {any} */ (instance.exports)._initialize?.();
  const runtime = openRuntime(instance);
  const { wordsAt, list } = runtime.raw;
  const core = /** @type {Record<string, (...numbers: number[]) => number>} */ (instance.exports);
  const later = /** @type {import('./later/runtime.js').LaterCore} */ (
    laterRuntime(runtime, instance));

  return {
    ...later,

    /** Opens a part of any kind. Throws a SottoError. */
    openPart: (/** @type {number} */ kind, /** @type {Uint8Array} */ bytes) =>
      (kind === RANKER ? later.openRanker(bytes) : runtime.openPart(kind, bytes)),

    /**
     * A row of the profile: what is 0 summary, 1 events, 2 cart, 3 purchases, 4 categories, 5
     * brands. null past the end; else the words of wasm_later.h, the first two joined.
     *
     * @param {number} what
     * @param {number} number
     * @param {number} now_s
     */
    profileRead(what, number, now_s) {
      const at = core.sotto_wasm_profile_read(what, number, now_s);
      if (at === 0) return null;
      const [lo, hi, ...words] = wordsAt(at, what ? 5 : 12);
      return { hash: BigInt(hi) << 32n | BigInt(lo), words };
    },

    /** Forgets an item by its hash; answers how many entries went. */
    forget: (/** @type {bigint} */ item) => core.sotto_wasm_profile_forget_item(
      Number(item & 0xffffffffn), Number(item >> 32n)),

    itemCount: () => core.sotto_wasm_item_count() >>> 0,
    slotCount: () => core.sotto_wasm_slot_count(),

    /** The next items after a session of item indexes, the latest first. */
    rankNext(/** @type {number[]} */ session, /** @type {number} */ count) {
      const at = core.sotto_wasm_rank_next(list(1, session), session.length, count);
      return [...wordsAt(at + 4, wordsAt(at, 1)[0])];
    },
  };
}
