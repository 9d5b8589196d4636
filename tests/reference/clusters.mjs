/**
 * clusters.mjs - FORMAT.md 5a.6: clusters of shoppers; RANKING.md 10: which one a shopper is in
 */
import { must } from './bytes.mjs';

const HABITS = 4;
const LEAST_EVENTS = 3;
const WEIGHTS = { 1: 1, 2: 1, 4: 2, 7: 3, 8: 2 }; // view, click, cart_add, purchase, wishlist

/** @param {import('./bytes.mjs').Cursor} section  @param {number} n items of the part */
export function readClusters(section, n) {
  let at = section.at;
  const cluster_count = section.u8('cluster_count');
  must(cluster_count >= 2 && cluster_count <= 16, at, 'cluster_count');
  at = section.at;
  const block_count = section.u8('block_count');
  must(block_count >= 1 && block_count <= 64, at, 'block_count');
  section.reserved(2);
  const silhouette = (section.u16('silhouette') << 16) >> 16;
  const davies_bouldin = section.u16('davies_bouldin');
  const shares = section.u16s(cluster_count, 'shares');
  const centroids = section.list(cluster_count, () => [...section.take(block_count + HABITS, 'centroid')]);
  at = section.at;
  const counts = [...section.take(cluster_count, 'typical_counts')];
  counts.forEach((count, i) => must(count <= 16, at + i, 'typical_counts'));
  section.zeros((4 - ((section.at - section.start) % 4)) % 4, 'padding');
  const typical = counts.map((count) => section.list(count, () => {
    const place = section.at;
    const item = section.u32('typical item');
    must(item < n, place, 'a typical item that is none');
    return item;
  }));
  must(section.left === 0, section.at, 'more than the clusters');
  return { block_count, silhouette, davies_bouldin, shares, centroids, typical };
}

/** The traits of somebody who did this: events of {item (index), kind}. */
export function traitsOf(events, n, block_count) {
  const counted = events.filter(({ kind }) => WEIGHTS[kind]);
  const weights = new Array(block_count).fill(0);
  for (const { item, kind } of counted) weights[Math.floor((item * block_count) / n)] += WEIGHTS[kind];
  const all = weights.reduce((a, b) => a + b, 0);
  const count = counted.length;
  const share = (part, whole) => Math.floor((32 * part) / whole);
  return [
    ...weights.map((weight) => Math.floor(Math.sqrt(Math.floor((127 * 127 * weight) / all)))),
    share(counted.filter(({ kind }) => kind === 7).length, count),
    share(count - new Set(counted.map(({ item }) => item)).size, count),
    share(weights.filter(Boolean).length, Math.min(count, block_count)),
    4 * Math.floor(Math.log2(count)),
  ];
}

/** The number of a shopper's cluster, undefined for somebody who did too little. */
export function clusterOf({ block_count, centroids }, events, n) {
  const counted = events.filter(({ kind }) => WEIGHTS[kind]).slice(0, 256);
  if (counted.length < LEAST_EVENTS) return undefined;
  const traits = traitsOf(counted, n, block_count);
  const distances = centroids.map((centroid) =>
    centroid.reduce((sum, value, i) => sum + (value - traits[i]) ** 2, 0));
  return distances.indexOf(Math.min(...distances));
}
