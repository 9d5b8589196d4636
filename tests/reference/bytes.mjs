/**
 * bytes.mjs - reading bytes one at a time, and saying where they went wrong
 *
 * A Fault is what FORMAT.md section 1 calls one: a status and an offset from the start of the file.
 * A Cursor walks over a range of the file, and every read that would leave the range is a Fault.
 * Both are as plain as can be; nothing here is fast.
 */

export class Fault extends Error {
  constructor(status, offset, what) {
    super(`${status} at byte ${offset}: ${what}`);
    this.status = status;
    this.offset = offset;
    this.what = what;
  }
}

/** Throws an `invalid` fault unless `holds`. */
export function must(holds, offset, what) {
  if (!holds) throw new Fault('invalid', offset, what);
}

/**
 * Reads what opening does not check: a fault in it makes the file not valid, but does not stop it
 * from opening. `otherwise` is what a reader finds there.
 */
export function lazily(problems, otherwise, read) {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    problems.push(error.message);
    return otherwise;
  }
}

/** A range [start, end) of the bytes of a file. `at` is the offset in the file of the next read. */
export class Cursor {
  constructor(bytes, start = 0, end = bytes.length) {
    this.bytes = bytes;
    this.start = start;
    this.end = end;
    this.at = start;
  }

  get left() {
    return this.end - this.at;
  }

  take(size, what) {
    must(size <= this.left, this.at, `${what} runs past the end`);
    const taken = this.bytes.subarray(this.at, this.at + size);
    this.at += size;
    return taken;
  }

  number(size, what) {
    let value = 0;
    for (const [i, byte] of this.take(size, what).entries()) value += byte * 2 ** (8 * i);
    return value;
  }

  u8(what) {
    return this.number(1, what);
  }
  u16(what) {
    return this.number(2, what);
  }
  u32(what) {
    return this.number(4, what);
  }
  i32(what) {
    return this.number(4, what) | 0;
  }

  u64(what) {
    const low = BigInt(this.u32(what));
    return low + (BigInt(this.u32(what)) << 32n);
  }

  list(count, one) {
    return Array.from({ length: count }, () => one.call(this));
  }

  u16s(count, what) {
    return this.list(count, () => this.u16(what));
  }
  u32s(count, what) {
    return this.list(count, () => this.u32(what));
  }
  /** As many numbers of four bits, an even one in the low half of its byte. */
  nibbles(count, what) {
    const bytes = this.take(Math.ceil(count / 2), what);
    return Array.from({ length: count }, (_, i) => (bytes[i >> 1] >> (4 * (i % 2))) % 16);
  }

  u64s(count, what) {
    return this.list(count, () => this.u64(what));
  }

  /** u32s that never fall and stay within a limit; the fault is at the first that does not. */
  ascending(count, limit, what) {
    let last = 0;
    return this.list(count, () => {
      const at = this.at;
      const value = this.u32(what);
      must(
        value >= last && value <= limit,
        at,
        `${what} do not ascend, or leave what they point into`,
      );
      last = value;
      return value;
    });
  }

  /** The same, from 0 to exactly `limit`: the starts of things that lie end to end. */
  starts(count, limit, what) {
    const at = this.at;
    const starts = this.ascending(count, limit, what);
    must(starts[0] === 0, at, `${what} do not begin with 0`);
    must(starts[count - 1] === limit, at + 4 * (count - 1), `${what} do not end at the end`);
    return starts;
  }

  /** Reserved bytes, which are one field however many they are. */
  reserved(size) {
    const at = this.at;
    must(
      this.take(size, 'reserved').every((byte) => byte === 0),
      at,
      'reserved is not zero',
    );
  }

  /** Padding, where the fault is at the first byte that is not zero. */
  zeros(size, what) {
    const at = this.at;
    const bytes = this.take(size, what);
    bytes.forEach((byte, i) => must(byte === 0, at + i, `${what} is not zero`));
  }

  /** Zero bytes up to a multiple of 4 from the cursor's start. */
  align(what) {
    this.zeros((4 - ((this.at - this.start) % 4)) % 4, what);
  }

  /** Unsigned LEB128, at most five bytes, below 2^32, the shortest form only. */
  varint(what) {
    const at = this.at;
    let value = 0;
    for (let i = 0; i < 5; i++) {
      const byte = this.u8(what);
      value += (byte % 128) * 2 ** (7 * i);
      if (byte < 128) {
        must(i === 0 || byte !== 0, at, `${what}: a varint longer than it need be`);
        must(value < 2 ** 32, at, `${what}: a varint of 2^32 or more`);
        return value;
      }
    }
    throw new Fault('invalid', at, `${what}: a varint of more than five bytes`);
  }

  finish(what) {
    must(this.left === 0, this.at, `${what} has ${this.left} bytes too many`);
  }
}

/** Bits from the most significant of the first byte on; past the end they are zero. */
export class Bits {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }

  get past() {
    return this.at > 8 * this.bytes.length;
  }

  bit() {
    const byte = this.bytes[this.at >> 3] ?? 0;
    const bit = (byte >> (7 - (this.at & 7))) & 1;
    this.at++;
    return bit;
  }

  number(width) {
    let value = 0;
    for (let i = 0; i < width; i++) value = 2 * value + this.bit();
    return value;
  }
}

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A text for people and for JSON: a string, or its bytes in hex where it is not UTF-8. */
export function text(bytes) {
  try {
    return strict.decode(bytes);
  } catch {
    return { hex: hex(bytes) };
  }
}

export function isText(value) {
  return typeof value === 'string';
}

export function hex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** A 64-bit value as 16 digits. */
export function hex64(value) {
  return value.toString(16).padStart(16, '0');
}

/** A 32-bit value as 8 digits. */
export function hex32(value) {
  return value.toString(16).padStart(8, '0');
}

export function ascends(list, { strictly = false } = {}) {
  return list.every(
    (value, i) => i === 0 || list[i - 1] < value || (!strictly && list[i - 1] === value),
  );
}
