/** cart-page.js - the basket: quantities, removal, the sum */
import * as basket from './basket.js';
import { loadCatalogue } from './catalogue.js';
import { make, part, reveal } from './dom.js';
import { say } from './frame.js';
import { money } from './money.js';

const FREE_FROM = 6000;
const POSTAGE = 490;
const catalogue = await loadCatalogue();

function lineOf({ id, quantity }) {
  const product = catalogue.get(id);
  const amount = make('input', { type: 'number', min: '1', max: '20', value: String(quantity),
    inputmode: 'numeric', 'aria-label': `Quantity of ${product.title}`,
    onchange: (event) => {
      const wanted = Math.min(20, Math.max(1, Math.round(Number(event.target.value)) || 1));
      basket.setQuantity(id, wanted);
    } });
  return make('li', { class: 'line', 'data-item': id },
    make('a', { class: 'line-picture', href: product.url, tabindex: '-1', 'aria-hidden': 'true' },
      make('img', { src: product.image, alt: '', width: '400', height: '500' })),
    make('div', { class: 'line-text' },
      make('a', { class: 'line-title', href: product.url }, product.title),
      make('p', {}, `${product.brand} · ${money(product.price)}`),
      make('div', { class: 'line-tools' }, amount,
        make('button', { type: 'button', class: 'link', 'aria-label': `Remove ${product.title}`,
          onclick: () => {
            basket.setQuantity(id, 0);
            say(`${product.title} is no longer in your basket.`);
            part('lines').closest('main').focus();
          } }, 'Remove'))),
    make('p', { class: 'line-sum' }, money(product.price * quantity)));
}

function draw() {
  const lines = basket.lines().filter(({ id }) => catalogue.get(id));
  const goods = catalogue.totalOf(lines);
  const postage = goods >= FREE_FROM ? 0 : POSTAGE;
  part('lines').replaceChildren(...lines.map(lineOf));
  part('empty').hidden = lines.length > 0;
  part('sum').hidden = lines.length === 0;
  part('goods').textContent = money(goods);
  part('postage').textContent = postage ? money(postage) : 'free';
  part('total').textContent = money(goods + postage);
  part('postage-hint').textContent = postage
    ? `${money(FREE_FROM - goods)} more and we pay the postage.` : '';
}

basket.onChange(() => {
  // Redrawing would take the focus from the quantity that was just changed.
  const focused = document.activeElement?.closest('.line')?.dataset.item;
  draw();
  if (focused) document.querySelector(`.line[data-item="${CSS.escape(focused)}"] input`)?.focus();
});
draw();
reveal();
