/**
 * time.mjs - time that passes when told
 *
 * Timers and the monotonic clock of this process, in the hands of a test. The clock on the wall is
 * apart from them: a device that sleeps moves it alone.
 */

const { setTimeout: later, clearTimeout: never } = globalThis;
const turn = () => new Promise((resolve) => {
  setImmediate(resolve);
});

/** Lets everything happen that waits for no timer: promises, storage, and encryption, which has threads. */
export async function quiet(rounds = 6) {
  for (let i = 0; i < rounds; i++) {
    for (let n = 0; n < 8; n++) await turn();
    await new Promise((resolve) => {
      later(resolve, 1);
    });
  }
}

/** @param {number} start_s what the clock on the wall says */
export function takeTime(start_s) {
  const { now } = performance;
  let ms = 1000;
  let wall_ms = 1000 * start_s;
  let last = 0;
  const timers = new Map();

  globalThis.setTimeout = (work, delay = 0, ...rest) => {
    timers.set(++last, { at: ms + Math.max(delay, 0), work: () => work(...rest) });
    return last;
  };
  globalThis.clearTimeout = (id) => void timers.delete(id);
  performance.now = () => ms;

  const due = () => [...timers].filter(([, { at }]) => at <= ms).sort((a, b) => a[1].at - b[1].at);
  async function runDue() {
    for (let all; (all = due()).length > 0;) {
      for (const [id, { work }] of all) {
        if (timers.delete(id)) work();
      }
      await quiet(2);
    }
  }

  return {
    now: () => Math.floor(wall_ms / 1000),

    /** Time passes; `each` is done before every step of it. */
    async pass(seconds, each = () => {}, step_ms = 1000) {
      await runDue();
      for (let left = 1000 * seconds; left > 0; left -= step_ms) {
        each();
        ms += Math.min(step_ms, left);
        wall_ms += Math.min(step_ms, left);
        await runDue();
      }
      await quiet();
    },

    /** The device sleeps: nothing runs, and the clock on the wall goes on. */
    sleep(seconds) {
      wall_ms += 1000 * seconds;
    },

    giveBack() {
      globalThis.setTimeout = later;
      globalThis.clearTimeout = never;
      performance.now = now;
    },
  };
}
