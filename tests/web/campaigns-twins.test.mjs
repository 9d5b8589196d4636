/**
 * campaigns-twins.test.mjs - the modules that pages load decide alike, and within their stack
 *
 * With SIMD, without, and the one for servers, over a plan that is full: 200 campaigns of many kinds, 100
 * segments, and a shopper with a full history.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';

import { openMoment } from '../../web/campaigns/moment.js';
import { laterRuntime } from '../../web/later/runtime.js';
import { openRuntime } from '../../web/runtime.js';
import { layoutOf } from '../wasm-read.mjs';
import { noCore, publish } from './support/garden.mjs';

const wasmOut = resolve(process.env.WASM_OUT ?? 'wasm-out');
const NOW = 1_800_000_000;
const STACK_SIZE = 16384;
const UNTOUCHED = 0xa5;
const ITEMS = ['spade', 'rake', 'hoe', 'gloves', 'tomato', 'basil', 'pot'];

// count(view, within: 7d) >= i
const looked = (i) => [0x20, 0x03, 0x00, 0x20, 0x80, 0xf5, 0x24, 0x02, 2 * (i % 40), 0x45, 0x00];
const plan = {
  segments: Array.from({ length: 100 }, (_, i) => ({ name: `segment-${i}`, when: looked(i) })),
  experiments: Array.from({ length: 8 }, (_, i) => ({
    name: `experiment-${i}`, arms: [['a', 5000], ['b', 5000]], allocation: i % 3,
  })),
  offers: [{ name: 'ten', codes: ['A', 'B', 'C'], kind: 'vouchers' }],
  campaigns: Array.from({ length: 200 }, (_, i) => ({
    name: `campaign-${i}`, block: i % 3 ? 'popup' : 'hero', place: i % 3 ? '' : `place-${i % 20}`,
    priority: i % 7, when: looked(i), slot: i % 5 ? undefined : 'for-you', flags: i % 4 ? undefined : 6,
    triggers: [['viewed-not-added', 60 * i + 1], ['dwell', i, 1], ['cart-idle', 60], ['event', 0, `e${i}`]],
    caps: [i % 4, 0, 5], pauses: [60, 0, 10], group: i % 9 || undefined, offer: i % 6 ? undefined : 'ten',
    ...(i % 10 ? {} : { experiment: `experiment-${i / 10 % 8}`, arms: 1 + (i / 10 % 3) }),
  })),
};

const scene = (now_s, context) => ({
  now_s, path: '/a/'.repeat(60), query: 'utm_source=x&q=%C3%A4', type: 'product', device: 'phone',
  language: 'de', timezone: 'Europe/Berlin', referrer: 'search', touch: true, stored: true,
  items: context.items, category: 'Garden > Tools', cart: null, pageActive_s: 100, sessionActive_s: 30,
  idle_s: 5, scroll: 40, signals: 1, events: [], account: [{ name: 'points', kind: 'number', value: 3 }],
  forced: [], unplaced: [3, 77],
});

async function decideWith(later) {
  const module = (name) => readFileSync(join(wasmOut, name));
  const { parts } = publish({ plan });
  const page = await WebAssembly.instantiate(module('sotto.wasm'));
  const { memory } = page.instance.exports;
  const runtime = openRuntime(page.instance);
  const [stackTop] = layoutOf(module(later)).globals;
  const stack = () => new Uint8Array(memory.buffer, stackTop - STACK_SIZE, STACK_SIZE);
  stack().fill(UNTOUCHED);
  const { instance } = await WebAssembly.instantiate(module(later), { env: { memory } });
  const core = laterRuntime(runtime, instance);
  [parts.model, parts.catalogue, parts.campaigns].forEach((part, i) => core.openPart(i + 1, part));
  assert.equal(core.openPlan(), 0);
  core.profileInit(5n, NOW);
  for (let i = 0; i < 300; i++) {
    const kind = [1, 2, 4, 5, 7, 8][i % 6];
    core.track(kind, core.hash(ITEMS[i % 7]), 1, NOW + 100 * i);
    core.track(11, core.plan.campaign(i % 200).key, 1, NOW + 100 * i);
  }
  const moment = openMoment(core);
  const said = [];
  for (const ahead of [0, 60, 3600, 86400, 30 * 86400]) {
    assert.equal(moment.look(scene(NOW + 30000 + ahead, { items: [1, 2] })), true);
    said.push(moment.segments(), moment.verdicts([0, 3, 5]), moment.cart());
    for (let i = 0; i < 8; i++) said.push(moment.arm(i));
  }
  core.openPlan();
  const left = stack().findIndex((byte) => byte !== UNTOUCHED);
  return { said: JSON.stringify(said), ledger: core.ledger(), left, rules: said[1].list.map(({ rule }) => rule) };
}

test('both decide alike, to the last byte, and leave some of their stack', { skip: noCore }, async () => {
  const found = await Promise.all(['sotto-later.wasm', 'sotto-later-base.wasm'].map(decideWith));
  assert.equal(found[0].said, found[1].said);
  assert.deepEqual(found[0].ledger, found[1].ledger);
  assert.ok(new Set(found[0].rules).size >= 4, `${[...new Set(found[0].rules)]}`);
  for (const { left } of found) assert.ok(left > 2048, `${left} bytes of its stack were never used`);
});

test('a plan that does not open leaves a page as it would be without', { skip: noCore }, async () => {
  const { parts } = publish({ plan: { campaigns: [{ name: 'x', block: 'popup', when: [0x40, 0x00] }] } });
  const page = await WebAssembly.instantiate(readFileSync(join(wasmOut, 'sotto.wasm')));
  const runtime = openRuntime(page.instance);
  const { instance } = await WebAssembly.instantiate(readFileSync(join(wasmOut, 'sotto-later.wasm')),
    { env: { memory: page.instance.exports.memory } });
  const core = laterRuntime(runtime, instance);
  [parts.model, parts.catalogue, parts.campaigns].forEach((part, i) => core.openPart(i + 1, part));
  assert.notEqual(core.openPlan(), 0);
  assert.equal(core.plan, null);
  core.profileInit(5n, NOW);
  core.track(1, core.hash('rake'), 1, NOW);
  assert.equal(core.savedBlock().length, 7744);
});
