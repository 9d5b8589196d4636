/**
 * page.mjs - docs/QUALITY.md out of what was found
 *
 * Every section is a function of the findings by key. What was not measured says so in its row.
 */
import { readFileSync } from 'node:fs';

import { fixed, grouped, table, withInterval } from './markdown.mjs';
import { CELLS, HELD_BACK_DAYS, LIFE } from './standing.mjs';
import { BUDGETS } from './tasks.mjs';

const here = (name) => new URL(name, import.meta.url);
const published = JSON.parse(readFileSync(here('published.json'), 'utf8'));

/** A row of ours: cells of what was found, or why it was not. */
function row(result, width, name, cells) {
  if (!result || result.missing) {
    return [name, result?.missing ?? 'not measured yet', ...Array(width - 2).fill('-')];
  }
  return [name + (result.old ? ' †' : ''), ...cells(result.found)];
}

const commandOf = (results, key) => {
  const command = results.get(key)?.command;
  return command ? `\n    ${command}\n` : '';
};

/* ---- promises ----------------------------------------------------------------------------------- */

const found = (results, key) => results.get(key)?.found;

/** What was found, or a dash. */
const told = (one, say) => (one ? say(one) : 'not measured');

const hrAndMrr = (one) => `${fixed(one.hr20, 2)} / ${fixed(one.mrr20, 2)}`;
const recallAndNdcg = (one) => `${fixed(one.recall10, 4)} / ${fixed(one.ndcg10, 4)}`;

/** What a link takes in models of both sets. */
const bitsOf = (models) => told(models.every(Boolean), () => models.map((one) =>
  `${fixed(one.bits_per_link, 2)} with ${fixed(one.links / one.items, 1)} an item`).join('; '));

function kept(results, set) {
  const [full, small] = ['full', '12'].map((row) => found(results, `next-click/${set}/${row}`));
  return full && small ? `${fixed((100 * small.hr20) / full.hr20, 1)} %` : 'not measured';
}

function promises(results) {
  const [digi, yoo] = published['next-click'].sets.map((set) => found(results, `next-click/${set}/full`));
  const links = published['next-click'].sets.map((set) => found(results, `links-alone/${set}`));
  const digi28 = found(results, 'next-click/diginetica/28');
  const [ta, dnn] = published['next-basket'].sets.map((set) => found(results, `next-basket/${set}`));
  const sum = (name) => fixed(digi[name] + yoo[name], 0);
  const both = digi && yoo ? `${sum('train_s')} s; ${sum('train_cpu_s')} s of the processor`
    : 'not measured';
  return `## Against what was promised

${table(['', 'wanted', 'at least', 'measured'], [
    ['diginetica, HR@20 / MRR@20', '58.0 / 21.5', '56.8 / 20.8', told(digi, hrAndMrr)],
    ['yoochoose 1/64', '73.0 / 34.0', '72.2 / 33.1', told(yoo, hrAndMrr)],
    ['Ta-Feng Reality Check, recall / NDCG @10', '.180 / .156', '.172 / .150', told(ta, recallAndNdcg)],
    ['DNNTSP Ta-Feng', '.203 / .178', '.195 / .170', told(dnn, recallAndNdcg)],
    ['bytes an item on diginetica', '28 at 57.0 / 21.0', '36 at 56.8 / 20.8', told(digi28 && digi, () =>
      [digi28, digi].map((one) => `${fixed(one.bytes_per_item, 1)} at ${hrAndMrr(one)}`).join('; '))],
    ['HR@20 kept at 12 bytes an item', '97 %', '92 %',
      `${kept(results, 'diginetica')}; ${kept(results, 'yoochoose1_64')}`],
    ['bits a link, rows and all, 20 an item', '6.0', '7.0', bitsOf(links)],
    ['the same of the models above', '', '', bitsOf([digi, yoo])],
    ['a decision, natively, among 43,000 items', '100 us', '300 us',
      told(digi, (one) => `${fixed(one.us_per_decision, 0)} us on average`)],
    ['training both click sets, tuning included', '300 s', '900 s', both],
  ])}
`;
}

