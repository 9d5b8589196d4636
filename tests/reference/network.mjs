/**
 * network.mjs - FORMAT.md 5a.5: the small network that orders candidates; RANKING.md 8.5: its
 * score, 8.6: its slope
 */
import { must } from './bytes.mjs';
import { leaky } from './encode.mjs';
import { clamp, dot, mulshr, shr, sumOf } from './integers.mjs';

const i16 = (section) => (section.u16() << 16) >> 16;
const upTo8 = (count) => 8 * Math.ceil(count / 8);
const sizeOf = (weights) => sumOf(weights.map(Math.abs));

/** @param {number} known how many feature numbers there are */
export function readNetwork(section, known) {
  const start = section.at;
  const ranged = (read, most, what) => {
    const { at } = section;
    const value = read.call(section, what);
    must(value <= most, at, what);
    return value;
  };
  const { u8, u16 } = section;
  const vector_count = ranged(u16, 256, 'vector_count');
  const table_count = ranged(u16, 256, 'table_count');
  const session_count = ranged(u8, 20, 'session_count');
  const feature_count = ranged(u8, 64, 'feature_count');
  must(feature_count >= 1, start + 5, 'feature_count');
  const hidden = ranged(u8, 64, 'hidden_count');
  must(hidden % 4 === 0, start + 6, 'hidden_count');
  const shift_1 = ranged(u8, 15, 'shift_1');
  const shift_2 = ranged(u8, 15, 'shift_2');
  section.reserved(3);

  let last = -1;
  const features = section.list(feature_count, () => {
    const { at } = section;
    const number = section.u8('feature');
    must(number > last && number < known, at, 'a feature that is unknown or out of order');
    last = number;
    return number;
  });
  section.zeros(upTo8(feature_count) - feature_count, 'features');
  const scaling = section.list(feature_count, () => {
    const mean = section.i32('mean');
    return { mean, factor: ranged(section.u32, 2 ** 26, 'factor') };
  });
  const bias = section.list(hidden, () => {
    const { at } = section;
    const value = section.i32('bias');
    must(Math.abs(value) <= 2 ** 20, at, 'bias');
    return value;
  });
  const row = (count) => {
    const weights = section.list(count, () => i16(section));
    section.zeros(2 * (upTo8(count) - count), 'weights past the last');
    return weights;
  };
  const weights_1 = section.list(hidden, () => {
    const { at } = section;
    const weights = row(feature_count);
    must(sizeOf(weights) <= 98303, at, 'weights_1 may leave 31 bits');
    return weights;
  });
  const { at } = section;
  const weights_2 = row(hidden);
  const skip = row(feature_count);
  const most = 32767 * sizeOf(weights_2) + 16383 * sizeOf(skip);
  must(most <= 2 ** 31 - 1, at, 'the score may leave 31 bits');
  section.finish('network');
  return {
    vector_count, table_count, session_count, shift_1, shift_2,
    features, scaling, bias, weights_1, weights_2, skip,
  };
}

/** What a network makes of features by their numbers: { score, x, h }. */
export function scoreOf(network, valueOf) {
  const { features, scaling, bias, weights_1, weights_2, skip, shift_1 } = network;
  const x = features.map((number, f) => {
    const { mean, factor } = scaling[f];
    return clamp(mulshr(valueOf(number) - mean, factor, 16), 16383);
  });
  const h = weights_1.map((row, j) => clamp(leaky(shr(dot(row, x), shift_1) + bias[j]), 32767));
  return { score: dot(weights_2, h) + dot(skip, x), x, h };
}

/** What each feature adds to the score at this point, by its number, as BigInt. */
export function sharesOf({ features, weights_1, weights_2, skip, shift_1 }, { x, h }) {
  return new Map(
    features.map((number, f) => {
      let slope = 8n * 2n ** BigInt(shift_1) * BigInt(skip[f]);
      h.forEach((value, j) => {
        const leak = Math.abs(value) === 32767 ? 0 : value >= 0 ? 8 : 1;
        slope += BigInt(leak * weights_2[j]) * BigInt(weights_1[j][f]);
      });
      return [number, slope * BigInt(x[f])];
    }),
  );
}
