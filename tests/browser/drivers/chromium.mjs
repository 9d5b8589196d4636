/**
 * chromium.mjs - Chromium through playwright-core
 *
 * A persistent context over a fresh profile folder, because that is what a shopper has; playwright's
 * incognito contexts treat storage differently.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { findCommand } from './find.mjs';

export const name = 'chromium';

export function find() {
  return process.env.CHROMIUM ?? findCommand('chromium', 'chromium-browser', 'google-chrome');
}

export async function open(executablePath, { width, height }) {
  const { chromium } = await import('playwright-core');
  const folder = await mkdtemp(join(tmpdir(), 'sotto-chromium-'));
  const context = await chromium.launchPersistentContext(folder, {
    executablePath,
    headless: true,
    // A shopper's browser keeps pages for the back button.
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
    viewport: { width, height },
    args: [
      '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync',
    ],
  });
  const page = context.pages()[0] ?? (await context.newPage());
  return {
    page,
    goto: (url) => page.goto(url),
    // Text in place of a function: playwright wraps functions, and a strict CSP forbids eval to pages
    // only, not to the debugger that this goes through.
    evaluate: (script) => page.evaluate(script),
    click: (selector) => page.click(selector, { noWaitAfter: true }),
    press: (key) => page.keyboard.press(key),
    resize: (size) => page.setViewportSize(size),
    screenshot: (path, fullPage) => page.screenshot({ path, fullPage }),
    async close() {
      await context.close();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
