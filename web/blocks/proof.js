/**
 * proof.js - what others did, from figures that the shop publishes for all
 *
 * The sentence is the campaign's; where the bundle has no figure worth saying it is empty, and
 * nothing is drawn. Nothing here is counted on the spot, and nothing ticks.
 */
import { make } from '../privacy/dom.js';
import { closing, heading, text } from './pieces.js';

/** @type {import('./kinds.js').Kind} */
export const proof = {
  frame: 'place',
  css: `
.body { gap: 0.3rem; }
.body > .text { display: flex; gap: 0.6rem; align-items: center; min-height: 1.5em; }
.dots { flex: none; width: 1.9rem; height: 1.15rem; fill: currentColor; opacity: 0.75; }
h2 { font-size: 1em; }
`,
  draw(view, tools) {
    const said = text(view, tools);
    if (!said) return null;
    said.prepend(people());
    return [heading(view, tools), said, ...closing(view, tools)];
  },
};

/** Three heads; drawn, since a picture would be asked for. */
function people() {
  const SVG = 'http://www.w3.org/2000/svg';
  const drawing = document.createElementNS(SVG, 'svg');
  const line = document.createElementNS(SVG, 'path');
  line.setAttribute('d', 'M9 8a3.5 3.5 0 1 0-7 0 3.5 3.5 0 0 0 7 0M0 20c0-8 11-8 11 0M30 8a3.5 3.5 0 1 0-7 0'
    + ' 3.5 3.5 0 0 0 7 0M21 20c0-8 11-8 11 0M20.5 6a4.5 4.5 0 1 0-9 0 4.5 4.5 0 0 0 9 0M9 20c0-10 14-10 14 0');
  drawing.setAttribute('viewBox', '0 0 32 20');
  drawing.setAttribute('class', 'dots');
  drawing.setAttribute('aria-hidden', 'true');
  drawing.append(line);
  return drawing;
}
