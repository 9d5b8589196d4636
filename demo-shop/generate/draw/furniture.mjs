/**
 * furniture.mjs - lamps, chairs, stools, armchairs
 */
import { COLOURS, STYLES } from '../styles.mjs';
import { decorate } from './patterns.mjs';
import { box, n, shade, turned } from './svg.mjs';

const CX = 200;
const woodOf = (p) => COLOURS[STYLES[p.style].wood];
const metalOf = (p) => COLOURS[STYLES[p.style].metal];

/** The warm light a lamp throws. */
function glow(d, cx, cy, r, strength = 0.65) {
  d.ellipse(cx, cy, r, r * 0.9, d.define('radialGradient', {},
    `<stop offset="0" stop-color="#ffe3a6" stop-opacity="${strength}"/>`
    + '<stop offset="1" stop-color="#ffe3a6" stop-opacity="0"/>'));
}

function shadeCone(d, cx, [top, topR], [bottom, bottomR], hex) {
  const outline = turned(cx, [[topR, top], [bottomR, bottom]], { curved: false, flat: 0.12 });
  d.path(outline, d.round(hex, 0.7));
  d.path(outline, d.gradient([[0, '#ffefc6', 0.1], [0.5, '#ffe7b0', 0.55], [1, '#fff1cf', 0.15]],
    { x1: '0', y1: '0', x2: '0', y2: '1' }));
  d.ellipse(cx, top, topR, topR * 0.1, shade(hex, 0.35));
  return outline;
}

export function tablelamp(d, p) {
  const tall = p.size.startsWith('52') ? 26 : 0;
  const seat = 276 - tall;
  glow(d, CX, seat - 34, 170);
  d.shadow(CX, 402, 52);
  const feet = [
    [[10, seat], [14, seat + 20], [52, 330], [50, 374], [34, 402]],
    [[8, seat], [8, 388], [54, 394], [56, 402]],
    [[12, seat], [40, 300], [30, 336], [46, 372], [40, 402]],
    [[16, seat], [38, 304], [46, 352], [44, 402]],
  ];
  const profile = feet[p.material === 'metal' ? 1 : p.shape % 4];
  const outline = turned(CX, profile, { curved: p.material !== 'metal' });
  const skin = p.material === 'wood' ? woodOf(p) : p.hex;
  d.path(outline, d.round(skin, p.material === 'metal' ? 1.3 : 1));
  if (p.material === 'ceramic') decorate(d, outline, [CX - 54, seat + 10, 108, 402 - seat], p);
  const hat = p.material === 'ceramic' ? '#efe6d6' : p.hex;
  const form = p.shape % 3;
  if (form === 0) shadeCone(d, CX, [166 - tall, 54], [280 - tall, 106], hat);
  else if (form === 1) {
    d.path(`M${CX - 100} ${280 - tall}A100 104 0 0 1 ${CX + 100} ${280 - tall}`
      + `A100 10 0 0 1 ${CX - 100} ${280 - tall}Z`,
      d.round(hat, 0.9));
    d.ellipse(CX, 280 - tall, 98, 10, '#fff2cb');
  } else shadeCone(d, CX, [172 - tall, 82], [276 - tall, 88], hat);
}

export function floorlamp(d, p) {
  const frame = p.material === 'wood' ? woodOf(p) : metalOf(p);
  glow(d, 190, 138, 180);
  d.shadow(200, 456, 62);
  if (p.material === 'wood') {
    d.line('M200 160L138 456', shade(frame, -0.12), 9);
    d.line('M200 160L262 456', shade(frame, 0.08), 9);
    d.line('M200 160L206 444', shade(frame, -0.28), 8);
  } else if (p.shape % 2) {
    d.ellipse(222, 452, 62, 11, d.metal(frame));
    d.line('M224 450C228 250 262 110 190 92', frame, 7);
  } else {
    d.ellipse(200, 452, 62, 11, d.metal(frame));
    d.line('M200 450V120', frame, 7);
  }
  if (p.shape % 2 && p.material !== 'wood') {
    d.path('M118 164A72 70 0 0 1 262 164A72 9 0 0 1 118 164Z', d.round(p.hex));
    d.ellipse(190, 164, 70, 8, '#fff2cb');
  } else shadeCone(d, 200, [72, 62], [176, 98], p.hex);
}

export function pendant(d, p) {
  const wide = p.size.startsWith('45') ? 1.16 : 0.96;
  d.line(`M${CX} 0V170`, '#3a3633', 3);
  glow(d, CX, 330, 190, 0.7);
  const forms = [
    [[14, 170], [30, 190], [112 * wide, 306]],
    [[14, 168], [76 * wide, 196], [104 * wide, 256], [108 * wide, 306]],
    [[18, 170], [96 * wide, 220], [96 * wide, 280], [62 * wide, 322]],
  ];
  const profile = forms[p.shape % 3];
  const outline = turned(CX, profile, { curved: p.shape % 3 !== 0, flat: 0.13 });
  d.path(outline, p.material === 'metal' ? d.round(p.hex, 1.2) : d.round(p.hex, 0.8),
    { opacity: p.material === 'glass' ? '0.72' : '1' });
  const [bottomR, bottom] = profile[profile.length - 1];
  if (p.material === 'rattan') {
    d.open({ 'clip-path': d.clip(outline) });
    for (let y = 182; y < 326; y += 11) {
      d.line(`M80 ${y}Q200 ${y + 16} 320 ${y}`, shade(p.hex, -0.32), 2.4, { opacity: '0.7' });
    }
    for (let x = 90; x <= 310; x += 20) {
      d.line(`M200 150L${x} 330`, shade(p.hex, -0.25), 2, { opacity: '0.5' });
    }
    d.close();
  }
  d.ellipse(CX, bottom, bottomR - 1, bottomR * 0.12, '#fff0c4');
  d.ellipse(CX, bottom, 24, 5, '#fffaf0');
  d.rect(CX - 10, 150, 20, 24, d.metal(metalOf(p)), { rx: 4 });
}

