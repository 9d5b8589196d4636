/**
 * tabs.test.mjs - several tabs at once, in every engine: what `make test` can afford of `make faults`
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { devices } from './devices.mjs';
import { openSite } from './site.mjs';
import { playTabs } from './tabs.mjs';

const SEED = Number(process.env.SEED ?? 5);
const TURNS = 200;

let site;
before(async () => {
  site = await openSite();
});
after(() => site?.close());

describe('tabs', { concurrency: true }, () => {
  for (const { name, skip, open } of devices) {
    test(`${name}: ${TURNS} turns of two to eight tabs, from seed ${SEED}`, { skip, timeout: 300000 }, async () => {
      const device = await open();
      try {
        const counts = await playTabs(device, site, { seed: SEED, turns: TURNS });
        assert.ok(counts.must > 10 && counts.not > 10, `there was something to see: ${JSON.stringify(counts)}`);
      } finally {
        await device.close();
      }
    });
  }
});
