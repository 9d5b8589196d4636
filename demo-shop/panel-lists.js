/** panel-lists.js - what the panel lists: interests, events, and the reasons for each product */
import { make } from './shop/dom.js';

const WORDS = {
  view: 'looked at', click: 'clicked', search: 'searched', cart_add: 'into basket',
  cart_remove: 'out of basket', checkout: 'checkout', purchase: 'bought', wishlist: 'wished for',
  category_view: 'browsed', dismiss: 'not for me',
};
const EVENTS_SHOWN = 12;
const INTERESTS_SHOWN = 8;

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });

const orNote = (rows, text) => (rows.length > 0 ? rows : [make('p', { class: 'note' }, text)]);

/** @param {{ kind: string, name: string, strength: number }[]} interests */
export function interestRows(interests) {
  const strongest = Math.max(...interests.map(({ strength }) => strength), Number.MIN_VALUE);
  const rows = [...interests].sort((a, b) => b.strength - a.strength).slice(0, INTERESTS_SHOWN)
    .map(({ kind, name, strength }) =>
      make('div', { class: 'known-interest', 'data-interest': name },
        make('span', {}, name),
        make('meter', { min: '0', max: '1', value: String(strength / strongest),
          'aria-label': `${kind} ${name}` })));
  return orNote(rows, 'Nothing yet. Look at a few things.');
}

/**
 * The latest first, as they are exported; what is about a product can be forgotten.
 *
 * @param {{ kind: string, item: string, title: string, at: string }[]} events
 * @param {(item: string) => void} forget
 */
export function eventRows(events, forget) {
  const rows = events.slice(0, EVENTS_SHOWN)
    .map(({ kind, item, title, at }) => {
      const name = title || item;
      const text = make('span', {}, name ? `${name} ` : '',
        make('time', { datetime: at, class: 'note' }, clock.format(new Date(at))));
      const row = make('div', { class: 'known-event', 'data-event': kind, 'data-item': item },
        make('span', {}, WORDS[kind] ?? kind), text);
      if (item && kind !== 'category_view') {
        row.append(make('button', { type: 'button', class: 'known-forget', 'data-test': 'forget',
          'aria-label': `Forget ${name}`, onclick: () => forget(item) }, '×'));
      }
      return row;
    });
  return orNote(rows, 'Nothing yet.');
}

const whyRow = ({ id, image, url, title, reasons }) =>
  make('div', { class: 'known-why', 'data-item': id },
    make('img', { src: image, alt: '', width: '400', height: '500' }),
    make('a', { href: url }, title),
    make('p', { class: 'note' }, reasons.map(({ text }) => text).join(' · ')));

/** @param {Iterable<HTMLElement>} slots the page's <sotto-slot> elements @param {boolean} ready */
export function reasonShelves(slots, ready) {
  if (!ready) return orNote([], 'Not to be had just now: what you see is the shop’s own choice.');
  const shelves = [...slots].map((slot) => {
    const name = slot.getAttribute('name');
    const chosen = slot.state === 'sotto' ? slot.decision.items : [];
    const heading = slot.querySelector('[data-sotto-heading]')?.textContent ?? name;
    return make('details', { class: 'known-slot', open: true, 'data-slot': name },
      make('summary', {}, heading),
      ...orNote(chosen.map(whyRow), 'The shop’s own choice, the same for everybody.'));
  });
  return orNote(shelves, 'There is nothing to choose on this page.');
}
