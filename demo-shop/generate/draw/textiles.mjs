/**
 * textiles.mjs - what is woven: napkins, cloths, cushions, throws, rugs, towels, mats
 */
import { COLOURS, STYLES } from '../styles.mjs';
import { decorate, tone } from './patterns.mjs';
import { box, n, shade, smooth } from './svg.mjs';

const CX = 200;

/** A weave so fine that it only shows as texture. */
function weave(d, outline, [x, y, w, h], hex, step = 5) {
  d.open({ 'clip-path': d.clip(outline), opacity: '0.16' });
  for (let i = 0; i <= w + h; i += step) {
    d.line(`M${n(x + i)} ${n(y)}L${n(x + i - h)} ${n(y + h)}`, shade(hex, -0.5), 0.8);
  }
  d.close();
}

function fringe(d, x, y, w, length, hex) {
  let path = '';
  for (let i = 0; i <= w; i += 7) path += `M${n(x + i)} ${n(y)}l${((i / 7) % 3) - 1} ${n(length)}`;
  d.line(path, hex, 2.2);
}

export function napkin(d, p) {
  const sheets = [[-20, 8, -0.16], [-7, 2, -0.07], [6, -4, 0.03], [18, -10, 0.1]];
  d.path(box(96, 196, 236, 216, 8), '#2a2018',
    { opacity: '0.14', transform: 'rotate(-4 200 300)' });
  for (const [i, [angle, dy, light]] of sheets.entries()) {
    const hex = shade(p.hex, light);
    const outline = box(92, 180 + dy, 216, 216, 6);
    d.open({ transform: `rotate(${n(angle * 0.5)} ${CX} 290)` });
    d.path(outline, d.flat(hex));
    weave(d, outline, [92, 180 + dy, 216, 216], hex);
    d.path(box(102, 190 + dy, 196, 196, 3), 'none', { stroke: shade(hex, -0.22),
      'stroke-width': 1.6, 'stroke-dasharray': '4 3' });
    if (i === 3) {
      decorate(d, outline, [106, 194 + dy, 188, 188], p);
      d.line(`M92 ${290 + dy}H308`, shade(hex, -0.3), 1.5, { opacity: '0.5' });
    }
    d.close();
  }
}

export function tablecloth(d, p) {
  const top = 'M40 262L92 196H308L360 262Z';
  const folds = [];
  for (let i = 0; i <= 10; i++) folds.push([40 + i * 32, 418 + (i % 2 ? 14 : -6)]);
  const drop = `M40 262H360L${n(360)} 418${smooth([...folds].reverse())}Z`;
  d.line('M84 400V462M316 400V462', shade(COLOURS[STYLES[p.style].wood], -0.2), 12);
  d.path(drop, d.flat(p.hex));
  decorate(d, drop, [40, 262, 320, 150], p);
  d.open({ 'clip-path': d.clip(drop) });
  for (let i = 0; i < 10; i++) {
    d.path(`M${40 + i * 32} 262h${i % 2 ? 20 : 14}l${i % 2 ? 10 : -6} 200h-26Z`, i % 2 ? '#000'
      : '#fff', { opacity: '0.07' });
  }
  d.close();
  d.path(top, d.flat(shade(p.hex, 0.12)));
  d.line('M40 262H360', shade(p.hex, -0.25), 1.5, { opacity: '0.5' });
  d.ellipse(200, 228, 62, 16, '#f6f3ec');
  d.ellipse(200, 226, 44, 10, '#e9e3d6');
  d.path('M292 236v-44q0 -12 -6 -18v-14h14v14q-6 6 -6 18v44Z', '#9fb8b2', { opacity: '0.85' });
}

