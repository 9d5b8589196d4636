/**
 * shipping-bar.js - how much is missing for free shipping, and products that reach it
 *
 * The sentence, a bar that fills, and a button that opens the products below them, over the page.
 * When the basket changes the amounts do, in place, and are read out politely.
 */
import { make, setText } from '../privacy/dom.js';
import { closing, list, text } from './pieces.js';

/** @type {import('./kinds.js').Kind} */
export const shippingBar = {
  frame: 'top',
  css: `
progress {
  appearance: none; -webkit-appearance: none; width: clamp(5rem, 14vw, 10rem); height: 0.5rem; border: 0; border-radius: 1rem; overflow: clip;
  background: color-mix(in srgb, currentColor 30%, transparent); color: inherit; flex: none;
}
progress::-webkit-progress-bar { background: transparent; }
progress::-webkit-progress-value { background: var(--on-accent); border-radius: 1rem; }
progress::-moz-progress-bar { background: var(--on-accent); border-radius: 1rem; }
@media (forced-colors: active) { progress { border: 1px solid; } }
.bar { position: relative; }
.sheet {
  position: absolute; z-index: 1; inset: 100% 0 auto; padding: 1rem clamp(1rem, 4vw, 3rem) 1.4rem; background: var(--surface); color: var(--on-surface);
  box-shadow: 0 14px 30px #0003; border-bottom: 1px solid color-mix(in srgb, currentColor 18%, transparent);
  max-height: 70vh; overflow: auto;
}
.tiles { grid-template-columns: repeat(auto-fill, minmax(min(10rem, 44%), 1fr)); max-width: 76rem; margin-inline: auto; }
@media (max-width: 599px) {
  .bar .body { row-gap: 0.35rem; }
  .body .text { flex: 0 0 100%; }
  progress { flex: 1; }
}
`,
  draw(view, tools) {
    const { offer, items } = view;
    const said = text(view, tools);
    if (!said || !offer || !(offer.threshold > 0)) return null;
    const { threshold, missing } = offer;
    const progress = make('progress', {
      part: 'progress', max: threshold, value: Math.max(0, Math.min(threshold, threshold - missing)),
      'aria-label': tools.say('progress'),
    });
    const products = missing > 0 && items.length > 0 ? list(view, tools, 'tiles') : null;
    return [said, progress, ...products ? sheet(products, tools) : [], ...closing(view, tools)];
  },
};

/**
 * A button, and what it opens.
 *
 * @param {Element} products
 * @param {import('./draw.js').Tools} tools
 */
function sheet(products, { say }) {
  const opened = make('div', { class: 'sheet', id: 'sheet', part: 'sheet', hidden: true }, products);
  const opener = make('button', {
    type: 'button', part: 'button', class: 'button more', 'aria-expanded': 'false',
    'aria-controls': 'sheet',
  }, say('reaches'));
  const set = (/** @type {boolean} */ open) => {
    opened.hidden = !open;
    opener.setAttribute('aria-expanded', String(open));
  };
  opener.addEventListener('click', () => set(opened.hidden === true));
  opened.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    set(false);
    opener.focus();
  });
  return [opener, opened];
}
