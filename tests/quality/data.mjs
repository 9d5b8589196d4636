/**
 * data.mjs - where the public data sets are, and as which shops they are read
 *
 * They are looked for in the folder SOTTO_DATA, else in ../shared/data beside the project. None of
 * them is part of it. A set that is a shop's log gets a site file, written to a scratch folder; what
 * no site file can say (a basket a line, names of categories in a file of their own) is rewritten
 * there as well.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
export const folder = resolve(process.env.SOTTO_DATA ?? join(root, '../shared/data'));
export const scratch = join(resolve(process.env.BUILD ?? join(root, 'build')), 'quality');

/** A file of a set, or undefined. */
export function find(...path) {
  const file = join(folder, ...path);
  return existsSync(file) ? file : undefined;
}

/** Writes a site file for logs of the given set and returns its path. */
function site(name, log, more = {}) {
  mkdirSync(scratch, { recursive: true });
  const file = join(scratch, `${name}.site.json`);
  writeFileSync(file, JSON.stringify({ sotto: 1, shop: { id: name }, logs: [log], ...more }));
  return file;
}

const rowsOf = (file, separator) => readFileSync(file, 'utf8').trimEnd().split('\n')
  .map((line) => line.split(separator));

const quoted = (text) => `"${text.replaceAll('"', '""')}"`;

/** A basket a line, names separated by commas. */
function groceries() {
  const file = find('groceries', 'groceries.csv');
  if (!file) return undefined;
  mkdirSync(scratch, { recursive: true });
  const rows = rowsOf(file, ',').flatMap((names, basket) => names
    .map((name) => name.trim()).filter(Boolean).map((name) => `${basket},${quoted(name)}`));
  writeFileSync(join(scratch, 'groceries.csv'), `basket,item\n${rows.join('\n')}\n`);
  return site('groceries', {
    files: [join(scratch, 'groceries.csv')], event: 'purchase',
    columns: { order: 'basket', item: 'item' },
  });
}

/** Returns, postage, fees and adjustments are no products; nine days stand in both files. */
function onlineRetail() {
  const files = ['year_2009_2010.tsv', 'year_2010_2011.tsv']
    .map((name) => find('online_retail_II', name));
  if (files.includes(undefined)) return undefined;
  return site('online_retail_II', {
    files,
    event: 'purchase',
    duplicates: 'drop',
    columns: {
      item: 'StockCode', order: 'Invoice', shopper: 'CustomerID', time: 'InvoiceDate',
      quantity: 'Quantity', price: 'Price', title: 'Description',
    },
    drop: [
      { name: 'returns', column: 'Invoice', starts_with: 'C' },
      { name: 'no product', column: 'StockCode', matches: '^[^0-9]' },
      { name: 'taken back', column: 'Quantity', at_most: 0 },
      { name: 'given away', column: 'Price', at_most: 0 },
    ],
  });
}

/** Names of aisles and departments stand in files of their own. */
function instacart() {
  const [train, products, aisles, departments] = ['train', 'products', 'aisles', 'departments']
    .map((name) => find('instacart_train', `${name}.tsv`));
  if (!train || !products || !aisles || !departments) return undefined;
  mkdirSync(scratch, { recursive: true });
  const nameOf = (file) => new Map(rowsOf(file, '\t').slice(1));
  const [aisle, department] = [nameOf(aisles), nameOf(departments)];
  const rows = rowsOf(products, '\t').slice(1).map(([id, name, a, d]) =>
    [id, name, `${department.get(d)} > ${aisle.get(a)}`].map(quoted).join(','));
  writeFileSync(join(scratch, 'instacart.csv'), `id,title,category\n${rows.join('\n')}\n`);
  return site('instacart_train', {
    files: [train], event: 'purchase', columns: { order: 'order_id', item: 'product_id' },
  }, {
    feed: {
      file: join(scratch, 'instacart.csv'),
      columns: { id: 'id', title: 'title', category: 'category' },
    },
  });
}

function dunnhumby() {
  const file = find('dunnhumby_cj_sample', 'train_baskets_sample.csv');
  return file && site('dunnhumby_cj_sample', {
    files: [file], event: 'purchase',
    columns: { item: 'item_id', order: 'basket_id', shopper: 'user_id' },
  });
}

function completeJourney() {
  const transactions = find('completejourney', 'transactions_sample.tsv');
  const products = find('completejourney', 'products.tsv');
  if (!transactions || !products) return undefined;
  mkdirSync(scratch, { recursive: true });
  const rows = rowsOf(products, '\t').slice(1).map(([id, maker, department, brand, category,
    type, size]) => [id, `${type ?? ''} ${size ?? ''}`.trim(),
    [department, category].filter(Boolean).join(' > '), `${brand} ${maker}`].map(quoted).join(','));
  writeFileSync(join(scratch, 'completejourney.csv'),
    `id,title,category,brand\n${rows.join('\n')}\n`);
  return site('completejourney', {
    files: [transactions], event: 'purchase',
    columns: {
      item: 'product_id', order: 'basket_id', shopper: 'household_id',
      time: 'transaction_timestamp', price: 'sales_value', quantity: 'quantity',
    },
  }, {
    feed: {
      file: join(scratch, 'completejourney.csv'),
      columns: { id: 'id', title: 'title', category: 'category', brand: 'brand' },
    },
  });
}

function retailRocket() {
  const file = find('recsyseval_partial', 'retailrocket_events_2015-09-10_18.tsv');
  return file && site('retailrocket', {
    files: [file],
    time_format: 's',
    columns: {
      item: 'ItemId', shopper: 'UserId', session: 'SessionId', time: 'Time', event: 'Type',
      category: 'CatId',
    },
    events: { view: 'view', addtocart: 'cart_add', transaction: 'purchase' },
  });
}

const makers = {
  groceries, online_retail_II: onlineRetail, instacart_train: instacart,
  dunnhumby_cj_sample: dunnhumby, completejourney: completeJourney, retailrocket: retailRocket,
};

/** The site file of a set, or undefined if the set is not there. */
export const siteOf = (name) => makers[name]();
