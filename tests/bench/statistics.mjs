/**
 * statistics.mjs - how fast logs are counted, and in how much memory
 *
 *     node tests/bench/statistics.mjs [ROWS [PRODUCTS [MEMORY]]]      BUILD says where sotto is
 *
 * Writes a made-up log of that many rows (10,000,000), as daily files in which shoppers come and go at
 * the same time, counts it at once, then in two halves that are merged, and compares the bytes.
 */
import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { chance, idOf } from './logs.mjs';

const [rows = 10_000_000, products = 100_000, memory = '1GiB'] = process.argv.slice(2)
  .map((text, i) => (i < 2 ? Number(text) : text));
const sotto = join(resolve(process.env.BUILD ?? 'build'), 'sotto');
const folder = mkdtempSync(join(process.env.TMPDIR ?? tmpdir(), 'sotto-bench-'));
const DAYS = 60;
const START_S = 1_700_000_000 - (1_700_000_000 % 86_400);

/** A day's rows, in order of time: [time, shopper, item, is a purchase]. */
function makeDay(next, day, count) {
  const list = [];
  while (list.length < count) {
    const shopper = Math.floor((rows / 12) * next() ** 1.5);
    let time = START_S + day * 86_400 + Math.floor((next() + next()) * 43_000);
    let at = Math.floor(products * next() ** 3);
    const length = 1 + Math.floor(9 * next() ** 2);
    for (let i = 0; i < length; i++) {
      list.push([time, shopper, at, false]);
      if (next() < 0.03) list.push([time + 5, shopper, at, true]);
      time += Math.floor(2 + 120 * next());
      at = next() < 0.1 ? Math.floor(products * next() ** 3)
        : (at + Math.round((next() + next() - 1) * 12) + products) % products;
    }
  }
  return list.sort((a, b) => a[0] - b[0]);
}

function writeLogs() {
  const next = chance(7);
  let written = 0;
  for (let day = 0; day < DAYS; day++) {
    const file = openSync(join(folder, `day${String(day).padStart(2, '0')}.csv`), 'w');
    writeSync(file, 'time,event,shopper,item\n');
    const list = makeDay(next, day, Math.ceil(rows / DAYS));
    for (let i = 0; i < list.length; i += 10_000) {
      writeSync(file, list.slice(i, i + 10_000).map(([time, shopper, item, bought]) => (
        `${time},${bought ? 'purchase' : 'view'},p${shopper},${idOf(item)}\n`)).join(''));
    }
    closeSync(file);
    written += list.length;
  }
  return written;
}

function site(name, files) {
  const path = join(folder, `${name}.json`);
  writeFileSync(path, JSON.stringify({
    sotto: 1,
    shop: { id: 'bench' },
    logs: [{
      files, format: 'csv', time_format: 's',
      columns: { time: 'time', event: 'event', shopper: 'shopper', item: 'item' },
    }],
  }));
  return path;
}

function count(name, files) {
  const statistics = join(folder, `${name}.statistics`);
  const text = execFileSync(sotto, ['train', '--count', statistics, '--memory', memory, '-q', '--json',
    site(name, files)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  const { count_s: wall, cpu_s: seconds, peak_mb: peak } = JSON.parse(text);
  const size = statSync(statistics).size;
  console.log(`${name.padEnd(8)} ${wall.toFixed(1)} s, ${seconds.toFixed(1)} s of one core, peak ${peak.toFixed(0)} MB, `
    + `${(size / 1e6).toFixed(1)} MB written`);
  return { statistics, seconds };
}

try {
  mkdirSync(folder, { recursive: true });
  const written = writeLogs();
  console.log(`${written.toLocaleString('en')} rows, ${products.toLocaleString('en')} products, `
    + `${DAYS} files, --memory ${memory}`);
  const whole = count('whole', ['day*.csv']);
  console.log(`         ${Math.round(written / whole.seconds).toLocaleString('en')} rows a second of one core`);
  const first = count('first', ['day[0-2]*.csv']);
  const second = count('second', ['day[3-5]*.csv']);
  const merged = join(folder, 'merged.statistics');
  const start = performance.now();
  execFileSync(sotto, ['train', '--merge', second.statistics, first.statistics, '-o', merged,
    '--memory', memory]);
  console.log(`merged   ${((performance.now() - start) / 1000).toFixed(1)} s`);
  const same = readFileSync(merged).equals(readFileSync(whole.statistics));
  console.log(same ? 'the same bytes' : 'OTHER BYTES');
  process.exitCode = same ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true });
}
