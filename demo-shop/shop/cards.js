/** cards.js - a product on a shelf, and the way there */
import { make } from './dom.js';
import { money } from './money.js';

/** The note under the price, if there is something to say. */
function noteOf(product) {
  if (product.stock === 0) return 'Sold out for now';
  if (product.stock <= 3) return `Only ${product.stock} left`;
  return '';
}

export function productCard(product) {
  const sale = product.price < product.listPrice;
  const prices = make('span', { class: 'card-prices' },
    make('span', { class: sale ? 'card-price is-sale' : 'card-price' }, money(product.price)));
  if (sale) prices.append(' ', make('s', { class: 'card-list-price' }, money(product.listPrice)));
  const classes = product.stock === 0 ? 'card is-sold-out' : 'card';
  return make('li', { class: classes, 'data-item': product.id },
    make('a', { class: 'card-link', href: product.url },
      make('img', { class: 'card-picture', src: product.image, alt: '', width: '400', height: '500',
        loading: 'lazy' }),
      make('span', { class: 'card-brand' }, product.brand),
      make('span', { class: 'card-title' }, product.title),
      prices,
      make('span', { class: 'card-note' }, noteOf(product))));
}

/** Fills the trail: [text, address] pairs, the last one without an address. */
export function showCrumbs(list, trail) {
  list.replaceChildren(...trail.map(([text, href]) => make('li', {},
    href ? make('a', { href }, text) : make('span', { 'aria-current': 'page' }, text))));
}

export const categoryUrl = (path) => `/category.html?c=${encodeURIComponent(path)}`;
