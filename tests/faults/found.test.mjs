/**
 * found.test.mjs - devices of every past version in every engine, and devices full of garbage
 *
 * Chromium is given a third of the garbage. `make faults` gives all of it to each engine: in Firefox and
 * WebKit what the page finds after a reload depends on whether the last save came through before, and
 * WebKit's automation now and then waits for a database for ever, so these two are played there and judged by
 * hand.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { golden } from '../web/support/golden.mjs';
import { devices } from './devices.mjs';
import { findGarbage, findOld } from './devices-found.mjs';
import { garbage } from './garbage.mjs';
import { openSite } from './site.mjs';

const SEED = Number(process.env.SEED ?? 20);
/** Why an engine is left to `make faults`. */
const LEFT = 'left to make faults: see the head of this file';
const NOW = 1800003600;

let site;
before(async () => {
  site = await openSite();
});
after(() => site?.close());

describe('devices as they are found', { concurrency: true }, () => {
  for (const [number, { name, skip, open }] of devices.entries()) {
    const leave = skip || (name !== 'chromium' && LEFT);
    test(`${name}: past versions, and garbage of seed ${SEED}`, { skip: leave, timeout: 300000 }, async () => {
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
