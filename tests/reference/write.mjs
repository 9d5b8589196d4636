/**
 * write.mjs - a small writer of Sotto files, for tests
 *
 * Plain content in, bytes out, by FORMAT.md. It makes files the core's own writer would not make
 * (odd but allowed choices, and, when told to, broken ones), so that both readers can be shown more
 * than our own bundles. It shares no code with the readers but the hash.
 */
import { createHash, generateKeyPairSync, sign } from 'node:crypto';

import { hash } from './xxhash64.mjs';

const encode = (string) =>
  typeof string === 'string' ? [...new TextEncoder().encode(string)] : [...string];

export const u8 = (value) => [value & 0xff];
export const u16 = (value) => [value & 0xff, (value >> 8) & 0xff];
export const u32 = (value) => [...u16(value & 0xffff), ...u16(value >>> 16)];
export const u64 = (value) => [
  ...u32(Number(BigInt(value) & 0xffffffffn)),
  ...u32(Number(BigInt(value) >> 32n)),
];
const zeros = (count) => Array(count).fill(0);
const align = (bytes) => [...bytes, ...zeros((4 - (bytes.length % 4)) % 4)];
const all = (list, one) => list.flatMap(one);
const check = (bytes) => Number(hash(Uint8Array.from(bytes)) & 0xffffffffn);

export function varint(value) {
  return value < 128 ? [value] : [128 + (value % 128), ...varint(Math.floor(value / 128))];
}

class BitWriter {
  constructor() {
    this.bits = '';
  }

  number(value, width) {
    this.bits += width ? value.toString(2).padStart(width, '0') : '';
  }

  get bytes() {
    const padded = this.bits.padEnd(8 * Math.ceil(this.bits.length / 8), '0');
    return (padded.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2));
  }
}

/** A part of given sections, `[tag, bytes]` each. */
export function writePart(kind, item_count, identity, sections) {
  const table = [];
  let body = [];
  const table_end = 32 + 16 * sections.length;
  for (const [tag, bytes] of sections) {
    body = align(body);
    table.push(
      ...encode(tag),
      ...u32(table_end + body.length),
      ...u32(bytes.length),
      ...u32(check(bytes)),
    );
    body = body.concat(bytes);
  }
  const head = (head_check) => [
    ...encode('SOTT'),
    ...u16(1),
    ...u8(kind),
    ...u8(sections.length),
    ...u32(table_end + body.length),
    ...u32(item_count),
    ...u64(identity),
    ...u32(head_check),
    ...u32(0),
    ...table,
  ];
  return Uint8Array.from([...head(check(head(0))), ...body]);
}

/** Recomputes the checksums of a part whose header, table or sections a test has changed. */
export function resealPart(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let row = 32; row < 32 + 16 * bytes[7]; row += 16) {
    const offset = view.getUint32(row + 4, true);
    const size = view.getUint32(row + 8, true);
    view.setUint32(row + 12, check(bytes.subarray(offset, offset + size)), true);
  }
  view.setUint32(24, 0, true);
  view.setUint32(24, check(bytes.subarray(0, 32 + 16 * bytes[7])), true);
  return bytes;
}

const sized = (string) => [...varint(encode(string).length), ...encode(string)];

function blockOffsets(strings) {
  let offset = 0;
  const offsets = [];
  strings.forEach((string, i) => {
    if (i % 16 === 0) offsets.push(...u32(offset));
    offset += string.length;
  });
  return offsets;
}

export function identityOf(ids) {
  return hash(Uint8Array.from(all(ids, sized)));
}

export function idsSection(
  ids,
  bucket_bits = Math.max(0, Math.floor(Math.log2(Math.max(1, ids.length))) - 2),
) {
  const n = ids.length;
  let index_bits = 1;
  while (2 ** index_bits < n) index_bits++;
  const strings = ids.map(sized);
  const order = ids
    .map((id, index) => ({ index, hash: hash(Uint8Array.from(encode(id))) }))
    .sort((a, b) => (a.hash < b.hash ? -1 : 1));
  const starts = Array.from(
    { length: 2 ** bucket_bits + 1 },
    (_, k) => order.filter(({ hash: h }) => Number(h >> BigInt(64 - bucket_bits)) < k).length,
  );
  const lookup = new BitWriter();
  order.forEach(({ index }) => lookup.number(index, index_bits));
  return [
    ...u32(n),
    ...u8(bucket_bits),
    ...u8(index_bits),
    ...u16(0),
    ...u32(strings.flat().length),
    ...u32(0),
    ...blockOffsets(strings),
    ...all(starts, u32),
    ...order.map(({ hash: h }) => Number((h >> BigInt(56 - bucket_bits)) & 0xffn)),
    ...lookup.bytes,
    ...strings.flat(),
  ];
}

