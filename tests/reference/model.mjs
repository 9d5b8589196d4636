/**
 * model.mjs - FORMAT.md section 3: the model part
 */
import { hex64, must } from './bytes.mjs';
import { readIds } from './ids.mjs';
import { readTables } from './links.mjs';
import { readPart } from './part.mjs';

export const MODEL_TAGS = ['IDS ', 'POPU', 'TOPS', 'LNK1', 'LNK2', 'LNK3', 'PARM'];
const LIMIT = 64 * 65536;

const PARAMETERS = [
  [1, 'next_mix', 65536],
  [2, 'together_mix', 16384],
  [3, 'popularity_weight', 0],
  [4, 'event_weight_cart', 131072],
  [5, 'event_weight_purchase', 65536],
  [6, 'category_weight', 6554],
  [7, 'brand_weight', 3277],
];

export function readModel(bytes, problems = []) {
  const part = readPart(bytes, 1, MODEL_TAGS);
  const n = part.head.item_count;
  const ids = readIds(part.open('IDS '), n, problems);
  if (hex64(ids.identity) !== part.head.identity)
    problems.push('identity is not the hash of the ids');
  const popularity = readPopularity(part.open('POPU'), n);
  const tops = readTops(part.open('TOPS'), n, problems);
  const tables = readTables(part, 'LNK', n, problems);
  const parm = readParameters(part.open('PARM'), problems);
  return {
    content: {
      ...part.head,
      ids: {
        bucket_bits: ids.bucket_bits,
        index_bits: ids.index_bits,
        strings_size: ids.strings_size,
      },
      items: ids.items.map(({ id, hash }, index) => ({
        index,
        id,
        hash: hex64(hash),
        popularity: popularity[index],
        ...withoutLooks(tables.linksOf(index)),
      })),
      tops,
      links: tables.heads,
      ...parm,
    },
    find: ids.findHash,
  };
}

/** The model knows three of the relations. */
const withoutLooks = ({ next, together, viewed_bought }) => ({ next, together, viewed_bought });

function readPopularity(section, n) {
  must(section.left === n, section.at, 'POPU is not one byte an item');
  return [...section.take(n, 'popularity')];
}

function readTops(section, n, problems) {
  const { start } = section;
  const list_count = section.u32('list_count');
  must(list_count <= 16, start, 'list_count');
  const heads = section.list(list_count, () => {
    const kind = section.u32('kind');
    const count_at = section.at;
    const count = section.u32('count');
    must(count <= 4096, count_at, 'count of a ranked list');
    return { kind, count };
  });
  const lists = heads.map(({ kind, count }) => {
    const items = section.list(count, () => {
      const at = section.at;
      const item = section.u32('item');
      must(item < n, at, 'a ranked list names no item');
      return item;
    });
    if (new Set(items).size !== count) problems.push(`TOPS: list ${kind} names an item twice`);
    return { kind, items };
  });
  section.finish('TOPS');
  if (new Set(heads.map(({ kind }) => kind)).size !== list_count)
    problems.push('TOPS: a kind stands twice');
  return lists.filter(({ kind }) => kind === 1 || kind === 2);
}

function readParameters(section, problems) {
  const { start } = section;
  const history_count = section.u16('history_count');
  must(history_count >= 1 && history_count <= 32, start, 'history_count');
  const parameter_count = section.u16('parameter_count');
  must(parameter_count <= 64, start + 2, 'parameter_count');
  const weight = () => {
    const at = section.at;
    const value = section.u32('weight');
    must(value <= LIMIT, at, 'a weight above 64');
    return value;
  };
  const position_weight = section.list(history_count, weight);
  const repeat_weight = section.list(history_count, weight);
  const given = new Map();
  for (let i = 0; i < parameter_count; i++) {
    const key = section.u16('key');
    section.reserved(2);
    const at = section.at;
    const value = section.i32('value');
    must(
      !PARAMETERS.some(([known]) => known === key) || (value >= 0 && value <= 16777216),
      at,
      `parameter ${key}`,
    );
    if (given.has(key)) problems.push(`PARM: key ${key} stands twice`);
    given.set(key, value);
  }
  section.finish('PARM');
  const parameters = Object.fromEntries(
    PARAMETERS.map(([key, name, value]) => [name, given.get(key) ?? value]),
  );
  return { history_count, position_weight, repeat_weight, parameters };
}
