/**
 * random_plan.test.mjs - the arbiter against the reference, on campaigns and histories from a seed
 *
 * As random.test.mjs does for rankings. RANDOM_SEED and RANDOM_COUNT choose others, and more of them.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { casesText } from '../reference/bucketing.mjs';
import { openReferenceHost } from './host_reference.mjs';
import { openWasmHost } from './host_wasm.mjs';
import { randomCampaigns, randomHistory } from './random_plan.mjs';
import { runScript } from './script.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const golden = path.join(here, '../golden');
const program = path.join(process.env.BUILD ?? path.join(here, '../../build'), 'tests/vectors/run_native');
const wasi = path.join(process.env.WASM_OUT ?? path.join(here, '../../wasm-out'), 'sotto-wasi.wasm');
const page = path.join(path.dirname(wasi), 'sotto.wasm');
const first = Number(process.env.RANDOM_SEED ?? 1);
const count = Number(process.env.RANDOM_COUNT ?? 24);
const STEPS = 40;

function firstDifference(got, expected) {
  const [lines, wanted] = [got.split('\n'), expected.split('\n')];
  const at = wanted.findIndex((line, i) => line !== lines[i]);
  const command = wanted.slice(0, at + 1).reverse().find((line) => !line.startsWith('>'));
  return `line ${at + 1}, after ${command}\n  the reference says ${wanted[at]}\n  the core says      ${lines[at]}`;
}

const needs = [program, wasi, page].find((file) => !existsSync(file));
const skip = needs !== undefined && `${needs} is not built`;
for (let seed = first; seed < first + count; seed++) {
  test(`campaigns ${seed}`, { skip }, async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'sotto-random-'));
    try {
      const shop = randomCampaigns(seed, golden);
      mkdirSync(path.join(folder, 'random'));
      for (const [kind, bytes] of shop.files)
        writeFileSync(path.join(folder, 'random', `${kind}.sotto`), bytes);
      const script = randomHistory(seed, shop, STEPS);
      const expected = runScript(script, openReferenceHost(), folder);
      const options = { input: script, encoding: 'utf8', maxBuffer: 1 << 28, timeout: 60000 };
      const native = spawnSync(program, [folder], options);
      assert.equal(native.status, 0, native.stderr);
      if (native.stdout !== expected) assert.fail(`native: ${firstDifference(native.stdout, expected)}`);
      for (const module of [wasi, page]) {
        const wasm = runScript(expected, await openWasmHost(module, wasi), folder);
        if (wasm !== expected) assert.fail(`${path.basename(module)}: ${firstDifference(wasm, expected)}`);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
}

test('the published cases of bucketing are what the reference says', () => {
  assert.equal(casesText(), readFileSync(path.join(here, 'bucketing.json'), 'utf8'));
});
