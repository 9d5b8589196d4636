/**
 * pictures.mjs - what pictures inside the bundle cost, against asking for them one by one
 *
 *     BUILD=build node tests/bench/pictures.mjs
 *
 * The demo shop, published both ways. Bytes are exact; times are ratios within one run, of the same
 * page in Chromium: from the start of the navigation until the first recommended product, and until
 * all of them, have their pictures. Last, how much of what is shown has a picture when there is room
 * for some of the products only.
 */
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { brotliCompressSync, gzipSync } from 'node:zlib';

import * as chromium from '../browser/drivers/chromium.mjs';
import { readPictures } from '../../web/later/picture-file.js';
import { openServer } from '../../web/server.js';

const build = resolve(process.env.BUILD ?? 'build');
const ROUNDS = Number(process.env.ROUNDS ?? 5);
const PAGE_ITEM = 'MUG-1003';
const MB = 1e6;

const work = mkdtempSync(join(tmpdir(), 'sotto-pictures-'));
process.once('exit', () => rmSync(work, { recursive: true, force: true }));
for (const file of ['site.json', 'model.sotto', 'products.csv']) cpSync(join(build, 'demo', file), join(work, file));
cpSync(join(build, 'demo/shop'), join(work, 'shop'), { recursive: true });

/** Publishes the demo shop with these pictures; answers the parts by name, as bytes. */
function publish(pictures, folder) {
  const site = JSON.parse(readFileSync(join(work, 'site.json'), 'utf8'));
  writeFileSync(join(work, 'bench.json'), JSON.stringify({ ...site, pictures }));
  const out = join(work, 'shop', folder);
  rmSync(out, { recursive: true, force: true });
  execFileSync(join(build, 'sotto'), ['publish', join(work, 'bench.json'), '-q', '-o', out]);
  return Object.fromEntries(readdirSync(out).filter((name) => /^[a-z]+\.[0-9a-f]{16}\.sotto$/.test(name))
    .map((name) => [name.split('.')[0], new Uint8Array(readFileSync(join(out, name)))]));
}

const inside = (budget) => ({ from: 'inside', folder: 'shop/pictures', budget, max: '64KB' });
const sizes = (bytes) => [bytes.length, gzipSync(bytes).length, brotliCompressSync(bytes).length];
const kb = (bytes) => `${(bytes / 1000).toFixed(1)} KB`;
const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];

// ---- Bytes ---------------------------------------------------------------------------------------

const whole = publish(inside('3MB'), 'inside');
const asked = publish({ from: 'address' }, 'address');
console.log('bytes, as they are / gzip / brotli');
for (const [what, bytes] of [['the pictures part', whole.pictures], ['catalogue, inside', whole.catalogue],
  ['catalogue, by address', asked.catalogue]]) {
  console.log(`  ${what.padEnd(24)} ${sizes(bytes).map(kb).join(' / ')}`);
}
const files = readdirSync(join(work, 'shop/pictures')).filter((name) => name !== 'hero.svg')
  .map((name) => sizes(readFileSync(join(work, 'shop/pictures', name))));
const mean = [0, 1, 2].map((i) => files.reduce((sum, row) => sum + row[i], 0) / files.length);
console.log(`  ${'one file by address'.padEnd(24)} ${mean.map(kb).join(' / ')} (mean of ${files.length})`);
for (const [i, name] of ['as they are', 'gzip', 'brotli'].entries()) {
  console.log(`  the part is worth ${(sizes(whole.pictures)[i] / mean[i]).toFixed(0)} pictures by address, ${name}`);
}

// ---- How much of what is shown has a picture ------------------------------------------------------

console.log('of what similar and bought-together show (pages weighted by their views), with a picture');
const total = readPictures(whole.pictures).count;
for (const share of [0.05, 0.1, 0.25, 0.5]) {
  const { model, catalogue, campaigns, pictures } = publish(inside(Math.round(share * whole.pictures.length)), 'some');
  const sotto = await openServer({ model, catalogue, campaigns, pictures });
  let [shown, with_one] = [0, 0];
  for (let item = 0; item < sotto.core.itemCount(); item++) {
    const id = sotto.core.text(6, item);
    for (const slot of ['product-similar', 'product-bought-together']) {
      for (const pick of sotto.decide(slot, { items: [id] }, 1_800_000_000).items) {
        const views = popularity(model, item);
        shown += views;
        with_one += sotto.picture(pick.id) ? views : 0;
      }
    }
  }
  const { count } = readPictures(pictures);
  console.log(`  room for ${(100 * share).toFixed(0)} % of the bytes: ${count} of ${total} products, `
    + `${(100 * with_one / shown).toFixed(0)} % of what is shown`);
}

