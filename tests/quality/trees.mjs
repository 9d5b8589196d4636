/**
 * trees.mjs - boosted trees in place of the network, as a task
 *
 *     sotto eval next-click --examples   what the re-ranker learns from
 *     trees.py                           trees, by LightGBM
 *     sotto eval next-click --trees      the same bytes with these trees, asked the same test
 *
 * LightGBM is needed by this comparison alone. It is looked for in an environment of Python's beside
 * the build and, if it is not there, installed into it.
 */
import { execFile } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { scratch } from './data.mjs';

const program = join(resolve(process.env.BUILD ?? 'build'), 'sotto');
const script = fileURLToPath(new URL('trees.py', import.meta.url));
const python = join(scratch, 'lightgbm', 'bin', 'python');

const execute = promisify(execFile);

/** What a command prints; if it fails, the last line it said to people. */
async function run(command, args) {
  try {
    return (await execute(command, args, { maxBuffer: 1 << 26 })).stdout;
  } catch (error) {
    const said = error.stderr?.trim().split('\n').at(-1);
    throw new Error(said || error.message);
  }
}

async function installLightGbm() {
  try {
    await run(python, ['-c', 'import lightgbm, numpy']);
    return;
  } catch {
    console.error('trees: installing LightGBM into an environment of its own');
  }
  try {
    await run('python3', ['-m', 'venv', join(scratch, 'lightgbm')]);
    await run(python, ['-m', 'pip', 'install', '--quiet', 'lightgbm>=4,<5', 'numpy']);
  } catch (error) {
    throw new Error(`LightGBM, which only this comparison needs, is not there: ${error.message}`);
  }
}

/* Two sets at a time must not install the same twice. */
let installed;

/** Writes examples, lets trees learn from them; what was chosen. */
async function learnTrees(set, args, model) {
  const examples = join(scratch, 'trees', `${set}.txt`);
  mkdirSync(join(scratch, 'trees'), { recursive: true });
  await (installed ??= installLightGbm());
  await run(program, [...args, '--examples', examples]);
  const { tried, ...chosen } = JSON.parse(await run(python, [script, examples, model]));
  for (const end of ['', '.query']) rmSync(examples + end); // some hundred MB
  return { chosen, tried };
}

/** @param {string[] | undefined} args of sotto eval next-click, for this set */
export function treesTask(set, args) {
  const model = join(scratch, 'trees', `${set}.model.txt`);
  return {
    key: `next-click/${set}/trees`, set, args: args && [...args, '--trees', model],
    prepare: async () => ({ trees: await learnTrees(set, args, model) }),
  };
}
