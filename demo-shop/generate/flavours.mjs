/**
 * flavours.mjs - what names a tea, a candle or a packet of seeds: [name, colour]
 *
 * These kinds have no model names of their own; a tea is called after what is in it.
 */

export const FLAVOURS = {
  tea: [
    ['Smoky breakfast', 'rust'], ['Green jasmine', 'fern'], ['Lemon verbena', 'mustard'],
    ['Rooibos orange', 'coral'], ['Peppermint', 'teal'], ['First flush Darjeeling', 'ochre'],
    ['Earl Grey with bergamot', 'slate'], ['Camomile', 'cream'], ['Nettle and mint', 'forest'],
    ['Rose and hibiscus', 'plum'],
  ],
  coffee: [
    ['House espresso', 'cocoa'], ['Morning filter', 'oat'], ['Ethiopia Guji', 'coral'],
    ['Colombia Huila', 'teal'], ['Decaf Brazil', 'sage'], ['Kenya Nyeri', 'plum'],
    ['Sumatra dark', 'charcoal'], ['Winter blend', 'ink'],
  ],
  seeds: [
    ['Sweet pea', 'blush'], ['Nasturtium', 'coral'], ['Basil', 'fern'], ['Cherry tomato', 'rust'],
    ['Cornflower', 'slate'], ['Rocket', 'moss'], ['Sunflower', 'mustard'], ['Foxglove', 'plum'],
    ['Chives', 'forest'],
  ],
  candle: [
    ['Fig leaf', 'sage'], ['Cedar and smoke', 'clay'], ['Wet stone', 'stone'],
    ['Tomato vine', 'fern'], ['Orange blossom', 'coral'], ['Sea fog', 'fog'],
    ['Black tea', 'charcoal'], ['Rose geranium', 'blush'],
  ],
  soap: [
    ['Rosemary', 'sage'], ['Bergamot', 'mustard'], ['Sea salt', 'fog'], ['Lavender', 'plum'],
    ['Black pepper', 'charcoal'], ['Honey and oat', 'oat'], ['Geranium leaf', 'fern'],
  ],
  soil: [
    ['Herb', 'fern'], ['House plant', 'forest'], ['Seedling', 'sage'], ['Citrus', 'mustard'],
    ['Cactus', 'terracotta'],
  ],
};
