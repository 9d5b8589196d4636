/**
 * logs.mjs - a log to measure with: many shoppers, a long tail of products, neighbourhoods of taste
 *
 * A session starts at a product, popular ones more often, and walks on: mostly to a product near by, at
 * times to another part of the shop. The same seed gives the same rows.
 */

/** Mulberry32: small, fast, good enough to measure with. */
export function chance(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Sessions as lists of product numbers below `products`. */
export function makeSessions({ products, rows, seed }) {
  const next = chance(seed);
  const popular = () => Math.floor(products * next() ** 3);
  const sessions = [];
  for (let made = 0; made < rows;) {
    const length = 2 + Math.floor(10 * next() ** 2);
    let at = popular();
    const session = [];
    for (let i = 0; i < length; i++) {
      session.push(at);
      const step = Math.round((next() + next() - 1) * 12);
      at = next() < 0.1 ? popular() : (at + step + products) % products;
    }
    sessions.push(session);
    made += length;
  }
  return sessions;
}

export const idOf = (product) => `SKU-${String(product).padStart(6, '0')}`;

/** The sessions as the CSV that `sotto train` reads; one event a minute, one session an hour. */
export function toCsv(sessions) {
  const lines = ['session,time,item'];
  sessions.forEach((session, number) => {
    session.forEach((product, i) => {
      lines.push(`s${number},${1700000000 + number * 3 + i * 60},${idOf(product)}`);
    });
  });
  return `${lines.join('\n')}\n`;
}
