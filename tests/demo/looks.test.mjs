/**
 * looks.test.mjs - whether products that nobody has met yet are found by what they are
 *
 * The demo shop's products come in groups: one mug in four colours. Published from the feed alone, a
 * product must look most like those of its group. With the logs, but without a word of every tenth
 * group in them, its products must be linked as their likes are, and be reached.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';

import { openBundle } from '../reference/bundle.mjs';

const build = path.resolve(process.env.BUILD ?? 'build');
const demo = path.join(build, 'demo');
const sotto = path.join(build, 'sotto');
const folder = mkdtempSync(path.join(tmpdir(), 'sotto-looks-'));
after(() => rmSync(folder, { recursive: true }));

const site = JSON.parse(readFileSync(path.join(demo, 'site.json'), 'utf8'));
site.feed.file = path.join(demo, site.feed.file);
delete site.pictures; // of no use here
site.logs.forEach((log) => (log.files = log.files.map((file) => path.join(demo, file))));

const rows = readFileSync(site.feed.file, 'utf8').split('\n').slice(1).filter(Boolean);
const groupOf = new Map(rows.map((row) => row.split(',').slice(0, 2)));
const siblingsOf = (id) =>
  [...groupOf.keys()].filter((other) => other !== id && groupOf.get(other) === groupOf.get(id));

/** Publishes a site; answers its bundle, read by the reference. */
function publish(name, content) {
  const file = path.join(folder, `${name}.json`);
  const out = path.join(folder, name);
  writeFileSync(file, JSON.stringify({ ...content, train: { output: `${name}.sotto` } }));
  const run = (...words) => execFileSync(sotto, words, { stdio: ['ignore', 'pipe', 'inherit'] });
  if (content.logs) run('train', '-q', '--no-tune', file);
  run('publish', '-q', '--no-runtime', '-o', out, file);
  const parts = readdirSync(out).map((part) => [
    part.split('.')[0],
    Uint8Array.from(readFileSync(path.join(out, part))),
  ]);
  return openBundle(Object.fromEntries(parts));
}

/** The ids an item is linked to, the strongest first. */
const linksOf = (bundle, item, relation) =>
  [...item[relation]].sort((a, b) => b[1] - a[1]).map(([target]) => bundle.items[target].id);

test('a feed alone gives every product its siblings, and every category its best', () => {
  const { logs: _none, ...content } = site;
  const bundle = publish('feed', content);
  let found = 0;
  let asked = 0;
  for (const item of bundle.items) {
    const siblings = siblingsOf(item.id);
    assert.ok(item.looks.length > 0, `${item.id} looks like nothing`);
    if (siblings.length === 0) continue;
    asked++;
    found += linksOf(bundle, item, 'looks').slice(0, 3).some((id) => siblings.includes(id)) ? 1 : 0;
  }
  assert.ok(asked > 200, `${asked} products have siblings`);
  assert.ok(found / asked > 0.95, `${found} of ${asked} found a sibling`);
  for (const { name, top } of bundle.categories) assert.ok(top.length > 0, `${name} is empty`);
  assert.ok(bundle.news.length > 0, 'nothing is new');
});

test('products without a past are linked as their likes are', () => {
  const groups = [...new Set(groupOf.values())].filter((_, i) => i % 10 === 0);
  const hidden = [...groupOf.keys()].filter((id) => groups.includes(groupOf.get(id)));
  const logs = site.logs.map((log) => ({
    ...log,
    drop: [...log.drop, { name: 'hidden', column: 'item', equals: hidden }],
  }));
  const bundle = publish('hidden', { ...site, logs });
  const items = new Map(bundle.items.map((item) => [item.id, item]));
  const reached = new Set(
    bundle.items.flatMap((item) => (hidden.includes(item.id) ? [] : linksOf(bundle, item, 'next'))),
  );
  assert.ok(hidden.length >= 20, `${hidden.length} products are hidden`);
  const kept = hidden.filter((id) => items.get(id).popularity === 0);
  assert.equal(kept.length, hidden.length, 'a hidden product has a past');
  const linked = hidden.filter((id) => items.get(id).next.length > 0);
  assert.ok(linked.length / hidden.length > 0.9, `${linked.length} of ${hidden.length} lead on`);
  const found = hidden.filter((id) => reached.has(id));
  assert.ok(found.length / hidden.length > 0.9, `${found.length} of ${hidden.length} are reached`);
  let same = 0;
  let all = 0;
  for (const id of linked) {
    for (const other of linksOf(bundle, items.get(id), 'next').slice(0, 5)) {
      all++;
      same += items.get(other).category === items.get(id).category ? 1 : 0;
    }
  }
  assert.ok(same / all > 0.5, `${same} of ${all} links stay in the category`);
});
