/**
 * measure.mjs - runs one evaluation and keeps what it found
 *
 * What a command found is kept beside the build, with a hash of the program that found it. A page
 * may be put together from several runs, but a figure of another program is marked, and one that
 * cannot be had any more (the data are gone, the command fails) is not shown at all.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { folder, scratch } from './data.mjs';

const build = resolve(process.env.BUILD ?? 'build');
const program = join(build, 'sotto');
const kept = join(scratch, 'found');

const versionOf = () => createHash('sha256').update(readFileSync(program)).digest('hex').slice(0, 16);

/** As a reader would type it: without the folders of this machine. */
function asTyped(args) {
  return ['sotto', ...args].map((word) => word.replaceAll(`${folder}/`, '').replaceAll(`${scratch}/`, ''))
    .join(' ');
}

function run(args) {
  return new Promise((done) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    let said = '';
    child.stdout.on('data', (bytes) => { out += bytes; });
    child.stderr.on('data', (bytes) => { said += bytes; });
    child.on('close', (status) => done({ status, out, said }));
  });
}

/**
 * @param {{ key: string, set: string, args: string[] | undefined, first?: string[][],
 *   prepare?: () => object | Promise<object>, read?: (out: string) => object }} task  without args the set is not
 *   there; `first` are commands to run before; `prepare` makes files they need and says what else is known (a
 *   promise will do); `read` makes sense of what was printed, JSON if it is not there
 * @param {boolean} again  false: what was kept will do
 * @returns {Promise<{ missing?: string, old?: boolean, command?: string, found?: any }>}
 */
export async function measure(task, again) {
  const file = join(kept, `${task.key.replaceAll('/', '-')}.json`);
  if (!task.args) {
    rmSync(file, { force: true });
    console.error(`NOT MEASURED: ${task.key}: the set ${task.set} is not in the data folder`);
    return { missing: 'not measured: the data are not there' };
  }
  if (!again) {
    if (!existsSync(file)) return { missing: 'not measured yet' };
    const { version, command, found } = JSON.parse(readFileSync(file, 'utf8'));
    return { old: version !== versionOf(), command, found };
  }
  rmSync(file, { force: true });
  const start = performance.now();
  let more;
  try {
    more = await task.prepare?.();
  } catch (error) {
    console.error(`FAILED: ${task.key}: ${error.message}`);
    return { missing: `failed: ${error.message}` };
  }
  let done = { status: 0, out: '', said: '' };
  for (const args of [...task.first ?? [], task.args]) {
    if (done.status === 0) done = await run(args);
  }
  const { status, out, said } = done;
  const seconds = (performance.now() - start) / 1000;
  if (status !== 0) {
    const error = said.split('\n').find((line) => line.startsWith('sotto: error:')) ?? `status ${status}`;
    console.error(`FAILED: ${task.key}: ${error}`);
    return { missing: error.replace('sotto: error: ', 'failed: ') };
  }
  const found = { ...(task.read ?? JSON.parse)(out), ...more };
  const command = asTyped(task.args);
  mkdirSync(kept, { recursive: true });
  writeFileSync(file, JSON.stringify({ version: versionOf(), command, found }));
  console.error(`${task.key}: ${seconds.toFixed(0)} s`);
  return { command, found };
}
