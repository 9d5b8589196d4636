/**
 * open.js - from a folder to a core with the shop's bundle in it
 *
 * The core and the manifest are asked for at once. Either may fail without the other: a core
 * without a bundle still keeps the profile, so that a night of broken publishing costs the shopper
 * nothing.
 */
import { fetchManifest, openBundle } from './bundle.js';
import { fetchFile } from './fetch.js';
import { instantiate, openRuntime } from './runtime.js';

/**
 * @param {import('./bundle.js').Expected} expected
 * @param {(error: unknown) => void} report told once of what went wrong
 * @returns {Promise<{ core: import('./runtime.js').Core | null, sequence: bigint | null }>}
 *     the sequence is that of the open bundle, null if there is none
 */
export async function openCore(expected, report) {
  const manifest = fetchManifest(expected.base);
  manifest.catch(() => {});
  let core = null;
  try {
    const response = await fetchFile(new URL('sotto.wasm', expected.base));
    core = openRuntime(await instantiate(response));
    return { core, sequence: await openBundle(core, manifest, expected) };
  } catch (error) {
    report(error);
    return { core, sequence: null };
  }
}
