/**
 * countdown.js - how long something that was announced goes on
 *
 * Counts to the published end, the same for everybody. After it the block says nothing: the shop's
 * own content is back.
 */
import { make } from '../privacy/dom.js';
import { closing, heading, text } from './pieces.js';
import { CARD } from './style.js';
import { COUNTDOWN, ticker } from './ticking.js';

/** @type {import('./kinds.js').Kind} */
export const countdown = {
  frame: 'place',
  css: `${CARD + COUNTDOWN}
.words { display: grid; gap: 0.35rem; }
@container (min-width: 44rem) {
  .body { grid-template-columns: minmax(0, 1fr) auto auto; align-items: center; gap: 0.4rem 2rem; }
  .notice { grid-column: 1 / -1; }
}
`,
  draw(view, tools) {
    const clock = ticker(view.ends, tools, tools.remove);
    const words = make('div', { class: 'words' }, heading(view, tools), text(view, tools));
    return clock && [words, clock, ...closing(view, tools)];
  },
};
