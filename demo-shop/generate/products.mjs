/**
 * products.mjs - from kinds, styles and brands to a range of products
 *
 * Every kind comes in every style in turn, so that a shopper who likes one style finds it in each
 * aisle. A model ("Lumi stoneware mug") has one id per colour; the colours share a `group`.
 */
import { FLAVOURS } from './flavours.mjs';
import { KINDS } from './kinds.mjs';
import { BRANDS, COLOURS, STYLES } from './styles.mjs';

const STYLE_NAMES = Object.keys(STYLES);

/** Prices people recognise: x.50 and x.00 when small, x.00 when not, x9 when large. */
function niceCents(amount) {
  if (amount < 20) return Math.round(amount * 2) * 50;
  if (amount < 100) return Math.round(amount) * 100;
  return (Math.round(amount / 10) * 10 - 1) * 100;
}

function pickBrand(chance, kind, style) {
  const aisle = kind.aisle ?? kind.category.split(' > ')[0];
  const makers = BRANDS.filter((b) => b.aisles.includes(aisle) && b.styles.includes(style));
  return chance.pick(makers.length > 0 ? makers : BRANDS.filter((b) => b.aisles.includes(aisle)));
}

/** What a colour is called on this material: wood and metal have colours of their own. */
function colourways(chance, kind, style, material) {
  const own = {
    oak: ['oak'], birch: ['birch'], walnut: ['walnut'], wood: [style.wood], steel: ['steel'],
    copper: ['copper'], brass: ['brass'], jute: ['natural'],
    glass: ['clear', 'smoke', 'green', 'amber'],
    rattan: ['birch'], cedar: [chance.pick(style.colours)],
  };
  const painted = ['wateringcan', 'kettle', 'pendant', 'tablelamp', 'floorlamp', 'chair', 'stool'];
  const names = painted.includes(kind.name) && chance.happens(0.6) ? null : own[material];
  return chance.shuffled(names ?? style.colours).slice(0, kind.colours);
}

function titleOf(kind, model, colour, noun) {
  if (model.flavour) {
    return `${model.flavour} ${noun}`;
  }
  const material = noun.includes(model.material) ? '' : model.material;
  const showColour = colour !== model.material;
  const words = [model.series, material, noun].filter(Boolean).join(' ');
  return showColour ? `${words}, ${colour}` : words;
}

function describe(chance, kind, model, style) {
  const care = {
    stoneware: 'Dishwasher safe.', porcelain: 'Dishwasher safe.',
    earthenware: 'Best washed by hand.',
    linen: 'Wash at 40 °C.', cotton: 'Wash at 60 °C.', wool: 'Airing is usually enough.',
    oak: 'Oil it twice a year.', birch: 'Oil it twice a year.', walnut: 'Oil it twice a year.',
    steel: 'Wipe dry after use.', enamel: 'No metal spoons, please.', glass: 'Dishwasher safe.',
    terracotta: 'Frost-proof to −5 °C.', zinc: 'It will dull beautifully.',
    'cast iron': 'Season it, and it will never stick.',
  }[model.material];
  return [kind.text, style.words, care].filter(Boolean).join(' ');
}

/**
 * @param {(name: string) => import('./random.mjs').Chance} stream
 * @param {number} dayCount the length of the logs; products appear up to that day
 */
export function makeProducts(stream, dayCount) {
  const chance = stream('products');
  const series = Object.fromEntries(STYLE_NAMES.map((s) => [s, chance.shuffled(STYLES[s].series)]));
  const used = Object.fromEntries(STYLE_NAMES.map((s) => [s, 0]));
  const products = [];

  KINDS.forEach((kind, k) => {
    let number = 1000 + 37 * k;
    for (let m = 0; m < kind.models; m++) {
      const styleName = STYLE_NAMES[(m + k) % STYLE_NAMES.length];
      const style = STYLES[styleName];
      const brand = pickBrand(chance, kind, styleName);
      const [flavour, flavourColour] = FLAVOURS[kind.name]?.[m] ?? [];
      const material = chance.pick(kind.materials);
      const model = {
        group: `${kind.code}-${m + 1}`, flavour, material, size: chance.pick(kind.sizes),
        series: series[styleName][used[styleName]++ % series[styleName].length],
      };
      const [low, high] = kind.price;
      const largest = Math.max(1, kind.sizes.length - 1);
      const sizeFactor = 0.9 + 0.2 * (kind.sizes.indexOf(model.size) / largest);
      const levelPrice = low + (high - low) * [0.05, 0.38, 0.85][brand.level - 1];
      const cents = niceCents(levelPrice * sizeFactor * chance.between(0.9, 1.12));
      const onSale = chance.happens(0.14);
      const isNew = chance.happens(0.14);
      const addedDay = isNew ? chance.whole(10, dayCount - 12) : -chance.whole(30, 700);
      const colours = flavour ? [flavourColour] : colourways(chance, kind, style, material);

      colours.forEach((colour, c) => {
        const soldOut = chance.happens(0.05);
        products.push({
          id: `${kind.code}-${number += chance.whole(1, 4)}`,
          group: model.group, kind: kind.name, kindRow: kind, level: brand.level,
          season: kind.season,
          lasts: kind.lasts, title: titleOf(kind, model, colour, kind.noun),
          description: describe(chance, kind, model, style),
          cents: onSale ? niceCents(cents * 0.008) : cents, listCents: cents, onSale,
          category: kind.category, brand: brand.name, addedDay,
          stock: soldOut ? 0 : chance.happens(0.08) ? chance.whole(1, 3) : chance.whole(6, 180),
          style: styleName, colour, hex: COLOURS[colour], material: model.material,
          size: model.size,
          shape: m, colourIndex: c,
          // How much of the attention a product gets by itself: few stars, a long tail.
          appeal: 0.25 + 1.5 * chance.next() ** 3,
        });
      });
    }
  });
  uniqueTitles(products);
  return products;
}

/** Two models may draw the same words; the size tells them apart, as in any shop. */
function uniqueTitles(products) {
  const seen = new Map();
  for (const p of products) seen.set(p.title, (seen.get(p.title) ?? 0) + 1);
  for (const p of products) if (seen.get(p.title) > 1) p.title += `, ${p.size}`;
}

/**
 * The planted truth: what goes with each product. For every complementary kind, the products of the
 * same style, nearest in price level; the first kinds count most.
 * @returns {Map<string, {id: string, weight: number}[]>}
 */
export function plantComplements(products) {
  const byKind = groupByKind(products);
  const truth = new Map();
  for (const p of products) {
    const list = [];
    p.kindRow.goes.forEach((kindName, rank) => {
      const fit = (q) => (q.style === p.style ? 0 : 10) + Math.abs(q.level - p.level)
        + (q.colour === p.colour ? 0 : 0.5) + q.colourIndex * 0.2;
      const best = byKind.get(kindName).slice()
        .sort((a, b) => fit(a) - fit(b) || (a.id < b.id ? -1 : 1)).slice(0, 2);
      best.forEach((q, i) => list.push({ id: q.id, weight: (4 - rank) * (i === 0 ? 2 : 1) }));
    });
    truth.set(p.id, list);
  }
  return truth;
}

function groupByKind(products) {
  const map = new Map();
  for (const p of products) map.set(p.kind, [...(map.get(p.kind) ?? []), p]);
  return map;
}
