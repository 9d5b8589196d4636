/** checkout-page.js - an address that goes nowhere, and an order that is only remembered here */
import * as basket from './basket.js';
import { loadCatalogue } from './catalogue.js';
import { part, reveal } from './dom.js';
import { tell } from './events.js';
import { showOrderLines } from './order-lines.js';

const catalogue = await loadCatalogue();
const form = part('checkout');
const empty = basket.count() === 0;
form.hidden = empty;
part('empty').hidden = !empty;
showOrderLines(basket.lines(), catalogue);
reveal();
if (!empty) tell('checkout');

form.addEventListener('submit', (event) => {
  event.preventDefault();
  const order = basket.placeOrder(part('code').value.trim().toUpperCase());
  location.assign(`/thanks.html?order=${order.number}`);
});
