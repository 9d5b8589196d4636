/**
 * svg.mjs - a small drawing board
 *
 * Pictures are 400 by 500. Light comes from the upper left, so everything round is lighter there;
 * `round` makes that gradient for a colour, `turned` makes the outline of anything a potter or a
 * glass-blower would turn: a list of [radius, y] from top to bottom, mirrored about the axis.
 */

export const n = (value) => String(Math.round(value * 10) / 10);

const channels = (hex) => [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16));
const toHex = (list) => `#${list.map((c) => Math.round(Math.min(255, Math.max(0, c)))
  .toString(16).padStart(2, '0')).join('')}`;

/** Lighter (amount > 0) or darker (amount < 0); -1 is black, 1 is white. */
export function shade(hex, amount) {
  const towards = amount > 0 ? 255 : 0;
  return toHex(channels(hex).map((c) => c + (towards - c) * Math.abs(amount)));
}

export function mix(hex, other, share) {
  const b = channels(other);
  return toHex(channels(hex).map((c, i) => c + (b[i] - c) * share));
}

export const luminance = (hex) => {
  const [r, g, b] = channels(hex);
  return (0.3 * r + 0.59 * g + 0.11 * b) / 255;
};

const attributes = (object) => Object.entries(object)
  .filter(([, v]) => v !== undefined && v !== null)
  .map(([k, v]) => ` ${k}="${typeof v === 'number' ? n(v) : v}"`).join('');

export class Drawing {
  constructor() {
    this.definitions = [];
    this.shapes = [];
    this.known = new Map();
  }

  add(tag, object, inner = '') {
    this.shapes.push(`<${tag}${attributes(object)}${inner ? `>${inner}</${tag}>` : '/>'}`);
    return this;
  }

  path(d, fill, rest = {}) { return this.add('path', { d, fill, ...rest }); }

  line(d, colour, width, rest = {}) {
    return this.add('path', { d, fill: 'none', stroke: colour, 'stroke-width': width,
      'stroke-linecap': 'round', 'stroke-linejoin': 'round', ...rest });
  }

  ellipse(cx, cy, rx, ry, fill, rest = {}) {
    return this.add('ellipse', { cx, cy, rx, ry, fill, ...rest });
  }

  rect(x, y, width, height, fill, rest = {}) {
    return this.add('rect', { x, y, width, height, fill, ...rest });
  }

  /** Opens a group that what follows is drawn into, until `close`. */
  open(object) { this.shapes.push(`<g${attributes(object)}>`); return this; }

  close() { this.shapes.push('</g>'); return this; }

  define(tag, object, inner) {
    const key = `${tag}${attributes(object)}${inner}`;
    if (!this.known.has(key)) {
      const id = `d${this.known.size}`;
      this.known.set(key, id);
      this.definitions.push(`<${tag} id="${id}"${attributes(object)}>${inner}</${tag}>`);
    }
    return `url(#${this.known.get(key)})`;
  }

  gradient(stops, object = {}) {
    return this.define('linearGradient', object, stops.map(([at, colour, opacity]) =>
      `<stop${attributes({ offset: String(at), 'stop-color': colour,
        'stop-opacity': opacity === undefined ? undefined : String(opacity) })}/>`).join(''));
  }

  /** How a matt round body of this colour takes the light. */
  round(hex, strength = 1) {
    return this.gradient([[0, shade(hex, -0.16 * strength)], [0.26, shade(hex, 0.17 * strength)],
      [0.52, hex], [0.82, shade(hex, -0.2 * strength)], [1, shade(hex, -0.3 * strength)]]);
  }

  /** A flat thing lit from above. */
  flat(hex, strength = 1) {
    return this.gradient([[0, shade(hex, 0.1 * strength)], [1, shade(hex, -0.12 * strength)]],
      { x1: '0', y1: '0', x2: '0.5', y2: '1' });
  }

  /** Steel, brass, copper: bright edges of light. */
  metal(hex) {
    return this.gradient([[0, shade(hex, -0.3)], [0.18, shade(hex, 0.45)], [0.3, shade(hex, 0.1)],
      [0.55, shade(hex, -0.12)], [0.78, shade(hex, 0.25)], [1, shade(hex, -0.4)]]);
  }

  clip(d) { return this.define('clipPath', {}, `<path d="${d}"/>`); }

  /** The soft shadow something standing at (cx, y) throws to the right. */
  shadow(cx, y, rx, depth = 1) {
    const soft = this.define('radialGradient', {}, '<stop offset="0" stop-color="#2a2018" '
      + 'stop-opacity="0.42"/><stop offset="0.55" stop-color="#2a2018" stop-opacity="0.16"/>'
      + '<stop offset="1" stop-color="#2a2018" stop-opacity="0"/>');
    this.ellipse(cx + rx * 0.34, y + 2, rx * 1.5, rx * 0.2 * depth + 5, soft);
    return this.ellipse(cx + rx * 0.04, y + 1, rx * 1.08, rx * 0.1 * depth + 3, soft);
  }

  toString() {
    return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 500" width="400" height="500">`
      + `<defs>${this.definitions.join('')}</defs>${this.shapes.join('')}</svg>\n`;
  }
}

/** A smooth line through points (Catmull-Rom, as cubic curves), without its first "M". */
export function smooth(points, tension = 1) {
  let d = '';
  for (let i = 0; i < points.length - 1; i++) {
    const [p0, p1, p2, p3] = [points[i - 1] ?? points[i], points[i], points[i + 1],
      points[i + 2] ?? points[i + 1]];
    const t = tension / 6;
    d += `C${n(p1[0] + (p2[0] - p0[0]) * t)} ${n(p1[1] + (p2[1] - p0[1]) * t)} `
      + `${n(p2[0] - (p3[0] - p1[0]) * t)} ${n(p2[1] - (p3[1] - p1[1]) * t)} `
      + `${n(p2[0])} ${n(p2[1])}`;
  }
  return d;
}

/** The outline of a turned body; `flat` is how round the foot looks (0: seen level). */
export function turned(cx, profile, { curved = true, flat = 0.16 } = {}) {
  const right = profile.map(([r, y]) => [cx + r, y]);
  const left = profile.map(([r, y]) => [cx - r, y]).reverse();
  const run = (points) => (curved ? smooth(points)
    : points.slice(1).map(([x, y]) => `L${n(x)} ${n(y)}`).join(''));
  const foot = profile[profile.length - 1][0];
  return `M${n(right[0][0])} ${n(right[0][1])}${run(right)}`
    + `A${n(foot)} ${n(foot * flat + 0.01)} 0 0 1 ${n(left[0][0])} ${n(left[0][1])}${run(left)}Z`;
}

/** A rounded rectangle as a path, so that it can clip. */
export function box(x, y, w, h, r = 0) {
  return `M${n(x + r)} ${n(y)}h${n(w - 2 * r)}q${n(r)} 0 ${n(r)} ${n(r)}v${n(h - 2 * r)}`
    + `q0 ${n(r)} ${n(-r)} ${n(r)}h${n(2 * r - w)}q${n(-r)} 0 ${n(-r)} ${n(-r)}v${n(2 * r - h)}`
    + `q0 ${n(-r)} ${n(r)} ${n(-r)}Z`;
}
