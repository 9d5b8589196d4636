/**
 * recorder.mjs - the proxy through which a shopper's browser reaches the shop, and everything else
 *
 *     browser ---> recorder ---> sotto serve         what is for the shop is answered by it
 *                     '--------> nobody              what is for anybody else is refused
 *
 * Every request is written down as it came, before it is answered: method, address, headers in their
 * order, body. The browser is told to use the proxy for all addresses, this machine's own included.
 *
 * Answers are given one at a time, each when the browser has done what it had to do with the last
 * and has been calm for some milliseconds. Else the order of its requests would be that in which
 * answers happen to arrive, another one in each run, and could not be compared. What it asks for
 * between two answers is one wave; over several connections the requests of a wave arrive in any
 * order, so a wave is a set, and in which order the page made its requests is told by the browser's
 * own log.
 *
 * Four things are changed on the way, for all shoppers alike: pages get a script that stops the
 * clock (fixed.mjs) and, in a test of a leak, one that leaks; files may be kept for an hour, as
 * docs/API.md advises, but for pages and the manifest; `Last-Modified` goes, since from it browsers
 * guess how long a file is fresh by the time of day; pictures are empty, since to draw them takes
 * most of a test's time and shows on no wire.
 *
 * The script stands in the page itself, and the page's policy allows it by its hash: a file of its
 * own would be one more request among those that are compared, and when a browser asks again for
 * what it may not keep is its own affair.
 */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { Agent, createServer, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** Addresses that the tests themselves add to the shop. */
export const OWN = '/silence/';

/**
 * `wave` counts the answers that were given before the request came.
 *
 * @typedef {{ via: string, method: string, url: string, headers: string[], body: Buffer, wave: number,
 *   answer?: () => void }} Seen
 */

/** A picture in the page's own markup, or its icon, by its path. */
export const PICTURE = /^\/(?:pictures\/|shop\/icon\.)/;
/** How much longer the browser must be calm after an answer that makes work. */
const LONG_CALMS = 5;
const NO_PICTURE = '<svg xmlns="http://www.w3.org/2000/svg"/>';
const CACHED = 'max-age=3600';

/** @param {URL} shop where the shop is served */
export async function openRecorder(shop) {
  /** @type {Seen[]} */
  let seen = [];
  /** Requests that have no answer yet. @type {Seen[]} */
  let waiting = [];
  let answering = false;
  let answers = 0;
  let lastAt = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let turn;
  /** How long the browser must ask for nothing before the next answer. */
  let calm_ms = 15;
  let rest_ms = calm_ms;
  /** Waits until the browser has done what follows from an answer. */
  let settle = async () => {};
  /** Files of the tests' own, and what goes into the head of each page. */
  const laid = new Map();
  let head = '';
  let allowed = '';
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  let origin = '';

  const pathOf = (url) => (url.startsWith(`${origin}/`) ? url.slice(origin.length) : url);

  const write = (via, { method, url, rawHeaders }, body = Buffer.alloc(0)) => {
    const entry = { via, method, url, headers: rawHeaders, body, wave: answers };
    lastAt = performance.now();
    seen.push(entry);
    return entry;
  };

  /** Gives the next answer, once the browser has been calm. */
  function next() {
    clearTimeout(turn);
    if (answering || waiting.length === 0) return;
    const left = rest_ms - (performance.now() - lastAt);
    if (left > 0) {
      turn = setTimeout(next, Math.ceil(left));
      return;
    }
    waiting.sort((a, b) => a.wave - b.wave || (a.url < b.url ? -1 : 1));
    answering = true;
    answers++;
    waiting.shift().answer();
  }

  async function answered({ url }) {
    await settle(url).catch(() => {});
    // A page that was just read is looked through for what it will need; a module is compiled.
    rest_ms = /\.(?:html|wasm)(?:\?|$)/.test(url) ? LONG_CALMS * calm_ms : calm_ms;
    lastAt = performance.now();
    answering = false;
    next();
  }

  async function take(incoming, outgoing) {
    // The order of requests is that of their first bytes; the body is filled in when it is there.
    const entry = write(incoming.url.startsWith('/') ? 'direct' : 'proxy', incoming);
    const chunks = [];
    for await (const chunk of incoming) chunks.push(chunk);
    entry.body = Buffer.concat(chunks);
    // Nothing follows from a picture but the next one; they need not wait for their turn.
    if (PICTURE.test(pathOf(incoming.url))) {
      outgoing.writeHead(200, { 'content-type': 'image/svg+xml', 'cache-control': CACHED })
        .end(NO_PICTURE);
      return;
    }
    // What a browser asks others for is refused at once, and takes nobody's turn.
    if (!pathOf(incoming.url).startsWith('/')) {
      outgoing.writeHead(403).end();
      return;
    }
    entry.answer = () => answer(incoming, outgoing, entry);
    outgoing.once('close', () => {
      if (waiting.includes(entry)) waiting = waiting.filter((one) => one !== entry);
      else answered(entry);
    });
    waiting.push(entry);
    next();
  }

  function answer(incoming, outgoing, entry) {
    const path = pathOf(incoming.url);
    const own = laid.get(path.replace(/\?.*/, ''));
    if (own) {
      return outgoing.writeHead(200, { 'content-type': own.type, 'cache-control': 'no-store' })
        .end(own.body);
    }
    if (path.startsWith(OWN)) return outgoing.writeHead(404).end();
    forward(incoming, path, entry.body, outgoing);
  }

  function forward({ method, headers }, path, body, outgoing) {
    const asked = request(shop, {
      method, path, agent, headers: { ...headers, host: shop.host, 'accept-encoding': 'identity' },
    }, async (reply) => {
      const chunks = [];
      for await (const chunk of reply) chunks.push(chunk);
      let bytes = Buffer.concat(chunks);
      const kept = { ...reply.headers };
      for (const name of ['last-modified', 'transfer-encoding', 'connection', 'keep-alive', 'date']) {
        delete kept[name];
      }
      if (/^text\/html/.test(kept['content-type'] ?? '') && bytes.length > 0) {
        bytes = Buffer.from(bytes.toString().replace('<head>', () => `<head>\n${head}`));
        const policy = kept['content-security-policy'] ?? '';
        kept['content-security-policy'] = policy.replace('script-src', `script-src ${allowed}`);
        // Else an answer from before another head was set could be taken for this one.
        delete kept.etag;
      } else if (!/\/manifest\.sotto$/.test(path) && !/immutable/.test(kept['cache-control'])) {
        kept['cache-control'] = CACHED;
      }
      if (reply.statusCode !== 304) kept['content-length'] = bytes.length;
      outgoing.writeHead(reply.statusCode, kept).end(bytes);
    });
    asked.on('error', () => outgoing.destroy());
    asked.end(body);
  }

  const server = createServer((incoming, outgoing) => {
    take(incoming, outgoing).catch(() => outgoing.destroy());
  });
  server.keepAliveTimeout = 60000;
  server.on('connect', (incoming, socket) => {
    write('connect', incoming);
    socket.on('error', () => {});
    socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n');
  });
  server.on('upgrade', (incoming, socket) => {
    write('upgrade', incoming);
    socket.on('error', () => {});
    socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n');
  });
  server.on('clientError', (error, socket) => {
    // A connection that is reset while idle says nothing.
    if (error.rawPacket) {
      write('unreadable', { method: '', url: '', rawHeaders: [] }, error.rawPacket);
    }
    socket.destroy();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  origin = `http://127.0.0.1:${port}`;

  return {
    port,
    origin,
    url: (path) => origin + path,

    /** Serves a file of the tests' own, from OWN. */
    lay: (path, type, body) => void laid.set(path, { type, body }),

    /** From now on this script, and then this markup, stand first in the head of every page. */
    setHead(script, markup) {
      head = `<script>${script}</script>${markup}`;
      allowed = `'sha256-${createHash('sha256').update(script).digest('base64')}'`;
    },

    /** @param {{ calm_ms?: number, settle?: (url: string) => Promise<void> }} manners */
    pace(manners) {
      calm_ms = manners.calm_ms ?? calm_ms;
      rest_ms = calm_ms;
      settle = manners.settle ?? settle;
    },

    /** Waits until nothing was asked for, and nothing is being answered, for this long. */
    async quiet(still_ms) {
      for (;;) {
        const left = still_ms - (performance.now() - lastAt);
        if (waiting.length === 0 && !answering && left <= 0) return;
        await sleep(Math.max(10, left));
      }
    },

    /** What was seen since it was last asked for. */
    take() {
      const all = seen;
      seen = [];
      answers = 0;
      return all;
    },

    async close() {
      server.close();
      server.closeAllConnections();
      agent.destroy();
    },
  };
}
