/**
 * listing.js - a grid of products with filters, an order and "show more", for category and search
 */
import { productCard } from './cards.js';
import { make, part } from './dom.js';

const PAGE = 24;
const FACETS = ['style', 'colour', 'material', 'brand'];

const ORDERS = {
  shop: () => 0,
  new: (a, b) => (a.added < b.added ? 1 : a.added > b.added ? -1 : 0),
  cheap: (a, b) => a.price - b.price,
  dear: (a, b) => b.price - a.price,
  name: (a, b) => a.title.localeCompare(b.title, 'en'),
};

function facetBoxes(facet, products) {
  const counts = new Map();
  for (const p of products) counts.set(p[facet], (counts.get(p[facet]) ?? 0) + 1);
  const common = (a, b) => b[1] - a[1] || a[0].localeCompare(b[0], 'en');
  return [...counts].sort(common).slice(0, 9).map(([value, count]) =>
    make('label', { class: 'check' },
      make('input', { type: 'checkbox', name: facet, value }), ` ${value} `,
      make('span', { class: 'check-count' }, String(count))));
}

/** @param {object[]} products in the shop's own order */
export function showListing(products) {
  const form = part('filters');
  const grid = part('grid');
  const more = part('more');
  const sort = part('sort');
  let shown = PAGE;

  for (const facet of FACETS) {
    const group = form.querySelector(`[data-filter="${facet}"]`);
    const boxes = facetBoxes(facet, products);
    group.append(...boxes);
    group.hidden = boxes.length < 2;
  }
  // On a phone the filters start folded away.
  if (matchMedia('(max-width: 799px)').matches) part('filter-panel').open = false;

  function draw() {
    const chosen = FACETS.map((facet) => [facet,
      [...form.querySelectorAll(`input[name="${facet}"]:checked`)].map((box) => box.value)]);
    const inStock = part('stock', form).checked;
    const visible = products
      .filter((p) => chosen.every(
        ([facet, values]) => values.length === 0 || values.includes(p[facet])))
      .filter((p) => !inStock || p.stock > 0)
      .sort(ORDERS[sort.value]);
    part('count').textContent = visible.length === 1 ? '1 product' : `${visible.length} products`;
    grid.replaceChildren(...visible.slice(0, shown).map(productCard));
    more.hidden = visible.length <= shown;
  }

  const again = () => { shown = PAGE; draw(); };
  form.addEventListener('change', again);
  form.addEventListener('submit', (event) => event.preventDefault());
  sort.addEventListener('change', again);
  more.firstElementChild.addEventListener('click', () => { shown += PAGE; draw(); });
  draw();
}
