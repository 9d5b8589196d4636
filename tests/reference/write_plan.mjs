/**
 * write_plan.mjs - a plan to sections of the campaigns part, for tests only
 *
 *     planParts({
 *       rules: { holdout: 500, ceiling: [2, 4], gap: 60, quiet: [1320, 420], after_purchase: 3600,
 *                places: { top: [2, 3] } },
 *       segments: [['name', tree], ['', tree]],
 *       experiments: [{ name: 'x', arms: { a: 5000, b: 5000 }, ... }],
 *       offers: [{ name: 'o', kind: 1, ... }],
 *       campaigns: [{ name: 'c', block: 'popup', when: tree, triggers: [['dwell', 20, 0]], ... }],
 *     })
 *
 * Trees are those of write_expressions.mjs; numbers stand as they do in the file.
 */
import { planSections, Pool, programCode } from './write_expressions.mjs';
import { u16, u32, varint } from './write.mjs';

export const BLOCKS = ['', 'carousel', 'grid', 'hero', 'inline', 'popup', 'slide-in', 'bar', 'shipping-bar',
  'countdown', 'proof', 'cart-reminder', 'recent', 'quiz'];
export const TRIGGERS = ['', 'page', 'dwell', 'viewed_not_added', 'cart_idle', 'cart_value', 'scroll', 'exit',
  'inactive', 'visit', 'return', 'back_in_stock', 'price_drop', 'no_results', 'event'];

const list = (things) => [...u32(things.length), ...things.flatMap((one) => [...varint(one.length), ...one])];

function ruleFields(pool, { holdout, ceiling, gap, quiet, after_purchase, places }) {
  const pair = (values) => values.flatMap(u16);
  const rows = Object.entries(places ?? {}).map(([name, caps]) => [...u16(pool.string(name)), ...pair(caps)]);
  return [
    holdout !== undefined && [1, u16(holdout)],
    ceiling && [2, pair(ceiling)],
    gap !== undefined && [3, u32(gap)],
    quiet && [4, pair(quiet)],
    after_purchase !== undefined && [5, u32(after_purchase)],
    rows.length > 0 && [9, rows.flat()],
  ].filter(Boolean);
}

function experimentBytes(pool, given) {
  const { name, seed = '', allocation = 0, hash_version = 2, coverage = 10000, epsilon = 1000 } = given;
  const { arms, known = {}, space } = given;
  const string = (text) => varint(pool.string(text));
  return [
    ...string(name), allocation + (space ? 16 : 0) + (hash_version === 1 ? 32 : 0), ...string(seed),
    ...u16(coverage), Object.keys(arms).length,
    ...Object.entries(arms).flatMap(([arm, weight]) => [...string(arm), ...u16(weight)]),
    ...(allocation === 1 ? u16(epsilon) : []),
    ...(allocation === 0 ? [] : Object.keys(arms).flatMap((arm) => known[arm] ?? [1, 1])),
    ...(space ? [...string(space[0]), ...u16(space[1]), ...u16(space[2])] : []),
  ];
}

function offerBytes(pool, { name, kind = 1, ends = 0, threshold = 0, label = '', codes = [], items = [] }) {
  const string = (text) => varint(pool.string(text));
  return [
    ...string(name), kind, ...u32(ends), ...varint(threshold), ...string(label), codes.length,
    ...codes.flatMap(string), items.length, ...items.flatMap((item) => varint(pool.key({ item }))),
  ];
}

/** In the largest unit of which the seconds are a whole number. */
export function span(seconds) {
  const units = [86400, 3600, 60, 1];
  const at = seconds === 0 ? 3 : units.findIndex((unit) => seconds % unit === 0);
  return varint((seconds / units[at]) * 4 + 3 - at);
}

/** @param {[string, number?, (number | string)?][]} triggers */
const triggerBytes = (pool, triggers) => triggers.flatMap(([kind, a = 0, b = 0], i) => {
  const second = kind === 'event' ? pool.string(b) : b;
  const head = TRIGGERS.indexOf(kind) + (a ? 32 : 0) + (second ? 64 : 0) + (i + 1 < triggers.length ? 128 : 0);
  return [head, ...(a ? varint(a) : []), ...(second ? varint(second) : [])];
});

/** @param {[number, string][]} fields by ascending key */
const fieldBytes = (pool, fields) => [
  ...varint(fields.reduce((keys, [key]) => keys + 2 ** (key - 1), 0)),
  ...fields.flatMap(([, text]) => varint(pool.string(text))),
];

function campaignBytes(pool, plan, given) {
  const string = (text) => varint(pool.string(text));
  const varints = (numbers) => numbers.flatMap(varint);
  const { name, block = 'inline', place = '', priority = 50, when, triggers, dates, caps, pauses, hours } = given;
  const { group, experiment, offer, slot, fields, flags } = given;
  const program = when === undefined ? null : programCode(pool, when);
  const parts = [
    program && [...varint(program.length), ...program],
    triggers && triggerBytes(pool, triggers),
    caps && varints(caps),
    pauses && pauses.flatMap(span),
    slot && [...string(slot[0]), slot[1]],
    group && [group],
    fields && fieldBytes(pool, fields),
    flags && [flags],
    dates && dates.flatMap(u32),
    hours && hours.flatMap(u16),
    experiment && [plan.experiments.findIndex((one) => one.name === experiment[0]), experiment[1]],
    offer && [plan.offers.findIndex((one) => one.name === offer)],
  ];
  const has = parts.reduce((bits, part, i) => bits + (part ? 1 << i : 0), 0);
  return [...string(name), BLOCKS.indexOf(block), ...string(place), priority, ...varint(has),
    ...parts.filter(Boolean).flat()];
}

/** The sections, for writeCampaigns. */
export function planParts({ rules = {}, segments = [], experiments = [], offers = [], campaigns = [] }) {
  const pool = new Pool();
  const plan = { experiments, offers };
  const fields = ruleFields(pool, rules);
  const programs = segments.map(([name, tree]) => [name, programCode(pool, tree)]);
  const things = [
    ['expt', experiments.map((one) => experimentBytes(pool, one))],
    ['offr', offers.map((one) => offerBytes(pool, one))],
    ['camp', campaigns.map((one) => campaignBytes(pool, plan, one))],
  ];
  return [
    ...planSections(pool, { rules: fields, segments: programs }),
    ...things.filter(([, all]) => all.length > 0).map(([tag, all]) => [tag, list(all)]),
  ];
}
