/**
 * write_ranker.mjs - a small writer of ranker parts, for tests: FORMAT.md section 5a
 *
 * Sections of plain content, each as a list of bytes. Like write.mjs it shares nothing with the
 * readers.
 */
import { linksSection, u16, u32, u8, writePart } from './write.mjs';

const all = (list, one) => list.flatMap(one);
const zeros = (count) => Array(count).fill(0);
const i8 = (value) => u8(value);
const i16 = (value) => u16(value & 0xffff);
const i32 = (value) => u32(value >>> 0);
const upTo8 = (count) => 8 * Math.ceil(count / 8);

/** Codes of a row in its planes. */
function rowOf(codes, bits) {
  const plane = (values, width) => {
    const size = (values.length * width) / 8;
    const bytes = zeros(size);
    values.forEach((value, i) => {
      if (width === 1) bytes[i >> 3] |= value << (i & 7);
      else bytes[i % size] |= value << (width * Math.floor(i / size));
    });
    return bytes;
  };
  if (bits === 0) return [];
  if (bits !== 3) return plane(codes, bits);
  return [...plane(codes.map((code) => code >> 1), 2), ...plane(codes.map((code) => code & 1), 1)];
}

/** `classes`: { least, bits, step }; `codes`: of each item a list of D codes, or [] for 0 bits. */
export function vectSection({ dimensions, classes, codes }, popularity) {
  const n = popularity.length;
  const class_of = popularity.map((code) => classes.findIndex(({ least }) => code >= least));
  const ranks = [];
  for (let item = 0; item < n; item += 64) {
    for (let c = 0; c + 1 < classes.length; c++)
      ranks.push(class_of.filter((one, i) => i < item && one === c).length);
  }
  const rows = classes.flatMap(({ bits }, c) =>
    class_of.flatMap((one, item) => (one === c ? rowOf(codes[item], bits) : [])),
  );
  return [
    ...u16(dimensions), ...u8(classes.length), 0, ...u32(n),
    ...all(classes, ({ least, bits, step }) => [...u8(least), ...u8(bits), 0, 0, ...u32(step)]),
    ...all(ranks, u32), ...rows,
  ];
}

export const nearSection = ({ block_bits, visit_count, step, centroids }) => [
  ...u8(block_bits), 0, ...u16(visit_count), ...u32(step), ...all(centroids.flat(), i8),
];

export function encoSection(encoder) {
  const { dimensions, position, depth, affinity } = encoder;
  const { bias, scale_1, scale_2, weights_1, weights_2 } = encoder;
  return [
    ...u16(dimensions), ...u8(position.length), ...u8(depth.length), ...u16(bias.length), 0, 0,
    ...i32(affinity), ...all(position, i32), ...all(depth.flat(), i16),
    ...all(scale_1, u32), ...all(bias, i32), ...all(scale_2, u32),
    ...all(weights_1.flat(), i8), ...all(weights_2.flat(), i8),
  ];
}

/** Numbers of four bits, an even one in the low half of its byte. */
const nibbles = (codes) =>
  Array.from(
    { length: Math.ceil(codes.length / 2) },
    (_, i) => codes[2 * i] + 16 * (codes[2 * i + 1] ?? 0),
  );

export const rcntSection = ({ offsets, codes }) => [...all(offsets, i16), ...nibbles(codes)];

export function networkBytes(network) {
  const { features, scaling, bias, weights_1, weights_2, skip } = network;
  const row = (weights) => [
    ...all(weights, i16), ...zeros(2 * (upTo8(weights.length) - weights.length)),
  ];
  return [
    ...u16(network.vector_count), ...u16(network.table_count), ...u8(network.session_count),
    ...u8(features.length), ...u8(bias.length), ...u8(network.shift_1), ...u8(network.shift_2),
    0, 0, 0,
    ...features, ...zeros(upTo8(features.length) - features.length),
    ...all(scaling, ({ mean, factor }) => [...i32(mean), ...u32(factor)]),
    ...all(bias, i32), ...all(weights_1, row), ...row(weights_2), ...row(skip),
  ];
}

/** Of each tree { scale, splits: [feature, left_count, threshold, value], leaves }. */
export const treeSection = ({ vector_count, table_count, session_count, shift, trees }) => [
  ...u16(vector_count), ...u16(table_count), ...u8(session_count), ...u8(shift),
  ...u16(trees.length),
  ...all(trees, ({ scale, splits, leaves }) => [
    ...u8(splits.length), ...u8(scale),
    ...all(splits, ([feature, left_count, threshold, value]) => [
      ...u8(feature), ...u8(left_count), ...i16(threshold), ...i8(value),
    ]),
    ...all(leaves, i8),
  ]),
];

export function clusSection(clusters) {
  const { block_count, silhouette, davies_bouldin, shares, centroids, typical } = clusters;
  const bytes = [
    ...u8(centroids.length), ...u8(block_count), 0, 0, ...i16(silhouette), ...u16(davies_bouldin),
    ...all(shares, u16), ...centroids.flat(), ...typical.map((items) => items.length),
  ];
  return [...bytes, ...zeros((4 - (bytes.length % 4)) % 4), ...all(typical.flat(), u32)];
}

export const bsktSection = ({ decay, popular, network }) => [
  ...u16(popular.length), 0, 0, ...u32(decay), ...all(popular, u32), ...networkBytes(network),
];
export const bpopSection = ({ base, step, popular, before }) => [
  ...u16(base), ...u16(step), ...popular, ...before,
];
export const blftSection = ({ base, step, codes }) => [
  ...i16(base), ...u16(step), ...nibbles(codes),
];

/**
 * The sections of `{ vect, near, enco, rcnt, rank, clus, bskt, bpop, blft, rhyt, blnk, tree }`, each
 * content as above or missing; `rhyt` is a list of bytes, `blnk` a table with rows.
 */
export function rankerSections(content, popularity) {
  const writers = {
    vect: (one) => vectSection(one, popularity),
    near: nearSection,
    enco: encoSection,
    rcnt: rcntSection,
    rank: networkBytes,
    clus: clusSection,
    bskt: bsktSection,
    bpop: bpopSection,
    blft: blftSection,
    rhyt: (bytes) => bytes,
    blnk: (table) => linksSection(table.rows, table),
    tree: treeSection,
  };
  return Object.keys(writers)
    .filter((tag) => content[tag])
    .map((tag) => [tag, writers[tag](content[tag])]);
}

export const writeRanker = (identity, popularity, content) =>
  writePart(4, popularity.length, identity, rankerSections(content, popularity));
