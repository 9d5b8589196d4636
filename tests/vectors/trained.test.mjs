/**
 * trained.test.mjs - the tea house trained and published by today's tools
 *
 * The golden bundle stays what it is; this one changes with the trainer. So its answers stand
 * nowhere: the commands of ask_shop.txt are put to the core and to the reference, which must agree.
 * The files stay in BUILD, where compare.test.mjs finds them.
 */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { verify } from '../reference/manifest.mjs';
import { openReferenceHost } from './host_reference.mjs';
import { openWasmHost } from './host_wasm.mjs';
import { runScript } from './script.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const build = process.env.BUILD ?? path.join(here, '../../build');
const wasi = path.join(
  process.env.WASM_OUT ?? path.join(here, '../../wasm-out'),
  'sotto-wasi.wasm',
);
const sotto = path.join(build, 'sotto');
const program = path.join(build, 'tests/vectors/run_native');
const needs = [sotto, program, wasi].find((file) => !existsSync(file));
const skip = needs !== undefined && `${needs} is not built`;
const folder = path.join(build, 'tests/trained');

/** Trains and publishes into `folder`; answers the public key. */
function publish() {
  const site = path.join(here, 'shop/site.json');
  const model = path.join(folder, 'model.sotto');
  const key = path.join(folder, 'key');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const run = (...words) =>
    execFileSync(sotto, words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  const public_key = Buffer.from(run('keygen', '-o', key).trim(), 'base64');
  run('train', '-q', '-o', model, site);
  run(
    'publish',
    '-q',
    '--no-runtime',
    '--model',
    model,
    '--key',
    key,
    '-o',
    path.join(folder, 'shop'),
    site,
  );
  return public_key;
}

test(
  'the tea house, trained now, answers the same in the core and in the reference',
  { skip },
  async () => {
    const public_key = publish();
    const manifest = path.join(folder, 'shop/manifest.sotto');
    assert.equal(verify(Uint8Array.from(readFileSync(manifest)), public_key), true, 'signature');
    assert.equal(readdirSync(path.join(folder, 'shop')).length, 5);

    const script = readFileSync(path.join(here, 'ask_shop.txt'), 'utf8');
    const expected = runScript(script, openReferenceHost(), folder);
    const native = spawnSync(program, [folder], {
      input: script,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
    assert.equal(native.status, 0, native.stderr);
    assert.equal(native.stdout, expected);
    assert.equal(runScript(script, await openWasmHost(wasi), folder), expected);
  },
);

test('the golden tea house is signed by the key beside it', () => {
  const golden = path.join(here, '../golden/shop');
  const public_key = Buffer.from(
    readFileSync(path.join(golden, 'public-key.txt'), 'utf8').trim(),
    'base64',
  );
  assert.equal(
    verify(Uint8Array.from(readFileSync(path.join(golden, 'manifest.sotto'))), public_key),
    true,
  );
});
