/**
 * panel.js - what this browser knows, and why each product is shown
 *
 * Everything in it comes through the public interface: `profile.export()` for what is known, the
 * slots' decisions for the reasons, `consent` for the switch. It is a dialog that does not block
 * the page, so one can watch it change while shopping.
 */
import { eventRows, interestRows, reasonShelves } from './panel-lists.js';
import { allow, refuse, started } from './recommend.js';
import { make, part } from './shop/dom.js';
import { say } from './shop/frame.js';

const sotto = await started;

const KEPT = {
  none: 'Nothing is kept. What you do on this page is forgotten when you leave it.',
  session: 'Kept in memory until you leave.',
  remembered: 'Kept in this browser, on this device, for 90 days at most. Nothing is sent.',
};

const list = (name) => make('div', { 'data-test': name, tabindex: '-1' });
const section = (title, ...children) => make('section', {}, make('h3', {}, title), ...children);
const button = (name, text, onclick, className = 'button is-quiet') =>
  make('button', { type: 'button', class: className, 'data-test': name, onclick }, text);

const keptNote = make('p', { class: 'note', 'data-test': 'kept' });
const interests = list('interests');
const events = list('events');
const reasons = list('reasons');

const consentSwitch = button('consent-switch', 'Remember what I like',
  () => (sotto.consent.state === 'none' ? allow() : refuse()), 'switch');
consentSwitch.setAttribute('role', 'switch');
consentSwitch.append(make('span', { class: 'switch-track', 'aria-hidden': 'true' }));

const closer = button('panel-close', '×', close, 'known-close');
closer.setAttribute('aria-label', 'Close');

const panel = make('dialog', { class: 'known', id: 'known', 'aria-labelledby': 'known-title',
  'data-test': 'panel' },
make('div', { class: 'known-head' },
  make('h2', { id: 'known-title' }, 'What this browser knows'), closer),
make('div', { class: 'known-body' },
  make('section', {}, consentSwitch, keptNote),
  section('What you seem to like', interests),
  section('What you did', events),
  section('Why these products', reasons,
    make('p', { class: 'note' }, 'To show them, your browser asks the shop for their pictures.')),
  section('It is yours', make('div', { class: 'known-buttons' },
    button('export', 'Take it with you', download),
    button('erase', 'Erase it all', erase)))));

const opener = button('panel-open', 'What is known', () => (panel.open ? close() : open()),
  'known-open');
opener.setAttribute('aria-controls', 'known');

function setOpen(isOpen) {
  document.documentElement.classList.toggle('known-is-open', isOpen);
  opener.setAttribute('aria-expanded', String(isOpen));
}

async function open() {
  await draw();
  panel.show();
  setOpen(true);
}

function close() {
  panel.close();
  setOpen(false);
  opener.focus();
}

async function download() {
  const text = JSON.stringify(await sotto.profile.export(), null, 2);
  const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  make('a', { href: address, download: 'what-osier-and-ash-knows.json' }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

async function erase() {
  await sotto.profile.erase();
  say('Everything is erased.');
}

async function forget(item) {
  sotto.profile.forgetItem(item);
  await draw();
  events.focus();
}

async function draw() {
  const known = await sotto.profile.export();
  const { state } = sotto.consent;
  consentSwitch.setAttribute('aria-checked', String(state !== 'none'));
  keptNote.textContent = KEPT[state];
  interests.replaceChildren(...interestRows(known.interests));
  events.replaceChildren(...eventRows(known.events, forget));
  const folded = new Set([...reasons.querySelectorAll('details:not([open])')]
    .map((shelf) => shelf.dataset.slot));
  reasons.replaceChildren(...reasonShelves(document.querySelectorAll('sotto-slot'), sotto.ready));
  for (const shelf of reasons.querySelectorAll('details')) {
    if (folded.has(shelf.dataset.slot)) shelf.open = false;
  }
}

// One drawing a frame, and only while somebody looks.
let waiting = false;
function changed() {
  opener.dataset.consent = sotto.consent.state;
  if (waiting || !panel.open) return;
  waiting = true;
  requestAnimationFrame(() => { waiting = false; draw(); });
}

for (const what of ['profile', 'consent', 'decision']) sotto.on(what, changed);
panel.addEventListener('keydown', (event) => { if (event.key === 'Escape') close(); });
part('open-panel')?.addEventListener('click', open);
part('toast').before(make('aside', { 'aria-label': 'What this browser knows' }, opener, panel));
setOpen(false);
changed();
