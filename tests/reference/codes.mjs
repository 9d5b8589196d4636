/**
 * codes.mjs - canonical prefix codes, FORMAT.md 3.4
 *
 * Codes are handed out in order of length, then of symbol, starting from zeros; each next one is
 * the one before plus 1, with zeros appended when the length grows. A code word is kept as a string
 * of '0' and '1', and reading compares strings: nothing could be slower, or plainer.
 */

/** How much of all bit patterns the lengths use up; a code is over-full above 1. */
export function fullness(lengths) {
  return lengths.reduce((sum, length) => sum + (length > 0 ? 2 ** -length : 0), 0);
}

/** The words of a code: symbol to string, for symbols that occur. */
export function wordsOf(lengths) {
  const words = new Map();
  let next = 0;
  for (let length = 1; length <= 12; length++) {
    next *= 2;
    lengths.forEach((one, symbol) => {
      if (one !== length) return;
      words.set(symbol, next.toString(2).padStart(length, '0'));
      next += 1;
    });
  }
  return words;
}

/** A reader of symbols: takes bits, returns the symbol, or -1 for a bit pattern that is no code. */
export function codeReader(lengths) {
  const symbols = new Map([...wordsOf(lengths)].map(([symbol, word]) => [word, symbol]));
  return (bits) => {
    let word = '';
    while (word.length < 12) {
      word += bits.bit();
      if (symbols.has(word)) return symbols.get(word);
    }
    return -1;
  };
}
