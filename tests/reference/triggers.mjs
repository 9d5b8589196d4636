/**
 * triggers.mjs - CAMPAIGNS.md section 4: whether what a campaign waits for has happened
 *
 * A trigger answers { fired, subject } or { at_s } or { active_s }: it fires, about an item or none; it
 * will at a time if nothing else happens; it will by so much more active time; {}: neither.
 */
import { ageOf } from './fold.mjs';
import { keyOf } from './plan.mjs';

const CART_ADD = 4;
const CART_REMOVE = 5;
const PURCHASE = 7;
const DISMISS = 10;
const ONCE_A_SUBJECT = 4;
const U32 = 0xffffffff;

/** Whether an item may be shown: it is in the feed and in stock, and no rule excludes it. */
export function isShowable(bundle, item) {
  if (!item || !item.listed || !item.in_stock) return false;
  const { excluded_items, excluded_categories, excluded_brands } = bundle.rules;
  if (excluded_items.includes(item.hash)) return false;
  if (item.brand !== null && excluded_brands.includes(bundle.brands[item.brand].hash)) return false;
  for (let at = item.category; at !== null; at = bundle.categories[at].parent)
    if (excluded_categories.includes(bundle.categories[at].hash)) return false;
  return true;
}

const firesIf = (holds, subject = null) => (holds ? { fired: true, subject } : {});
const after = (moment, time_s, wait_s, subject = null) =>
  (ageOf(time_s, moment.now) >= wait_s ? { fired: true, subject } : { at_s: Math.min(U32, time_s + wait_s) });

function dwell(moment, { a, b }) {
  const { scene, ledger, profile } = moment;
  const told = (seconds) => Math.min(U32, seconds + scene.session_active_s);
  let active = scene.active_s;
  let subject = null;
  if (b === 1) {
    if (!moment.item) return {};
    active = told(ledger?.dwell.find((one) => one?.key === moment.item.hash)?.active_s ?? 0);
    subject = moment.item;
  }
  if (b === 2)
    active = told(ledger && ledger.session_start_s === profile.session_start_s ? ledger.active_s : 0);
  return active >= a ? { fired: true, subject } : { active_s: a - active };
}

/** The latest look at each item that nothing was done with since, the latest first. */
function openLooks(moment) {
  const done = new Set();
  const looks = [];
  for (const { kind, item_of, time_s } of moment.events) {
    if (!item_of || done.has(item_of)) continue;
    if (![1, 2, CART_ADD, PURCHASE, DISMISS].includes(kind)) continue;
    done.add(item_of);
    if (kind > 2 || !isShowable(moment.bundle, item_of)) continue;
    if (moment.cart.some(({ item }) => item === item_of)) continue;
    looks.push({ item: item_of, time_s });
  }
  return looks;
}

function viewedNotAdded(moment, { a }, last, by_subject) {
  const looks = openLooks(moment)
    .filter(({ time_s }) => last === 0 || (by_subject ? time_s + a : time_s) > last)
    .map(({ item, time_s }) => after(moment, time_s, a, item));
  const fired = looks.find((one) => one.fired);
  if (fired) return fired;
  return looks.length > 0 ? { at_s: Math.min(...looks.map(({ at_s }) => at_s)) } : {};
}

function cartIdle(moment, { a }, last) {
  const { scene, profile, bundle } = moment;
  const times = [
    ...moment.events.filter(({ kind }) => kind === CART_ADD || kind === CART_REMOVE).map(({ time_s }) => time_s),
    ...(profile?.cart ?? []).map(({ time_s }) => Math.min(time_s, moment.now)),
  ];
  if ((scene.cart ?? profile?.cart ?? []).length === 0 || times.length === 0) return {};
  const touched = Math.max(...times);
  if (last !== 0 && touched <= last) return {};
  const newest = scene.cart ? scene.cart.at(-1) : bundle.find(profile.cart.at(-1).item);
  return after(moment, touched, a, bundle.items[newest] ?? null);
}

function watched(moment, { kind, a }, last, by_subject) {
  const { ledger, bundle } = moment;
  const even = (time_s) => time_s - (time_s % 2);
  const changed = (ledger?.watched ?? []).filter((one) => {
    if (!one || (by_subject && last !== 0 && even(one.time_s) <= last)) return false;
    const item = bundle.items[bundle.find(one.key)];
    if (!isShowable(bundle, item)) return false;
    if (kind === 11) return one.time_s % 2 === 0;
    if (one.price === U32 || item.price === null || item.price >= one.price) return false;
    return 100 * (one.price - item.price) >= a * one.price;
  });
  if (changed.length === 0) return {};
  const latest = Math.max(...changed.map(({ time_s }) => even(time_s)));
  const first = changed.find(({ time_s }) => even(time_s) === latest);
  return firesIf(true, bundle.items[bundle.find(first.key)]);
}

function visit({ profile }, { a, b }) {
  const visits = profile?.session_count ?? 0;
  return firesIf(a > 0 && visits > 0 && (visits === a || (b === 1 && visits % a === 0)));
}

function comesBack(moment, { a }) {
  const away = moment.fact('since_visit');
  return firesIf(away !== null && away >= BigInt(a) * 10000n);
}

const TRIGGERS = {
  1: () => firesIf(true),
  2: dwell,
  3: viewedNotAdded,
  4: cartIdle,
  5: (moment, { a }) => firesIf(cartTotal(moment) >= a),
  6: ({ scene }, { a }) => firesIf(scene.scroll >= a),
  7: ({ scene }) => firesIf(scene.exit),
  8: (moment, { a }) => after(moment, moment.now - Math.min(moment.scene.idle_s, moment.now), a),
  9: visit,
  10: comesBack,
  11: watched,
  12: watched,
  13: ({ scene }) => firesIf(scene.no_results),
  14: ({ scene, plan }, { b }) => firesIf(scene.happened.includes(keyOf(plan.strings[b]))),
};

/** In minor units. */
export const cartTotal = ({ cart }) =>
  cart.reduce((sum, { item, quantity }) => sum + (item?.price ?? 0) * quantity, 0);

/** What a campaign's triggers say together; `last` is when it was last shown. */
export function fire(moment, campaign, last) {
  if (campaign.triggers.length === 0) return firesIf(true);
  const by_subject = (campaign.flags & ONCE_A_SUBJECT) !== 0;
  const all = campaign.triggers.map((one) => TRIGGERS[one.kind]?.(moment, one, last, by_subject) ?? {});
  const least = (name) => Math.min(...all.map((one) => one[name] ?? Infinity));
  return all.find(({ fired }) => fired) ?? { at_s: least('at_s'), active_s: least('active_s') };
}
