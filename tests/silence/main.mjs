/**
 * main.mjs - `make silence`: what leaves the browser is the same for every shopper, shown pair by pair
 *
 *     node tests/silence/main.mjs [chromium=100] [firefox=20] [webkit=20] [leaks] [seed=1] [jobs=2]
 *
 * Pairs are counted that were shown different things; the others prove nothing. Each engine named
 * plays until every script has as many; without one, all three do as many as above, and the leaks
 * are let loose in each. Engines work side by side, and so do `jobs` browsers for Chromium's many
 * pairs. The exit status is 0 if all is silent and every leak was caught that the engine has.
 */
import { LEAKS } from './leaks.mjs';
import { SCRIPTS } from './script.mjs';
import { engines, openEngine } from './engine.mjs';
import { openShop } from './shop.mjs';

const USUAL = { chromium: 100, firefox: 20, webkit: 20 };
/** Shoppers of a round: enough to share what a round costs, few enough for many rounds. */
const SHOPPERS = 6;
const MOST_BROKEN = 3;
const MOST_FAULTS = 20;
const options = new Map(process.argv.slice(2).map((word) => word.split('=')));
const named = Object.keys(USUAL).filter((name) => options.has(name));
const wanted = named.length > 0
  ? Object.fromEntries(named.map((name) => [name, Number(options.get(name) ?? USUAL[name])])) : USUAL;
const withLeaks = options.has('leaks') || named.length === 0;
const jobs = Number(options.get('jobs') ?? 2);
const firstSeed = Number(options.get('seed') ?? 1);
const began = Date.now();
const clock_s = Math.floor(began / 1000);
const elapsed = () => {
  const s = Math.round((Date.now() - began) / 1000);
  return `${Math.floor(s / 60)}:${String(s % 60).padStart(2, '0')}`;
};
const say = (text) => process.stderr.write(`${elapsed()}  ${text}\n`);
const outcomes = [];
const faults = [];
const fault = (text) => {
  faults.push(text);
  say(`FAILED  ${text}`);
};

/** Plays one engine, in some browsers side by side, and notes what came of it in `outcomes`. */
async function playEngine(engine, shop) {
  const { name } = engine;
  const outcome = { name, leaks: {}, rows: Object.fromEntries(SCRIPTS.map((script) => [script,
    { pairs: 0, identical: 0, same: 0, requests: 0, again: 0, own: 0 }])) };
  outcomes.push(outcome);
  if (!engine.find()) {
    fault(`${name} is not installed`);
    return;
  }
  const fewest = () => Math.min(...Object.values(outcome.rows).map(({ pairs }) => pairs));
  const play = { ...outcome, fewest, seed: firstSeed, underway: 0, broken: 0 };
  await Promise.all(Array.from({ length: name === 'chromium' ? jobs : 1 }, async () => {
    const browser = await openEngine(engine, shop, clock_s);
    try {
      await playRounds(play, browser);
      // Whoever is done first lets the leaks loose.
      if (withLeaks && !play.leaking) {
        play.leaking = true;
        await playLeaks(play, browser);
      }
    } finally {
      await browser.close();
    }
  }));
}

async function playRounds(play, browser) {
  const { name, rows, fewest } = play;
  for (;;) {
    const missing = wanted[name] - fewest() - play.underway;
    if (missing <= 0 || faults.length > MOST_FAULTS) return;
    const count = Math.min(SHOPPERS, missing + 1);
    const seed = play.seed++;
    play.underway += count - 1;
    try {
      await browser.round(seed, count, (script, result) =>
        note(`${name}, ${script}, round ${seed}`, rows[script], result));
    } catch (error) {
      // What was compared by then counts. A browser that hangs again and again is a fault.
      say(`${name}: round ${seed} broke off: ${error.message}`);
      if (++play.broken > MOST_BROKEN) throw error;
    } finally {
      play.underway -= count - 1;
    }
    say(`${name}: round ${seed}, ${fewest()} of ${wanted[name]} pairs`);
  }
}

async function playLeaks({ name, leaks }, browser) {
  for (const leak of Object.keys(LEAKS)) {
    const by = await browser.control(leak, firstSeed).catch((error) => {
      say(`${name}: leak by ${leak}: ${error.message}`);
      return [];
    });
    leaks[leak] = by?.join(', ') ?? 'NOT IN THIS ENGINE';
    if (by?.length === 0) {
      leaks[leak] = 'NOT CAUGHT';
      fault(`${name}: ${leak} was not caught`);
    }
    say(`${name}: leak by ${leak}: ${leaks[leak]}`);
  }
}

function note(where, row, { requests, own, marks, direct, pair, different, differs, again }) {
  row.requests += requests;
  row.own += own.length;
  if (marks.length > 0) fault(`${where}: found ${marks.slice(0, 3).join('; ')}`);
  if (direct > 0) fault(`${where}: ${direct} requests went past the proxy`);
  if (!pair) return;
  if (differs) fault(`${where}: ${differs}`);
  if (again) row.again++;
  if (again && !differs) say(`${where}: asked again, then alike: ${again}`);
  if (!different) row.same++;
  else {
    row.pairs++;
    if (!differs) row.identical++;
  }
}

function showTable() {
  const line = (...cells) => console.log(cells.map((cell, i) =>
    (i < 2 ? String(cell).padEnd(12) : String(cell).padStart(11))).join(' '));
  line('engine', 'script', 'pairs', 'identical', 'requests', 'asked again', 'not counted', 'browser’s');
  for (const { name, rows } of outcomes) {
    for (const [script, { pairs, identical, requests, again, same, own }] of Object.entries(rows)) {
      line(name, script, pairs, identical, requests, again, same, own);
    }
  }
  for (const { name, leaks } of outcomes) {
    for (const [leak, by] of Object.entries(leaks)) {
      console.log(`${name.padEnd(12)} ${leak.padEnd(16)} ${by}`);
    }
  }
}

/** What is known by then is told to whoever interrupts. */
process.once('SIGINT', () => {
  showTable();
  console.log(`interrupted after ${elapsed()}`);
  process.exit(1);
});

const shop = await openShop();
await Promise.all(engines.filter(({ name }) => name in wanted)
  .map((engine) => playEngine(engine, shop).catch((error) => fault(`${engine.name}: ${error.stack}`))));
shop.close();
showTable();
console.log(`${faults.length === 0 ? 'silent' : `${faults.length} faults`}, after ${elapsed()}`);
process.exit(faults.length === 0 ? 0 : 1);
