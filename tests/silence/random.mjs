/**
 * random.mjs - chance that can be had again: SplitMix64 from a number
 */

const MASK = (1n << 64n) - 1n;

/** @param {number | bigint} seed */
export function randomFrom(seed) {
  let state = BigInt(seed) & MASK;
  const u64 = () => {
    state = (state + 0x9e3779b97f4a7c15n) & MASK;
    let word = state;
    word = ((word ^ (word >> 30n)) * 0xbf58476d1ce4e5b9n) & MASK;
    word = ((word ^ (word >> 27n)) * 0x94d049bb133111ebn) & MASK;
    return word ^ (word >> 31n);
  };
  /** A whole number from 0 to `below` - 1. */
  const below = (limit) => Number(u64() % BigInt(limit));
  return {
    u64,
    below,
    /** A whole number from `least` to `most`. */
    between: (least, most) => least + below(most - least + 1),
    pick: (list) => list[below(list.length)],
    chance: (share) => below(1 << 20) < share * (1 << 20),
  };
}
