/**
 * xxhash64.mjs - XXH64, step by step as in the xxHash specification 0.1.1
 *
 * Four lanes of 64 bits eat 32 bytes a round; then the lanes are merged, the rest is eaten in
 * pieces of 8, 4 and 1, and the result is mixed. BigInt keeps it readable, and about a thousand
 * times too slow.
 */

const P1 = 0x9e3779b185ebca87n;
const P2 = 0xc2b2ae3d27d4eb4fn;
const P3 = 0x165667b19e3779f9n;
const P4 = 0x85ebca77c2b2ae63n;
const P5 = 0x27d4eb2f165667c5n;

const u64 = (value) => BigInt.asUintN(64, value);
const rotate = (value, by) => u64(value << by) | (value >> (64n - by));
const round = (lane, input) => u64(rotate(u64(lane + u64(input * P2)), 31n) * P1);
const merge = (acc, lane) => u64((acc ^ round(0n, lane)) * P1 + P4);

/** XXH64 of bytes, as a BigInt. */
export function xxhash64(bytes, seed = 0n) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let at = 0;
  let acc = u64(seed + P5);
  if (bytes.length >= 32) {
    const lanes = [u64(seed + P1 + P2), u64(seed + P2), u64(seed), u64(seed - P1)];
    for (; at + 32 <= bytes.length; at += 32) {
      for (let lane = 0; lane < 4; lane++) {
        lanes[lane] = round(lanes[lane], view.getBigUint64(at + 8 * lane, true));
      }
    }
    acc = u64(
      rotate(lanes[0], 1n) + rotate(lanes[1], 7n) + rotate(lanes[2], 12n) + rotate(lanes[3], 18n),
    );
    for (const lane of lanes) acc = merge(acc, lane);
  }
  acc = u64(acc + BigInt(bytes.length));
  for (; at + 8 <= bytes.length; at += 8) {
    acc = u64(rotate(acc ^ round(0n, view.getBigUint64(at, true)), 27n) * P1 + P4);
  }
  for (; at + 4 <= bytes.length; at += 4) {
    acc = u64(rotate(acc ^ u64(BigInt(view.getUint32(at, true)) * P1), 23n) * P2 + P3);
  }
  for (; at < bytes.length; at++) {
    acc = u64(rotate(acc ^ u64(BigInt(bytes[at]) * P5), 11n) * P1);
  }
  acc = u64((acc ^ (acc >> 33n)) * P2);
  acc = u64((acc ^ (acc >> 29n)) * P3);
  return acc ^ (acc >> 32n);
}

/** hash(x) of FORMAT.md for a string or bytes. */
export function hash(x) {
  return xxhash64(typeof x === 'string' ? new TextEncoder().encode(x) : x);
}

/** check(x) of FORMAT.md: the low 32 bits of the hash. */
export function check(bytes) {
  return Number(hash(bytes) & 0xffffffffn);
}
