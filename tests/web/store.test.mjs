/**
 * store.test.mjs - the profile's place on the device, and storage that misbehaves
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { memoryStore } from '../../web/later/memory-store.js';
import { deviceStore } from '../../web/later/store.js';
import { readSaved } from '../../web/saved.js';
import { allKeys, block, found, lay, open } from './support/device.mjs';
import { noStorage, openBrowser, storage, until } from './support/page.mjs';

const skip = noStorage;

test('a save is found again, under the next generation', { skip }, async () => {
  openBrowser(new Map());
  const store = open();
  const first = await store.load();
  assert.equal(first.block, null);
  assert.ok(first.generation > 0);
  const next = await store.save(block(1), first.generation);
  assert.equal(next, first.generation + 1);
  assert.deepEqual(await store.load(), { block: block(1), generation: next });
  assert.equal(await found(), 1);
  assert.equal(store.kind, 'device');
  store.close();
});

test('of two that go on from the same generation one loses', { skip }, async () => {
  openBrowser(new Map());
  const [one, two] = [open(), open()];
  const { generation } = await one.load();
  await two.load();
  const answers = await Promise.all([one.save(block(1), generation), two.save(block(2), generation)]);
  assert.deepEqual(answers.map((answer) => answer !== null).sort(), [false, true]);
  assert.equal(await found(), answers[0] ? 1 : 2);
});

test('a race is lost and not a failure, whatever the browser calls it', { skip }, async () => {
  const { transaction } = storage.IDBDatabase.prototype;
  for (const named of [null, new DOMException('', 'AbortError')]) {
    openBrowser(new Map());
    storage.IDBDatabase.prototype.transaction = function unnamed(...args) {
      const made = transaction.apply(this, args);
      let real = null;
      return Object.defineProperty(made, 'error', {
        get: () => (real && made._state === 'finished' ? named : real),
        set: (error) => {
          real = error;
        },
      });
    };
    try {
      const [one, two] = [open(), open()];
      const { generation } = await one.load();
      await two.load();
      const answers = await Promise.all([one.save(block(1), generation), two.save(block(2), generation)]);
      assert.deepEqual([one.kind, two.kind, one.told, two.told], ['device', 'device', [], []]);
      assert.equal(answers.filter(Boolean).length, 1);
    } finally {
      storage.IDBDatabase.prototype.transaction = transaction;
    }
  }
});

test('one that slept through several saves loses, and what it wrote is not found', { skip }, async () => {
  openBrowser(new Map());
  const [awake, asleep] = [open(), open()];
  const { generation } = await asleep.load();
  let last = generation;
  for (let i = 0; i < 4; i++) last = await awake.save(block(10 + i), last);
  assert.equal(await asleep.save(block(1), generation), null);
  assert.equal(await found(), 13);
  assert.ok(await awake.save(block(20), last));
});

test('what is out of date is swept away', { skip }, async () => {
  openBrowser(new Map());
  const store = open();
  let { generation } = await store.load();
  for (let i = 0; i < 3; i++) generation = await store.save(block(i), generation);
  await until(async () => (await allKeys()).length === 1);
  assert.deepEqual(await allKeys(), [generation]);
});

test('nothing comes back after an erase', { skip }, async () => {
  openBrowser(new Map());
  const [eraser, late] = [open(), open()];
  const { generation } = await late.load();
  const saved = await late.save(block(1), generation);
  assert.equal(await eraser.erase(), true);
  assert.equal(await late.save(block(2), saved), null, 'the database is gone');
  assert.equal(await found(), undefined);
  const fresh = await eraser.load();
  assert.ok(fresh.generation > saved, 'generations never start again below where they were');
  assert.equal(await late.save(block(3), saved), null);
  assert.equal(await found(), undefined);
  assert.ok(await eraser.save(block(4), fresh.generation));
  assert.equal(await found(), 4);
  assert.equal(await eraser.erase(), true);
  assert.deepEqual([await names(), (await allKeys()).length], [['sotto:test'], 1], 'room for the next');
  assert.equal(await found(), undefined);
  assert.ok((await eraser.load()).generation > fresh.generation + 1);
  assert.equal(await eraser.remove(), true);
  assert.deepEqual(await names(), []);
});

test('a save begun before the connection is closed arrives', { skip }, async () => {
  openBrowser(new Map());
  const store = open();
  const { generation } = await store.load();
  store.save(block(5), generation);
  store.close();
  await until(async () => await found() === 5);
});

test('a lost connection is opened again', { skip }, async () => {
  openBrowser(new Map());
  const store = open();
  const { generation } = await store.load();
  const transaction = storage.IDBDatabase.prototype.transaction;
  let failures = 1;
  storage.IDBDatabase.prototype.transaction = function lost(...args) {
    if (failures-- > 0) throw new DOMException('lost', 'InvalidStateError');
    return transaction.apply(this, args);
  };
  try {
    assert.ok(await store.save(block(6), generation));
  } finally {
    storage.IDBDatabase.prototype.transaction = transaction;
  }
  assert.equal(await found(), 6);
  assert.deepEqual(store.told, []);
});

test('a database beyond repair is made anew', { skip }, async () => {
  openBrowser(new Map());
  const factory = globalThis.indexedDB;
  let broken = true;
  globalThis.indexedDB = {
    open: (...args) => (broken ? failing('UnknownError') : factory.open(...args)),
    deleteDatabase(name) {
      broken = false;
      return factory.deleteDatabase(name);
    },
  };
  const store = open();
  assert.equal((await store.load()).block, null);
  assert.deepEqual([store.kind, store.told], ['device', []]);
  globalThis.indexedDB = factory;
});

test('a connection that somebody closes meanwhile is no verdict on the database', { skip }, async () => {
  const { transaction } = storage.IDBDatabase.prototype;
  for (const closed of [1, 2, 3, 4]) {
    openBrowser(new Map());
    await lay([[5, block(1)], ['zzz', block(2)]]);
    let count = 0;
    storage.IDBDatabase.prototype.transaction = function closing(...how) {
      if (how[1] !== 'versionchange' && ++count === closed) storage.forceCloseDatabase(this);
      return transaction.apply(this, how);
    };
    const store = open();
    try {
      assert.equal((await store.load()).block, null);
    } finally {
      storage.IDBDatabase.prototype.transaction = transaction;
    }
    assert.deepEqual([store.kind, store.told], ['device', []], `at transaction ${closed}`);
    store.close();
  }
});

test('in each way that opening can fail memory takes over, and says so once', { skip }, async () => {
  const ways = {
    'throws': () => { throw new DOMException('no', 'SecurityError'); },
    'InvalidStateError': () => failing('InvalidStateError'),
    'VersionError': () => failing('VersionError'),
    'QuotaExceededError': () => failing('QuotaExceededError'),
    'UnknownError': () => failing('UnknownError'),
    'AbortError': () => failing('AbortError'),
    'never answers': () => ({}),
  };
  for (const [name, way] of Object.entries(ways)) {
    globalThis.indexedDB = { open: way, deleteDatabase: way };
    const store = open();
    const { block: none, generation } = await store.load();
    assert.equal(none, null, name);
    const next = await store.save(block(1), generation);
    assert.deepEqual(await store.load(), { block: block(1), generation: next }, name);
    assert.equal(store.kind, 'memory', name);
    assert.equal(store.told.length, 1, name);
    assert.equal(store.told[0].code, 'storage');
    store.close();
  }
});

test('a write that fails goes on in memory with what was there', { skip }, async () => {
  openBrowser(new Map());
  const store = open();
  const { generation } = await store.load();
  const saved = await store.save(block(1), generation);
  const add = storage.IDBObjectStore.prototype.add;
  storage.IDBObjectStore.prototype.add = () => {
    throw new DOMException('full', 'QuotaExceededError');
  };
  try {
    const next = await store.save(block(2), saved);
    assert.ok(next);
    assert.deepEqual(await store.load(), { block: block(2), generation: next });
    assert.deepEqual([store.kind, store.told.length], ['memory', 1]);
  } finally {
    storage.IDBObjectStore.prototype.add = add;
  }
  assert.equal(await store.erase(), true);
  assert.equal(await found(), undefined, 'what was on the device before is erased too');
});

test('a device that did not answer is asked again, and loses nothing by it', { skip }, async () => {
  openBrowser(new Map());
  const maker = open();
  const { generation } = await maker.load();
  const saved = await maker.save(block(1), generation);
  const factory = globalThis.indexedDB;
  const timers = [];
  const { setTimeout: real } = globalThis;
  globalThis.setTimeout = (work, ms, ...rest) => (ms >= 500
    ? { number: timers.push(work) } : real(work, ms, ...rest));
  try {
    let woken = 0;
    const told = [];
    const store = deviceStore('sotto:test', (...what) => told.push(what), () => woken++);
    globalThis.indexedDB = { open: () => ({}) };
    const loading = store.load();
    await until(() => timers.length === 1);
    timers.shift()();
    assert.deepEqual(await loading, { block: null, generation: 1 });
    assert.equal(await store.save(block(2), 1), 2, 'memory does for now');
    assert.deepEqual([store.kind, told.length, woken], ['memory', 1, 0]);

    // Another tab goes on meanwhile.
    globalThis.indexedDB = factory;
    await maker.save(block(3), saved);
    timers.shift()();
    assert.equal(woken, 1, 'it says when it is worth trying');
    assert.equal(await store.save(block(4), 2), null, 'what the device holds comes first');
    assert.equal(store.kind, 'device');
    assert.deepEqual((await store.load()).block, block(3));
    store.close();
  } finally {
    globalThis.setTimeout = real;
  }
});

test('a database that is not laid out as ours is made anew, and an erase takes it away', { skip }, async () => {
  const layouts = {
    'a later version': [[[5, block(1)]], { version: 2 }],
    'no rows of ours': [[[5, block(1)]], { name: 'other' }],
    'keys inside the rows': [[[undefined, { id: 5 }]], { options: { keyPath: 'id' } }],
    'a key that is a text': [[[5, block(1)], ['zzz', block(2)]]],
    'a key that is a list': [[[[9, 9], block(2)]]],
    'a key that is a date': [[[new Date(5), block(2)]]],
    'an endless key': [[[Infinity, block(2)]]],
    'a key that no save can follow': [[[2 ** 53, block(2)]]],
  };
  for (const [name, [rows, options]] of Object.entries(layouts)) {
    openBrowser(new Map());
    await lay(rows, options);
    await readSaved('sotto:test').catch(() => null);
    const store = open();
    const { block: none, generation } = await store.load();
    assert.equal(none, null, name);
    assert.ok(await store.save(block(3), generation), name);
    assert.deepEqual([store.kind, store.told], ['device', []], name);
    assert.equal(await found(), 3, name);
    store.close();

    for (const how of ['erase', 'remove']) {
      openBrowser(new Map());
      await lay(rows, options);
      const eraser = open();
      assert.equal(await eraser[how](), true, `${name}: ${how}`);
      assert.deepEqual(await names(), how === 'erase' ? ['sotto:test'] : [], name);
      const { block: nothing, generation: after } = await eraser.load();
      assert.deepEqual([nothing, (await allKeys()).length], [null, 1], name);
      assert.ok(after < 1e13, `${name}: generations go on from the time`);
      assert.deepEqual(eraser.told, [], name);
      eraser.close();
    }
  }
});

test('rows of any shape are nothing, to the first look and to the store', { skip }, async () => {
  const rows = [
    'abc', 5, 1e12, true, null, [1, 2, 3], new Date(), new ArrayBuffer(8), new Map(), {}, { data: 1 },
    { how: 1, key: 2, data: 3 }, { how: { name: 'AES-GCM' }, key: null, data: new ArrayBuffer(99) },
    { how: { name: 'AES-GCM', iv: new Uint8Array(12) }, key: {}, data: 'x' }, new Float64Array(3),
  ];
  for (const row of rows) {
    openBrowser(new Map());
    await lay([[7, row]]);
    const looked = await readSaved('sotto:test').catch(() => null);
    assert.ok(looked === null || looked.block instanceof Uint8Array, String(row));
    const store = open();
    const { block: none, generation } = await store.load();
    assert.ok(none === null, String(row));
    assert.ok(await store.save(block(3), generation), String(row));
    assert.deepEqual([store.kind, store.told, await found()], ['device', [], 3], String(row));
    store.close();
  }
});

test('what an erase that was cut short left behind is nothing', { skip }, async () => {
  openBrowser(new Map());
  await new Promise((resolve) => {
    const request = indexedDB.open('sotto:test', 1);
    request.onupgradeneeded = () => request.result.createObjectStore('profile');
    request.onsuccess = () => {
      request.result.close();
      resolve();
    };
  });
  const store = open();
  const { block: none, generation } = await store.load();
  assert.equal(none, null);
  assert.ok(await store.save(block(6), generation));
  assert.equal(await found(), 6);
});

test('a first look at a device finds what there is, and creates nothing', { skip }, async () => {
  openBrowser(new Map());
  await assert.rejects(readSaved('sotto:other'));
  assert.deepEqual(await indexedDB.databases(), []);
  globalThis.indexedDB = { open: () => ({}) };
  await assert.rejects(readSaved('sotto:other'), 'even if it never answers');
});

test('memory keeps to the same rules', async () => {
  const store = memoryStore();
  const { block: none, generation } = await store.load();
  assert.equal(none, null);
  const next = await store.save(block(1), generation);
  assert.equal(await store.save(block(2), generation), null);
  assert.deepEqual(await store.load(), { block: block(1), generation: next });
  await store.erase();
  assert.equal(await store.save(block(3), next), null);
  assert.equal((await store.load()).block, null);
});

/** All databases. */
const names = async () => (await indexedDB.databases()).map(({ name }) => name);

/** A request that fails as soon as someone listens. */
function failing(name) {
  const request = { error: new DOMException('no', name) };
  setTimeout(() => request.onerror?.({}));
  return request;
}
