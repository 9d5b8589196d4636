/**
 * integers.mjs - RANKING.md 8: the arithmetic of the ranker, and 8.1: its three functions
 *
 * Values are numbers as long as they stay below 2^53, and `exactly` sees to it; products that may
 * go beyond are taken in BigInt.
 */

function exactly(value) {
  if (!Number.isSafeInteger(value)) throw new Error(`not exact: ${value}`);
  return value;
}

/** x >> k, rounded down. */
export const shr = (x, k) => Math.floor(exactly(x) / 2 ** k);

/** (a * b) >> k, whatever its size. */
export const mulshr = (a, b, k) => Number((BigInt(a) * BigInt(b)) >> BigInt(k));

/** a / b, rounded towards zero. (Adding 0 makes -0 a 0.) */
export const quotient = (a, b) => Math.trunc(exactly(a) / b) + 0;

export const clamp = (x, most) => Math.max(-most, Math.min(most, x));
export const sumOf = (list) => list.reduce((a, b) => exactly(a + b), 0);
export const dot = (a, b) => sumOf(a.map((x, i) => x * b[i]));

/** log2, rounded down, of 1 or more. */
export const log2 = (v) => v.toString(2).length - 1;

const steps = Array.from({ length: 33 }, (_, i) => i / 32);
const LOG = steps.map((part) => Math.round(65536 * Math.log2(1 + part)));
const EXP = steps.map((part) => Math.round(65536 * 2 ** part));

/** A table between its entries, for a fraction of 16 bits. */
function between(table, fraction) {
  const i = shr(fraction, 11);
  return table[i] + shr((table[i + 1] - table[i]) * (fraction % 2048), 11);
}

/** log2 of 1 to 2^32 - 1, Q16; and the same in Q8. */
export function lg(v) {
  const whole = log2(v);
  return 65536 * whole + between(LOG, shr(v * 65536, whole) % 65536);
}
export const lg8 = (v) => shr(lg(v), 8);

/** e^x for x of 0 and less, Q16. */
export function exp(x) {
  if (x > 0) throw new Error(`exp of ${x}`);
  if (x < -1048576) return 0;
  const y = shr(x * 94548, 16);
  const whole = shr(y, 16);
  return shr(between(EXP, y - 65536 * whole), -whole);
}

function squareRoot(square) {
  let root = BigInt(Math.floor(Math.sqrt(Number(square))));
  while (root * root > square) root -= 1n;
  while ((root + 1n) * (root + 1n) <= square) root += 1n;
  return Number(root);
}

/** A vector of the same direction and the length 1, Q14. */
export function unit(vector) {
  const largest = Math.max(...vector.map(Math.abs));
  const bits = largest === 0 ? 0 : log2(largest) + 1;
  const small = bits > 28 ? vector.map((x) => shr(x, bits - 28)) : vector;
  const length = squareRoot(small.reduce((sum, x) => sum + BigInt(x) * BigInt(x), 0n));
  return small.map((x) => (length === 0 ? 0 : quotient(x * 16384, length)));
}
