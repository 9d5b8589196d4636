/**
 * campaigns.mjs - FORMAT.md section 5: the campaigns part
 *
 * Everything is a record: fields of a key, a size and a value. A table says which keys a record
 * knows, how each value is read and what it is when left out.
 */
import { ascends, Cursor, hex64, isText, lazily, must, text } from './bytes.mjs';
import { dumpPlan } from './dump_plan.mjs';
import { readPart } from './part.mjs';
import { hash } from './xxhash64.mjs';

/* A field type reads a cursor over the value and refuses sizes it does not allow. */
const number = (size, low, high) => (cursor) => {
  must(cursor.left === size, cursor.at, `a value of ${cursor.left} bytes, not ${size}`);
  const at = cursor.at;
  const value = cursor.number(size, 'value');
  must(value >= low && value <= high, at, `value ${value}`);
  return value;
};
const u8 = (low = 0, high = 255) => number(1, low, high);
const u32 = (low = 0, high = 0xffffffff) => number(4, low, high);
const pair = (size) => (cursor) => {
  must(cursor.left === 2 * size, cursor.at, `a value of ${cursor.left} bytes, not ${2 * size}`);
  return [cursor.number(size, 'low'), cursor.number(size, 'high')];
};
const string =
  (low = 0, high = 65535) =>
  (cursor) => {
    must(cursor.left >= low && cursor.left <= high, cursor.at, `a text of ${cursor.left} bytes`);
    return cursor.take(cursor.left, 'text');
  };
const many =
  (size, one, low = 0, high = Infinity) =>
  (cursor) => {
    const count = cursor.left / size;
    must(
      Number.isInteger(count) && count >= low && count <= high,
      cursor.at,
      `a list of ${cursor.left} bytes`,
    );
    return cursor.list(count, one);
  };
const hashes = many(8, function read() {
  return hex64(this.u64('hash'));
});
const pins = many(9, function read() {
  return { position: this.u8('position'), item: hex64(this.u64('item')) };
});

const SOURCES = ['api', 'tcf', 'google', 'shopify', 'onetrust', 'cookiebot', 'usercentrics', 'didomi'];

/** What `SITE` says of what `cnst` does. */
export function standingYes({ source = 0, flags = 0, policy = '' } = {}) {
  return flags & 1 ? 0 : Number(hash(`${SOURCES[source]} ${policy}`) & 0xffffffffn);
}

const bytesOf = (string_) => new TextEncoder().encode(string_);

const SITE = {
  1: ['shop_id', string(), bytesOf('')],
  2: ['shop_name', string(), bytesOf('')],
  3: ['currency', string(), bytesOf('EUR')],
  4: ['locale', string(), bytesOf('en')],
  5: ['price_decimals', u8(0, 4), 2],
  6: ['just_bought_s', u32(), 2592000],
  7: ['session_gap_s', u32(), 1800],
  8: ['retention_s', u32(), 7776000],
  9: ['interest_half_life_s', u32(1), 604800],
  10: ['standing_yes', u32(), standingYes()],
};

const RULES = {
  1: ['excluded_items', hashes, []],
  2: ['excluded_categories', hashes, []],
  3: ['excluded_brands', hashes, []],
};

