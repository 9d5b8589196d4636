/**
 * store-faults.test.mjs - every step of the store failing in every way
 *
 * An operation is done on a device of which one step fails: the first, the second, and so on until
 * the operation has no such step. Whatever happens, nothing is thrown, what the device holds is the
 * old profile or the new one, and what was erased stays away.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { deviceStore } from '../../web/later/store.js';
import { readSaved } from '../../web/saved.js';
import { layFaults, rowsOf, WAYS } from './support/faults.mjs';
import { noStorage, openBrowser } from './support/page.mjs';

const NAME = 'sotto:test';
const skip = noStorage;
const block = (value) => new Uint8Array(16).fill(value);

let faults;
before(() => {
  if (!skip) faults = layFaults();
});
after(() => faults?.lift());

function open(others) {
  const told = [];
  const store = deviceStore(NAME, (...what) => told.push(what), undefined, undefined, others);
  return Object.assign(store, { told });
}

/** A device that holds block 1, and a store that does not know it yet. */
async function prepare({ empty = false } = {}) {
  openBrowser(new Map());
  let generation = 1;
  if (!empty) {
    const maker = open();
    ({ generation } = await faults.finish(maker.load()));
    generation = await faults.finish(maker.save(block(1), generation));
    assert.ok(generation);
    await faults.rest();
    maker.close();
  }
  return { store: open(), generation };
}

/** What the next page would find: the first byte of the block, undefined for nothing. */
async function found() {
  const looked = readSaved(NAME).catch(() => null);
  return (await faults.finish(looked))?.block?.[0];
}

/**
 * Does `work` with each of its steps failing in each way, and then `check`, undisturbed. Answers
 * how many steps there were.
 */
async function everyFault(work, check, options) {
  let steps = 0;
  for (const way of WAYS) {
    for (let step = 1; ; step++) {
      const scene = await prepare(options);
      await scene.ready?.();
      if (options?.loaded) scene.loaded = await faults.finish(scene.store.load());
      const where = `step ${step}: ${way}`;
      faults.arm(way, step);
      let outcome;
      try {
        outcome = await faults.finish(work(scene));
        await faults.rest();
      } catch (error) {
        throw new Error(`${where} was thrown`, { cause: error });
      }
      const reached = faults.disarm();
      faults.restart();
      await faults.rest();
      await check({ ...scene, outcome, where });
      scene.store.close();
      if (!reached) break;
      steps = Math.max(steps, step);
    }
  }
  return steps;
}

/** The store goes on: whatever it does now ends up on the device, at the latest after a while. */
async function goesOn(store, where, value) {
  for (let tries = 0; tries < 3; tries++) {
    const { generation } = await faults.finish(store.load());
    const saved = await faults.finish(store.save(block(value), generation));
    await faults.rest();
    if (saved !== null && store.kind === 'device') break;
    await faults.pass();
  }
  const refused = store.told.some(([,, detail]) => !/no answer/.test(detail));
  assert.equal(await found(), store.kind === 'device' || !refused ? value : await found(), where);
  if (store.kind === 'device') assert.equal(await found(), value, where);
  else assert.ok(refused, `${where}: memory for good only where the device refused`);
}

test('opening for the first time', { skip }, async () => {
  const steps = await everyFault(({ store }) => store.load(), async ({ store, outcome, where }) => {
    assert.equal(outcome.block, null, where);
    assert.ok(outcome.generation > 0, where);
    assert.equal(await found(), undefined, where);
    await goesOn(store, where, 7);
  }, { empty: true });
  assert.ok(steps >= 4, `${steps} steps`);
});

test('loading what is there', { skip }, async () => {
  const steps = await everyFault(({ store }) => store.load(), async ({ store, outcome, where }) => {
    assert.ok(outcome.block === null || outcome.block[0] === 1, where);
    assert.equal(outcome.block !== null, store.kind === 'device', where);
    assert.equal(await found(), 1, `${where}: the profile is still there`);
    await goesOn(store, where, 7);
  });
  assert.ok(steps >= 3, `${steps} steps`);
});

test('saving', { skip }, async () => {
  const save = ({ store, loaded }) => store.save(block(2), loaded.generation);
  const steps = await everyFault(save, async ({ store, outcome, where }) => {
    const there = await found();
    assert.ok(there === 1 || there === 2, `${where}: ${there}`);
    if (outcome !== null && store.kind === 'device') assert.equal(there, 2, where);
    const { block: seen } = await faults.finish(store.load());
    assert.ok([1, 2].includes(seen?.[0]), where);
    assert.ok(store.kind === 'memory' || seen[0] === there, where);
    await goesOn(store, where, 7);
  }, { loaded: true });
  assert.ok(steps >= 4, `${steps} steps`);
});

