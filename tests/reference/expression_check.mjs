/**
 * expression_check.mjs - EXPRESSIONS.md section 6: which programs are sound
 *
 * A program is first taken apart into instructions, then its stack is followed as a list of letters:
 * N a number, T a text, B a truth.
 */
import { Cursor, Fault } from './bytes.mjs';

export const NUMBERS = ['cart.total', 'cart.items', 'cart.quantity', 'cart.idle', 'item.price',
  'item.list_price', 'item.discount', 'item.seen', 'page.active', 'page.idle', 'page.scroll',
  'session.active', 'session.age', 'session.views', 'visits', 'since_visit', 'orders', 'spent',
  'since_order', 'recency', 'frequency', 'hour', 'minute', 'day', 'month', 'year'];
export const TEXTS = ['page.path', 'page.type', 'rfm', 'lifecycle', 'cluster', 'device', 'language',
  'region', 'timezone', 'referrer', 'weekday'];
export const TRUTHS = ['item.in_stock', 'first_visit', 'returning', 'touch', 'remembered'];

/** By byte: name, what it pops and pushes, its operand. */
export const OPS = {
  0x00: ['end', 'B', ''], 0x01: ['number', '', 'N', 'zigzag'], 0x02: ['whole', '', 'N', 'zigzag'],
  0x03: ['true', '', 'B'], 0x04: ['false', '', 'B'], 0x05: ['text', '', 'T', 'string'],
  0x10: ['fact', '', 'N', NUMBERS], 0x11: ['fact', '', 'T', TEXTS], 0x12: ['fact', '', 'B', TRUTHS],
  0x13: ['segment', '', 'B', 'segment'],
  0x14: ['account', '', 'N', 'string'], 0x15: ['account', '', 'T', 'string'],
  0x16: ['account', '', 'B', 'string'], 0x17: ['answered', '', 'B', 'string'],
  0x18: ['query', '', 'T', 'string'], 0x19: ['interest', '', 'N', 'group'],
  0x1a: ['in_cart', '', 'B', 'key'], 0x1b: ['page_is', '', 'B', 'key'],
  0x1c: ['seen_campaign', '', 'N', 'string'],
  0x20: ['count', '', 'N', 'filter'], 0x21: ['pieces', '', 'N', 'filter'],
  0x22: ['items', '', 'N', 'filter'], 0x23: ['days', '', 'N', 'filter'],
  0x24: ['since', '', 'N', 'filter'], 0x25: ['most', '', 'N', 'filter'],
  0x30: ['+', 'NN', 'N'], 0x31: ['-', 'NN', 'N'], 0x32: ['*', 'NN', 'N'], 0x33: ['/', 'NN', 'N'],
  0x34: ['%', 'NN', 'N'], 0x35: ['negate', 'N', 'N'], 0x36: ['floor', 'N', 'N'],
  0x37: ['round', 'N', 'N'], 0x38: ['min', 'NN', 'N'], 0x39: ['max', 'NN', 'N'],
  0x40: ['==', 'NN', 'B'], 0x41: ['!=', 'NN', 'B'], 0x42: ['<', 'NN', 'B'], 0x43: ['<=', 'NN', 'B'],
  0x44: ['>', 'NN', 'B'], 0x45: ['>=', 'NN', 'B'], 0x46: ['in', 'N', 'B', 'numbers'],
  0x48: ['==', 'TT', 'B'], 0x49: ['!=', 'TT', 'B'], 0x4a: ['starts', 'TT', 'B'],
  0x4b: ['ends', 'TT', 'B'], 0x4c: ['contains', 'TT', 'B'], 0x4d: ['in', 'T', 'B', 'texts'],
  0x4e: ['==', 'BB', 'B'], 0x4f: ['!=', 'BB', 'B'], 0x50: ['not', 'B', 'B'],
  0x51: ['and', 'B', '', 'jump'], 0x52: ['or', 'B', '', 'jump'],
};

class Unsound extends Error {}

const must = (holds) => {
  if (!holds) throw new Unsound();
};
const below = (value, limit) => {
  must(value < limit);
  return value;
};
const signed = (value) => (value % 2 === 0 ? value / 2 : -(value + 1) / 2);

function filterOf(code, keys) {
  const key = () => below(code.varint('key'), keys.length);
  const kinds = code.u16('kinds');
  const bits = code.u8('bits');
  must(kinds > 0 && kinds < 1024);
  must((bits & 0x81) !== 0x80);
  const has = (bit, read) => (bits & (1 << bit) ? read() : null);
  return {
    kinds,
    key: has(0, key),
    here: (bits & 2) !== 0,
    on_sale: (bits & 4) !== 0,
    under: has(3, () => code.varint('under')),
    from: has(4, () => code.varint('from')),
    within: has(5, () => code.varint('within')),
    this_session: (bits & 64) !== 0,
    second: has(7, key),
  };
}

function operandOf(code, kind, { strings, keys }, segments) {
  if (Array.isArray(kind)) return kind[below(code.u8('fact'), kind.length)];
  const list = (one) => {
    const count = code.varint('count');
    must(count >= 1 && count <= 64);
    return code.list(count, one);
  };
  const key = () => below(code.varint('key'), keys.length);
  return {
    zigzag: () => signed(code.varint('number')),
    string: () => below(code.varint('string'), strings.length),
    segment: () => below(code.varint('segment'), segments),
    key,
    group() {
      const found = key();
      must(keys[found].kind !== 1);
      return found;
    },
    filter: () => filterOf(code, keys),
    numbers: () => list(() => signed(code.varint('number'))),
    texts: () => list(() => below(code.varint('string'), strings.length)),
    jump: () => code.varint('distance'),
  }[kind]?.();
}

/**
 * A program as a list of instructions; throws the offset of the first that is not sound.
 *
 * @returns {{ at: number, name: string, types: string, operand: any, next: number, to?: number }[]}
 */
export function soundProgram(bytes, plan, segments) {
  const found = [];
  const code = new Cursor(bytes);
  const landings = new Map();
  let stack = '';
  for (;;) {
    const at = code.at;
    if (at === bytes.length) throw at;
    try {
      if (landings.has(at)) must(landings.get(at) === stack);
      landings.delete(at);
      // Somebody jumped to a place that no instruction begins at.
      must(![...landings.keys()].some((place) => place < at));
      const op = OPS[code.u8('op')];
      must(op !== undefined);
      const [name, pops, pushes, kind] = op;
      if (name === 'end') {
        must(stack === 'B' && code.left === 0);
        return [...found, { at, name }];
      }
      must(stack.endsWith(pops));
      const rest = stack.slice(0, stack.length - pops.length);
      const operand = operandOf(code, kind, plan, segments);
      const one = { at, name, types: pops || pushes, operand, next: code.at };
      stack = rest + pushes;
      must(stack.length <= 32);
      if (kind === 'jump') {
        one.to = code.at + operand;
        must(one.to < bytes.length);
        must(!landings.has(one.to) || landings.get(one.to) === `${rest}B`);
        landings.set(one.to, `${rest}B`);
        must(landings.size <= 64);
      }
      found.push(one);
    } catch (error) {
      if (error instanceof Unsound || error instanceof Fault) throw at;
      throw error;
    }
  }
}
