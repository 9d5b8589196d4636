/**
 * main.mjs - makes the demo shop: its products, pictures, pages and the logs of its shoppers
 *
 *     node demo-shop/generate/main.mjs --out build/demo
 *
 *     build/demo/site.json          the site file, beside the files it names
 *     build/demo/products.csv       the product feed
 *     build/demo/events.ndjson.gz   90 days of shoppers
 *     build/demo/truth.json         what was planted in them
 *     build/demo/shop/              the folder to serve
 *
 * The same options give the same bytes: chance comes from the seed, time from --until. (Of the
 * packed log the same rows; how tightly they are packed is up to the zlib at hand. What ends in the
 * site file ends some days from today.)
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { drawBench, drawHero } from './draw/hero.mjs';
import { drawProduct } from './draw/index.mjs';
import { buyersOf, feedCsv, feedJson } from './feed.mjs';
import { exportRows, simulate, toNdjsonGz } from './logs.mjs';
import { writePages } from './pages.mjs';
import { makeProducts, plantComplements } from './products.mjs';
import { randomStreams } from './random.mjs';
import { plantTrends, truthOf } from './truth.mjs';

const DAY_MS = 86_400_000;
const HELP = `usage: main.mjs --out DIR [--seed 7] [--until 2026-05-31] [--days 90]
                [--shoppers 6000]

Writes the demo shop: feed, logs, pictures and pages. --until is the last day of the logs.
example: node demo-shop/generate/main.mjs --out build/demo
`;

function readOptions() {
  const { values } = parseArgs({ options: {
    out: { type: 'string' }, seed: { type: 'string', default: '7' },
    until: { type: 'string', default: '2026-05-31' }, days: { type: 'string', default: '90' },
    shoppers: { type: 'string', default: '6000' }, help: { type: 'boolean', default: false },
  } });
  if (values.help) {
    process.stdout.write(HELP);
    process.exit(0);
  }
  const whole = (name, low, high) => {
    const value = Number(values[name]);
    if (!Number.isInteger(value) || value < low || value > high) {
      throw new Error(`--${name} must be a whole number from ${low} to ${high}`);
    }
    return value;
  };
  const untilMs = Date.parse(`${values.until}T00:00:00Z`);
  if (Number.isNaN(untilMs)) throw new Error('--until must be a date such as 2026-05-31');
  if (!values.out) throw new Error('--out is missing');
  return { out: values.out, until: values.until, untilMs, seed: whole('seed', 0, 2 ** 32 - 1),
    dayCount: whole('days', 30, 400), shopperCount: whole('shoppers', 10, 200_000) };
}

/** What ends in the site file ends on the Sunday after next: a demonstration is shown at any time. */
function siteText(text) {
  const today = new Date();
  const sunday = new Date(today.getTime() + (14 - today.getUTCDay()) * DAY_MS).toISOString().slice(0, 10);
  return text.replace(/("ends": )"[\d-]+"/g, `$1"${sunday}"`);
}

function main() {
  const { out, until, untilMs, seed, dayCount, shopperCount } = readOptions();
  const firstMs = untilMs - (dayCount - 1) * DAY_MS;
  const dateOf = (day) => new Date(firstMs + day * DAY_MS).toISOString().slice(0, 10);
  const isoOf = (seconds) => new Date(firstMs + seconds * 1000).toISOString().replace('.000', '');

  const stream = randomStreams(seed);
  const products = makeProducts(stream, dayCount);
  const complements = plantComplements(products);
  const trending = plantTrends(stream('trends'), products);
  const events = simulate(stream, products, complements, { shopperCount, dayCount, trending });
  const { rows, dirt } = exportRows(stream, events, isoOf);
  const truth = truthOf({ seed, until, dayCount, products, complements, trending, events, dirt });

  const here = dirname(fileURLToPath(import.meta.url));
  const shop = join(out, 'shop');
  mkdirSync(join(shop, 'pictures'), { recursive: true });
  writeFileSync(join(out, 'site.json'), siteText(readFileSync(join(here, '..', 'site.json'), 'utf8')));
  writeFileSync(join(out, 'products.csv'), feedCsv(products, dateOf, buyersOf(events)));
  writeFileSync(join(out, 'events.ndjson.gz'), toNdjsonGz(rows));
  writeFileSync(join(out, 'truth.json'), `${JSON.stringify(truth, null, 1)}\n`);
  writeFileSync(join(shop, 'products.json'), feedJson(products, dateOf));
  for (const p of products) writeFileSync(join(shop, 'pictures', `${p.id}.svg`), drawProduct(p));
  writeFileSync(join(shop, 'pictures', 'hero.svg'), drawHero(products));
  writeFileSync(join(shop, 'pictures', 'bench.svg'), drawBench(products));
  writePages(join(here, '..'), shop, products);
  process.stderr.write(`demo shop: ${products.length} products, ${shopperCount} shoppers, `
    + `${rows.length} events in ${out}\n`);
}

try {
  main();
} catch (error) {
  process.stderr.write(`main.mjs: error: ${error.message}\n`);
  process.exit(error.code?.startsWith?.('ERR_PARSE_ARGS') || /^--/.test(error.message) ? 2 : 1);
}
