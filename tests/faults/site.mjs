/**
 * site.mjs - a small shop for the fault tests, and the page they open
 *
 * The garden of tests/web/support as a static host would have it, with the page's JavaScript as it is
 * built. page.js is what every tab runs. The same shop can be had under any number of origins, each of
 * which is a device on which nothing was before.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { join, resolve } from 'node:path';

import { publish } from '../web/support/garden.mjs';

const TYPES = {
  html: 'text/html; charset=utf-8', js: 'text/javascript', wasm: 'application/wasm',
  sotto: 'application/octet-stream',
};
const PAGE = `<!doctype html>
<html lang="en"><title>Faults</title><link rel="icon" href="data:,">
<sotto-slot name="recent"><template><p data-sotto="text:title"></p></template></sotto-slot>
<script type="module" src="/page.js"></script>`;

/** The same page, on a device whose storage fails as failing.js has it. */
const FAILING = PAGE.replace('<script', '<script src="/failing.js"></script>\n<script');

/** The name under which the garden's profile is kept. */
export const NAME = 'sotto:garden';

export async function openSite() {
  const built = join(resolve(process.env.BUILD ?? 'build'), 'web');
  if (!existsSync(join(built, 'sotto.js'))) throw new Error(`${built} is not there; run: make web`);
  const files = new Map([...publish({ ranked: true }).files].map(([name, bytes]) => [`/sotto/${name}`, bytes]));
  for (const name of readdirSync(built).filter((one) => one.endsWith('.js'))) {
    files.set(`/sotto/${name}`, readFileSync(join(built, name)));
  }
  files.set('/page.html', Buffer.from(PAGE));
  files.set('/failing.html', Buffer.from(FAILING));
  files.set('/sandboxed.page.html', Buffer.from(PAGE));
  for (const name of ['page.js', 'failing.js']) {
    files.set(`/${name}`, readFileSync(new URL(name, import.meta.url)));
  }
  files.set('/empty.html', Buffer.from('<!doctype html><title>Empty</title>'));

  const servers = [];
  /** What browsers keep goes by it, so none is had twice. */
  const ports = new Set();
  async function listen(server) {
    for (let last = 0; !last || ports.has(last); last = server.address().port) {
      if (last) await new Promise((done) => server.close(done));
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
    }
    ports.add(server.address().port);
  }
  /** Opens the shop under an origin of its own. */
  async function origin() {
    const server = createServer(({ url }, answer) => {
      const path = url.split('?')[0];
      const bytes = files.get(path);
      if (!bytes) return answer.writeHead(404).end();
      answer.writeHead(200, {
        'content-type': TYPES[path.split('.').pop()] ?? 'application/octet-stream',
        // A sandboxed page is of no origin, and asks as a stranger for what is its own.
        'access-control-allow-origin': '*',
        ...(path.startsWith('/sandboxed') && { 'content-security-policy': 'sandbox allow-scripts' }),
        'cache-control': path.startsWith('/sotto/') ? 'max-age=3600' : 'no-cache',
      }).end(bytes);
    });
    servers.push(server);
    await listen(server);
    const base = `http://127.0.0.1:${server.address().port}`;
    return {
      base,
      /** The page, with a clock of its own if there is a time. */
      url: (now_s) => `${base}/page.html${now_s === undefined ? '' : `#now=${now_s}`}`,
      /** A page of the same origin without Sotto. */
      empty: `${base}/empty.html`,
      /** The page in a sandbox, in which browsers keep nothing. */
      sandboxed: `${base}/sandboxed.page.html`,
      /** The page whose storage fails, from its start if there is something to say behind the #. */
      failing: (fault = {}) => `${base}/failing.html#${new URLSearchParams(fault)}`,
      close() {
        server.close();
        server.closeAllConnections();
      },
    };
  }

  return {
    ...await origin(),
    origin,
    async close() {
      for (const server of servers) {
        server.close();
        server.closeAllConnections();
      }
    },
  };
}