/* ---- next click --------------------------------------------------------------------------------- */

function nextClickTable(results, set) {
  const { rows } = published['next-click'];
  const theirs = rows.filter((one) => one[set]).map((one) => [
    one.method + (one.quoted?.includes(set) ? ' (quoted)' : ''), one.runs,
    fixed(one[set][0], 2), fixed(one[set][1], 2), '-', '-',
  ]);
  const ours = ['full', ...BUDGETS.map(String)].map((size) => {
    const name = size === 'full' ? '**Sotto**, as it comes' : `**Sotto**, at most ${size} bytes an item`;
    return row(results.get(`next-click/${set}/${size}`), 6, name, (found) => [
      'a browser', withInterval(found.hr20, found.hr20_ci), withInterval(found.mrr20, found.mrr20_ci),
      fixed(found.ndcg20, 2), fixed(found.bytes_per_item, 1),
    ]);
  });
  return table([set, 'runs on', 'HR@20', 'MRR@20', 'NDCG@20', 'bytes an item'], [...theirs, ...ours]);
}

const nextClick = (results) => `## Next click

The item that comes next in a session, among all items; labels never met in training are misses.
${published['next-click'].sets.map((set) => `
${nextClickTable(results, set)}
${commandOf(results, `next-click/${set}/full`)}`).join('')}`;

/** Network and trees on the same bytes otherwise; `size` of theirs comes out of the whole budget. */
function rerankers(results) {
  const rows = published['next-click'].sets.flatMap((set) => ['full', 'trees'].map((name) => {
    const result = results.get(`next-click/${set}/${name}`);
    return row(result, 7, `${set}, ${name === 'trees' ? 'trees' : 'the network'}`, (found) => [
      found.trees ? `${found.trees.chosen.trees} of ${found.trees.chosen.leaves} leaves, ${
        found.trees.chosen.loss}` : '64 hidden units, softmax',
      withInterval(found.hr20, found.hr20_ci), withInterval(found.mrr20, found.mrr20_ci),
      grouped(found.ranker.reranker_bytes), fixed(found.bytes_per_item, 1), fixed(found.us_per_decision, 0),
    ]);
  }));
  return `### What orders the candidates

The small network that is published, and boosted trees: learned by LightGBM from the very examples the
network learns from (\`--examples\`), their number, size and loss chosen on the second half of these, read from
LightGBM's own file (\`--trees\`) and asked by the same core, from published bytes.

${table(['set', 'of what', 'HR@20', 'MRR@20', 'bytes of it', 'bytes an item', 'us a decision'], rows)}
`;
}

function otherClicks(results) {
  const rows = [...results].filter(([key]) => /^(other-clicks|shops)\//.test(key)).map(([key, result]) =>
    row(result, 7, key.split('/')[1], (found) => [
      grouped(found.queries), withInterval(found.hr20, found.hr20_ci),
      withInterval(found.mrr20, found.mrr20_ci), fixed(found.best_sellers?.hr20, 2),
      fixed(found.bytes_per_item, 1), fixed(found.train_s, 1),
    ]));
  const { method, value } = published.serenade;
  rows.push([`${method} on the serenade example`, '931', fixed(value[0], 2), fixed(value[1], 2), '-', '-', '-']);
  return `## Other logs

Nothing was chosen on these. The first three have test files; of the shops' own logs the last tenth of
the sessions is the test.

${table(['log', 'questions', 'HR@20', 'MRR@20', 'HR@20 of the best sellers', 'bytes an item',
    'training s'], rows)}
`;
}

/* ---- baskets ------------------------------------------------------------------------------------ */

const basketNames = ['recall10', 'ndcg10', 'phr10', 'recall20', 'ndcg20', 'phr20'];

