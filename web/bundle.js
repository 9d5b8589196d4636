/**
 * bundle.js - from the manifest to an open bundle
 *
 * The manifest says which files belong together; each is named by its own content, so it is taken
 * from the browser's cache for as long as that has it. Nothing is believed before it is checked:
 *
 *     manifest   size, form, signature, shop, sequence, expiry
 *     parts      size while reading, SHA-256, then the core's own checks on opening
 *
 * A first attempt that fails is followed by one more. If the network is away, that is made from the
 * cache alone; otherwise past the cache, in case it holds an old manifest or half a part.
 */
import { SottoError } from './errors.js';
import { fetchBytes } from './fetch.js';
import { FILES } from './runtime.js';
import { pause } from './pause.js';
import { faultOfSignature } from './signature.js';

/** @typedef {import('./runtime.js').Core} Core */
/**
 * @typedef {object} Expected
 * @property {URL} base
 * @property {string} [key]
 * @property {string} [shop]
 * @property {bigint} floor the highest sequence this device remembers
 * @property {number} now_s
 * @property {(core: Core) => void} settled hears that the core has the campaigns, and so the site's
 *   settings; again if they had to be fetched again
 */

const [MANIFEST] = FILES;
/** The last kind that the first decision needs; opened when it is there. */
const CAMPAIGNS = 3;
/** Kinds from this one on the first decision does without: later/later.js fetches the ranker. */
const RANKER = 4;
const MANIFEST_MAX_SIZE = 16384;
const SEQUENCE_OFFSET = 16;
const EXPIRES_OFFSET = 32;
const SHOP_OFFSET = 40;
/** A device's clock may be wrong by this much before a bundle counts as expired. */
const CLOCK_SKEW_S = 86400;

/**
 * The manifest's bytes, asked for before there is a core to read them.
 *
 * @param {URL} base
 * @param {RequestCache} [cache]
 */
export const fetchManifest = (base, cache) =>
  fetchBytes(new URL(MANIFEST, base), MANIFEST_MAX_SIZE, cache);

/**
 * Opens the bundle in the core; answers what the manifest says. Throws a SottoError.
 *
 * @param {Core} core
 * @param {Promise<Uint8Array>} manifest
 * @param {Expected} expected
 */
export async function openBundle(core, manifest, expected) {
  try {
    return await openOnce(core, await manifest, expected, 'force-cache');
  } catch (error) {
    const { code } = /** @type {SottoError} */ (error);
    const cache = code === 'network' ? 'force-cache' : 'reload';
    return openOnce(core, await fetchManifest(expected.base, cache), expected, cache);
  }
}

/**
 * @param {Core} core
 * @param {Uint8Array} bytes the manifest's
 * @param {Expected} expected
 * @param {RequestCache} cache
 */
async function openOnce(core, bytes, expected, cache) {
  const manifest = core.openManifest(bytes);
  if (expected.key) {
    const fault = await faultOfSignature(expected.key, manifest.signed, manifest.signature);
    if (fault) throw new SottoError('signature', MANIFEST, manifest.signed.length, fault);
  }
  if (expected.shop && core.hash(expected.shop) !== manifest.shop) {
    throw new SottoError('mismatch', MANIFEST, SHOP_OFFSET);
  }
  if (manifest.sequence < expected.floor) {
    throw new SottoError('rollback', MANIFEST, SEQUENCE_OFFSET);
  }
  if (manifest.expires_s && manifest.expires_s + CLOCK_SKEW_S < expected.now_s) {
    throw new SottoError('expired', MANIFEST, EXPIRES_OFFSET);
  }
  const known = manifest.parts.filter((part) => part.kind < RANKER);
  const parts = await Promise.all(known.map(async (part) => {
    const bytes = await fetchPart(expected.base, part, cache);
    if (part.kind !== CAMPAIGNS) return bytes;
    core.openPart(CAMPAIGNS, bytes);
    expected.settled(core);
  }));
  for (let i = 0; parts[i]; i++) {
    core.openPart(known[i].kind, /** @type {Uint8Array} */ (parts[i]));
    await pause();
  }
  return manifest;
}

/**
 * The bytes of a part, which are those that the manifest promises. Throws a SottoError.
 *
 * @param {URL} base
 * @param {import('./runtime.js').Part} part
 * @param {RequestCache} cache
 */
export async function fetchPart(base, { kind, size, hex, sha256 }, cache) {
  const file = `${FILES[kind]}.${hex}.sotto`;
  const bytes = await fetchBytes(new URL(file, base), size, cache);
  if (bytes.length < size) {
    throw new SottoError('truncated', file, bytes.length);
  }
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  if (String(digest) !== String(sha256)) {
    throw new SottoError('damaged', file);
  }
  return bytes;
}
