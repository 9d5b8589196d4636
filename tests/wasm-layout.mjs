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

const PAGE_SIZE = 65536;
const BORDER = 4 * PAGE_SIZE;
const END = 5 * PAGE_SIZE;
const STACK = 16384;

/** Goes over bytes as the WebAssembly binary format has them. */
function reader(bytes) {
  let at = 0;
  const leb = (signed) => {
    let value = 0n;
    let shift = 0n;
    for (;;) {
      const byte = bytes[at++];
      value |= BigInt(byte & 127) << shift;
      shift += 7n;
      if (byte < 128) return Number(signed ? BigInt.asIntN(Number(shift), value) : value);
    }
  };
  return {
    get more() {
      return at < bytes.length;
    },
    byte: () => bytes[at++],
    number: () => leb(false),
    signed: () => leb(true),
    take(size) {
      at += size;
      return bytes.subarray(at - size, at);
    },
  };
}

/** A limit as memories and tables have it; answers the least. */
function least(from) {
  const flags = from.byte();
  const value = from.number();
  if (flags & 1) from.number();
  return value;
}

/** The value of a constant that is a plain i32. */
function constant(from) {
  if (from.byte() !== 0x41) throw new Error('a global or segment without a plain number');
  const value = from.signed();
  from.byte();
  return value;
}

function importedMemory(from) {
  for (let count = from.number(); count > 0; count--) {
    from.take(from.number());
    from.take(from.number());
    if (from.byte() === 2) return least(from);
    throw new Error('an import that is not a memory');
  }
  return undefined;
}

/** Pages at the start, first values of changing globals, where data lies. */
function layout(file) {
  const bytes = readFileSync(file);
  const all = reader(bytes.subarray(8));
  const found = { pages: undefined, globals: [], data: [] };
  while (all.more) {
    const id = all.byte();
    const from = reader(all.take(all.number()));
    if (id === 2) found.pages = importedMemory(from);
    if (id === 5 && from.number() > 0) found.pages = least(from);
    for (let count = id === 6 ? from.number() : 0; count > 0; count--) {
      from.byte();
      const changes = from.byte() === 1;
      const value = constant(from);
      if (changes) found.globals.push(value);
    }
    for (let count = id === 11 ? from.number() : 0; count > 0; count--) {
      if (from.number() !== 0) throw new Error('a segment that is not put in place at the start');
      const start = constant(from);
      const size = from.number();
      from.take(size);
      found.data.push([start, start + size]);
    }
  }
  return found;
}

const [folder] = process.argv.slice(2);
const faults = [];
for (const [name, pages, start, end] of [
  ['sotto.wasm', 4, 0, BORDER],
  ['sotto-later.wasm', 5, BORDER, END],
]) {
  const found = layout(join(folder, name));
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
