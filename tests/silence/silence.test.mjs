/**
 * silence.test.mjs - two pairs and every leak in Chromium: what `make test` can afford
 *
 * `make silence` is the whole of it: a hundred pairs and more, in all engines. This shows with every
 * change that the traffic of shoppers is alike, and that the test can tell when it is not. BROWSER names
 * other engines.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { engines, openEngine } from './engine.mjs';
import { LEAKS } from './leaks.mjs';
import { SCRIPTS } from './script.mjs';
import { openShop } from './shop.mjs';

const SEED = 7;
const SHOPPERS = 3;
/** What their own caches ask for varies from run to run, and three shoppers are too few to tell. */
const UNSTEADY = ['firefox', 'webkit'];
const clock_s = Math.floor(Date.now() / 1000);

let shop;
before(async () => {
  shop = await openShop();
});
after(() => shop?.close());

describe('silence', { concurrency: true }, () => {
  for (const engine of engines) {
    const chosen = !process.env.BROWSER || process.env.BROWSER.split(',').includes(engine.name);
    if (!chosen) continue;
    const left = !process.env.BROWSER && UNSTEADY.includes(engine.name);
    const skip = left ? `played by make silence, or with BROWSER=${engine.name}`
      : engine.find() ? false : `${engine.name} is not installed`;
    test(`${engine.name}: shoppers’ traffic is the same until a click`, { skip }, async (t) => {
      const browser = await openEngine(engine, shop, clock_s);
      try {
        await silent(browser);
        if (engine.name !== 'chromium') return;
        for (const leak of Object.keys(LEAKS)) {
          await t.test(`a leak by ${leak} is caught`, async () => {
            assert.notDeepEqual(await browser.control(leak, SEED), []);
          });
        }
      } finally {
        await browser.close();
      }
    });
  }
});

async function silent(browser) {
  const pairs = Object.fromEntries(SCRIPTS.map((script) => [script, 0]));
  for (let seed = SEED; Object.values(pairs).some((count) => count === 0); seed++) {
    assert.ok(seed < SEED + 3, 'shoppers with different profiles are shown different things');
    await browser.round(seed, SHOPPERS, (script, result) => {
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
