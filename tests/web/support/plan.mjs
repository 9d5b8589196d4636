/**
 * plan.mjs - a writer of plans for tests: FORMAT.md 5c, by names
 *
 *     writePlan({ campaigns: [{ name: 'hello', block: 'popup', caps: [1, 0, 0] }] })
 *
 * answers the sections of the campaigns part. Programs are given as bytes (docs/EXPRESSIONS.md
 * section 6); `text('x')` stands for the number of a string in them.
 */
import { record, u16, u32, u8, varint } from '../../reference/write.mjs';
import { span } from '../../reference/write_plan.mjs';

const BLOCKS = ['', 'carousel', 'grid', 'hero', 'inline', 'popup', 'slide-in', 'bar', 'shipping-bar',
  'countdown', 'proof', 'cart-reminder', 'recent', 'quiz'];
const TRIGGERS = ['', 'page', 'dwell', 'viewed-not-added', 'cart-idle', 'cart-value', 'scroll', 'exit',
  'inactive', 'visit', 'return', 'back-in-stock', 'price-drop', 'no-results', 'event'];
const FIELDS = ['', 'heading', 'text', 'button', 'url', 'image', 'alt', 'close', 'notice', 'template',
  'question', 'options', 'handOff', 'thanks', 'tone'];
const OFFERS = ['', 'code', 'vouchers', 'free-shipping', 'bundle', 'early-access'];
const WINS = { click: 0, purchase: 64, call: 128 };

export const TRUE = [0x03, 0x00];
export const FALSE = [0x04, 0x00];
/** Stands for the number of a string in a program. */
export const text = (string) => ({ string });

export function writePlan({
  rules = {}, segments = [], experiments = [], offers = [], campaigns = [],
}) {
  const strings = [''];
  const s = (string) => {
    const known = strings.indexOf(string);
    return known >= 0 ? known : strings.push(string) - 1;
  };
  const program = (bytes) => {
    const whole = bytes.flatMap((one) => (typeof one === 'object' ? varint(s(one.string)) : [one]));
    return [...varint(whole.length), ...whole];
  };
  const sized = (bytes) => [...varint(bytes.length), ...bytes];
  const list = (all, one) => [...u32(all.length), ...all.flatMap(one)];

  const triggerBytes = (triggers) => triggers.flatMap(([kind, a = 0, b = 0], i) => {
    const second = typeof b === 'string' ? s(b) : b;
    const more = i + 1 < triggers.length;
    return [TRIGGERS.indexOf(kind) + (a ? 32 : 0) + (second ? 64 : 0) + (more ? 128 : 0),
      ...(a ? varint(a) : []), ...(second ? varint(second) : [])];
  });
  const fieldBytes = (fields) => {
    const texts = Object.entries(fields).map(([name, value]) => [FIELDS.indexOf(name), value]).sort(([a], [b]) => a - b);
    return [...varint(texts.reduce((keys, [key]) => keys + 2 ** (key - 1), 0)),
      ...texts.flatMap(([, value]) => varint(s(value)))];
  };

  const campaign = (given) => {
    const {
      name, block, place = '', priority = 50, when, triggers, starts = 0, ends = 0, caps, pauses, hours,
      group, experiment, arms = 0, offer, slot, least = 1, flags, ...fields
    } = given;
    const parts = [
      when && program(when),
      triggers && triggerBytes(triggers),
      caps && caps.flatMap(varint),
      pauses && pauses.flatMap(span),
      slot && [...varint(s(slot)), least],
      group && u8(group),
      Object.keys(fields).length > 0 && fieldBytes(fields),
      flags && u8(flags),
      (starts || ends) && [...u32(starts), ...u32(ends)],
      hours && hours.flatMap(u16),
      experiment && [experiments.findIndex((one) => one.name === experiment), arms],
      offer && u8(offers.findIndex((one) => one.name === offer)),
    ];
    const has = parts.reduce((bits, part, i) => (part ? bits + 2 ** i : bits), 0);
    return sized([...varint(s(name)), BLOCKS.indexOf(block), ...varint(s(place)), priority, ...varint(has),
      ...parts.filter(Boolean).flat()]);
  };

  const experiment = ({ name, arms, allocation = 0, coverage = 10000, win = 'click', known, epsilon = 1000 }) =>
    sized([
      ...varint(s(name)), allocation + WINS[win], ...varint(0), ...u16(coverage), arms.length,
      ...arms.flatMap(([arm, weight]) => [...varint(s(arm)), ...u16(weight)]),
      ...(allocation === 1 ? u16(epsilon) : []),
      ...(allocation > 0 ? (known ?? arms.map(() => [1, 1])).flat() : []),
    ]);

  const offer = ({ name, kind = 'code', ends = 0, threshold = 0, label = '', codes = [] }) => sized([
    ...varint(s(name)), OFFERS.indexOf(kind), ...u32(ends), ...varint(threshold), ...varint(s(label)),
    codes.length, ...codes.flatMap((code) => varint(s(code))), 0,
  ]);

  const { ceiling, gap, quiet, after_purchase, idle, holdout, account = [], handOffs = [] } = rules;
  const records = [
    [1, holdout === undefined ? null : u16(holdout)],
    [2, ceiling && ceiling.flatMap(u16)],
    [3, gap === undefined ? null : u32(gap)],
    [4, quiet && quiet.flatMap(u16)],
    [5, after_purchase === undefined ? null : u32(after_purchase)],
    [6, idle === undefined ? null : u16(idle)],
    [10, account.length && account.flatMap(([name, kind]) => [...u16(s(name)), kind])],
    [11, handOffs.length && handOffs.flatMap(([name, address]) => [...u16(s(name)), ...u16(s(address))])],
  ].filter(([, bytes]) => bytes);
  const body = [
    ['deci', record(records)],
    ['segm', list(segments, ({ name, when }) => [...varint(s(name)), ...program(when)])],
    ['expt', list(experiments, experiment)],
    ['offr', list(offers, offer)],
    ['camp', list(campaigns, campaign)],
  ];
  return [['cstr', stringsOf(strings)], ...body];
}

function stringsOf(strings) {
  const bytes = strings.map((string) => [...new TextEncoder().encode(string)])
    .map((one) => [...varint(one.length), ...one]);
  const starts = [];
  let at = 0;
  bytes.forEach((one, i) => {
    if (i % 16 === 0) starts.push(at);
    at += one.length;
  });
  return [...u32(strings.length), ...u32(at), ...starts.flatMap(u32), ...bytes.flat()];
}
