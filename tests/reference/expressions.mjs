/**
 * expressions.mjs - EXPRESSIONS.md: what an expression says of a moment
 *
 * Written from the document alone: events are gone over one by one for each question, numbers are
 * BigInt ten-thousandths, nothing is null, and a text is a string of one character a byte.
 */
import { clusterOf } from './clusters.mjs';
import { soundProgram } from './expression_check.mjs';
import { faded } from './fold.mjs';
import { bytesOfText } from './plan_words.mjs';
import { hash } from './xxhash64.mjs';
import { hex64 } from './bytes.mjs';

const ONE = 10000n;
const MOST = 2n ** 46n;
const DAY = 86400;
const NO_HASH = '0'.repeat(16);
const VIEWS = [1, 2];
const CATEGORY_VIEW = 9;
const RFM = [
  ['lost', 'fading', 'cannot-lose'],
  ['curious', 'regular', 'loyal'],
  ['new-customer', 'promising', 'champion'],
];
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

const nearest = (value) => (value > MOST ? MOST : value < -MOST ? -MOST : value);
const whole = (value) => nearest(BigInt(value) * ONE);
const share = (part, all) => (BigInt(part) * ONE) / BigInt(all);
const hashOf = (bytes) => hex64(hash(Uint8Array.from(bytes, (one) => one.charCodeAt(0))));

/** A shopper's moment, as expressions ask about it; profile and ledger are null together. */
export class Moment {
  /**
   * @param {object} bundle of bundle.mjs
   * @param {object} plan of plan_words.mjs
   * @param {object | null} profile of fold.mjs
   * @param {object | null} ledger { orders, spent, order_s, session_start_s, active_s, shown, answers }
   * @param {object} scene { now_s, offset_min, path, ..., page, cart, account }
   * @param {object | null} ranker
   */
  constructor(bundle, plan, profile, ledger, scene, ranker) {
    Object.assign(this, { bundle, plan, profile, ledger, scene, ranker, known: new Map() });
    this.now = scene.now_s;
    const past = (time_s) => Math.min(time_s, this.now);
    this.session_start = past(profile?.session_start_s ?? 0);
    this.events = [...(profile?.events ?? [])].reverse().map((event) => {
      const is_item = event.kind !== CATEGORY_VIEW && event.item !== NO_HASH;
      const index = is_item ? bundle.find(event.item) : -1;
      return { ...event, time_s: past(event.time_s), is_item, item_of: bundle.items[index] ?? null };
    });
    this.counted = this.events.filter(({ kind, item }) => !VIEWS.includes(kind) || item !== NO_HASH);
    this.local = Math.max(0, this.now + 60 * scene.offset_min);
    this.item = scene.page.length > 0 ? bundle.items[scene.page[0]] : null;
    this.cart = this.cartLines();
  }

  cartLines() {
    const { cart } = this.scene;
    const kept = this.profile?.cart ?? [];
    if (!cart) {
      return kept.map(({ item, quantity }) =>
        ({ hash: item, quantity, item: this.bundle.items[this.bundle.find(item)] ?? null }));
    }
    return [...new Set(cart)].map((index) => {
      const item = this.bundle.items[index];
      const listed = cart.filter((one) => one === index).length;
      const line = kept.find((one) => one.item === item.hash);
      return { hash: item.hash, item, quantity: Math.max(listed, line?.quantity ?? 0) };
    });
  }

  age(time_s) {
    return Math.max(0, this.now - time_s);
  }

  money(minor) {
    return nearest((BigInt(minor) * ONE) / 10n ** BigInt(this.bundle.site.price_decimals));
  }

  /** The indexes of a category and of all above it. */
  above(category) {
    const found = [];
    for (let at = category; at !== null && at !== undefined; at = this.bundle.categories[at].parent)
      found.push(at);
    return found;
  }

  indexIn(list, { hash: key }) {
    return list.findIndex((one) => one.hash === key);
  }

