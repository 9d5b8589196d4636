/**
 * clusters.test.mjs - whether the kinds of shoppers that were planted are found again
 *
 * Each of the demo shop's shoppers cares for a few kinds of products and what goes with them; nothing
 * names these interests in the logs. Clusters must fall along them: what is typical of a cluster comes
 * from a few kinds that go together, and different clusters have different ones.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';

import { clusterOf } from '../reference/clusters.mjs';
import { readRanker } from '../reference/ranker.mjs';
import { model, truth } from './published.mjs';

const build = resolve(process.env.BUILD ?? 'build');
const shown = JSON.parse(execFileSync(join(build, 'sotto'),
  ['show', '--json', join(build, 'demo/shop/sotto')], { encoding: 'utf8' }));
const clusters = shown.map((document) => document.clusters).find(Boolean);

const kindOf = new Map(Object.entries(truth.kinds).flatMap(([kind, ids]) => ids.map((id) => [id, kind])));

/** Kinds of a cluster's typical items, the most frequent first, with how often. */
function kindsOf({ items }) {
  const counts = new Map();
  for (const id of items) counts.set(kindOf.get(id), (counts.get(kindOf.get(id)) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]);
}

test('shoppers fall into several kinds, none of them tiny', () => {
  assert.ok(clusters, 'the bundle has clusters');
  assert.ok(clusters.list.length >= 4, `${clusters.list.length} clusters`);
  assert.ok(clusters.silhouette > 0.05, `silhouette ${clusters.silhouette}`);
  const shares = clusters.list.map(({ share }) => share);
  assert.ok(Math.min(...shares) > 0.02, `the smallest has ${Math.min(...shares)}`);
  const sum = shares.reduce((a, b) => a + b, 0);
  assert.ok(sum > 0.99 && sum <= 1, `all shares together are ${sum}`);
});

test('what is typical of a cluster comes from a few kinds of products', () => {
  let typical = 0;
  let ofTwo = 0;
  for (const cluster of clusters.list) {
    typical += cluster.items.length;
    ofTwo += kindsOf(cluster).slice(0, 2).reduce((sum, [, count]) => sum + count, 0);
  }
  // Of about forty kinds; eight items by chance would come from seven or eight of them.
  assert.ok(ofTwo / typical > 0.7, `${ofTwo} of ${typical} are of their cluster's two kinds`);
});

test('clusters differ in their kinds', () => {
  const first = new Set(clusters.list.map((cluster) => kindsOf(cluster)[0]?.[0]));
  assert.ok(first.size >= clusters.list.length - 1,
    `${clusters.list.length} clusters lead with ${[...first].join(', ')}`);
});

/* ---- what a device would say of each shopper, by the second reader ------------------------------- */

const EVENT_KINDS = { view: 1, cart_add: 4, purchase: 7 };

/** What every shopper did, latest first: {item (index), kind}. */
function deedsByShopper() {
  const indexOf = new Map(model.items.map(({ id, index }) => [id, index]));
  const deeds = new Map();
  const log = gunzipSync(readFileSync(join(build, 'demo/events.ndjson.gz'))).toString('utf8');
  for (const line of log.trimEnd().split('\n')) {
    if (!line.startsWith('{') || !line.endsWith('}')) continue;
    const { shopper, event, item } = JSON.parse(line);
    if (!EVENT_KINDS[event] || !indexOf.has(item)) continue;
    if (!deeds.has(shopper)) deeds.set(shopper, []);
    deeds.get(shopper).unshift({ item: indexOf.get(item), kind: EVENT_KINDS[event] });
  }
  return deeds;
}

test('a device puts its shopper where the shopper\'s own purchases belong', () => {
  const folder = join(build, 'demo/shop/sotto');
  const manifest = readFileSync(join(folder, 'manifest.sotto')).toString('hex');
  const part = readdirSync(folder).find((name) => /^ranker\.[0-9a-f]{16}\.sotto$/.test(name)
    && manifest.includes(name.slice('ranker.'.length, -'.sotto'.length)));
  const ranker = readRanker(new Uint8Array(readFileSync(join(folder, part))));
  const typicalKinds = clusters.list.map((cluster) => new Set(kindsOf(cluster).map(([kind]) => kind)));
  const sizes = ranker.clusters.shares.map(() => 0);
  let bought = 0;
  let fitting = 0;
  let byChance = 0;
  for (const deeds of deedsByShopper().values()) {
    const number = clusterOf(ranker.clusters, deeds, ranker.item_count);
    if (number === undefined) continue;
    sizes[number]++;
    for (const { item } of deeds.filter(({ kind }) => kind === 7)) {
      const kind = kindOf.get(model.items[item].id);
      bought++;
      fitting += typicalKinds[number].has(kind) ? 1 : 0;
      byChance += typicalKinds.filter((kinds) => kinds.has(kind)).length / typicalKinds.length;
    }
  }
  assert.ok(fitting > 2 * byChance,
    `${fitting} of ${bought} purchases are of their cluster's kinds, ${Math.round(byChance)} by chance`);
  const all = sizes.reduce((a, b) => a + b, 0);
  sizes.forEach((size, i) => {
    const told = clusters.list[i].share;
    assert.ok(Math.abs(size / all - told) < 0.1, `cluster ${i}: ${size / all} of shoppers, not ${told}`);
  });
});
