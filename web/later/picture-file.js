/**
 * picture-file.js - the pictures part, read where it lies
 *
 * docs/FORMAT.md section 5b, once more: src/model/pictures.c is not in a page's module, since a picture
 * is for the browser to draw and has no business in the core's memory. The bytes are those that the
 * manifest promised; every offset is looked at all the same.
 */

const SOTT = 0x54544f53;
const KIND = 5;
const PICS = 0x73636970;
const PIXL = 0x6c786970;
const MOST = 65535;
const TYPES = ['image/svg+xml', 'image/png', 'image/jpeg', 'image/webp', 'image/avif'];

/** @typedef {{ type: string, bytes: Uint8Array }} Picture */
/** @typedef {NonNullable<ReturnType<typeof readPictures>>} PictureFile */

/** How many bits of a word are set. */
function bitsOf(/** @type {number} */ word) {
  word -= (word >>> 1) & 0x55555555;
  word = (word & 0x33333333) + ((word >>> 2) & 0x33333333);
  return Math.imul((word + (word >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/**
 * Null if it is no such part, or one that does not add up.
 *
 * @param {Uint8Array} bytes
 */
export function readPictures(bytes) {
  try {
    return openPictures(bytes);
  } catch {
    return null; // a view throws past its end
  }
}

/** @param {Uint8Array} bytes */
function openPictures(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const word = (/** @type {number} */ at) => view.getUint32(at, true);

  /** Where the section of a tag is. */
  function section(/** @type {number} */ tag) {
    for (let row = 32; row < 32 + 16 * bytes[7]; row += 16) {
      const [at, size] = [word(row + 4), word(row + 8)];
      if (word(row) === tag && at + size <= bytes.length) return { at, size };
    }
    throw new RangeError();
  }

  if (word(0) !== SOTT || view.getUint16(4, true) !== 1 || bytes[6] !== KIND) return null;
  const itemCount = word(12);
  const pics = section(PICS);
  const pixl = section(PIXL);
  const count = word(pics.at);
  const words = Math.ceil(itemCount / 32);
  const has = pics.at + 4;
  const offsets = has + 4 * words;
  const types = offsets + 4 * (count + 1);
  if (count > MOST || types + count !== pics.at + pics.size) return null;

  /** Pictures of the items before each word's. */
  const before = new Uint16Array(words);
  let found = 0;
  for (let i = 0; i < words; i++) {
    before[i] = found;
    found += bitsOf(word(has + 4 * i));
  }
  if (found !== count || word(offsets) !== 0 || word(offsets + 4 * count) !== pixl.size) return null;
  for (let i = 0; i < count; i++) {
    if (word(offsets + 4 * i) > word(offsets + 4 * i + 4) || !TYPES[bytes[types + i] - 1]) return null;
  }

  return {
    count,

    /**
     * The picture of an item by its index, null if it has none. Its bytes are a view.
     *
     * @param {number} index
     * @returns {Picture | null}
     */
    of(index) {
      if (!(index >= 0 && index < itemCount)) return null;
      const among = word(has + 4 * (index >>> 5));
      const bit = index & 31;
      if (!((among >>> bit) & 1)) return null;
      const number = before[index >>> 5] + bitsOf(among & ((1 << bit) - 1));
      const start = pixl.at + word(offsets + 4 * number);
      const end = pixl.at + word(offsets + 4 * number + 4);
      return { type: TYPES[bytes[types + number] - 1], bytes: bytes.subarray(start, end) };
    },
  };
}
