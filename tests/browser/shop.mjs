/**
 * shop.mjs - the demo shop, served by `sotto serve` behind a proxy that watches
 *
 * The proxy is how the tests see and disturb what passes between page and server in the same way in
 * every engine: it lists each request, can let a file be missing or broken, can lay a page of the
 * test's own into the shop, and has the browser report what the Content-Security-Policy refused.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { join, resolve } from 'node:path';

const build = resolve(process.env.BUILD ?? 'build');
const REPORTS = '/csp-reports';

export async function openShop() {
  const root = join(build, 'demo/shop');
  if (!existsSync(root)) throw new Error(`${root} is not there; run: make shop`);
  const server = spawn(join(build, 'sotto'), ['serve', root, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  process.once('exit', () => server.kill());
  const upstream = new URL(await addressOf(server));

  const seen = [];        // { method, path, body } of every request but reports
  const violations = [];  // what the policy refused, as the browser reported it
  const missing = [];     // patterns of paths that answer 404
  const broken = [];      // patterns of paths whose bytes arrive damaged
  let caching = true;
  const laid = new Map(); // path -> { type, body } of the test's own

  const proxy = createServer(async (incoming, outgoing) => {
    const chunks = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    if (incoming.url === REPORTS) {
      violations.push(JSON.parse(body.toString()));
      outgoing.writeHead(204).end();
      return;
    }
    seen.push({ method: incoming.method, path: incoming.url, body: body.toString() });
    if (missing.some((pattern) => pattern.test(incoming.url))) {
      outgoing.writeHead(404, { 'content-type': 'text/plain' }).end('not here');
      return;
    }
    forward(incoming, body, outgoing);
  });

  function forward(incoming, body, outgoing) {
    const { method, url: path, headers } = incoming;
    const own = laid.get(path);
    // A page of the test's own still gets the shop's policy: it is fetched as the home page is.
    const asked = request(upstream, { method, path: own ? '/' : path, headers }, async (answer) => {
      const chunks = [];
      for await (const chunk of answer) chunks.push(chunk);
      const kept = { ...answer.headers };
      let bytes = Buffer.concat(chunks);
      if (own) {
        bytes = Buffer.from(own.body);
        kept['content-type'] = own.type;
        delete kept['content-encoding'];
        delete kept.etag;
        delete kept['last-modified'];
      }
      if (broken.some((pattern) => pattern.test(path)) && bytes.length > 0) {
        bytes = Buffer.from(bytes);
        bytes[bytes.length >> 1] ^= 0x55;
      }
      const policy = kept['content-security-policy'];
      if (policy) kept['content-security-policy'] = `${policy}; report-uri ${REPORTS}`;
      delete kept['transfer-encoding'];
      if (!caching) kept['cache-control'] = 'no-store';
      if (bytes.length > 0) kept['content-length'] = bytes.length;
      outgoing.writeHead(own ? 200 : answer.statusCode, kept).end(bytes);
    });
    asked.on('error', () => outgoing.destroy());
    asked.end(body);
  }

  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const base = `http://127.0.0.1:${proxy.address().port}`;

  return {
    base,
    seen,
    violations,
    url: (path) => base + path,
    /** From now on these paths answer 404. */
    miss: (...patterns) => void missing.push(...patterns),
    /** From now on one byte in the middle of these is wrong. */
    damage: (...patterns) => void broken.push(...patterns),
    /** Serves a file of the test's own under the shop's policy. */
    lay: (path, type, body) => void laid.set(path, { type, body }),
    /** From now on nothing may be kept by the browser's cache. */
    forbidCaching: () => void (caching = false),
    /** Undoes all of the above and forgets what was seen. */
    reset() {
      for (const list of [seen, violations, missing, broken]) list.length = 0;
      laid.clear();
      caching = true;
    },
    async close() {
      proxy.close();
      proxy.closeAllConnections();
      server.kill();
      await once(server, 'exit');
    },
  };
}

/** The first http address that the server prints, on either stream. */
function addressOf(server) {
  return new Promise((found, failed) => {
    let said = '';
    const listen = (chunk) => {
      said += chunk;
      const address = /http:\/\/[^\s/]+:\d+/.exec(said);
      if (address) found(address[0]);
    };
    server.stdout.on('data', listen);
    server.stderr.on('data', listen);
    server.on('error', failed);
    server.on('exit', (code) => failed(new Error(`sotto serve ended with ${code}: ${said}`)));
  });
}