test('a save that another tab was faster than', { skip }, async () => {
  const steps = await everyFault(async ({ store, generation, other }) => {
    const faster = other ?? open();
    await faster.load();
    await faster.save(block(3), generation);
    const outcome = await store.save(block(2), generation);
    faster.close();
    return { outcome, won: faster.kind === 'device' };
  }, async ({ where, outcome }) => {
    const there = await found();
    assert.ok([1, 2, 3].includes(there), `${where}: ${there}`);
    if (outcome.won && there === 2) assert.fail(`${where}: what the other tab saved is gone`);
  }, { loaded: true });
  assert.ok(steps >= 6, `${steps} steps`);
});

for (const how of ['erase', 'remove']) test(`what is gone after ${how}() is gone`, { skip }, async () => {
  const steps = await everyFault(({ store }) => store[how](), async (scene) => {
    const { store, outcome, generation, where } = scene;
    const rows = await faults.finish(rowsOf(NAME));
    const left = [...rows.values()].filter((one) => one.length > 0);
    if (outcome) assert.deepEqual(left, [], `${where}: it said that all is gone`);
    else assert.ok(left.length <= 1, where);
    assert.equal((await faults.finish(store.load())).block, null, `${where}: gone on this page`);

    // A tab that slept through it.
    const late = open();
    const saved = await faults.finish(late.save(block(9), generation));
    await faults.rest();
    if (outcome) {
      assert.equal(saved, null, where);
      assert.equal(await found(), undefined, `${where}: it came back`);
      const hidden = [...(await faults.finish(rowsOf(NAME))).values()];
      assert.deepEqual(hidden.filter((one) => one.length > 0), [], `${where}: not even out of sight`);
    }
    late.close();

    // An erase that is owed comes first when the device answers again.
    await faults.pass();
    const { block: seen } = await faults.finish(store.load());
    assert.equal(seen, null, where);
    if (store.kind === 'device') assert.equal(await found(), undefined, `${where}: it was owed`);
    else assert.equal(await faults.finish(store[how]()), true, `${where}: asked again it is done`);
    assert.equal(await found(), undefined, where);
  }, { loaded: true });
  assert.ok(steps >= 5, `${steps} steps`);
});

test('a device that answers none of several at once is left alone as long as for one', { skip }, async () => {
  const { generation } = await prepare();
  let awake = 0;
  const store = deviceStore(NAME, () => {}, () => awake++);
  await faults.finish(store.load());
  faults.arm('never settles', 1, true);
  const asked = [store.load(), store.save(block(2), generation), store.load()];
  await Promise.all(asked.map((one) => faults.finish(one)));
  assert.equal(store.kind, 'memory');
  faults.disarm();
  faults.restart();
  await faults.pass(15000);
  assert.equal(awake, 1);
  await faults.finish(store.load());
  assert.equal(store.kind, 'device');
  store.close();
});

test('an erase that is owed is not done where another page has done it', { skip }, async () => {
  for (const due of [true, false]) {
    await prepare();
    const store = open({ isErasing: () => due, done: async () => () => {} });
    await faults.finish(store.load());
    faults.arm('never settles', 1, true);
    assert.equal(await faults.finish(store.erase()), false);
    faults.disarm();
    faults.restart();

    const other = open();
    assert.equal(await faults.finish(other.erase()), true);
    const { generation } = await faults.finish(other.load());
    assert.ok(await faults.finish(other.save(block(5), generation)));
    other.close();

    await faults.pass();
    const { block: seen } = await faults.finish(store.load());
    assert.equal(seen?.[0], due ? undefined : 5);
    assert.equal(await found(), due ? undefined : 5);
    store.close();
  }
});

test('what looks at the rows lays out no database', { skip }, async () => {
  openBrowser(new Map());
  assert.equal((await faults.finish(rowsOf(NAME))).size, 0);
  assert.deepEqual(await indexedDB.databases(), []);
});

test('a device on which everything fails', { skip }, async () => {
  for (const way of WAYS) {
    for (const from of [1, 2, 3]) {
      const { store } = await prepare();
      faults.arm(way, from, true);
      const { generation } = await faults.finish(store.load());
      const next = await faults.finish(store.save(block(2), generation));
      await faults.pass();
      await faults.finish(store.save(block(3), next ?? generation));
      const gone = await faults.finish(store.erase());
      faults.disarm();
      faults.restart();
      // Some steps fail only after they were done.
      if (gone) assert.equal(await found(), undefined, `${way} from ${from}`);
      assert.ok(store.told.length <= 1, `${way} from ${from}: told ${store.told.length} times`);
      assert.ok([1, undefined].includes(await found()), `${way} from ${from}`);
      store.close();
    }
  }
});

test('the first look fails in every way without a word', { skip }, async () => {
  for (const way of WAYS) {
    for (let step = 1; ; step++) {
      await prepare();
      faults.arm(way, step);
      const seen = await found();
      const reached = faults.disarm();
      faults.restart();
      assert.ok(seen === undefined || seen === 1, `step ${step}: ${way}`);
      assert.equal(await found(), 1);
      if (!reached) break;
    }
  }
});
