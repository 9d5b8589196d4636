/**
 * kitchen.mjs - pots, kettles, boards, knives, spoons, trays
 */
import { STYLES, COLOURS } from '../styles.mjs';
import { decorate } from './patterns.mjs';
import { box, mix, n, shade, turned } from './svg.mjs';

const CX = 200;
const woodOf = (p) => COLOURS[STYLES[p.style].wood];
const skinOf = (d, p) => (['steel', 'copper', 'brass', 'zinc'].includes(p.material)
  ? d.metal(p.hex) : d.round(p.hex));

/** The grain of a plank, clipped to its outline. */
export function grain(d, outline, [x, y, w, h], hex, upright = false) {
  d.open({ 'clip-path': d.clip(outline), opacity: '0.35' });
  const lines = 9;
  for (let i = 0; i < lines; i++) {
    const t = (i + 0.5) / lines;
    const wave = 4 + (i * 7) % 9;
    d.line(upright
      ? `M${n(x + w * t)} ${n(y)}c${wave} ${n(h * 0.3)} ${-wave} ${n(h * 0.6)} 2 ${n(h)}`
      : `M${n(x)} ${n(y + h * t)}c${n(w * 0.3)} ${wave} ${n(w * 0.6)} ${-wave} ${n(w)} 2`,
      shade(hex, -0.3), 1.4);
  }
  d.close();
}

export function cafetiere(d, p) {
  const metal = COLOURS[STYLES[p.style].metal];
  const body = turned(CX, [[60, 226], [60, 300], [60, 392]], { curved: false });
  d.shadow(CX, 396, 62);
  d.line(`M${CX + 58} 244h34q14 0 14 16v86q0 16 -14 16h-34`, woodOf(p), 12);
  d.open({ 'clip-path': d.clip(body) });
  d.rect(CX - 70, 200, 140, 220, '#e7ecea', { opacity: '0.65' });
  d.rect(CX - 70, 272, 140, 140, d.round('#3d2618'));
  d.ellipse(CX, 272, 60, 9, '#6b4a33');
  d.close();
  d.path(body, d.gradient([[0.08, '#fff', 0.1], [0.2, '#fff', 0.55], [0.27, '#fff', 0.05],
    [1, '#000', 0.15]]));
  d.rect(CX - 3, 148, 6, 84, d.metal(metal));
  d.ellipse(CX, 146, 13, 13, d.round(woodOf(p)));
  d.path(`M${CX - 64} 228C${CX - 58} 196 ${CX + 58} 196 ${CX + 64} 228Z`, d.metal(metal));
  d.rect(CX - 64, 226, 128, 10, d.metal(metal), { rx: 3 });
  d.rect(CX - 64, 372, 128, 26, d.metal(metal), { rx: 4 });
}

export function kettle(d, p) {
  const skin = skinOf(d, p);
  d.line(`M${CX - 62} 268C${CX - 70} 156 ${CX + 70} 156 ${CX + 62} 268`, shade(woodOf(p), -0.15),
    13);
  d.path(`M${CX - 78} 350C${CX - 128} 346 ${CX - 116} 286 ${CX - 150} 262l18 -10`
    + `C${CX - 96} 282 ${CX - 108} 312 ${CX - 78} 306Z`, skin);
  const profile = p.shape % 2 ? [[36, 256], [88, 296], [104, 352], [98, 388], [90, 396]]
    : [[40, 256], [70, 268], [96, 340], [106, 386], [96, 398]];
  const outline = turned(CX, profile);
  d.shadow(CX, 400, 98);
  d.path(outline, skin);
  if (p.material === 'enamel') decorate(d, outline, [CX - 106, 262, 212, 134], p);
  d.ellipse(CX, 256, 42, 8, shade(p.hex, -0.2));
  d.path(`M${CX - 38} 254C${CX - 32} 232 ${CX + 32} 232 ${CX + 38} 254Z`, skin);
  d.ellipse(CX, 234, 11, 10, d.round(woodOf(p)));
}

function pot(d, p, [left, right, top, foot], lidded) {
  const skin = skinOf(d, p);
  const cx = (left + right) / 2;
  const r = (right - left) / 2;
  const outline = turned(cx, [[r, top], [r, (top + foot) / 2], [r - 3, foot - 14], [r - 12, foot]]);
  d.shadow(cx, foot + 4, r);
  d.path(outline, skin);
  const { pattern } = STYLES[p.style];
  const bare = ['steel', 'copper'].includes(p.material) || ['plain', 'dipped'].includes(pattern);
  if (!bare) {
    decorate(d, outline, [left, top + 12, r * 2, foot - top - 20], p);
  }
  d.ellipse(cx, top, r, r * 0.15, shade(p.hex, 0.15));
  if (lidded) {
    d.path(`M${n(cx - r)} ${top}C${n(cx - r * 0.8)} ${top - 40} ${n(cx + r * 0.8)} ${top - 40} `
      + `${n(cx + r)} ${top}`
      + `A${n(r)} ${n(r * 0.13)} 0 0 1 ${n(cx - r)} ${top}Z`, skin);
    d.rect(cx - 16, top - 46, 32, 13, d.metal(COLOURS[STYLES[p.style].metal]), { rx: 6 });
  } else {
    d.ellipse(cx, top + 1, r - 5, r * 0.15 - 3, d.gradient([[0, '#3c3c3e'], [1, '#8b8d90']]));
  }
}

export function saucepan(d, p) {
  const r = p.size.startsWith('20') ? 96 : 84;
  d.path(`M${180 + r - 30} 300l130 -34q14 -2 16 8t-10 12l-128 34Z`,
    d.round(shade(woodOf(p), -0.1)));
  pot(d, p, [152 - r + 14, 152 + r + 14, 290, 392], p.shape % 2 === 1);
}

