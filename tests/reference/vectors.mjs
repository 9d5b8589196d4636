/**
 * vectors.mjs - FORMAT.md 5a.1 and 5a.2: item vectors and blocks of neighbours; RANKING.md 8.1: the
 * vector of an item, and its cosine with a query
 */
import { must } from './bytes.mjs';
import { dot, shr } from './integers.mjs';

const REACH = 2097088;

/** The codes of one row as it stands, by its planes. */
function codesOf(row, bits, dimensions) {
  const size = (width) => (dimensions * width) / 8;
  const place = (i, width) =>
    width === 1 ? [i >> 3, i % 8] : [i % size(width), width * Math.floor(i / size(width))];
  const plane = (bytes, width) =>
    Array.from({ length: dimensions }, (_, i) => {
      const [byte, shift] = place(i, width);
      return (bytes[byte] >> shift) % 2 ** width;
    });
  if (bits !== 3) return plane(row, bits);
  const high = plane(row, 2);
  const low = plane(row.subarray(dimensions / 4), 1);
  return high.map((code, i) => 2 * code + low[i]);
}

/** `vect`: { dimensions, items: [{ class, x, step }] } with x and step null without a row. */
export function readVectors(section, popularity) {
  const { start } = section;
  const n = popularity.length;
  const dimensions = section.u16('dimensions');
  must(dimensions >= 16 && dimensions <= 128 && dimensions % 16 === 0, start, 'dimensions');
  const class_count = section.u8('class_count');
  must(class_count >= 1 && class_count <= 5, start + 2, 'class_count');
  section.reserved(1);
  must(section.u32('item_count') === n, start + 4, 'item_count is not the header\'s');
  const classes = [];
  for (let c = 0; c < class_count; c++) classes.push(readClass(section, classes.at(-1)));
  must(classes.at(-1).least === 0, start + 8 * class_count, 'the last class has a least above 0');

  const class_of = popularity.map((code) => classes.findIndex(({ least }) => least <= code));
  for (let before = 0; before < n; before += 64) {
    for (let c = 0; c < class_count - 1; c++) {
      const at = section.at;
      const rank = class_of.slice(0, before).filter((one) => one === c).length;
      must(section.u32('rank') === rank, at, 'a rank that POPU does not say');
    }
  }
  const items = class_of.map((number) => ({ class: number, x: null, step: null }));
  classes.forEach(({ bits, step }, c) => {
    for (const item of items.filter((one) => one.class === c && bits > 0)) {
      const codes = codesOf(section.take((bits * dimensions) / 8, 'rows'), bits, dimensions);
      item.x = codes.map((code) => 2 * code + 1 - 2 ** bits);
      item.step = step;
    }
  });
  section.finish('vect');
  return { dimensions, items };
}

function readClass(section, previous) {
  const { at } = section;
  const least = section.u8('least');
  must(!previous || least < previous.least, at, 'least does not descend');
  const bits = section.u8('bits');
  must(bits <= 4, at + 1, 'bits');
  section.reserved(2);
  const step = section.u32('step');
  must(bits === 0 ? step === 0 : step * (2 ** bits - 1) <= REACH, at + 4, 'step');
  return { least, bits, step };
}

/** `near`: { block_bits, visit_count, step, centroids }. */
export function readBlocks(section, dimensions, n) {
  const { start } = section;
  const block_bits = section.u8('block_bits');
  must(block_bits >= 6 && block_bits <= 16, start, 'block_bits');
  section.reserved(1);
  const visit_count = section.u16('visit_count');
  must(visit_count <= 1024, start + 2, 'visit_count');
  const step = section.u32('step');
  must(step * 128 <= REACH, start + 4, 'step');
  const centroids = section.list(Math.ceil(n / 2 ** block_bits), () =>
    Array.from(section.take(dimensions, 'centroid'), (byte) => (byte << 24) >> 24),
  );
  section.finish('near');
  return { block_bits, visit_count, step, centroids };
}

/** The x and the step an item goes by: its own, its block's, or null for none. */
export function placeOf({ vectors, blocks }, item) {
  const own = vectors.items[item];
  if (!own) return null;
  if (own.x) return own;
  return blocks && { x: blocks.centroids[item >> blocks.block_bits], step: blocks.step };
}

/** The vector of an item, Q14. */
export function vectorOf(ranker, item) {
  const place = placeOf(ranker, item);
  if (!place) return Array(ranker.vectors.dimensions).fill(0);
  return place.x.map((x) => shr(x * place.step + 32, 6));
}

/** The cosine of something at a place with a query, Q22. */
export const cosineAt = (place, query) => (place ? shr(dot(query, place.x) * place.step, 12) : 0);
export const cosine = (ranker, item, query) => cosineAt(placeOf(ranker, item), query);
