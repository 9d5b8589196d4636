/**
 * index.mjs - one picture for one product
 */
import * as furniture from './furniture.mjs';
import * as garden from './garden.mjs';
import * as glass from './glass.mjs';
import * as kitchen from './kitchen.mjs';
import * as paper from './paper.mjs';
import * as pottery from './pottery.mjs';
import { drawScene } from './scene.mjs';
import { Drawing } from './svg.mjs';
import * as textiles from './textiles.mjs';

const { throwBlanket, ...otherTextiles } = textiles;
const DRAW = {
  ...furniture, ...garden, ...glass, ...kitchen, ...paper, ...pottery, ...otherTextiles,
  throw: throwBlanket,
};

/** Where a kind stands; anything else stands on the table. */
const PLACE = {
  floorlamp: 'floor', chair: 'floor', stool: 'floor', armchair: 'floor', rug: 'flat',
  bathmat: 'flat',
  tablecloth: 'floor', pendant: 'wall', throw: 'wall', towel: 'wall', plate: 'flat', tray: 'flat',
  board: 'flat', knife: 'flat', spoon: 'flat', napkin: 'flat', trowel: 'flat', seeds: 'flat',
  notebook: 'flat', pencil: 'flat', desktray: 'flat',
};

/** How far the camera goes in on a kind, around a point near the foot of the thing. */
const CLOSER = { table: 1.2, flat: 1.08, floor: 1.02, wall: 1 };
const CLOSER_KIND = { saucepan: 1.02, casserole: 1.12, wateringcan: 1.08, cushion: 1.16, vase: 1,
  carafe: 1.12, wineglass: 1.16, coffee: 1.1, cafetiere: 1.16, plate: 1.14, bathmat: 1.1 };

/** @returns {string} the SVG text */
export function drawProduct(product) {
  const drawing = new Drawing();
  const place = PLACE[product.kind] ?? 'table';
  const scale = CLOSER_KIND[product.kind] ?? CLOSER[place];
  const cy = place === 'flat' ? 270 : 420;
  drawScene(drawing, product, place);
  drawing.open({ transform: `translate(200 ${cy}) scale(${scale}) translate(-200 ${-cy})` });
  DRAW[product.kind](drawing, product);
  drawing.close();
  return drawing.toString();
}