function basketTable(result, set) {
  const { rows, columns } = published['next-basket'];
  const theirs = rows.filter((one) => one[set]).map((one) => [
    one.method + (one.quoted?.includes(set) ? ' (quoted)' : ''), one.runs,
    ...columns.map((_, i) => fixed(one[set][i], 4)), '-', '-']);
  const ours = row(result, columns.length + 4, '**Sotto**', (found) => ['a browser',
    ...basketNames.map((name) => (found[`${name}_ci`]
      ? withInterval(found[name], found[`${name}_ci`], 4) : fixed(found[name], 4))),
    fixed(found.bytes_per_item, 1), fixed(found.train_s, 0)]);
  return table([set, 'runs on', ...columns, 'bytes an item', 'training s'], [...theirs, ours]);
}

const nextBasket = (results) => `## Next basket

One future basket a shopper. Reality Check: means over the test users of the five keysets.

${['tafeng_realitycheck', 'dnntsp_tafeng'].map((set) => `
${basketTable(results.get(`next-basket/${set}`), set)}
${commandOf(results, `next-basket/${set}`)}`).join('')}`;

function boughtTogether(results) {
  const rows = [...results].filter(([key]) => key.startsWith('bought-together/')).map(([key, result]) =>
    row(result, 8, key.split('/')[1], (found) => [
      grouped(found.queries), fixed(found.hr10, 2), withInterval(found.hr20, found.hr20_ci),
      withInterval(found.recall20, found.recall20_ci), fixed(found.mrr20, 2),
      `${fixed(found.best_sellers?.hr20, 2)} / ${fixed(found.best_sellers?.recall20, 2)}`,
      fixed(found.bytes_per_item, 1),
    ]));
  return `## Bought together

Of the latest tenth of the baskets: from one item, as the item of a product page, the others. Trained with
the built-in parameters: nothing of these tables is tuned.

${table(['baskets', 'questions', 'HR@10', 'HR@20', 'recall@20', 'MRR@20',
    'HR@20 / recall@20 of the best sellers', 'bytes an item'], rows)}
${commandOf(results, 'bought-together/groceries')}`;
}

function coldItems(results) {
  const hr = (found, name) => fixed(found[name]?.hr20, 2);
  const rows = [...results].filter(([key]) => key.startsWith('cold-items/')).map(([key, result]) =>
    row(result, 11, key.split('/')[1], (found) => [
      grouped(found.hidden), grouped(found.from?.questions),
      found.from ? withInterval(found.from.hr20, found.from.hr20_ci) : '-',
      hr(found, 'from_category_tops'), hr(found, 'from_popular'), hr(found, 'to'),
      hr(found, 'to_new'), hr(found, 'to_category'), hr(found, 'to_chance'),
      `${hr(found, 'met')} / ${hr(found, 'met_alone')}`]));
  return `## Cold items

Every tenth item is made new: its interactions are hidden, its row in the catalogue stays. HR@20, percent.
*From*: on the new item's page, what goes with it; beside it the best of its category and the best
sellers. *To*: after items that are known, the new one among all items, then among the new ones alone, by
their category, by chance. *Others*: what is known after what is known, with new items in the shop and without.

${table(['log', 'made new', 'questions', 'from', 'category', 'best sellers', 'to', 'to, of new',
    'category', 'chance', 'others'], rows)}
${commandOf(results, 'cold-items/online_retail_II')}`;
}

/* ---- besides ------------------------------------------------------------------------------------ */

/** Every run with a ranking of its own: one line of each. */
function everyRun(results, header, cells) {
  const rows = [...results]
    .filter(([, result]) => result.found?.gini !== undefined)
    .map(([key, result]) => row(result, header.length, key.replace('/full', ''), cells));
  return rows.length ? table(header, rows) : 'Not measured yet.';
}

