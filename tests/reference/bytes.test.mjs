/**
 * bytes.test.mjs - the pieces that all parts are read with
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Bits, Cursor, Fault } from './bytes.mjs';
import { wordsOf } from './codes.mjs';
import { difference } from './json.mjs';
import { hash } from './xxhash64.mjs';

test('XXH64 gives the published values', () => {
  assert.equal(hash(''), 0xef46db3751d8e999n);
  assert.equal(hash('a'), 0xd24ec4f1a98c6e5bn);
  assert.equal(hash('abc'), 0x44bc2cf5ad770999n);
  assert.equal(hash('Nobody inspects the spammish repetition'), 0xfbcea83c8a378bf1n);
});

test('varints have one form', () => {
  const read = (...bytes) => new Cursor(Uint8Array.from(bytes)).varint('number');
  assert.equal(read(0), 0);
  assert.equal(read(0xff, 0x01), 255);
  assert.equal(read(0xff, 0xff, 0xff, 0xff, 0x0f), 0xffffffff);
  for (const bad of [
    [0x80, 0x00],
    [0xff, 0xff, 0xff, 0xff, 0x1f],
    [0x80, 0x80, 0x80, 0x80, 0x80, 0x01],
    [0x80],
  ]) {
    assert.throws(() => read(...bad), Fault, bad.join());
  }
});

test('bit streams start at the most significant bit and end in zeros', () => {
  const bits = new Bits(Uint8Array.of(0b10110000, 0b00000001));
  assert.deepEqual(
    [1, 3, 4, 8, 2].map((width) => bits.number(width)),
    [1, 3, 0, 1, 0],
  );
  assert.equal(bits.past, true);
});

test('canonical codes are handed out by length, then symbol', () => {
  assert.deepEqual(
    [...wordsOf([2, 0, 1, 3, 3])],
    [
      [2, '0'],
      [0, '10'],
      [3, '110'],
      [4, '111'],
    ],
  );
  assert.deepEqual([...wordsOf([0, 1, 0])], [[1, '0']]);
});

test('difference finds the first place where two values differ', () => {
  assert.equal(difference({ a: [1, { b: 2 }] }, { a: [1, { b: 2 }] }), null);
  assert.equal(difference({ a: [1, { b: 2 }] }, { a: [1, { b: 3 }] }).path, '.a[1].b');
  assert.equal(difference({ a: 1, b: 2 }, { b: 2, a: 1 }).path, '.a');
  assert.equal(difference({ a: [1] }, { a: [1, 2] }).path, '.a[1]');
  assert.equal(difference({ a: null }, { a: {} }).path, '.a');
});
