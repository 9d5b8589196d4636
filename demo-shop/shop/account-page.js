/** account-page.js - orders on this device, and the privacy centre */
import * as basket from './basket.js';
import { loadCatalogue } from './catalogue.js';
import { make, part, reveal } from './dom.js';
import { say } from './frame.js';
import { money } from './money.js';
import { started } from '../recommend.js';

const catalogue = await loadCatalogue();
const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long' });

function draw() {
  const orders = basket.orders().reverse();
  part('no-orders').hidden = orders.length > 0;
  part('orders').replaceChildren(...orders.map((order) => {
    const lines = order.lines.filter(({ id }) => catalogue.get(id));
    const sum = money(catalogue.totalOf(lines));
    return make('li', { class: 'order' },
      make('p', { class: 'order-head' }, make('strong', {}, order.number),
        ` · ${day.format(new Date(order.at))} · ${sum}`),
      make('ul', { class: 'order-pictures' }, ...lines.map(({ id }) => {
        const product = catalogue.get(id);
        return make('li', {}, make('a', { href: product.url },
          make('img', { src: product.image, alt: product.title, width: '400', height: '500',
            loading: 'lazy' })));
      })));
  }));
}

part('forget-orders').addEventListener('click', () => {
  basket.forgetAll();
  draw();
  say('Basket and orders are forgotten.');
});
draw();
reveal();

const { use } = await import('/sotto/privacy.js');
use(started);
