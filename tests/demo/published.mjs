/**
 * published.mjs - what the demo shop published, and the truth that was planted in its logs
 *
 * Read by the reader that was written from the format's document alone.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { readModel } from '../reference/model.mjs';

const demo = join(resolve(process.env.BUILD ?? 'build'), 'demo');
const bundle = join(demo, 'shop/sotto');

export const truth = JSON.parse(readFileSync(join(demo, 'truth.json'), 'utf8'));
export const products = JSON.parse(readFileSync(join(demo, 'shop/products.json'), 'utf8'));

/** The manifest names one model; a folder may hold the one before it as well. */
const manifest = readFileSync(join(bundle, 'manifest.sotto')).toString('hex');
const part = readdirSync(bundle).find((name) => /^model\.[0-9a-f]{16}\.sotto$/.test(name)
  && manifest.includes(name.slice('model.'.length, -'.sotto'.length)));

export const { content: model } = readModel(readFileSync(join(bundle, part)));

const indexOf = new Map(model.items.map(({ id, index }) => [id, index]));

/** The ids that an item's links lead to, the strongest first. */
export function linksOf(id, relation) {
  const item = model.items[indexOf.get(id)];
  return [...(item?.[relation] ?? [])].sort((a, b) => b[1] - a[1])
    .map(([target]) => model.items[target].id);
}
