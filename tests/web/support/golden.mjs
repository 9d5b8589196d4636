/**
 * golden.mjs - devices that past versions left (tests/golden/profiles), and what must be read off them
 */
import { readFileSync, readdirSync } from 'node:fs';

import { hash as numberOf } from '../../reference/xxhash64.mjs';

const FOLDER = new URL('../../golden/profiles/', import.meta.url);
const read = (file) => JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8'));

/** Every device: `{ file, what, now_s, local, rows, holds }`. */
export const golden = () => readdirSync(FOLDER).sort()
  .filter((file) => file.endsWith('.json') && file !== 'export.json').map((file) => ({ file, ...read(file) }));

export const goldenExport = () => read('export.json');

/** As golden files say what there is: what the shop does not know any more by its number. */
export function factsOf({ consent, events, cart, purchases }) {
  const known = new Map(['no longer sold'].map((id) => [numberOf(id), id]));
  const called = (item) => {
    const [, digits] = /^hash:([0-9a-f]{16})$/.exec(item) ?? [];
    return digits ? known.get(BigInt(`0x${digits}`)) ?? `#${BigInt(`0x${digits}`)}` : item;
  };
  return {
    consent,
    events: events.map(({ kind, item, quantity }) => [kind, called(item), quantity]),
    cart: cart.map(({ item, quantity }) => [called(item), quantity]),
    purchases: purchases.map(({ item, times }) => [called(item), times]),
  };
}
