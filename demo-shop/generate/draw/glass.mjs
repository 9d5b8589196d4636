/**
 * glass.mjs - what one sees through: tumblers, wine glasses, carafes
 */
import { mix, n, shade, turned } from './svg.mjs';

/** A glass body: tint, content up to `level`, highlights, and a bright rim. */
function glass(d, hex, cx, profile, { level, content, foot = true, curved = true } = {}) {
  const outline = turned(cx, profile, { curved });
  const widest = Math.max(...profile.map(([r]) => r));
  const [rim, top] = profile[0];
  const base = profile[profile.length - 1][1];
  d.path(outline, mix(hex, '#ffffff', 0.25), { opacity: '0.5' });
  if (content) {
    d.open({ 'clip-path': d.clip(outline) });
    d.rect(cx - widest, level, widest * 2, base - level + 20, d.round(content),
      { opacity: '0.72' });
    d.ellipse(cx, level, widest * 0.96, widest * 0.13, shade(content, 0.35), { opacity: '0.8' });
    d.close();
  }
  d.path(outline, d.gradient([[0, shade(hex, -0.3), 0.55], [0.1, '#fff', 0.1], [0.2, '#fff', 0.65],
    [0.28, '#fff', 0.05], [0.75, '#fff', 0], [0.9, '#fff', 0.35], [1, shade(hex, -0.4), 0.6]]));
  if (foot) d.ellipse(cx, base - 3, profile[profile.length - 1][0] * 0.9, 6, '#fff',
    { opacity: '0.4' });
  d.ellipse(cx, top, rim, rim * 0.15, 'none', { stroke: '#fff', 'stroke-width': 2.5,
    opacity: '0.9' });
  d.ellipse(cx, top, rim, rim * 0.15, shade(hex, 0.3), { opacity: '0.25' });
}

export function tumbler(d, p) {
  const tall = p.size.startsWith('400') ? 34 : 0;
  const profile = [
    [[54, 282 - tall], [50, 350], [46, 396]],
    [[48, 282 - tall], [56, 346], [46, 396]],
    [[50, 282 - tall], [50, 340], [50, 396]],
  ][p.shape % 3];
  d.shadow(136, 394, 48).shadow(258, 404, 50);
  glass(d, p.hex, 136, profile.map(([r, y]) => [r * 0.94, y - 10]), {});
  glass(d, p.hex, 258, profile, { level: 330 - tall / 2, content: '#cfe3e4' });
  d.ellipse(270, 332 - tall / 2, 15, 8, '#e7d36a',
    { transform: `rotate(-12 270 ${332 - tall / 2})` });
}

export function wineglass(d, p) {
  const stem = (cx, y) => {
    d.shadow(cx, y, 46);
    d.path(turned(cx, [[6, 286], [4, 320], [5, y - 22], [14, y - 8], [48, y]], { flat: 0.16 }),
      mix(p.hex, '#ffffff', 0.3), { opacity: '0.75' });
    d.line(`M${cx - 1} 294V${y - 16}`, '#fff', 2.5, { opacity: '0.8' });
  };
  const cup = [
    [[44, 158], [58, 210], [50, 256], [8, 290]],
    [[50, 152], [54, 214], [40, 268], [8, 290]],
  ][p.shape % 2];
  stem(134, 390);
  glass(d, p.hex, 134, cup, { foot: false });
  stem(262, 404);
  const wine = p.shape % 2 ? '#7c2f3f' : '#e6cd84';
  glass(d, p.hex, 262, cup, { foot: false, level: 220, content: wine });
}

export function carafe(d, p) {
  const profile = [
    [[40, 152], [26, 196], [34, 240], [84, 330], [78, 398]],
    [[30, 146], [30, 220], [62, 276], [66, 340], [64, 398]],
    [[46, 156], [30, 214], [70, 292], [78, 352], [58, 398]],
  ][p.shape % 3];
  d.shadow(198, 402, 76);
  glass(d, p.hex, 198, profile, { level: 290, content: p.shape % 2 ? '#cfe3e4' : '#8f3946' });
  if (p.shape % 2) {
    for (const [x, y] of [[180, 340], [214, 362], [196, 316]]) {
      d.ellipse(x, y, 15, 14, '#f0dd7c', { opacity: '0.85' });
      d.ellipse(x, y, 10, 9, '#f7ecb0', { opacity: '0.85' });
    }
  }
  d.line(`M${n(198 - 66)} 306q-8 40 4 74`, '#fff', 4, { opacity: '0.6' });
}
