/**
 * dump_plan.mjs - the plan as `sotto show --json --all` prints it (README.md, "plan")
 *
 * plan.mjs and plan_words.mjs read for those who evaluate, with texts as strings of one character
 * a byte; here they become texts, and programs become lists of numbers.
 */
import { Cursor, Fault, lazily, must, text } from './bytes.mjs';
import { readPart } from './part.mjs';
import { readPlan } from './plan.mjs';

/* EXPRESSIONS.md section 6: what stands behind an instruction's byte; nothing behind the others. */
const OPERANDS = new Map([
  ...[0x01, 0x02].map((op) => [op, (code) => [signed(code)]]),
  ...[0x10, 0x11, 0x12].map((op) => [op, (code) => [code.u8('fact')]]),
  ...[0x05, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18, 0x19, 0x1a, 0x1b, 0x1c, 0x51, 0x52].map((op) => [
    op,
    (code) => [code.varint('operand')],
  ]),
  ...[0x20, 0x21, 0x22, 0x23, 0x24, 0x25].map((op) => [op, filter]),
  [0x46, (code) => listOf(code, () => signed(code))],
  [0x4d, (code) => listOf(code, () => code.varint('string'))],
]);
const KEY = 1;
const UNDER = 8;
const FROM = 16;
const WITHIN = 32;
const KEY_2 = 128;

function signed(code) {
  const twice = code.varint('number');
  return twice % 2 ? -(twice + 1) / 2 : twice / 2;
}

function listOf(code, one) {
  const count = code.varint('count');
  return [count, ...code.list(count, one)];
}

function filter(code) {
  const kinds = code.u16('kinds');
  const bits = code.u8('bits');
  const more = [KEY, UNDER, FROM, WITHIN, KEY_2].filter((bit) => bits & bit);
  return [kinds, bits, ...more.map(() => code.varint('operand'))];
}

function program(bytes) {
  if (bytes === null) return null;
  const code = new Cursor(bytes);
  const instructions = [];
  while (code.left > 0) {
    const op = code.u8('instruction');
    instructions.push([op, ...(OPERANDS.get(op)?.(code) ?? [])]);
  }
  return instructions;
}

const say = (bytes) => text(Uint8Array.from(bytes, (one) => one.charCodeAt(0)));

/** What deci says that nobody else here asks for. */
function restOfRules(section, strings) {
  const fields = new Map();
  while (section && section.left > 0) {
    const key = section.u16('key');
    fields.set(key, section.take(section.u16('size'), 'value').slice());
  }
  const open = (key) => new Cursor(fields.get(key) ?? new Uint8Array(0));
  const account = open(10);
  const handOffs = open(11);
  return {
    after_purchase_s: fields.has(5) ? open(5).u32('after_purchase_s') : 3600,
    idle_s: fields.has(6) ? open(6).u16('idle_s') : 30,
    account: account.list(account.left / 3, () => ({
      name: say(strings[account.u16('name')]),
      kind: account.u8('kind'),
    })),
    hand_offs: handOffs.list(handOffs.left / 4, () => ({
      name: say(strings[handOffs.u16('name')]),
      address: say(strings[handOffs.u16('address')]),
    })),
  };
}

const experiment = (one) => ({
  name: say(one.name),
  seed: say(one.seed),
  allocation: one.allocation,
  hash_version: one.hash_version,
  win_by: one.win_by,
  coverage: one.coverage,
  epsilon: one.epsilon,
  namespace: one.space && { ...one.space, name: say(one.space.name) },
  arms: one.arms.map(({ name, weight, won, lost }) => ({ name: say(name), weight, won, lost })),
});

const offer = (one) => ({
  name: say(one.name),
  kind: one.kind,
  ends_s: one.ends_s,
  threshold: one.threshold,
  label: say(one.label),
  codes: one.codes.map(say),
  items: one.items,
});

const campaign = (one) => ({
  name: say(one.name),
  key: one.key,
  block: one.block,
  place: say(one.place),
  priority: one.priority,
  flags: one.flags,
  when: program(one.when),
  triggers: one.triggers,
  starts_s: one.dates[0],
  ends_s: one.dates[1],
  caps: one.caps,
  pauses: one.pauses,
  hours: one.hours,
  group: one.group,
  experiment: one.experiment?.number ?? null,
  arms: one.experiment?.arms ?? 0,
  offer: one.offer,
  slot: say(one.slot?.name ?? ''),
  least_items: one.slot?.least ?? 0,
  fields: one.fields.map(([key, value]) => ({ key, value: say(value) })),
});

function content(bytes) {
  const part = readPart(bytes, 3, ['SITE', 'RULE', 'SLOT']);
  const others = ['ckey', 'segm', 'expt', 'offr', 'camp'];
  must(part.has('cstr') || !others.some((tag) => part.has(tag)), 32, 'no cstr');
  const plan = readPlan(bytes);
  const { strings, keys } = plan;
  const rest = restOfRules(part.has('deci') ? part.open('deci') : null, strings);
  return {
    strings: strings.map(say),
    keys: keys.map(({ kind, hash }) => ({ kind, hash })),
    rules: {
      holdout: plan.holdout,
      ceiling_session: plan.ceiling_session,
      ceiling_day: plan.ceiling_day,
      gap_s: plan.gap_s,
      quiet_from: plan.quiet_from,
      quiet_to: plan.quiet_to,
      after_purchase_s: rest.after_purchase_s,
      idle_s: rest.idle_s,
      recency_s: plan.recency_s,
      spent: plan.spent,
      orders: plan.orders,
      rhythm_s: plan.rhythm_s,
      clusters: plan.clusters.map(say),
      places: plan.places.map(({ name, session, day }) => ({ name: say(name), session, day })),
      account: rest.account,
      hand_offs: rest.hand_offs,
    },
    segments: plan.segments.map((one) => ({
      name: say(strings[one.name]),
      program: program(one.program),
    })),
    experiments: plan.experiments.map(experiment),
    offers: plan.offers.map(offer),
    campaigns: plan.campaigns.map(campaign),
  };
}

/** Null, and a problem, if it cannot be read. What only the core refuses is read all the same. */
export function dumpPlan(bytes, problems) {
  return lazily(problems, null, () => {
    try {
      return content(bytes);
    } catch (error) {
      if (error instanceof Fault) throw error;
      return must(false, 32, `the plan names what is not there: ${error.message}`);
    }
  });
}
