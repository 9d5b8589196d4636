/**
 * mutations.mjs - the ways a file is spoiled, for the refusal vectors
 *
 *     cut N             only the first N bytes
 *     flip BYTE BIT     one bit turned over
 *     longer N          N zero bytes more
 *     version N         another version in bytes 4 and 5
 */

export function spoil(bytes, [kind, ...numbers]) {
  const [a, b] = numbers.map(Number);
  if (kind === 'cut') return bytes.subarray(0, a);
  const copy = new Uint8Array(bytes.length + (kind === 'longer' ? a : 0));
  copy.set(bytes);
  if (kind === 'flip') copy[a] ^= 1 << b;
  if (kind === 'version') {
    copy[4] = a & 0xff;
    copy[5] = a >> 8;
  }
  return copy;
}

/**
 * Every cut, every byte (every bit in a file of up to 1,024 bytes), a few longer, a few versions.
 */
export function* everyMutation(size) {
  for (let n = 0; n < size; n++) yield ['cut', n];
  for (let byte = 0; byte < size; byte++) {
    if (size > 1024) yield ['flip', byte, byte % 8];
    else for (let bit = 0; bit < 8; bit++) yield ['flip', byte, bit];
  }
  for (const n of [1, 4, 1000]) yield ['longer', n];
  for (const n of [0, 2, 255, 65535]) yield ['version', n];
}
