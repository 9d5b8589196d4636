/**
 * browsers.mjs - one face for three engines, so that a test is written once and runs in all
 *
 *     inEveryBrowser('a first visit keeps nothing', async (page, shop) => { ... });
 *
 * A page has goto, evaluate, click, follow, waitFor, press, reload, resize, screenshot. Nothing here waits
 * for a time to pass: waitFor asks until a condition holds. A browser that is not installed skips,
 * and says so. BROWSER=firefox runs one engine alone.
 */
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import * as chromium from './drivers/chromium.mjs';
import * as firefox from './drivers/firefox.mjs';
import * as webkit from './drivers/webkit.mjs';

/** When to give up on a condition; no test measures it. */
const PATIENCE_MS = 30000;

export const engines = [chromium, firefox, webkit].filter(
  ({ name }) => !process.env.BROWSER || process.env.BROWSER.split(',').includes(name),
);

/** An engine may keep a browser for all tests of a file, and ends it after them. */
let willEnd = false;

/**
 * Registers a test for each engine; `body` gets an open page in a browser with nothing stored. `not` has,
 * by engine, why a test cannot run there: it is skipped, and says so.
 */
export function inEveryBrowser(title, body, { only = engines, not = {}, size } = {}) {
  if (!willEnd) after(() => Promise.all(engines.map((engine) => engine.end?.())));
  willEnd = true;
  const played = only.filter((one) => engines.includes(one));
  if (played.length === 0) test(title, { skip: `BROWSER=${process.env.BROWSER} has none of its browsers` }, () => {});
  for (const engine of played) {
    const executable = engine.find();
    const skip = executable ? not[engine.name] ?? false : `${engine.name} is not installed`;
    test(`${engine.name}: ${title}`, { skip }, async (t) => {
      const page = await openPage(engine, executable, size);
      try {
        await body(page, t);
      } finally {
        await page.close();
      }
    });
  }
}

async function openPage(engine, executable, size = { width: 1280, height: 900 }) {
  const driver = await engine.open(executable, size);

  const evaluate = (code, ...args) => {
    const values = args.map((value) => JSON.stringify(value) ?? 'undefined').join(', ');
    return driver.evaluate(typeof code === 'function' ? `(${code})(${values})` : code);
  };

  /** Asks until the answer is truthy, and returns it. A page between two documents cannot answer. */
  const waitFor = async (code, ...args) => {
    const end = Date.now() + PATIENCE_MS;
    let last;
    for (;;) {
      try {
        last = await evaluate(code, ...args);
        if (last) return last;
      } catch (error) {
        last = error;
      }
      if (Date.now() > end) {
        throw new Error(`never came true: ${code}${args.length ? ` of ${JSON.stringify(args)}` : ''}`
          + `; last: ${last instanceof Error ? last.message : JSON.stringify(last)}`);
      }
      await sleep(40);
    }
  };

  const loaded = () => waitFor("document.readyState === 'complete'");

  /** Does what leads to another document, and waits for that one. */
  const leave = async (act) => {
    await evaluate('void (window.sottoTestLeft = true)');
    await act();
    await waitFor("!window.sottoTestLeft && document.readyState === 'complete'");
  };

  return {
    engine: engine.name,
    native: driver.page,
    evaluate,
    waitFor,
    async goto(url) {
      await driver.goto(url);
      await loaded();
    },
    async click(selector) {
      await waitFor((wanted) => document.querySelector(wanted) !== null, selector);
      await driver.click(selector);
    },
    async follow(selector) {
      await waitFor((wanted) => document.querySelector(wanted) !== null, selector);
      await leave(() => driver.click(selector));
    },
    reload: () => leave(() => evaluate('void location.reload()').catch(() => {})),
    /** One key, by its name: Tab, Enter, Escape, Space. */
    press: (key) => driver.press(key),
    resize: (width, height) => driver.resize({ width, height }),
    screenshot: (path, { fullPage = false } = {}) => driver.screenshot(path, fullPage),
    close: () => driver.close(),
  };
}
