/**
 * gallery.mjs - every block there is, with something to say, on a page with a strict policy
 *
 * The page has nothing of the shop's but a few places. It loads web/blocks as it lies in the
 * project, and what a test calls is on `window.gallery`: draw(name, changes), remove(name), told.
 * The server keeps what forms post.
 */
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const WEB = fileURLToPath(new URL('../../web/', import.meta.url));
const TYPES = { '.js': 'text/javascript', '.svg': 'image/svg+xml', '.html': 'text/html; charset=utf-8', '.css': 'text/css' };
export const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; "
  + "form-action 'self'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

export const HOSTILE = '<img src=x onerror="window.hit=1">{__proto__}</script><script>window.hit=1</script>\u202e javascript:alert(1)';

const TITLES = ['Havn stoneware mug, fog', 'Comfrey stoneware teapot, blush', 'Radius glass cafetière', 'Lido bowl, sky',
  'Byre cotton bath mat, natural', 'Strand walnut desk tray with three bays for the things that roll away', 'Woodruff mug, fern',
  'Plane plate, ochre', 'Module jar, ink'];
const item = (i) => ({
  id: `SKU-${i}`, title: TITLES[i % TITLES.length], url: `/product-${i}.html`, image: `/picture-${i}.svg`,
  price: 1250 + 700 * i, priceText: `€${(12.5 + 7 * i).toFixed(2)}`, listPrice: i % 3 === 1 ? 9000 : null,
  listPriceText: i % 3 === 1 ? '€90.00' : '', category: 'Kitchen > Mugs', brand: i % 4 === 3 ? '' : 'Norrvik', inStock: true,
  attributes: { colour: 'fog' }, score: 1, strategy: 'similar',
  reasons: [{ kind: 'viewed', about: 'x', title: 'X', points: 1, text: 'Goes with the mug' }],
});
export const items = (count, from = 0) => Array.from({ length: count }, (_, i) => item(from + i));

const EMPTY = {
  campaign: '', block: '', place: '', heading: '', text: '', button: '', url: '', image: '', alt: '', close: '', notice: '',
  thanks: '', tone: '', template: '', question: '', options: [], items: [], subject: null, offer: null, ends: null,
  handOff: null, arm: null,
};
const offer = { name: 'ten-off', kind: 'code', code: 'ASH10', label: '10 % off', threshold: 0, missing: 0, missingText: '', thresholdText: '' };
const shipping = { ...offer, name: 'post', kind: 'free-shipping', code: '', label: 'Free postage', threshold: 6000, missing: 1850,
  missingText: '€18.50', thresholdText: '€60.00' };

/** One of each, and the forms that blocks can carry. Times are of the page's clock, which stands still. */
export const NOW = 1_780_000_000;
export const VIEWS = Object.fromEntries(Object.entries({
  carousel: {
    block: 'carousel', place: 'home-top', heading: 'Because you like Norrvik', items: items(9),
  },
  grid: {
    block: 'grid', place: 'home-top', heading: 'For your tea corner',
    text: 'Six things that go with the pot you chose.', items: items(6), button: 'All of tea',
    url: '/tea.html',
  },
  hero: {
    block: 'hero', place: 'home-top', heading: 'Longer evenings, warmer lamps',
    text: 'You looked at lamps last week. Three of our makers have sent new ones, and they dim.',
    image: '/picture-2.svg', alt: 'A lamp on a sill', button: 'See the lamps', url: '/lamps.html',
  },
  inline: {
    block: 'inline', place: 'home-top', heading: 'Seen, and not forgotten',
    text: 'The Havn mug you looked at costs €4 less since Tuesday.', items: items(2),
    button: 'Show me', url: '/product-1.html',
    close: 'Not now', notice: 'You see this since you looked at it here.',
  },
  accent: {
    block: 'inline', place: 'home-top', tone: 'accent', heading: 'Early access',
    text: 'For those who came three times: the summer linen, a day before everyone.',
    button: 'Have a look', url: '/linen.html',
  },
  popup: {
    block: 'popup', heading: 'Still thinking about it?',
    text: 'Have 10 % off what you looked at, until Sunday.', offer, button: 'Back to the lamps',
    url: '/lamps.html',
    notice: 'You see this since you looked at lamps three times. Others pay the usual price.',
  },
  'slide-in': {
    block: 'slide-in', heading: 'It is back', text: 'The Comfrey teapot is in stock again.',
    subject: item(1), button: 'To the teapot', url: '/product-1.html',
  },
  bar: {
    block: 'bar', text: 'Good to have you back. The spring sale goes on until 30 May.',
    button: 'To the sale', url: '/sale.html',
  },
  'shipping-bar': {
    block: 'shipping-bar', text: 'Only €18.50 more and we pay the postage.', offer: shipping,
    items: items(5),
  },
  countdown: {
    block: 'countdown', place: 'home-top', heading: 'The linen sale ends on Sunday',
    text: 'All table linen is a fifth off, for everybody.',
    ends: NOW + 2 * 86400 + 3 * 3600 + 240, button: 'To the linen', url: '/linen.html',
  },
  proof: { block: 'proof', place: 'home-top', text: '48 people bought this in the last 90 days.' },
  'cart-reminder': {
    block: 'cart-reminder', place: 'home-top', heading: 'Still in your basket',
    text: '3 things, €58.50 in all.', items: items(3), button: 'To the basket', url: '/cart.html',
  },
  recent: { block: 'recent', place: 'home-top', heading: 'You looked at', items: items(7, 2) },
  quiz: {
    block: 'quiz', place: 'home-top', heading: 'One question',
    question: 'What is your table like?',
    options: ['Quiet and nordic', 'Rustic', 'Colourful', 'A bit of everything'],
    thanks: 'Noted, on this device only.',
  },
  'quiz-popup': { block: 'quiz', question: 'What do you cook on?', options: ['Gas', 'Induction'] },
  'quiz-several': {
    block: 'quiz', place: 'home-top', tone: 'several', question: 'What do you drink?',
    options: ['Tea', 'Coffee', 'Water'],
  },
  'hand-off': {
    block: 'inline', place: 'home-top', heading: 'E-mail me my basket',
    text: 'To go on from another device.', handOff: { name: 'cart', address: '/posted' },
    items: items(3), button: 'Send it to me', thanks: 'It is on its way.',
  },
  'hand-off-popup': {
    block: 'popup', heading: 'Tell me when it is back', subject: item(1),
    handOff: { name: 'back', address: '/posted' },
  },
}).map(([name, view]) => [name, { ...EMPTY, campaign: name, ...view }]));

