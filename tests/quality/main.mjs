/**
 * main.mjs - measures, and writes docs/QUALITY.md
 *
 *     node tests/quality/main.mjs              everything
 *     node tests/quality/main.mjs next-click   only what has that in its key; the rest as it was found
 *
 * Training and decisions use one core each, so there are as many tasks at a time as there are cores;
 * JOBS=1 where times matter most.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { curves } from './curves.mjs';
import { folder } from './data.mjs';
import { measure } from './measure.mjs';
import { page } from './page.mjs';
import { scaleTasks } from './scale.mjs';
import { tasks } from './tasks.mjs';

const docs = fileURLToPath(new URL('../../docs', import.meta.url));
const words = process.argv.slice(2);
const isWanted = (key) => (words.length ? words.some((word) => key.includes(word))
  : !key.startsWith('scale/'));

console.error(`data: ${folder}`);
const all = [...tasks, ...scaleTasks];
const results = new Map(all.map(({ key }) => [key, undefined])); // in this order
const waiting = [...all];
async function work() {
  for (let task = waiting.shift(); task; task = waiting.shift()) {
    results.set(task.key, await measure(task, isWanted(task.key)));
  }
}
await Promise.all(Array.from({ length: Number(process.env.JOBS ?? cpus().length) }, work));
mkdirSync(docs, { recursive: true });
writeFileSync(join(docs, 'QUALITY.md'), page(results, curves(results, docs)));
const missing = [...results].filter(([, result]) => result.missing).map(([key]) => key);
console.error(`docs/QUALITY.md: ${results.size - missing.length} of ${results.size} measured`);
if (missing.length) console.error(`not measured: ${missing.join(', ')}`);
