/** category-page.js - a department ("Kitchen") or a part of one ("Kitchen > Mugs") */
import { categoryUrl, showCrumbs } from './cards.js';
import { loadCatalogue } from './catalogue.js';
import { make, part, reveal } from './dom.js';
import { tell } from './events.js';
import { showListing } from './listing.js';

const catalogue = await loadCatalogue();
const wanted = new URLSearchParams(location.search).get('c') ?? '';
const path = catalogue.inCategory(wanted).length > 0 ? wanted : 'Kitchen';
const [department, section] = path.split(' > ');

document.title = `${section ?? department}: Osier & Ash`;
part('title').textContent = section ?? department;
showCrumbs(part('crumbs'), [['Home', '/index.html'],
  ...(section ? [[department, categoryUrl(department)], [section]] : [[department]])]);

part('parts').replaceChildren(...[department, ...catalogue.partsOf(department)].map((name) =>
  make('li', {}, make('a', { class: 'chip', href: categoryUrl(name),
    'aria-current': name === path ? 'page' : undefined },
  name.split(' > ')[1] ?? `All of ${name}`))));

// The shop's own order: one of each colour first, so that a shelf does not begin with five twins.
const seen = new Map();
const products = catalogue.inCategory(path)
  .map((product) => {
    const turn = seen.get(product.group) ?? 0;
    seen.set(product.group, turn + 1);
    return { product, turn };
  })
  .sort((a, b) => a.turn - b.turn)
  .map(({ product }) => product);
showListing(products);
reveal();
tell('category', { category: path });
