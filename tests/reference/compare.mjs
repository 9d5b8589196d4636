/**
 * compare.mjs - do the core and the second reader say the same about a file?
 *
 *     node tests/reference/compare.mjs FILE...
 *
 * Runs `$BUILD/sotto show FILE --json --all` (BUILD is `build` if not set) and compares what it
 * prints with what the reader here reads, key by key, in order. Prints a line per file; exit 1 if
 * one differs.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

import { difference } from './json.mjs';
import { readAny } from './read.mjs';

const PRINTED_MAX = 1 << 30;

/** What differs about a file, as one sentence, or null. */
export function compareFile(file, sotto) {
  const problems = [];
  const ours = JSON.parse(JSON.stringify(readAny(Uint8Array.from(readFileSync(file)), problems)));
  if (problems.length > 0) return `not valid: ${problems[0]}`;
  const options = { maxBuffer: PRINTED_MAX, encoding: 'utf8' };
  const theirs = JSON.parse(execFileSync(sotto, ['show', file, '--json', '--all'], options));
  const found = difference(ours, theirs);
  return (
    found && `${found.path}: the reader says ${short(found.a)}, sotto show says ${short(found.b)}`
  );
}

function short(value) {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 200 ? `${text.slice(0, 200)}...` : text;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const files = process.argv.slice(2);
  if (files.length === 0) {
    console.error('usage: node tests/reference/compare.mjs FILE...');
    process.exit(2);
  }
  const sotto = path.join(process.env.BUILD ?? 'build', 'sotto');
  for (const file of files) {
    const differs = compareFile(file, sotto);
    console.log(differs ? `not ok ${file}: ${differs}` : `ok ${file}`);
    if (differs) process.exitCode = 1;
  }
}
