/**
 * profiled.mjs - how long Firefox was at our code at a time
 *
 * Its profiler looks at the main thread every millisecond, and notes what runs and what the processor
 * took since. It names no tasks: what is counted is the longest row of looks that all met our code, and
 * that may be more than one task.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const OURS = '/sotto/';
const GARBAGE = /^(?:GC|CC|js::GC|js::gc|IncrementalGC|nsCycleCollector)/;

/** The threads of all processes, with the texts that they name. */
function* threadsOf(profile) {
  for (const thread of profile.threads) {
    yield { thread, texts: thread.stringTable ?? profile.stringTable, start_ms: profile.meta.startTime };
  }
  for (const process of profile.processes ?? []) yield* threadsOf(process);
}

/** Every row of looks that met our code: when, what the processor took, and in which functions. */
function rowsOf({ thread, texts, start_ms }) {
  const { frameTable, stackTable, samples } = thread;
  const { location } = frameTable.schema;
  const { prefix, frame } = stackTable.schema;
  const { stack, time, threadCPUDelta } = samples.schema;
  const known = new Map([[null, null], [undefined, null]]);
  const textOf = (at) => texts[frameTable.data[stackTable.data[at][frame]][location]];
  /** What of ours runs at the top, or is waited for by what does. */
  const ours = (at) => {
    if (!known.has(at)) {
      const text = textOf(at);
      known.set(at, text.includes(OURS) ? text : ours(stackTable.data[at][prefix]));
    }
    return known.get(at);
  };
  const rows = [];
  let row = null;
  for (const look of samples.data) {
    const met = ours(look[stack]);
    if (met === null) {
      row = null;
    } else {
      if (!row) rows.push(row = { at_ms: start_ms + look[time], ms: 0, what: [] });
      if (!GARBAGE.test(textOf(look[stack]))) row.ms += (look[threadCPUDelta] ?? 0) / 1e6;
      row.what.push(met);
    }
  }
  return rows;
}

/** @returns what takes notes of visits: `find` has them once the browsers are closed */
export function openProfiles() {
  const folder = mkdtempSync(join(tmpdir(), 'sotto-profile-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const visits = [];
  const files = [];
  return {
    /** What the next browser is started with. */
    get more() {
      files.push(join(folder, `${files.length}.json`));
      return { env: {
        ...process.env, MOZ_PROFILER_STARTUP: '1', MOZ_PROFILER_STARTUP_INTERVAL: '1',
        MOZ_PROFILER_STARTUP_FEATURES: 'js,cpu', MOZ_PROFILER_STARTUP_FILTERS: 'GeckoMain',
        MOZ_PROFILER_SHUTDOWN: files.at(-1),
      } };
    },
    async during(page, visit, work) {
      const from_ms = Date.now();
      await work();
      visits.push({ visit, from_ms, to_ms: Date.now() });
    },
    find() {
      const rows = files.flatMap((file) =>
        [...threadsOf(JSON.parse(readFileSync(file, 'utf8')))].flatMap(rowsOf));
      return visits.map(({ visit, from_ms, to_ms }) => {
        const met = rows.filter(({ at_ms }) => at_ms >= from_ms && at_ms <= to_ms);
        assert.ok(met.length > 0, `${visit}: our code ran`);
        return { visit, ...met.reduce((a, b) => (b.ms > a.ms ? b : a)) };
      });
    },
  };
}
