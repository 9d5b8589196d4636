/**
 * clocks.test.mjs - clocks that jump in all directions, in every engine
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { jumpAbout } from './clocks.mjs';
import { devices } from './devices.mjs';
import { openSite } from './site.mjs';

const SEED = Number(process.env.SEED ?? 3);
const JUMPS = 15;

let site;
before(async () => {
  site = await openSite();
});
after(() => site?.close());

describe('clocks', { concurrency: true }, () => {
  for (const { name, skip, open } of devices) {
    test(`${name}: ${JUMPS} jumps from seed ${SEED}`, { skip, timeout: 300000 }, async () => {
      const device = await open();
      try {
        assert.deepEqual(await jumpAbout(device, site, { seed: SEED, jumps: JUMPS }), []);
      } finally {
        await device.close();
      }
    });
  }
});
