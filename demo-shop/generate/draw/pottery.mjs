/**
 * pottery.mjs - things turned on a wheel: mugs, pots, bowls, plates, jars, vases, planters
 */
import { decorate, sprig, tone } from './patterns.mjs';
import { mix, n, shade, turned } from './svg.mjs';

const CX = 196;

/** A hollow turned body: outline, pattern, gloss, and the dark inside of its mouth. */
function vessel(d, product, profile, { cx = CX, curved = true, pattern = true, fill,
  inside } = {}) {
  const hex = product.hex;
  const outline = turned(cx, profile, { curved });
  const widest = Math.max(...profile.map(([r]) => r));
  const [top, foot] = [profile[0], profile[profile.length - 1]];
  d.shadow(cx, foot[1] + foot[0] * 0.1, foot[0] * 1.05);
  d.path(outline, fill ?? d.round(hex));
  if (pattern) {
    const area = [cx - widest, top[1] + 6, widest * 2, foot[1] - top[1] + foot[0] * 0.1 - 6];
    decorate(d, outline, area, product);
    d.path(outline, d.gradient([[0, '#000', 0.1], [0.28, '#fff', 0.1], [0.6, '#000', 0],
      [1, '#000', 0.22]]));
  }
  const rim = top[0];
  d.ellipse(cx, top[1], rim, rim * 0.17, shade(hex, 0.2));
  d.ellipse(cx, top[1] + 1, rim - 5, rim * 0.17 - 3, inside
    ?? d.gradient([[0, shade(hex, -0.45)], [1, shade(hex, -0.16)]]));
  return outline;
}

function steam(d, cx, y) {
  for (const [dx, h] of [[-16, 62], [4, 82], [22, 56]]) {
    d.line(`M${n(cx + dx)} ${n(y)}c-14 -${n(h * 0.3)} 14 -${n(h * 0.5)} 0 -${n(h)}`, '#fff', 5,
      { opacity: '0.38' });
  }
}

export function mug(d, p) {
  const tall = p.size.startsWith('350') ? 22 : 0;
  const [y, foot] = [258 - tall, 398];
  const profile = [
    [[66, y], [65, 320], [62, 370], [54, foot]],
    [[60, y], [68, 315], [70, 360], [50, foot]],
    [[70, y], [62, 320], [54, 372], [48, foot]],
    [[64, y], [64, 330], [64, 382], [60, foot]],
  ][p.shape % 4];
  const reach = profile[1][0];
  d.line(`M${n(CX + reach - 6)} ${n(y + 28)}c62 -14 66 84 ${n(-4)} 92`, shade(p.hex, -0.3), 15);
  d.line(`M${n(CX + reach - 6)} ${n(y + 26)}c58 -12 62 82 ${n(-4)} 90`, shade(p.hex, -0.06), 11);
  vessel(d, p, profile, { inside: d.gradient([[0, '#4b2f1f'], [1, '#6d4930']]) });
  steam(d, CX, y - 12);
}

export function teapot(d, p) {
  const [y, foot] = [262, 396];
  const profile = [
    [[34, y], [74, 290], [92, 335], [78, 380], [54, foot]],
    [[38, y], [66, 276], [84, 330], [88, 376], [72, foot]],
    [[36, y], [86, 282], [94, 316], [72, 372], [48, foot]],
  ][p.shape % 3];
  d.line(`M${CX + 70} 292c76 -32 84 92 2 88`, shade(p.hex, -0.28), 14);
  d.line(`M${CX + 70} 290c70 -28 78 88 2 86`, shade(p.hex, -0.08), 10);
  const spout = `M${CX - 66} 352C${CX - 120} 350 ${CX - 106} 296 ${CX - 138} 272l15 -9`
    + `C${CX - 88} 288 ${CX - 100} 314 ${CX - 66} 310Z`;
  d.path(spout, d.round(p.hex));
  vessel(d, p, profile);
  d.path(`M${CX - 40} ${y}C${CX - 36} ${y - 28} ${CX + 36} ${y - 28} ${CX + 40} ${y}Z`,
    d.round(p.hex));
  d.ellipse(CX, y, 40, 6, shade(p.hex, -0.12));
  d.ellipse(CX, y - 29, 10, 9, d.round(tone(p.hex)));
  steam(d, CX - 128, 262);
}

