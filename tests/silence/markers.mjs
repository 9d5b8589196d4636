/**
 * markers.mjs - is anything of a profile in what left the browser, in any disguise?
 *
 * The search works from both ends. What left is unwrapped: percent signs, base64 at each of its four
 * alignments, hexadecimal, gzip, deflate and brotli, and once more what was found inside. What must not
 * be there is written in the ways that numbers and texts are: bytes in both orders, digits in
 * base 10, 16 and 36, dates; and as MD5, SHA-1, SHA-256, XXH64 and CRC-32 of each of those.
 *
 * Eight bytes of any of them are enough to be found, so half a hash is found as well. Chance finds eight
 * random bytes once in 10^19 places. What holds less (a quantity, a count) is too short to be looked
 * for by itself; it is covered by comparing two shoppers' traffic, and by the whole entries, which are
 * looked for.
 */
import { createHash } from 'node:crypto';
import * as zlib from 'node:zlib';

import { hash as xxh64 } from '../reference/xxhash64.mjs';

/** Shorter ones would be found by chance. */
const LEAST = 8;
const DEEPEST = 2;

const latin = (bytes) => Buffer.from(bytes).toString('latin1');
const reversed = (bytes) => Buffer.from(bytes).reverse();
const littleEndian = (word) => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt.asUintN(64, word));
  return bytes;
};
const digits = (word) => [10, 16, 36].map((base) => BigInt.asUintN(64, word).toString(base))
  .concat(BigInt.asIntN(64, word).toString(), word.toString(16).padStart(16, '0'));

/** CRC-32 by its polynomial, where this Node has none of its own. */
const crcOf = zlib.crc32 ?? ((bytes) => {
  let crc = ~0;
  for (const byte of Buffer.from(bytes)) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
});

/** What a profile must not be found as. @returns {Map<string, { needle: string, what: string }[]>} */
export function needlesOf({ seed, texts, keys, entries, times, blocks }) {
  const found = new Map();
  const add = (what, needle) => {
    if (needle.length < LEAST) return;
    const start = needle.slice(0, LEAST);
    if (!found.has(start)) found.set(start, []);
    found.get(start).push({ needle, what });
  };
  const addDigests = (what, input) => {
    for (const kind of ['md5', 'sha1', 'sha256']) {
      add(`${kind} of ${what}`, latin(createHash(kind).update(input).digest().subarray(0, LEAST)));
    }
    addWord(`xxh64 of ${what}`, xxh64(Buffer.from(input)));
  };
  const addWord = (what, word) => {
    add(what, latin(littleEndian(word)));
    add(`${what}, bytes reversed`, latin(reversed(littleEndian(word))));
    for (const text of digits(word)) add(`${what}, in digits`, text);
  };
  const addCrc = (what, input) => {
    const crc = crcOf(input);
    for (const text of [String(crc), crc.toString(16).padStart(8, '0')]) add(`crc32 of ${what}`, text);
  };

  for (const text of texts) {
    add('a product', text.toLowerCase());
    add('a product, backwards', [...text.toLowerCase()].reverse().join(''));
    addDigests('a product', text);
    addCrc('a product', text);
  }
  for (const [what, word] of [['the seed', seed], ...keys.map((key) => ['a hashed id', key])]) {
    addWord(what, word);
    addDigests(what, littleEndian(word));
    addDigests(`${what}, in hexadecimal`, word.toString(16).padStart(16, '0'));
    addDigests(`${what}, in decimal`, word.toString());
  }
  for (const entry of entries) {
    add('an entry', latin(entry));
    add('an entry, bytes reversed', latin(reversed(entry)));
    add('md5 of an entry', latin(createHash('md5').update(entry).digest().subarray(0, LEAST)));
    add('sha256 of an entry', latin(createHash('sha256').update(entry).digest().subarray(0, LEAST)));
  }
  for (const time_s of times) {
    add('a time', String(time_s));
    add('a time', new Date(time_s * 1000).toISOString().slice(0, 19).toLowerCase());
  }
  for (const [what, bytes] of blocks) {
    for (const part of [bytes, bytes.subarray(16)]) {
      addDigests(what, part);
      addCrc(what, part);
    }
  }
  addCrc('the seed', littleEndian(seed));
  return found;
}

/** Everything that some bytes may be read as. @returns {Set<string>} in Latin-1 */
export function readings(bytes) {
  const all = new Set();
  let layer = new Set([latin(bytes)]);
  for (let depth = 0; depth <= DEEPEST; depth++) {
    const next = new Set();
    for (const text of layer) {
      if (all.has(text)) continue;
      all.add(text);
      for (const inner of unwrap(text)) if (inner.length >= LEAST) next.add(inner);
    }
    layer = next;
  }
  for (const text of [...all]) all.add(text.toLowerCase());
  return all;
}

function* unwrap(text) {
  const bytes = Buffer.from(text, 'latin1');
  for (const way of ['gunzipSync', 'inflateSync', 'inflateRawSync', 'brotliDecompressSync']) {
    try {
      yield latin(zlib[way](bytes));
    } catch {
      // It is not that.
    }
  }
  if (/%[0-9a-f]{2}/i.test(text)) {
    yield text.replace(/%([0-9a-f]{2})/gi, (_, two) => String.fromCharCode(parseInt(two, 16)));
  }
  for (const [run] of text.matchAll(/[0-9a-f]{16,}/gi)) {
    for (const from of [0, 1]) yield latin(Buffer.from(run.slice(from), 'hex'));
  }
  for (const alphabet of [/[A-Za-z0-9+/]{11,}/g, /[A-Za-z0-9_-]{11,}/g]) {
    for (const [run] of text.matchAll(alphabet)) {
      for (const from of [0, 1, 2, 3]) yield latin(Buffer.from(run.slice(from), 'base64'));
    }
  }
}

/**
 * What of a profile is in what left the browser.
 *
 * @param {ReturnType<typeof needlesOf>} needles
 * @param {Iterable<Buffer | string>} left
 * @returns {string[]}
 */
export function search(needles, left) {
  const seen = new Set();
  const found = new Set();
  for (const bytes of left) {
    for (const text of readingsOnce(bytes)) {
      if (seen.has(text)) continue;
      seen.add(text);
      for (let i = 0; i + LEAST <= text.length; i++) {
        for (const { needle, what } of needles.get(text.slice(i, i + LEAST)) ?? []) {
          if (text.startsWith(needle, i)) found.add(`${what} in ${JSON.stringify(text.slice(0, 200))}`);
        }
      }
    }
  }
  return [...found];
}

/** Shoppers ask for the same again and again. */
const remembered = new Map();

function readingsOnce(bytes) {
  const key = latin(bytes);
  if (!remembered.has(key)) {
    if (remembered.size > 20000) remembered.clear();
    remembered.set(key, readings(Buffer.from(key, 'latin1')));
  }
  return remembered.get(key);
}