const besides = (results) => `## Besides accuracy

How much of the shop is shown at all; how popular what is shown is, against what was right (percentiles
of all items: 50 is the median item); how unevenly items are shown (Gini: 0 all alike); how unlike the
items of one list are (1 - cosine of the sessions they were met in).

${everyRun(results, ['run', 'answered %', 'coverage@20 %', 'popularity shown', 'popularity right',
    'Gini', 'diversity'], (found) => [
    fixed((100 * found.answered) / found.queries, 1), fixed(found.coverage20, 1),
    fixed(found.popularity_shown, 1), fixed(found.popularity_right, 1), fixed(found.gini, 3),
    fixed(found.diversity, 3)])}
`;

const takes = (results) => `## What it takes

Bytes are those of the model file but for the shop's own ids; what finding an id costs is part of the
ids' section. Decisions are asked one by one, on one core. Training includes reading and tuning.

${everyRun(results, ['run', 'items', 'model bytes', 'as brotli', 'bytes an item', 'ids, an item',
    'of that finding', 'us a decision', 'training s', 'of processor', 'peak MB'], (found) => [
    grouped(found.items), grouped(found.model_bytes), grouped(found.model_brotli_bytes),
    fixed(found.bytes_per_item, 1), fixed(found.ids_bytes / found.items, 1),
    fixed(found.id_lookup_bytes / found.items, 1), fixed(found.us_per_decision, 1),
    fixed(found.train_s, 1), fixed(found.train_cpu_s, 1), fixed(found.peak_mb, 0)])}
`;

function support(results) {
  const rows = [...results].filter(([, result]) => result.found?.support).map(([key, result]) => {
    const [one, more] = result.found.support;
    return [key.replace('/full', '') + (result.old ? ' †' : ''), more.min_shoppers, fixed(one.hr20, 2),
      fixed(more.hr20, 2), fixed(one.mrr20, 2), fixed(more.mrr20, 2), grouped(one.links),
      grouped(more.links)];
  });
  return `## The price of min_shoppers

A pair of items is published only if enough distinct shoppers stand behind it, because the bundle is
public. The same training with 1 and with more.

${rows.length ? table(['run', 'shoppers', 'HR@20 with 1', 'with more', 'MRR@20 with 1', 'with more',
    'links with 1', 'with more'], rows) : 'Not measured yet.'}
`;
}

function scale(results) {
  const rows = [...results].filter(([key]) => key.startsWith('scale/')).map(([key, result]) =>
    row(result, 10, key.split('/')[1], (found) => [
      grouped(found.events), grouped(found.items), withInterval(found.hr20, found.hr20_ci),
      fixed(found.best_sellers?.hr20, 2), fixed(found.bytes_per_item, 1), fixed(found.us_per_decision, 1),
      fixed(found.train_s, 0), fixed(found.train_cpu_s, 0), fixed(found.peak_mb, 0)]));
  const commands = [...results.keys()].filter((key) => key.startsWith('scale/'))
    .map((key) => commandOf(results, key).trim()).filter(Boolean);
  return `## Scale

Made-up logs with structure (tests/quality/scale.mjs): \`make bench-scale\`. A decision multiplies with the
centres of all blocks of 256 neighbours and then with the 32,768 rows of the nearest, whatever the catalogue.
Vectors are learned from ten million examples at most with \`--effort low\`, thirty with normal, whatever the
log; of a shop's own logs whole visits are kept of two million events (\`--sample\`), and the rest is sums.
Of the log of 1,000,000 items all 27 million examples of five rounds brought HR@20 to 57.5, in about twice the
processor's seconds. There was other work beside: the clock's seconds say little, the processor's what it costs.

${rows.length ? table(['catalogue', 'events', 'items met', 'HR@20', 'of the best sellers', 'bytes an item',
    'us a decision', 'training s', 'of processor', 'peak MB'], rows) : 'Not measured in this run.'}
${commands.length ? `\n${commands.map((command) => `    ${command}`).join('\n')}\n` : ''}`;
}

