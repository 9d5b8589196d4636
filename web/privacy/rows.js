/**
 * rows.js - a list that keeps the shopper's place while it changes
 *
 * Rows that stay the same stay the same elements. When the row that has the focus goes, the focus
 * goes to the one after it, to the one before it if it was the last, and to the title if it was the
 * only one.
 */
import { make, title } from './dom.js';

/** So many are shown until the shopper asks for all. */
const FIRST = 8;

/**
 * @typedef {object} Row
 * @property {string} key no two of a list have the same
 * @property {string} mark everything that can be seen of it
 */

/**
 * @template {Row} T
 * @param {object} options
 * @param {string} options.name for shops' styles and for tests
 * @param {string} options.title
 * @param {number} options.level of it
 * @param {(row: T) => Node[]} options.draw
 * @param {(count: number) => string} options.more
 */
export function openRows({ name, title: text, level, draw, more }) {
  const id = `sotto-${name}`;
  const heading = title(level, id, text);
  const list = make('ul', { role: 'list', class: 'rows', 'aria-labelledby': id });
  const all = make('button', { type: 'button', class: 'quiet', onclick: showAll });
  const element = make('div', { class: 'group', 'data-list': name, hidden: true },
    heading, list, all);
  /** @type {Map<string, { mark: string, item: HTMLElement }>} */
  let drawn = new Map();
  /** @type {T[]} */
  let rows = [];
  let limit = FIRST;

  function showAll() {
    const next = limit;
    limit = Infinity;
    show(rows);
    focusOn(next);
  }

  const focusOn = (/** @type {number} */ place) => {
    const item = list.children[Math.min(place, list.children.length - 1)];
    /** @type {HTMLElement} */ (item?.querySelector('button, a') ?? heading).focus();
  };

  /** @param {T[]} news */
  function show(news) {
    rows = news;
    // One more that is hidden alone would be silly.
    const shown = rows.slice(0, rows.length > limit + 1 ? limit : rows.length);
    const root = /** @type {ShadowRoot} */ (element.getRootNode());
    const place = [...list.children].findIndex((item) => item.contains(root.activeElement));
    const before = root.activeElement;
    const next = new Map(shown.map((row) => {
      const old = drawn.get(row.key);
      return [row.key, old?.mark === row.mark ? old
        : { mark: row.mark, item: make('li', { 'data-key': row.key }, ...draw(row)) }];
    }));
    for (const [key, { item }] of drawn) if (next.get(key)?.item !== item) item.remove();
    [...next.values()].forEach(({ item }, i) => {
      if (list.children[i] !== item) list.insertBefore(item, list.children[i] ?? null);
    });
    drawn = next;
    all.textContent = more(rows.length);
    all.hidden = shown.length === rows.length;
    if (place >= 0 && !(before?.isConnected && root.activeElement === before)) {
      element.hidden = false;
      focusOn(place);
    }
    element.hidden = rows.length === 0 && root.activeElement !== heading;
  }

  heading.addEventListener('blur', () => {
    element.hidden = rows.length === 0;
  });
  return { element, show };
}
