/**
 * webkit.mjs - WebKitGTK behind the recorder, and what it says itself of what it sends
 *
 * Each shopper has a browser of their own, since an automation session is the one thing that begins
 * with an empty cache. WebKitGTK tells no test what it sends; its log is what the page can see: the
 * resource timings of each document. They are in the order in which answers came, a matter of chance;
 * so they are sorted, and the order is left to the proxy. Names that are looked up and datagrams do not
 * show.
 */
import { setTimeout as sleep } from 'node:timers/promises';

import { open as openBrowser } from '../../browser/drivers/webkit.mjs';

export { find, name } from '../../browser/drivers/webkit.mjs';

/** How long it must ask for nothing before the next answer, to do the same in most runs. */
export const calm_ms = 40;

/** For a page that is being left, which cannot answer. */
const PATIENCE_MS = 400;
const TIMINGS = `[...performance.getEntriesByType('navigation'),
  ...performance.getEntriesByType('resource')].map(({ name, initiatorType, transferSize }) =>
  ({ url: name, line: initiatorType + ' GET ' + name, cached: transferSize === 0 }))`;
/** The answer has arrived, and the page has come round twice since. */
const settledBy = (url) => `(async () => {
  const end = performance.now() + ${PATIENCE_MS / 2};
  const turn = () => new Promise((done) => setTimeout(done));
  while (performance.getEntriesByName(${JSON.stringify(url)}).length === 0
    && performance.now() < end) await turn();
  await turn();
  await turn();
  return true;
})()`;

export async function open(executable, { port }) {
  return {
    /** A new shopper, with nothing in the browser. */
    async shopper() {
      const driver = await openBrowser(executable, {
        width: 1280, height: 900, proxy: `127.0.0.1:${port}`,
      });
      const log = [];
      /** What the page that is open has asked for; it goes when the page is left. */
      const collect = async () => {
        const timings = await driver.evaluate(TIMINGS).catch(() => []);
        log.push(...timings.filter(({ url }) => url.startsWith('http')));
      };
      return {
        async goto(url) {
          await collect();
          await driver.goto(url);
        },
        evaluate: (script) => driver.evaluate(script),
        settled: (url) => Promise.race([driver.evaluate(settledBy(url)).catch(() => {}),
          sleep(PATIENCE_MS)]),
        async takeLog() {
          await collect();
          // What is taken now is not to be taken again when the page is left.
          await driver.evaluate('void performance.clearResourceTimings()');
          const all = log.splice(0);
          return {
            sent: all.filter((one) => !one.cached).sort((a, b) => (a.line < b.line ? -1 : 1)),
            cached: all.filter((one) => one.cached).map(({ url }) => url).sort(),
          };
        },
        close: () => driver.close(),
      };
    },

    async close() {
      return { names: [], datagrams: [] };
    },
  };
}
