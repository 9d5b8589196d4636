/**
 * aside.test.mjs - what is kept and not used: looked at, thinned out, taken up again
 *
 * own.test.mjs has the same on whole pages.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { openAside } from '../../web/later/aside.js';
import { memoryStore } from '../../web/later/memory-store.js';

const block = (...values) => Uint8Array.from(values);
/** Takes the last byte out. */
const shorter = (one) => (one.length > 1 ? one.subarray(0, one.length - 1) : null);

/** An aside, with a core whose profile is `tracked`. */
function open({ tier = 'session', record = 'paused', store = memoryStore() } = {}) {
  const tracked = [];
  const dropped = [];
  const core = {
    savedBlock: () => block(...tracked),
    profileOpen(saved) {
      tracked.splice(0, Infinity, ...saved);
      return true;
    },
  };
  const visit = {
    core, tier, active: true, log: [], apply: (value) => tracked.push(value),
    add(value) {
      this.log.push(value);
      this.apply(value);
    },
  };
  const aside = openAside({
    visit, record: { read: () => ({ tier: record }) }, store: () => store,
    leftovers: { drop: (goes) => dropped.push(goes) },
  });
  return { aside, visit, tracked, dropped };
}

test('a session’s profile is put aside and taken up with what was tracked since, once', async () => {
  const { aside, visit, tracked } = open();
  visit.add(1);
  visit.add(2);
  assert.equal(aside.put(), true);
  assert.deepEqual([aside.isHere, await aside.block()], [true, block(1, 2)]);
  visit.active = false;
  visit.log.push(3);
  tracked.length = 0;
  aside.takeUp();
  assert.deepEqual([tracked, aside.isHere, visit.active], [[1, 2, 3], false, true]);
  tracked.length = 0;
  aside.takeUp();
  assert.deepEqual(tracked, [], 'there is none any more');
});

test('what is on the device is left there, and told only while the shopper pauses', async () => {
  const store = memoryStore({ block: block(7), generation: 4 });
  const paused = open({ tier: 'remembered', store });
  assert.equal(paused.aside.put(), false);
  assert.deepEqual([paused.aside.isHere, await paused.aside.block()], [false, block(7)]);
  const going = open({ tier: 'remembered', record: 'remembered', store });
  assert.equal(await going.aside.block(), null);
  assert.equal(await going.aside.forget(shorter, () => true), false);
});

test('a single thing is forgotten: in memory, and on the device with what pages left', async () => {
  const session = open();
  session.visit.add(1);
  session.visit.add(2);
  session.aside.put();
  assert.equal(await session.aside.forget(shorter, () => true), true);
  assert.deepEqual([await session.aside.block(), session.dropped.length], [block(1), 0]);
  session.aside.drop();

  const store = memoryStore({ block: block(7, 8), generation: 4 });
  const paused = open({ tier: 'remembered', store });
  const goes = () => true;
  assert.equal(await paused.aside.forget(shorter, goes), true);
  assert.deepEqual([await store.load(), paused.dropped], [{ block: block(7), generation: 5 }, [goes]]);
  assert.equal(await paused.aside.forget(shorter, goes), false, 'nothing comes of it');
});

test('another tab may be faster, but not for ever', async () => {
  for (const [faster, done] of [[3, true], [100, false]]) {
    const store = memoryStore({ block: block(7, 8), generation: 4 });
    const { save } = store;
    let left = faster;
    store.save = async (next, generation) => (left-- > 0 ? null : save(next, generation));
    const { aside } = open({ tier: 'remembered', store });
    assert.equal(await aside.forget(shorter, () => true), done);
    assert.deepEqual((await store.load()).block, done ? block(7) : block(7, 8));
  }
});
