/**
 * basket_metrics.test.mjs - recall, NDCG and PHR from their definitions
 *
 * Set by set, with nothing shared with the C that `sotto eval next-basket` counts with: both must
 * come to what tests/reference/basket_metrics.txt says.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';

const file = new URL('./basket_metrics.txt', import.meta.url);
const lines = readFileSync(file, 'utf8').split('\n').filter((line) => line && line[0] !== '#');
const numbers = (text) => text.trim().split(/\s+/).filter(Boolean).map(Number);

/** The discounted gain of a list of places, counted from 1. */
function gain(places) {
  let sum = 0;
  for (const place of places) sum += 1 / Math.log2(1 + place);
  return sum;
}

function measure(picks, basket, whole, k) {
  const bought = new Set(basket);
  const hits = [];
  for (let place = 1; place <= Math.min(k, picks.length); place++) {
    if (bought.has(picks[place - 1])) hits.push(place);
  }
  const best = whole ? bought.size : Math.min(k, bought.size);
  const ideal = gain(Array.from({ length: best }, (_, i) => i + 1));
  return [hits.length / bought.size, gain(hits) / ideal, hits.length > 0 ? 1 : 0];
}

test('there are cases', () => assert.equal(lines.length, 7));

for (const line of lines) {
  const [name, kind, picks, basket, expected] = line.split('|');
  test(`metrics of a basket: ${name.trim()}`, () => {
    const whole = kind.trim() === 'whole';
    const found = [10, 20].flatMap((k) => measure(numbers(picks), numbers(basket), whole, k));
    numbers(expected).forEach((value, i) => assert.ok(Math.abs(value - found[i]) < 1e-6));
  });
}
