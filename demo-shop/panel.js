/**
 * panel.js - "What this browser knows": the privacy centre, one button away on every page
 *
 * The centre itself comes with Sotto and is loaded when somebody opens it. It stands beside the page
 * and does not block it, so one can watch it change while shopping. The account page has one of its
 * own and needs no second.
 */
import { started } from './recommend.js';
import { make, part } from './shop/dom.js';

const sotto = await started;

const closer = make('button', { type: 'button', class: 'known-close', 'data-test': 'panel-close',
  'aria-label': 'Close', onclick: close }, '×');
const body = make('div', { class: 'known-body' });
const panel = make('dialog', { class: 'known', id: 'known', 'aria-labelledby': 'known-title',
  'data-test': 'panel' },
make('div', { class: 'known-head' },
  make('h2', { id: 'known-title' }, 'What this browser knows'), closer), body);
const opener = make('button', { type: 'button', class: 'known-open', 'data-test': 'panel-open',
  'aria-controls': 'known', onclick: () => (panel.open ? close() : open()) }, 'What is known');

function setOpen(isOpen) {
  document.documentElement.classList.toggle('known-is-open', isOpen);
  opener.setAttribute('aria-expanded', String(isOpen));
}

async function open() {
  const { use } = await import('./sotto/privacy.js');
  use(sotto);
  if (!body.firstChild) body.append(make('sotto-privacy', { level: '3', 'data-test': 'privacy' }));
  panel.show();
  setOpen(true);
}

function close() {
  panel.close();
  setOpen(false);
  opener.focus();
}

const showState = () => { opener.dataset.consent = sotto.consent.state; };
sotto.on('consent', showState);
showState();

panel.addEventListener('keydown', (event) => { if (event.key === 'Escape') close(); });

// While the consent banner is there, panel.css lays the button above it if there is no room beside.
const banner = part('consent-banner');
new ResizeObserver(() => {
  opener.style.setProperty('--banner-height', `${banner.offsetHeight}px`);
}).observe(banner);

setOpen(false);
if (!document.querySelector('main sotto-privacy')) {
  part('toast').before(make('aside', { 'aria-label': 'What this browser knows' }, opener, panel));
}