export function bowl(d, p) {
  const big = p.size.startsWith('22') ? 22 : 0;
  const profile = [
    [[112 + big, 296], [104 + big, 340], [72, 380], [46, 396]],
    [[106 + big, 300], [108 + big, 330], [84, 378], [52, 396]],
    [[120 + big, 306], [88, 346], [58, 384], [50, 396]],
  ][p.shape % 3];
  vessel(d, p, profile);
  const rim = profile[0];
  if (p.shape % 2) {
    d.path(`M${CX - rim[0] + 8} ${rim[1] + 1}A${rim[0] - 8} ${n(rim[0] * 0.15)} 0 0 0 `
      + `${CX + rim[0] - 8} ${rim[1] + 1}Q${CX} ${rim[1] - 16} ${CX - rim[0] + 8} ${rim[1] + 1}Z`,
      '#e6d6b5', { opacity: '0.9' });
  }
}

export function plate(d, p) {
  const r = p.size.startsWith('27') ? 140 : 122;
  const cy = 268;
  d.ellipse(CX + 16, cy + 18, r * 1.02, r * 1.02, d.define('radialGradient', {},
    '<stop offset="0.75" stop-color="#2a2018" stop-opacity="0.3"/>'
    + '<stop offset="1" stop-color="#2a2018" stop-opacity="0"/>'));
  d.ellipse(CX, cy, r, r, d.flat(p.hex));
  const circle = `M${CX - r} ${cy}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`;
  if (p.style === 'botanical') {
    decorate(d, circle, [CX - r * 0.55, cy - r * 0.7, r * 1.1, r * 1.4], p);
  } else if (p.style === 'nordic' || p.style === 'rustic') {
    decorate(d, circle, [CX - r, cy - r, r * 2, r * 2], p);
  } else {
    d.ellipse(CX, cy, r * 0.93, r * 0.93, 'none', { stroke: tone(p.hex),
      'stroke-width': p.style === 'retro' ? 9 : 4 });
  }
  if (p.style === 'retro') {
    d.ellipse(CX, cy, r * 0.82, r * 0.82, 'none', { stroke: tone(p.hex), 'stroke-width': 3 });
  }
  const well = d.gradient([[0, '#000', 0.1], [1, '#fff', 0.2]], { x1: '0', y1: '0', x2: '1',
    y2: '1' });
  d.ellipse(CX, cy, r * 0.68, r * 0.68, well);
  d.ellipse(CX, cy, r * 0.66, r * 0.66, mix(p.hex, '#ffffff', 0.08), { opacity: '0.45' });
  d.line(`M${CX - r * 0.9} ${cy - r * 0.3}A${r * 0.95} ${r * 0.95} 0 0 1 `
    + `${CX - r * 0.2} ${n(cy - r * 0.93)}`,
    '#fff', 3, { opacity: '0.6' });
}

export function jar(d, p) {
  const glass = p.material === 'glass';
  const top = { '0.5 l': 262, '1 l': 226, '2 l': 196 }[p.size];
  const profile = [[58, top], [66, top + 16], [70, 330], [68, 384], [60, 398]];
  if (glass) {
    const outline = turned(CX, profile);
    const content = ['#5b3a26', '#d9c08d', '#8c3b2b', '#c9a35c', '#e7dcc6'][p.shape % 5];
    d.shadow(CX, 402, 62);
    d.open({ 'clip-path': d.clip(outline) });
    d.rect(CX - 80, top, 160, 240, p.hex, { opacity: '0.45' });
    d.rect(CX - 80, top + 60, 160, 200, d.round(content), { opacity: '0.9' });
    d.ellipse(CX, top + 60, 68, 8, shade(content, 0.2));
    d.close();
    d.path(outline, d.gradient([[0, '#fff', 0.35], [0.15, '#fff', 0.05], [0.24, '#fff', 0.5],
      [0.3, '#fff', 0.05], [1, '#000', 0.2]]));
  } else {
    vessel(d, p, profile);
    d.rect(CX - 30, 318, 60, 34, '#f4efe4', { rx: 3, opacity: '0.9' });
    d.line(`M${CX - 18} 331h36M${CX - 12} 340h24`, '#7a6a58', 2);
  }
  const lid = glass || p.shape % 2 ? '#c79c66' : p.hex;
  d.path(turned(CX, [[60, top - 20], [60, top + 2]], { curved: false }), d.round(lid));
  d.ellipse(CX, top - 20, 60, 9, shade(lid, 0.18));
  if (!glass) d.ellipse(CX, top - 28, 13, 10, d.round(lid));
}

