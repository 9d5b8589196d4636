/**
 * plan.mjs - FORMAT.md 5c: all of a plan
 *
 * Texts are strings of one character a byte, keys hashes in hexadecimal digits. A plan that a writer
 * wrote is expected; what a hostile one may hold is for the core to refuse.
 */
import { Cursor, hex64 } from './bytes.mjs';
import { readPart } from './part.mjs';
import { readPlanWords } from './plan_words.mjs';
import { hash } from './xxhash64.mjs';

/** The hash of a string of one character a byte. */
export const keyOf = (text) =>
  hex64(hash(Uint8Array.from(text, (one) => one.charCodeAt(0))));

/** @param {Uint8Array} campaigns the part */
export function readPlan(campaigns) {
  const words = readPlanWords(campaigns);
  const part = readPart(campaigns, 3, ['SITE', 'RULE', 'SLOT']);
  const list = (tag, read) => (part.has(tag) ? readList(part.open(tag), (thing) => read(thing, words)) : []);
  const plan = {
    ...words,
    ...readRules(part.has('deci') ? part.open('deci') : null, words),
    experiments: list('expt', readExperiment),
    offers: list('offr', readOffer),
  };
  return { ...plan, campaigns: list('camp', readCampaign) };
}

function readList(section, read) {
  return section.list(section.u32('count'), () => {
    const bytes = section.take(section.varint('size'), 'thing');
    return read(new Cursor(bytes.slice()));
  });
}

function readRules(section, { strings }) {
  const fields = new Map();
  while (section && section.left > 0) {
    const key = section.u16('key');
    fields.set(key, section.take(section.u16('size'), 'value').slice());
  }
  const numbers = (key, size, otherwise) => {
    if (!fields.has(key)) return otherwise;
    const cursor = new Cursor(fields.get(key));
    return cursor.list(cursor.left / size, () => cursor.number(size, 'number'));
  };
  const [ceiling_session, ceiling_day] = numbers(2, 2, [2, 4]);
  const [quiet_from, quiet_to] = numbers(4, 2, [0, 0]);
  const places = numbers(9, 2, []);
  return {
    holdout: numbers(1, 2, [0])[0],
    ceiling_session,
    ceiling_day,
    gap_s: numbers(3, 4, [60])[0],
    quiet_from,
    quiet_to,
    after_purchase_s: numbers(5, 4, [3600])[0],
    places: Array.from({ length: places.length / 3 }, (_, i) => ({
      name: strings[places[3 * i]],
      session: places[3 * i + 1],
      day: places[3 * i + 2],
    })),
  };
}

function readExperiment(thing, { strings }) {
  const string = () => strings[thing.varint('string')];
  const name = string();
  const how = thing.u8('allocation');
  const allocation = how % 16;
  const seed = string() || name;
  const coverage = thing.u16('coverage');
  const arms = thing.list(thing.u8('arm_count'), () => ({
    name: string(), weight: thing.u16('weight'), won: 1, lost: 1,
  }));
  const epsilon = allocation === 1 ? thing.u16('epsilon') : 0;
  if (allocation !== 0) {
    for (const arm of arms) [arm.won, arm.lost] = [thing.u8('won'), thing.u8('lost')];
  }
  const space = how & 16 ? { name: string(), from: thing.u16('from'), to: thing.u16('to') } : null;
  const hash_version = how & 32 ? 1 : 2;
  return {
    name, allocation, seed, coverage, arms, epsilon, space, hash_version, win_by: how >> 6,
  };
}

function readOffer(thing, { strings, keys }) {
  const string = () => strings[thing.varint('string')];
  const name = string();
  return {
    name,
    key: keyOf(name),
    kind: thing.u8('kind'),
    ends_s: thing.u32('ends_s'),
    threshold: thing.varint('threshold'),
    label: string(),
    codes: thing.list(thing.u8('code_count'), string),
    items: thing.list(thing.u8('item_count'), () => keys[thing.varint('key')].hash),
  };
}

/** At least one, and as many as say that another follows. */
function readTriggers(thing) {
  const triggers = [];
  for (let head = 128; head >= 128;) {
    head = thing.u8('trigger');
    const given = (bit) => (head & bit ? thing.varint('number') : 0);
    triggers.push({ kind: head % 32, a: given(32), b: given(64) });
  }
  return triggers;
}

function readSpan(thing) {
  const span = thing.varint('span');
  return Math.floor(span / 4) * [1, 60, 3600, 86400][span % 4];
}

/** The numbers of the bits that are set, the lowest first, from 1 on. */
function bitsOf(mask) {
  return Array.from({ length: 32 }, (_, i) => i + 1).filter((n) => Math.floor(mask / 2 ** (n - 1)) % 2);
}

function readCampaign(thing, { strings }) {
  const string = () => strings[thing.varint('string')];
  const varints = (count) => thing.list(count, () => thing.varint('number'));
  const name = string();
  const block = thing.u8('block');
  const place = string();
  const priority = thing.u8('priority');
  const has = thing.varint('has');
  const given = (bit, read, otherwise) => (has & (1 << bit) ? read() : otherwise);
  return {
    name,
    key: keyOf(name),
    block,
    place,
    priority,
    when: given(0, () => thing.take(thing.varint('size'), 'program').slice(), null),
    triggers: given(1, () => readTriggers(thing), []),
    caps: given(2, () => varints(3), [0, 0, 0]),
    pauses: given(3, () => thing.list(3, () => readSpan(thing)), [0, 0, 0]),
    slot: given(4, () => ({ name: string(), least: thing.u8('least') }), null),
    group: given(5, () => thing.u8('group'), 0),
    fields: given(6, () => bitsOf(thing.varint('keys')).map((key) => [key, string()]), []),
    flags: given(7, () => thing.u8('flags'), 0),
    dates: given(8, () => thing.u32s(2, 'dates'), [0, 0]),
    hours: given(9, () => thing.u16s(2, 'hours'), [0, 0]),
    experiment: given(10, () => ({ number: thing.u8('number'), arms: thing.u8('arms') }), null),
    offer: given(11, () => thing.u8('number'), null),
  };
}
