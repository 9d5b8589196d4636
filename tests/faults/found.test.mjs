/**
 * found.test.mjs - devices of every past version in every engine, and devices full of garbage
 *
 * Each engine is given its third of the garbage; `make faults` gives all of it to each.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { golden } from '../web/support/golden.mjs';
import { devices } from './devices.mjs';
import { findGarbage, findOld } from './devices-found.mjs';
import { garbage } from './garbage.mjs';
import { openSite } from './site.mjs';

const SEED = Number(process.env.SEED ?? 20);
const NOW = 1800003600;

let site;
before(async () => {
  site = await openSite();
});
after(() => site?.close());

describe('devices as they are found', { concurrency: true }, () => {
  for (const [number, { name, skip, open }] of devices.entries()) {
    test(`${name}: past versions, and garbage of seed ${SEED}`, { skip, timeout: 300000 }, async () => {
      const device = await open();
      const wrong = [];
      try {
        const tab = await device.tab(site.empty);
        for (const one of golden()) wrong.push(...await findOld(tab, site, one));
        const third = Object.entries(garbage(SEED)).filter((_, i) => i % 3 === number % 3);
        for (const [what, one] of third) {
          wrong.push(...await findGarbage(tab, site, what, one, NOW));
        }
      } finally {
        await device.close();
      }
      assert.deepEqual(wrong, []);
    });
  }
});
