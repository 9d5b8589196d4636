/** product-page.js - one product: picture, facts, colours, and the way into the basket */
import * as basket from './basket.js';
import { categoryUrl, showCrumbs } from './cards.js';
import { loadCatalogue } from './catalogue.js';
import { make, part, reveal } from './dom.js';
import { tell } from './events.js';
import { say } from './frame.js';
import { money } from './money.js';

function stockText(stock) {
  if (stock === 0) return 'Sold out. The next kiln is in about three weeks.';
  return stock <= 3 ? `Only ${stock} left` : 'In stock, at your door in two to four days';
}

function showVariants(product, variants) {
  part('variants').hidden = false;
  part('colour').textContent = product.colour;
  part('variant-links').replaceChildren(...variants.map((variant) => {
    const link = make('a', { class: 'variant', href: variant.url, 'aria-label': variant.colour,
      title: variant.colour, 'aria-current': variant.id === product.id ? 'true' : undefined });
    link.style.setProperty('--swatch', variant.hex);
    return link;
  }));
}

function showFacts(product) {
  const facts = [['Colour', product.colour], ['Material', product.material], ['Size', product.size],
    ['Style', product.style], ['Maker', product.brand], ['Article', product.id]];
  part('facts').replaceChildren(...facts.map(([name, value]) =>
    make('div', {}, make('dt', {}, name), make('dd', {}, value))));
}

function show(product, catalogue) {
  const [department, section] = product.category.split(' > ');
  document.title = `${product.title}: Osier & Ash`;
  showCrumbs(part('crumbs'), [['Home', '/index.html'], [department, categoryUrl(department)],
    [section, categoryUrl(product.category)], [product.title]]);
  const picture = part('picture');
  picture.src = product.image;
  picture.alt = product.title;
  const maker = part('brand');
  maker.textContent = product.brand;
  maker.href = `/search.html?q=${encodeURIComponent(product.brand)}`;
  part('title', part('product')).textContent = product.title;
  part('price').textContent = money(product.price);
  const sale = product.price < product.listPrice;
  part('price').classList.toggle('is-sale', sale);
  part('list-price').hidden = !sale;
  part('list-price').textContent = money(product.listPrice);
  part('text').textContent = product.description;
  part('stock').textContent = stockText(product.stock);
  part('stock').classList.toggle('is-out', product.stock === 0);
  part('add').disabled = product.stock === 0;
  const variants = catalogue.variantsOf(product);
  if (variants.length > 1) showVariants(product, variants);
  showFacts(product);
}

const catalogue = await loadCatalogue();
const product = catalogue.get(new URLSearchParams(location.search).get('id'));
if (product) {
  show(product, catalogue);
  reveal();
  part('buy').addEventListener('submit', (event) => {
    event.preventDefault();
    const quantity = Number(new FormData(event.target).get('quantity'));
    basket.add(product.id, quantity);
    say(`${product.title} is in your basket.`);
  });
  tell('view', { item: product.id });
} else {
  part('product').hidden = true;
  part('missing').hidden = false;
  reveal();
}
