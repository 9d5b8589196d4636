/**
 * devices.mjs - a browser on a device: its folder outlives it, and it has several tabs
 *
 *     const device = await openDevice(engine);
 *     const tab = await device.tab(url);        a tab: evaluate, waitFor, reload, close
 *     await device.kill();                      every process of it, at once and without a word
 *     await device.start();                     the same folder again
 *
 * `open({ private: true })` has private windows alone, and `device.forget()` ends the private session and begins
 * the next; `open({ refused: true })` is a browser whose user lets no site keep anything. WebKit's automation has
 * nothing but private sessions, and no such setting. `opposed` has Firefox's private windows say Global Privacy
 * Control, as they do unless somebody turns it off; `little` leaves it some megabytes.
 *
 * Chromium is started here and not by playwright, which hides the processes; it leads a group of its
 * own, so one signal reaches all of it. Only Chromium can be killed; WebKit's automation keeps nothing
 * beyond a session.
 */
import { spawn } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { engines } from '../browser/browsers.mjs';

const PATIENCE_MS = 30000;
const OPEN = { chromium: openChromium, firefox: openFirefox, webkit: openWebkit };

/** The engines that BROWSER leaves, each with why it cannot be used, or false. */
export const devices = engines.map((engine) => {
  const executable = engine.find();
  return {
    name: engine.name,
    skip: executable ? false : `${engine.name} is not installed`,
    open: (how = {}) => OPEN[engine.name](executable, engine, how),
  };
});

/** What all tabs can do, from what the engine's can: goto, evaluate, close. */
function tabOf({ goto, evaluate, close, heard }) {
  const ask = (code, ...args) => {
    const values = args.map((value) => JSON.stringify(value) ?? 'undefined').join(', ');
    return evaluate(typeof code === 'function' ? `(${code})(${values})` : code);
  };
  const waitFor = async (code, ...args) => {
    for (const end = Date.now() + PATIENCE_MS; ;) {
      const answer = await ask(code, ...args).catch((error) => (Date.now() > end ? error : null));
      if (answer instanceof Error) throw answer;
      if (answer) return answer;
      if (Date.now() > end) throw new Error(`never came true: ${code} ${JSON.stringify(args)}`);
      await sleep(15);
    }
  };
  const opened = () => waitFor(() => globalThis.opened === true);
  return {
    evaluate: ask,
    waitFor,
    heard,
    async goto(url) {
      await goto(url);
      if (/(page|failing)\.html/.test(url)) await opened();
    },
    async reload() {
      await ask('void (globalThis.opened = "old")');
      await ask('void location.reload()').catch(() => {});
      await opened();
    },
    close,
  };
}

// ---- Chromium --------------------------------------------------------------------------------------

const ARGUMENTS = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
  '--disable-breakpad', '--disable-crash-reporter', '--no-default-browser-check',
  '--disable-default-apps', '--disable-extensions', '--hide-crash-restore-bubble',
  '--remote-debugging-port=0', '--window-size=800,600',
  // Tabs that are not in front go on as if they were.
  '--disable-background-timer-throttling', '--disable-renderer-backgrounding',
  '--disable-backgrounding-occluded-windows',
];

