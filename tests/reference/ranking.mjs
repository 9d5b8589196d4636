/**
 * ranking.mjs - what ranks, of a ranker part alone: how many, how wide, how large
 *
 * Which row of vectors is whose only the model tells, so of `vect` this reads the head. A section that
 * is not there, or does not open by itself, is left out.
 */
import { readHead } from './basket_sections.mjs';
import { Fault } from './bytes.mjs';
import { readEncoder } from './encode.mjs';
import { FEATURE_COUNT } from './features.mjs';
import { readNetwork } from './network.mjs';
import { readTrees } from './trees.mjs';
import { readBlocks } from './vectors.mjs';

function headOfVectors(section) {
  const bytes = section.left;
  const dimensions = section.u16('dimensions');
  const class_count = section.u8('class_count');
  section.take(5, 'head');
  const classes = section.list(class_count, () => {
    const [least_popularity, bits] = section.take(4, 'class');
    return { least_popularity, bits, step: section.u32('step') };
  });
  return { bytes, dimensions, classes };
}

const shapeOf = ({ features, weights_2 }) => ({
  features,
  hidden: weights_2.length,
  weights: features.length + weights_2.length * (features.length + 1),
});

const candidatesOf = ({ vector_count, table_count, session_count }) => ({
  candidates_by_vector: vector_count,
  candidates_by_links: table_count,
  candidates_of_session: session_count,
});

/** @param {{ has: Function, open: Function, head: object }} part */
export function describeRanking(part) {
  const n = part.head.item_count;
  const found = {};
  const add = (name, tag, read) => {
    if (!part.has(tag)) return;
    try {
      found[name] = read(part.open(tag));
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
    }
  };
  add('vectors', 'vect', headOfVectors);
  const dimensions = found.vectors?.dimensions;
  if (dimensions) {
    add('blocks', 'near', (section) => {
      const { centroids, block_bits, visit_count, step } = readBlocks(section, dimensions, n);
      return { count: centroids.length, items_each: 2 ** block_bits, visited: visit_count, step };
    });
    add('encoder', 'enco', (section) => {
      const { history_count, depth, hidden, affinity, position } = readEncoder(section, dimensions);
      const weights = 3 * dimensions * hidden;
      return { history_count, depth_count: depth.length, hidden, weights, affinity, position };
    });
  }
  add('recency_offsets', 'rcnt',
    (section) => section.list(16, () => (section.u16('offset') << 16) >> 16));
  add('reranker', 'rank', (section) => {
    const network = readNetwork(section, FEATURE_COUNT);
    return { ...candidatesOf(network), ...shapeOf(network) };
  });
  if (!part.has('rank')) {
    add('trees', 'tree', (section) => {
      const { trees, shift, ...counts } = readTrees(section, FEATURE_COUNT);
      return { ...candidatesOf(counts), count: trees.length, shift };
    });
  }
  add('next_basket', 'bskt', (section) => {
    const { decay, popular, network } = readHead(section, n);
    return { decay, popular: popular.length, others: network.table_count, ...shapeOf(network) };
  });
  return found;
}