export function vase(d, p) {
  const tall = p.size.startsWith('28') ? 36 : 0;
  const y = 232 - tall;
  const profile = [
    [[26, y], [24, y + 40], [62, 320], [56, 376], [40, 398]],
    [[34, y], [30, y + 22], [70, y + 66], [74, 340], [44, 398]],
    [[44, y], [50, 300], [56, 350], [50, 398]],
    [[20, y], [20, y + 60], [48, y + 96], [84, 352], [60, 398]],
    [[52, y], [34, y + 46], [30, 330], [54, 398]],
  ][p.shape % 5];
  const greens = p.style === 'nordic' ? '#8a9a7c' : p.style === 'retro' ? '#7d8a3f' : '#5d7a55';
  sprig(d, CX - 6, y + 12, 150, greens, -46);
  sprig(d, CX + 6, y + 12, 128, shade(greens, -0.18), 48);
  if (p.shape % 2 === 0) {
    d.line(`M${CX} ${y + 8}q4 -60 -4 -128`, shade(greens, -0.3), 3);
    const bloom = ['#e7c9c0', '#d96f52', '#f1e4c6', '#a55d7e', '#e8b33c'][p.shape % 5];
    for (let i = 0; i < 7; i++) {
      const a = (i / 7) * 6.283;
      d.ellipse(CX - 4 + Math.cos(a) * 15, y - 122 + Math.sin(a) * 13, 12, 11,
        shade(bloom, 0.12 * (i % 3)));
    }
    d.ellipse(CX - 4, y - 122, 8, 7, '#d8a732');
  }
  vessel(d, p, profile, { pattern: p.material !== 'glass' });
  if (p.material === 'glass') {
    d.path(turned(CX, profile), d.gradient([[0.12, '#fff', 0], [0.22, '#fff', 0.55],
      [0.3, '#fff', 0],
      [0.9, '#fff', 0.1]]));
  }
}

export function planter(d, p) {
  const size = { '14 cm': 0.8, '22 cm': 0.93, '30 cm': 1.06 }[p.size];
  const r = (value) => value * size;
  const y = 400 - r(132);
  const metal = p.material === 'zinc';
  const profile = [
    [[r(88), y], [r(80), y + r(60)], [r(66), 398]],
    [[r(74), y], [r(88), y + r(56)], [r(80), y + r(104)], [r(56), 398]],
    [[r(84), y], [r(84), y + r(70)], [r(80), 398]],
  ][p.shape % 3];
  plant(d, p, y, size);
  vessel(d, p, profile, { curved: p.shape % 3 === 1, pattern: !metal,
    fill: metal ? d.metal(mix(p.hex, '#b4babd', 0.25)) : undefined, inside: '#4a382b' });
  if (metal) {
    for (const at of [0.3, 0.72]) {
      const line = y + (398 - y) * at;
      d.line(`M${n(CX - r(82))} ${n(line)}Q${CX} ${n(line + 14)} ${n(CX + r(82))} ${n(line)}`,
        shade(p.hex, -0.3), 2, { opacity: '0.4' });
    }
  } else if (p.shape % 3 === 0) {
    d.path(turned(CX, [[r(94), y - 3], [r(91), y + 20]], { curved: false }), d.round(p.hex));
    d.ellipse(CX, y - 3, r(94), r(15), shade(p.hex, 0.15));
    d.ellipse(CX, y - 2, r(86), r(12), '#4a382b');
  }
}