/** Code lengths for how often symbols occur: ceil(-log2(share)), which never over-fills a code. */
function lengthsOf(counts) {
  const total = counts.reduce((a, b) => a + b, 0);
  if (counts.filter((count) => count > 0).length === 1)
    return counts.map((count) => (count > 0 ? 1 : 0));
  const share = (count) => (count + total / 512) / (total + (counts.length * total) / 512);
  return counts.map((count) => (count > 0 ? Math.min(12, Math.ceil(-Math.log2(share(count)))) : 0));
}

function wordsOf(lengths) {
  const words = [];
  let next = 0;
  for (let length = 1; length <= 12; length++) {
    next <<= 1;
    for (let symbol = 0; symbol < lengths.length; symbol++) {
      if (lengths[symbol] === length) words[symbol] = [next++, length];
    }
  }
  return words;
}

/** A link section. rows: per item a list of [target, weight code] in ascending order of target. */
export function linksSection(
  rows,
  { max_links = 20, group_bits = 3, bucket_count = 26, weights = [1], normalise = false } = {},
) {
  const steps = rows.map((row, item) => {
    let previous_bucket = -1;
    return row.map(([target, code], k) => {
      const d = target - item;
      const number = k > 0 ? target - row[k - 1][0] - 1 : d >= 0 ? 2 * d : -2 * d - 1;
      const bucket = Math.floor(Math.log2(number + 1));
      const step = { table: previous_bucket, bucket, low: number + 1 - 2 ** bucket, code };
      previous_bucket = bucket;
      return step;
    });
  });
  const tally = (size, symbols) => {
    const counts = zeros(size);
    symbols.forEach((symbol) => {
      counts[symbol]++;
    });
    return lengthsOf(counts);
  };
  const steps_of = (table) =>
    steps
      .flat()
      .filter((step) => step.table === table)
      .map(({ bucket }) => bucket);
  const lengths = [
    tally(
      max_links + 1,
      steps.map((row) => row.length),
    ),
  ];
  for (let table = -1; table < bucket_count; table++)
    lengths.push(tally(bucket_count, steps_of(table)));
  if (weights.length > 1)
    lengths.push(
      tally(
        weights.length,
        steps.flat().map(({ code }) => code),
      ),
    );
  const words = lengths.map(wordsOf);

  const data = new BitWriter();
  const row_offsets = [];
  steps.forEach((row, item) => {
    if (item % 2 ** group_bits === 0) row_offsets.push(data.bits.length);
    data.number(...words[0][row.length]);
    row.forEach(({ table, bucket, low, code }) => {
      data.number(...words[2 + table][bucket]);
      data.number(low, bucket);
      if (weights.length > 1) data.number(...words.at(-1)[code]);
    });
  });
  const code_lengths = new BitWriter();
  lengths.flat().forEach((length) => code_lengths.number(length, 4));
  const bytes = data.bytes;
  return [
    ...u8(max_links),
    ...u8(group_bits),
    ...u8(bucket_count),
    ...u8(weights.length),
    ...u8(normalise ? 1 : 0),
    ...zeros(3),
    ...u32(rows.length),
    ...u32(steps.flat().length),
    ...u32(bytes.length),
    ...all(weights, u16),
    ...align([...zeros((20 + 2 * weights.length) % 4), ...code_lengths.bytes]).slice(
      (20 + 2 * weights.length) % 4,
    ),
    ...all(row_offsets, u32),
    ...bytes,
  ];
}

/**
 * A model of `{ ids, popularity, tops, next, together, viewed_bought, position_weight,
 * repeat_weight, parameters }`.
 */
