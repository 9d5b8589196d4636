/**
 * recommend.js - all that this shop does to use Sotto
 *
 * Copy this file, change the three imports to what your shop has, and put
 * <sotto-slot name="..."> where products shall appear. The slots are named in site.json.
 */
import { start } from './sotto/sotto.js';
import * as basket from './shop/basket.js';
import { listen } from './shop/events.js';

const REFUSED = 'osier-ash consent';
const page = document.body.dataset.page;

/** What this page is about: the product on it, or the basket. */
function context() {
  const cart = basket.ids();
  const product = new URLSearchParams(location.search).get('id');
  return { cart, items: page === 'product' && product ? [product] : page === 'cart' ? cart : [] };
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
  listen((kind, { item, category, quantity }) => {
    if (kind === 'category') sotto.track('category_view', { category });
    else sotto.track(kind, { item, quantity });
  });
  basket.onChange(() => sotto.page(context()));
});

// The consent banner. A shop with a consent platform listens to that instead.
const banner = document.querySelector('[data-consent-banner]');

function refused(answer) {
  try {
    if (answer !== undefined) localStorage.setItem(REFUSED, answer ? 'no' : '');
    return localStorage.getItem(REFUSED) === 'no';
  } catch {
    return answer ?? false;
  }
}

export async function allow() {
  refused(false);
  banner.hidden = true;
  await (await started).consent.grant('remembered');
}

export async function refuse() {
  refused(true);
  banner.hidden = true;
  await (await started).consent.withdraw();
}

banner.querySelector('[data-consent="grant"]').addEventListener('click', allow);
banner.querySelector('[data-consent="refuse"]').addEventListener('click', refuse);
started.then((sotto) => {
  banner.hidden = sotto.consent.state !== 'none' || refused();
});
