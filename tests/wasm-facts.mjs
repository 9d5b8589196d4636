/**
 * wasm-facts.mjs - writes what the built modules are, and refuses ones that could reach out
 *
 *     node tests/wasm-facts.mjs FOLDER MODULE="CALLS"...
 *
 * A module imports nothing, and what a page loads later its memory and nothing else: no clock, no
 * chance, no network, so that whatever it does stays inside. It exports the calls that are meant for
 * it. FOLDER gets exports.txt and size.txt.
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { brotliSize } from './brotli.mjs';

const [folder, ...wanted] = process.argv.slice(2);
const modules = wanted.map((one) => one.split('=')).filter(([, calls]) => calls !== '')
  .map(([name, calls]) => [name, calls.split(' ')]);
const exported = [];
const sizes = [];
const faults = [];

for (const [name, calls] of modules) {
  const bytes = readFileSync(join(folder, name));
  const module = new WebAssembly.Module(bytes);
  const has = WebAssembly.Module.exports(module);

  const borrows = name.startsWith('sotto-later') ? 'env.memory' : '';
  for (const { module: from, name: what } of WebAssembly.Module.imports(module)) {
    if (`${from}.${what}` === borrows) continue;
    faults.push(`${name} imports ${from}.${what}; the core has nothing but itself`);
  }
  for (const call of calls.filter((call) => !has.some((one) => one.name === call))) {
    faults.push(`${name} does not export ${call}; is it defined?`);
  }
  exported.push(`${name}:`, ...has.map(({ name: what, kind }) => `  ${kind} ${what}`).sort());
  const hash = createHash('sha256').update(bytes).digest('hex');
  sizes.push(`${name}: ${bytes.length} bytes, ${brotliSize(bytes)} as brotli, sha256 ${hash}`);
}

if (faults.length > 0) {
  console.error(faults.join('\n'));
  process.exit(1);
}
writeFileSync(join(folder, 'exports.txt'), `${exported.join('\n')}\n`);
writeFileSync(join(folder, 'size.txt'), `${sizes.join('\n')}\n`);
