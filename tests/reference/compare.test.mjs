/**
 * compare.test.mjs - both readers over every Sotto file there is
 *
 * The golden bundles, the files other tests and the demo shop left in BUILD, and random ones made
 * here, by the small writer: `sotto show --json --all` must say what the reader here says.
 */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { randomBundle } from '../vectors/random.mjs';
import { compareFile } from './compare.mjs';
import { writeProfile } from './write.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const build = process.env.BUILD ?? path.join(here, '../../build');
const sotto = path.join(build, 'sotto');
const skip = !existsSync(sotto) && `${sotto} is not built`;
const RANDOM_COUNT = Number(process.env.RANDOM_COUNT ?? 8);
const RANDOM_SEED = Number(process.env.RANDOM_SEED ?? 1);
/* The reader takes about a second per megabyte and more than that in memory. */
const SIZE_MAX = 16 << 20;

/** All files of a folder and those in it that end in .sotto. */
function sottoFiles(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) return sottoFiles(file);
    return entry.name.endsWith('.sotto') && statSync(file).size <= SIZE_MAX ? [file] : [];
  });
}

function sameFor(file) {
  const differs = compareFile(file, sotto);
  assert.equal(differs, null, `${file}: ${differs}`);
}

test('golden bundles', { skip }, () => {
  const files = sottoFiles(path.join(here, '../golden'));
  assert.notEqual(files.length, 0);
  files.forEach(sameFor);
});

test('random bundles of the small writer', { skip }, () => {
  const folder = path.join(build, 'tests/reference');
  for (let seed = RANDOM_SEED; seed < RANDOM_SEED + RANDOM_COUNT; seed++) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    for (const [kind, bytes] of randomBundle(seed).files)
      writeFileSync(path.join(folder, `${kind}.sotto`), bytes);
    sottoFiles(folder).forEach(sameFor);
  }
});

test('a profile', { skip }, () => {
  const file = path.join(build, 'tests/reference/profile.sotto');
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(
    file,
    writeProfile({
      seed: 0xfedcba9876543210n,
      created_s: 1,
      updated_s: 4000000000,
      session_start_s: 3,
      session_count: 4,
      events: Array.from({ length: 256 }, (_, i) => ({
        item: BigInt(i),
        time_s: i,
        kind: 1 + (i % 10),
        quantity: i,
      })),
      event_head: 17,
      event_total: 1000,
      cart: [
        { item: 9n, time_s: 5, quantity: 2 },
        { item: 3n, time_s: 6, quantity: 65535 },
      ],
      purchases: [{ item: 4n, time_s: 7, times: 1, quantity: 3 }],
      categories: [
        { key: 8n, value: 4194304, time_s: 9 },
        { key: 7n, value: 1, time_s: 4294967295 },
      ],
    }),
  );
  sameFor(file);
});

const made = sottoFiles(build).filter(
  (file) => !file.startsWith(path.join(build, 'tests/reference')),
);
const none = made.length === 0 && `no .sotto file lies in ${build} yet`;
test(`${made.length} files that other tests and the demo shop made`, { skip: skip || none }, () => {
  made.forEach(sameFor);
});