const picture = (i) => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 500"><rect width="400" height="500" fill="hsl(${i * 47 % 360} 30% 80%)"/>`
  + `<circle cx="200" cy="300" r="110" fill="hsl(${i * 47 % 360} 35% 45%)"/></svg>`;

const PAGE = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Blocks</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/page.css"><script type="module" src="/page.js"></script></head><body>
<header><a id="first" href="#main">A shop</a> <button id="other">A button of the shop’s</button></header>
<main id="main"><h1>The page</h1><sotto-place name="home-top" id="place"><p id="own">the shop’s own content</p></sotto-place>
<p id="below">What stands below the place. <a href="/below.html">A link</a></p>
<div id="long"></div></main>
<template id="shop-popup"><h3 data-sotto="text:heading"></h3><p data-sotto="text:text"></p><b data-sotto="text:offer.code"></b>
<a class="go" data-sotto="href:url text:button"></a><button data-sotto-close>No</button></template>
</body></html>`;

const STYLE = `:root { color-scheme: light dark; } body { margin: 0; font: 1rem/1.5 sans-serif; background: Canvas; color: CanvasText; }
header, main { max-width: 70rem; margin: 0 auto; padding: 1rem; } sotto-place { display: block; min-height: var(--reserved, 0); }
html.reserved { --reserved: 60rem; } #long { height: 2000px; }`;

const SCRIPT = `import { fillTemplate } from '/web/bind.js';
import { canDraw, drawBlock, isClear } from '/web/blocks/draw.js';
const views = ${JSON.stringify(VIEWS)};
const NOW = ${NOW};
const drawn = new Map();
const gallery = {
  told: [], answered: [], later: 0, take: null, isClear, drawBlock, views,
  picture: async (address) => address,
  host: (view, more = {}) => ({
    place: view.place ? document.getElementById('place') : null, told: (what) => gallery.told.push(what),
    answered: (values, question) => gallery.answered.push([values, question]), money: (minor) => '€' + (minor / 100).toFixed(2),
    locale: 'en', language: 'en', now: () => NOW + gallery.later, bind: fillTemplate,
    picture: (address) => gallery.picture(address), handOff: () => gallery.take, ...more,
  }),
  draw(name, changes = {}, more) {
    const view = { ...views[name], ...changes };
    const one = drawBlock(view, gallery.host(view, more));
    if (one) drawn.set(name, one);
    return one !== null;
  },
  canDraw(name, changes = {}) {
    const view = { ...views[name], ...changes };
    return canDraw(view, gallery.host(view));
  },
  update: (name, changes) => drawn.get(name).update({ ...views[name], ...changes }),
  remove: (name) => drawn.get(name).remove(),
  get root() { return document.querySelector('sotto-block')?.shadowRoot; },
};
window.gallery = gallery;`;

export async function openGallery() {
  const posted = [];
  const seen = [];
  let status = 200;
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, 'http://gallery.invalid');
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    seen.push(pathname);
    const answer = (code, type, body) => response.writeHead(code, {
      'content-type': type, 'content-security-policy': POLICY, 'cache-control': 'no-store',
    }).end(body);
    if (pathname === '/posted') {
      posted.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
      return answer(status, TYPES['.html'], '<title>Posted</title><p>posted</p>');
    }
    if (pathname === '/page.js') return answer(200, TYPES['.js'], SCRIPT);
    if (pathname === '/page.css') return answer(200, TYPES['.css'], STYLE);
    if (pathname.startsWith('/picture-')) return answer(200, TYPES['.svg'], picture(parseInt(pathname.slice(9), 10)));
    if (pathname.startsWith('/web/')) {
      const body = await readFile(join(WEB, normalize(pathname.slice(5)))).catch(() => null);
      return body ? answer(200, TYPES[extname(pathname)], body) : answer(404, 'text/plain', 'not here');
    }
    return answer(200, TYPES['.html'], PAGE);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    posted, seen,
    base: `http://127.0.0.1:${server.address().port}`,
    answer: (code) => void (status = code),
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
