/**
 * wasm-order.mjs - lays the functions of a module side by side with those that are like them
 *
 * In which order functions stand in a module means nothing to it, but brotli finds what is alike more
 * cheaply where it is near. Greedily: behind a function comes the one that shares most short runs of
 * bytes with it. A few ways to count them are tried, then some moves of one to three functions, the
 * same ones each time; what is smallest stays. Saves one per cent and a half.
 *
 * Functions are called by number, so every call is written anew. Only what the page's module is made of
 * is understood: WebAssembly 1.0 with bulk memory, sign extension and saturating conversion.
 */
import { brotliSize } from './brotli.mjs';

const MOVES = 640;
const MOST_MOVED = 3;

/** Sections by their numbers in the binary format. */
const FUNCTION = 3;
const EXPORT = 7;
const CODE = 10;
const IMPORT = 2;
const TABLES = [4, 8, 9];

/** Reads unsigned LEB128 at a position; answers the number and where it ends. */
function leb(bytes, at) {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++];
    value += (byte & 127) * 2 ** shift;
    if (byte < 128) return [value, at];
  }
}

function toLeb(value) {
  const out = [];
  do {
    const rest = Math.floor(value / 128);
    out.push(rest > 0 ? value % 128 | 128 : value);
    value = rest;
  } while (value > 0);
  return out;
}

/** How many LEB128 numbers follow an instruction; those with something else are in `callsOf`. */
function numbersAfter(opcode) {
  if (opcode >= 0x28 && opcode <= 0x3e) return 2;
  if (opcode === 0x11) return 2;
  const one = [0x02, 0x03, 0x04, 0x0c, 0x0d, 0x10, 0x20, 0x21, 0x22, 0x23, 0x24, 0x3f, 0x40, 0x41, 0x42];
  return one.includes(opcode) ? 1 : 0;
}

/** Where in a function's bytes the numbers of those it calls stand: pairs of from and to. */
function callsOf(body) {
  const found = [];
  let [locals, at] = leb(body, 0);
  const skip = () => {
    [, at] = leb(body, at);
  };
  for (; locals > 0; locals--) {
    skip();
    at++;
  }
  while (at < body.length) {
    const opcode = body[at++];
    if (opcode === 0x10) {
      const from = at;
      skip();
      found.push([from, at]);
    } else if (opcode === 0x0e) {
      let [count, next] = leb(body, at);
      at = next;
      for (; count >= 0; count--) skip();
    } else if (opcode === 0x43 || opcode === 0x44) {
      at += opcode === 0x43 ? 4 : 8;
    } else if (opcode === 0xfc) {
      const [second, next] = leb(body, at);
      at = next + [0, 0, 0, 0, 0, 0, 0, 0, NaN, NaN, 2, 1][second];
    } else if (opcode <= 0xc4 || opcode === 0x0f) {
      for (let left = numbersAfter(opcode); left > 0; left--) skip();
    } else {
      at = NaN;
    }
    if (!(at <= body.length)) throw new Error(`wasm-order: instruction ${opcode} is not known`);
  }
  return found;
}

function sectionsOf(bytes) {
  const sections = [];
  for (let at = 8; at < bytes.length;) {
    const id = bytes[at];
    const [size, start] = leb(bytes, at + 1);
    sections.push({ id, bytes: bytes.subarray(start, start + size) });
    at = start + size;
  }
  return sections;
}

/** Whether nothing but calls names a function: a module with imports or tables stays as it is. */
export const isPlain = (bytes) =>
  sectionsOf(bytes).every(({ id }) => id !== IMPORT && !TABLES.includes(id));

/** Takes a module apart. */
function take(bytes) {
  const sections = sectionsOf(bytes);
  const of = (id) => sections.find((one) => one.id === id);

  const bodies = [];
  const types = [];
  let [count, at] = leb(of(CODE).bytes, 0);
  let [, typeAt] = leb(of(FUNCTION).bytes, 0);
  for (; count > 0; count--) {
    const [size, start] = leb(of(CODE).bytes, at);
    bodies.push(of(CODE).bytes.subarray(start, start + size));
    at = start + size;
    const [type, next] = leb(of(FUNCTION).bytes, typeAt);
    types.push(type);
    typeAt = next;
  }
  return { sections, bodies, types, calls: bodies.map(callsOf) };
}

