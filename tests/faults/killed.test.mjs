/**
 * killed.test.mjs - ten of the two hundred kills of `make faults`
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { devices } from './devices.mjs';
import { killOnce } from './killed.mjs';
import { openSite } from './site.mjs';

/** From here the ten have every scene among them. */
const SEED = Number(process.env.SEED ?? 1);
const KILLS = 10;

let site;
before(async () => {
  site = await openSite();
});
after(() => site?.close());

const chromium = devices.find(({ name }) => name === 'chromium');
const skip = chromium ? chromium.skip : 'BROWSER leaves Chromium out';

test(`chromium: killed ${KILLS} times while it saves, from seed ${SEED}`, { skip, timeout: 300000 }, async () => {
  const device = await chromium.open();
  const scenes = new Set();
  try {
    for (let seed = SEED; seed < SEED + KILLS; seed++) {
      const { scene, saves } = await killOnce(device, site, seed);
      assert.ok(saves > 0, `seed ${seed}: it was saving`);
      scenes.add(scene);
    }
  } finally {
    await device.close();
  }
  assert.deepEqual([...scenes].sort(), ['erase', 'grant', 'save', 'withdraw']);
});
