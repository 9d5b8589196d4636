/**
 * twins.test.mjs - the later module with SIMD and the one without rank alike, to the last byte
 *
 * Over the shops of tests/bench, which are made up at random but have all that a ranker can have, in
 * every width of codes; tests/bench/shelve.c says what the native core comes to. And neither needs more
 * stack than it has.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test } from 'node:test';

import { raceShelves } from '../bench/shelve.mjs';
import { layoutOf } from '../wasm-read.mjs';
import { noCore } from './support/garden.mjs';

const wasmOut = resolve(process.env.WASM_OUT ?? 'wasm-out');
const native = join(resolve(process.env.BUILD ?? 'build'), 'tests/bench/shelve');
const skip = noCore || (existsSync(native) ? false : `${native} is not there; run: make bench`);

const module = (name) => readFileSync(join(wasmOut, name));

for (const items of [40, 700, 5000]) {
  test(`${items} items`, { skip }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sotto-twins-'));
    try {
      const { answers, for_you } = JSON.parse(execFileSync(native, [String(items), folder, '0']));
      assert.ok(for_you > 20);
      const files = {
        page: module('sotto.wasm'),
        model: readFileSync(join(folder, 'ranked-model.sotto')),
        ranker: readFileSync(join(folder, 'ranker.sotto')),
      };
      for (const later of ['sotto-later.wasm', 'sotto-later-base.wasm']) {
        const [stackTop] = layoutOf(module(later)).globals;
        const found = await raceShelves({ ...files, later: module(later) }, items, 0, stackTop);
        assert.equal(found.answers, answers, later);
        assert.ok(found.stackLeft > 2048, `${later}: ${found.stackLeft} bytes of its stack were never used`);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
}