/** The exports with the functions' new numbers. */
function exportsIn(section, place) {
  const [count, start] = leb(section, 0);
  const out = [...toLeb(count)];
  for (let i = 0, at = start; i < count; i++) {
    const [size, name] = leb(section, at);
    const kind = section[name + size];
    const [number, next] = leb(section, name + size + 1);
    out.push(...section.subarray(at, name + size + 1), ...toLeb(kind === 0 ? place[number] : number));
    at = next;
  }
  return Buffer.from(out);
}

/** Puts the module together with its functions in this order. */
function put({ sections, bodies, types, calls }, order) {
  const place = [];
  order.forEach((number, i) => {
    place[number] = i;
  });
  const code = order.map((number) => {
    const body = bodies[number];
    const pieces = [];
    let at = 0;
    for (const [from, to] of calls[number]) {
      pieces.push(body.subarray(at, from), Buffer.from(toLeb(place[leb(body, from)[0]])));
      at = to;
    }
    const whole = Buffer.concat([...pieces, body.subarray(at)]);
    return Buffer.concat([Buffer.from(toLeb(whole.length)), whole]);
  });
  const count = Buffer.from(toLeb(order.length));
  const made = {
    [FUNCTION]: () => Buffer.concat([count, ...order.map((number) => Buffer.from(toLeb(types[number])))]),
    [EXPORT]: (bytes) => exportsIn(bytes, place),
    [CODE]: () => Buffer.concat([count, ...code]),
  };
  const out = [Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0])];
  for (const { id, bytes } of sections) {
    const now = made[id]?.(bytes) ?? bytes;
    out.push(Buffer.from([id, ...toLeb(now.length)]), now);
  }
  return Buffer.concat(out);
}

/** From the largest function on, or the first, always the one that is most like the last. */
function chain(bodies, run, byRoot, first) {
  const runs = bodies.map((body) => {
    const found = new Set();
    for (let i = 0; i + run <= body.length; i++) found.add(body.toString('latin1', i, i + run));
    return found;
  });
  const like = (a, b) => {
    let shared = 0;
    for (const one of runs[a]) if (runs[b].has(one)) shared++;
    return byRoot ? shared / Math.sqrt(runs[b].size + 1) : shared;
  };
  const left = new Set(bodies.keys());
  const order = [];
  for (let next = first; next !== undefined;) {
    order.push(next);
    left.delete(next);
    let most = -1;
    const last = next;
    next = undefined;
    for (const one of left) {
      const found = like(last, one);
      if (found > most) [most, next] = [found, one];
    }
  }
  return order;
}

/** The same plain module, its functions in the order found best. */
export function ordered(bytes) {
  const module = take(bytes);
  const { bodies } = module;
  const largest = bodies.reduce((best, body, i) => (body.length > bodies[best].length ? i : best), 0);
  const sizeOf = (order) => brotliSize(put(module, order));
  let order = [...bodies.keys()];
  let least = brotliSize(bytes);
  const consider = (other) => {
    const size = sizeOf(other);
    if (size < least) [least, order] = [size, other];
  };
  for (const run of [3, 4, 5, 6]) {
    for (const first of [largest, 0]) {
      for (const byRoot of [true, false]) consider(chain(bodies, run, byRoot, first));
    }
  }
  let chance = 1;
  const below = (count) => {
    chance = (Math.imul(chance, 1103515245) + 12345) & 0x7fffffff;
    return chance % count;
  };
  for (let move = 0; move < MOVES; move++) {
    const other = [...order];
    const moved = other.splice(below(other.length), 1 + below(MOST_MOVED));
    other.splice(below(other.length + 1), 0, ...moved);
    consider(other);
  }
  return put(module, order);
}
