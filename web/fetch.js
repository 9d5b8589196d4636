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
 * Reads a file, but never more than `limit` bytes: whoever serves it does not decide how much
 * memory the shopper's device spends on it.
 *
 * @param {URL} url
 * @param {number} limit
 * @param {RequestCache} [cache]
 */
export async function fetchBytes(url, limit, cache) {
  const file = url.pathname.replace(/.*\//, '');
  const bytes = new Uint8Array(limit);
  let size = 0;
  const away = () => {
    throw new SottoError('network', file, size);
  };
  const { ok, status, body } = await fetch(url, { cache }).catch(away);
  if (!ok) throw new SottoError('missing', file, -1, String(status));
  const reader = /** @type {ReadableStream<Uint8Array>} */ (body).getReader();
  for (;;) {
    const { done, value } = await reader.read().catch(away);
    if (done) return bytes.subarray(0, size);
    if (size + value.length > limit) {
      reader.cancel().catch(() => {});
      throw new SottoError('oversized', file, limit);
    }
    bytes.set(value, size);
    size += value.length;
  }
}
