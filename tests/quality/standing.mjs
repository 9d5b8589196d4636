/**
 * standing.mjs - whether RFM and lifecycle say what their names promise
 *
 * A shop's log is cut some time before its end. What is before trains a model, which is published
 * with a segment for each cell and each stage of life; `sotto replay` plays every shopper's own
 * purchases against it, and has all of them open a page at the cut. Then the log says who bought
 * again in the time that was held back.
 */
import { readFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { find, scratch } from './data.mjs';

const DAY = 86400;
/** Held back at the end of the log. */
export const HELD_BACK_DAYS = 90;
export const LIFE = ['new', 'active', 'loyal', 'at-risk', 'lost'];
/** By recency, the most recent first, then frequency. */
export const CELLS = [['new-customer', 'promising', 'champion'], ['curious', 'regular', 'loyal'],
  ['lost', 'fading', 'cannot-lose']];

const files = {
  online_retail_II: ['year_2009_2010.tsv', 'year_2010_2011.tsv'],
  completejourney: ['transactions_sample.tsv'],
};

const rowsOf = (file) => {
  const [head, ...rows] = readFileSync(file, 'utf8').trimEnd().split('\n')
    .map((line) => line.split('\t'));
  return rows.map((row) => Object.fromEntries(head.map((name, i) => [name, row[i]])));
};

/* Each: shopper, order, item, time (seconds), quantity, price of one. */

function onlineRetail() {
  const seen = new Set();
  return files.online_retail_II.flatMap((name) => rowsOf(find('online_retail_II', name))).map((row) => ({
    shopper: row.CustomerID, order: row.Invoice, item: row.StockCode,
    time: Date.parse(`${row.InvoiceDate.replace(' ', 'T')}Z`) / 1000,
    quantity: Number(row.Quantity), price: Number(row.Price),
  })).filter((row) => {
    const key = Object.values(row).join();
    const good = row.shopper && !row.order.startsWith('C') && /^[0-9]/.test(row.item)
      && row.quantity > 0 && row.price > 0 && !seen.has(key);
    seen.add(key);
    return good;
  });
}

function completeJourney() {
  return rowsOf(find('completejourney', 'transactions_sample.tsv')).map((row) => ({
    shopper: row.household_id, order: row.basket_id, item: row.product_id,
    time: Date.parse(`${row.transaction_timestamp.replace(' ', 'T')}Z`) / 1000,
    quantity: Number(row.quantity), price: Number(row.sales_value) / Number(row.quantity),
  })).filter(({ quantity, price }) => quantity > 0 && price > 0);
}

const readers = { online_retail_II: onlineRetail, completejourney: completeJourney };

function site(rows, folder, retention) {
  const columns = ['shopper', 'order', 'item', 'time', 'quantity', 'price'];
  writeFileSync(join(folder, 'orders.csv'), [columns.join(','),
    ...rows.map((row) => columns.map((name) => row[name]).join(','))].join('\n'));
  writeFileSync(join(folder, 'site.json'), JSON.stringify({
    sotto: 1, shop: { id: 'standing', currency: 'GBP' }, profile: { retention },
    logs: [{
      files: [join(folder, 'orders.csv')], event: 'purchase', time_format: 's',
      columns: Object.fromEntries(columns.map((name) => [name, name])),
    }],
    segments: Object.fromEntries([
      ...LIFE.map((name) => [name, { preset: name }]),
      ...CELLS.flat().map((name) => [`rfm-${name}`, { preset: `rfm:${name}` }]),
    ]),
  }));
}

/**
 * A line for each purchase, in order of time, and at the cut a page for everybody. Returns whose each
 * line is.
 */
function recording(rows, cut, folder) {
  const who = [];
  const lines = [...rows].sort((a, b) => a.time - b.time).map((row) => {
    who.push(row.shopper);
    return JSON.stringify({
      shopper: row.shopper, time: row.time, kind: 'purchase', item: row.item,
      quantity: Math.min(Math.round(row.quantity), 65535),
    });
  });
  for (const shopper of new Set(who)) {
    who.push(shopper);
    lines.push(JSON.stringify({ shopper, time: cut, page: '/' }));
  }
  writeFileSync(join(folder, 'shoppers.ndjson'), `${lines.join('\n')}\n`);
  return who;
}

/** The groups at the end: how many shoppers, and how many of them bought again. */
function groups(out, who, again) {
  const into = new Map([...new Set(who)].map((shopper) => [shopper, new Set()]));
  for (const line of out.split('\n').filter(Boolean)) {
    const { line: number, segment, in: entered } = JSON.parse(line);
    if (segment === undefined) continue;
    const set = into.get(who[number - 1]);
    if (entered) set.add(segment);
    else set.delete(segment);
  }
  const group = (name) => {
    const members = [...into].filter(([, set]) => set.has(name));
    return [members.length, members.filter(([shopper]) => again.has(shopper)).length];
  };
  return {
    shoppers: into.size,
    life: LIFE.map(group),
    cells: CELLS.map((row) => row.map((name) => group(`rfm-${name}`))),
  };
}

/** The task of a set, for measure.mjs, on devices that remember for so long. */
export function standingTask(set, retention) {
  const folder = join(scratch, `standing-${set}-${retention}`);
  const [model, bundle] = ['model.sotto', 'bundle'].map((name) => join(folder, name));
  const isHere = files[set].every((name) => find(set, name));
  let who;
  let again;
  return {
    key: `standing/${set}, ${retention}`, set,
    prepare() {
      mkdirSync(folder, { recursive: true });
      const rows = readers[set]();
      const end = rows.reduce((latest, { time }) => Math.max(latest, time), 0);
      const cut = end - HELD_BACK_DAYS * DAY;
      const before = rows.filter(({ time }) => time < cut);
      again = new Set(rows.filter(({ time }) => time >= cut).map(({ shopper }) => shopper));
      site(before, folder, retention);
      who = recording(before, cut, folder);
      return { orders: new Set(before.map(({ order }) => order)).size };
    },
    first: [
      ['train', '--quiet', '--no-tune', join(folder, 'site.json'), '-o', model],
      ['publish', '--quiet', '--no-runtime', join(folder, 'site.json'), '--model', model, '-o', bundle],
    ],
    args: isHere ? ['replay', bundle, join(folder, 'shoppers.ndjson'), '--json'] : undefined,
    read: (out) => groups(out, who, again),
  };
}