  /** Whether an item is what a key names, or in it. */
  isOf(item, item_hash, key) {
    if (key.kind === 1) return item_hash === key.hash;
    if (key.kind === 3) {
      const brand = this.indexIn(this.bundle.brands, key);
      return item !== null && brand >= 0 && item.brand === brand;
    }
    const category = this.indexIn(this.bundle.categories, key);
    return item !== null && category >= 0 && this.above(item.category).includes(category);
  }

  eventIsOf(event, key) {
    if (event.kind !== CATEGORY_VIEW) return event.is_item && this.isOf(event.item_of, event.item, key);
    if (key.kind !== 2) return false;
    const viewed = this.bundle.categories.findIndex((one) => one.hash === event.item);
    if (viewed < 0) return event.item === key.hash;
    return this.above(viewed).some((one) => this.bundle.categories[one].hash === key.hash);
  }

  matching(filter) {
    const { keys } = this.plan;
    return this.counted.filter((event) => {
      const item = event.item_of;
      const price = item?.price ?? null;
      return (
        (filter.kinds & (1 << (event.kind - 1))) !== 0
        && (filter.key === null || this.eventIsOf(event, keys[filter.key]))
        && (filter.second === null || this.eventIsOf(event, keys[filter.second]))
        && (!filter.here || (item !== null && item === this.item))
        && (!filter.on_sale
          || (price !== null && item.list_price !== null && price < item.list_price))
        && (filter.under === null || (price !== null && price < filter.under))
        && (filter.from === null || (price !== null && price >= filter.from))
        && (filter.within === null || this.age(event.time_s) <= filter.within)
        && (!filter.this_session || event.time_s >= this.session_start)
      );
    });
  }

  dayOf(time_s) {
    return Math.floor(Math.max(0, time_s + 60 * this.scene.offset_min) / DAY);
  }

  counted_by(name, filter) {
    const events = this.matching(filter);
    const items = events.filter(({ is_item }) => is_item).map(({ item }) => item);
    if (name === 'count') return whole(events.length);
    if (name === 'pieces')
      return whole(events.reduce((sum, { quantity }) => sum + Math.max(quantity, 1), 0));
    if (name === 'items') return whole(new Set(items).size);
    if (name === 'days') return whole(new Set(events.map(({ time_s }) => this.dayOf(time_s))).size);
    if (name === 'most')
      return whole(Math.max(0, ...items.map((one) => items.filter((other) => other === one).length)));
    if (events.length === 0) return null;
    return whole(Math.min(...events.map(({ time_s }) => this.age(time_s))));
  }

  interest(key) {
    if (!this.profile) return 0n;
    const { site, categories, brands } = this.bundle;
    const now = (list, hash_) => {
      const entry = list.find((one) => one.key === hash_);
      return entry ? faded(entry, this.now, site.interest_half_life_s) : 0;
    };
    let value;
    let all;
    if (key.kind === 3) {
      value = now(this.profile.brands, key.hash);
      all = this.profile.brands.reduce((sum, one) => sum + now([one], one.key), 0);
    } else {
      const index = this.indexIn(categories, key);
      if (index < 0) return 0n;
      value = now(this.profile.categories, key.hash);
      for (let i = 1; i < this.above(index).length; i++) value = Math.floor(value / 2);
      all = categories.filter(({ parent }) => parent === null)
        .reduce((sum, one) => sum + now(this.profile.categories, one.hash), 0);
    }
    if (value === 0) return 0n;
    return value >= all ? ONE : share(value, all);
  }

  pageIs(key) {
    if (this.item && this.isOf(this.item, this.item.hash, key)) return true;
    const { category } = this.scene;
    if (key.kind !== 2 || category === '') return false;
    const page = hashOf(category);
    const index = this.bundle.categories.findIndex((one) => one.hash === page);
    return page === key.hash
      || this.above(index < 0 ? null : index).some((one) => this.bundle.categories[one].hash === key.hash);
  }

