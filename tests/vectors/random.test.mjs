/**
 * random.test.mjs - the core against the reference on shops and shoppers from a seed
 *
 * Vector files hold what somebody thought of; here nobody did. RANDOM_SEED and RANDOM_COUNT choose
 * other shops, and more of them, than a quick test takes.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { openReferenceHost } from './host_reference.mjs';
import { openWasmHost } from './host_wasm.mjs';
import { randomBundle, randomScript } from './random.mjs';
import { runScript } from './script.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const program = path.join(
  process.env.BUILD ?? path.join(here, '../../build'),
  'tests/vectors/run_native',
);
const wasi = path.join(
  process.env.WASM_OUT ?? path.join(here, '../../wasm-out'),
  'sotto-wasi.wasm',
);
const page = path.join(path.dirname(wasi), 'sotto.wasm');
const first = Number(process.env.RANDOM_SEED ?? 1);
const count = Number(process.env.RANDOM_COUNT ?? 24);
const COMMANDS = 200;

/** The modules, those of a page with the second that they are loaded with. */
const MODULES = [[wasi], [page, 'sotto-later.wasm'], [page, 'sotto-later-base.wasm']];

function firstDifference(got, expected) {
  const lines = got.split('\n');
  const wanted = expected.split('\n');
  const at = wanted.findIndex((line, i) => line !== lines[i]);
  const command = wanted
    .slice(0, at + 1)
    .reverse()
    .find((line) => !line.startsWith('>'));
  const both = `  the reference says ${wanted[at]}\n  the core says      ${lines[at]}`;
  return `line ${at + 1}, after ${command}\n${both}`;
}

const needs = [program, wasi, page].find((file) => !existsSync(file));
const skip = needs !== undefined && `${needs} is not built`;
for (let seed = first; seed < first + count; seed++) {
  test(`shop ${seed}`, { skip }, async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'sotto-random-'));
    try {
      const bundle = randomBundle(seed);
      mkdirSync(path.join(folder, 'random'));
      for (const [kind, bytes] of bundle.files)
        writeFileSync(path.join(folder, 'random', `${kind}.sotto`), bytes);
      const script = randomScript(seed, bundle, COMMANDS);
      const expected = runScript(script, openReferenceHost(), folder);
      const native = spawnSync(program, [folder], {
        input: script,
        encoding: 'utf8',
        maxBuffer: 1 << 28,
        timeout: 60000,
      });
      assert.equal(native.status, 0, native.stderr);
      if (native.stdout !== expected)
        assert.fail(`native: ${firstDifference(native.stdout, expected)}`);
      for (const [file, later] of MODULES) {
        const wasm = runScript(expected, await openWasmHost(file, wasi, later), folder);
        if (wasm !== expected)
          assert.fail(`${later ?? path.basename(file)}: ${firstDifference(wasm, expected)}`);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
}
