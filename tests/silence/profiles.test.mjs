/**
 * profiles.test.mjs - the shoppers of the silence tests are what they are meant to be
 *
 * A ledger that does not open is replaced by an empty one, and then all pairs would be alike for
 * nothing. So the core opens what is made here, and every field of it differs between shoppers.
 */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';

import { ledgerIn } from '../../web/later/ledger.js';
import { laterRuntime } from '../../web/later/runtime.js';
import { openRuntime } from '../../web/runtime.js';
import { LEDGER_TABLES, SHELF_TABLES } from './behind.mjs';
import { needlesOf, search } from './markers.mjs';
import { makeProfile } from './profiles.mjs';
import { randomFrom } from './random.mjs';

const demo = join(resolve(process.env.BUILD ?? 'build'), 'demo');
const wasm = join(resolve(process.env.WASM_OUT ?? 'wasm-out'), 'sotto-wasi.wasm');
const skip = existsSync(join(demo, 'shop/sotto')) && existsSync(wasm) ? false : 'run: make shop wasm';
const CLOCK_S = 1800000000;
const SHELF_AT = 7744;
const LEDGER_AT = 10080;
/** Checksums, sizes, magic: what follows from the rest, or is always the same. */
const FIXED = [[0, 16], [56, 64], [SHELF_AT, SHELF_AT + 6], [SHELF_AT + 26, SHELF_AT + 32],
  [LEDGER_AT, LEDGER_AT + 16], [LEDGER_AT + 60, LEDGER_AT + 96]];

const read = (path) => JSON.parse(readFileSync(join(demo, path), 'utf8'));
const shopOf = () => ({
  styles: read('truth.json').styles, products: read('shop/products.json').products, site: read('site.json'),
});
const shoppers = (count, kind) => {
  const shop = shopOf();
  return Array.from({ length: count }, (_, i) =>
    makeProfile(randomFrom(BigInt(i + 1)), CLOCK_S, shop, kind));
};

async function openCore() {
  const module = await WebAssembly.compile(readFileSync(wasm));
  const imports = {};
  for (const wanted of WebAssembly.Module.imports(module)) {
    (imports[wanted.module] ??= {})[wanted.name] = () => 52;
  }
  const instance = await WebAssembly.instantiate(module, imports);
  const core = openRuntime(instance);
  const folder = join(demo, 'shop/sotto');
  const manifest = readFileSync(join(folder, 'manifest.sotto')).toString('hex');
  ['model', 'catalogue', 'campaigns'].forEach((kind, i) => {
    const name = readdirSync(folder).find((one) => one.startsWith(`${kind}.`) && manifest.includes(one.split('.')[1]));
    core.openPart(i + 1, readFileSync(join(folder, name)));
  });
  const later = laterRuntime(core, instance);
  assert.equal(later.openPlan(), 0);
  return later;
}

test('the core opens them as they are, with their ledgers', { skip }, async () => {
  const core = await openCore();
  for (const { block, kind } of shoppers(60)) {
    assert.ok(core.profileOpen(new Uint8Array(block), 0), kind);
    if (block.length === SHELF_AT) continue;
    assert.deepEqual(Buffer.from(core.ledger()), Buffer.from(ledgerIn(block)), kind);
  }
});

test('every field differs between some of them', { skip }, () => {
  const all = shoppers(80, 'full').map(({ block }) => block);
  const size = all[0].length;
  const same = new Set(Array.from({ length: size }, (_, at) => at)
    .filter((at) => all.every((block) => block[at] === all[0][at])));
  for (const [from, to] of FIXED) for (let at = from; at < to; at++) same.delete(at);
  // What is always nothing in an entry: the high bytes of small numbers, and what is reserved.
  const mayBeSame = (at) => {
    if (at < SHELF_AT) return at < 64 || (at - 64) % 16 >= 8;
    const [start, tables] = at < LEDGER_AT ? [SHELF_AT, SHELF_TABLES] : [LEDGER_AT, LEDGER_TABLES];
    const table = tables.find(([begin, each, count]) => at - start >= begin && at - start < begin + each * count);
    if (!table) return true;
    const [begin, each] = table;
    return (at - start - begin) % each >= 8 || all.every((block) => block[at] === 0);
  };
  assert.deepEqual([...same].filter((at) => !mayBeSame(at)), []);
  const head = (at, length) => new Set(all.map((block) => block.subarray(at, at + length).toString('hex'))).size;
  for (const [at, length] of [[16, 8], [24, 4], [28, 4], [36, 4], [40, 4], [44, 2], ...[24, 28, 32, 34, 36, 40, 44, 48,
    52, 56].map((place) => [LEDGER_AT + place, place === 32 || place === 34 ? 2 : 4])]) {
    assert.ok(head(at, length) > 2, `${at} is one of ${head(at, length)}`);
  }
  const counts = all.map((block) => LEDGER_TABLES.map(([at, each, count]) =>
    Array.from({ length: count }, (_, i) => block.readBigUInt64LE(LEDGER_AT + at + each * i)).filter(Boolean).length));
  LEDGER_TABLES.forEach((_, table) => assert.ok(new Set(counts.map((row) => row[table])).size > 5, `table ${table}`));
});

test('a mark of each part is found', { skip }, () => {
  const [shopper] = shoppers(1, 'full');
  const needles = needlesOf(shopper.marks);
  const entry = (at, size) => shopper.block.subarray(at, at + size).toString('base64url');
  for (const [what, text] of [
    ['an event', entry(64, 16)], ['a line of the cart', entry(4160, 16)],
    ['a campaign', entry(LEDGER_AT + 96, 24)], ['an arm', entry(LEDGER_AT + 7776, 16)],
    ['how long it was looked at', entry(LEDGER_AT + 7264, 16)], ['an offer', entry(LEDGER_AT + 8800, 16)],
    ['an answer', entry(LEDGER_AT + 6240, 16)],
  ]) {
    assert.ok(search(needles, [`/x?y=${text}`]).length > 0, what);
  }
  assert.deepEqual(search(needles, ['/sotto/manifest.sotto']), []);
});