export function writeModel(model) {
  const { ids, position_weight = [65536], repeat_weight = [0], parameters = [], tops = [] } = model;
  const sections = [
    ['IDS ', idsSection(ids, model.bucket_bits)],
    ['POPU', model.popularity ?? zeros(ids.length)],
    [
      'TOPS',
      [
        ...u32(tops.length),
        ...all(tops, ({ kind, items }) => [...u32(kind), ...u32(items.length)]),
        ...all(tops, ({ items }) => all(items, u32)),
      ],
    ],
  ];
  if (model.next) sections.push(['LNK1', linksSection(model.next.rows, model.next)]);
  if (model.together) sections.push(['LNK2', linksSection(model.together.rows, model.together)]);
  if (model.viewed_bought)
    sections.push(['LNK3', linksSection(model.viewed_bought.rows, model.viewed_bought)]);
  sections.push([
    'PARM',
    [
      ...u16(position_weight.length),
      ...u16(parameters.length),
      ...all(position_weight, u32),
      ...all(repeat_weight, u32),
      ...all(parameters, ([key, value]) => [...u16(key), ...u16(0), ...u32(value)]),
    ],
  ]);
  return writePart(1, ids.length, identityOf(ids), sections.concat(model.more ?? []));
}

function listSection(strings) {
  let offset = 0;
  const offsets = [0, ...strings.map((string) => (offset += encode(string).length))];
  return [...u32(strings.length), ...all(offsets, u32), ...all(strings, encode)];
}

function textsSection(texts, template = '') {
  const strings = texts.map(sized);
  const offsets = blockOffsets(strings);
  return [
    ...u16(encode(template).length),
    ...u16(0),
    ...u32(strings.flat().length),
    ...offsets,
    ...align(encode(template)),
    ...strings.flat(),
  ];
}

/**
 * A catalogue of `{ identity, model_item_count, new_ids, items, templates, categories, parents,
 * brands, tops, attribute_names, attribute_values: [[name index, value], ...], news, links: tables by
 * relation - 1 }`; an item's `attributes` are value indexes.
 */
export function writeCatalogue(catalogue) {
  const {
    items,
    categories = [],
    parents = [],
    brands = [],
    tops = [],
    new_ids = [],
    templates = {},
  } = catalogue;
  const of = (key, fallback) => items.map((item) => item[key] ?? fallback);
  let start = 0;
  const starts = [0, ...tops.map((top) => (start += top.length))];
  const sections = [
    [
      'COLS',
      [
        ...all(of('price', 0xffffffff), u32),
        ...all(of('list_price', 0xffffffff), u32),
        ...all(of('category', 0xffff), u16),
        ...all(of('brand', 0xffff), u16),
        ...items.map(({ listed = true, in_stock = true }) => (listed ? 1 : 0) + (in_stock ? 2 : 0)),
      ],
    ],
    ['TITL', textsSection(of('title', ''), templates.title)],
    ['URLS', textsSection(of('url', ''), templates.url)],
    ['IMGS', textsSection(of('image', ''), templates.image)],
    ['CATS', listSection(categories)],
    ['CATP', all(parents, (parent) => u16(parent ?? 0xffff))],
    ['BRND', listSection(brands)],
    ['CTOP', [...all(starts, u32), ...all(tops.flat(), u32)]],
  ];
  if (new_ids.length > 0) sections.push(['IDS ', idsSection(new_ids)]);
  if (catalogue.attribute_names) {
    const lists = items.map(({ attributes = [] }) => [
      ...varint(attributes.length),
      ...all(attributes, varint),
    ]);
    sections.push(
      ['ATTN', listSection(catalogue.attribute_names)],
      ['ATTV', listSection(catalogue.attribute_values.map(([, value]) => value))],
      ['ATVN', all(catalogue.attribute_values, ([name]) => u16(name))],
      ['ATTR', [...blockOffsets(lists), ...lists.flat()]],
    );
  }
  if (catalogue.news) sections.push(['news', all(catalogue.news, u32)]);
  (catalogue.links ?? []).forEach((table, i) => {
    if (table) sections.push([`lnk${i + 1}`, linksSection(table.rows, table)]);
  });
  return writePart(2, items.length, catalogue.identity, sections);
}

export function record(fields) {
  return all(fields, ([key, value]) => [
    ...u16(key),
    ...u16(encode(value).length),
    ...encode(value),
  ]);
}

/** Campaigns of records given as lists of [key, bytes or string]. */
export function writeCampaigns({ site = [], rules = [], slots = [], consent = null, plan = [] }) {
  const name_of = (fields) => hash(Uint8Array.from(encode(fields.find(([key]) => key === 1)[1])));
  const records = [...slots].sort((a, b) => (name_of(a) < name_of(b) ? -1 : 1)).map(record);
  let offset = 0;
  const offsets = [0, ...records.map((one) => (offset += one.length))];
  return writePart(3, 0, 0n, [
    ['SITE', record(site)],
    ['RULE', record(rules)],
    ['SLOT', [...u32(slots.length), ...all(offsets, u32), ...records.flat()]],
    ...(consent ? [['cnst', record(consent)]] : []),
    ...plan,
  ]);
}

