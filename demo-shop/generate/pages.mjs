/**
 * pages.mjs - puts the shop's pages together, as a shop's own server or static generator would
 *
 * In a page, `<!-- part NAME -->` is replaced by pages/parts/NAME.html, `<!-- list NAME -->` by the
 * cards of one of the shop's own lists, `<!-- categories -->` by the tiles of the home page. What
 * the shop recommends by itself is thus in the page before any script runs.
 */
import { cpSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { imageOf, urlOf } from './feed.mjs';

const escape = (text) => text
  .replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
const euros = (cents) => `€${(cents / 100).toFixed(2)}`;

const SIZE = 'width="400" height="500"';

function card(product, note) {
  const sale = product.cents < product.listCents;
  const prices = `<span class="card-price${sale ? ' is-sale' : ''}">${euros(product.cents)}</span>`
    + (sale ? ` <s class="card-list-price">${euros(product.listCents)}</s>` : '');
  return `<li class="card" data-item="${product.id}">
  <a class="card-link" href="${escape(urlOf(product))}">
    <img class="card-picture" src="${imageOf(product)}" alt="" ${SIZE}>
    <span class="card-brand">${escape(product.brand)}</span>
    <span class="card-title">${escape(product.title)}</span>
    <span class="card-prices">${prices}</span>
    <span class="card-note">${escape(note)}</span>
  </a>
</li>`;
}

/** The shop's own lists: [kind, style or nothing, what the editor says]. */
const LISTS = {
  favourites: [
    ['teapot', 'nordic', 'For slow Sundays'],
    ['armchair', 'botanical', 'The chair we fight over'],
    ['vase', 'rustic', 'Good with one branch'],
    ['tablelamp', 'modern', 'Light for reading'],
    ['throw', 'nordic', 'Still cool after dusk'],
    ['mug', 'retro', 'Our office mug'],
    ['planter', 'rustic', 'For the kitchen sill'],
    ['rug', 'modern', 'Soft underfoot'],
  ],
  balcony: [
    ['planter', 'botanical', 'Room for herbs'],
    ['wateringcan', 'retro', 'Pours where you point'],
    ['seeds', 'botanical', 'Sow until June'],
    ['soil', undefined, 'Peat-free'],
    ['trowel', 'modern', 'For a lifetime'],
    ['stool', 'nordic', 'To sit among it all'],
    ['planter', 'modern', 'For one olive tree'],
    ['seeds', 'retro', 'Ready in four weeks'],
  ],
  popular: [
    ['plate', 'nordic', 'Asked for daily'],
    ['candle', 'modern', 'Made in small batches'],
    ['carafe', 'retro', 'For long tables'],
    ['cushion', 'rustic', 'Feather filled'],
    ['casserole', 'botanical', 'Sunday lunch'],
    ['notebook', 'nordic', 'Lies flat'],
  ],
  extras: [
    ['soap', undefined, 'Goes in any parcel'],
    ['seeds', 'nordic', 'A thank-you'],
    ['candle', 'botanical', 'Forty hours'],
    ['spoon', 'retro', 'For the drawer'],
    ['tea', 'nordic', 'Packed this week'],
    ['napkin', 'botanical', 'Softer every wash'],
  ],
};

function pickList(products, name) {
  const taken = new Set();
  return LISTS[name].map(([kind, style, note]) => {
    const product = products.find((p) => p.kind === kind && (!style || p.style === style)
      && p.stock > 0 && p.addedDay < 0 && !taken.has(p.group))
      ?? products.find((p) => p.kind === kind && p.stock > 0 && !taken.has(p.group));
    taken.add(product.group);
    return card(product, note);
  }).join('\n');
}

function newest(products) {
  const seen = new Set();
  return [...products].sort((a, b) => b.addedDay - a.addedDay || (a.id < b.id ? -1 : 1))
    .filter((p) => p.stock > 0 && !seen.has(p.group) && seen.add(p.group)).slice(0, 8)
    .map((p) => card(p, 'New this month')).join('\n');
}

const TILES = [
  ['Kitchen', 'kettle', 'botanical'],
  ['Table', 'bowl', 'rustic'],
  ['Living', 'armchair', 'modern'],
  ['Bath', 'towel', 'nordic'],
  ['Garden', 'wateringcan', 'retro'],
  ['Pantry', 'tea', 'rustic'],
  ['Desk', 'pencil', 'retro'],
];

function categoryTiles(products) {
  return TILES.map(([name, kind, style]) => {
    const product = products.find((p) => p.kind === kind && p.style === style)
      ?? products.find((p) => p.kind === kind);
    return `<li><a class="tile" href="/category.html?c=${name}">`
      + `<img src="${imageOf(product)}" alt="" ${SIZE}><span>${name}</span></a></li>`;
  }).join('\n');
}

/** @param {string} source the demo-shop folder @param {string} out the folder that is served */
export function writePages(source, out, products) {
  const pages = join(source, 'pages');
  const lists = { newest: newest(products) };
  for (const name of Object.keys(LISTS)) lists[name] = pickList(products, name);
  const read = (...names) => readFileSync(join(pages, ...names), 'utf8');
  const part = (name) => expand(read('parts', `${name}.html`).trimEnd());
  const expand = (text) => text
    .replace(/<!-- part ([a-z-]+) -->/g, (_, name) => part(name))
    .replace(/<!-- list ([a-z-]+) -->/g, (_, name) => lists[name])
    .replace('<!-- categories -->', () => categoryTiles(products));

  for (const file of readdirSync(pages).filter((name) => name.endsWith('.html'))) {
    writeFileSync(join(out, file), expand(read(file)));
  }
  mkdirSync(join(out, 'shop'), { recursive: true });
  cpSync(join(source, 'shop'), join(out, 'shop'), { recursive: true });
  for (const file of readdirSync(source).filter((name) => /\.(js|css)$/.test(name))) {
    cpSync(join(source, file), join(out, file));
  }
}
