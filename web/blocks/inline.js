/**
 * inline.js - a message in its place, with or without products, a form, a code
 */
import { heading, list, text } from './pieces.js';
import { rest } from './rest.js';
import { CARD } from './style.js';

/** @type {import('./kinds.js').Kind} */
export const inline = {
  frame: 'place',
  css: CARD,
  draw(view, tools) {
    if (!view.heading && !view.text) return null;
    const items = view.handOff ? null : list(view, tools, 'rows');
    return [heading(view, tools), text(view, tools), items, ...rest(view, tools)];
  },
};
