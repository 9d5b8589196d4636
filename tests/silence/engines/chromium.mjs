/**
 * chromium.mjs - Chromium behind the recorder, and what it says itself of what it sends
 *
 * Each shopper has a browser context of their own: cache, storage, cookies and connections are not
 * shared. Its log is the debugger's Network domain, which knows of requests before any proxy does and
 * of those that the cache answers. Names that are looked up and datagrams, which no HTTP proxy sees,
 * are in the browser's own network log (--log-net-log).
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export { find, name } from '../../browser/drivers/chromium.mjs';

/** How long it must ask for nothing before the next answer, to do the same in every run. */
export const calm_ms = 15;

/** Addresses of what is in the browser already. */
const LOCAL = /^(blob|data|about):/;
/** For a page that is being left, which cannot answer. */
const PATIENCE_MS = 400;
const IDLE = 'new Promise((done) => requestIdleCallback(() => setTimeout(done), { timeout: 200 }))';

export async function open(executablePath, { port }, { hidden = false } = {}) {
  const { chromium } = await import('playwright-core');
  const folder = await mkdtemp(join(tmpdir(), 'sotto-silence-'));
  const logFile = join(folder, 'net-log.json');
  const size = { viewport: { width: 1280, height: 900 } };
  const options = {
    executablePath,
    headless: true,
    args: [
      '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync',
      // Behind a proxy Chromium looks no name up ahead of time, so a leak by that way could not show:
      // to see what is hidden from a proxy it asks the recorder as it would ask a server.
      ...(hidden ? [`--log-net-log=${logFile}`, '--net-log-capture-mode=Everything'] : [
        `--proxy-server=http://127.0.0.1:${port}`,
        // Without this, addresses of this machine would not go by the proxy.
        '--proxy-bypass-list=<-loopback>',
      ]),
    ],
  };
  // In a context of its own Chromium looks no name up ahead of time either.
  const alone = hidden
    ? await chromium.launchPersistentContext(join(folder, 'profile'), { ...options, ...size }) : null;
  const browser = alone ?? await chromium.launch(options);

  return {
    /** A new shopper, with nothing in the browser. */
    async shopper() {
      const context = alone ?? await browser.newContext(size);
      const page = await context.newPage();
      const { takeLog, settled } = await watch(await context.newCDPSession(page));
      return {
        goto: (url) => page.goto(url, { waitUntil: 'commit' }),
        evaluate: (script) => page.evaluate(script),
        settled,
        takeLog,
        close: () => (alone ? page.close() : context.close()),
      };
    },

    /** Ends the browser. Answers names looked up and datagrams sent since it began. */
    async close() {
      await browser.close();
      const log = hidden ? readNetLog(await readFile(logFile, 'utf8')) : { names: [], datagrams: [] };
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
      return log;
    },
  };
}

/** The debugger's log: what was sent, in the order in which the page asked for it. */
async function watch(session) {
  let log = [];
  const finished = new Map();
  /** @type {(() => void)[]} */
  let waiting = [];
  const finish = ({ requestId }) => {
    const url = log.find((one) => one.id === requestId)?.url;
    if (url) finished.set(url, (finished.get(url) ?? 0) + 1);
    waiting.splice(0).forEach((go) => go());
  };

  session.on('Network.requestWillBeSent', ({ requestId, request, type, redirectResponse }) => {
    const { method, url, headers, postData = '' } = request;
    if (LOCAL.test(url)) return;
    const sent = Object.entries(headers).map(([key, value]) => `${key}: ${value}`).sort();
    const how = redirectResponse ? 'redirected to ' : '';
    const line = [`${how}${type} ${method} ${url}`, ...sent, postData].join('\n');
    log.push({ id: requestId, url, line });
  });
  const cached = ({ requestId }) => {
    const entry = log.find((one) => one.id === requestId);
    if (entry) entry.cached = true;
  };
  session.on('Network.requestServedFromCache', cached);
  session.on('Network.responseReceived', (event) => {
    if (event.response.fromDiskCache) cached(event);
  });
  session.on('Network.loadingFinished', finish);
  session.on('Network.loadingFailed', finish);
  for (const what of ['webSocketCreated', 'webTransportCreated', 'directTCPSocketCreated',
    'directUDPSocketCreated']) {
    session.on(`Network.${what}`, ({ url = '' }) => log.push({ url, line: `${what} ${url}` }));
  }
  await session.send('Network.enable');

  return {
    takeLog() {
      const all = log;
      log = [];
      finished.clear();
      return {
        sent: all.filter((one) => !one.cached),
        cached: all.filter((one) => one.cached).map(({ url }) => url).sort(),
      };
    },

    /** An answer has arrived, and the page has nothing left to do. */
    async settled(url) {
      const patience = AbortSignal.timeout(PATIENCE_MS);
      const before = finished.get(url) ?? 0;
      const asked = log.filter((one) => one.url === url && !one.cached).length;
      while (!patience.aborted && asked > before && (finished.get(url) ?? 0) < asked) {
        await Promise.race([new Promise((go) => waiting.push(go)), sleep(PATIENCE_MS)]);
      }
      const idle = session.send('Runtime.evaluate', { expression: IDLE, awaitPromise: true });
      await Promise.race([idle.catch(() => {}), sleep(PATIENCE_MS)]);
    },
  };
}

/** What of the network log tells of names and datagrams: events are numbered, and name their numbers. */
function readNetLog(text) {
  // A log is cut off in the middle if the browser had no time to finish it.
  const whole = /\]\s*\}\s*$/.test(text) ? text : `${text.replace(/,\s*$/, '')}]}`;
  const { constants, events } = JSON.parse(whole);
  const nameOf = Object.fromEntries(
    Object.entries(constants.logEventTypes).map(([name, number]) => [number, name]));
  const names = new Set();
  const datagrams = [];
  for (const { type, params = {} } of events) {
    const what = nameOf[type];
    if (/^HOST_RESOLVER_(MANAGER_)?(REQUEST|JOB)$/.test(what) && params.host) {
      names.add(params.host.replace(/^\w+:\/\//, '').replace(/:\d+$/, ''));
    }
    if (what === 'UDP_BYTES_SENT') datagrams.push(Buffer.from(params.bytes ?? '', 'base64'));
  }
  return { names: [...names], datagrams };
}
