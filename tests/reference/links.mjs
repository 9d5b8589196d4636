/**
 * links.mjs - FORMAT.md 3.4: links from item to item, in the model and in the catalogue
 *
 * All rows are read one after the other, as they were written; each group's offset is then compared
 * with where its first row was met. A row that ends early is printed as far as it goes and is a
 * problem.
 */
import { Bits, must } from './bytes.mjs';
import { codeReader, fullness } from './codes.mjs';

export const RELATIONS = [
  [1, 'next'],
  [2, 'together'],
  [3, 'viewed_bought'],
  [4, 'looks'],
];

/** All tables of a part, `LNK` of the model or `lnk` of the catalogue. */
export function readTables(part, prefix, item_count, problems) {
  const tables = RELATIONS.filter(([relation]) => part.has(`${prefix}${relation}`)).map(
    ([relation]) => readLinks(part.open(`${prefix}${relation}`), relation, item_count, problems),
  );
  const rows = RELATIONS.map(([relation, name]) => [
    name,
    tables.find((table) => table.head.relation === relation)?.rows ?? Array(item_count).fill([]),
  ]);
  return {
    heads: tables.map((table) => table.head),
    linksOf: (index) => Object.fromEntries(rows.map(([name, of]) => [name, of[index]])),
  };
}

/** `most`: so many links of each row are taken, and the others are as if they were not there. */
export function readLinks(section, relation, item_count, problems, most = 64) {
  const { start, end } = section;
  const name = `links of relation ${relation}`;
  const max_links = section.u8('max_links');
  must(max_links >= 1 && max_links <= 64, start, 'max_links');
  const group_bits = section.u8('group_bits');
  must(group_bits <= 6, start + 1, 'group_bits');
  const bucket_count = section.u8('bucket_count');
  must(bucket_count >= 1 && bucket_count <= 26, start + 2, 'bucket_count');
  const weight_count = section.u8('weight_count');
  must(weight_count >= 1 && weight_count <= 16, start + 3, 'weight_count');
  const flags = section.u8('flags');
  must(flags <= 1, start + 4, 'flags');
  section.reserved(3);
  must(section.u32('row_count') === item_count, start + 8, 'row_count is not item_count');
  const link_count = section.u32('link_count');
  const data_size = section.u32('data_size');

  const weights = readWeights(section, weight_count);
  const codes = readCodes(section, max_links, bucket_count, weight_count);
  const group_count = Math.ceil(item_count / 2 ** group_bits);
  const row_offsets = section.ascending(group_count, 8 * data_size, 'row_offsets');
  must(end - section.at === data_size, start + 16, 'data_size');
  const data = section.take(data_size, 'data');
  const bits = new Bits(data);
  const rows = [];
  for (let i = 0; i < item_count; i++) {
    if (i % 2 ** group_bits === 0 && row_offsets[i >> group_bits] !== bits.at) {
      problems.push(
        `${name}: row offset of item ${i} is ${row_offsets[i >> group_bits]}, not ${bits.at}`,
      );
      bits.at = row_offsets[i >> group_bits];
    }
    rows.push(
      readRow(bits, codes, weights, i, item_count, () =>
        problems.push(`${name}: row ${i} ends early`),
      ),
    );
  }
  if (bits.past || Math.ceil(bits.at / 8) !== data_size) {
    problems.push(`${name}: rows end at bit ${bits.at} of ${data_size} bytes`);
  }
  const found = rows.reduce((sum, row) => sum + row.length, 0);
  if (found !== link_count) problems.push(`${name}: ${found} links, link_count says ${link_count}`);

  const normalise = flags === 1;
  return {
    head: {
      relation,
      max_links,
      group_bits,
      bucket_count,
      weight_count,
      normalise,
      link_count,
      data_size,
      weights,
    },
    rows: rows.map((row) => (normalise ? normalised : identity)(row.slice(0, most))),
  };
}

/** The weights by code: none is 0, none is above the one before it. */
function readWeights(section, count) {
  let last = 65535;
  return section.list(count, () => {
    const at = section.at;
    const weight = section.u16('weight');
    must(weight >= 1 && weight <= last, at, 'a weight of 0, or above the one before it');
    last = weight;
    return weight;
  });
}

/** The code lengths, 4 bits each, and readers for the codes they make. */
function readCodes(section, max_links, bucket_count, weight_count) {
  const sizes = [max_links + 1, bucket_count, ...Array(bucket_count).fill(bucket_count)];
  if (weight_count > 1) sizes.push(weight_count);
  const numbers = sizes.reduce((a, b) => a + b);
  const at = section.at;
  const bits = new Bits(section.take(Math.ceil(numbers / 2), 'code lengths'));
  const codes = sizes.map((size) => Array.from({ length: size }, () => bits.number(4)));
  section.align('padding after the code lengths');
  for (const lengths of codes) {
    must(
      lengths.every((length) => length <= 12),
      at,
      'a code length above 12',
    );
    must(fullness(lengths) <= 1, at, 'an over-full code');
  }
  const readers = codes.map(codeReader);
  return {
    count: readers[0],
    first: readers[1],
    gaps: readers.slice(2, 2 + bucket_count),
    weight: weight_count > 1 ? readers.at(-1) : () => 0,
  };
}

/** One row: [target, weight] in ascending order of target. */
function readRow(bits, codes, weights, item, item_count, early) {
  const row = [];
  const count = codes.count(bits);
  if (count < 0 || bits.past) {
    early();
    return row;
  }
  let reader = codes.first;
  for (let k = 0; k < count; k++) {
    const bucket = reader(bits);
    const number = bucket < 0 ? 0 : 2 ** bucket + bits.number(bucket) - 1;
    const target = k === 0 ? item + unzigzag(number) : row[k - 1][0] + 1 + number;
    const code = bucket < 0 ? -1 : codes.weight(bits);
    if (code < 0 || bits.past || target < 0 || target >= item_count) {
      early();
      return row;
    }
    row.push([target, weights[code]]);
    reader = codes.gaps[bucket];
  }
  return row;
}

/** 0, 1, 2, 3, 4 become 0, -1, 1, -2, 2. */
function unzigzag(number) {
  return number % 2 === 0 ? number / 2 : -(number + 1) / 2;
}

const identity = (row) => row;

function normalised(row) {
  const sum = row.reduce((total, [, weight]) => total + weight, 0);
  return row.map(([target, weight]) => [target, Math.floor((weight * 65536) / sum)]);
}
