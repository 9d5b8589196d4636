/**
 * ids.mjs - FORMAT.md 3.1: the shop's own ids, and the lookup that finds them
 *
 * Everything is read into lists; finding an id is done the way the document tells it, so that the
 * lookup is tested and not only the strings.
 */
import { ascends, Bits, Cursor, isText, lazily, must, text } from './bytes.mjs';
import { hash } from './xxhash64.mjs';

/**
 * Reads strings: per item a varint size and as many bytes; block offsets point at each sixteenth.
 */
export function readStrings(bytes, start, count, block_offsets, problems, name) {
  const cursor = new Cursor(bytes, start);
  const strings = [];
  for (let i = 0; i < count; i++) {
    if (i % 16 === 0 && block_offsets[i / 16] !== cursor.at - start) {
      problems.push(
        `${name}: block offset of item ${i} is ${block_offsets[i / 16]}, not ${cursor.at - start}`,
      );
    }
    const what = `${name} of item ${i}`;
    strings.push(lazily(problems, new Uint8Array(), () => cursor.take(cursor.varint(what), what)));
  }
  return { strings, end: cursor.at };
}

export function readIds(section, item_count, problems) {
  const { start, bytes, end } = section;
  const count = section.u32('count');
  must(count === item_count, start, "count is not the header's item_count");
  const bucket_bits = section.u8('bucket_bits');
  must(bucket_bits <= 24, start + 4, 'bucket_bits');
  const index_bits = section.u8('index_bits');
  const smallest = Math.max(1, Math.ceil(Math.log2(Math.max(1, count))));
  must(index_bits === smallest, start + 5, 'index_bits');
  section.reserved(2);
  const strings_size = section.u32('strings_size');
  section.reserved(4);

  const blocks = Math.ceil(count / 16);
  const size =
    16 +
    4 * blocks +
    4 * (2 ** bucket_bits + 1) +
    count +
    Math.ceil((count * index_bits) / 8) +
    strings_size;
  must(size === end - start, start, `IDS should have ${size} bytes`);
  const block_offsets = section.ascending(blocks, strings_size, 'block_offsets');
  const bucket_starts = section.starts(2 ** bucket_bits + 1, count, 'bucket_starts');
  const fingerprints = [...section.take(count, 'fingerprints')];
  const bits = new Bits(section.take(Math.ceil((count * index_bits) / 8), 'lookup'));
  const lookup = Array.from({ length: count }, () => bits.number(index_bits));
  const identity = hash(bytes.subarray(section.at, end));
  const { strings, end: strings_end } = readStrings(
    bytes.subarray(0, end),
    section.at,
    count,
    block_offsets,
    problems,
    'id',
  );
  if (strings_end !== end) problems.push(`ids: ${end - strings_end} bytes after the last`);

  const items = strings.map((id) => ({ id: text(id), hash: hash(id) }));
  const ids = { bucket_bits, index_bits, strings_size, items, identity };
  ids.findHash = (wanted) => {
    const bucket = Number(wanted >> BigInt(64 - bucket_bits));
    const fingerprint = Number((wanted >> BigInt(56 - bucket_bits)) & 0xffn);
    for (let at = bucket_starts[bucket]; at < bucket_starts[bucket + 1]; at++) {
      if (fingerprints[at] === fingerprint && items[lookup[at]]?.hash === wanted) return lookup[at];
    }
    return -1;
  };
  checkIds(ids, strings, lookup, problems);
  return ids;
}

function checkIds({ items, findHash }, strings, lookup, problems) {
  strings.forEach((id, i) => {
    if (id.length < 1 || id.length > 512) problems.push(`id of item ${i} has ${id.length} bytes`);
    if (!isText(items[i].id)) problems.push(`id of item ${i} is not UTF-8`);
    if (findHash(items[i].hash) !== i) problems.push(`item ${i} is not found by its id`);
  });
  const hashes = lookup.map((index) => items[index]?.hash ?? 0n);
  if (!ascends(hashes, { strictly: true }))
    problems.push('ids: lookup is not in ascending order of hash');
  if (new Set(lookup).size !== items.length)
    problems.push('ids: lookup does not list every item once');
}
