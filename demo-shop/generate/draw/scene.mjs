/**
 * scene.mjs - the room a product is photographed in
 *
 * A wall, a table top and a patch of window light, tinted by the product's style, so that a shelf
 * of one style looks like one photographer's afternoon.
 */
import { mix, n, shade } from './svg.mjs';

const WALLS = {
  nordic: ['#e8e7e3', '#e3e6e7', '#ece9e1'], rustic: ['#eee3d4', '#e9dfd2', '#efe6da'],
  modern: ['#e7e6e4', '#dfe1e3', '#eceae6'], botanical: ['#e3e8dc', '#ece6dd', '#dfe6df'],
  retro: ['#f3e7cf', '#e3ecea', '#f4e2d6'],
};

export const TABLE_Y = 392;

/** @param {'table'|'floor'|'wall'} place where the product stands */
export function drawScene(d, product, place) {
  const walls = WALLS[product.style];
  const wall = mix(walls[product.shape % walls.length], product.hex, 0.05);
  d.rect(0, 0, 400, 500, d.gradient([[0, shade(wall, 0.22)], [1, shade(wall, -0.05)]],
    { x1: '0', y1: '0', x2: '0.6', y2: '1' }));
  if (place === 'flat') {
    windowLight(d, 0.3);
    return;
  }
  const tableY = place === 'floor' ? 408 : place === 'wall' ? 520 : TABLE_Y - 62;
  windowLight(d, 0.45);
  if (tableY < 500) {
    const top = mix(wall, place === 'floor' ? '#b99b78' : '#ffffff', place === 'floor' ? 0.22
      : 0.3);
    d.rect(0, tableY, 400, 500 - tableY,
      d.gradient([[0, shade(top, -0.09)], [0.25, shade(top, 0.06)],
      [1, shade(top, -0.05)]], { x1: '0', y1: '0', x2: '0', y2: '1' }));
    d.rect(0, tableY - 3, 400, 3, shade(wall, -0.1), { opacity: '0.35' });
  }
}

/** Two panes of sun, slanting over the wall. */
function windowLight(d, strength) {
  const sun = d.gradient([[0, '#fffaf0', strength], [1, '#fffaf0', 0]],
    { x1: '0', y1: '0', x2: '1', y2: '1' });
  for (const x of [20, 128]) {
    d.path(`M${n(x)} 0h92l86 330h-92Z`, sun);
  }
}
