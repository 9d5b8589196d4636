/**
 * garden.mjs - watering cans, trowels, soil and seeds
 */
import { COLOURS, STYLES } from '../styles.mjs';
import { decorate, leafPath, sprig } from './patterns.mjs';
import { box, mix, n, shade, turned } from './svg.mjs';

export function wateringcan(d, p) {
  const skin = d.round(mix(p.hex, '#b4babd', 0.12), 1.2);
  const big = p.size.startsWith('5') ? 14 : 0;
  d.shadow(228, 400, 84);
  d.line(`M228 ${258 - big}C230 180 330 190 312 ${340}`, shade(p.hex, -0.3), 13);
  d.line(`M228 ${256 - big}C230 178 328 188 310 ${338}`, shade(p.hex, 0.05), 8);
  d.path(`M158 372L70 238l14 -10L162 322Z`, skin);
  d.path('M52 236l34 -26l10 12l-30 28Z', d.metal(COLOURS[STYLES[p.style].metal]));
  const outline = turned(228, [[70, 258 - big], [74, 330], [80, 398]], { curved: false });
  d.path(outline, skin);
  if (p.style !== 'nordic') decorate(d, outline, [148, 270, 160, 126], p);
  d.path(`M158 ${258 - big}A70 14 0 0 1 298 ${258 - big}Q262 ${236 - big} 228 ${238 - big}`
    + `T158 ${258 - big}Z`, d.round(shade(p.hex, -0.1)));
  d.ellipse(228, 258 - big, 70, 12, shade(p.hex, -0.4), { opacity: '0.5' });
  for (const y of [286, 382]) {
    d.line(`M156 ${y}Q228 ${y + 20} 300 ${y}`, shade(p.hex, -0.3), 2, { opacity: '0.5' });
  }
}

export function trowel(d, p) {
  d.open({ transform: 'rotate(38 200 280)' });
  d.path('M176 128q0 -22 32 -22t30 22v110h-62Z', '#2a2018',
    { opacity: '0.12', transform: 'translate(12 10)' });
  d.path(turned(200, [[12, 96], [18, 120], [15, 170], [17, 212], [12, 226]]), d.round('#c79c66'));
  d.line('M192 108q8 -6 16 0', '#6f4a38', 4);
  d.rect(190, 224, 20, 22, d.metal(p.hex), { rx: 2 });
  d.line('M200 244V296', shade(p.hex, -0.3), 10);
  d.path('M160 292Q200 274 240 292Q246 380 200 440Q154 380 160 292Z',
    d.gradient([[0, shade(p.hex, -0.2)],
    [0.45, shade(p.hex, 0.4)], [0.55, shade(p.hex, -0.05)], [1, shade(p.hex, -0.3)]]));
  d.line('M200 296V420', shade(p.hex, -0.35), 2, { opacity: '0.5' });
  d.close();
  for (const [x, y, a] of [[86, 392, -0.6], [110, 404, -2.2], [300, 176, -0.4]]) {
    d.path(leafPath(x, y, 40, a), '#6f9457');
  }
}

export function soil(d, p) {
  const large = p.size.startsWith('20') ? 26 : 0;
  const top = 206 - large;
  const outline = `M104 ${top + 8}Q200 ${top - 10} 300 ${top + 8}Q290 300 304 388Q300 404 284 402`
    + `Q200 408 118 402Q100 402 98 388Q112 300 104 ${top + 8}Z`;
  d.shadow(202, 404, 104);
  d.path(outline, d.round('#d9cbb0', 0.8));
  d.open({ 'clip-path': d.clip(outline) });
  d.rect(90, top + 62, 230, 96, p.hex);
  d.rect(90, top + 166, 230, 6, p.hex);
  d.path('M90 410V372Q150 350 200 366T320 356V410Z', '#4a382b');
  for (let i = 0; i < 30; i++) {
    const crumb = i % 2 ? '#6b5340' : '#33261d';
    d.ellipse(100 + (i * 67) % 210, 374 + (i * 29) % 30, 2.4, 2, crumb);
  }
  d.path(`M140 ${top}q16 120 2 210h18q14 -110 2 -210Z`, '#000', { opacity: '0.06' });
  d.path(`M250 ${top}q12 120 2 210h14q12 -110 2 -210Z`, '#fff', { opacity: '0.14' });
  d.close();
  d.line(`M108 ${top + 22}Q200 ${top + 6} 296 ${top + 22}`, '#8c7a5c', 2.5,
    { 'stroke-dasharray': '7 4' });
  sprig(d, 200, top + 152, 78, '#f4efe2', 0);
  d.line(`M150 ${top + 190}h100M168 ${top + 202}h64`, '#7a6a52', 3);
}

/** A seed packet: the flower or the fruit is the picture on it. */
export function seeds(d, p) {
  d.open({ transform: 'rotate(-5 200 290)' });
  d.path(box(122, 160, 182, 250, 4), '#2a2018', { opacity: '0.16' });
  d.path(box(112, 146, 178, 254, 4), d.flat('#f3ecdb'));
  d.rect(112, 146, 178, 30, p.hex);
  d.line('M112 162H290', '#fff', 1.4, { 'stroke-dasharray': '5 4', opacity: '0.8' });
  sprig(d, 201, 344, 118, '#5d7a4b', 0);
  const petals = 6 + (p.shape % 4);
  for (let ring = 0; ring < 2; ring++) {
    for (let i = 0; i < petals; i++) {
      const a = (i / petals) * 6.283 + ring * 0.4;
      const r = ring ? 15 : 28;
      d.ellipse(201 + Math.cos(a) * r, 232 + Math.sin(a) * r, 15 - ring * 4, 13 - ring * 3,
        shade(p.hex, ring ? 0.18 : 0));
    }
  }
  d.ellipse(201, 232, 11, 11, '#d8a732');
  d.rect(132, 350, 138, 34, p.hex, { opacity: '0.16' });
  d.line('M150 362h102M170 373h62', shade(p.hex, -0.35), 3);
  d.close();
  for (let i = 0; i < 9; i++) {
    const [x, y] = [262 + (i * 37) % 70, 398 + (i * 11) % 26];
    d.ellipse(x, y, 4.2, 2.8, '#6f4a38', { transform: `rotate(${i * 40} ${x} ${y})` });
  }
}
