/**
 * traced.mjs - what Chromium spent each task on
 *
 * Its tracing names every task of the main thread, and the scripts in it, with the processor's time.
 */
import assert from 'node:assert/strict';

const CATEGORIES = ['devtools.timeline', 'disabled-by-default-devtools.timeline', 'v8', 'toplevel'];
const SCRIPT = /^(?:EvaluateScript|v8\.evaluateModule|v8\.compile\w*|RunMicrotasks|FunctionCall|v8\.callFunction|TimerFire|FireIdleCallback|FireAnimationFrame|EventDispatch)$/;
const GARBAGE = /^(?:MajorGC|MinorGC)$/;

/** What the page's main thread did meanwhile. */
async function traced(session, work) {
  const events = [];
  const take = ({ value }) => events.push(...value);
  session.on('Tracing.dataCollected', take);
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: CATEGORIES, excludedCategories: ['*'] },
  });
  await work();
  const done = new Promise((resolve) => {
    session.once('Tracing.tracingComplete', resolve);
  });
  await session.send('Tracing.end');
  await done;
  session.off('Tracing.dataCollected', take);
  const mains = new Set(events.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
    .map(({ pid, tid }) => `${pid} ${tid}`));
  return events.filter(({ ph, pid, tid }) => ph === 'X' && mains.has(`${pid} ${tid}`));
}

const takes = ({ tdur, dur }) => tdur ?? dur;
const isIn = (a, b) => a.pid === b.pid && a.tid === b.tid && a.ts >= b.ts && a.ts + a.dur <= b.ts + b.dur;

/** The outermost of these, in order of time. */
function outermost(events) {
  const sorted = [...events].sort((a, b) => a.ts - b.ts || b.dur - a.dur);
  const found = [];
  for (const event of sorted) if (!found.length || !isIn(event, found.at(-1))) found.push(event);
  return found;
}

/** The longest task, by what scripts took of it. */
function longest(events) {
  const scripts = outermost(events.filter(({ name }) => SCRIPT.test(name)));
  const garbage = outermost(events.filter(({ name }) => GARBAGE.test(name)));
  const tasks = events.filter(({ name }) => name === 'RunTask').map((task) => {
    const own = scripts.filter((event) => isIn(event, task));
    const lost = garbage.filter((event) => own.some((script) => isIn(event, script)));
    const sum = (list) => list.reduce((all, event) => all + takes(event), 0) / 1000;
    return { ms: sum(own) - sum(lost), what: own.map(({ name, args, tdur }) =>
      `${name} ${args?.data?.url ?? ''} ${tdur}`) };
  });
  return tasks.reduce((a, b) => (b.ms > a.ms ? b : a), { ms: 0, what: [] });
}

/** @returns what takes notes of visits: `find` has them once the browser is closed */
export function openTraces() {
  const notes = [];
  return {
    more: {},
    async during(page, visit, work) {
      const session = await page.native.context().newCDPSession(page.native);
      const events = await traced(session, work);
      await session.detach();
      assert.ok(events.some(({ tdur }) => tdur !== undefined), 'time of the processor is told');
      assert.ok(events.some(({ name, args }) => name === 'FunctionCall' && /\/sotto\//.test(args?.data?.url)), visit);
      notes.push({ visit, ...longest(events) });
    },
    find: () => notes,
  };
}
