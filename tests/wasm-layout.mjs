/**
 * wasm-layout.mjs - sees to it that the two modules of a page do not meet in their one memory
 *
 *     node tests/wasm-layout.mjs FOLDER
 *
 *     | sotto.wasm: data, stack | sotto-later.wasm: data, stack | files ...
 *     0                     256 K                           320 K
 *
 * The first fits into the 4 pages of 64 KiB that its memory begins with: the linker had them as a
 * limit. The second is linked for memory that begins with 5, so it ends there; that it begins behind
 * the first is seen by its data and by where its stack starts to grow down.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { layoutOf } from './wasm-read.mjs';

const PAGE_SIZE = 65536;
const BORDER = 4 * PAGE_SIZE;
const END = 5 * PAGE_SIZE;
const STACK = 16384;

const [folder] = process.argv.slice(2);
const faults = [];
for (const [name, pages, start, end] of [
  ['sotto.wasm', 4, 0, BORDER],
  ['sotto-later.wasm', 5, BORDER, END],
  ['sotto-later-base.wasm', 5, BORDER, END],
]) {
  const found = layoutOf(readFileSync(join(folder, name)));
  if (found.pages !== pages) faults.push(`${name} begins with ${found.pages} pages, not ${pages}`);
  if (found.globals.length !== 1) faults.push(`${name}: which global is the stack?`);
  for (const top of found.globals) {
    if (top - STACK < start || top > end) faults.push(`${name}: its stack begins at ${top}`);
  }
  if (found.data.length === 0) faults.push(`${name} has no data; is this script up to date?`);
  for (const [from, to] of found.data) {
    if (from < start || to > end) faults.push(`${name}: data at ${from} to ${to}`);
  }
}
if (faults.length > 0) {
  console.error(faults.map((fault) => `wasm-layout: ${fault}`).join('\n'));
  process.exit(1);
}
