/**
 * run.mjs - how fast, as ratios within one run
 *
 *     make bench
 *
 * Absolute numbers belong to the machine; ratios travel. The same sessions are ranked by the native
 * core, by the WebAssembly in Node and in Chromium, and by the same algorithm in plain JavaScript; all
 * must give the same answers. Opening a model is compared with JSON.parse of the same content.
 *
 * Ranking for the shelf, with vectors and a re-ranker over a large catalogue, is measured in
 * microseconds as well, since a page's main thread is a matter of milliseconds: natively, and in the
 * later modules with SIMD and without. So are the decisions over 100 segments and 200 campaigns, and
 * how many bytes a part takes that has so many with names and texts.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join, resolve } from 'node:path';

import * as chromium from '../browser/drivers/chromium.mjs';
import { toJson } from '../reference/json.mjs';
import { readModel } from '../reference/model.mjs';
import { openCore } from './core.mjs';
import { idOf, makeSessions, toCsv } from './logs.mjs';
import { race, raceDecisions } from './loop.mjs';
import { plainRanking } from './plain.mjs';
import { raceSegments } from './segments.mjs';
import { raceShelves } from './shelve.mjs';
import { tablesFrom, tablesOf } from './tables.mjs';

const PRODUCTS = 20000;
const ROWS = 500000;
const DECISIONS = 1000;
const COUNT = 20;
const TURN_MS = 400;
/**
 * Catalogues to rank over: one of a public benchmark's size, the largest that is gone over whole, and
 * a larger one.
 */
const RANKED = [43000, 65536, 100000];
const SHELVES_MS = 2000;
/** What a decision with the ranker may take at most over the first of them, and no task may take. */
const MOST_US = { native: 300, Chromium: 600 };
const TASK_MS = 10;
/** What all campaigns and segments may take at most in a page, and their part at most, in bytes. */
const PLAN_MOST_US = 200;
const PLAN_MOST_BYTES = 20000;
const LATER = { SIMD: 'sotto-later.wasm', 'no SIMD': 'sotto-later-base.wasm' };

const build = resolve(process.env.BUILD ?? 'build');
const folder = join(build, 'bench');

function train(sessions) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'log.csv'), toCsv(sessions));
  writeFileSync(join(folder, 'site.json'), JSON.stringify({
    sotto: 1,
    shop: { id: 'bench' },
    logs: [{
      files: ['log.csv'], event: 'view', time_format: 's',
      columns: { session: 'session', time: 'time', item: 'item' },
    }],
    train: { output: 'model.sotto', max_links: 20, min_shoppers: 1 },
  }));
  const start = performance.now();
  execFileSync(join(build, 'sotto'), ['train', join(folder, 'site.json')], { stdio: 'pipe' });
  const seconds = (performance.now() - start) / 1000;
  const rows = sessions.reduce((sum, session) => sum + session.length, 0);
  return { rows, seconds };
}

/** The first sessions as the core sees them: item indexes, the latest first. */
function questions(sessions, core) {
  return sessions.slice(0, DECISIONS).map((session) => Uint32Array.from(
    session.map((product) => core.find(idOf(product))).filter((item) => item !== 0xFFFFFFFF).reverse(),
  ));
}

function raceNative(asked) {
  const words = [asked.length, ...asked.flatMap((session) => [session.length, ...session])];
  writeFileSync(join(folder, 'sessions.u32'), Uint32Array.from(words));
  return JSON.parse(execFileSync(join(build, 'tests/bench/decide'), [
    join(folder, 'model.sotto'), join(folder, 'sessions.u32'), COUNT, (TURN_MS * 5) / 1000,
  ].map(String)));
}

const PAGE_SCRIPT = `(async () => {
  const { openCore } = await import('/tests/core.mjs');
  const { raceDecisions } = await import('/tests/loop.mjs');
  const { plainRanking } = await import('/tests/plain.mjs');
  const { tablesFrom } = await import('/tests/tables.mjs');
  const bytes = async (path) => new Uint8Array(await (await fetch(path)).arrayBuffer());
  const json = async (path) => (await fetch(path)).json();
  const core = await openCore(await bytes('/sotto.wasm'), await bytes('/model'));
  const sessions = (await json('/sessions')).map((one) => Uint32Array.from(one));
  const plain = plainRanking(tablesFrom(await json('/tables')));
  return raceDecisions(core, plain, sessions, ${COUNT}, ${TURN_MS});
})()`;