export function casserole(d, p) {
  const wide = p.size.startsWith('5') ? 128 : 114;
  for (const side of [-1, 1]) {
    d.line(`M${CX + side * (wide - 6)} 308q${side * 36} -4 ${side * 34} 16q-2 12 ${side * -36} 8`,
      shade(p.hex, -0.22), 12);
  }
  pot(d, p, [CX - wide, CX + wide, 288, 394], true);
}

export function board(d, p) {
  const hex = p.hex;
  const large = p.size === 'large' ? 18 : 0;
  const round = p.shape % 3 === 1;
  const outline = round
    ? `M${CX - 104 - large / 2} 282a${104 + large / 2} ${104 + large / 2} 0 1 0 ${208 + large} 0`
      + `a${104 + large / 2} ${104 + large / 2} 0 1 0 ${-208 - large} 0Z`
    : box(CX - 82 - large, 150 - large, 164 + 2 * large, 250 + large, 20);
  d.open({ transform: `rotate(${round ? -12 : -5} ${CX} 290)` });
  d.rect(CX - 70, 160, 190, 250, '#2a2018', { rx: 60, opacity: '0.13' });
  if (round) d.rect(CX - 20, 108, 40, 90, d.flat(hex), { rx: 18 });
  d.path(outline, d.flat(hex));
  grain(d, outline, [CX - 130, 130, 260, 290], hex, true);
  d.ellipse(CX, round ? 130 : 176 - large, 10, 10, shade(hex, -0.45));
  if (!round) {
    d.line(box(CX - 62 - large, 206 - large, 124 + 2 * large, 172 + large, 12), shade(hex, -0.25),
      3, { opacity: '0.6' });
  }
  d.close();
  const [fx, fy] = [CX + 46, 318];
  d.ellipse(fx, fy, 26, 25, d.round(['#c84f3a', '#d9b13b', '#7d9c5a'][p.shape % 3]));
  d.line(`M${fx} ${fy - 22}q2 -10 8 -14`, '#4f6b3c', 4);
}

export function knife(d, p) {
  const long = p.size.startsWith('20') ? 26 : 0;
  const handle = p.hex === COLOURS.steel ? woodOf(p) : p.hex;
  d.open({ transform: `rotate(${-34 + p.shape * 3} ${CX} 270)` });
  d.path(`M70 296h${190 + long}v10H84Z`, '#2a2018', { opacity: '0.16' });
  d.path(`M${252} 258v38H${110 - long}Q${64 - long} 292 ${44 - long} 262Z`,
    d.gradient([[0, '#f4f6f7'], [0.5, '#cfd4d7'], [1, '#8f979c']], { x1: '0', y1: '0', x2: '0',
      y2: '1' }));
  d.line(`M${60 - long} 276Q${90 - long} 292 ${120 - long} 294H250`, '#fff', 2, { opacity: '0.8' });
  d.rect(248, 256, 12, 36, d.metal('#b4babd'), { rx: 2 });
  d.path(`M260 256h92q18 4 16 20t-22 18l-86 -2Z`,
    d.gradient([[0, shade(handle, 0.15)], [1, shade(handle, -0.28)]],
    { x1: '0', y1: '0', x2: '0', y2: '1' }));
  for (const x of [284, 314, 344]) d.ellipse(x, 274, 4, 4, d.metal(COLOURS[STYLES[p.style].metal]));
  d.close();
}

export function spoon(d, p) {
  const tilt = [-13, 0, 14];
  for (const [i, angle] of tilt.entries()) {
    d.open({ transform: `rotate(${angle} ${CX} 520)` });
    const hex = shade(p.hex, (i - 1) * 0.06);
    d.path(box(CX - 5, 220, 18, 210, 8), '#2a2018', { opacity: '0.14' });
    d.rect(CX - 7, 220, 14, 200, d.round(hex), { rx: 7 });
    if (i === 1) d.path(box(CX - 24, 118, 48, 118, 16), d.round(hex));
    else d.ellipse(CX, 172, 29, 46, d.round(hex));
    if (i !== 1) d.ellipse(CX - 2, 170, 21, 37, shade(hex, -0.14), { opacity: '0.75' });
    else d.rect(CX - 4, 136, 8, 66, shade(hex, -0.5), { rx: 4 });
    d.close();
  }
}

export function tray(d, p) {
  const hex = p.hex;
  const round = p.shape % 2 === 0;
  const outline = round ? 'M54 280a146 146 0 1 0 292 0a146 146 0 1 0 -292 0Z'
    : box(50, 164, 300, 236, 26);
  d.open({ transform: 'translate(14 16)', opacity: '0.15' }).path(outline, '#2a2018').close();
  d.path(outline, d.flat(shade(hex, -0.12)));
  const inner = round ? 'M68 280a132 132 0 1 0 264 0a132 132 0 1 0 -264 0Z'
    : box(64, 178, 272, 208, 18);
  d.path(inner, d.flat(mix(hex, '#ffffff', 0.08)));
  grain(d, inner, [50, 140, 300, 280], hex);
  if (!round) {
    for (const x of [60, 334]) d.rect(x, 256, 7, 52, shade(hex, -0.5), { rx: 3 });
  }
  d.ellipse(164, 262, 44, 44, '#f6f2ea');
  d.ellipse(164, 262, 35, 35, '#5a3824');
  d.line('M206 246q30 6 14 34', '#f6f2ea', 9);
  d.ellipse(250, 318, 46, 46, '#f6f2ea');
  d.ellipse(250, 318, 33, 33, '#eae3d4');
  d.path('M228 326q6 -30 40 -24q6 20 -14 30q-18 4 -26 -6Z', '#cf9a56');
}
