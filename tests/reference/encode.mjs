/**
 * encode.mjs - FORMAT.md 5a.3: the session encoder; RANKING.md 8.2: a session as one vector
 */
import { must } from './bytes.mjs';
import { clamp, dot, exp, mulshr, shr, sumOf, unit } from './integers.mjs';
import { vectorOf } from './vectors.mjs';

const LIMIT = 64 * 65536;
const KEPT = 20;

/** i8 and i16 in a list of rows. */
const signed = (value, bits) => (value << (32 - bits)) >> (32 - bits);
const rows = (section, count, size, one) =>
  section.list(count, () => section.list(size, () => one(section)));

export function readEncoder(section, expected) {
  const { start } = section;
  const dimensions = section.u16('dimensions');
  must(dimensions === expected, start, 'dimensions are not those of vect');
  const history_count = section.u8('history_count');
  must(history_count >= 1 && history_count <= KEPT, start + 2, 'history_count');
  const depth_count = section.u8('depth_count');
  must(depth_count >= 1 && depth_count <= 8, start + 3, 'depth_count');
  const hidden = section.u16('hidden_count');
  must(hidden <= 128 && hidden % 8 === 0, start + 4, 'hidden_count');
  section.reserved(2);
  const checked = (read, holds, what) => () => {
    const { at } = section;
    const value = read();
    must(holds(value), at, what);
    return value;
  };
  const number = checked(() => section.i32(), (value) => Math.abs(value) <= LIMIT, 'above 64');
  const scale = checked(() => section.u32(), (value) => value <= 2 ** 24, 'a scale above 1');
  const affinity = number();
  const position = section.list(history_count, number);
  const depth = rows(section, depth_count, dimensions, () => signed(section.u16(), 16));
  const scale_1 = section.list(hidden, scale);
  const bias = section.list(hidden, number);
  const scale_2 = section.list(hidden === 0 ? 0 : dimensions, scale);
  const weights_1 = rows(section, hidden, 2 * dimensions, () => signed(section.u8(), 8));
  const outputs = hidden === 0 ? 0 : dimensions;
  const weights_2 = rows(section, outputs, hidden, () => signed(section.u8(), 8));
  section.finish('enco');
  return {
    history_count, hidden, affinity, position, depth, scale_1, bias, scale_2, weights_1, weights_2,
  };
}

export const leaky = (a) => (a >= 0 ? a : shr(a, 3));

/**
 * A session of item indexes, the latest first: { kept: items, length, vectors: of the kept,
 * query }.
 */
export function encode(ranker, session) {
  const { encoder } = ranker;
  const items = session.filter((item) => item < ranker.item_count);
  const kept = items.slice(0, KEPT);
  const vectors = kept.map((item) => vectorOf(ranker, item));
  const seen = vectors.slice(0, encoder.history_count);
  const logs = seen.map((vector, k) => {
    const like = k === 0 ? 16384 : shr(dot(vector, seen[0]), 14);
    return encoder.position[k] + shr(encoder.affinity * like, 14);
  });
  const weights = logs.map((log) => exp(log - Math.max(...logs)));
  const t = unit(
    seen[0].map((_, i) =>
      sumOf(
        seen.map((vector, k) => {
          const depth = encoder.depth[Math.min(k, encoder.depth.length - 1)];
          return depth[i] * vector[i] * weights[k];
        }),
      ),
    ),
  );
  return { kept, length: items.length, vectors, query: bent(encoder, t, seen[0]) };
}

/** t after the hidden values: what they add for this t and this latest event. */
function bent({ hidden, scale_1, bias, scale_2, weights_1, weights_2 }, t, latest) {
  if (hidden === 0) return t;
  const input = [...t, ...latest];
  const h = weights_1.map((row, j) => {
    const a = mulshr(dot(row, input), scale_1[j], 22) + bias[j];
    return clamp(shr(leaky(a), 5), 32767);
  });
  return unit(t.map((x, i) => x * 1024 + mulshr(dot(weights_2[i], h), scale_2[i], 11)));
}
