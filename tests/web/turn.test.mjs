/**
 * turn.test.mjs - one thing after the other
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { openTurn } from '../../web/later/turn.js';

/** Something to do, which says when it begins and is done when it is told to. */
function task(log, name) {
  const one = { settle: null };
  one.work = () => {
    log.push(name);
    return new Promise((resolve, reject) => {
      one.settle = { resolve, reject };
    });
  };
  return one;
}

const turns = async () => {
  for (let i = 0; i < 10; i++) await null;
};

test('what is free is taken at once, and what comes meanwhile waits, one by one', async () => {
  const turn = openTurn();
  const log = [];
  const [first, second, third] = ['first', 'second', 'third'].map((name) => task(log, name));
  const one = turn.take(first.work);
  assert.deepEqual(log, ['first'], 'in the same task');
  assert.ok(turn.taken);
  const two = turn.take(second.work);
  const three = turn.take(third.work);
  let free = false;
  turn.free().then(() => {
    free = true;
  });
  await turns();
  assert.deepEqual(log, ['first']);
  first.settle.resolve(1);
  assert.equal(await one, 1);
  await turns();
  assert.deepEqual(log, ['first', 'second']);
  assert.equal(free, false);
  second.settle.resolve(2);
  assert.equal(await two, 2);
  await turns();
  assert.deepEqual(log, ['first', 'second', 'third']);
  third.settle.resolve(3);
  assert.equal(await three, 3);
  await turns();
  assert.equal(turn.taken, null);
  assert.equal(free, true);
});

test('what fails makes way, and whoever asked for it hears of it alone', async () => {
  const turn = openTurn();
  const log = [];
  const [first, second] = ['first', 'second'].map((name) => task(log, name));
  const one = turn.take(first.work);
  const two = turn.take(second.work);
  first.settle.reject(new Error('as the test wants it'));
  await assert.rejects(one, /as the test wants it/);
  await turns();
  assert.deepEqual(log, ['first', 'second']);
  second.settle.resolve('done');
  assert.equal(await two, 'done');
  await turn.free();
  assert.equal(turn.taken, null);
});
