/**
 * size.mjs - what a page loads before its first decision, and whether it has outgrown its budget
 *
 *     node tests/size.mjs            a table; exit status 1 past the budget
 *     node tests/size.mjs --test     the same, counted as a test
 *
 * That is the bundled entry, every chunk it imports statically (those it imports when asked for are
 * listed, not counted) and the WebAssembly. Bytes are brotli at quality 11.
 */
import { readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

import { brotliSize } from './brotli.mjs';

const BUDGET = 14 * 1024;

const build = resolve(process.env.BUILD ?? 'build');
const wasmOut = resolve(process.env.WASM_OUT ?? 'wasm-out');

/** The bundle's files: those loaded at once, and those loaded when asked for. */
function scripts() {
  const { outputs } = JSON.parse(readFileSync(join(build, 'web-parts.json'), 'utf8'));
  const paths = Object.keys(outputs).filter((path) => path.endsWith('.js'));
  const entry = paths.find((path) => outputs[path].entryPoint === 'web/sotto.js');
  const first = new Set([entry]);
  for (const path of first) {
    for (const one of outputs[path].imports) {
      if (one.kind === 'import-statement' && !one.external) first.add(one.path);
    }
  }
  return { first: [...first], later: paths.filter((path) => !first.has(path)) };
}

function row(path) {
  const bytes = readFileSync(path);
  return { name: relative('.', path), raw: bytes.length, brotli: brotliSize(bytes) };
}

function print(rows) {
  for (const { name, raw, brotli } of rows) {
    console.log(`${String(raw).padStart(8)} ${String(brotli).padStart(8)}  ${name}`);
  }
}

const { first, later } = scripts();
const before = [...first, join(wasmOut, 'sotto.wasm')].map(row);
const total = before.reduce((sum, { brotli }) => sum + brotli, 0);
const raw = before.reduce((sum, one) => sum + one.raw, 0);

console.log('   bytes   brotli  loaded before the first decision');
print(before);
print([{ name: `in all, of ${BUDGET} allowed`, raw, brotli: total }]);
if (later.length > 0) {
  console.log('                   loaded when asked for');
  print(later.map(row));
}
// The elements that only some pages use are bundled by themselves.
const { outputs } = JSON.parse(readFileSync(join(build, 'web-elements.json'), 'utf8'));
console.log('                   loaded by pages that use them');
print(Object.keys(outputs).filter((path) => path.endsWith('.js')).map(row));
const fits = total <= BUDGET;
if (!fits) console.log(`size: ${total - BUDGET} bytes past the budget`);
if (process.argv.includes('--test')) {
  console.log(`size: ${fits ? 1 : 0} passed, ${fits ? 0 : 1} failed, 0 skipped`);
}
process.exit(fits ? 0 : 1);
