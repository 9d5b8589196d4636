/**
 * fetch.js - the only file that asks the network for anything of the bundle
 *
 * What is asked for follows from the bundle's folder and its manifest, never from the profile: the
 * addresses, their order and their moment are the same for every shopper. So it is with the pictures
 * that campaigns name, which campaigns/pictures.js fetches. tests/web/silence.test.mjs reads the other
 * files to make sure that none of them can make a request, but for the form that a shopper sends
 * (blocks/hand-off.js).
 */
import { SottoError } from './errors.js';

/**
 * @param {URL} url
 * @param {RequestCache} [cache]
 */
export async function fetchFile(url, cache) {
  const file = url.pathname.replace(/.*\//, '');
  const response = await fetch(url, { cache }).catch(() => {
    throw new SottoError('network', file);
  });
  if (!response.ok) throw new SottoError('missing', file, -1, String(response.status));
  return response;
}

/**
 * Reads a file, but never more than `limit` bytes: whoever serves it does not decide how much
 * memory the shopper's device spends on it.
 *
 * @param {URL} url
 * @param {number} limit
 * @param {RequestCache} [cache]
 */
export async function fetchBytes(url, limit, cache) {
  const file = url.pathname.replace(/.*\//, '');
  const { body } = await fetchFile(url, cache);
  const reader = /** @type {ReadableStream<Uint8Array>} */ (body).getReader();
  const bytes = new Uint8Array(limit);
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read().catch(() => {
      throw new SottoError('network', file, size);
    });
    if (done) return bytes.subarray(0, size);
    if (size + value.length > limit) {
      reader.cancel().catch(() => {});
      throw new SottoError('oversized', file, limit);
    }
    bytes.set(value, size);
    size += value.length;
  }
}
