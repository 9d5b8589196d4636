/**
 * garden.mjs - a shop of eight items whose campaigns a test writes, served with a strict policy
 *
 * The bundle is the one of tests/web/support/garden.mjs. The page's clock is the device's, ahead by
 * what lies in localStorage under `ahead`, so that a test need not wait for a deadline. `/` is a
 * page with places; `/tabs` holds two of them, each with a document of its own, as two tabs have.
 */
import { once } from 'node:events';
import { readFile, readdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, resolve } from 'node:path';

import { publish } from '../web/support/garden.mjs';

const TYPES = { '.js': 'text/javascript', '.html': 'text/html; charset=utf-8', '.wasm': 'application/wasm' };
const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob:; "
  + "connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

const PAGE = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>The Garden</title>
<link rel="icon" href="data:,"><script type="module" src="/page.js"></script></head><body>
<main><h1>The Garden</h1><sotto-place name="home" id="home"><p id="own">the shop’s own</p></sotto-place></main>
<div id="long"></div></body></html>`;

const SCRIPT = `
import { start } from '/sotto/sotto.js';
const ahead = () => Number(localStorage.getItem('ahead') ?? 0);
const about = new URLSearchParams(location.search);
document.querySelector('#long').style.height = '5000px';
window.told = [];
window.news = [];
addEventListener('error', ({ message }) => told.push(message));
addEventListener('unhandledrejection', ({ reason }) => told.push(String(reason)));
document.addEventListener('securitypolicyviolation', (event) => told.push('policy ' + event.blockedURI));
window.sotto = await start({
  base: '/sotto/', shop: 'garden', now: () => Date.now() / 1000 + ahead(),
  page: about.has('item') ? { items: [about.get('item')], type: 'product' } : { type: 'home' },
  onError: (error) => told.push(error.message),
});
const campaigns = await sotto.campaigns;
campaigns?.on('campaign', ({ campaign, what }) => news.push(campaign + ' ' + what));
window.campaigns = campaigns;
window.shown = () => [...document.querySelectorAll('sotto-block')]
  .map((block) => block.getAttribute('campaign')).sort();
window.ready = true;`;

const TABS = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Tabs</title><link rel="icon" href="data:,"></head><body>
<iframe src="/?tab=1" width="600" height="400"></iframe><iframe src="/?tab=2" width="600" height="400"></iframe></body></html>`;

export async function openGarden() {
  const web = join(resolve(process.env.BUILD ?? 'build'), 'web');
  const scripts = await readdir(web);
  let files = new Map();
  const asked = [];

  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, 'http://x');
    asked.push(pathname);
    const name = pathname.replace('/sotto/', '');
    const body = pathname === '/page.js' ? SCRIPT
      : pathname === '/tabs' ? TABS
        : !pathname.startsWith('/sotto/') ? PAGE
          : files.get(name) ?? (scripts.includes(name) ? await readFile(join(web, name)) : null);
    if (body === null) {
      response.writeHead(404).end();
      return;
    }
    const type = TYPES[extname(pathname)] ?? (pathname.endsWith('.sotto') ? 'application/octet-stream' : TYPES['.html']);
    response.writeHead(200, { 'content-type': type, 'content-security-policy': POLICY, 'cache-control': 'no-store' }).end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    base: `http://127.0.0.1:${server.address().port}`,
    asked,
    /** From now on these are the shop's campaigns, and in the catalogue these items are changed so. */
    plan(plan, items) {
      ({ files } = publish({ plan, items }));
      asked.length = 0;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
