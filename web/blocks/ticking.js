/**
 * ticking.js - how long it is until a published end
 *
 * The end is that of the campaign or its offer, the same for everybody; there is no other
 * countdown. Units come from the browser, in the page's language. Without motion, or with more than
 * a day to go, there are no seconds, and it moves once a minute.
 */
import { make, setText } from '../privacy/dom.js';

const UNITS = /** @type {const} */ ([['day', 86400], ['hour', 3600], ['minute', 60], ['second', 1]]);

/**
 * The units that are shown of a time, with their numbers: the largest first.
 *
 * @param {number} left_s
 * @param {boolean} calm without seconds
 */
export function unitsOf(left_s, calm) {
  const without = calm || left_s >= 86400;
  let rest = without ? Math.ceil(left_s / 60) * 60 : left_s;
  /** @type {['day' | 'hour' | 'minute' | 'second', number][]} */
  const shown = [];
  for (const [unit, size_s] of UNITS) {
    const count = Math.floor(rest / size_s);
    rest -= count * size_s;
    if ((count > 0 || shown.length > 0 || unit === 'minute') && !(without && unit === 'second')) {
      shown.push([unit, count]);
    }
  }
  return shown;
}

/**
 * The elements of a countdown, null if it is over.
 *
 * @param {number | null} ends_s
 * @param {import('./draw.js').Tools} tools
 * @param {() => void} over called once at the end
 */
export function ticker(ends_s, { host, language, stop }, over) {
  if (ends_s === null || !(ends_s > host.now())) return null;
  const box = make('p', { role: 'timer', part: 'countdown', class: 'countdown' });
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  /** @type {ReturnType<typeof setTimeout>} */
  let timer;
  let before = '';

  function tick() {
    const left_s = Math.ceil(/** @type {number} */ (ends_s) - host.now());
    if (left_s <= 0) return over();
    const units = unitsOf(left_s, calm);
    const shape = units.map(([unit]) => unit).join();
    if (shape !== before) box.replaceChildren(...units.flatMap(() => [unitBox(), ' ']));
    before = shape;
    units.forEach(([unit, count], i) => write(box.children[i], count, unit));
    timer = setTimeout(tick, 1000);
  }

  /** @param {Element} element @param {number} count @param {string} unit */
  function write(element, count, unit) {
    const parts = new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' })
      .formatToParts(count);
    const textOf = (/** @type {boolean} */ number) => parts
      .filter(({ type }) => /integer|group/.test(type) === number).map(({ value }) => value).join('');
    setText(element.children[0], textOf(true));
    setText(element.children[1], textOf(false).trim());
  }

  tick();
  stop(() => clearTimeout(timer));
  return box;
}

const unitBox = () => make('span', { part: 'unit', class: 'unit' },
  make('b', { part: 'number' }), ' ', make('span', {}));

export const COUNTDOWN = `
.countdown { display: flex; flex-wrap: wrap; gap: 0.5rem; font-variant-numeric: tabular-nums; }
.unit {
  display: grid; justify-items: center; min-width: 4.6rem; padding: 0.5rem 0.6rem; border-radius: var(--radius);
  border: 1px solid var(--line); background: color-mix(in srgb, currentColor 5%, transparent);
}
.unit b { font-family: var(--sotto-heading, inherit); font-weight: var(--sotto-heading-weight, 600); font-size: 1.6em; line-height: 1.15; }
.unit span { font-size: 0.82em; }
`;
