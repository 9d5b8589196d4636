/**
 * hero.mjs - tables of the shop's own things: the picture the home page opens with, and a campaign's
 */
import * as furniture from './furniture.mjs';
import * as garden from './garden.mjs';
import * as pottery from './pottery.mjs';
import { Drawing } from './svg.mjs';

/** [kind, style, draw, x, scale]: from left to right, all on the same line, the last in front. */
const STILL_LIFE = [
  ['teapot', 'nordic', pottery.teapot, 700, 0.98],
  ['vase', 'botanical', pottery.vase, 990, 1.08],
  ['mug', 'retro', pottery.mug, 852, 0.74],
  ['tablelamp', 'rustic', furniture.tablelamp, 1330, 1.3],
  ['planter', 'botanical', pottery.planter, 1158, 1.02],
];

const BENCH = [
  ['planter', 'rustic', pottery.planter, 560, 0.86],
  ['wateringcan', 'botanical', garden.wateringcan, 1110, 1.1],
  ['planter', 'nordic', pottery.planter, 820, 1.12],
];

const TABLE_Y = 540;

/** What the home page opens with. */
export const drawHero = (products) => drawTable(products, STILL_LIFE);

/** What a campaign for those who like the garden shows. */
export const drawBench = (products) => drawTable(products, BENCH);

function drawTable(products, things) {
  const d = new Drawing();
  d.rect(0, 0, 1440, 640, d.gradient([[0, '#efe9dd'], [0.6, '#e3e2d4'], [1, '#d6d9cc']],
    { x1: '0', y1: '0', x2: '1', y2: '1' }));
  const sun = d.gradient([[0, '#fffaf0', 0.75], [1, '#fffaf0', 0.05]],
    { x1: '0', y1: '0', x2: '0.4', y2: '1' });
  for (const x of [420, 640, 860]) d.path(`M${x} 0h180l150 ${TABLE_Y - 60}h-180Z`, sun);
  d.rect(0, TABLE_Y - 70, 1440, 200, d.gradient([[0, '#c9ae88'], [0.12, '#dcc39c'], [1, '#c8aa80']],
    { x1: '0', y1: '0', x2: '0', y2: '1' }));
  for (let i = 0; i < 6; i++) {
    d.line(`M0 ${TABLE_Y - 50 + i * 26}c400 ${10 - i * 3} 900 ${-8 + i * 4} 1440 ${i}`, '#a98a60',
      1.4,      { opacity: '0.3' });
  }
  for (const [kind, style, draw, x, scale] of things) {
    const product = products.find((p) => p.kind === kind && p.style === style);
    d.open({ transform: `translate(${x - 200 * scale} ${TABLE_Y - 400 * scale}) scale(${scale})` });
    draw(d, product);
    d.close();
  }
  return d.toString().replace('viewBox="0 0 400 500" width="400" height="500"',
    'viewBox="0 0 1440 640" width="1440" height="640"');
}
