/**
 * table.js - a table whose rows stay while they are the same
 */
import { make } from '../privacy/dom.js';

/**
 * @typedef {object} Row
 * @property {string} key no two of a table have the same
 * @property {string} [mark] a word for styles: `yes`, `no`, `wait`
 * @property {(string | Node)[]} cells the first is the row's title
 */

/**
 * @param {string} caption
 * @param {string[]} columns
 * @param {string} empty what is said instead of a table without rows
 */
export function openTable(caption, columns, empty) {
  const body = make('tbody');
  const nothing = make('p', { class: 'note' }, empty);
  const table = make('table', {},
    make('caption', {}, caption),
    make('thead', {}, make('tr', {}, ...columns.map((text) => make('th', { scope: 'col' }, text)))),
    body);
  /** @type {Map<string, { mark: string, row: HTMLTableRowElement }>} */
  let drawn = new Map();

  function draw(/** @type {Row} */ { mark = '', cells }) {
    const [first, ...others] = cells;
    return make('tr', { 'data-mark': mark }, make('th', { scope: 'row' }, first),
      ...others.map((cell) => make('td', {}, cell)));
  }

  return {
    element: make('div', { class: 'table' }, table, nothing),

    /** @param {Row[]} rows */
    show(rows) {
      const next = new Map();
      for (const row of rows) {
        // A cell that is an element is the row's own as long as the row is.
        const mark = JSON.stringify([row.mark, row.cells.map((cell) =>
          (typeof cell === 'string' ? cell : cell.textContent))]);
        const old = drawn.get(row.key);
        next.set(row.key, old?.mark === mark ? old : { mark, row: draw(row) });
      }
      drawn = next;
      const wanted = [...next.values()].map(({ row }) => row);
      if (wanted.length !== body.children.length
        || wanted.some((row, i) => row !== body.children[i])) {
        body.replaceChildren(...wanted);
      }
      table.hidden = rows.length === 0;
      nothing.hidden = rows.length > 0;
    },
  };
}

/** 'in 3 min', '2 h ago': about how far a moment is away. */
export function about(/** @type {number} */ time_s, now_s = Date.now() / 1000) {
  const far = Math.abs(time_s - now_s);
  const [size, unit] = far < 100 ? [1, 's'] : far < 5400 ? [60, 'min']
    : far < 129600 ? [3600, 'h'] : [86400, 'd'];
  const text = `${Math.round(far / size)} ${unit}`;
  return time_s >= now_s ? `in ${text}` : `${text} ago`;
}