  query(name) {
    const text = this.scene.query.slice(0, 2048).replace(/^\?/, '');
    const decoded = (part) =>
      part.replaceAll('+', ' ').replace(/%([0-9a-fA-F]{2})/g, (_, digits) =>
        String.fromCharCode(parseInt(digits, 16)));
    const found = text.split('&').filter(Boolean).slice(0, 32)
      .map((one) => [one.split('=')[0], one.slice(one.split('=')[0].length + 1)])
      .find(([one]) => decoded(one) === name);
    return found ? decoded(found[1]).slice(0, 1024) : null;
  }

  lastVisit() {
    const known = this.events.find(({ time_s }) => time_s < this.session_start)?.time_s;
    if (known !== undefined || !this.profile) return known ?? null;
    const { profile, session_start } = this;
    const remembered = session_start - this.bundle.site.retention_s;
    const isForgotten = profile.session_count > 1 && this.events.length < 256 && remembered > 0
      && profile.created_s < remembered;
    return isForgotten ? remembered - 1 : null;
  }

  lifecycle() {
    const visits = this.profile?.session_count ?? 0;
    const orders = this.ledger?.orders ?? 0;
    const last = this.lastVisit();
    if (last !== null) {
      const { rhythm_s } = this.plan;
      const own = visits > 2
        ? Math.floor((Math.max(0, last - this.profile.created_s) + rhythm_s) / (visits - 1)) : rhythm_s;
      const pause = Math.max(7 * DAY, own);
      const age = this.age(last);
      const lost = Math.min(6 * pause, this.bundle.site.retention_s);
      if (age > lost) return 'lost';
      if (age > Math.floor(lost / 2)) return 'at-risk';
    }
    if (orders >= 3 || visits >= 10) return 'loyal';
    return visits <= 1 && orders === 0 ? 'new' : 'active';
  }

  cell(name) {
    const { ledger, plan } = this;
    if (!ledger || ledger.orders === 0) return null;
    const age = this.age(ledger.order_s);
    if (name === 'recency') return age <= plan.recency_s[0] ? 3 : age <= plan.recency_s[1] ? 2 : 1;
    const [value, least] = plan.spent ? [ledger.spent, plan.spent] : [ledger.orders, plan.orders];
    return value >= least[1] ? 3 : value >= least[0] ? 2 : 1;
  }

  cluster() {
    const { ranker, profile, bundle } = this;
    if (!ranker?.clusters || !profile) return '';
    const events = [...profile.events].reverse()
      .map(({ item, kind }) => ({ kind, item: bundle.find(item) }))
      .filter(({ item }) => item >= 0 && item < ranker.item_count);
    const number = clusterOf(ranker.clusters, events, ranker.item_count);
    return number === undefined ? '' : this.plan.clusters[number] || String(number);
  }

  looks(events) {
    return events.filter(({ kind }) => VIEWS.includes(kind)).length;
  }

  fact(name) {
    if (!this.known.has(name)) this.known.set(name, FACTS[name](this));
    return this.known.get(name);
  }

  account(name, type) {
    const entry = this.scene.account.find((one) => one.name === name && one.type === type);
    if (type === 'B') return entry !== undefined && entry.value;
    if (!entry) return null;
    return type === 'N' ? nearest(entry.value) : entry.value.slice(0, 1024);
  }
}

const seconds = (time_s, moment) => (time_s === null ? null : whole(moment.age(time_s)));
const price = (moment, name) => {
  const minor = moment.item?.[name] ?? null;
  return minor === null ? null : moment.money(minor);
};
const said = (text, most = 1024) => (text === '' ? null : text.slice(0, most));
const cartTouched = (moment) => {
  if ((moment.scene.cart ?? moment.cart).length === 0) return null;
  const times = [
    ...moment.events.filter(({ kind }) => kind === 4 || kind === 5).map(({ time_s }) => time_s),
    ...(moment.profile?.cart ?? []).map(({ time_s }) => Math.min(time_s, moment.now)),
  ];
  return times.length === 0 ? null : Math.max(...times);
};
const dateOf = (moment) => new Date(Math.floor(moment.local / DAY) * DAY * 1000);
const cellOf = (name) => (moment) => {
  const cell = moment.cell(name);
  return cell === null ? null : whole(cell);
};

