/**
 * frames.js - the box around what a campaign says, by where it stands
 *
 *     place    in a <sotto-place>, in the place of the shop's own content
 *     popup    over the page, in its middle; at the foot of a narrow one
 *     slide    over the page, at its lower corner
 *     top      over the page's top
 *
 * Every box has a `body`, whose content can be drawn again while the box and the focus stay.
 */
import { make } from '../privacy/dom.js';
import { closer } from './pieces.js';
import { OVER } from './style.js';

/** @typedef {import('../index.js').CampaignView} CampaignView */
/** @typedef {import('./draw.js').Tools} Tools */
/**
 * @typedef {object} Frame
 * @property {string} css
 * @property {(body: HTMLElement, view: CampaignView, tools: Tools) => Element[]} make
 */

const closeOf = (/** @type {CampaignView} */ view, /** @type {Tools} */ tools) =>
  /** @type {Element} */ (closer(view, tools));

/** @type {Record<'place' | 'popup' | 'slide' | 'top', Frame>} */
export const FRAMES = {
  place: { css: '', make: (body) => [body] },

  popup: {
    make: (body, view, tools) => [
      make('div', { part: 'backdrop', class: 'backdrop', 'data-sotto-close': true }),
      make('dialog', { part: 'block', class: 'over popup', open: true, tabindex: -1 },
        body, closeOf(view, tools)),
    ],
    css: `${OVER}
.backdrop { position: fixed; inset: 0; background: #0007; }
.popup { inset: 0; margin: auto; width: min(34rem, calc(100vw - 2rem)); height: fit-content; outline: none; }
.popup .body { gap: 1rem; }
.popup h2 { font-size: 1.5em; }
@media (max-width: 599px) {
  .popup { inset: auto 0 0; margin: 0; width: 100%; max-width: none; border-radius: 1rem 1rem 0 0; }
  .popup .body { padding-bottom: max(1.5rem, env(safe-area-inset-bottom)); }
}
@media (prefers-reduced-motion: no-preference) {
  .popup { animation: rise 0.22s ease-out; } .backdrop { animation: fade 0.22s ease-out; }
  @keyframes rise { from { opacity: 0; translate: 0 1rem; } } @keyframes fade { from { opacity: 0; } }
}`,
  },

  slide: {
    make: (body, view, tools) => [
      make('aside', { part: 'block', class: 'over slide' }, body, closeOf(view, tools)),
    ],
    css: `${OVER}
.slide { inset: auto 1rem 1rem auto; width: min(23rem, calc(100vw - 2rem)); }
@media (max-width: 599px) {
  .slide { inset: auto 0.5rem 0.5rem; width: auto; max-height: 60vh; max-height: 60dvh; }
  .slide .body { padding: 1.1rem; }
}
@media (prefers-reduced-motion: no-preference) {
  .slide { animation: slide 0.28s ease-out; } @keyframes slide { from { opacity: 0; translate: 0 1.5rem; } }
}`,
  },

  top: {
    make: (body, view, tools) => [
      make('aside', { part: 'block', class: tools.host.place ? 'bar' : 'bar fixed' },
        body, closeOf(view, tools)),
    ],
    css: `
.bar {
  display: flex; align-items: center; gap: 0.3rem; padding: 0.15rem 0.6rem; min-height: 2.75rem;
  background: var(--accent); color: var(--on-accent);
}
.bar.fixed { position: fixed; inset: 0 0 auto; box-shadow: 0 2px 12px #0003; }
.bar :focus-visible { outline-color: currentColor; outline-offset: -3px; }
.bar .body { flex: 1; min-width: 0; display: flex; flex-wrap: wrap; align-items: center; justify-content: center; gap: 0.2rem 1rem; padding-inline-start: 2.75rem; }
.bar h2, .bar p { font-size: 0.95em; line-height: 1.35; }
.bar .body > * { margin: 0; }
.bar .notice { color: inherit; }
.bar .close { width: 2.4rem; height: 2.4rem; }
.bar .close:hover { background: #8883; }
.bar .row { gap: 0.5rem; }
.bar .button { background: none; color: inherit; border: 0; padding: 0.3rem; min-height: 2rem; text-align: start; text-decoration: underline; text-underline-offset: 0.2em; }
.bar code { padding: 0.25rem 0.6rem; border-color: currentColor; }
@media (max-width: 599px) {
  .bar .body { justify-content: flex-start; padding-block: 0.3rem; padding-inline-start: 0.4rem; }
  .bar .body > .row { margin-inline-start: -0.3rem; }
}
@media (prefers-reduced-motion: no-preference) {
  .bar.fixed { animation: drop 0.22s ease-out; } @keyframes drop { from { translate: 0 -100%; } }
}`,
  },
};
