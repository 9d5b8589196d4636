/**
 * scale.mjs - click logs of large shops, made up, to show what they cost
 *
 * A shop has departments of about a thousand items and shelves of about twenty. A session begins at
 * an item, popular ones more often (a long tail: a tenth of the items gets two fifths of the clicks), and goes
 * on: mostly to another item of the shelf or of the one beside it, at times to what goes with the
 * item in another department, at times back to what was looked at before, and now and then anywhere.
 * Tastes drift: what is popular in a department moves with time. The same seed gives the same bytes.
 */
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';

import { chance } from '../bench/logs.mjs';
import { scratch } from './data.mjs';

const SHELF = 20;
const DEPARTMENT = 1000;
const TEST_SESSIONS = 2000;

/** Sessions one after the other, the oldest first. */
function* sessionsOf({ items, sessions, seed }) {
  const next = chance(seed);
  const departments = Math.max(1, Math.floor(items / DEPARTMENT));
  /** Popular items are spread over the shop by a step that has no factor in common with it. */
  const spread = (rank) => Number((BigInt(rank) * 2654435761n) % BigInt(items));
  const popular = (time) => {
    const rank = Math.floor(items * next() ** 4);
    return spread((rank + Math.floor(time * items * 0.02)) % items);
  };
  const partner = (item) => (Number((BigInt(item) * 40503n) % BigInt(departments)) * DEPARTMENT
    + (item % DEPARTMENT)) % items;
  for (let number = 0; number < sessions; number++) {
    const seen = [];
    let at = popular(number / sessions);
    for (let left = 2 + Math.floor(10 * next() ** 2.2); left > 0; left--) {
      seen.push(at);
      const kind = next();
      const shelf = Math.floor(at / SHELF) * SHELF;
      if (kind < 0.62) at = shelf + Math.floor(SHELF * next() ** 2);
      else if (kind < 0.75) at = shelf + SHELF + Math.floor(SHELF * next());
      else if (kind < 0.83) at = partner(at);
      else if (kind < 0.93) at = seen[Math.floor(seen.length * next())];
      else at = popular(number / sessions);
      at %= items;
    }
    yield seen;
  }
}

/** Writes sessions a line to two files; returns how many clicks are in the first. */
function write({ items, sessions, seed, train, test }) {
  let clicks = 0;
  let number = 0;
  let lines = [];
  let file = openSync(train, 'w');
  const flush = () => {
    writeSync(file, lines.join(''));
    lines = [];
  };
  for (const session of sessionsOf({ items, sessions: sessions + TEST_SESSIONS, seed })) {
    if (number === sessions) {
      flush();
      closeSync(file);
      file = openSync(test, 'w');
    }
    if (number < sessions) clicks += session.length;
    lines.push(`${session.join(' ')}\n`);
    if (lines.length === 20000) flush();
    number++;
  }
  flush();
  closeSync(file);
  return clicks;
}

const SHOPS = [
  { name: '100,000 items', items: 100_000, sessions: 250_000 },
  { name: '1,000,000 items', items: 1_000_000, sessions: 1_500_000, more: ['--effort', 'low'] },
];

export const scaleTasks = SHOPS.map(({ name, items, sessions, more = [] }) => {
  const [train, test] = ['train', 'test'].map((part) => join(scratch, `scale-${items}-${part}.txt`));
  return {
    key: `scale/${name}`,
    set: 'made up',
    args: ['eval', 'next-click', '--train', train, '--test', test, ...more, '--json'],
    prepare() {
      mkdirSync(scratch, { recursive: true });
      return { events: write({ items, sessions, seed: 1, train, test }) };
    },
  };
});
