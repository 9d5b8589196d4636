/**
 * catalogue.mjs - FORMAT.md section 4: the catalogue part
 *
 * A catalogue belongs to a model, but can be read alone: of the model's items it then knows
 * everything but the ids.
 */
import { ascends, Cursor, Fault, hex64, isText, lazily, must, text } from './bytes.mjs';
import { readIds, readStrings } from './ids.mjs';
import { readTables } from './links.mjs';
import { readPart } from './part.mjs';
import { hash } from './xxhash64.mjs';

const TAGS = [
  'COLS',
  'TITL',
  'URLS',
  'IMGS',
  'CATS',
  'CATP',
  'BRND',
  'CTOP',
  'IDS ',
  'ATTN',
  'ATTV',
  'ATVN',
  'ATTR',
  'news',
  'lnk1',
  'lnk2',
  'lnk3',
  'lnk4',
];
const ATTRIBUTES = ['ATTN', 'ATTV', 'ATVN', 'ATTR'];
const NO_INDEX = 0xffff;
const NO_PRICE = 0xffffffff;

/** Reads a catalogue; with a model's content, also refuses one that does not belong to it. */
export function readCatalogue(bytes, problems = [], model = null) {
  const part = readPart(bytes, 2, TAGS);
  const n = part.head.item_count;
  if (model) mustBelong(part, n, model);
  const own = part.has('IDS ') ? readOwnIds(part.open('IDS '), n, problems) : null;

  const cols = part.open('COLS');
  const texts = {};
  for (const [name, tag] of [
    ['title', 'TITL'],
    ['url', 'URLS'],
    ['image', 'IMGS'],
  ]) {
    texts[name] = readTexts(part.open(tag), n, name, problems);
  }
  const categories = readList(part.open('CATS'), 'category', problems);
  const parents = readParents(part.open('CATP'), categories.length);
  const brands = readList(part.open('BRND'), 'brand', problems);
  const columns = readColumns(cols, n, categories.length, brands.length);
  const tops = readCategoryTops(part.open('CTOP'), categories.length, n);
  const attributes = readAttributes(part, n, problems);
  const news = part.has('news') ? readNews(part.open('news'), n, problems) : [];
  const tables = readTables(part, 'lnk', n, problems);

  const own_count = own?.items.length ?? 0;
  const ownId = (index) => own?.items[index - (n - own_count)];
  return {
    ...part.head,
    ids: own && {
      bucket_bits: own.bucket_bits,
      index_bits: own.index_bits,
      strings_size: own.strings_size,
    },
    own_item_count: own_count,
    templates: {
      title: texts.title.template,
      url: texts.url.template,
      image: texts.image.template,
    },
    categories: categories.map((name, index) => ({
      index,
      name: text(name),
      hash: hex64(hash(name)),
      parent: parents[index],
      top: tops[index],
    })),
    brands: brands.map((name, index) => ({ index, name: text(name), hash: hex64(hash(name)) })),
    items: columns.map((column, index) => ({
      index,
      id: ownId(index)?.id ?? null,
      hash: ownId(index) ? hex64(ownId(index).hash) : null,
      title: texts.title.strings[index],
      url: texts.url.strings[index],
      image: texts.image.strings[index],
      ...column,
      attributes: attributes[index],
      ...tables.linksOf(index),
    })),
    news,
    links: tables.heads,
  };
}

function mustBelong(part, n, model) {
  if (n < model.item_count) throw new Fault('mismatch', 12, 'fewer items than the model has');
  if (part.head.identity !== model.identity)
    throw new Fault('mismatch', 16, 'of another item table');
  const own_count = n - model.item_count;
  must(part.has('IDS ') === own_count > 0, 32, 'ids of new items');
  if (own_count > 0)
    must(part.open('IDS ').u32('count') === own_count, part.open('IDS ').at, 'count of new items');
}

/** The ids of items that only the catalogue knows; how many says the section itself. */
function readOwnIds(section, n, problems) {
  const count = new Cursor(section.bytes, section.start, section.end).u32('count');
  must(count <= n, section.start, 'more new items than items');
  return readIds(section, count, problems);
}

function readColumns(section, n, category_count, brand_count) {
  must(section.left === 13 * n, section.at, 'COLS is not 13 bytes an item');
  const maybe = (value, none) => (value === none ? null : value);
  const price = section.u32s(n).map((value) => maybe(value, NO_PRICE));
  const list_price = section.u32s(n).map((value) => maybe(value, NO_PRICE));
  const below = (count, what) => () => {
    const at = section.at;
    const index = maybe(section.u16(what), NO_INDEX);
    must(index === null || index < count, at, `no such ${what}`);
    return index;
  };
  const category = section.list(n, below(category_count, 'category'));
  const brand = section.list(n, below(brand_count, 'brand'));
  return Array.from({ length: n }, (_, i) => {
    const at = section.at;
    const flags = section.u8('flags');
    must(flags <= 3, at, 'reserved flags');
    return {
      price: price[i],
      list_price: list_price[i],
      category: category[i],
      brand: brand[i],
      listed: (flags & 1) !== 0,
      in_stock: (flags & 2) !== 0,
    };
  });
}

