/**
 * wasm-prune.mjs - takes out of a module what nobody is going to call
 *
 *     node tests/wasm-prune.mjs MODULE CALL...
 *
 * Emscripten exports a few functions of its own beside ours. Without them, and laid out once more by
 * binaryen's optimiser with flat code and fewer jumps, a module is some three per cent smaller as
 * brotli. Which order of passes does best changes with every change of the sources, so all of a few are
 * tried and the smallest is kept. The page's module, which imports nothing and has no table, also has its
 * functions put in order (wasm-order.mjs), which helps one more than another: so that is tried with a few. Without binaryen in the path the module stays as it is, which
 * is only larger.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';

import { brotliSize } from './brotli.mjs';
import { isPlain, ordered } from './wasm-order.mjs';

const FEATURES = ['bulk-memory', 'sign-ext', 'mutable-globals', 'nontrapping-float-to-int', 'simd']
  .map((name) => `--enable-${name}`);

const FLAT = ['--flatten', '--rereloop', '-Oz'];
const MERGED = ['--flatten', '--dfo', '-Oz'];
const ORDERS = [
  ['-Oz', ...FLAT, '-Oz'],
  ['-Oz', ...MERGED, ...FLAT, '-Oz'],
  ['-Oz', ...FLAT, ...MERGED, '-Oz'],
  ['-Oz', '--flatten', '--rereloop', '--dfo', '-Oz', ...FLAT, '-Oz'],
];
/** How many modules have their functions put in order. */
const MOST_ORDERED = 3;
/** Functions with one caller that are larger than this stay functions. */
const INLINED = [90, 130, 200, 1000000];

const [module, ...calls] = process.argv.slice(2);
const graph = `${module}.json`;
const pruned = `${module}.pruned`;
const tried = `${module}.tried`;

/** Binaryen's view: what is exported under these names must stay, and what it needs. */
const roots = [...calls, 'memory'].map((name) => ({ name, root: true, export: name }));
roots.push({ name: 'imported', root: true, import: ['env', 'memory'] });
writeFileSync(graph, JSON.stringify(roots));
try {
  execFileSync('wasm-metadce', [...FEATURES, module, `--graph-file=${graph}`, '-o', pruned],
    { stdio: ['ignore', 'ignore', 'inherit'] });
  /** Every module that came out, by its size. @type {Map<number, Buffer>} */
  const found = new Map();
  for (const order of ORDERS) {
    for (const size of INLINED) {
      execFileSync('wasm-opt', [...FEATURES, `--one-caller-inline-max-function-size=${size}`,
        ...order, pruned, '-o', tried]);
      const bytes = readFileSync(tried);
      found.set(brotliSize(bytes), bytes);
    }
  }
  const smallest = [...found].sort(([a], [b]) => a - b).map(([, bytes]) => bytes);
  const [best] = isPlain(smallest[0]) ? smallest.slice(0, MOST_ORDERED).map(ordered)
    .sort((a, b) => brotliSize(a) - brotliSize(b)) : smallest;
  writeFileSync(module, best);
} catch (error) {
  if (error.code !== 'ENOENT') throw error;
  console.error(`wasm-prune: no ${error.path} in the path; ${module} stays as it is`);
} finally {
  rmSync(graph, { force: true });
  rmSync(pruned, { force: true });
  rmSync(tried, { force: true });
}
