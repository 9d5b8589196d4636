/**
 * recommend.js - all that this shop does to use Sotto
 *
 * Copy this file, change the three imports to what your shop has, and put
 * <sotto-slot name="..."> where products shall appear, <sotto-place name="..."> where campaigns may.
 * Both are named in site.json.
 */
import { start } from './sotto/sotto.js';
import * as basket from './shop/basket.js';
import { listen } from './shop/events.js';

const page = document.body.dataset.page;

/** What this page is: its kind, the product or the department on it, and the basket. */
function context() {
  const cart = basket.ids();
  const query = new URLSearchParams(location.search);
  const product = query.get('id');
  return {
    cart,
    items: page === 'product' && product ? [product] : page === 'cart' ? cart : [],
    type: page === 'index' ? 'home' : page,
    category: page === 'category' ? query.get('c') ?? '' : '',
  };
}

/**
 * Sotto, once it has started. A promise, since Safari does not run a second script that imports from
 * one with a top-level await (https://bugs.webkit.org/show_bug.cgi?id=242740).
 */
export const started = start({
  base: '/sotto/',
  shop: 'osier-ash',
  page: context(),
  onError: (error) => console.info(`sotto: ${error.code}: ${error.message}`),
});

// What happens in the shop, in Sotto's words.
started.then((sotto) => {
  listen(async (kind, { item, category, quantity, results, code }) => {
    if (kind === 'category') sotto.track('category_view', { category });
    else if (kind === 'order') (await sotto.campaigns)?.event('order-placed');
    else sotto.track(kind, { item, quantity, results, code });
  });
  basket.onChange(() => sotto.page(context()));
});

// What a shopper hands off in a form would go to this shop's newsletter tool; a demonstration has none.
started.then(async (sotto) => (await sotto.campaigns)?.handOff(() => true));

// "Why this?" on each card: nobody waits for it.
started.then(async (sotto) => (await import('./sotto/why.js')).use(sotto)).catch(() => {});

// The consent banner. A shop with a consent platform names it in its site file instead.
const banner = document.querySelector('[data-consent-banner]');
const measure = banner.querySelector('[data-consent-measure]');  // for experiments
const answers = {
  grant: async () => (await started).consent.grant({
    store: true, personalise: true, measure: measure.checked,
  }),
  refuse: async () => (await started).consent.refuse(),
};
for (const [name, answer] of Object.entries(answers)) {
  banner.querySelector(`[data-consent="${name}"]`).addEventListener('click', () => {
    banner.hidden = true;
    answer();
  });
}

/** Asks whom it may ask: who said no is left in peace. */
async function askOrNot(sotto) {
  const { answer, gpc } = await sotto.consent.details() ?? {};
  banner.hidden = answer !== 'unasked' || gpc;
}

started.then((sotto) => {
  sotto.on('consent', () => askOrNot(sotto));
  return askOrNot(sotto);
});
