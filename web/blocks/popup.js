/**
 * popup.js - a message over the page: a popup in its middle, a slide-in at its corner
 *
 * What is in them is the same; frames.js has what sets them apart, over.js their manners.
 */
import { heading, list, picture, text } from './pieces.js';
import { rest } from './rest.js';

/** @type {import('./kinds.js').Kind} */
export const popup = {
  frame: 'popup',
  css: '.body > .picture { aspect-ratio: 16 / 9; max-height: 14rem; }',
  draw(view, tools) {
    if (!view.heading && !view.text) return null;
    const items = view.handOff ? null : list(view, tools, 'rows');
    const shown = view.image || (!items && !view.handOff) ? picture(view, tools) : null;
    return [shown, heading(view, tools), text(view, tools), items, ...rest(view, tools)];
  },
};

/** @type {import('./kinds.js').Kind} */
export const slideIn = { ...popup, frame: 'slide' };
