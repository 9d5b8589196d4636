/**
 * wasm-read.mjs - what a module says about its memory, read from its bytes
 */

/** Goes over bytes as the WebAssembly binary format has them. */
function reader(bytes) {
  let at = 0;
  const leb = (signed) => {
    let value = 0n;
    let shift = 0n;
    for (;;) {
      const byte = bytes[at++];
      value |= BigInt(byte & 127) << shift;
      shift += 7n;
      if (byte < 128) return Number(signed ? BigInt.asIntN(Number(shift), value) : value);
    }
  };
  return {
    get more() {
      return at < bytes.length;
    },
    byte: () => bytes[at++],
    number: () => leb(false),
    signed: () => leb(true),
    take(size) {
      at += size;
      return bytes.subarray(at - size, at);
    },
  };
}

/** A limit as memories and tables have it; answers the least. */
function least(from) {
  const flags = from.byte();
  const value = from.number();
  if (flags & 1) from.number();
  return value;
}

/** The value of a constant that is a plain i32. */
function constant(from) {
  if (from.byte() !== 0x41) throw new Error('a global or segment without a plain number');
  const value = from.signed();
  from.byte();
  return value;
}

function importedMemory(from) {
  for (let count = from.number(); count > 0; count--) {
    from.take(from.number());
    from.take(from.number());
    if (from.byte() === 2) return least(from);
    throw new Error('an import that is not a memory');
  }
  return undefined;
}

/** Pages at the start, first values of changing globals (the stack's top), where data lies. */
export function layoutOf(bytes) {
  const all = reader(bytes.subarray(8));
  const found = { pages: undefined, globals: [], data: [] };
  while (all.more) {
    const id = all.byte();
    const from = reader(all.take(all.number()));
    if (id === 2) found.pages = importedMemory(from);
    if (id === 5 && from.number() > 0) found.pages = least(from);
    for (let count = id === 6 ? from.number() : 0; count > 0; count--) {
      from.byte();
      const changes = from.byte() === 1;
      const value = constant(from);
      if (changes) found.globals.push(value);
    }
    for (let count = id === 11 ? from.number() : 0; count > 0; count--) {
      if (from.number() !== 0) throw new Error('a segment that is not put in place at the start');
      const start = constant(from);
      const size = from.number();
      from.take(size);
      found.data.push([start, start + size]);
    }
  }
  return found;
}
