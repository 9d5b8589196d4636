/** thanks-page.js - the order, and the one place where purchases are told */
import * as basket from './basket.js';
import { loadCatalogue } from './catalogue.js';
import { part, reveal } from './dom.js';
import { tell } from './events.js';
import { showOrderLines } from './order-lines.js';

const number = new URLSearchParams(location.search).get('order');
const order = basket.orders().find((other) => other.number === number);
if (order) {
  part('order').textContent = `Order ${order.number} would now be wrapped in brown paper.`;
  part('sum').hidden = false;
  // A reload of this page is not a second purchase.
  if (basket.markTold(order.number)) {
    for (const { id, quantity } of order.lines) tell('purchase', { item: id, quantity, code: order.code });
    tell('order', { number: order.number });
  }
  showOrderLines(order.lines, await loadCatalogue());
}
reveal();