const FACTS = {
  'cart.total': (moment) => moment.money(
    moment.cart.reduce((sum, { item, quantity }) => sum + BigInt(item?.price ?? 0) * BigInt(quantity), 0n)),
  'cart.items': ({ cart }) => whole(cart.length),
  'cart.quantity': ({ cart }) => whole(cart.reduce((sum, { quantity }) => sum + quantity, 0)),
  'cart.idle': (moment) => seconds(cartTouched(moment), moment),
  'item.price': (moment) => price(moment, 'price'),
  'item.list_price': (moment) => price(moment, 'list_price'),
  'item.discount': ({ item }) => {
    if (!item) return null;
    const { price: now, list_price: list } = item;
    return now === null || list === null || list <= now ? 0n : ONE - share(now, list);
  },
  'item.seen': (moment) => moment.item
    && whole(moment.looks(moment.events.filter(({ item_of }) => item_of === moment.item))),
  'page.active': ({ scene }) => whole(scene.active_s),
  'page.idle': ({ scene }) => whole(scene.idle_s),
  'page.scroll': ({ scene }) => BigInt(Math.min(scene.scroll, 100)) * 100n,
  'session.active': ({ ledger, profile, scene }) => whole(scene.session_active_s
    + (ledger && ledger.session_start_s === profile.session_start_s ? ledger.active_s : 0)),
  'session.age': (moment) => (moment.profile ? seconds(moment.session_start, moment) : null),
  'session.views': (moment) => whole(moment.looks(
    moment.counted.filter(({ time_s }) => time_s >= moment.session_start))),
  visits: ({ profile }) => whole(profile?.session_count ?? 0),
  since_visit: (moment) => {
    const last = moment.lastVisit();
    return last === null ? null : whole(moment.session_start - last);
  },
  orders: ({ ledger }) => whole(ledger?.orders ?? 0),
  spent: (moment) => moment.money(moment.ledger?.spent ?? 0),
  since_order: (moment) => seconds(moment.ledger?.orders ? moment.ledger.order_s : null, moment),
  recency: cellOf('recency'),
  frequency: cellOf('frequency'),
  hour: ({ local }) => whole(Math.floor((local % DAY) / 3600)),
  minute: ({ local }) => whole(Math.floor((local % 3600) / 60)),
  day: (moment) => whole(dateOf(moment).getUTCDate()),
  month: (moment) => whole(dateOf(moment).getUTCMonth() + 1),
  year: (moment) => whole(dateOf(moment).getUTCFullYear()),

  'page.path': ({ scene }) => said(scene.path, 256),
  'page.type': ({ scene }) => scene.type.slice(0, 1024),
  rfm: (moment) => {
    const recency = moment.cell('recency');
    return recency === null ? '' : RFM[recency - 1][moment.cell('frequency') - 1];
  },
  lifecycle: (moment) => moment.lifecycle(),
  cluster: (moment) => moment.cluster(),
  device: ({ scene }) => said(scene.device),
  language: ({ scene }) => said(scene.language)?.split('-')[0] ?? null,
  region: ({ scene }) => said(scene.timezone)?.split('/')[0] ?? null,
  timezone: ({ scene }) => said(scene.timezone),
  referrer: ({ scene }) => said(scene.referrer),
  weekday: (moment) => WEEKDAYS[dateOf(moment).getUTCDay()],

  'item.in_stock': ({ item }) => item !== null && item.in_stock,
  first_visit: ({ profile }) => (profile?.session_count ?? 0) <= 1,
  returning: ({ profile }) => (profile?.session_count ?? 0) > 1,
  touch: ({ scene }) => scene.touch,
  remembered: ({ profile }) => profile !== null,
};

