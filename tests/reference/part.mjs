/**
 * part.mjs - FORMAT.md section 2: the container every part is in
 *
 * Reads the header and the section table, checks them in the order the document gives, and hands
 * back the sections as cursors.
 */
import { Cursor, Fault, hex32, hex64, must } from './bytes.mjs';
import { check } from './xxhash64.mjs';

export const KINDS = { 1: 'model', 2: 'catalogue', 3: 'campaigns', 4: 'ranker', 5: 'pictures' };
const MAX_ITEMS = 16777216;

/** bytes with the four at `at` as zero */
export function withoutCheck(bytes, at) {
  const copy = Uint8Array.from(bytes);
  copy.fill(0, at, at + 4);
  return copy;
}

/** The start of every file: long enough, the right magic, version 1. */
export function readStart(bytes, header_size, magic) {
  if (bytes.length < header_size)
    throw new Fault('truncated', bytes.length, 'no room for a header');
  const head = new Cursor(bytes);
  if (String.fromCharCode(...head.take(4, 'magic')) !== magic) {
    throw new Fault('not sotto', 0, 'another magic');
  }
  if (head.u16('version') !== 1) throw new Fault('wrong version', 4, 'not version 1');
  return head;
}

/** The file's actual size against the size it says it has. */
export function matchSize(bytes, size) {
  if (bytes.length < size) throw new Fault('truncated', bytes.length, `${size} bytes promised`);
  if (bytes.length > size) throw new Fault('oversized', size, `${bytes.length} bytes found`);
}

/**
 * Reads a part; `kind` is the one asked for, or undefined for any. `known` lists the kind's tags.
 */
export function readPart(bytes, kind, known) {
  const head = readStart(bytes, 32, 'SOTT');
  const actual_kind = head.u8('kind');
  if (!KINDS[actual_kind] || (kind !== undefined && kind !== actual_kind)) {
    throw new Fault('wrong kind', 6, `kind ${actual_kind}`);
  }
  const section_count = head.u8('section_count');
  must(section_count >= 1 && section_count <= 64, 7, 'section_count');
  const table_end = 32 + 16 * section_count;
  const file_size = head.u32('file_size');
  must(file_size >= table_end, 8, 'file_size leaves no room for the section table');
  matchSize(bytes, file_size);
  const item_count = head.u32('item_count');
  must(item_count <= MAX_ITEMS, 12, 'item_count');
  const identity = head.u64('identity');
  const head_check = head.u32('head_check');
  head.reserved(4);
  if (check(withoutCheck(bytes.subarray(0, table_end), 24)) !== head_check) {
    throw new Fault('damaged', 24, 'head_check');
  }

  const sections = [];
  let next = table_end;
  for (let i = 0; i < section_count; i++) {
    const row = 32 + 16 * i;
    const tag = String.fromCharCode(...head.take(4, 'tag'));
    const offset = head.u32('offset');
    const size = head.u32('size');
    const section_check = head.u32('check');
    const padding = (4 - (next % 4)) % 4;
    must(offset === next + padding, row + 4, `${tag}: not where the section before it ends`);
    must(
      offset <= file_size && size <= file_size - offset,
      row + 8,
      `${tag}: past the end of the file`,
    );
    must(
      i + 1 < section_count || offset + size === file_size,
      row + 8,
      `${tag}: not up to the end`,
    );
    new Cursor(bytes, next, offset).zeros(padding, 'padding');
    if (check(bytes.subarray(offset, offset + size)) !== section_check) {
      throw new Fault('damaged', offset, `check of ${tag}`);
    }
    sections.push({ tag, offset, size, check: section_check, row });
    next = offset + size;
  }

  sections.forEach(({ tag, row }, i) => {
    must(sections.findIndex((other) => other.tag === tag) === i, row, `${tag}: a second time`);
    must(known.includes(tag) || !/^[A-Z]/.test(tag), row, `${tag}: unknown, and must be known`);
  });

  return {
    head: {
      file: KINDS[actual_kind],
      version: 1,
      size: file_size,
      item_count,
      identity: hex64(identity),
      sections: sections.map(({ tag, offset, size, check: c }) => ({
        tag,
        offset,
        size,
        check: hex32(c),
      })),
    },
    has: (tag) => sections.some((section) => section.tag === tag),
    open(tag) {
      const section = sections.find((one) => one.tag === tag);
      must(section !== undefined, 32, `${tag}: missing`);
      return new Cursor(bytes, section.offset, section.offset + section.size);
    },
  };
}