/** What grows in a planter differs by model: a fern, a rubber plant, herbs or a cactus. */
function plant(d, p, y, size) {
  const green = ['#5f8a55', '#3f6b4c', '#7d9c5a', '#4f7f6a'][p.shape % 4];
  if (p.shape % 4 === 3) {
    d.path(turned(CX, [[20, y - 92], [30, y - 70], [32, y - 20], [28, y + 4]]), d.round(green));
    for (const dx of [-16, 0, 16]) {
      d.line(`M${CX + dx} ${n(y - 88)}V${n(y)}`, '#f3efdc', 1.6, { 'stroke-dasharray': '2 7',
        opacity: '0.8' });
    }
    d.ellipse(CX, y - 96, 11, 8, '#de7b61');
    return;
  }
  const reach = p.shape % 4 === 1 ? [[-42, 190], [40, 176], [0, 220]]
    : [[-74, 124], [-40, 168], [-12, 186], [24, 178], [54, 152], [82, 112]];
  reach.forEach(([lean, height], i) =>
    sprig(d, CX + lean * 0.16, y + 4, height * size * 0.86, shade(green, (i % 3 - 1) * 0.14),
      lean));
}

export function candle(d, p) {
  const tall = p.size.startsWith('60') ? 26 : 0;
  const top = 292 - tall;
  const profile = [[58, top], [60, 340], [58, 398]];
  vessel(d, p, profile, { curved: false, pattern: false, inside: '#f3ead3' });
  d.rect(CX - 34, 328 - tall / 2, 68, 48, '#f7f3ea', { rx: 2 });
  d.line(`M${CX - 22} ${345 - tall / 2}h44M${CX - 14} ${355 - tall / 2}h28`
    + `M${CX - 8} ${364 - tall / 2}h16`,
    shade(p.hex, -0.45), 2.4);
  flame(d, CX, top - 4);
}

export function flame(d, cx, y) {
  d.ellipse(cx, y - 18, 66, 66, d.define('radialGradient', {},
    '<stop offset="0" stop-color="#ffd98a" '
    + 'stop-opacity="0.6"/><stop offset="1" stop-color="#ffd98a" stop-opacity="0"/>'));
  d.line(`M${n(cx)} ${n(y + 4)}v-12`, '#3b2f28', 2.5);
  d.path(`M${n(cx)} ${n(y - 44)}c12 18 13 36 0 38c-13 -2 -12 -20 0 -38Z`,
    d.gradient([[0, '#fff3c4'], [0.6, '#ffc04d'], [1, '#f08a2c']], { x1: '0', y1: '0', x2: '0',
      y2: '1' }));
}

export function candleholder(d, p) {
  const tall = p.size.startsWith('22') ? 60 : 0;
  const top = 346 - tall;
  const wax = ['#efe7d6', '#c9786a', '#6d7f8c', '#d8a732', '#55705c'][p.shape % 5];
  d.path(turned(CX, [[12, 180 - tall * 0.6], [12, top]], { curved: false }), d.round(wax));
  d.ellipse(CX, 180 - tall * 0.6, 12, 3, shade(wax, 0.3));
  flame(d, CX, 178 - tall * 0.6);
  d.shadow(CX, 400, 64);
  const skin = p.material === 'stoneware' ? d.round(p.hex) : d.metal(p.hex);
  d.path(turned(CX, [[22, top - 18], [20, top + 8], [8, top + 18], [8, 376], [30, 386], [66, 394],
    [66, 400]], { curved: p.shape % 2 === 0 }), skin);
}

export function soap(d, p) {
  d.shadow(CX, 400, 60);
  const amber = p.shape % 2 ? '#8a5a34' : mix(p.hex, '#ffffff', 0.2);
  const outline = turned(CX, [[20, 232], [22, 248], [58, 268], [60, 300], [60, 386], [54, 398]]);
  d.path(outline, d.round(amber));
  d.rect(CX - 44, 300, 88, 70, '#f7f3ea', { rx: 2 });
  d.rect(CX - 44, 300, 88, 12, p.hex);
  d.line(`M${CX - 26} 330h52M${CX - 18} 342h36M${CX - 10} 354h20`, '#5b5048', 2.6);
  d.rect(CX - 20, 214, 40, 20, '#2f2d2b', { rx: 4 });
  d.rect(CX - 5, 184, 10, 32, '#2f2d2b');
  d.path(`M${CX - 62} 176h70q8 0 8 8v6h-60q-10 0 -18 4Z`, '#2f2d2b');
  d.path(outline, d.gradient([[0.1, '#fff', 0], [0.2, '#fff', 0.4], [0.27, '#fff', 0]]));
}
