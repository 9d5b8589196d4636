/**
 * cart-reminder.js - what still lies in the basket
 */
import { heading, list, text } from './pieces.js';
import { rest } from './rest.js';
import { CARD } from './style.js';

/** @type {import('./kinds.js').Kind} */
export const cartReminder = {
  frame: 'place',
  css: CARD,
  draw(view, tools) {
    if (!view.heading && !view.text && view.items.length === 0) return null;
    const items = view.handOff ? null : list(view, tools, 'rows');
    return [heading(view, tools), text(view, tools), items, ...rest(view, tools)];
  },
};
