/**
 * events-tab.js - events as they arrive
 *
 * What the page tells of is heard by standing in front of `track`; what came before is in the profile.
 */
import { make } from '../privacy/dom.js';
import { openTable } from './table.js';

const SHOWN = 60;

/** @param {import('../index.js').Sotto} sotto @returns {import('./panel.js').Tab} */
export function eventsTab(sotto) {
  const table = openTable('Events, the latest first', ['when', 'event', 'about'],
    'Nothing has happened yet.');
  /** @type {import('./table.js').Row[]} */
  const rows = [];
  const { track } = sotto;
  const heard = (/** @type {Parameters<typeof track>} */ ...told) => {
    const [kind, { item, category, quantity, results } = {}] = told;
    rows.unshift({
      key: String(rows.length),
      cells: [new Date().toLocaleTimeString(), kind,
        [item ?? category ?? '', quantity ? `${quantity} pieces` : '',
          results === undefined ? '' : `${results} results`].filter(Boolean).join(', ')],
    });
    track(...told);
    show();
  };
  sotto.track = heard;

  async function show() {
    const kept = await sotto.profile.export();
    const earlier = (kept?.events ?? []).slice(0, SHOWN).map(({ at, kind, item, title }, i) => ({
      key: `kept ${at} ${i}`, mark: 'kept',
      cells: [new Date(at).toLocaleString(), kind, title || item],
    }));
    table.show([...rows, ...earlier].slice(0, SHOWN));
  }

  return {
    name: 'Events',
    element: make('div', {}, table.element,
      make('p', { class: 'note' }, 'Quiet rows are what the profile keeps.')),
    show,
    close() {
      // Somebody else may stand in front of it by now.
      if (sotto.track === heard) sotto.track = track;
    },
  };
}
