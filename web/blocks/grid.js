/**
 * grid.js - products in rows, as many beside each other as there is room for
 */
import { closing, heading, list, text } from './pieces.js';

/** @type {import('./kinds.js').Kind} */
export const grid = {
  frame: 'place',
  css: `
.tiles { grid-template-columns: repeat(auto-fill, minmax(min(var(--sotto-card, 11rem), 45cqi), 1fr)); gap: 1.5rem 1rem; }
`,
  draw(view, tools) {
    const tiles = list(view, tools, 'tiles');
    return tiles && [heading(view, tools), text(view, tools), tiles, ...closing(view, tools)];
  },
};
