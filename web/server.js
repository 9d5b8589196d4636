/**
 * server.js - the same core in Node and on edge servers
 *
 * For a shop that renders on its server and wants the first page filled already, for tests, and for
 * anything that decides away from a page. Nothing is fetched or kept: bytes in, decisions out.
 *
 *     const sotto = await openServer({ model, catalogue, campaigns, ranker });
 *     sotto.decide('product-similar', { items: ['SKU-1'] }, now_s).items
 *
 * In Node the module is read from wasm-out/; elsewhere its bytes, or the compiled module, are
 * given.
 */
import { decisionReader } from './decision.js';
import { readEvent } from './later/events.js';
import { readPictures } from './later/picture-file.js';
import { SottoError } from './errors.js';
import { sentencesFor } from './reasons.js';
import { FILES } from './runtime.js';
import { wholeRuntime } from './whole.js';

/** @typedef {import('./index.js').PageContext} PageContext */
/**
 * @typedef {import('./later/events.js').EventAbout & {
 *   kind: import('./index.js').EventKind, time_s: number,
 * }} ServerEvent
 */

/** What WASI calls answer: the core has no use for a system, so there is none. */
const ENOSYS = 52;

/** The module that `make wasm` leaves, where there is a file system. */
async function ownModule() {
  const { readFile } = await import('node:fs/promises');
  return readFile(new URL('../wasm-out/sotto-wasi.wasm', import.meta.url));
}

/**
 * A core of its own, with every call it has.
 *
 * @param {BufferSource | WebAssembly.Module} [wasm]
 */
export async function openCore(wasm) {
  const source = wasm ?? await ownModule();
  const module = source instanceof WebAssembly.Module ? source : await WebAssembly.compile(source);
  /** @type {Record<string, Record<string, () => number>>} */
  const imports = {};
  for (const wanted of WebAssembly.Module.imports(module)) {
    (imports[wanted.module] ??= {})[wanted.name] = () => ENOSYS;
  }
  return wholeRuntime(await WebAssembly.instantiate(module, imports));
}

/**
 * Opens a bundle. Throws a SottoError, naming the file and the offset, if it does not open.
 *
 * @param {object} options
 * @param {BufferSource | WebAssembly.Module} [options.wasm]
 * @param {Uint8Array} options.model
 * @param {Uint8Array} [options.catalogue]
 * @param {Uint8Array} [options.campaigns]
 * @param {Uint8Array} [options.ranker]
 * @param {Uint8Array} [options.pictures]
 * @param {string} [options.language] of the reasons, BCP 47
 */
export async function openServer({ wasm, language = 'en', pictures, ...parts }) {
  const core = await openCore(wasm);
  for (const kind of [1, 2, 3, 4]) {
    const bytes = /** @type {Record<string, Uint8Array | undefined>} */ (parts)[FILES[kind]];
    if (bytes) core.openPart(kind, bytes);
  }
  const reader = decisionReader(core, await sentencesFor(language));
  const file = pictures && readPictures(pictures);
  if (file === null) throw new SottoError('invalid', 'pictures');

  return {
    core,

    /**
     * The picture inside the bundle that an item has, null if it has none: its type, and its bytes as
     * a view into the part.
     */
    picture: (/** @type {string} */ id) => file?.of(core.find(id)) ?? null,

    /**
     * Answers a slot, for the profile as it is now. Throws a SottoError if there is no such slot.
     *
     * @param {string} slot
     * @param {PageContext} context
     * @param {number} now_s
     */
    decide(slot, context, now_s) {
      core.shelve(0n, now_s);
      return reader.decide(slot, context, now_s);
    },

    profile: {
      /** An empty profile. Before it, and after `drop`, decisions know the page alone. */
      init: (/** @type {bigint} */ seed, /** @type {number} */ now_s) =>
        core.profileInit(seed, now_s),

      /** Takes a saved block; false, and there is none, if it does not open. */
      open: (/** @type {Uint8Array} */ block) => core.profileOpen(block, 0),

      /** Folds an event in; false if there is no such event, or no profile. */
      track(/** @type {ServerEvent} */ { kind, time_s, ...about }) {
        const event = readEvent(kind, about, core.hash, time_s);
        return event !== null && core.track(event.kind, event.item, event.quantity, time_s);
      },

      /** The block, as docs/FORMAT.md section 7 has it. */
      block: () => core.profileBlock(),
      drop: () => core.profileDrop(),
    },
  };
}
