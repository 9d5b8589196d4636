/**
 * segments.mjs - how long the two modules of a page take to decide over 200 campaigns and 100 segments;
 * runs in Node and in pages
 *
 * segments.c does the same natively, left the files, and came to the same hash.
 */
const ABI = 3;
const PARTS = { model: 1, catalogue: 2, campaigns: 3 };
const NOW_S = 1800000000;
const SCENE_SIZE = 37 * 4;
/** Clocks of browsers are coarse: so many are measured together. Few, or nothing is left undisturbed. */
const BATCH = 2;
const VERDICT_WORDS = 5;
const LIST = 3;
const SEGMENT_WORDS = 8;

const encoder = new TextEncoder();

/** Milliseconds that `work` takes. */
function spent(work) {
  const start = performance.now();
  work();
  return performance.now() - start;
}

/** The scene of segments.c, as the words of the struct. */
function writeScene(memory, at) {
  let room = at + SCENE_SIZE;
  const text = (value) => {
    const bytes = encoder.encode(value);
    const start = room;
    new Uint8Array(memory.buffer).set(bytes, start);
    room += bytes.length;
    return [start, bytes.length];
  };
  const none = (count) => new Array(count).fill(0);
  const words = [
    NOW_S, 60, ...text('/p/1'), ...text('?utm_source=newsletter&utm_medium=mail'), ...text('product'),
    ...text('phone'), ...text('de'), ...text('Europe/Berlin'), ...text('mail'), 0x0101,
    ...none(2), ...none(2), ...none(3), 30, 60, 0, 0, 0, ...none(8),
  ];
  new Uint32Array(memory.buffer, at, SCENE_SIZE / 4).set(words);
}

/**
 * Microseconds for gathering, for that and the segments, and for all decisions; and their hash.
 *
 * @param {{ page: BufferSource, later: BufferSource, model: Uint8Array, catalogue: Uint8Array,
 *     campaigns: Uint8Array, profile: Uint8Array }} files
 * @param {number} turnMs
 */
export async function raceSegments(files, turnMs) {
  const { instance } = await WebAssembly.instantiate(files.page);
  const { memory, a: start, b: reserve, c: open, j: openProfile } = instance.exports;   // wasm_exports.h
  const state = start(ABI);
  const beside = await WebAssembly.instantiate(files.later, { env: { memory } });
  const core = beside.instance.exports;
  if (!state || !core.sotto_wasm_attach(state)) throw new Error('modules of two builds');
  for (const [name, place] of Object.entries(PARTS)) {
    const at = reserve(place, files[name].length);
    new Uint8Array(memory.buffer).set(files[name], at);
    if (open(place, files[name].length) !== 0) throw new Error(`the ${name} does not open`);
  }
  new Uint8Array(memory.buffer).set(files.profile, state);
  if (openProfile(files.profile.length) !== 0) throw new Error('the profile does not open');
  if (core.sotto_wasm_plan_open() !== 0) throw new Error('the plan does not open');
  core.sotto_wasm_ledger_init();
  writeScene(memory, core.sotto_wasm_scene());

  const gather = () => core.sotto_wasm_moment();
  const ask = () => {
    core.sotto_wasm_moment();
    core.sotto_wasm_segments();
  };
  const decide = () => {
    core.sotto_wasm_moment();
    return core.sotto_wasm_arbitrate(0, 0);
  };
  /** The best of many short turns is what it takes when nothing else wants the processor. */
  const bestUs = (work) => {
    let best = Infinity;
    for (const end = performance.now() + turnMs / 4; performance.now() < end;) {
      best = Math.min(best, spent(() => {
        for (let i = 0; i < BATCH; i++) work();
      }));
    }
    return (best * 1000) / BATCH;
  };
  bestUs(decide);                // the engine takes a while to find out what is worth compiling well
  const us = { moment: bestUs(gather), segments: bestUs(ask), all: bestUs(decide) };

  let hash = 2166136261;
  const add = (byte) => {
    hash = Math.imul(hash ^ byte, 16777619);
  };
  const verdicts = decide();
  new Uint8Array(memory.buffer, core.sotto_wasm_segments(), 4 * SEGMENT_WORDS).forEach(add);
  const [count] = new Uint32Array(memory.buffer, verdicts, 1);
  for (let i = 0; i < count; i++) {
    new Uint8Array(memory.buffer, verdicts + 4 * (LIST + VERDICT_WORDS * i), 8).forEach(add);
  }
  return { us: us.all, moment_us: us.moment, segments_us: us.segments - us.moment, answers: hash >>> 0 };
}
