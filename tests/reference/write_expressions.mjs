/**
 * write_expressions.mjs - expressions to bytes, and the sections they need, for tests only
 *
 * An expression is a tree: numbers, texts and truths stand for themselves, `['+', a, b]` is an operator,
 * the rest is an object:
 *
 *     { fact: 'cart.total' }   { count: 'items', kinds: ['view'], category: 'Garden', within: 600 }
 *     { segment: 2 }  { account: 'tier', type: 'T' }  { answered: 'size' }  { query: 'ref' }
 *     { interest: { brand: 'Acme' } }  { in_cart: { item: 'spade' } }  { page_is: ... }  { seen: 'hello' }
 *
 * `showTree` writes one as a site file would.
 */
import { NUMBERS, TEXTS, TRUTHS } from './expression_check.mjs';
import { record, u16, u32, u64, varint } from './write.mjs';
import { hash } from './xxhash64.mjs';

export const KINDS = ['view', 'click', 'search', 'cart_add', 'cart_remove', 'checkout', 'purchase',
  'wishlist', 'category_view', 'dismiss'];
const COUNTS = ['count', 'pieces', 'items', 'days', 'since', 'most'];
const KEY_KINDS = ['', 'item', 'category', 'brand'];
const OPS = {
  NNN: { '+': 0x30, '-': 0x31, '*': 0x32, '/': 0x33, '%': 0x34, min: 0x38, max: 0x39 },
  NN: { negate: 0x35, floor: 0x36, round: 0x37 },
  NNB: { '==': 0x40, '!=': 0x41, '<': 0x42, '<=': 0x43, '>': 0x44, '>=': 0x45 },
  TTB: { '==': 0x48, '!=': 0x49, starts: 0x4a, ends: 0x4b, contains: 0x4c },
  BBB: { '==': 0x4e, '!=': 0x4f },
};
const ACCOUNT = { N: 0x14, T: 0x15, B: 0x16 };

const zigzag = (value) => varint(value < 0 ? -2 * value - 1 : 2 * value);

/** Strings and keys by the numbers that programs give them. */
export class Pool {
  strings = [''];
  keys = [];

  string(text) {
    const known = this.strings.indexOf(text);
    return known >= 0 ? known : this.strings.push(text) - 1;
  }

  /** @param {Record<string, string>} named { category: 'A > B' }, or item, or brand */
  key(named) {
    const kind = KEY_KINDS.findIndex((one) => one in named);
    const name = named[KEY_KINDS[kind]];
    const known = this.keys.findIndex((one) => one.kind === kind && one.name === name);
    return known >= 0 ? known : this.keys.push({ kind, name }) - 1;
  }
}

export function typeOf(tree) {
  if (Array.isArray(tree)) {
    return tree[0] in OPS.NNN || tree[0] in OPS.NN ? 'N' : 'B';
  }
  if (typeof tree === 'number') return 'N';
  if (typeof tree === 'string') return 'T';
  if (typeof tree === 'boolean') return 'B';
  if (tree.fact) return NUMBERS.includes(tree.fact) ? 'N' : TEXTS.includes(tree.fact) ? 'T' : 'B';
  if (tree.account !== undefined) return tree.type;
  if (tree.query !== undefined) return 'T';
  return tree.count || tree.interest || tree.seen !== undefined ? 'N' : 'B';
}

function filterCode(pool, { kinds, here, on_sale, under, from, within, session, ...named }) {
  const keys = KEY_KINDS.filter((kind) => kind in named).map((kind) => ({ [kind]: named[kind] }));
  const parts = [
    keys[0] && varint(pool.key(keys[0])),
    here && [],
    on_sale && [],
    under !== undefined && varint(under),
    from !== undefined && varint(from),
    within !== undefined && varint(within),
    session && [],
    keys[1] && varint(pool.key(keys[1])),
  ];
  const bits = parts.reduce((sum, part, i) => sum + (part ? 1 << i : 0), 0);
  const mask = kinds.reduce((sum, kind) => sum | (kind === 'any' ? 1023 : kind === 'view' ? 3
    : 1 << KINDS.indexOf(kind)), 0);
  return [...u16(mask), bits, ...parts.filter(Boolean).flat()];
}