export function cushion(d, p) {
  const long = p.size.startsWith('40');
  const [w, h] = long ? [268, 178] : [228, 228];
  const [x, y] = [CX - w / 2, 400 - h];
  const outline = `M${x + 6} ${y + 4}Q${CX} ${y + 24} ${x + w - 6} ${y + 4}`
    + `Q${x + w + 8} ${y - 4} ${x + w} ${y + 12}`
    + `Q${x + w - 16} ${y + h / 2} ${x + w} ${y + h - 10}`
    + `Q${x + w + 6} ${y + h + 6} ${x + w - 10} ${y + h}`
    + `Q${CX} ${y + h - 14} ${x + 10} ${y + h}Q${x - 6} ${y + h + 6} ${x} ${y + h - 10}`
    + `Q${x + 16} ${y + h / 2} ${x} ${y + 12}Q${x - 8} ${y - 4} ${x + 6} ${y + 4}Z`;
  d.shadow(CX, 402, w / 2);
  d.path(outline, d.flat(p.hex));
  decorate(d, outline, [x + 14, y + 16, w - 28, h - 32], p);
  weave(d, outline, [x, y, w, h], p.hex);
  d.path(outline, d.define('radialGradient', { cx: '0.4', cy: '0.36', r: '0.75' },
    '<stop offset="0" stop-color="#fff" stop-opacity="0.26"/><stop offset="0.6" stop-color="#fff" '
    + 'stop-opacity="0"/><stop offset="1" stop-color="#000" stop-opacity="0.26"/>'));
  d.path(outline, 'none', { stroke: shade(p.hex, p.style === 'retro' ? 0.5 : -0.25),
    'stroke-width': p.style === 'retro' ? 4 : 1.5 });
  d.line(`M${CX - 22} ${y + 15}q22 22 44 0`, shade(p.hex, -0.3), 2, { opacity: '0.45' });
}

export function throwBlanket(d, p) {
  d.line('M60 168H340', COLOURS[STYLES[p.style].wood], 15);
  d.line('M60 164H340', shade(COLOURS[STYLES[p.style].wood], 0.25), 3, { opacity: '0.6' });
  const outline = 'M104 160Q200 152 300 160C306 240 292 320 302 404Q202 414 100 404'
    + 'C110 320 96 240 104 160Z';
  fringe(d, 102, 402, 198, 34, shade(p.hex, -0.12));
  d.path(outline, d.flat(p.hex));
  const lines = tone(p.hex);
  d.open({ 'clip-path': d.clip(outline) });
  if (p.shape % 2) {
    for (let i = 0; i < 5; i++) {
      d.rect(90, 186 + i * 46, 220, 12, lines, { opacity: '0.4' });
      d.rect(112 + i * 40, 150, 12, 270, lines, { opacity: '0.4' });
    }
  } else {
    for (const y of [330, 350, 364, 374]) d.rect(90, y, 220, y === 330 ? 12 : 5, lines,
      { opacity: '0.6' });
  }
  for (const [x, w] of [[128, 18], [186, 26], [252, 16]]) {
    d.path(`M${x} 150q${w} 130 -4 270h${w}q${w} -140 ${-w * 0.3} -270Z`, '#000',
      { opacity: '0.07' });
    d.path(`M${x + w + 6} 150q${w} 130 0 270h10q14 -140 4 -270Z`, '#fff', { opacity: '0.12' });
  }
  d.close();
  weave(d, outline, [96, 150, 210, 262], p.hex);
}

