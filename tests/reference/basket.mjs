/**
 * basket.mjs - RANKING.md section 11: the next basket, and what it is time to buy again
 */
import { clamp, lg8, mulshr, quotient, sumOf } from './integers.mjs';
import { scoreOf } from './network.mjs';

const BASKETS = 128;
const OWN = 512;
const LINKING = 160;
const MOST = 4128;
const WITHIN = 2048;
const EARLY = [64, 128, 256, 384]; // how much before its time an item is due, by spread

const YES = 4096;
const yes = (holds) => (holds ? YES : 0);
const ll = (weight) => lg8(Math.min(weight + 16777, 2 ** 32 - 1));

/**
 * What baskets say: `baskets` are { items, time_s }, the latest first, with time_s null if it is
 * not known. (11.1, 11.2)
 */
function lookAt(basket, baskets) {
  const looked = baskets.slice(0, BASKETS);
  const decays = [65536];
  while (decays.length < looked.length) decays.push(mulshr(decays.at(-1), basket.decay, 16));
  const own = [...new Set(looked.flatMap(({ items }) => items))].slice(0, OWN).map((item) => {
    const ages = looked.flatMap(({ items }, age) => (items.includes(item) ? [age] : []));
    return {
      item,
      times: ages.length,
      gap: ages[0],
      oldest: ages.at(-1),
      recency: sumOf(ages.map((age) => decays[age])),
      last: looked[ages[0]].time_s,
      first: looked[ages.at(-1)].time_s,
      ...basket.rhythm[item],
    };
  });
  return {
    basket,
    own,
    basket_count: baskets.length,
    first_size: looked[0]?.items.length ?? 0,
    total: sumOf(looked.map(({ items }) => items.length)),
    decay_sum: sumOf(decays.slice(0, looked.length)),
    recency_sum: sumOf(own.map(({ recency }) => recency)),
    ...linksOf(basket, own, looked[0]?.items.length ?? 0),
  };
}

/** Numbered items, and what links lead to them. */
function linksOf(basket, own, first_size) {
  const numbered = own.map(({ item }) => item);
  const links = new Map();
  const links_last = new Map();
  const all = sumOf(own.map(({ recency }) => recency));
  const add = (map, item, points) => map.set(item, (map.get(item) ?? 0) + points);
  const meet = (item) => {
    if (!numbered.includes(item) && numbered.length < MOST) numbered.push(item);
    return numbered.includes(item);
  };
  for (const { item, recency, gap } of own.slice(0, LINKING)) {
    const share = quotient(recency * 65536, Math.max(all, 1));
    for (const [target, weight] of basket.links[item]) {
      if (!meet(target)) continue;
      add(links, target, mulshr(share, weight, 8));
      if (gap === 0) add(links_last, target, quotient(weight * 256, first_size));
    }
  }
  basket.popular.forEach(meet);
  return {
    numbered,
    links: (item) => links.get(item) ?? 0,
    links_last: (item) => links_last.get(item) ?? 0,
  };
}

/** Own items by number, and the best of the others, the best first. (11.2) */
function candidatesOf({ basket, own, numbered, links }) {
  const worth = (item) => 7 * basket.counts[item].popular + 5 * ll(links(item));
  const others = numbered.slice(own.length).sort((a, b) => worth(b) - worth(a));
  return [...own.map(({ item }) => item), ...others.slice(0, basket.network.table_count)];
}

/* ---- Time ------------------------------------------------------------------------------------ */

const timed = (one) => Boolean(one?.last);
const since = ({ last }, now_s) => lg8(quotient(Math.max(0, now_s - last), 2) + 1) + 256;
const between = ({ last, first, times }) => lg8(Math.max(1, quotient(last - first, times - 1)));
const recurs = (one) => timed(one) && one.times > 1 && one.last > one.first;

/** How long an item lasts this shopper, as a logarithm; 0 if that is not known. (11.3) */
function intervalOf(one) {
  const m = recurs(one) ? Math.min(one.times - 1, 64) : 0;
  const known = one.rhythm > 0 ? 2 : 0;
  if (m + known === 0) return 0;
  return quotient(known * one.rhythm + (m > 0 ? m * between(one) : 0), known + m);
}

/* ---- Features (11.3) ------------------------------------------------------------------------- */

