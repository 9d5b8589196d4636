/**
 * styles.mjs - the tastes a shopper can have
 *
 * A style is what ties a mug to a lamp: the same words, colours and brands. It is the
 * structure that the shoppers' logs are planted with, and what a good model must find again.
 */

export const COLOURS = {
  oat: '#ddcfb8', chalk: '#eeeae1', fog: '#c3cacb', slate: '#6d7f8c', sage: '#a3b096',
  birch: '#dcbf95', terracotta: '#bd6b48', clay: '#a9806a', natural: '#dccdb5', moss: '#76784a',
  rust: '#9a4f2e', walnut: '#7c5638', charcoal: '#44474a', white: '#f4f3f0', ink: '#2c3a55',
  ochre: '#cb983d', stone: '#a7a49d', black: '#2b2b2d', forest: '#38573f', fern: '#6f9457',
  blush: '#dfb3a8', cream: '#efe5cd', plum: '#6e4059', mustard: '#d8a732', teal: '#357a7c',
  coral: '#de7b61', sky: '#96bcd2', cocoa: '#6f4a38', clear: '#d5e3e2', smoke: '#8c9093',
  amber: '#c78a43', green: '#86a78d', oak: '#c79c66', steel: '#b4babd', brass: '#c2a05c',
  copper: '#bd7b56',
};

export const STYLES = {
  nordic: {
    title: 'Nordic',
    colours: ['oat', 'chalk', 'fog', 'slate', 'sage'],
    series: ['Lumi', 'Skog', 'Havn', 'Dagg', 'Sten', 'Vind', 'Elv', 'Sund', 'Fjell', 'Myr',
      'Strand', 'Tarn', 'Kyst', 'Bjerk', 'Rim', 'Holm'],
    words: 'Quiet lines and soft, winter-light colours.',
    wood: 'birch', metal: 'steel', pattern: 'plain',
  },
  rustic: {
    title: 'Rustic',
    colours: ['terracotta', 'clay', 'natural', 'moss', 'rust'],
    series: ['Orchard', 'Byre', 'Harrow', 'Mill', 'Thatch', 'Quarry', 'Hedgerow', 'Cobble',
      'Hayloft', 'Paddock', 'Croft', 'Weald', 'Kiln', 'Furrow', 'Barn', 'Tinder'],
    words: 'Made to look as if it has always been in the house.',
    wood: 'walnut', metal: 'copper', pattern: 'dipped',
  },
  modern: {
    title: 'Modern',
    colours: ['charcoal', 'white', 'ink', 'ochre', 'stone'],
    series: ['Arc', 'Plane', 'Axis', 'Mono', 'Fold', 'Grid', 'Offset', 'Datum', 'Prism', 'Tangent',
      'Radius', 'Module', 'Vertex', 'Span', 'Cantle', 'Ratio'],
    words: 'Reduced to what it needs, and drawn with a sharp pencil.',
    wood: 'black', metal: 'black', pattern: 'band',
  },
  botanical: {
    title: 'Botanical',
    colours: ['forest', 'fern', 'blush', 'cream', 'plum'],
    series: ['Bracken', 'Sorrel', 'Clover', 'Yarrow', 'Woodruff', 'Teasel', 'Campion', 'Foxglove',
      'Meadow', 'Tansy', 'Betony', 'Linden', 'Vetch', 'Burnet', 'Mallow', 'Comfrey'],
    words: 'Leaves, petals and the greens of a wet garden.',
    wood: 'oak', metal: 'brass', pattern: 'leaf',
  },
  retro: {
    title: 'Retro',
    colours: ['mustard', 'teal', 'coral', 'sky', 'cocoa'],
    series: ['Bistro', 'Riviera', 'Lido', 'Arcade', 'Diner', 'Roller', 'Polka', 'Jukebox', 'Motel',
      'Transistor', 'Fondue', 'Matinee', 'Caravan', 'Cabana', 'Comet', 'Domino'],
    words: 'Cheerful shapes from the years of the portable radio.',
    wood: 'oak', metal: 'brass', pattern: 'stripes',
  },
};

const all = Object.keys(STYLES);
const brand = (name, level, styles, aisles) => ({ name, level, styles, aisles: aisles.split(' ') });

/** Every brand: its price level (1 plain, 2 middle, 3 fine), the styles it makes, its aisles. */
export const BRANDS = [
  brand('Norrvik', 3, ['nordic'], 'Kitchen Table Living'),
  brand('Klinta', 2, ['nordic'], 'Kitchen Table Living Bath'),
  brand('Tovebo', 1, ['nordic'], 'Table Living Bath Garden'),
  brand('Isbrygga', 2, ['nordic', 'modern'], 'Kitchen Living Desk'),
  brand('Loam Pottery', 3, ['rustic'], 'Kitchen Table Garden'),
  brand('Hob & Hearth', 2, ['rustic'], 'Kitchen Table Living'),
  brand('Barrow & Reed', 2, ['rustic'], 'Living Bath Garden Desk'),
  brand('Tithe Barn', 1, ['rustic'], 'Kitchen Table Living Garden'),
  brand('Linea Nove', 3, ['modern'], 'Kitchen Table Living'),
  brand('Form Sieben', 2, ['modern'], 'Kitchen Living Garden Desk'),
  brand('Plain Object', 1, ['modern'], 'Table Living Bath Desk'),
  brand('Nachtblau', 2, ['modern'], 'Table Living Bath'),
  brand('The Fernery', 2, ['botanical'], 'Kitchen Table Garden Desk'),
  brand('Wild Verge', 1, ['botanical'], 'Kitchen Living Garden Bath'),
  brand('Petal & Stem', 3, ['botanical'], 'Table Living Bath'),
  brand('Greenhithe', 2, ['botanical', 'rustic'], 'Garden Living'),
  brand('Sixty-Two', 2, ['retro'], 'Kitchen Table Living'),
  brand('Marmalade Days', 1, ['retro'], 'Kitchen Table Bath Desk'),
  brand('Bakelite Row', 3, ['retro'], 'Kitchen Living'),
  brand('Jolly Roundel', 2, ['retro'], 'Living Bath Garden Desk'),
  brand('Osier & Ash', 1, all, 'Table Bath Living'),
  brand('Thistle Tea', 2, ['botanical', 'rustic', 'nordic'], 'Pantry'),
  brand('Black Heron', 2, ['modern', 'retro', 'nordic'], 'Pantry'),
  brand('Larder & Leaf', 1, all, 'Pantry'),
  brand('Rootwell', 1, all, 'Growing'),
  brand('Spade & Sieve', 2, all, 'Growing Garden'),
];
