/**
 * ranker.mjs - FORMAT.md section 5a: the ranker part
 *
 * `openRanker` reads it for its model: vectors are split into items by the model's popularity.
 * `readRanker` is what can be said of a file alone.
 */
import { readBasket } from './basket_sections.mjs';
import { Fault, must } from './bytes.mjs';
import { readClusters } from './clusters.mjs';
import { readEncoder } from './encode.mjs';
import { FEATURE_COUNT, readRecency } from './features.mjs';
import { MODEL_TAGS } from './model.mjs';
import { readNetwork } from './network.mjs';
import { readPart } from './part.mjs';
import { describeRanking } from './ranking.mjs';
import { readTrees } from './trees.mjs';
import { readBlocks, readVectors } from './vectors.mjs';

export function readRanker(bytes) {
  const part = readPart(bytes, 4, []);
  const clusters = part.has('clus') ? readClusters(part.open('clus'), part.head.item_count) : null;
  return { ...part.head, ranking: describeRanking(part), clusters };
}

/** @param {object} model what readModel says of the model */
export function openRanker(bytes, model) {
  const in_model = bytes[6] === 1;
  const part = readPart(bytes, in_model ? 1 : 4, in_model ? MODEL_TAGS : []);
  const n = part.head.item_count;
  if (n !== model.item_count) throw new Fault('mismatch', 12, 'another number of items');
  if (part.head.identity !== model.identity)
    throw new Fault('mismatch', 16, 'of another item table');

  const given = (tag, needs, read) => {
    if (!part.has(tag)) return null;
    for (const other of needs) must(part.has(other), 32, `${tag} needs ${other}`);
    return read(part.open(tag));
  };
  const popularity = model.items.map((item) => item.popularity);
  const vectors = given('vect', [], (section) => readVectors(section, popularity));
  const blocks = given('near', ['vect'], (section) => readBlocks(section, vectors.dimensions, n));
  const encoder = given('enco', ['vect'], (section) => readEncoder(section, vectors.dimensions));
  const recency = given('rcnt', [], (section) => readRecency(section, n));
  const network = given('rank', ['enco'], (section) => readNetwork(section, FEATURE_COUNT));
  const clusters = given('clus', [], (section) => readClusters(section, n));
  const basket = readBasket(given, n);
  if (part.has('tree') && part.has('enco')) must(!network, 32, 'both rank and tree');
  const trees = given('tree', ['enco'], (section) => readTrees(section, FEATURE_COUNT));
  return { item_count: n, vectors, blocks, encoder, recency, network, clusters, basket, trees };
}
