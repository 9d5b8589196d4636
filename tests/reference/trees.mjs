/**
 * trees.mjs - FORMAT.md 5a.8: boosted trees that order candidates; RANKING.md 8.5: their score,
 * 8.6: its terms
 *
 * Read as trees of objects: { feature, threshold, value, left, right } or, for a leaf, { value }.
 */
import { must } from './bytes.mjs';

const signed = (value, bits) => (value << (32 - bits)) >> (32 - bits);

function ranged(section, width, least, most, what) {
  const { at } = section;
  const value = section.number(width, what);
  must(value >= least && value <= most, at, what);
  return value;
}

/** The splits of a tree of `count`, and of all below, into `splits`. */
function readSplits(section, count, known, splits) {
  if (count === 0) return;
  const feature = ranged(section, 1, 0, known - 1, 'feature');
  const left_count = ranged(section, 1, 0, count - 1, 'left_count');
  const threshold = signed(section.u16('threshold'), 16);
  splits.push({ feature, left_count, threshold, value: signed(section.u8('value'), 8) });
  readSplits(section, left_count, known, splits);
  readSplits(section, count - 1 - left_count, known, splits);
}

/** Takes `count` splits and the leaves below from the front of both lists. */
function grow(count, splits, leaves) {
  if (count === 0) return { value: leaves.shift() };
  const { left_count, ...split } = splits.shift();
  const left = grow(left_count, splits, leaves);
  return { ...split, left, right: grow(count - 1 - left_count, splits, leaves) };
}

function readTree(section, known) {
  const count = ranged(section, 1, 1, 63, 'split_count');
  const scale = ranged(section, 1, 0, 12, 'scale');
  const splits = [];
  readSplits(section, count, known, splits);
  const leaves = section.list(count + 1, () => signed(section.u8('leaf'), 8));
  return { scale, root: grow(count, splits, leaves) };
}

/** @param {number} known how many feature numbers there are */
export function readTrees(section, known) {
  const vector_count = ranged(section, 2, 0, 256, 'vector_count');
  const table_count = ranged(section, 2, 0, 256, 'table_count');
  const session_count = ranged(section, 1, 0, 20, 'session_count');
  const shift = ranged(section, 1, 0, 24, 'shift');
  const tree_count = ranged(section, 2, 1, 512, 'tree_count');
  const trees = section.list(tree_count, () => readTree(section, known));
  section.finish('trees');
  return { vector_count, table_count, session_count, shift, trees };
}

/** What the trees make of features by their numbers: { score, terms by feature as BigInt }. */
export function walkTrees({ trees }, valueOf) {
  let score = 0;
  const terms = new Map();
  for (const { scale, root } of trees) {
    let at = root;
    while (at.left) {
      const next = valueOf(at.feature) <= at.threshold ? at.left : at.right;
      const step = BigInt((next.value - at.value) * 2 ** scale);
      terms.set(at.feature, (terms.get(at.feature) ?? 0n) + step);
      at = next;
    }
    score += at.value * 2 ** scale;
  }
  return { score, terms };
}