function clusters(results) {
  const rows = [...results].filter(([key]) => key.startsWith('clusters/')).map(([key, result]) =>
    row(result, 5, key.split('/')[1], ({ clusters: found }) => (found ? [found.list.length,
      fixed(found.silhouette, 3), fixed(found.davies_bouldin, 2),
      found.list.map(({ share }) => fixed(100 * share, 0)).join(', ')]
      : ['none', '-', '-', '-'])));
  return `## Clusters of shoppers

k-means over what shoppers looked at and bought; how many by the silhouette, then the Davies-Bouldin index. What
is typical of each: \`sotto show\`. That the demo shop's planted interests are found again is a test
(tests/demo/clusters.test.mjs).

${table(['log', 'clusters', 'silhouette', 'Davies-Bouldin', 'shares, percent'], rows)}
`;
}

/** "1,034, 80 %": how many shoppers, and how many of them bought again. */
const group = ([members, again]) => (members === 0 ? '-'
  : `${grouped(members)}, ${fixed((100 * again) / members, 0)} %`);

function standing(results) {
  const of = [...results].filter(([key]) => key.startsWith('standing/'));
  const life = of.map(([key, result]) => row(result, LIFE.length + 2, key.split('/')[1], (found) =>
    [grouped(found.shoppers), ...found.life.map(group)]));
  // What is remembered changes nothing in these: one table a log.
  const logs = new Map(of.filter(([, { found }]) => found).reverse()
    .map(([key, { found }]) => [key.split(/[/,]/)[1], found]));
  const cells = [...logs].reverse().map(([log, found]) => `
${table([log, 'bought least', 'more', 'most'], found.cells.map((three, i) =>
    [['bought last', 'before', 'long ago'][i], ...three.map((one, k) => `${CELLS[i][k]}: ${group(one)}`)]))}
`);
  return `## Segments by what shoppers do next

RFM and lifecycle (EXPRESSIONS.md 5), held against two shops' orders. The log is cut ${HELD_BACK_DAYS} days before its end; what
is before trains thresholds and rhythm, and every shopper's purchases are replayed by the core on a device that
remembers for so long (\`profile.retention\`), up to a page at the cut. How many shoppers are in each group, and how many
of them bought in the ${HELD_BACK_DAYS} days after.

${table(['log', 'shoppers', ...LIFE], life)}

Logs of orders have no visits without one, so nobody is new who is known. From loyal over at risk to lost fewer and fewer come
back; active are those who are known for less. Where the device remembers for less than six pauses, as for the first row of
online_retail_II, lost are all who come after that. A third of all who bought is in each row and each column of RFM:
${cells.join('')}${commandOf(results, 'standing/online_retail_II, 90d')}
\`make bench-quality ONLY=standing\` makes the files. The baskets of Ta-Feng have an order, but no dates.
`;
}

const FIRST = [promises, nextClick, rerankers, otherClicks, nextBasket, boughtTogether, coldItems,
  besides, support];
const LAST = [takes, scale, clusters, standing];

/** @param {Map<string, object>} results by key; @param {string} curves what was plotted */
export function page(results, curves) {
  const old = [...results.values()].some((result) => result.old);
  return `# Quality, measured

Written by \`make bench-quality\`; not to be edited. Every figure is that of the published bytes, read by the
core that a browser runs, on the public data sets named in the tables, which are not part of this
project (\`SOTTO_DATA\` says where they lie). What is tuned is tuned by \`sotto train\` on the tail of the training
data; a test file is read once. In brackets: 95 % intervals, by bootstrap over the sessions or
baskets of the test. "Quoted" are figures of the papers, the other rows of other methods were measured
on the same files.${old ? '\n\n† measured with an earlier build.' : ''}

${FIRST.map((section) => section(results)).join('\n')}
${curves}
${LAST.map((section) => section(results)).join('\n')}
${readFileSync(here('did-not-work.md'), 'utf8')}`;
}
