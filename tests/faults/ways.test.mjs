/**
 * ways.test.mjs - a little of ways.mjs in every engine: `make faults` plays all of it
 *
 * Chromium is given a seventeenth of it, Firefox and WebKit, where a page takes longer, a 37th each;
 * another one with each SEED.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { devices } from './devices.mjs';
import { openSite } from './site.mjs';
import { failAll } from './ways.mjs';

const SEED = Number(process.env.SEED ?? 3);
const EVERY = { chromium: 17, firefox: 37, webkit: 37 };

let site;
before(async () => {
  site = await openSite();
});
after(() => site?.close());

describe('storage failing at one step, in every way', { concurrency: true }, () => {
  for (const { name, skip, open } of devices) {
    test(`${name}: one in ${EVERY[name]}, from the ${SEED}th on`, { skip, timeout: 900000 }, async () => {
      const device = await open();
      try {
        const { wrong, many, reached } = await failAll(device, site, { every: EVERY[name], first: SEED });
        assert.deepEqual(wrong, []);
        assert.ok(many > 20 && reached > many / 2, `there was something to see: ${reached} of ${many}`);
      } finally {
        await device.close();
      }
    });
  }
});
