/**
 * brotli.mjs - how many bytes a file costs on the wire: `brotli -q 11`, as static hosts send it
 */
import { brotliCompressSync, constants } from 'node:zlib';

export function brotliSize(bytes) {
  return brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_LGWIN]: 22,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  }).length;
}
