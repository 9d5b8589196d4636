/**
 * clusters.test.mjs - the traits of RANKING.md 10, by the numbers of tests/unit/test_cluster.c
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { clusterOf, traitsOf } from './clusters.mjs';

const did = (...pairs) => pairs.map(([item, kind]) => ({ item, kind }));

test('traits are roots of shares of weights', () => {
  const events = did([0, 1], [9, 1], [9, 4], [35, 7]);
  assert.deepEqual(traitsOf(events, 40, 4), [96, 0, 0, 83, 8, 8, 16, 8]);
});

test('the nearest centroid is the kind; of too little nothing is said', () => {
  const clusters = { block_count: 2, centroids: [[127, 0, 0, 0, 16, 8], [0, 127, 0, 0, 16, 8]] };
  assert.equal(clusterOf(clusters, did([0, 1], [1, 1], [1, 3]), 40), undefined);
  assert.equal(clusterOf(clusters, did([0, 1], [1, 1], [2, 1]), 40), 0);
  assert.equal(clusterOf(clusters, did([38, 7], [39, 7], [2, 1], [1, 1], [0, 1]), 40), 1);
});