/** A tree as instructions, without the end. */
export function treeCode(pool, tree) {
  const code = (one) => treeCode(pool, one);
  const string = (text) => varint(pool.string(text));
  if (typeof tree === 'number') {
    return Number.isInteger(tree) ? [0x02, ...zigzag(tree)] : [0x01, ...zigzag(Math.round(tree * 10000))];
  }
  if (typeof tree === 'string') return [0x05, ...string(tree)];
  if (typeof tree === 'boolean') return [tree ? 0x03 : 0x04];
  if (Array.isArray(tree)) {
    const [name, ...all] = tree;
    if (name === 'not') return [...code(all[0]), 0x50];
    if (name === 'and' || name === 'or') {
      const right = code(all[1]);
      return [...code(all[0]), name === 'and' ? 0x51 : 0x52, ...varint(right.length), ...right];
    }
    if (name === 'in') {
      const [value, list] = all;
      const numbers = typeOf(value) === 'N';
      return [...code(value), numbers ? 0x46 : 0x4d, ...varint(list.length),
        ...list.flatMap((one) => (numbers ? zigzag(Math.round(one * 10000)) : string(one)))];
    }
    const types = all.map(typeOf).join('') + typeOf(tree);
    return [...all.flatMap(code), OPS[types][name]];
  }
  if (tree.fact) {
    const table = [NUMBERS, TEXTS, TRUTHS].findIndex((names) => names.includes(tree.fact));
    return [0x10 + table, [NUMBERS, TEXTS, TRUTHS][table].indexOf(tree.fact)];
  }
  if (tree.segment !== undefined) return [0x13, ...varint(tree.segment)];
  if (tree.account !== undefined) return [ACCOUNT[tree.type], ...string(tree.account)];
  if (tree.answered !== undefined) return [0x17, ...string(tree.answered)];
  if (tree.query !== undefined) return [0x18, ...string(tree.query)];
  if (tree.interest) return [0x19, ...varint(pool.key(tree.interest))];
  if (tree.in_cart) return [0x1a, ...varint(pool.key(tree.in_cart))];
  if (tree.page_is) return [0x1b, ...varint(pool.key(tree.page_is))];
  if (tree.seen !== undefined) return [0x1c, ...string(tree.seen)];
  return [0x20 + COUNTS.indexOf(tree.count), ...filterCode(pool, tree)];
}

export const programCode = (pool, tree) => [...treeCode(pool, tree), 0x00];

/** A tree as a site file has it. */
export function showTree(tree) {
  const named = (given) => Object.entries(given).map(([name, value]) => `${name}: ${showTree(value)}`);
  if (typeof tree !== 'object') return JSON.stringify(tree);
  if (Array.isArray(tree)) {
    const [name, ...all] = tree;
    if (name === 'in') return `${showTree(all[0])} in ${JSON.stringify(all[1])}`;
    if (['min', 'max', 'floor', 'round'].includes(name)) return `${name}(${all.map(showTree).join(', ')})`;
    const [first, second] = all.map((one) => (Array.isArray(one) ? `(${showTree(one)})` : showTree(one)));
    if (name === 'negate') return `-${first}`;
    return second === undefined ? `${name} ${first}` : `${first} ${name} ${second}`;
  }
  if (tree.fact) return tree.fact;
  if (tree.segment !== undefined) return `segment(${tree.segment})`;
  for (const name of ['account', 'answered', 'query'])
    if (tree[name] !== undefined) return `${name}(${JSON.stringify(tree[name]).replace('\\u0000', '", "')})`;
  for (const name of ['interest', 'in_cart', 'page_is'])
    if (tree[name]) return `${name}(${named(tree[name])})`;
  if (tree.seen !== undefined) return `seen_campaign(${JSON.stringify(tree.seen)})`;
  const { count, kinds, session, under, from, ...rest } = tree;
  const all = [kinds.join(' | '), ...named(rest)];
  if (under !== undefined) all.push(`under: ${under} minor`);
  if (from !== undefined) all.push(`from: ${from} minor`);
  if (session) all.push('this_session: true');
  return `${count}(${all.join(', ')})`;
}

/** The sections of a plan that programs need. segments: [name, program bytes]. */
export function planSections(pool, { rules = [], segments = [] } = {}) {
  const names = segments.map(([name]) => pool.string(name));
  const bytes = pool.strings.map((text) => [...new TextEncoder().encode(text)])
    .map((one) => [...varint(one.length), ...one]);
  const starts = [];
  let size = 0;
  bytes.forEach((one, i) => {
    if (i % 16 === 0) starts.push(size);
    size += one.length;
  });
  const list = segments.flatMap(([, program], i) =>
    [...varint(names[i]), ...varint(program.length), ...program]);
  const { keys } = pool;
  return [
    ['cstr', [...u32(bytes.length), ...u32(size), ...starts.flatMap(u32), ...bytes.flat()]],
    ...(keys.length ? [['ckey', [...u32(keys.length), ...keys.flatMap(({ name }) => u64(hash(name))),
      ...keys.map(({ kind }) => kind)]]] : []),
    ...(rules.length ? [['deci', record(rules)]] : []),
    ['segm', [...u32(segments.length), ...list]],
  ];
}
