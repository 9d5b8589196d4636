/**
 * dump.mjs - prints the whole content of a Sotto file as JSON
 *
 *     node tests/reference/dump.mjs FILE
 *
 * Exit 0: read and valid. 1: refused, or printed with the broken rules on standard error. 2:
 * misused.
 */
import { readFileSync } from 'node:fs';

import { Fault } from './bytes.mjs';
import { toJson } from './json.mjs';
import { readAny } from './read.mjs';

const [file, ...rest] = process.argv.slice(2);
if (!file || rest.length > 0) {
  console.error('usage: node tests/reference/dump.mjs FILE');
  process.exit(2);
}
const problems = [];
try {
  const bytes = readFileSync(file);
  process.stdout.write(toJson(readAny(bytes, problems)));
} catch (error) {
  if (!(error instanceof Fault)) throw error;
  console.error(`${file}: ${error.message}`);
  process.exitCode = 1;
}
for (const problem of problems) console.error(`${file}: not valid: ${problem}`);
if (problems.length > 0) process.exitCode = 1;
