/**
 * curves.mjs - quality against bytes: the runs with budgets, as a table and a picture
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { fixed, table } from './markdown.mjs';
import { plot } from './plot.mjs';

const published = JSON.parse(readFileSync(new URL('published.json', import.meta.url), 'utf8'));

/** The runs of a set, the smallest model first. */
function runsOf(results, set) {
  return [...results]
    .filter(([key, result]) => key.startsWith(`next-click/${set}/`) && result.found)
    .map(([, result]) => result.found)
    .sort((a, b) => a.bytes_per_item - b.bytes_per_item);
}

function bestOf(set) {
  const rows = published['next-click'].rows.filter((row) => row[set]);
  return rows.reduce((best, row) => (row[set][0] > best[set][0] ? row : best));
}

function curve(results, folder, set) {
  const runs = runsOf(results, set);
  if (runs.length < 2) return `${set}: not measured yet.\n`;
  const best = bestOf(set);
  const picture = `quality-${set}.svg`;
  writeFileSync(join(folder, picture), plot({
    title: `${set}: HR@20 against bytes an item`,
    x: 'bytes an item, all but the shop\'s own ids',
    y: 'HR@20, percent',
    points: runs.map((run) => ({
      x: run.bytes_per_item, y: run.hr20, low: run.hr20_ci[0], high: run.hr20_ci[1],
    })),
    others: [{ name: `${best.method}, ${best.runs}`, y: best[set][0] }],
  }));
  const full = runs.at(-1);
  const rows = runs.map((run) => [fixed(run.bytes_per_item, 1),
    fixed(run.model_brotli_bytes / run.items, 1), fixed(run.hr20, 2), fixed(run.mrr20, 2),
    `${fixed((100 * run.hr20) / full.hr20, 1)} %`]);
  return `![HR@20 against bytes an item on ${set}](${picture})

${table([`${set}: bytes an item`, 'as brotli', 'HR@20', 'MRR@20', 'of the largest'], rows)}
`;
}

/** The section of the page; draws the pictures into the folder. */
export function curves(results, folder) {
  return `## Quality against bytes

What a budget buys. Everything counts that answering needs, but for the shop's own ids. \`sotto eval curve\`
draws the same from a shop's own logs.

${published['next-click'].sets.map((set) => curve(results, folder, set)).join('\n')}`;
}
