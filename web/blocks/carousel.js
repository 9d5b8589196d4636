/**
 * carousel.js - a shelf of products that goes on to the side, and what was looked at last
 *
 * A list that scrolls: by finger, wheel and keyboard alike, with buttons where there is more to
 * see. Nothing moves by itself.
 */
import { make } from '../privacy/dom.js';
import { closing, heading, list, text } from './pieces.js';

/** Of what is seen, how much a press of a button goes on. */
const STEP = 0.85;

/** @typedef {import('./kinds.js').Kind} Kind */

const SHELF = `
.head { display: flex; flex-wrap: wrap; align-items: end; gap: 0.5rem 1rem; min-height: 2.75rem; }
.head > :first-child { flex: 1 1 min(100%, 8rem); min-width: 0; }
.arrow {
  width: 2.75rem; height: 2.75rem; padding: 0; border-radius: 50%; background: transparent; cursor: pointer; flex: none;
  border: 1px solid color-mix(in srgb, currentColor 62%, transparent); display: grid; place-items: center;
}
.arrow::before {
  content: ""; width: 0.55rem; height: 0.55rem; border: solid currentColor; border-width: 2px 2px 0 0; rotate: 45deg; translate: -0.1rem;
}
.arrow.back::before { rotate: 225deg; translate: 0.1rem; }
.arrow:hover { background: var(--tint); }
.arrow:dir(rtl) { scale: -1 1; }
.arrow[aria-disabled="true"] { opacity: 0.45; cursor: default; }
.arrow + .arrow { margin-inline-start: -0.4rem; }
.shelf {
  display: flex; gap: 1rem; overflow-x: auto; overscroll-behavior-x: contain; scroll-snap-type: x proximity;
  padding: 4px; margin: -4px; scrollbar-width: thin;
}
.shelf .item { flex: 0 0 var(--sotto-card, clamp(min(9.5rem, max(42cqi, 8rem)), 24cqi, 14rem)); scroll-snap-align: start; scroll-margin: 4px; }
@media (prefers-reduced-motion: no-preference) { .shelf { scroll-behavior: smooth; } }
`;

/** @type {Kind} */
export const carousel = {
  frame: 'place',
  css: SHELF,
  draw(view, tools) {
    const shelf = list(view, tools, 'shelf');
    if (!shelf) return null;
    const arrows = /** @type {const} */ (['back', 'forward']).map((name) => make('button', {
      type: 'button', part: 'arrow', class: `arrow ${name}`, 'aria-label': tools.say(name),
      hidden: true,
      onclick: () => goOn(shelf, name === 'back' ? -1 : 1),
    }));
    /** A button that leads nowhere stays, so that the focus stays on it. */
    const look = () => {
      const room = shelf.scrollWidth - shelf.clientWidth;
      const at = Math.abs(shelf.scrollLeft);
      arrows.forEach((arrow, i) => {
        arrow.hidden = room < 8;
        arrow.setAttribute('aria-disabled', String(i === 0 ? at < 8 : at > room - 8));
      });
    };
    shelf.addEventListener('scroll', look, { passive: true });
    const observer = new ResizeObserver(look);
    observer.observe(shelf);
    tools.stop(() => observer.disconnect());
    const head = make('div', { class: 'head' }, heading(view, tools) ?? make('span'), ...arrows);
    return [head, text(view, tools), shelf, ...closing(view, tools)];
  },
};

/** What was looked at last is the same shelf, with smaller cards. @type {Kind} */
export const recent = {
  ...carousel,
  css: `${SHELF}
.shelf .item { flex-basis: var(--sotto-card, clamp(7.5rem, 16cqi, 10rem)); font-size: 0.92em; }
`,
};

/** In the direction in which the page is read. @param {Element} shelf @param {number} way */
function goOn(shelf, way) {
  const turned = getComputedStyle(shelf).direction === 'rtl' ? -1 : 1;
  shelf.scrollBy({ left: shelf.clientWidth * STEP * way * turned });
}
