/**
 * segments-tab.js - which segments the shopper is in, and when that changed on this page
 */
import { make } from '../privacy/dom.js';
import { openTable } from './table.js';

const CHANGES = 20;

/** @type {import('./panel.js').OpenTab} */
export function segmentsTab(sotto, campaigns) {
  const table = openTable('Segments', ['segment', 'in'], 'There are no segments.');
  const changes = make('ul', { class: 'log', 'aria-label': 'Changes on this page' });
  let before = new Set(campaigns.segments());

  const off = campaigns.on('segments', (names) => {
    const now = new Set(names);
    const time = new Date().toLocaleTimeString();
    const news = [
      ...names.filter((name) => !before.has(name)).map((name) => `${time}  came into ${name}`),
      ...[...before].filter((name) => !now.has(name)).map((name) => `${time}  left ${name}`),
    ];
    before = now;
    changes.prepend(...news.map((text) => make('li', {}, text)));
    while (changes.children.length > CHANGES) changes.lastChild?.remove();
  });

  return {
    name: 'Segments',
    element: make('div', {}, table.element, changes),
    show: () => table.show(campaigns.inspect().segments.map(({ name, in: isIn }) => ({
      key: name, mark: isIn ? 'yes' : 'no', cells: [name, isIn ? 'yes' : 'no'],
    }))),
    close: off,
  };
}
