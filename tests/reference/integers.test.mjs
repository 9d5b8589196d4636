/**
 * integers.test.mjs - the arithmetic of RANKING.md 8.1, against real logarithms and roots
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { clamp, exp, lg, lg8, mulshr, quotient, shr, unit } from './integers.mjs';

test('shifts round down, quotients towards zero', () => {
  assert.deepEqual([7, -7, -8].map((x) => shr(x, 2)), [1, -2, -2]);
  assert.deepEqual([7, -7, -8].map((x) => quotient(x, 4)), [1, -1, -2]);
  assert.equal(mulshr(-(2 ** 40), 2 ** 24 + 1, 20), -(2 ** 44 + 2 ** 20));
  assert.throws(() => shr(2 ** 53, 1));
  assert.deepEqual([-9, 0, 9].map((x) => clamp(x, 5)), [-5, 0, 5]);
});

test('lg is log2 to a thousandth, and exact at powers of two', () => {
  for (let w = 0; w < 32; w++) assert.equal(lg(2 ** w), 65536 * w);
  for (const v of [3, 5, 66, 1000, 65535, 123456789, 2 ** 32 - 1])
    assert.ok(Math.abs(lg(v) - 65536 * Math.log2(v)) < 66, `lg(${v}) = ${lg(v)}`);
  assert.equal(lg8(3), 405);
});

test('exp is e^x to a thousandth, and 0 far down', () => {
  assert.equal(exp(0), 65536);
  assert.equal(exp(-1048577), 0);
  for (const x of [-1, -100, -45426, -65536, -131072, -500000])
    assert.ok(Math.abs(exp(x) - 65536 * Math.exp(x / 65536)) < 40, `exp(${x}) = ${exp(x)}`);
  assert.throws(() => exp(1));
});

test('unit gives length 1, whatever the size', () => {
  assert.deepEqual(unit([0, 0]), [0, 0]);
  assert.deepEqual(unit([3, -4]), [9830, -13107]);
  for (const scale of [1000, 2 ** 30, 2 ** 44])
    assert.deepEqual(unit([3 * scale, -4 * scale]), [9830, -13107]);
});
