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

/**
 * With a `folder` it is started on that one, and leaves it there; `preferences` are Firefox's own, `env` its
 * environment.
 */
export async function open(executablePath, { width, height, preferences, folder: given, env }) {
  const { default: puppeteer } = await import('puppeteer-core');
  const folder = given ?? await mkdtemp(join(tmpdir(), 'sotto-firefox-'));
  const browser = await puppeteer.launch({
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
      ...preferences,
    },
  });
  const page = await browser.newPage();
  await page.setViewport({ width, height });
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
    async close() {
      await browser.close();
      if (!given) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
