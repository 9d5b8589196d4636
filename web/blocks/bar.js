/**
 * bar.js - one line at the top
 *
 * It lies over the page, or fills the <sotto-place> that the shop has reserved for it; so nothing
 * below it moves. It is read out when the screen reader has nothing else to say.
 */
import { closing, heading, text } from './pieces.js';

/** @type {import('./kinds.js').Kind} */
export const bar = {
  frame: 'top',
  css: '',
  draw(view, tools) {
    if (!view.heading && !view.text) return null;
    return [heading(view, tools), text(view, tools), ...closing(view, tools)];
  },
};