async function openChromium(executable, engine, how) {
  const { chromium } = await import('playwright-core');
  const folder = await mkdtemp(join(tmpdir(), 'sotto-faults-'));
  if (how.refused) {
    await mkdir(join(folder, 'Default'));
    await writeFile(join(folder, 'Default', 'Preferences'),
      JSON.stringify({ profile: { default_content_setting_values: { cookies: 2 } } }));
  }
  /** @type {import('node:child_process').ChildProcess | null} */
  let running = null;
  let browser;
  let context;

  /** A signal to every process of the browser, while there is one. */
  const signal = (name) => {
    try {
      return process.kill(-running.pid, name);
    } catch {
      return false;
    }
  };
  const sweep = () => running && signal('SIGKILL');
  process.on('exit', sweep);

  async function start() {
    running = spawn(executable, [...ARGUMENTS, `--user-data-dir=${folder}`, 'about:blank'], {
      detached: true, stdio: ['ignore', 'ignore', 'pipe'],
    });
    const address = await new Promise((found, failed) => {
      let said = '';
      running.stderr.on('data', (chunk) => {
        said += chunk;
        const [, url] = /listening on (ws:\S+)/.exec(said) ?? [];
        if (url) found(url);
      });
      running.once('exit', () => failed(new Error(`Chromium does not start: ${said.slice(-500)}`)));
    });
    browser = await chromium.connectOverCDP(address);
    // What the debugger makes is off the record, as an incognito window is.
    context = how.private ? await browser.newContext() : browser.contexts()[0];
  }

  async function gone() {
    for (const end = Date.now() + PATIENCE_MS; isAlive(running.pid); await sleep(5)) {
      if (Date.now() > end) throw new Error('Chromium does not go');
    }
    running = null;
  }

  await start();
  return {
    start,
    async tab(url) {
      const page = await context.newPage();
      const heard = [];
      page.on('console', (message) => heard.push(message.text()));
      const tab = tabOf({
        goto: (to) => page.goto(to), evaluate: (code) => page.evaluate(code),
        close: () => page.close(), heard,
      });
      await tab.goto(url);
      return tab;
    },
    async forget() {
      await context.close();
      context = await browser.newContext();
    },
    /** As much as an origin may keep from now on. */
    async limit(origin, bytes) {
      const session = await context.newCDPSession(context.pages().at(-1));
      await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: bytes });
    },
    async kill() {
      signal('SIGKILL');
      await gone();
      await browser.close().catch(() => {});
    },
    /** Lets it end as it wants to. */
    async quit() {
      const session = await browser.newBrowserCDPSession();
      await session.send('Browser.close').catch(() => {});
      await gone();
    },
    async close() {
      if (running) await this.kill();
      process.off('exit', sweep);
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Whether any process of a group still runs; who is dead and not yet buried does not. */
function isAlive(group) {
  return readdirSync('/proc').some((pid) => {
    try {
      const [state,, itsGroup] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
      return Number(itsGroup) === group && state !== 'Z';
    } catch {
      return false;
    }
  });
}

// ---- Firefox ---------------------------------------------------------------------------------------

/** So few that an origin is soon full, of which a fifth, and 10 MB at least, is for one site. */
const LITTLE_KB = 20480;

async function openFirefox(executable, engine, how) {
  const folder = await mkdtemp(join(tmpdir(), 'sotto-faults-'));
  const preferences = {
    ...(how.private && {
      'browser.privatebrowsing.autostart': true,
      'privacy.globalprivacycontrol.pbmode.enabled': how.opposed === true,
    }),
    ...(how.refused && { 'network.cookie.cookieBehavior': 2 }),
    ...(how.little && { 'dom.quotaManager.temporaryStorage.fixedLimit': LITTLE_KB }),
  };
  const start = () => engine.open(executable, { width: 800, height: 600, preferences, folder });
  let driver = await start();
  return {
    async tab(url) {
      const page = await driver.page.browser().newPage();
      const tab = tabOf({
        goto: (to) => page.goto(to), evaluate: (code) => page.evaluate(code),
        close: () => page.close(), heard: [],
      });
      await tab.goto(url);
      return tab;
    },
    async forget() {
      await driver.close();
      driver = await start();
    },
    async close() {
      await driver.close();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

// ---- WebKit ----------------------------------------------------------------------------------------

/**
 * One window at a time is spoken to, so each word to a tab begins with turning to it. Tabs are behind the
 * first one, where timers take their time; a test that has one tab may have it in front.
 */
async function openWebkit(executable, engine) {
  let driver;
  let session;
  let last = Promise.resolve();
  let front;
  let spare;
  async function start() {
    driver = await engine.open(executable, { width: 800, height: 600 });
    ({ session } = driver);
    spare = front = await session('GET', '/window');
  }
  await start();
  const turn = async (handle) => {
    if (front !== handle) await session('POST', '/window', { handle });
    front = handle;
  };
  /** Words go one after the other. */
  const inTurn = (handle, work) => {
    const mine = last.then(() => turn(handle)).then(work);
    last = mine.catch(() => {});
    return mine;
  };
  return {
    async tab(url, { front: inFront = false } = {}) {
      const { handle } = inFront ? { handle: spare }
        : await inTurn(spare, () => session('POST', '/window/new', { type: 'tab' }));
      const tab = tabOf({
        goto: (to) => inTurn(handle, () => driver.goto(to)),
        evaluate: (code) => inTurn(handle, () => driver.evaluate(code)),
        close: () => inTurn(handle, async () => {
          await session('DELETE', '/window');
          front = null;
        }),
        heard: [],
      });
      await tab.goto(url);
      return tab;
    },
    async forget() {
      await driver.close();
      await start();
    },
    close: () => driver.close(),
  };
}
