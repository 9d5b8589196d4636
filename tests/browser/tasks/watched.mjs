/**
 * watched.mjs - whether WebKit would have cut any of our code short
 *
 * It tells nobody what a task was spent on. But it can be told how much of the processor's time a script
 * may take before it is ended: from when the browser enters it, be it for an event, a timer or what a
 * promise was waited for, until it leaves it. What is ended leaves its work undone, and nobody hears of it:
 * so what is to be seen is that all was done.
 */
import assert from 'node:assert/strict';

/** What a browser is started with that ends scripts which take this long. */
export const watching = (most_ms) => ({ env: { ...process.env, JSC_watchdog: String(most_ms) } });

/** The browser does so: a script that would take ten times as long does not come to its end. */
export async function assertWatches(page, most_ms) {
  const end = await page.evaluate(`new Promise((resolve) => {
    setTimeout(resolve, 100 * ${most_ms}, 'ended');
    setTimeout(() => {
      for (const until = performance.now() + 10 * ${most_ms}; performance.now() < until;);
      resolve('not ended');
    });
  })`);
  assert.equal(end, 'ended', 'what takes too long is ended');
}
