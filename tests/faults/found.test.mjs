/**
 * found.test.mjs - devices of every past version, and devices full of garbage, in every engine
 *
 * Chromium is given all of the garbage. Firefox and WebKit, where a device takes several times as long, are
 * given a third each, another one with each SEED; `make faults` gives all of it to each.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { devices } from './devices.mjs';
import { findAll } from './devices-found.mjs';
import { openSite } from './site.mjs';

const SEED = Number(process.env.SEED ?? 20);
/** Of how many pieces an engine is given one, and which: together the two are given two thirds. */
const SHARES = {
  chromium: { every: 1, first: 0 },
  firefox: { every: 3, first: SEED },
  webkit: { every: 3, first: SEED + 1 },
};

let site;
before(async () => {
  site = await openSite();
});
after(() => site?.close());

describe('devices as they are found', { concurrency: true }, () => {
  for (const { name, skip, open } of devices) {
    test(`${name}: past versions, and garbage of seed ${SEED}`, { skip, timeout: 600000 }, async () => {
      const device = await open();
      try {
        const { wrong, many } = await findAll(device, site, { engine: name, seed: SEED, ...SHARES[name] });
        assert.deepEqual(wrong, []);
        assert.ok(many > 20, `there was garbage: ${many} pieces`);
      } finally {
        await device.close();
      }
    });
  }
});
