/**
 * open.js - from a folder to a core with the shop's bundle in it
 *
 * The core and the manifest are asked for at once. Either may fail without the other: a core
 * without a bundle still keeps the profile, so that a night of broken publishing costs the shopper
 * nothing.
 */
import { fetchManifest, openBundle } from './bundle.js';
import { SottoError } from './errors.js';
import { fetchBytes } from './fetch.js';
import { openRuntime } from './runtime.js';

/** Ten times the page's module, twice the one that is loaded later. */
const MODULE_MAX_SIZE = 196608;

/**
 * The modules are small: to compile them while they arrive would not be quicker, and would need a
 * server that knows their type.
 *
 * @param {URL} base
 * @param {string} file
 * @param {WebAssembly.Imports} [imports]
 */
export async function loadModule(base, file, imports) {
  const bytes = await fetchBytes(new URL(file, base), MODULE_MAX_SIZE);
  try {
    return (await WebAssembly.instantiate(bytes, imports)).instance;
  } catch (error) {
    throw new SottoError('wasm', file, -1, String(error));
  }
}

/**
 * @param {import('./bundle.js').Expected} expected
 * @param {(error: unknown) => void} report told once of what went wrong
 * @returns {Promise<{
 *   core: import('./runtime.js').Core | null, manifest: import('./runtime.js').Manifest | null,
 * }>} the manifest is that of the open bundle, null if there is none
 */
export async function openCore(expected, report) {
  const manifest = fetchManifest(expected.base);
  manifest.catch(() => {});
  let core = null;
  try {
    core = openRuntime(await loadModule(expected.base, 'sotto.wasm'));
    return { core, manifest: await openBundle(core, manifest, expected) };
  } catch (error) {
    report(error);
    return { core, manifest: null };
  }
}
