/**
 * hero.js - one large thing to say, with a picture beside it
 *
 * Words stand beside the picture and never on it, so they can be read whatever it shows. They say how
 * high it is, not the picture: a shop reserves its place without knowing which one will stand there.
 */
import { make } from '../privacy/dom.js';
import { closing, heading, picture, text } from './pieces.js';

/** @type {import('./kinds.js').Kind} */
export const hero = {
  frame: 'place',
  css: `
.body { grid-template-columns: minmax(0, 1fr); gap: 0; background: var(--tint); border-radius: var(--radius); overflow: clip; }
.words { display: grid; gap: 1rem; align-content: center; padding: clamp(1.4rem, 4cqi, 3rem); }
h2 { font-size: clamp(1.5em, 4.2cqi, 2.5em); font-weight: var(--sotto-heading-weight, 500); line-height: 1.14; }
.text { max-width: 32rem; font-size: 1.06em; }
.picture { height: 100%; max-height: 30rem; aspect-ratio: 2; border-radius: 0; }
@container (min-width: 44rem) {
  .body:has(> img) { grid-template-columns: minmax(0, 1.1fr) minmax(0, 1fr); }
  .body > img { order: 1; aspect-ratio: auto; min-height: 17rem; contain: size; }
}
`,
  draw(view, tools) {
    if (!view.heading) return null;
    return [picture(view, tools), make('div', { class: 'words' },
      heading(view, tools), text(view, tools), ...closing(view, tools))];
  },
};
