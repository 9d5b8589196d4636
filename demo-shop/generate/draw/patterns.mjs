/**
 * patterns.mjs - what is painted or woven on a surface
 *
 * Everything is drawn inside a clipping outline, in a tone of the product's own colour.
 */
import { STYLES } from '../styles.mjs';
import { luminance, n, shade, smooth } from './svg.mjs';

/** A contrasting tone that still belongs to the colour. */
export const tone = (hex) => (luminance(hex) > 0.62 ? shade(hex, -0.28) : shade(hex, 0.42));

/** A fixed scatter: the same for the same product, without drawing on chance. */
function scatter(count, seed) {
  const points = [];
  for (let i = 1; i <= count; i++) {
    points.push([((i * 0.754877666 + seed * 0.317) % 1), ((i * 0.569840291 + seed * 0.713) % 1)]);
  }
  return points;
}

export function leafPath(x, y, length, angle) {
  const at = (along, across) => [
    x + Math.cos(angle) * along - Math.sin(angle) * across,
    y + Math.sin(angle) * along + Math.cos(angle) * across];
  const tip = at(length, 0);
  const a = at(length * 0.45, length * 0.26);
  const b = at(length * 0.45, -length * 0.26);
  return `M${n(x)} ${n(y)}Q${n(a[0])} ${n(a[1])} ${n(tip[0])} ${n(tip[1])}`
    + `Q${n(b[0])} ${n(b[1])} ${n(x)} ${n(y)}Z`;
}

/** A stem with pairs of leaves, growing upwards from (x, y). */
export function sprig(d, x, y, height, colour, lean = 0, rest = {}) {
  const stem = [[x, y], [x + lean * 0.3, y - height * 0.5], [x + lean, y - height]];
  d.line(`M${n(x)} ${n(y)}${smooth(stem)}`, colour, Math.max(1.2, height / 50), rest);
  const pairs = Math.max(3, Math.round(height / 22));
  let leaves = '';
  for (let i = 1; i <= pairs; i++) {
    const t = i / (pairs + 0.4);
    const length = height * 0.2 * (1.15 - 0.5 * t);
    const lx = x + lean * t * t;
    const ly = y - height * t;
    leaves += leafPath(lx, ly, length, -0.55) + leafPath(lx, ly, length, -2.6);
  }
  d.path(leaves + leafPath(x + lean, y - height, height * 0.15, -1.4), colour, rest);
}

const PAINTERS = {
  plain(d, [x, y, w, h], colour, seed) {
    for (const [u, v] of scatter(26, seed)) {
      d.ellipse(x + u * w, y + v * h, 0.9 + u, 0.7 + u * 0.7, colour, { opacity: '0.5' });
    }
  },
  dipped(d, [x, y, w, h], colour, seed) {
    const level = y + h * (0.5 + 0.12 * (seed % 3));
    const wave = [0, 1, 2, 3, 4, 5, 6].map(
      (i) => [x + (w * i) / 6, level + ((i + seed) % 2 ? 5 : -3)]);
    d.path(`M${n(x)} ${n(level)}${smooth(wave)}V${n(y + h + 40)}H${n(x)}Z`, colour,
      { opacity: '0.55' });
  },
  band(d, [x, y, w, h], colour, seed) {
    const level = y + h * [0.16, 0.62, 0.4][seed % 3];
    d.rect(x, level, w, h * 0.13, colour, { opacity: '0.75' });
    if (seed % 2) d.rect(x, level + h * 0.18, w, h * 0.03, colour, { opacity: '0.75' });
  },
  leaf(d, [x, y, w, h], colour, seed) {
    for (const [i, u] of [0.18, 0.5, 0.82].entries()) {
      const height = h * (i === 1 ? 0.74 : 0.5);
      sprig(d, x + w * u, y + h * 0.94, height, colour, ((seed + i) % 3 - 1) * 10,
        { opacity: '0.7' });
    }
  },
  stripes(d, [x, y, w, h], colour, seed) {
    const bands = 3 + (seed % 3);
    for (let i = 0; i < bands; i++) {
      d.rect(x, y + h * (0.14 + (0.76 * i) / bands), w, (h * 0.36) / bands, colour,
        { opacity: '0.7' });
    }
  },
};

/** Paints the style's pattern inside `outline`, which lies within the box [x, y, w, h]. */
export function decorate(d, outline, area, product, colour = tone(product.hex)) {
  d.open({ 'clip-path': d.clip(outline) });
  PAINTERS[STYLES[product.style].pattern](d, area, colour, product.shape);
  d.close();
}
