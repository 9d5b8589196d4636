/**
 * denied.test.mjs - private windows, storage refused, and full disks, in every engine
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { DENIALS } from './denied.mjs';
import { devices } from './devices.mjs';
import { openSite } from './site.mjs';

let site;
before(async () => {
  site = await openSite();
});
after(() => site?.close());

describe('browsers that keep nothing, or no more', { concurrency: true }, () => {
  for (const engine of devices) {
    describe(engine.name, () => {
      for (const { name, how, play, not = {} } of DENIALS) {
        const skip = engine.skip || (not[engine.name] ?? false);
        test(`${engine.name}: ${name}`, { skip, timeout: 600000 }, async () => {
          const device = await engine.open(how);
          try {
            const { wrong } = await play(device, site, engine.name);
            assert.deepEqual(wrong, []);
          } finally {
            await device.close();
          }
        });
      }
    });
  }
});