function readList(section, name, problems) {
  const { start } = section;
  const count = section.u32('count');
  must(count <= 65535, start, `too many of ${name}`);
  const offsets = section.starts(count + 1, section.left - 4 * (count + 1), `offsets of ${name}`);
  const strings = Array.from({ length: count }, (_, i) =>
    section.take(offsets[i + 1] - offsets[i], name),
  );
  for (const [i, string] of strings.entries()) {
    if (!isText(text(string))) problems.push(`${name} ${i} is not UTF-8`);
  }
  if (new Set(strings.map((string) => hash(string))).size !== count)
    problems.push(`a ${name} stands twice`);
  return strings;
}

function readParents(section, count) {
  must(section.left === 2 * count, section.at, 'CATP is not two bytes a category');
  return Array.from({ length: count }, (_, i) => {
    const at = section.at;
    const parent = section.u16('parent');
    must(parent === NO_INDEX || parent < i, at, 'a parent that is not below its child');
    return parent === NO_INDEX ? null : parent;
  });
}

function readTexts(section, n, name, problems) {
  const { start, end } = section;
  const template_size = section.u16('template_size');
  section.reserved(2);
  const strings_size = section.u32('strings_size');
  const block_offsets = section.ascending(Math.ceil(n / 16), strings_size, 'block_offsets');
  const template = text(section.take(template_size, 'template'));
  section.align('padding after the template');
  must(end - section.at === strings_size, start + 4, 'strings_size');
  const read = readStrings(
    section.bytes.subarray(0, end),
    section.at,
    n,
    block_offsets,
    problems,
    name,
  );
  if (read.end !== end) problems.push(`${name}: ${end - read.end} bytes after the last`);
  const strings = read.strings.map(text);
  if (![template, ...strings].every(isText)) problems.push(`a ${name} is not UTF-8`);
  return { template, strings };
}

function readCategoryTops(section, category_count, n) {
  const { start } = section;
  const starts = section.starts(
    category_count + 1,
    Math.floor(section.left / 4) - category_count - 1,
    'starts',
  );
  return Array.from({ length: category_count }, (_, i) => {
    const count = starts[i + 1] - starts[i];
    must(count <= 64, start + 4 * (i + 1), 'more than 64 items of a category');
    return section.list(count, () => {
      const at = section.at;
      const item = section.u32('item');
      must(item < n, at, 'the best of a category is no item');
      return item;
    });
  });
}

function readNews(section, n, problems) {
  must(section.left % 4 === 0, section.at, 'news is not four bytes an item');
  const items = section.list(section.left / 4, () => {
    const at = section.at;
    const item = section.u32('item');
    must(item < n, at, 'one of the newest is no item');
    return item;
  });
  if (new Set(items).size !== items.length) problems.push('news: an item stands twice');
  return items;
}

function readValues(section, item, problems) {
  const count = section.varint('count');
  const indexes = section.list(Math.min(count, section.left), () =>
    section.varint('attribute value'),
  );
  if (!ascends(indexes, { strictly: true }))
    problems.push(`ATTR: values of item ${item} do not ascend`);
  return indexes;
}

function readAttributes(part, n, problems) {
  const present = ATTRIBUTES.filter((tag) => part.has(tag));
  if (present.length === 0) return Array(n).fill([]);
  const names = readList(part.open('ATTN'), 'attribute name', problems).map(text);
  const values = readList(part.open('ATTV'), 'attribute value', []).map(text);
  const name_section = part.open('ATVN');
  must(name_section.left === 2 * values.length, name_section.at, 'ATVN is not two bytes a value');
  const names_of = values.map(() => {
    const at = name_section.at;
    const index = name_section.u16('attribute name');
    must(index < names.length, at, 'no such attribute name');
    return index;
  });

  const section = part.open('ATTR');
  const block_offsets = section.u32s(Math.ceil(n / 16), 'block_offsets');
  const start = section.at;
  const items = Array.from({ length: n }, (_, i) => {
    if (i % 16 === 0 && block_offsets[i / 16] !== section.at - start) {
      problems.push(
        `ATTR: block offset of item ${i} is ${block_offsets[i / 16]}, not ${section.at - start}`,
      );
    }
    return lazily(problems, [], () => readValues(section, i, problems)).map((index) => {
      if (index >= values.length) problems.push(`ATTR: item ${i} has a value that is none`);
      return [names[names_of[index]] ?? '', values[index] ?? ''];
    });
  });
  if (section.left !== 0) problems.push(`ATTR: ${section.left} bytes after the last`);
  return items;
}
