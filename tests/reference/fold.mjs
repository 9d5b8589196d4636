/**
 * fold.mjs - FORMAT.md 7.1: events folded into a profile
 *
 * The profile is a plain object of lists, each in order of last touch, oldest first, and `bytesOf`
 * writes it down. Lists are filtered and searched from end to end; all numbers are BigInt where
 * they could pass 2^53.
 */
import { writeProfile } from './write.mjs';

const ONE = 65536;
const LIMITS = { cart: 32, purchases: 128, categories: 32, brands: 32 };
const GAIN = { 1: ONE, 2: ONE, 4: 3 * ONE, 7: 4 * ONE, 8: 2 * ONE, 9: ONE };
const MOST = 65535;
const NO_ITEM = '0'.repeat(16);

export function newProfile(seed, now_s) {
  return {
    seed,
    created_s: now_s,
    updated_s: now_s,
    session_start_s: now_s,
    session_count: 0,
    event_total: 0,
    event_head: 0,
    events: [],
    cart: [],
    purchases: [],
    categories: [],
    brands: [],
  };
}

export const ageOf = (time_s, now_s) => Math.max(0, now_s - time_s);

/** An interest's value at a later time. */
export function faded({ value, time_s }, now_s, half_life_s) {
  const age = ageOf(time_s, now_s);
  const whole = Math.floor(age / half_life_s);
  if (whole >= 32) return 0;
  const step = Math.floor((16 * (age % half_life_s)) / half_life_s);
  const part = Math.floor((value * Math.round(65536 * 2 ** (-step / 16))) / 65536);
  return Math.floor(part / 2 ** whole);
}

/** Takes out the entry with a key, or makes a new one; the caller appends it. */
function touch(list, limit, key_name, key, fresh, victim) {
  const at = list.findIndex((entry) => entry[key_name] === key);
  if (at >= 0) return list.splice(at, 1)[0];
  if (list.length === limit) list.splice(victim(), 1);
  return { [key_name]: key, ...fresh };
}

const oldest = () => 0;

export function fold(profile, bundle, { kind, item, time_s, quantity }) {
  if (kind < 1 || kind > 10) return;
  const { session_gap_s, retention_s } = bundle.site;
  if (profile.event_total === 0 || Math.abs(time_s - profile.updated_s) > session_gap_s) {
    profile.session_start_s = time_s;
    profile.session_count += 1;
    for (const name of ['events', ...Object.keys(LIMITS)]) {
      profile[name] = profile[name].filter((entry) => ageOf(entry.time_s, time_s) <= retention_s);
    }
  }
  profile.updated_s = time_s;
  profile.event_total += 1;
  profile.event_head = (profile.event_head + 1) % 256;
  profile.events.push({ item, time_s, kind, quantity: Math.min(quantity, MOST) });
  profile.events = profile.events.slice(-256);
  if (item === NO_ITEM) return;

  if (kind === 4) {
    const line = touch(profile.cart, LIMITS.cart, 'item', item, { quantity: 0 }, oldest);
    line.quantity = Math.min(line.quantity + Math.max(Math.min(quantity, MOST), 1), MOST);
    line.time_s = time_s;
    profile.cart.push(line);
  }
  if (kind === 5) removeFromCart(profile, item, quantity);
  if (kind === 7) {
    removeFromCart(profile, item, 0);
    const bought = touch(
      profile.purchases,
      LIMITS.purchases,
      'item',
      item,
      { times: 0, quantity: 0 },
      oldest,
    );
    bought.times = Math.min(bought.times + 1, MOST);
    bought.quantity = Math.min(bought.quantity + Math.max(Math.min(quantity, MOST), 1), MOST);
    bought.time_s = time_s;
    profile.purchases.push(bought);
  }
  if (GAIN[kind]) growAll(profile, bundle, kind, item, time_s);
}

function removeFromCart(profile, item, quantity) {
  const line = profile.cart.find((one) => one.item === item);
  if (!line) return;
  if (quantity === 0 || quantity >= line.quantity) {
    profile.cart = profile.cart.filter((one) => one !== line);
  } else {
    line.quantity -= quantity;
  }
}

function growAll(profile, bundle, kind, item, time_s) {
  let gain = GAIN[kind];
  let category = null;
  if (kind === 9) {
    grow(profile.categories, item, gain, time_s, bundle);
    category = bundle.categories.find(({ hash }) => hash === item)?.parent ?? null;
    gain /= 2;
  } else {
    const known = bundle.items[bundle.find(item)];
    const brand = known?.brand ?? null;
    if (brand !== null) grow(profile.brands, bundle.brands[brand].hash, gain, time_s, bundle);
    category = known?.category ?? null;
  }
  for (; category !== null && gain >= 1; gain = Math.floor(gain / 2)) {
    grow(profile.categories, bundle.categories[category].hash, gain, time_s, bundle);
    category = bundle.categories[category].parent;
  }
}

function grow(list, key, gain, time_s, { site }) {
  const now = (entry) => faded(entry, time_s, site.interest_half_life_s);
  const leastFaded = () => {
    const values = list.map(now);
    return values.indexOf(Math.min(...values));
  };
  const entry = touch(list, 32, 'key', key, { value: 0, time_s }, leastFaded);
  entry.value = Math.min(64 * ONE, now(entry) + gain);
  entry.time_s = time_s;
  list.push(entry);
}

/** Forgets an item; answers how many entries went. */
export function forgetItem(profile, item) {
  const before = profile.events.length + profile.cart.length + profile.purchases.length;
  profile.events = profile.events.filter(
    (event) => event.item !== item || event.kind === 9 || item === NO_ITEM,
  );
  profile.cart = profile.cart.filter((line) => line.item !== item);
  profile.purchases = profile.purchases.filter((bought) => bought.item !== item);
  return before - profile.events.length - profile.cart.length - profile.purchases.length;
}

/** The block that would be saved. */
export function bytesOf(profile) {
  const keyed = (list, name) =>
    list.map((entry) => ({ ...entry, [name]: BigInt(`0x${entry[name]}`) }));
  return writeProfile({
    ...profile,
    seed: BigInt(`0x${profile.seed}`),
    events: keyed(profile.events, 'item'),
    cart: keyed(profile.cart, 'item'),
    purchases: keyed(profile.purchases, 'item'),
    categories: keyed(profile.categories, 'key'),
    brands: keyed(profile.brands, 'key'),
  });
}
