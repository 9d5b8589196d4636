/**
 * vectors.test.mjs - every vector file through every host, byte for byte
 *
 * A file passes when it comes back as it was. The reference comes first: if it says something else
 * than a file, the file is wrong, or the documents are; if a build does, the core is.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { TRIGGERS } from '../golden/campaigns.mjs';
import { gardenPool, SEGMENTS } from '../golden/plan.mjs';
import { NUMBERS, OPS, soundProgram, TEXTS, TRUTHS } from '../reference/expression_check.mjs';
import { openFaceHost } from './host_face.mjs';
import { openReferenceHost } from './host_reference.mjs';
import { openWasmHost } from './host_wasm.mjs';
import { runScript } from './script.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const golden = path.join(here, '../golden');
const build = process.env.BUILD ?? path.join(here, '../../build');
const wasm_out = process.env.WASM_OUT ?? path.join(here, '../../wasm-out');
const files = readdirSync(here).filter((name) => name.endsWith('.txt'));

/** The first line where two texts differ, with the command above it, for people. */
function firstDifference(text, expected) {
  const got = text.split('\n');
  const wanted = expected.split('\n');
  const at = wanted.findIndex((line, i) => line !== got[i]);
  const command =
    wanted
      .slice(0, at + 1)
      .reverse()
      .find((line) => !line.startsWith('>')) ?? '';
  return `line ${at + 1}, after \`${command}\`:\n  expected ${wanted[at]}\n  got      ${got[at]}`;
}

function same(text, file) {
  const expected = readFileSync(path.join(here, file), 'utf8');
  if (text !== expected) assert.fail(`${file}: ${firstDifference(text, expected)}`);
}

function runNative(file) {
  const input = readFileSync(path.join(here, file));
  const { status, stdout, stderr } = spawnSync(program, [golden], {
    input,
    maxBuffer: 1 << 28,
    encoding: 'utf8',
  });
  assert.equal(status, 0, stderr);
  return stdout;
}

const scripted = (open) => async (file) =>
  runScript(readFileSync(path.join(here, file), 'utf8'), await open(), golden);

const program = path.join(build, 'tests/vectors/run_native');
const page = path.join(wasm_out, 'sotto.wasm');
const wasi = path.join(wasm_out, 'sotto-wasi.wasm');

const hosts = [
  ['reference', null, scripted(openReferenceHost)],
  ['native', program, runNative],
  ['sotto.wasm', page, scripted(() => openWasmHost(page, wasi))],
  ['sotto.wasm, no SIMD', page, scripted(() => openWasmHost(page, wasi, 'sotto-later-base.wasm'))],
  ['sotto-wasi.wasm', wasi, scripted(() => openWasmHost(wasi))],
  ['web/ in a page', page, scripted(() => openFaceHost(page))],
  ['web/ on a server', wasi, scripted(() => openFaceHost(wasi, { whole: true }))],
];

for (const [name, needs, run] of hosts) {
  const skip = needs !== null && !existsSync(needs) && `${needs} is not built`;
  for (const file of files) {
    test(`${name}: ${file}`, { skip }, async () => same(await run(file), file));
  }
}

/* ---- What the files leave out ---- */

/** Programs of expressions.txt that are sound, and what they say. */
function asked() {
  const lines = readFileSync(path.join(here, 'expressions.txt'), 'utf8').split('\n');
  const pool = gardenPool();
  return lines.flatMap((line, i) => {
    const [, hex] = /^program (\w+)$/.exec(line) ?? [];
    if (!hex || !/^> (true|false)$/.test(lines[i + 1])) return [];
    const code = Uint8Array.from(Buffer.from(hex, 'hex'));
    return [{ code, says: lines[i + 1] === '> true', parts: soundProgram(code, pool, SEGMENTS.length) }];
  });
}

test('every instruction and every fact of expressions is asked, every truth with both answers', () => {
  const ops = new Set();
  const facts = new Set();
  const truths = new Map();
  for (const { code, says, parts } of asked()) {
    for (const { at, operand } of parts) {
      ops.add(code[at]);
      if (code[at] >= 0x10 && code[at] <= 0x12) facts.add(operand);
    }
    const last = code[parts.at(-2).at];
    truths.set(last, (truths.get(last) ?? new Set()).add(says));
  }
  assert.deepEqual(Object.keys(OPS).map(Number).filter((op) => !ops.has(op)), []);
  assert.deepEqual([...NUMBERS, ...TEXTS, ...TRUTHS].filter((fact) => !facts.has(fact)), []);
  const decide = Object.entries(OPS).filter(([op, [, pops, pushes]]) => pushes === 'B' && pops !== '' && Number(op) !== 0);
  assert.deepEqual(decide.map(([op]) => Number(op)).filter((op) => truths.get(op)?.size !== 2), []);
});

test('every trigger fires in the vectors, and every one but "page" does not', () => {
  const script = readFileSync(path.join(here, 'triggers.txt'), 'utf8').split('\n');
  const names = script.find((line) => line.startsWith('look-at ')).split(' ').slice(1);
  const said = (name, rule) => script.some((line) => line.startsWith(`> ${name} ${rule} `));
  assert.deepEqual(names.filter((name) => !said(name, 'shown')), []);
  assert.deepEqual(names.filter((name) => !said(name, 'trigger')), ['page']);
  const kinds = new Set(TRIGGERS.flatMap(([, triggers]) => triggers.map(([kind]) => kind)));
  assert.equal(kinds.size, 14, 'FORMAT.md 5c has fourteen');
});
