/**
 * tasks.mjs - every evaluation that docs/QUALITY.md shows, by key
 *
 * A key is table/row. A task without `args` is one whose data are not there.
 */
import { join } from 'node:path';

import { find, scratch, siteOf } from './data.mjs';
import { standingTask } from './standing.mjs';
import { treesTask } from './trees.mjs';

/** Items of the sets, for budgets of so many bytes an item. */
const ITEMS = { diginetica: 43097, yoochoose1_64: 17376 };
export const BUDGETS = [28, 20, 12];

const clicks = (train, test) => (train && test
  ? ['eval', 'next-click', '--train', train, '--test', test, '--json'] : undefined);

function nextClick(set) {
  const args = clicks(find(set, 'train_sessions.txt'), find(set, 'test.tsv'));
  const task = (row, ...more) => ({ key: `next-click/${set}/${row}`, set, args: args && [...args, ...more] });
  return [
    task('full', '--price'),
    ...BUDGETS.map((bytes) => task(String(bytes), '--budget', String(bytes * ITEMS[set]))),
    treesTask(set, args),
  ];
}

/** Links alone, as many as there may be, with the built-in recipe: what a link takes. */
function linksAlone(set) {
  const args = clicks(find(set, 'train_sessions.txt'), find(set, 'test.tsv'));
  return { key: `links-alone/${set}`, set, args: args && [...args, '--no-tune'] };
}

const partial = (name) => find('recsyseval_partial', name);
const otherClicks = [
  ['rsc15, its last day', 'recsyseval_partial',
    clicks(partial('rsc15_train_full.txt'), partial('rsc15_test.txt'))],
  ['rsc15, the day before', 'recsyseval_partial',
    clicks(partial('rsc15_train_tr.txt'), partial('rsc15_train_valid.txt'))],
  ['serenade example', 'serenade_example',
    clicks(find('serenade_example', 'train.txt'), find('serenade_example', 'test.txt'))],
].map(([row, set, args]) => ({ key: `other-clicks/${row}`, set, args }));

function siteTask(table, set, ...words) {
  const site = siteOf(set);
  return { key: `${table}/${set}`, set, args: site && ['eval', ...words, site, '--json'] };
}

const taFeng = (name) => find('tafeng_realitycheck', `tafeng_${name}.json`);
const keysets = [0, 1, 2, 3, 4].map((number) => taFeng(`keyset_${number}`));
const sets = find('dnntsp_tafeng', 'TaFeng.json');

const nextBasket = [
  {
    key: 'next-basket/tafeng_realitycheck', set: 'tafeng_realitycheck',
    args: taFeng('history') && taFeng('future') && !keysets.includes(undefined)
      ? ['eval', 'next-basket', '--history', taFeng('history'), '--future', taFeng('future'),
        ...keysets.flatMap((file) => ['--keyset', file]), '--json'] : undefined,
  },
  {
    key: 'next-basket/dnntsp_tafeng', set: 'dnntsp_tafeng',
    args: sets && ['eval', 'next-basket', '--baskets', sets, '--json'],
  },
];

/** Clusters are part of every model; the built-in parameters do for these. */
function clusters(set) {
  const site = siteOf(set);
  const model = join(scratch, `${set}.model.sotto`);
  return {
    key: `clusters/${set}`, set, args: site && ['show', model, '--json'],
    first: [['train', '--quiet', '--no-tune', site, '-o', model]],
  };
}

export const tasks = [
  ...nextClick('diginetica'), ...nextClick('yoochoose1_64'),
  linksAlone('diginetica'), linksAlone('yoochoose1_64'),
  ...otherClicks, siteTask('shops', 'retailrocket'), siteTask('shops', 'online_retail_II'),
  ...nextBasket,
  ...['groceries', 'online_retail_II', 'instacart_train', 'dunnhumby_cj_sample']
    .map((set) => siteTask('bought-together', set, 'bought-together', '--no-tune')),
  ...['online_retail_II', 'instacart_train', 'completejourney']
    .map((set) => siteTask('cold-items', set, 'cold-items', '--no-tune')),
  ...['retailrocket', 'online_retail_II', 'completejourney', 'dunnhumby_cj_sample'].map(clusters),
  standingTask('online_retail_II', '90d'), standingTask('online_retail_II', '180d'),
  standingTask('completejourney', '90d'),
];
