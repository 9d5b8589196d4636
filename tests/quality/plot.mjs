/**
 * plot.mjs - a line chart as an SVG for a light and a dark screen, with a ground of its own
 *
 * A picture knows what its reader's screen is like, and not what the page around it is.
 */

const WIDTH = 640;
const HEIGHT = 320;
const LEFT = 56;
const RIGHT = 24;
const TOP = 40;
const BOTTOM = 48;

const STYLE = `
    .ground { fill: #fff }
    text { font: 13px system-ui, sans-serif; fill: #333 }
    .title { font-weight: 600 }
    .grid { stroke: #ddd }
    .line { fill: none; stroke: #0b6e99; stroke-width: 2 }
    .dot { fill: #0b6e99 }
    .other { stroke: #b3541e; stroke-width: 1.5; stroke-dasharray: 5 4 }
    .other-name { fill: #b3541e }
    @media (prefers-color-scheme: dark) {
      .ground { fill: #16181c }
      text { fill: #ddd }
      .grid { stroke: #444 }
      .line { stroke: #5cc0ea }
      .dot { fill: #5cc0ea }
      .other { stroke: #f0a36b }
      .other-name { fill: #f0a36b }
    }`;

/** Round numbers between low and high, about five of them. */
function ticks(low, high) {
  const raw = (high - low) / 5;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((n) => n * power).find((n) => n >= raw);
  const list = [];
  for (let at = Math.ceil(low / step) * step; at <= high + step / 1000; at += step) list.push(at);
  return list;
}

const escaped = (text) => text.replace(/[&<>]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[c]);
const round = (number) => Math.round(number * 10) / 10;

/**
 * @param {{ title: string, x: string, y: string, points: { x: number, y: number, low?: number,
 *   high?: number }[], others: { name: string, y: number }[] }} chart  points in ascending x
 */
export function plot({ title, x, y, points, others }) {
  const values = [...points.flatMap((p) => [p.y, p.low ?? p.y, p.high ?? p.y]), ...others.map((o) => o.y)];
  const pad = (Math.max(...values) - Math.min(...values)) * 0.08 || 1;
  const [low, high] = [Math.min(...values) - pad, Math.max(...values) + pad];
  const right = Math.max(...points.map((p) => p.x)) * 1.08;
  const toX = (value) => round(LEFT + (value / right) * (WIDTH - LEFT - RIGHT));
  const toY = (value) => round(HEIGHT - BOTTOM - ((value - low) / (high - low)) * (HEIGHT - TOP - BOTTOM));
  const part = [];
  for (const value of ticks(low, high)) {
    part.push(`<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${toY(value)}" y2="${toY(value)}"/>`,
      `<text x="${LEFT - 8}" y="${toY(value) + 4}" text-anchor="end">${round(value)}</text>`);
  }
  for (const value of ticks(0, right)) {
    part.push(`<text x="${toX(value)}" y="${HEIGHT - BOTTOM + 20}" text-anchor="middle">${round(value)}</text>`);
  }
  for (const { name, y: at } of others) {
    part.push(`<line class="other" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${toY(at)}" y2="${toY(at)}"/>`,
      `<text class="other-name" x="${WIDTH - RIGHT}" y="${toY(at) - 6}" text-anchor="end">${escaped(name)}</text>`);
  }
  part.push(`<polyline class="line" points="${points.map((p) => `${toX(p.x)},${toY(p.y)}`).join(' ')}"/>`);
  for (const p of points) {
    if (p.low !== undefined) {
      part.push(`<line class="line" x1="${toX(p.x)}" x2="${toX(p.x)}" y1="${toY(p.low)}" y2="${toY(p.high)}"/>`);
    }
    // Where two stand above each other, the numbers are beside them.
    const beside = points.some((other) => other !== p && Math.abs(toX(other.x) - toX(p.x)) < 24);
    const [left, top, anchor] = beside ? [toX(p.x) + 8, toY(p.y) + 4, 'start']
      : [toX(p.x), toY(p.high ?? p.y) - 8, 'middle'];
    part.push(`<circle class="dot" cx="${toX(p.x)}" cy="${toY(p.y)}" r="4"/>`,
      `<text x="${round(left)}" y="${round(top)}" text-anchor="${anchor}">${p.y.toFixed(1)}</text>`);
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}"
    width="${WIDTH}" height="${HEIGHT}" role="img">
  <title>${escaped(title)}</title>
  <style>${STYLE}
  </style>
  <rect class="ground" width="${WIDTH}" height="${HEIGHT}"/>
  <text class="title" x="${LEFT}" y="20">${escaped(title)}</text>
  ${part.join('\n  ')}
  <text x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 8}" text-anchor="middle">${escaped(x)}</text>
  <text transform="translate(14 ${(TOP + HEIGHT - BOTTOM) / 2}) rotate(-90)" text-anchor="middle">${escaped(y)}</text>
</svg>
`;
}
