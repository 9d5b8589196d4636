/**
 * ledger.mjs - CAMPAIGNS.md section 2 and FORMAT.md section 9: a ledger, events folded into it, its bytes
 *
 * Each table is a list of as many places as the format has, null where one is free.
 */
import { ageOf } from './fold.mjs';
import { armKey } from './bucketing.mjs';
import { u16, u32, u64 } from './write.mjs';
import { check } from './xxhash64.mjs';

const DAY = 86400;
const U32 = 0xffffffff;
const NOTHING = '0'.repeat(16);
const TABLES = { campaigns: 256, answers: 32, watched: 32, dwell: 32, arms: 64, offers: 32 };
const POPUP = 5;
const SLIDE_IN = 6;
const QUIZ = 13;
const FREE_OF_CEILING = 1;

export const dayOf = (time_s, offset_min) => Math.floor(Math.max(0, time_s + 60 * offset_min) / DAY);
export const interrupts = ({ block, flags }) =>
  [POPUP, SLIDE_IN, QUIZ].includes(block) && (flags & FREE_OF_CEILING) === 0;

const spend = (ledger, bundle, item, quantity) => {
  const price = bundle.items[bundle.find(item)]?.price ?? 0;
  ledger.spent = Math.min(U32, ledger.spent + price * quantity);
};

export function newLedger(profile, bundle) {
  const ledger = {
    seed: profile.seed, session_start_s: 0, active_s: 0, session_count: 0, day_count: 0, day: 0,
    interrupted_s: 0, orders: 0, spent: 0, order_s: 0, dismissed_s: 0,
    ...Object.fromEntries(Object.entries(TABLES).map(([name, size]) => [name, Array(size).fill(null)])),
  };
  const bought = profile.purchases;
  ledger.orders = new Set(bought.map(({ time_s }) => Math.floor(time_s / DAY))).size;
  ledger.order_s = Math.max(0, ...bought.map(({ time_s }) => time_s));
  for (const { item, quantity } of bought) spend(ledger, bundle, item, quantity);
  return ledger;
}

/* ---- Counts ------------------------------------------------------------------------------------- */

export const sessionShowings = (entry, profile) =>
  (entry && entry.shown_s >= profile.session_start_s ? entry.session : 0);
export const dayShowings = (entry, day, offset_min) =>
  (entry && dayOf(entry.shown_s, offset_min) >= day ? entry.day : 0);

/** Whether an exposure counts. */
export const isNewExposure = (entry, profile, allocation) =>
  !entry || entry.exposed_s === 0 || (allocation !== 0 && entry.exposed_s < profile.session_start_s);

/* ---- Room --------------------------------------------------------------------------------------- */

const touched = {
  campaigns: ({ shown_s, dismissed_s }) => Math.max(shown_s, dismissed_s),
  answers: ({ time_s }) => time_s,
  watched: ({ time_s }) => time_s,
  dwell: ({ time_s }) => time_s,
  arms: ({ exposed_s }) => exposed_s,
  offers: ({ given_s, redeemed_s }) => Math.max(given_s, redeemed_s),
};
const planned = {
  campaigns: (plan, key) => plan.campaigns.some((one) => one.key === key),
  arms: (plan, key) => armAt(plan, key) !== null,
  offers: (plan, key) => plan.offers.some((one) => one.key === key),
};
const fresh = {
  campaigns: { shown_s: 0, dismissed_s: 0, ever: 0, session: 0, day: 0, clicked: 0 },
  answers: { time_s: 0 },
  watched: { price: U32, time_s: 0 },
  dwell: { active_s: 0, time_s: 0 },
  arms: { exposed_s: 0, tries: 0, wins: 0 },
  offers: { given_s: 0, redeemed_s: 0 },
};

const armAt = (plan, key) =>
  plan.experiments.find((experiment) => experiment.arms.some((_, i) => armKey(experiment, i) === key)) ?? null;

const find = (ledger, table, key) => ledger[table].find((entry) => entry?.key === key);

/** The entry with this key, a new one if there is room for it; undefined if not, or if it is no key. */
function touch(ledger, plan, table, key) {
  if (key === NOTHING) return undefined;
  const known = find(ledger, table, key);
  if (known) return known;
  const isPlanned = (one) => planned[table]?.(plan, one) ?? true;
  const list = ledger[table];
  let place = list.indexOf(null);
  if (place < 0) {
    const strangers = list.filter((entry) => !isPlanned(entry.key));
    if (strangers.length === 0 && !isPlanned(key)) return undefined;
    const among = strangers.length > 0 ? strangers : list;
    const oldest = Math.min(...among.map(touched[table]));
    place = list.indexOf(among.find((entry) => touched[table](entry) === oldest));
  }
  list[place] = { key, ...fresh[table] };
  return list[place];
}

function drop(ledger, table, key) {
  ledger[table] = ledger[table].map((entry) => (entry?.key === key && key !== NOTHING ? null : entry));
}

/* ---- Events ------------------------------------------------------------------------------------- */

