/**
 * engine.mjs - a browser behind a recorder of its own, ready for rounds
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { control } from './controls.mjs';
import * as chromium from './engines/chromium.mjs';
import * as firefox from './engines/firefox.mjs';
import * as webkit from './engines/webkit.mjs';
import { openRecorder } from './recorder.mjs';
import { makeRound, playRound, prepare } from './rounds.mjs';
import { learnLayout } from './script.mjs';

export const engines = [chromium, firefox, webkit];

/** Leaks that can only be seen when a browser has ended. */
const HIDDEN = new Set(['WebRTC', 'DNS prefetch']);

/** What a page asks for last: what its bundle has for after the first decision, campaigns' pictures. */
function lateParts() {
  const demo = join(resolve(process.env.BUILD ?? 'build'), 'demo');
  const folder = join(demo, 'shop/sotto');
  const { campaigns } = JSON.parse(readFileSync(join(demo, 'site.json'), 'utf8'));
  const manifest = readFileSync(join(folder, 'manifest.sotto')).toString('hex');
  return readdirSync(folder)
    .filter((name) => /^(ranker|pictures)\.([0-9a-f]{16})\.sotto$/.test(name)
      && manifest.includes(name.split('.')[1]))
    .map((name) => `/sotto/${name}`)
    .concat(Object.values(campaigns).flatMap(({ image }) => image ?? []));
}

/**
 * @param {typeof engines[0]} engine
 * @param {Awaited<ReturnType<typeof import('./shop.mjs').openShop>>} shop
 * @param {number} clock_s
 */
export async function openEngine(engine, shop, clock_s) {
  const executable = engine.find();
  const recorder = await openRecorder(shop.address);
  const parts = lateParts();
  const browser = await engine.open(executable, recorder);
  prepare(recorder, makeRound(0, clock_s, shop));
  const shopper = await browser.shopper();
  const layout = await learnLayout(shopper, recorder, parts);
  await shopper.close();
  recorder.take();
  const at = { engine, executable, recorder, shop, layout, parts, browser };

  return {
    /** @param {number} seed @param {number} count of shoppers */
    round: (seed, count, tell) => playRound(at, makeRound(seed, clock_s, shop), count, tell),
    /** @param {string} leak */
    control: (leak, seed) =>
      control({ ...at, alone: HIDDEN.has(leak) }, makeRound(seed, clock_s, shop), leak),
    async close() {
      await browser.close();
      await recorder.close();
    },
  };
}
