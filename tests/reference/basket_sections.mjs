/**
 * basket_sections.mjs - FORMAT.md 5a.7: what the next basket is found by
 */
import { must } from './bytes.mjs';
import { readLinks } from './links.mjs';
import { readNetwork } from './network.mjs';

export const BASKET_FEATURE_COUNT = 27;
const RHYTHM_ZERO = 3686;
const LINKS = 16;

const i16 = (section) => (section.u16() << 16) >> 16;

/**
 * { popular, decay, network, counts, lift, rhythm, links }, or null without `bskt`.
 * @param {Function} given (tag, tags it needs, read): what was read, or null
 */
export function readBasket(given, n) {
  const head = given('bskt', ['bpop'], (section) => readHead(section, n));
  const counts = given('bpop', ['bskt'], (section) => readCounts(section, n));
  const lift = given('blft', ['bskt'], (section) => readLift(section, n));
  const rhythm = given('rhyt', ['bskt'], (section) => readRhythm(section, n));
  const links = given('blnk', ['bskt'], (section) => readLinks(section, 0, n, [], LINKS).rows);
  if (!head) return null;
  return {
    ...head,
    counts,
    lift: lift ?? Array(n).fill(0),
    rhythm: rhythm ?? Array(n).fill({ rhythm: 0, spread: 3 }),
    links: links ?? Array(n).fill([]),
  };
}

/** `bskt` alone. */
export function readHead(section, n) {
  const { start } = section;
  const popular_count = section.u16('popular_count');
  must(popular_count <= 256, start, 'popular_count');
  section.reserved(2);
  const decay = section.u32('decay');
  must(decay <= 65536, start + 4, 'decay');
  const popular = section.list(popular_count, () => {
    const { at } = section;
    const item = section.u32('popular');
    must(item < n, at, 'a popular item that is none');
    return item;
  });
  return { decay, popular, network: readNetwork(section, BASKET_FEATURE_COUNT) };
}

/** By item: { popular, ever, lately }, log2 in Q8. */
function readCounts(section, n) {
  const base = section.u16('base');
  const step = section.u16('step');
  const popular = section.take(n, 'popular');
  const before = section.take(n, 'before');
  section.finish('bpop');
  return Array.from({ length: n }, (_, item) => ({
    popular: 32 * popular[item],
    ever: base + step * (before[item] & 15),
    lately: base + step * (before[item] >> 4),
  }));
}

function readLift(section, n) {
  const base = i16(section);
  const step = section.u16('step');
  const codes = section.nibbles(n, 'codes');
  section.finish('blft');
  return codes.map((code) => base + step * code);
}

/** By item: { rhythm, spread }; a rhythm of 0 is not known. */
function readRhythm(section, n) {
  const bytes = section.take(n, 'rhyt');
  section.finish('rhyt');
  return Array.from(bytes, (byte) => ({
    rhythm: byte >> 2 === 0 ? 0 : RHYTHM_ZERO + 64 * (byte >> 2),
    spread: byte & 3,
  }));
}
