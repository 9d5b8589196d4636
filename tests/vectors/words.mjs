/**
 * words.mjs - a line of a vector file to words and back
 *
 * Words are separated by single spaces. A word of anything but letters, digits and . _ ~ + : / # -
 * is written in double quotes, in which control characters, " and \ are written \xHH.
 */

const BARE = /^[A-Za-z0-9._~+:/#-]+$/;

export function wordsOf(line) {
  const words = [];
  let rest = line;
  while (rest !== '') {
    const found = /^(?:"([^"]*)"|([^ "]+))(?: |$)/.exec(rest);
    if (!found) throw new Error(`not words: ${rest}`);
    words.push(found[1] === undefined ? found[2] : found[1].replace(/\\x(..)/g, unescape));
    rest = rest.slice(found[0].length);
  }
  return words;
}

function unescape(_, digits) {
  return String.fromCharCode(parseInt(digits, 16));
}

export function lineOf(words) {
  return words.map(String).map(wordOf).join(' ');
}

function wordOf(text) {
  if (BARE.test(text)) return text;
  const escaped = text.replace(
    /[\x00-\x1f"\\\x7f]/g,
    (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
  return `"${escaped}"`;
}
