/**
 * frame.js - what is the same on every page: the basket's badge, the search field, the current
 * department, short messages
 */
import * as basket from './basket.js';
import { part } from './dom.js';

const badge = part('cart-count');

function showCount() {
  const count = basket.count();
  badge.textContent = String(count);
  badge.hidden = count === 0;
  badge.setAttribute('aria-label', `${count} in the basket`);
}

const query = new URLSearchParams(location.search);
if (document.body.dataset.page === 'search') {
  document.querySelector('#search-field').value = query.get('q') ?? '';
}
for (const link of document.querySelectorAll('.site-nav a')) {
  const department = new URL(link.href).searchParams.get('c');
  const isHere = department === (query.get('c') ?? '').split(' > ')[0];
  if (isHere) link.setAttribute('aria-current', 'page');
}
basket.onChange(showCount);
showCount();

let hiding = 0;

/** Says something short, also to those who listen to the page. */
export function say(text) {
  const toast = part('toast');
  toast.textContent = text;
  toast.classList.add('is-shown');
  clearTimeout(hiding);
  hiding = setTimeout(() => toast.classList.remove('is-shown'), 3500);
}
