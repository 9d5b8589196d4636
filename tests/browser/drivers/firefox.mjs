/**
 * firefox.mjs - a stock Firefox through puppeteer-core over WebDriver BiDi
 *
 * playwright can only drive a Firefox that it has patched itself.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { findCommand } from './find.mjs';

export const name = 'firefox';

export function find() {
  return process.env.FIREFOX ?? findCommand('firefox-esr', 'firefox');
}

async function launch(executablePath, folder, { preferences, env } = {}) {
  const { default: puppeteer } = await import('puppeteer-core');
  return puppeteer.launch({
    browser: 'firefox',
    protocol: 'webDriverBiDi',
    executablePath,
    ...(env ? { env } : {}),
    headless: true,
    userDataDir: folder,
    // Nothing but the tests goes over the network.
    extraPrefsFirefox: {
      'network.captive-portal-service.enabled': false,
      'network.connectivity-service.enabled': false,
      'browser.safebrowsing.malware.enabled': false,
      'browser.safebrowsing.phishing.enabled': false,
      'app.normandy.enabled': false,
      // What is downloaded goes with the profile; its panel would take the keys meant for the next page.
      'browser.download.folderList': 2,
      'browser.download.dir': folder,
      'browser.download.alwaysOpenPanel': false,
      ...preferences,
    },
  });
}

const newFolder = () => mkdtemp(join(tmpdir(), 'sotto-firefox-'));
const remove = (folder) => rm(folder, { recursive: true, force: true, maxRetries: 5 });

/**
 * To start it takes longer than most tests: one for all who do not ask for one that is set up otherwise, and
 * another if that one is gone.
 */
let common = null;

/** Ends what open() has started for all. */
export async function end() {
  if (!common) return;
  const { browser, folder } = common;
  common = null;
  await browser.close();
  await remove(folder);
}

/**
 * A shopper of their own: cache, storage and cookies are in a container ("user context") that goes with
 * them. With a `folder`, with Firefox's own `preferences` or an environment, it is a browser of their
 * own: it is started on that folder, and leaves it there.
 */
export async function open(executablePath, { width, height, folder, ...how }) {
  if (folder || how.preferences || how.env) return openAlone(executablePath, { width, height, folder, how });
  if (!common?.browser.connected) {
    await end();
    const ownFolder = await newFolder();
    common = { folder: ownFolder, browser: await launch(executablePath, ownFolder) };
  }
  const shopper = await common.browser.createBrowserContext();
  return face(await shopper.newPage(), { width, height }, () => shopper.close());
}

async function openAlone(executablePath, { width, height, folder: given, how }) {
  const folder = given ?? await newFolder();
  const browser = await launch(executablePath, folder, how);
  return face(await browser.newPage(), { width, height }, async () => {
    await browser.close();
    if (!given) await remove(folder);
  });
}

async function face(page, size, close) {
  await page.setViewport(size);
  return {
    page,
    goto: (url) => page.goto(url),
    evaluate: (script) => page.evaluate(script),
    async click(selector) {
      const element = await page.$(selector);
      if (!element) throw new Error(`nothing matches ${selector}`);
      await element.scrollIntoView();
      await element.click();
    },
    press: (key) => page.keyboard.press(key === 'Space' ? ' ' : key),
    resize: (size) => page.setViewport(size),
    screenshot: (path, fullPage) => page.screenshot({ path, fullPage }),
    close,
  };
}
