/**
 * plan_words.mjs - FORMAT.md 5c: what expressions need of a plan
 *
 * Strings, keys, segments, and what the record `deci` says of cells and clusters. Strings are kept as
 * "bytes": a JavaScript string of one character for each byte, so that they compare as
 * EXPRESSIONS.md says.
 */
import { Cursor, hex64, must } from './bytes.mjs';
import { readPart } from './part.mjs';

/** A string of one character a byte. */
export const bytesIn = (list) => Array.from(list, (byte) => String.fromCharCode(byte)).join('');
export const bytesOfText = (text) => bytesIn(new TextEncoder().encode(text));

const KNOWN = ['SITE', 'RULE', 'SLOT'];
const DAY = 86400;

/** @param {Uint8Array} campaigns the part */
export function readPlanWords(campaigns) {
  const part = readPart(campaigns, 3, KNOWN);
  return {
    strings: part.has('cstr') ? readStrings(part.open('cstr')) : [''],
    keys: part.has('ckey') ? readKeys(part.open('ckey')) : [],
    ...readRules(part.has('deci') ? part.open('deci') : null),
    segments: part.has('segm') ? readSegments(part.open('segm')) : [],
  };
}

function readStrings(section) {
  const count = section.u32('count');
  section.u32('size');
  section.u32s(Math.ceil(count / 16), 'block_offsets');
  return section.list(count, () => bytesIn(section.take(section.varint('size'), 'string')));
}

function readKeys(section) {
  const count = section.u32('count');
  const hashes = section.u64s(count, 'keys').map(hex64);
  return hashes.map((hash) => ({ hash, kind: section.u8('kind') }));
}

function readSegments(section) {
  return section.list(section.u32('count'), () => ({
    name: section.varint('name'),
    program: section.take(section.varint('size'), 'program').slice(),
  }));
}

function readRules(section) {
  const fields = new Map();
  while (section && section.left > 0) {
    const key = section.u16('key');
    fields.set(key, section.take(section.u16('size'), 'value'));
  }
  const pair = (key, otherwise) => {
    if (!fields.has(key)) return otherwise;
    must(fields.get(key).length === 8, 0, `field ${key}`);
    return new Cursor(fields.get(key)).u32s(2, 'pair');
  };
  const single = (key, otherwise) => {
    if (!fields.has(key)) return otherwise;
    must(fields.get(key).length === 4, 0, `field ${key}`);
    return new Cursor(fields.get(key)).u32('number');
  };
  return {
    recency_s: pair(7, [30 * DAY, 90 * DAY]),
    spent: pair(12, null),
    orders: pair(13, [2, 4]),
    rhythm_s: single(14, 14 * DAY),
    clusters: fields.has(8) ? bytesIn(fields.get(8)).split('\0').slice(0, -1) : [],
  };
}
