/**
 * ranker.mjs - a ranker for the garden, written from docs/FORMAT.md section 5a
 *
 * Sixteen coordinates of one bit, so a vector is a row of plus and minus; a session is its latest item.
 * What is near is chosen to differ from what the links say, so that a test sees which of them answered.
 */
import { identityOf, u16, u32, writePart } from '../../reference/write.mjs';

const DIMENSIONS = 16;
const RANKER = 4;
const Q20 = 1 << 20;

const i16 = (value) => u16(value & 0xffff);

/** @param {string[]} ids @param {number[]} rows the 16 signs of each item, as bits */
export function writeRanker(ids, rows) {
  const vect = [
    ...u16(DIMENSIONS), 1, 0, ...u32(ids.length),
    0, 1, 0, 0, ...u32(Q20 / 4),                     // all items: one bit, steps of a quarter
    ...rows.flatMap(u16),
  ];
  const enco = [
    ...u16(DIMENSIONS), 1, 1, ...u16(0), 0, 0, ...u32(0),
    ...u32(0),                                       // the latest event alone
    ...Array.from({ length: DIMENSIONS }, () => i16(4096)).flat(),
  ];
  return Buffer.from(writePart(RANKER, ids.length, identityOf(ids), [['vect', vect], ['enco', enco]]));
}
