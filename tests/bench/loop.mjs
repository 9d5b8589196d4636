/**
 * loop.mjs - how often something can be done in a second; runs in Node and in pages
 *
 * Contestants take turns, so that whatever else the machine does hurts them alike; of each the best
 * turn counts.
 */
const TURNS = 5;

/** Calls each of `contestants` (name -> function) in turns of `turnMs`; answers calls per second. */
export function race(contestants, turnMs) {
  const best = Object.fromEntries(Object.keys(contestants).map((name) => [name, 0]));
  for (const run of Object.values(contestants)) run();
  for (let turn = 0; turn < TURNS; turn++) {
    for (const [name, run] of Object.entries(contestants)) {
      const start = performance.now();
      let calls = 0;
      let passed = 0;
      while (passed < turnMs) {
        run();
        calls++;
        passed = performance.now() - start;
      }
      best[name] = Math.max(best[name], (calls * 1000) / passed);
    }
  }
  return best;
}

/** Ranks all sessions once; FNV-1a over the items of all answers, as decide.c does it. */
export function rankAll(rankNext, sessions, count) {
  const items = new Uint32Array(count);
  let hash = 2166136261;
  for (const session of sessions) {
    const found = rankNext(session, count, items);
    for (let i = 0; i < found; i++) hash = Math.imul(hash ^ items[i], 16777619);
  }
  return hash >>> 0;
}

/** Decisions per second of the core and of plain JavaScript, and the hash of what they answered. */
export function raceDecisions(core, plain, sessions, count, turnMs) {
  const answers = {
    wasm: rankAll(core.rankNext, sessions, count),
    plain: rankAll(plain, sessions, count),
  };
  const rounds = race({
    wasm: () => rankAll(core.rankNext, sessions, count),
    plain: () => rankAll(plain, sessions, count),
  }, turnMs);
  return {
    answers,
    per_s: { wasm: rounds.wasm * sessions.length, plain: rounds.plain * sessions.length },
  };
}
