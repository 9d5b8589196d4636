import { writeFileSync } from 'node:fs';

const base = { sotto: 1, shop: { id: 'demo' }, feed: { file: 'p.csv', columns: { id: 'id' } } };
const write = (name, more) => writeFileSync(name, JSON.stringify({ ...base, ...more }, null, 1));
const list = (count, make) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`c-${i}`, make(i)]));

write('many.json', { campaigns: list(1000, () => ({ block: 'bar', text: 'x' })), segments: list(257, () => ({ when: 'touch' })) });
write('ten-megabytes.json', { campaigns: { one: { block: 'bar', text: 'x'.repeat(10e6) } } });
write('mistakes.json', { campaigns: list(200, () => Object.fromEntries(Array.from({ length: 800 }, (_, i) => [`k${i}`, i]))) });

// Texts that do not compress.
let state = 1;
const word = () => { state = (state * 48271) % 2147483647; return state.toString(36); };
write('part.json', { campaigns: list(200, (i) => ({ block: 'bar', place: `p-${i}`, text: Array.from({ length: 40 }, word).join(' ') })) });