export function rug(d, p) {
  const outline = 'M92 176L318 150L352 396L66 420Z';
  d.path('M104 192L336 166L368 410L78 436Z', '#2a2018', { opacity: '0.14' });
  d.path(outline, d.flat(p.hex));
  const other = tone(p.hex);
  d.open({ 'clip-path': d.clip(outline) });
  const form = p.shape % 4;
  if (form === 0) {
    d.path('M106 194L306 170L334 378L84 402Z', 'none', { stroke: other, 'stroke-width': 7,
      opacity: '0.8' });
    d.path('M124 212L292 192L314 362L106 382Z', 'none', { stroke: other, 'stroke-width': 2.5,
      opacity: '0.8' });
  } else if (form === 1) {
    for (let i = 0; i < 9; i++) d.line(`M${60 - i} ${188 + i * 28}L360 ${158 + i * 28}`, other,
      i % 2 ? 9 : 3, { opacity: '0.65' });
  } else if (form === 2) {
    for (let r = 0; r < 5; r++) {
      for (let c = 0; c < 4; c++) {
        const [x, y] = [112 + c * 62 - r * 4, 196 + r * 50 - c * 7];
        d.path(`M${x} ${y - 20}l20 20l-20 20l-20 -20Z`, (r + c) % 2 ? other : 'none',
          { stroke: other, 'stroke-width': 2, opacity: '0.7' });
      }
    }
  } else {
    d.ellipse(150, 260, 66, 58, other, { opacity: '0.45' });
    d.ellipse(262, 320, 84, 70, other, { opacity: '0.35' });
    d.path('M90 420C150 330 240 240 330 150', 'none', { stroke: other, 'stroke-width': 5,
      opacity: '0.7' });
  }
  d.close();
  weave(d, outline, [60, 140, 300, 290], p.hex, 4);
  let tassels = '';
  for (let i = 0; i <= 32; i++) {
    tassels += `M${n(92 + i * 7.06)} ${n(176 - i * 0.81)}l-2 -13`
      + `M${n(66 + i * 8.94)} ${n(420 - i * 0.75)}l2 13`;
  }
  d.line(tassels, shade(p.hex, 0.2), 2);
}

export function towel(d, p) {
  d.line('M70 150H330', '#b9b3a8', 9);
  d.line('M70 147H330', '#fff', 2.5, { opacity: '0.6' });
  for (const x of [66, 334]) d.ellipse(x, 150, 11, 11, d.metal('#b9b3a8'));
  const large = p.size.startsWith('70') ? 40 : 0;
  const bottom = 366 + large;
  const outline = `M124 144Q200 138 278 144L${282} ${bottom}Q200 ${bottom + 8} 120 ${bottom}Z`;
  d.path(`M136 148H292L298 ${bottom - 34}H146Z`, shade(p.hex, -0.3));
  d.path(outline, d.flat(p.hex));
  d.open({ 'clip-path': d.clip(outline) });
  for (const [dy, h] of [[60, 26], [26, 5]]) d.rect(110, bottom - dy, 180, h, tone(p.hex),
    { opacity: '0.6' });
  for (const x of [150, 206,
    252]) d.path(`M${x} 140q12 120 -2 ${bottom - 130}h16q10 -130 0 -${bottom - 130}Z`, '#000',
    { opacity: '0.06' });
  d.close();
  weave(d, outline, [116, 140, 170, bottom - 130], p.hex, 4);
  if (p.style === 'botanical') decorate(d, outline, [130, 200, 140, 110], p);
}

export function bathmat(d, p) {
  const outline = 'M76 286Q80 262 110 258L292 242Q322 240 326 262L346 360Q348 386 320 388'
    + 'L96 408Q66 410 64 386Z';
  d.open({ transform: 'translate(10 14)', opacity: '0.16' }).path(outline, '#2a2018').close();
  d.path(outline, d.flat(p.hex));
  d.open({ 'clip-path': d.clip(outline) });
  for (let i = 0; i < 13; i++) {
    d.line(`M50 ${n(276 + i * 13)}L360 ${n(246 + i * 13)}`, i % 2 ? shade(p.hex, 0.22)
      : shade(p.hex, -0.14), 6, { 'stroke-dasharray': '1 7' });
  }
  d.path('M92 292Q96 278 116 275L286 260Q306 259 309 272L326 352Q328 368 310 370'
    + 'L104 389Q84 390 83 376Z', 'none',
    { stroke: tone(p.hex), 'stroke-width': 4, opacity: '0.7' });
  d.close();
}