/** Section POPU, a logarithm: docs/FORMAT.md 3.2. */
function popularity(model, item) {
  const view = new DataView(model.buffer, model.byteOffset);
  for (let row = 32; row < 32 + 16 * model[7]; row += 16) {
    if (view.getUint32(row, true) === 0x55504f50) return 2 ** (model[view.getUint32(row + 4, true) + item] / 8);
  }
  throw new Error('no POPU');
}

// ---- Times ---------------------------------------------------------------------------------------

const CARD = '<li data-sotto="data-item:id"><img data-sotto="src:image alt:title" width="120" height="150"></li>';
for (const folder of ['inside', 'address']) {
  writeFileSync(join(work, 'shop', `${folder}.html`), `<!doctype html><title>${folder}</title>
<script type="module" src="/${folder}.js"></script>
<sotto-slot name="product-similar"><template>${CARD}</template><ul data-sotto-items></ul></sotto-slot>`);
  writeFileSync(join(work, 'shop', `${folder}.js`), `import { start } from '/${folder}/sotto.js';
const loaded = [];
document.addEventListener('load', ({ target }) => {
  if (target.localName === 'img') loaded.push(performance.now());
  const wanted = document.querySelectorAll('sotto-slot li').length;
  if (wanted && loaded.length === wanted) globalThis.took = { first: loaded[0], all: loaded.at(-1) };
}, true);
start({ base: '/${folder}/', shop: 'osier-ash', page: { items: ['${PAGE_ITEM}'] } });`);
}

if (!chromium.find()) {
  console.log('chromium is not installed: no times');
  process.exit(0);
}
const server = spawn(join(build, 'sotto'), ['serve', join(work, 'shop'), '--port', '0']);
process.once('exit', () => server.kill());
let said = '';
for (const stream of [server.stdout, server.stderr]) stream.on('data', (chunk) => (said += chunk));
while (!/http:\/\/[^\s/]+:\d+/.test(said)) await pause(20);
const [base] = /http:\/\/[^\s/]+:\d+/.exec(said);

const times = { cold: {}, warm: {} };
for (let round = 0; round < ROUNDS; round++) {
  for (const folder of round % 2 ? ['inside', 'address'] : ['address', 'inside']) {
    const page = await chromium.open(chromium.find(), { width: 1280, height: 900 });
    for (const state of ['cold', 'warm']) {
      await page.goto(`${base}/${folder}.html`);
      for (;;) {
        const took = await page.evaluate('globalThis.took ?? null');
        if (took) {
          (times[state][folder] ??= []).push(took);
          break;
        }
        await pause(20);
      }
    }
    await page.close();
  }
}
console.log(`time to the pictures of a page's slot, inside against by address (medians of ${ROUNDS} rounds)`);
for (const [state, by] of Object.entries(times)) {
  for (const which of ['first', 'all']) {
    const [mine, theirs] = ['inside', 'address'].map((folder) => median(by[folder].map((took) => took[which])));
    console.log(`  ${state}, ${which}: ${(mine / theirs).toFixed(2)} (${mine.toFixed(0)} ms, ${theirs.toFixed(0)} ms here)`);
  }
}

// ---- Tasks ---------------------------------------------------------------------------------------

const page = await chromium.open(chromium.find(), { width: 800, height: 600 });
await page.goto(`${base}/inside.html`);
const steps = await page.evaluate(`(async () => {
  const best = { room: 1e9, digest: 1e9, blob: 1e9 };
  for (let i = 0; i < 9; i++) {
    let began = performance.now();
    const step = (name) => {
      best[name] = Math.min(best[name], performance.now() - began);
      began = performance.now();
    };
    const bytes = new Uint8Array(${4 * MB}).fill(i);
    step('room');
    const digest = crypto.subtle.digest('SHA-256', bytes);
    step('digest');
    await digest;
    began = performance.now();
    for (let j = 0; j < 32; j++) URL.createObjectURL(new Blob([bytes.subarray(4000 * j, 4000 * j + 4000)]));
    step('blob');
  }
  return best;
})()`);
await page.close();
console.log('main thread, the shortest of 9, of a part of 4 MB: '
  + `room for it ${steps.room.toFixed(1)} ms, handing it to be hashed ${steps.digest.toFixed(1)} ms, `
  + `32 addresses of 4 KB ${steps.blob.toFixed(1)} ms`);
process.exit(0);