/** What an instruction that pops nothing pushes. */
function pushed({ name, types, operand }, moment, segments) {
  const string = () => moment.plan.strings[operand];
  const key = () => moment.plan.keys[operand];
  switch (name) {
    case 'number': return BigInt(operand);
    case 'whole': return whole(operand);
    case 'true': case 'false': return name === 'true';
    case 'text': return string();
    case 'fact': return moment.fact(operand);
    case 'segment': return segments(operand);
    case 'account': return moment.account(string(), types);
    case 'answered': return moment.ledger?.answers.includes(string()) ?? false;
    case 'query': return moment.query(string());
    case 'interest': return moment.interest(key());
    case 'in_cart': return moment.cart.some(({ item, hash: own }) => moment.isOf(item, own, key()));
    case 'page_is': return moment.pageIs(key());
    case 'seen_campaign': return whole(moment.ledger?.shown.get(string()) ?? 0);
    default: return moment.counted_by(name, operand);
  }
}

const floor = (value) => value - (((value % ONE) + ONE) % ONE);
const ARITHMETIC = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => (a * b) / ONE,
  '/': (a, b) => (b === 0n ? null : (a * ONE) / b),
  '%': (a, b) => (b === 0n ? null : a % b),
  negate: (a) => -a,
  floor,
  round: (a) => (a < 0n ? -floor(-a + ONE / 2n) : floor(a + ONE / 2n)),
  min: (a, b) => (a < b ? a : b),
  max: (a, b) => (a > b ? a : b),
};
const COMPARE = {
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
  starts: (a, b) => a.startsWith(b),
  ends: (a, b) => a.endsWith(b),
  contains: (a, b) => a.includes(b),
};

/** What an instruction makes of the values it pops. */
function reckoned({ name, operand }, values, plan, types) {
  if (values.includes(null)) return name in ARITHMETIC && types === 'N' ? null : false;
  if (name === 'not') return !values[0];
  if (name === 'in') {
    const list = typeof values[0] === 'bigint' ? operand.map(BigInt) : operand.map((one) => plan.strings[one]);
    return list.includes(values[0]);
  }
  if (!(name in ARITHMETIC)) return COMPARE[name](...values);
  const found = ARITHMETIC[name](...values);
  return found === null ? null : nearest(found);
}

/** Runs a program that soundProgram took apart. `segments(number)` answers for others. */
export function run(program, moment, segments) {
  const stack = [];
  for (let i = 0; ; ) {
    const one = program[i++];
    if (one.name === 'end') return stack.pop();
    if (one.to !== undefined) {
      if (stack.at(-1) === (one.name === 'or')) i = program.findIndex(({ at }) => at === one.to);
      else stack.pop();
      continue;
    }
    const pops = POPS[one.name] ?? 0;
    if (pops === 0) stack.push(pushed(one, moment, segments));
    else stack.push(reckoned(one, stack.splice(-pops), moment.plan, RESULT[one.name]));
  }
}

const POPS = Object.fromEntries([
  ...['+', '-', '*', '/', '%', 'min', 'max', ...Object.keys(COMPARE)].map((name) => [name, 2]),
  ...['negate', 'floor', 'round', 'not', 'in'].map((name) => [name, 1]),
]);
const RESULT = Object.fromEntries(Object.keys(ARITHMETIC).map((name) => [name, 'N']));

/** Checks and runs a program given as bytes: true, false, or the offset at which it is unsound. */
export function evaluate(bytes, moment) {
  let program;
  try {
    program = soundProgram(bytes, moment.plan, moment.plan.segments.length);
  } catch (offset) {
    if (typeof offset !== 'number') throw offset;
    return offset;
  }
  return run(program, moment, (number) => segmentsOf(moment)[number]);
}

/** Which segments the shopper is in, by number. */
export function segmentsOf(moment) {
  if (!moment.segments) {
    moment.segments = [];
    for (const [number, { program }] of moment.plan.segments.entries()) {
      const sound = soundProgram(program, moment.plan, number);
      moment.segments.push(run(sound, moment, (other) => moment.segments[other]));
    }
  }
  return moment.segments;
}

/** A text of a script as bytes. */
export const textBytes = bytesOfText;