/**
 * A manifest over `parts`: [kind, bytes]. Signed with a fresh key if `signed`; returns bytes and
 * key.
 */
export function writeManifest({
  sequence = 1n,
  created_s = 0n,
  expires_s = 0n,
  shop = 0n,
  identity = 0n,
  parts,
  signed = false,
}) {
  const rows = all(parts, ([kind, bytes]) => [
    ...u8(kind),
    ...zeros(3),
    ...u32(bytes.length),
    ...createHash('sha256').update(bytes).digest(),
    ...zeros(8),
  ]);
  const file_size = 56 + rows.length + (signed ? 76 : 0);
  const head = (sum) => [
    ...encode('SOTM'),
    ...u16(1),
    ...u8(parts.length),
    ...u8(signed ? 1 : 0),
    ...u32(file_size),
    ...u32(sum),
    ...u64(sequence),
    ...u64(created_s),
    ...u64(expires_s),
    ...u64(shop),
    ...u64(identity),
    ...rows,
  ];
  const bytes = head(check(head(0)));
  if (!signed) return { bytes: Uint8Array.from(bytes) };
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const public_key = Buffer.from(publicKey.export({ format: 'jwk' }).x, 'base64url');
  const message = Buffer.concat([Buffer.from('sotto-manifest-v1\0'), Uint8Array.from(bytes)]);
  const block = [...u64(hash(public_key)), ...sign(null, message, privateKey)];
  return { bytes: Uint8Array.from([...bytes, ...block, ...u32(check(block))]), public_key };
}

/**
 * A profile of lists of entries, as FORMAT.md section 7 names their fields. events: oldest first.
 */
export function writeProfile({
  seed = 0n,
  created_s = 0,
  updated_s = 0,
  session_start_s = 0,
  session_count = 0,
  event_total,
  event_head,
  events = [],
  cart = [],
  purchases = [],
  categories = [],
  brands = [],
}) {
  const fill = (entries, limit) => [...entries.flat(), ...zeros(16 * (limit - entries.length))];
  const event = (one) => [
    ...u64(one.item),
    ...u32(one.time_s),
    ...u8(one.kind),
    ...u8(0),
    ...u16(one.quantity),
  ];
  const line = (one) => [...u64(one.item), ...u32(one.time_s), ...u16(one.quantity), ...u16(0)];
  const bought = (one) => [
    ...u64(one.item),
    ...u32(one.time_s),
    ...u16(one.times),
    ...u16(one.quantity),
  ];
  const interest = (one) => [...u64(one.key), ...u32(one.value), ...u32(one.time_s)];
  const head = event_head ?? events.length % 256;
  const ring = zeros(256 * 16);
  events.forEach((one, i) => {
    const place = (head - events.length + i + 512) % 256;
    ring.splice(16 * place, 16, ...event(one));
  });
  const body = [
    ...u64(seed),
    ...all(
      [created_s, updated_s, session_start_s, session_count, event_total ?? events.length],
      u32,
    ),
    ...all(
      [head, events.length, cart.length, purchases.length, categories.length, brands.length],
      u16,
    ),
    ...zeros(8),
    ...ring,
    ...fill(cart.map(line), 32),
    ...fill(purchases.map(bought), 128),
    ...fill(categories.map(interest), 32),
    ...fill(brands.map(interest), 32),
  ];
  return Uint8Array.from([
    ...encode('SOTP'),
    ...u16(1),
    ...u16(0),
    ...u32(7744),
    ...u32(check(body)),
    ...body,
  ]);
}

/** A pictures part: `pictures` are `{ item, type, bytes }`, in ascending order of item. */
export function writePictures({ item_count, identity = 0n, pictures }) {
  const words = new Array(Math.ceil(item_count / 32)).fill(0);
  for (const { item } of pictures) words[item >> 5] |= 1 << (item & 31);
  let offset = 0;
  const offsets = [0, ...pictures.map(({ bytes }) => (offset += bytes.length))];
  return writePart(5, item_count, identity, [
    ['pics', [u32(pictures.length), ...words.map((word) => u32(word >>> 0)), ...offsets.map(u32),
      pictures.map(({ type }) => type)].flat()],
    ['pixl', pictures.flatMap(({ bytes }) => [...bytes])],
  ]);
}