function featuresOf(seen, item, now_s) {
  const { basket, own, total, recency_sum } = seen;
  const { popular, ever, lately } = basket.counts[item];
  const mine = own.find((one) => one.item === item);
  const ofOwn = (value) => (mine ? value(mine) : 0);
  const ofTimed = (value) => (timed(mine) ? value(mine) : 0);
  const ofShopper = (value) => (own.length > 0 ? value() : 0);
  const counts = (one) => basket.counts[one.item];
  const news = () => quotient(4096 * (total - own.length), total);
  const reach = (one) => 64 * 2 ** one.spread;
  const all = [
    () => popular,
    () => ever,
    () => lately,
    () => basket.lift[item],
    () => yes(mine),
    () => ofOwn(({ times }) => lg8(1 + times)),
    () => ofOwn(({ recency }) => quotient(recency * 4096, seen.decay_sum)),
    () => ofOwn(({ gap }) => quotient(4096, 1 + gap)),
    () => ofOwn(() => basket.lift[item]),
    () => ofOwn(({ gap }) => yes(gap === 0)),
    () =>
      ofOwn(({ times, gap, oldest }) =>
        times > 1 ? lg8(gap + 1) - lg8(Math.max(1, oldest - gap)) + lg8(times - 1) : 0,
      ),
    () => ll(seen.links(item)),
    () => ll(seen.links_last(item)),
    () => ofShopper(() => lg8(seen.basket_count)),
    () => ofShopper(() => lg8(own.length)),
    () => ofShopper(() => lg8(total) - lg8(Math.min(seen.basket_count, BASKETS))),
    () => ofShopper(() => lg8(Math.max(1, seen.first_size))),
    () => ofShopper(news),
    () => ofOwn(news),
    () =>
      ofShopper(() =>
        quotient(sumOf(own.map((one) => counts(one).popular - counts(one).ever)), own.length),
      ),
    () =>
      ofShopper(() =>
        quotient(
          sumOf(own.map((one) => one.recency * (counts(one).popular - counts(one).lately))),
          Math.max(recency_sum, 1),
        ),
      ),
    () => ofTimed((one) => (one.rhythm > 0 ? clamp(since(one, now_s) - one.rhythm, WITHIN) : 0)),
    () => ofTimed((one) => (recurs(one) ? clamp(since(one, now_s) - between(one), WITHIN) : 0)),
    () => ofTimed((one) => since(one, now_s)),
    () => ofTimed(() => YES),
    () =>
      ofTimed((one) => {
        const interval = intervalOf(one);
        if (interval === 0) return 0;
        const left = Math.max(0, reach(one) - Math.abs(since(one, now_s) - interval));
        return quotient(4096 * left, reach(one));
      }),
    () => ofTimed((one) => (one.rhythm > 0 ? quotient(4096 * (3 - one.spread), 3) : 0)),
  ];
  return (feature) => all[feature]();
}

/** Items with their scores, the best first. (11.4) */
function order(seen, items, now_s) {
  const number = ({ item }) => seen.numbered.indexOf(item);
  return items
    .map((item) => ({
      item,
      score: scoreOf(seen.basket.network, featuresOf(seen, item, now_s)).score,
    }))
    .sort((a, b) => b.score - a.score || number(a) - number(b));
}

/** sotto_rank_basket: the best items after these baskets. */
export function rankBasket(basket, baskets, now_s, count) {
  if (!basket) return [];
  const seen = lookAt(basket, baskets);
  const items = candidatesOf(seen);
  const ordered = seen.own.length > 0 ? order(seen, items, now_s).map(({ item }) => item) : items;
  return ordered.slice(0, count);
}

/* ---- A profile (11.5, 11.6) ------------------------------------------------------------------ */

/** The baskets of a profile, the latest first. */
export function basketsOf({ events, purchases }, { find, model, site }) {
  const bought = [...events.filter(({ kind }) => kind === 7), ...purchases]
    .map(({ item, time_s }) => ({ item: find(item), time_s }))
    .filter(({ item }) => item >= 0 && item < model.item_count);
  bought.sort((a, b) => b.time_s - a.time_s || a.item - b.item);
  const baskets = [];
  let time_s = null;
  for (const one of bought) {
    if (time_s === null || time_s - one.time_s > site.session_gap_s)
      baskets.push({ items: [], time_s: one.time_s });
    time_s = one.time_s;
    const { items } = baskets.at(-1);
    if (!items.includes(one.item)) items.push(one.item);
  }
  return baskets;
}

/** What it is time to buy again: { item, score }, the best first. */
export function dueAgain(basket, baskets, now_s) {
  if (!basket) return [];
  const seen = lookAt(basket, baskets);
  const due = seen.own.filter((one) => {
    const interval = intervalOf(one);
    if (interval === 0 || now_s <= one.last) return false;
    return lg8(now_s - one.last) >= interval - EARLY[one.spread];
  });
  return order(seen, due.map(({ item }) => item), now_s);
}