/** Has Chromium run a script in a page that can fetch these files; null without Chromium. */
async function inPage(files, script) {
  const executable = chromium.find();
  if (!executable) return null;
  const answers = { '/': ['text/html', '<!doctype html><title>bench</title>'], ...files };
  for (const name of ['core', 'loop', 'plain', 'segments', 'shelve', 'tables']) {
    answers[`/tests/${name}.mjs`] = [
      'text/javascript', readFileSync(new URL(`${name}.mjs`, import.meta.url))];
  }
  const server = createServer(({ url }, response) => {
    const [type, body] = answers[url] ?? ['text/plain', ''];
    response.writeHead(answers[url] ? 200 : 404, {
      'content-type': type,
      // An isolated page has a finer clock.
      'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp',
    }).end(body);
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  const page = await chromium.open(executable, { width: 800, height: 600 });
  try {
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    return await page.evaluate(script);
  } finally {
    await page.close();
    server.close();
  }
}

const raceChromium = (wasm, model, tables, asked) => inPage({
  '/sotto.wasm': ['application/wasm', wasm],
  '/model': ['application/octet-stream', model],
  '/tables': ['application/json', JSON.stringify(tables)],
  '/sessions': ['application/json', JSON.stringify(asked.map((session) => [...session]))],
}, PAGE_SCRIPT);

const shelfScript = (items) => `(async () => {
  const { raceShelves } = await import('/tests/shelve.mjs');
  const bytes = async (path) => new Uint8Array(await (await fetch(path)).arrayBuffer());
  const files = { page: await bytes('/page'), model: await bytes('/model'), ranker: await bytes('/ranker') };
  const found = {};
  for (const [name, path] of ${JSON.stringify(Object.entries(LATER))}) {
    found[name] = await raceShelves({ ...files, later: await bytes('/' + path) }, ${items}, ${SHELVES_MS});
  }
  return found;
})()`;

/** Ranks over a made-up catalogue in all the ways there are, the native one first. */
async function raceRanking(items) {
  const wasmOut = resolve(process.env.WASM_OUT ?? 'wasm-out');
  const native = JSON.parse(execFileSync(join(build, 'tests/bench/shelve'),
    [items, folder, SHELVES_MS / 1000].map(String)));
  const files = {
    page: readFileSync(join(wasmOut, 'sotto.wasm')),
    model: readFileSync(join(folder, 'ranked-model.sotto')),
    ranker: readFileSync(join(folder, 'ranker.sotto')),
  };
  const ways = [['native', native]];
  for (const [name, file] of Object.entries(LATER)) {
    const later = readFileSync(join(wasmOut, file));
    ways.push([`Node, ${name}`, await raceShelves({ ...files, later }, items, SHELVES_MS)]);
  }
  const served = Object.entries({ ...files, ...Object.fromEntries(Object.values(LATER).map(
    (file) => [file, readFileSync(join(wasmOut, file))])) });
  const found = await inPage(Object.fromEntries(served.map(
    ([name, bytes]) => [`/${name}`, ['application/octet-stream', bytes]])), shelfScript(items));
  for (const [name, one] of Object.entries(found ?? {})) ways.push([`Chromium, ${name}`, one]);
  return { items, bytes: native.bytes, ways };
}

const planScript = `(async () => {
  const { raceSegments } = await import('/tests/segments.mjs');
  const files = {};
  for (const name of ['page', 'later', 'model', 'catalogue', 'campaigns', 'profile']) {
    files[name] = new Uint8Array(await (await fetch('/' + name)).arrayBuffer());
  }
  return raceSegments(files, ${SHELVES_MS});
})()`;

/** Decides over a made-up plan in all the ways there are, the native one first. */
async function racePlan() {
  const wasmOut = resolve(process.env.WASM_OUT ?? 'wasm-out');
  const native = JSON.parse(execFileSync(join(build, 'tests/bench/segments'),
    [folder, SHELVES_MS / 1000].map(String)));
  const files = {
    page: readFileSync(join(wasmOut, 'sotto.wasm')),
    later: readFileSync(join(wasmOut, LATER.SIMD)),
    ...Object.fromEntries(['model', 'catalogue', 'campaigns', 'profile'].map(
      (name) => [name, readFileSync(join(folder, `plan-${name}.sotto`))])),
  };
  const beside = await raceSegments(files, SHELVES_MS);
  const found = await inPage(Object.fromEntries(Object.entries(files).map(
    ([name, bytes]) => [`/${name}`, ['application/octet-stream', bytes]])), planScript);
  return [['native', native], ['Node', beside], ...(found ? [['Chromium', found]] : [])];
}

/** Opening, with all its checks, against parsing the same content as JSON. */
function raceOpening(core, model, content) {
  const json = toJson(content);
  const rate = race({ open: () => core.open(model), parse: () => JSON.parse(json) }, TURN_MS);
  return { ...rate, jsonSize: json.length };
}

/** What the typed arrays take, numbers that belong to items and links alone. */
const arraySize = ({ links, popularity, hashHigh, hashLow }) =>
  [popularity, hashHigh, hashLow, ...links.flatMap((one) => Object.values(one))]
    .reduce((sum, { byteLength }) => sum + byteLength, 0);

const row = (what, perSecond, ratio) => console.log(
  `${what.padEnd(34)}${Math.round(perSecond).toLocaleString('en').padStart(14)}`
  + `${ratio === undefined ? '' : `${ratio.toFixed(2).padStart(9)} x`}`,
);

const sessions = makeSessions({ products: PRODUCTS, rows: ROWS, seed: 1 });
const trained = train(sessions);
const model = readFileSync(join(folder, 'model.sotto'));
const wasm = readFileSync(join(folder, 'sotto.wasm'));
const { content } = readModel(model);
const tables = tablesOf(content);
const core = await openCore(wasm, model);
const asked = questions(sessions, core);

const inNode = raceDecisions(core, plainRanking(tablesFrom(tables)), asked, COUNT, TURN_MS);
const native = raceNative(asked);
const inChromium = await raceChromium(wasm, model, tables, asked);
const opening = raceOpening(core, model, content);

console.log(`${content.item_count} items, sessions of the ${DECISIONS} first shoppers, top ${COUNT}`);
console.log(`the core reads ${model.length} bytes, plain JavaScript ${arraySize(tablesFrom(tables))}\n`);
console.log(`${'decisions'.padEnd(34)}${'a second'.padStart(14)}   against plain JavaScript`);
row('plain JavaScript, Node', inNode.per_s.plain, 1);
row('native', native.per_s, native.per_s / inNode.per_s.plain);
row('WebAssembly, Node', inNode.per_s.wasm, inNode.per_s.wasm / inNode.per_s.plain);
if (inChromium) {
  row('plain JavaScript, Chromium', inChromium.per_s.plain, 1);
  row('WebAssembly, Chromium', inChromium.per_s.wasm,
    inChromium.per_s.wasm / inChromium.per_s.plain);
} else {
  console.log('skipped: Chromium is not installed');
}
console.log(`\n${'opening a model'.padEnd(34)}${'a second'.padStart(14)}   against JSON.parse`);
row(`JSON.parse, ${opening.jsonSize} bytes`, opening.parse, 1);
row(`sotto_wasm_open, ${model.length} bytes`, opening.open, opening.open / opening.parse);
console.log(`\n${'training'.padEnd(34)}${'rows a second'.padStart(14)}`);
row(`${trained.rows} rows in ${trained.seconds.toFixed(2)} s`, trained.rows / trained.seconds);

const slow = [];
for (const items of RANKED) {
  const { bytes, ways } = await raceRanking(items);
  const [[, native]] = ways;
  console.log(`\nranking over ${items} items of 64 coordinates, 2 to 4 bits, ${bytes} bytes; a session of 20`);
  console.log(`${''.padEnd(34)}${'microseconds'.padStart(14)}   against native   longest task`);
  row('the best 20, native', native.rank_us, 1);
  for (const [name, { us, firstMs = 0, openMs }] of ways) {
    const longest = Math.max(firstMs, openMs);
    const task = firstMs === 0 ? '' : `${longest.toFixed(1).padStart(13)} ms`;
    console.log(`${`a shelf of 64, ${name}`.padEnd(34)}${Math.round(us).toLocaleString('en').padStart(14)}`
      + `${(us / native.us).toFixed(2).padStart(9)} x${task.padStart(22)}`);
    if (firstMs > 0 && longest > TASK_MS) {
      slow.push(`${name}, ${items} items: a task of more than ${TASK_MS} ms`);
    }
    if (items === RANKED[0] && name === 'Chromium, SIMD' && us > MOST_US.Chromium) {
      slow.push(`${name}: more than ${MOST_US.Chromium} microseconds`);
    }
  }
  if (items === RANKED[0] && native.rank_us > MOST_US.native) {
    slow.push(`native: more than ${MOST_US.native} microseconds`);
  }
  if (new Set(ways.map(([, { answers }]) => answers)).size !== 1) {
    console.error('the shelves differ');
    process.exit(1);
  }
}
const plan = await racePlan();
console.log('\n200 campaigns and 100 segments, a history of 256 different items');
console.log(`${''.padEnd(34)}${'microseconds'.padStart(14)}   against native   gathering, segments`);
for (const [name, { us, moment_us: gathering, segments_us: asking }] of plan) {
  console.log(`${name.padEnd(34)}${us.toFixed(0).padStart(14)}${(us / plan[0][1].us).toFixed(2).padStart(9)} x`
    + `${`${gathering.toFixed(0)}, ${asking.toFixed(0)}`.padStart(22)}`);
  if (us > PLAN_MOST_US) slow.push(`${name}: campaigns take more than ${PLAN_MOST_US} microseconds`);
}
if (new Set(plan.map(([, { answers }]) => answers)).size !== 1) {
  console.error('the verdicts differ');
  process.exit(1);
}
const written = JSON.parse(execFileSync(join(build, 'tests/bench/arbiter'), ['200']));
console.log(`their part, with names and texts${`${written.bytes} bytes`.padStart(16)}   at most ${PLAN_MOST_BYTES};`
  + ` ${written.brotli} with brotli`);
if (written.bytes > PLAN_MOST_BYTES) {
  console.error('the part is larger than it may be');
  process.exit(1);
}
for (const one of slow) console.log(`too slow, if nothing else kept the machine busy: ${one}`);

const hashes = new Set([native.answers, ...Object.values(inNode.answers),
  ...Object.values(inChromium?.answers ?? {})]);
if (hashes.size !== 1) {
  console.error(`the answers differ: ${[...hashes].join(', ')}`);
  process.exit(1);
}
console.log('\nAll of them gave the same answers.');
