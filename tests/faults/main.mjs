/**
 * main.mjs - `make faults`: the whole of what tests/faults/*.test.mjs play a little of
 *
 *     node tests/faults/main.mjs [ways=1] [denied=1] [kill=200] [tabs=1000] [clocks=200] [found=1] [seed=1]
 *
 * Named alone, a part is played alone: `kill` 200 times, or as often as it says. Kills are Chromium's;
 * the other parts are played in every engine, `tabs` and `clocks` as many turns, `found` with as many
 * seeds. `ways=1` fails every step in every way, `ways=20` each twentieth of that from the seed on; `denied`
 * is private windows, storage refused, and full disks. BROWSER=firefox plays one engine. What fails says from which seed, and goes on with the
 * next; the exit status is 0 if nothing did.
 */
import { golden } from '../web/support/golden.mjs';
import { jumpAbout } from './clocks.mjs';
import { DENIALS } from './denied.mjs';
import { findAll } from './devices-found.mjs';
import { devices } from './devices.mjs';
import { killOnce } from './killed.mjs';
import { openSite } from './site.mjs';
import { playTabs } from './tabs.mjs';
import { failAll } from './ways.mjs';

const USUAL = { ways: 1, denied: 1, kill: 200, tabs: 1000, clocks: 200, found: 1 };
/** From one fresh browser to the next. */
const TURNS_AT_ONCE = 250;
const JUMPS_AT_ONCE = 50;

const options = new Map(process.argv.slice(2).map((word) => word.split('=')));
const named = Object.keys(USUAL).filter((part) => options.has(part));
const wanted = Object.fromEntries((named.length > 0 ? named : Object.keys(USUAL))
  .map((part) => [part, Number(options.get(part) ?? USUAL[part])]));
const firstSeed = Number(options.get('seed') ?? 1);
const began = Date.now();
const faults = [];
const rows = [];

const elapsed = () => {
  const s = Math.round((Date.now() - began) / 1000);
  return `${Math.floor(s / 60)}:${String(s % 60).padStart(2, '0')}`;
};
const say = (text) => process.stderr.write(`${elapsed()}  ${text}\n`);
const fault = (text) => {
  faults.push(text);
  say(`FAILED  ${text}`);
};

/** Has a browser do something, from a seed; one that fails does not keep the next from trying. */
async function withDevice({ name, open }, what, work, how = {}) {
  const device = await open(how);
  try {
    return await work(device);
  } catch (error) {
    fault(`${name}, ${what}: ${error.message}`);
    return null;
  } finally {
    await device.close();
  }
}

async function kills(engine, site, count) {
  const seen = {};
  let device = await engine.open();
  for (let i = 0; i < count; i++) {
    const seed = firstSeed + i;
    try {
      const { scene, done, state, saves } = await killOnce(device, site, seed);
      const row = seen[scene] ??= { kills: 0, done: 0, remembered: 0, saves: 0 };
      row.kills++;
      row.done += Number(done);
      row.remembered += Number(state === 'remembered');
      row.saves += saves;
    } catch (error) {
      fault(`${engine.name}, killed, ${error.message}`);
      await device.close();
      device = await engine.open();
    }
    if ((i + 1) % 10 === 0) say(`${engine.name}: killed ${i + 1} of ${count} times`);
  }
  await device.close();
  for (const [scene, row] of Object.entries(seen)) {
    rows.push(`${engine.name}, killed: ${scene}: ${row.kills} times, ${row.done} of them after it was done; `
      + `${row.remembered} remembered; ${row.saves} saves before`);
  }
}

async function tabs(engine, site, turns) {
  const sum = {};
  for (let left = turns, seed = firstSeed; left > 0; left -= TURNS_AT_ONCE, seed++) {
    const counts = await withDevice(engine, 'tabs', (device) => playTabs(device, site, {
      seed, turns: Math.min(left, TURNS_AT_ONCE), say: (text) => say(`${engine.name}: seed ${seed}: ${text}`),
    }));
    for (const [what, many] of Object.entries(counts ?? {})) sum[what] = (sum[what] ?? 0) + many;
  }
  rows.push(`${engine.name}, tabs: ${Object.entries(sum).map(([what, many]) => `${many} ${what}`).join(', ')}`);
}

async function clocks(engine, site, jumps) {
  for (let left = jumps, seed = firstSeed; left > 0; left -= JUMPS_AT_ONCE, seed++) {
    const wrong = await withDevice(engine, 'clocks', (device) =>
      jumpAbout(device, site, { seed, jumps: Math.min(left, JUMPS_AT_ONCE) }));
    wrong?.forEach((text) => fault(`${engine.name}, clocks, ${text}`));
  }
  rows.push(`${engine.name}, clocks: ${jumps} jumps`);
}

async function found(engine, site, seeds) {
  let all = 0;
  for (let seed = firstSeed; seed < firstSeed + seeds; seed++) {
    const { wrong, many } = await withDevice(engine, `found, seed ${seed}`, (device) =>
      findAll(device, site, { engine: engine.name, seed })) ?? { wrong: [], many: 0 };
    all += many;
    wrong.forEach((text) => fault(`${engine.name}, found, seed ${seed}: ${text}`));
  }
  rows.push(`${engine.name}, found: ${golden().length} devices of past versions, ${all} full of garbage`);
}

async function ways(engine, site, every) {
  const { wrong, many, reached } = await withDevice(engine, 'ways', (device) => failAll(device, site, {
    every, first: firstSeed, say: (text) => say(`${engine.name}: ${text}`),
  })) ?? { wrong: [], many: 0, reached: 0 };
  wrong.forEach((text) => fault(`${engine.name}, ${text}`));
  rows.push(`${engine.name}, ways: ${many} times, in ${reached} of them something failed`);
}

async function denied(engine, site) {
  for (const { name, how, play, not = {} } of DENIALS) {
    if (not[engine.name]) {
      rows.push(`${engine.name}, ${name}: not played: ${not[engine.name]}`);
      continue;
    }
    const { wrong = [], ...seen } = await withDevice(engine, name, (device) => play(device, site, engine.name), how) ?? {};
    wrong.forEach((text) => fault(`${engine.name}, ${text}`));
    rows.push(`${engine.name}, ${name}: ${JSON.stringify(seen)}`);
  }
}

const PARTS = { ways, denied, found, clocks, tabs };
const site = await openSite();
for (const engine of devices) {
  if (engine.skip) {
    fault(engine.skip);
    continue;
  }
  for (const [part, play] of Object.entries(PARTS)) {
    if (wanted[part]) await play(engine, site, wanted[part]);
  }
  if (engine.name === 'chromium' && wanted.kill) await kills(engine, site, wanted.kill);
}
await site.close();
rows.forEach((row) => console.log(row));
console.log(`${faults.length === 0 ? 'nothing lost, nothing back' : `${faults.length} faults`}, after ${elapsed()}`);
process.exit(faults.length === 0 ? 0 : 1);
