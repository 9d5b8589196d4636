/**
 * random_expressions.test.mjs - the core against the reference, asked random expressions
 *
 * RANDOM_SEED and RANDOM_COUNT choose other shops, and more of them, than a quick test takes.
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
import { randomBundle } from './random.mjs';
import { randomPlan, randomQuestions } from './random_expressions.mjs';
import { runScript } from './script.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const build = process.env.BUILD ?? path.join(here, '../../build');
const program = path.join(build, 'tests/vectors/run_native');
const wasm_out = process.env.WASM_OUT ?? path.join(here, '../../wasm-out');
const wasi = path.join(wasm_out, 'sotto-wasi.wasm');
const first = Number(process.env.RANDOM_SEED ?? 1);
const count = Number(process.env.RANDOM_COUNT ?? 10);
const QUESTIONS = 200;

function difference(got, expected) {
  const lines = got.split('\n');
  const wanted = expected.split('\n');
  const at = wanted.findIndex((line, i) => line !== lines[i]);
  return `line ${at + 1}, after ${wanted[at - 1]}\n  the reference says ${wanted[at]}\n  the core says      ${lines[at]}`;
}

const needs = [program, wasi].find((file) => !existsSync(file));
const skip = needs !== undefined && `${needs} is not built`;
let said = { true: 0, false: 0, unsound: 0 };

for (let seed = first; seed < first + count; seed++) {
  test(`expressions ${seed}`, { skip }, async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'sotto-expressions-'));
    try {
      const names = randomBundle(seed);
      const plan = randomPlan(seed, names);
      const bundle = randomBundle(seed, plan.sections);
      mkdirSync(path.join(folder, 'random'));
      for (const [kind, bytes] of bundle.files)
        writeFileSync(path.join(folder, 'random', `${kind}.sotto`), bytes);
      const script = randomQuestions(plan, names, QUESTIONS);
      const expected = runScript(script, openReferenceHost(), folder);
      for (const word of Object.keys(said)) said[word] += expected.split(`\n> ${word}`).length - 1;
      const native = spawnSync(program, [folder], { input: script, encoding: 'utf8', maxBuffer: 1 << 28 });
      assert.equal(native.status, 0, native.stderr);
      if (native.stdout !== expected) assert.fail(`native: ${difference(native.stdout, expected)}`);
      const wasm = runScript(script, await openWasmHost(wasi), folder);
      if (wasm !== expected) assert.fail(`sotto-wasi.wasm: ${difference(wasm, expected)}`);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
}

test('the questions have all answers', { skip }, () => {
  const all = said.true + said.false + said.unsound;
  for (const [word, times] of Object.entries(said))
    assert.ok(times > all / 20, `${times} of ${all} are ${word}`);
});
