/**
 * run.mjs - one vector file through one host, to standard output
 *
 *     node tests/vectors/run.mjs reference tests/vectors/profile.txt
 *     node tests/vectors/run.mjs wasm-out/sotto.wasm tests/vectors/profile.txt
 *
 * The host is `reference`, or a WebAssembly file (for what sotto.wasm lacks, sotto-wasi.wasm beside
 * it). Write the output over the file to take new answers over, and read the difference before you
 * believe it.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { openReferenceHost } from './host_reference.mjs';
import { openWasmHost } from './host_wasm.mjs';
import { runScript } from './script.mjs';

const GOLDEN = fileURLToPath(new URL('../golden', import.meta.url));
const [name, file] = process.argv.slice(2);
if (!file) {
  console.error('usage: node tests/vectors/run.mjs reference|WASM FILE');
  process.exit(2);
}
const host =
  name === 'reference'
    ? openReferenceHost()
    : await openWasmHost(name, path.join(path.dirname(name), 'sotto-wasi.wasm'));
process.stdout.write(runScript(readFileSync(file, 'utf8'), host, process.env.GOLDEN ?? GOLDEN));
