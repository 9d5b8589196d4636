/** order-lines.js - the lines of an order in short, and what they come to */
import { make, part } from './dom.js';
import { money } from './money.js';

/** Fills [data-lines] and [data-total] of the page. */
export function showOrderLines(lines, catalogue) {
  const known = lines.filter(({ id }) => catalogue.get(id));
  part('lines').replaceChildren(...known.map(({ id, quantity }) => {
    const product = catalogue.get(id);
    return make('li', {}, make('span', {}, `${quantity} × ${product.title}`),
      make('span', {}, money(product.price * quantity)));
  }));
  part('total').textContent = money(catalogue.totalOf(known));
}
