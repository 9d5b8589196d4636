/**
 * firefox.mjs - a stock Firefox behind the recorder, and what it says itself of what it sends
 *
 * Each shopper has a container of their own (a "user context"): cache, storage and cookies are not
 * shared. Its log are WebDriver BiDi's network events. Names that are looked up are in the log of its
 * resolver (MOZ_LOG); behind a proxy Firefox looks no name up ahead of time, so to see what is hidden
 * from a proxy it asks the recorder as it would ask a server.
 */
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export { find, name } from '../../browser/drivers/firefox.mjs';

/** How long it must ask for nothing before the next answer, to do the same in most runs. */
export const calm_ms = 40;

/** Addresses of what is in the browser already. */
const LOCAL = /^(blob|data|about):/;
/** For a page that is being left, which cannot answer. */
const PATIENCE_MS = 400;
const IDLE = 'new Promise((done) => requestIdleCallback(() => setTimeout(done), { timeout: 200 }))';

/** What Firefox would ask for by itself. */
const ALONE = {
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'browser.safebrowsing.malware.enabled': false,
  'browser.safebrowsing.phishing.enabled': false,
  'app.normandy.enabled': false,
  'services.settings.server': 'data:,#remote-settings-dummy/v1',
  'datareporting.policy.dataSubmissionEnabled': false,
  'toolkit.telemetry.enabled': false,
  'extensions.getAddons.cache.enabled': false,
  'browser.region.update.enabled': false,
  'browser.topsites.contile.enabled': false,
  'dom.push.connection.enabled': false,
};

/**
 * Firefox raises a picture's `Priority` from u=5 to u=4 if the page happens to be laid out before the
 * request is written: two of its threads race, and the same shopper gets both in turn. Without the race
 * the header is the same in every run and is compared like all others.
 */
const NO_RACE = { 'image.layout_network_priority': false };

export async function open(executablePath, { port }, { hidden = false } = {}) {
  const { default: puppeteer } = await import('puppeteer-core');
  const folder = await mkdtemp(join(tmpdir(), 'sotto-silence-'));
  const logs = join(folder, 'logs');
  const proxyFile = `function FindProxyForURL() { return 'PROXY 127.0.0.1:${port}'; }`;
  const browser = await puppeteer.launch({
    browser: 'firefox',
    protocol: 'webDriverBiDi',
    executablePath,
    headless: true,
    userDataDir: join(folder, 'profile'),
    env: {
      ...process.env,
      ...(hidden ? { MOZ_LOG: 'nsHostResolver:5', MOZ_LOG_FILE: logs } : {}),
    },
    extraPrefsFirefox: {
      ...ALONE,
      ...NO_RACE,
      'network.proxy.type': hidden ? 0 : 2,
      'network.proxy.autoconfig_url': `data:text/javascript,${encodeURIComponent(proxyFile)}`,
      // Without this, addresses of this machine would not go by the proxy.
      'network.proxy.allow_hijacking_localhost': true,
      // Firefox sends no ping unless told to, and no datagram to this machine: here both would show.
      'browser.send_pings': true,
      'media.peerconnection.ice.loopback': true,
      'network.dns.disablePrefetch': false,
      'network.dns.disablePrefetchFromHTTPS': false,
    },
  });

  return {
    /** A new shopper, with nothing in the browser. */
    async shopper() {
      const context = await browser.createBrowserContext();
      const page = await context.newPage();
      await page.setViewport({ width: 1280, height: 900 });
      const { takeLog, settled } = watch(page);
      return {
        goto: (url) => page.goto(url, { waitUntil: 'domcontentloaded' }),
        evaluate: (script) => page.evaluate(script),
        settled,
        takeLog,
        close: () => context.close(),
      };
    },

    /** Ends the browser. Answers names looked up since it began; of datagrams it does not tell. */
    async close() {
      await browser.close();
      const looked = new Set();
      for (const file of hidden ? await readdir(folder) : []) {
        if (!file.startsWith('logs')) continue;
        const text = await readFile(join(folder, file), 'utf8');
        for (const [, host] of text.matchAll(/Resolving host \[([^\]<]*)/g)) looked.add(host);
      }
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
      return { names: [...looked], datagrams: [] };
    },
  };
}

/** BiDi's log: what was sent, in the order in which the page asked for it. */
function watch(page) {
  let log = [];
  /** @type {(() => void)[]} */
  let waiting = [];
  page.on('request', (request) => {
    const sent = Object.entries(request.headers()).map(([key, value]) => `${key}: ${value}`).sort();
    const url = request.url();
    if (LOCAL.test(url)) return;
    log.push({ request, url, line: [`${request.method()} ${url}`, ...sent].join('\n') });
  });
  for (const end of ['requestfinished', 'requestfailed']) {
    page.on(end, (request) => {
      const entry = log.find((one) => one.request === request);
      if (entry) entry.finished = true;
      waiting.splice(0).forEach((go) => go());
    });
  }
  const isCached = ({ request }) => request.response()?.fromCache() === true;

  return {
    takeLog() {
      const all = log;
      log = [];
      return {
        sent: all.filter((one) => !isCached(one)),
        cached: all.filter(isCached).map(({ url }) => url).sort(),
      };
    },

    /** An answer has arrived, and the page has nothing left to do. */
    async settled(url) {
      const patience = AbortSignal.timeout(PATIENCE_MS);
      while (!patience.aborted && log.some((one) => one.url === url && !one.finished)) {
        await Promise.race([new Promise((go) => waiting.push(go)), sleep(PATIENCE_MS)]);
      }
      await Promise.race([page.evaluate(IDLE).catch(() => {}), sleep(PATIENCE_MS)]);
    },
  };
}
