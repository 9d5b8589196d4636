/**
 * pictures.mjs - FORMAT.md 5b: the pictures part
 */
import { Fault, hex64, must } from './bytes.mjs';
import { readPart } from './part.mjs';
import { hash } from './xxhash64.mjs';

const TYPES = {
  1: 'image/svg+xml', 2: 'image/png', 3: 'image/jpeg', 4: 'image/webp', 5: 'image/avif',
};

/** `catalogue`, if given, is the { item_count, identity } of the bundle it is opened for. */
export function readPictures(bytes, problems = [], catalogue = undefined) {
  const part = readPart(bytes, 5, ['pics', 'pixl']);
  const n = part.head.item_count;
  if (!part.has('pics') || !part.has('pixl')) throw new Fault('invalid', 32, 'a section is missing');
  if (catalogue && catalogue.item_count !== n) throw new Fault('mismatch', 12, 'item_count');
  if (catalogue && catalogue.identity !== part.head.identity) throw new Fault('mismatch', 16, 'identity');

  const pics = part.open('pics');
  const files = part.open('pixl');
  const start = pics.at;
  const count = pics.u32('picture_count');
  must(count <= 65535, start, 'picture_count');
  const words = pics.list(Math.ceil(n / 32), () => pics.u32('has'));
  const bits = words.flatMap((word) => Array.from({ length: 32 }, (_, bit) => (word >>> bit) & 1));
  must(!bits.slice(n).includes(1), pics.at - 4, 'an item past the last');
  const items = bits.flatMap((bit, item) => (bit ? [item] : []));
  must(items.length === count, start, 'picture_count is not that of the bits');
  const size = files.left;
  let last = 0;
  const offsets = pics.list(count + 1, (i) => {
    const at = pics.at;
    const offset = pics.u32('offset');
    must(offset >= last && offset <= size, at, 'offsets ascend');
    last = offset;
    return { offset, at };
  });
  must(offsets[0].offset === 0, offsets[0].at, 'the first offset');
  must(offsets[count].offset === size, offsets[count].at, 'the last offset');
  const types = items.map(() => {
    const at = pics.at;
    const type = pics.u8('type');
    must(TYPES[type], at, 'type');
    return type;
  });
  must(pics.left === 0, pics.at, 'more than the pictures');

  return {
    ...part.head,
    pictures: items.map((item, i) => {
      const content = files.take(offsets[i + 1].offset - offsets[i].offset, 'picture');
      if (!looksLike(content, types[i])) problems.push(`picture of item ${item}: not ${TYPES[types[i]]}`);
      return { item, type: TYPES[types[i]], size: content.length, hash: hex64(hash(content)) };
    }),
  };
}

/** Whether a file begins as its type does. */
function looksLike(bytes, type) {
  const text = (from, to) => Buffer.from(bytes.subarray(from, to)).toString('latin1');
  switch (type) {
    case 1:
      return text(0).replace(/^\xEF\xBB\xBF/, '').replace(
        /^(\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^[>]*(\[.*?\][^>]*)?>)*/s, '').search(/^<svg[\s/>]/) === 0;
    case 2:
      return text(0, 8) === '\x89PNG\r\n\x1A\n';
    case 3:
      return text(0, 3) === '\xFF\xD8\xFF';
    case 4:
      return text(0, 4) === 'RIFF' && text(8, 12) === 'WEBP';
    default:
      return text(4, 8) === 'ftyp' && /^(....)*?avi[fs]/s.test(text(8));
  }
}
