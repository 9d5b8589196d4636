/**
 * paper.mjs - packets and stationery: tea, coffee, notebooks, pencils, desk trays
 */
import { decorate, leafPath, sprig, tone } from './patterns.mjs';
import { box, mix, n, shade, turned } from './svg.mjs';
import { grain } from './kitchen.mjs';

const CX = 200;

export function tea(d, p) {
  const tall = p.size.startsWith('125') ? 28 : 0;
  const top = 232 - tall;
  const outline = turned(CX, [[70, top], [70, 396]], { curved: false });
  d.shadow(CX, 404, 72);
  d.path(outline, d.round(p.hex));
  d.open({ 'clip-path': d.clip(outline) });
  d.rect(CX - 70, top + 44, 140, 96, '#f6f0e2');
  d.rect(CX - 70, top + 38, 140, 3, '#f6f0e2');
  d.rect(CX - 70, top + 143, 140, 3, '#f6f0e2');
  d.close();
  sprig(d, CX - 20, top + 130, 64, shade(p.hex, -0.2), -8);
  sprig(d, CX + 20, top + 130, 64, shade(p.hex, -0.2), 8);
  d.line(`M${CX - 34} ${top + 58}h68`, shade(p.hex, -0.4), 4);
  d.path(outline, d.gradient([[0, '#000', 0.18], [0.22, '#fff', 0.22], [0.4, '#fff', 0],
    [1, '#000', 0.28]]));
  d.path(turned(CX, [[73, top - 24], [73, top + 6]], { curved: false }),
    d.metal(mix(p.hex, '#c2a05c', 0.7)));
  d.ellipse(CX, top - 24, 73, 12, shade(mix(p.hex, '#c2a05c', 0.7), 0.3));
  for (const [x, y, a] of [[62, 414, -0.5], [92, 426, -2.7], [300, 424, -0.2], [318, 412, -2.4],
    [110, 414, -1]]) {
    d.path(leafPath(x, y, 22, a), shade(p.hex, -0.42));
  }
}

export function coffee(d, p) {
  const tall = p.size.startsWith('500') ? 30 : 0;
  const top = 192 - tall;
  const outline = `M118 ${top}H282L292 396Q200 410 108 396Z`;
  d.shadow(CX, 402, 92);
  d.path(outline, d.round(p.hex, 0.9));
  d.rect(116, top - 18, 168, 22, d.round(shade(p.hex, -0.2)), { rx: 3 });
  for (const x of [120, 276]) d.rect(x, top - 14, 6, 14, '#d8d2c4', { rx: 1 });
  d.path(`M118 ${top + 4}L138 ${top + 110}L109 394Z`, '#000', { opacity: '0.1' });
  d.path(`M282 ${top + 4}L264 ${top + 110}L291 394Z`, '#000', { opacity: '0.12' });
  d.rect(146, top + 58, 108, 118, '#f6f0e2', { rx: 2 });
  const cy = top + 106;
  d.ellipse(CX, cy, 26, 33, shade(p.hex, -0.4), { transform: `rotate(24 ${CX} ${cy})` });
  d.line(`M${CX - 10} ${cy - 26}q18 24 6 30t12 24`, '#f6f0e2', 4);
  d.line(`M164 ${top + 154}h72M178 ${top + 165}h44`, shade(p.hex, -0.45), 3);
  d.ellipse(CX, top + 34, 6, 6, shade(p.hex, -0.35));
  for (let i = 0; i < 11; i++) {
    const [x, y] = [64 + (i * 83) % 280, 414 + (i * 13) % 26];
    d.ellipse(x, y, 8, 5.5, '#4a2e1f', { transform: `rotate(${i * 37} ${x} ${y})` });
    d.line(`M${x - 5} ${y}q5 -3 10 0`, '#2c1a11', 1.2);
  }
}

export function notebook(d, p) {
  const small = p.size === 'A6' ? 24 : 0;
  const [x, y, w, h] = [106 + small, 148 + small * 1.4, 188 - small * 2, 256 - small * 2];
  d.open({ transform: `rotate(${p.shape % 2 ? 6 : -7} 200 290)` });
  d.path(box(x + 10, y + 14, w + 8, h + 4, 8), '#2a2018', { opacity: '0.18' });
  d.path(box(x + 4, y + 5, w + 2, h + 1, 6), '#f7f2e6');
  d.line(`M${x + w + 4} ${y + 14}V${y + h}`, '#cfc6b4', 1);
  const cover = box(x, y, w, h, 7);
  d.path(cover, d.flat(p.hex));
  decorate(d, cover, [x + 28, y + 16, w - 44, h - 32], p);
  d.rect(x, y, 22, h, shade(p.hex, -0.22), { rx: 6 });
  if (p.style === 'modern' || p.style === 'nordic') d.rect(x + w - 26, y, 7, h, tone(p.hex));
  else d.path(box(x + w * 0.34, y + h * 0.2, w * 0.46, 44, 3), '#f7f2e6');
  d.path(`M${x + w * 0.5} ${y + h}v34l6 -8l6 8v-34Z`, tone(p.hex));
  d.close();
}

export function pencil(d, p) {
  for (let i = 0; i < 6; i++) {
    const hex = i % 2 ? mix(p.hex, '#ffffff', 0.35) : shade(p.hex, -0.08 * (i % 3));
    const x = 108 + i * 33;
    d.open({ transform: `rotate(${n((i - 2.5) * 3.2)} ${CX} 620)` });
    d.rect(x + 7, 196, 18, 226, '#2a2018', { opacity: '0.12', rx: 4 });
    d.path(`M${x} 196L${x + 9} 152L${x + 18} 196Z`, '#e2c193');
    d.path(`M${x + 6} 167L${x + 9} 152L${x + 12} 167Z`, '#33302e');
    d.rect(x, 194, 18, 214, d.gradient([[0, shade(hex, 0.2)], [0.34, shade(hex, 0.2)], [0.35, hex],
      [0.68, hex], [0.69, shade(hex, -0.22)], [1, shade(hex, -0.22)]]));
    d.rect(x, 392, 18, 8, '#d9c9a0');
    d.close();
  }
}

export function desktray(d, p) {
  const outline = box(56, 212, 288, 168, 14);
  d.open({ transform: 'translate(12 16)', opacity: '0.16' }).path(outline, '#2a2018').close();
  d.path(outline, d.flat(p.hex));
  grain(d, outline, [56, 212, 288, 168], p.hex);
  const well = shade(p.hex, -0.3);
  for (const [x, y, w, h] of [[72, 228, 120, 136], [206, 228, 122, 60], [206, 302, 122, 62]]) {
    d.path(box(x, y, w, h, 8), d.gradient([[0, shade(well, -0.3)], [0.2, well],
      [1, shade(well, 0.12)]],
      { x1: '0', y1: '0', x2: '0', y2: '1' }));
  }
  d.open({ transform: 'rotate(-16 132 296)' });
  d.rect(124, 228, 10, 130, '#cb983d', { rx: 2 }).path('M124 230l5 -18l5 18Z', '#e2c193');
  d.rect(144, 240, 9, 116, '#2c3a55', { rx: 4 });
  d.close();
  for (const [x, y] of [[232, 256], [262, 268], [294, 252]]) {
    d.line(`M${x} ${y}l14 -8q6 4 0 8l-18 10`, '#d8d2c4', 3);
  }
  d.path(box(226, 316, 60, 34, 4), '#de7b61');
  d.rect(226, 316, 60, 12, '#f4f3f0', { rx: 3 });
}
