/**
 * silence.test.mjs - a pair in each engine, two in Chromium with every leak: what `make test` can afford
 *
 * `make silence` is the whole of it: a hundred pairs and more, and every leak in all engines. This
 * shows with every change that the traffic of shoppers is alike, and that the test can tell when it
 * is not. BROWSER names the engines to play.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { difference, differenceOfAll } from './compare.mjs';
import { engines, openEngine } from './engine.mjs';
import { LEAKS } from './leaks.mjs';
import { SCRIPTS } from './script.mjs';
import { openShop } from './shop.mjs';

const SEED = 7;
const SHOPPERS = { chromium: 3, firefox: 2, webkit: 2 };
/** The hardest to see, since no byte of the profile is in it: for where there is no time for all. */
const HARDEST = ['a chosen part'];
const clock_s = Math.floor(Date.now() / 1000);

let shop;
before(async () => {
  shop = await openShop();
});
after(() => shop?.close());

test('any difference between two shoppers is told', () => {
  const picture = { via: 'proxy', method: 'GET', url: 'http://shop.test/pictures/A-1.svg', wave: 3,
    headers: ['Accept', 'image/*', 'Priority', 'u=5, i'], body: Buffer.alloc(0) };
  const file = { ...picture, url: 'http://shop.test/sotto/manifest.sotto' };
  const did = (change = {}) => structuredClone({ seen: [file, picture], hints: ['/: preconnect x'],
    log: { sent: [{ url: file.url, line: 'GET' }], cached: [file.url] }, ...change });
  const sees = (change) => difference(did(), did(change)) !== null;
  assert.equal(sees({}), false);
  for (const [name, one] of [['a file', file], ['a picture', picture]]) {
    const changes = {
      method: 'HEAD', url: `${one.url}?`, via: 'direct', body: Buffer.from('x'),
      headers: ['Accept', 'image/*', 'Priority', 'u=4, i'],
    };
    for (const [what, value] of Object.entries(changes)) {
      const seen = [file, picture].map((each) => (each === one ? { ...one, [what]: value } : each));
      assert.ok(sees({ seen }), `${what} of ${name}`);
    }
    const turned = { ...one, headers: ['Priority', 'u=5, i', 'Accept', 'image/*'] };
    const seen = [file, picture].map((each) => (each === one ? turned : each));
    assert.ok(sees({ seen }), `the order of headers of ${name}`);
    assert.ok(sees({ seen: [file, picture, one] }), `${name} once more`);
  }
  assert.ok(sees({ seen: [{ ...file, wave: 4 }, picture] }), 'when a file was asked for');
  assert.ok(sees({ hints: [] }), 'a hint');
  assert.ok(sees({ log: { sent: [{ url: file.url, line: 'GET' }], cached: [] } }), 'the cache');
  assert.ok(sees({ log: { sent: [], cached: [file.url] } }), 'the browser’s log');
});

test('done again, what is chance comes out alike, and what is not does not', () => {
  const run = (waves, more = []) => {
    const names = Object.keys(waves).sort((a, b) => waves[a] - waves[b]).concat(more);
    return {
      seen: names.map((name) => ({ via: 'proxy', method: 'GET', url: `http://shop.test/${name}`,
        headers: [], body: Buffer.alloc(0), wave: waves[name] ?? 9 })),
      hints: [], log: { sent: names.map((name) => ({ url: name, line: name })), cached: [] },
    };
  };
  // Two races, each won now by the one, now by the other, and never in the same way together.
  const [one, other] = [{ a: 1, b: 2, c: 5, d: 6 }, { a: 2.5, b: 2, c: 6.5, d: 6 }];
  const mixed = [{ ...one, c: 6.5 }, { ...other, c: 5 }];
  assert.notEqual(differenceOfAll([run(one)], [run(other)]), null);
  assert.equal(differenceOfAll([run(one), run(other)], mixed.map((waves) => run(waves))), null);
  const [leak, twice] = [['leak'], ['leak', 'leak']];
  const loud = [one, other].map((waves) => run(waves, leak));
  assert.notEqual(differenceOfAll([run(one), run(other)], loud), null, 'one asks for more, always');
  assert.notEqual(differenceOfAll(loud, [run(one), run(other)]), null, 'whichever it is');
  assert.notEqual(differenceOfAll(loud, [run(one, twice), run(other, twice)]), null, 'more often');
  const late = [one, other].map((waves) => run({ ...waves, d: 7 }));
  assert.notEqual(differenceOfAll([run(one), run(other)], late), null, 'always later');
});

describe('silence', { concurrency: true }, () => {
  for (const engine of engines) {
    const chosen = !process.env.BROWSER || process.env.BROWSER.split(',').includes(engine.name);
    if (!chosen) continue;
    const skip = engine.find() ? false : `${engine.name} is not installed`;
    test(`${engine.name}: shoppers’ traffic is the same until a click`, { skip }, async (t) => {
      const browser = await openEngine(engine, shop, clock_s);
      try {
        await silent(browser, SHOPPERS[engine.name]);
        for (const leak of engine.name === 'chromium' ? Object.keys(LEAKS) : HARDEST) {
          await t.test(`a leak by ${leak} is caught`, async () => {
            const by = await browser.control(leak, SEED);
            assert.ok(by, `${engine.name} has not what the leak needs`);
            assert.notDeepEqual(by, []);
          });
        }
      } finally {
        await browser.close();
      }
    });
  }
});

async function silent(browser, shoppers) {
  const pairs = Object.fromEntries(SCRIPTS.map((script) => [script, 0]));
  for (let seed = SEED; Object.values(pairs).some((count) => count === 0); seed++) {
    assert.ok(seed < SEED + 3, 'shoppers with different profiles are shown different things');
    await browser.round(seed, shoppers, (script, result) => {
      const { requests, marks, direct, pair, different, differs } = result;
      assert.ok(requests > 0, `${script}: the proxy saw it`);
      assert.equal(direct, 0, `${script}: nothing went past the proxy`);
      assert.deepEqual(marks, [], `${script}: nothing of the profile is in it`);
      if (!pair) return;
      assert.equal(differs, null, script);
      if (different) pairs[script]++;
    });
  }
}