const SLOT = {
  1: ['name', string(1, 64)],
  12: ['heading', string(), bytesOf('')],
  2: [
    'strategies',
    many(
      1,
      function read() {
        return this.u8('strategy');
      },
      1,
      8,
    ),
  ],
  3: ['count', u8(1, 32), 8],
  4: ['min', u8(), 1],
  5: ['filters', u32(), 0x1f],
  6: ['max_per_brand', u8(), 0],
  7: ['pinned', pins, []],
  8: ['manual', hashes, []],
  9: ['excluded', hashes, []],
  10: ['price_percent', pair(2), [0, 0]],
  11: ['price', pair(4), [0, 0xffffffff]],
};
const names = (cursor) => {
  const at = cursor.at;
  const list = String.fromCharCode(...cursor.take(cursor.left, 'names')).split('\0');
  must(list.pop() === '', at, 'a list of names without a zero byte at its end');
  must(list.length <= 16, at, `${list.length} names`);
  must(
    list.every((name) => name.length >= 1 && name.length <= 64),
    at,
    'a name that is not 1 to 64 bytes',
  );
  return list.map((name) => text(Uint8Array.from(name, (letter) => letter.charCodeAt(0))));
};
const CONSENT = {
  1: ['source', u8(0, 7), 0],
  2: ['flags', u8(0, 3), 0],
  3: ['policy', string(), bytesOf('')],
  4: ['store', names, null],
  5: ['personalise', names, null],
  6: ['measure', names, null],
};

/* The order in which a slot is printed, which is not that of the keys. */
const SLOT_ORDER = [1, 12, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];

export function readCampaigns(bytes, problems = []) {
  const part = readPart(bytes, 3, ['SITE', 'RULE', 'SLOT']);
  must(part.head.item_count === 0, 12, 'item_count of campaigns');
  must(part.head.identity === hex64(0n), 16, 'identity of campaigns');
  const site = readRecord(part.open('SITE'), SITE, Object.keys(SITE), problems);
  const rules = readRecord(part.open('RULE'), RULES, Object.keys(RULES), problems);
  const slots = readSlots(part.open('SLOT'), problems);
  const consent = readConsent(part, problems);
  return { ...part.head, site, rules, slots, consent, plan: dumpPlan(bytes, problems) };
}

/* What is said of consent is read on its own: if it cannot be, the rest of the campaigns still counts. */
function readConsent(part, problems) {
  const section = part.has('cnst') ? part.open('cnst') : new Cursor(new Uint8Array(0));
  return lazily(problems, null, () => readRecord(section, CONSENT, Object.keys(CONSENT), problems));
}

function readSlots(section, problems) {
  const { start } = section;
  const count = section.u32('count');
  must(count <= 256, start, 'more than 256 slots');
  const offsets = section.starts(count + 1, section.left - 4 * (count + 1), 'offsets');
  const records_at = section.at;
  const names = [];
  const slots = Array.from({ length: count }, (_, i) => {
    const record = new Cursor(section.bytes, records_at + offsets[i], records_at + offsets[i + 1]);
    const { price_percent, price, ...slot } = readRecord(record, SLOT, SLOT_ORDER, problems);
    names.push(typeof slot.name === 'string' ? hash(slot.name) : 0n);
    return {
      ...slot,
      price_low_percent: price_percent[0],
      price_high_percent: price_percent[1],
      price_low: price[0],
      price_high: price[1],
    };
  });
  if (!ascends(names, { strictly: true }))
    problems.push("SLOT: slots are not in ascending order of their name's hash");
  return slots;
}

/** Reads a record by a table of keys; `order` is the order in which its fields are printed. */
function readRecord(record, keys, order, problems) {
  const { start } = record;
  const values = new Map();
  while (record.left > 0) {
    const at = record.at;
    const key = record.u16('key');
    const size = record.u16('size');
    must(size <= record.left, at + 2, `field ${key} runs past its record`);
    must(!values.has(key), at, `field ${key} stands twice`);
    const value = new Cursor(record.bytes, record.at, record.at + size);
    if (keys[key]) values.set(key, keys[key][1](value));
    record.at += size;
  }
  const result = {};
  for (const key of order.map(Number)) {
    const [name, , fallback] = keys[key];
    must(values.has(key) || fallback !== undefined, start, `a record without ${name}`);
    const value = values.get(key) ?? fallback;
    result[name] = value instanceof Uint8Array ? text(value) : value;
    if (value instanceof Uint8Array && !isText(result[name])) problems.push(`${name} is not UTF-8`);
  }
  return result;
}
