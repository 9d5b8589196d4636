/**
 * feed.mjs - the same products, twice: for Sotto (products.csv) and for the shop's pages
 * (products.json)
 */
import { toCsv } from './csv.mjs';

const COLUMNS = ['id', 'group', 'title', 'description', 'price', 'list_price', 'category', 'brand',
  'stock', 'image', 'url', 'added', 'style', 'colour', 'material', 'size', 'buyers'];

/** Fewer are not told: a handful says little, and something of somebody. */
const LEAST_BUYERS = 20;

export const imageOf = (product) => `/pictures/${product.id}.svg`;
export const urlOf = (product) => `/product.html?id=${product.id}`;

/** How many different people bought each product, in tens, where it is worth saying. */
export function buyersOf(events) {
  const people = new Map();
  for (const { event, item, shopper } of events) {
    if (event === 'purchase') people.set(item, (people.get(item) ?? new Set()).add(shopper));
  }
  return new Map([...people].filter(([, some]) => some.size >= LEAST_BUYERS)
    .map(([item, some]) => [item, Math.floor(some.size / 10) * 10]));
}

/** @param {(day: number) => string} dateOf @param {Map<string, number>} buyers */
export function feedCsv(products, dateOf, buyers) {
  return toCsv(products.map((p) => ({
    ...p, price: (p.cents / 100).toFixed(2), list_price: (p.listCents / 100).toFixed(2),
    image: imageOf(p), url: urlOf(p), added: dateOf(p.addedDay),
    buyers: buyers.get(p.id) ?? '',
  })), COLUMNS);
}

/** @param {(day: number) => string} dateOf */
export function feedJson(products, dateOf) {
  return `${JSON.stringify({
    currency: 'EUR',
    products: products.map((p) => ({
      id: p.id, group: p.group, title: p.title, description: p.description, price: p.cents,
      listPrice: p.listCents, category: p.category, brand: p.brand, stock: p.stock,
      image: imageOf(p), url: urlOf(p), added: dateOf(p.addedDay), style: p.style, colour: p.colour,
      hex: p.hex, material: p.material, size: p.size,
    })),
  }, null, 1)}\n`;
}
