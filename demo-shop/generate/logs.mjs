/**
 * logs.mjs - the shop's own record of its shoppers, as an analytics export would have it
 */
import { gzipSync } from 'node:zlib';
import { Demand } from './demand.mjs';
import { soil } from './dirt.mjs';
import { Simulator } from './sessions.mjs';
import { makeShopper, sessionTimes } from './shoppers.mjs';

const ORDER = [
  'time', 'shopper', 'session', 'event', 'item', 'quantity', 'price', 'order', 'query',
];

/** Lets everybody shop. Clean events, oldest first, in seconds after the first midnight. */
export function simulate(stream, products, complements, { shopperCount, dayCount, trending }) {
  const byGroup = new Map();
  for (const p of products) byGroup.set(p.group, [...(byGroup.get(p.group) ?? []), p]);
  const events = [];
  const simulator = new Simulator({
    byId: new Map(products.map((p) => [p.id, p])), byGroup, complements,
    demand: new Demand(products, dayCount, trending),
  }, (event) => events.push(event));

  const people = stream('shoppers');
  for (let i = 1; i <= shopperCount; i++) {
    const shopper = makeShopper(people, i);
    const chance = stream(shopper.id);
    sessionTimes(people, shopper, dayCount).forEach((start, visit) =>
      simulator.visit(chance, shopper, `${shopper.id}-${visit + 1}`, start));
  }
  // The sort is stable, so what happens in one second stays in its order.
  return events.sort((a, b) => a.time - b.time);
}

/** Rows as they are exported, about one in a hundred spoilt; and how many of each kind. */
export function exportRows(stream, events, isoOf) {
  const rows = events.map((event) => {
    const row = {};
    for (const key of ORDER) if (event[key] !== undefined) row[key] = event[key];
    row.time = isoOf(event.time);
    if (row.price !== undefined) row.price /= 100;
    return row;
  });
  const dirt = soil(stream('dirt'), rows, 0.01);
  return { rows, dirt };
}

/** gzip whose header names no time and no system: the same rows are the same bytes. */
export function toNdjsonGz(rows) {
  const bytes = gzipSync(rows.map((row) => JSON.stringify(row)).join('\n') + '\n', { level: 6 });
  bytes.fill(0, 4, 8);
  bytes[9] = 255;
  return bytes;
}