/** Folds in an event that the profile has already, if it takes it. item: a hash in hexadecimal digits. */
export function foldLedger(ledger, plan, bundle, profile, event, offset_min) {
  const { kind, item, quantity } = event;
  const t = Math.max(1, event.time_s);
  const day = dayOf(event.time_s, offset_min);
  if (kind >= 1 && kind <= 10 && event.time_s === profile.session_start_s) {
    for (const table of ['watched', 'dwell']) {
      ledger[table] = ledger[table].map((entry) =>
        (entry && ageOf(entry.time_s, t) > bundle.site.retention_s ? null : entry));
    }
  }
  const at = (table) => touch(ledger, plan, table, item) ?? {};
  const later = (entry, name, time_s = t) => {
    entry[name] = Math.max(entry[name] ?? 0, time_s);
  };
  const grow = (entry, name, most) => {
    entry[name] = Math.min(most, (entry[name] ?? 0) + 1);
  };
  const enterSession = () => {
    if (ledger.session_start_s === profile.session_start_s) return;
    Object.assign(ledger, { session_start_s: profile.session_start_s, active_s: 0, session_count: 0 });
  };
  if (kind === 1 || kind === 2) {
    const known = bundle.items[bundle.find(item)];
    if (known) {
      Object.assign(at('watched'), {
        price: known.price ?? U32, time_s: Math.floor(t / 2) * 2 + (known.in_stock ? 1 : 0),
      });
    }
  } else if (kind === 7) {
    spend(ledger, bundle, item, Math.max(1, quantity));
    if (ledger.order_s === 0 || Math.abs(t - ledger.order_s) > 1800) ledger.orders += 1;
    later(ledger, 'order_s');
    drop(ledger, 'watched', item);
    drop(ledger, 'dwell', item);
  } else if (kind === 11) {
    const entry = at('campaigns');
    entry.session = sessionShowings(entry.key && entry, profile);
    entry.day = dayShowings(entry.key && entry, day, offset_min);
    grow(entry, 'session', 255);
    grow(entry, 'day', 255);
    grow(entry, 'ever', 65535);
    later(entry, 'shown_s', Math.max(t, profile.session_start_s));
    const campaign = plan.campaigns.find(({ key }) => key === item);
    if (campaign && interrupts(campaign)) {
      enterSession();
      if (ledger.day < day) Object.assign(ledger, { day, day_count: 0 });
      grow(ledger, 'session_count', 65535);
      grow(ledger, 'day_count', 65535);
      later(ledger, 'interrupted_s');
    }
  } else if (kind === 12) {
    later(at('campaigns'), 'dismissed_s');
    later(ledger, 'dismissed_s');
  } else if (kind === 13) {
    grow(at('campaigns'), 'clicked', 255);
  } else if (kind === 14) {
    const entry = at('offers');
    entry.given_s = entry.given_s || t;
  } else if (kind === 15) {
    later(at('offers'), 'redeemed_s');
  } else if (kind === 16) {
    const entry = at('arms');
    if (isNewExposure(entry, profile, armAt(plan, item)?.allocation ?? 0)) {
      later(entry, 'exposed_s', Math.max(t, profile.session_start_s));
      grow(entry, 'tries', 65535);
    }
  } else if (kind === 17) {
    const entry = find(ledger, 'arms', item);
    if (entry && entry.wins < entry.tries) entry.wins += 1;
  } else if (kind === 18) {
    at('answers').time_s = t;
  } else if (kind === 19) {
    drop(ledger, 'answers', item);
  } else if (kind === 20) {
    enterSession();
    ledger.active_s = Math.min(U32, ledger.active_s + quantity);
    const entry = at('dwell');
    entry.active_s = Math.min(U32, (entry.active_s ?? 0) + quantity);
    entry.time_s = t;
  }
}

/* ---- Bytes -------------------------------------------------------------------------------------- */

const ROWS = {
  campaigns: [24, ({ shown_s, dismissed_s, ever, session, day, clicked }) =>
    [...u32(shown_s), ...u32(dismissed_s), ...u16(ever), session, day, clicked, 0, 0, 0]],
  answers: [16, ({ time_s }) => [...u32(time_s), 0, 0, 0, 0]],
  watched: [16, ({ price, time_s }) => [...u32(price), ...u32(time_s)]],
  dwell: [16, ({ active_s, time_s }) => [...u32(active_s), ...u32(time_s)]],
  arms: [16, ({ exposed_s, tries, wins }) => [...u32(exposed_s), ...u16(tries), ...u16(wins)]],
  offers: [16, ({ given_s, redeemed_s }) => [...u32(given_s), ...u32(redeemed_s)]],
};

/** The block that would be saved. */
export function bytesOfLedger(ledger) {
  const tables = Object.entries(ROWS).flatMap(([name, [size, row]]) =>
    ledger[name].flatMap((entry) =>
      (entry ? [...u64(BigInt(`0x${entry.key}`)), ...row(entry)] : Array(size).fill(0))));
  const bytes = Uint8Array.from([
    ...new TextEncoder().encode('SOTG'), ...u16(1), ...u16(0), ...u32(9312), ...u32(0),
    ...u64(BigInt(`0x${ledger.seed}`)), ...u32(ledger.session_start_s), ...u32(ledger.active_s),
    ...u16(ledger.session_count), ...u16(ledger.day_count), ...u32(ledger.day), ...u32(ledger.interrupted_s),
    ...u32(ledger.orders), ...u32(ledger.spent), ...u32(ledger.order_s), ...u32(ledger.dismissed_s),
    ...Array(36).fill(0), ...tables,
  ]);
  bytes.set(u32(check(bytes.subarray(16))), 12);
  return bytes;
}