/** Legs as [x at the seat, x at the floor]; the far pair is drawn first and darker. */
function legs(d, seatY, floorY, pairs, hex, width = 11) {
  pairs.forEach(([top, foot], i) => {
    const far = i < pairs.length / 2;
    d.line(`M${top} ${seatY}L${foot} ${floorY - (far ? 16 : 0)}`, shade(hex, far ? -0.32 : 0.02),
      width);
  });
}

export function chair(d, p) {
  const hex = p.hex;
  d.shadow(204, 446, 92);
  legs(d, 300, 446, [[150, 142], [262, 272], [128, 116], [280, 292]], hex);
  const form = p.shape % 3;
  if (form === 0) {
    for (const x of [146, 170, 195, 220, 246]) d.line(`M${x} 292V148`, shade(hex, -0.1), 6);
    d.line('M140 292V136', hex, 10);
    d.line('M254 292V136', hex, 10);
    d.path('M132 128Q197 104 262 128v26Q197 132 132 154Z', d.round(hex));
  } else if (form === 1) {
    d.line('M140 296L134 124', hex, 10);
    d.line('M256 296L262 124', hex, 10);
    for (const y of [132, 178, 224]) {
      d.path(`M134 ${y}Q198 ${y + 12} 262 ${y}v22Q198 ${y + 34} 134 ${y + 22}Z`, d.round(hex));
    }
  } else {
    d.line('M132 298C116 190 134 118 198 114C262 118 280 190 264 298', hex, 11);
    for (const x of [166, 198, 230]) {
      d.line(`M${x} 296L${198 + (x - 198) * 1.3} 130`, shade(hex, -0.12), 5.5);
    }
  }
  const seat = 'M112 300Q116 286 140 284H256Q282 286 288 300Q292 318 276 322H122Q106 318 112 300Z';
  d.path(seat, d.flat(hex));
  d.line('M118 314H282', shade(hex, -0.32), 4, { opacity: '0.5' });
  if (p.style === 'retro' || p.style === 'nordic') {
    d.path('M122 296Q126 280 150 278H248Q272 280 276 296Q262 306 199 306T122 296Z',
      d.flat(p.style === 'retro' ? '#b7563d' : '#d9d2c4'));
  }
}

export function stool(d, p) {
  const tall = p.size.startsWith('65') ? 60 : 0;
  const y = 300 - tall;
  d.shadow(202, 446, 76);
  legs(d, y + 8, 446, [[170, 162], [232, 240], [146, 126], [256, 276]], p.hex, 12);
  d.line(`M${140} ${n(390)}H${264}`, shade(p.hex, -0.15), 8);
  if (p.shape % 2) d.path(box(118, y - 14, 166, 30, 10), d.flat(p.hex));
  else {
    d.path(turned(200, [[84, y], [84, y + 18]], { curved: false }), d.round(p.hex));
    d.ellipse(200, y, 84, 17, d.flat(shade(p.hex, 0.12)));
    d.ellipse(200, y, 58, 11, 'none', { stroke: shade(p.hex, -0.18), 'stroke-width': 1.5,
      opacity: '0.6' });
  }
}

export function armchair(d, p) {
  const hex = p.hex;
  const leg = woodOf(p);
  d.shadow(200, 446, 128);
  legs(d, 396, 448, [[112, 108], [288, 292], [96, 84], [304, 316]], leg, 12);
  const back = ['M98 330C84 160 120 138 200 138S316 160 302 330Z',
    'M96 330V176q0 -34 34 -34H270q34 0 34 34V330Z',
    'M92 330C60 230 110 116 200 120S340 230 308 330Z'][p.shape % 3];
  d.path(back, d.round(hex));
  decorate(d, back, [96, 142, 208, 150], p, shade(hex, p.shape % 2 ? -0.14 : 0.14));
  d.line('M128 318C120 220 140 168 200 164S280 220 272 318', shade(hex, -0.2), 3,
    { opacity: '0.5' });
  d.path('M70 408V294q2 -34 36 -34q30 2 30 34v114Z', d.round(hex));
  d.path('M264 408V294q0 -32 30 -34q34 0 36 34v114Z', d.round(shade(hex, -0.04)));
  d.path('M128 330q4 -20 24 -20h96q20 0 24 20v20H128Z', d.flat(shade(hex, 0.1)));
  d.path('M126 344H274V400q-74 12 -148 0Z', d.flat(shade(hex, -0.06)));
  d.line('M128 346Q200 354 272 346', shade(hex, -0.3), 3, { opacity: '0.6' });
}
