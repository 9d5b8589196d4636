/**
 * decide.mjs - docs/RANKING.md sections 1, 2 and 5: how a slot is answered
 */
import { ageOf } from './fold.mjs';
import { RELATIONS } from './links.mjs';
import {
  candidatesOf,
  isDismissed,
  plainSources,
  popularityTerms,
  sessionSources,
  tastesOf,
} from './rank.mjs';
import { shelvedPicks } from './shelf.mjs';

const SIMILAR = 1;
const TOGETHER = 2;
const FOR_YOU = 3;
const CROSS_SELL = 4;
const RECENT = 5;
const POPULAR = 6;
const TRENDING = 7;
const MANUAL = 8;
const LOOKS_LIKE = 9;
const BUY_AGAIN = 10;
const NEW = 11;
const VIEWED_BOUGHT = 12;

const ONE = 65536n;
const NO_LIMIT = 0xffffffff;
const MOST_PICKS = 32;

/**
 * Answers a slot. context: { page: item indexes, cart: item indexes or null, now_s, shelf: its
 * bytes or null }.
 */
export function decide(bundle, profile, context, slot) {
  const request = {
    bundle,
    profile,
    slot,
    ...context,
    cart: cartOf(bundle, profile, context.cart),
  };
  const want = Math.min(slot.count, MOST_PICKS);
  const pinned = takePins(request, want);
  const answer = pinned.map(({ pick }) => pick);
  for (const strategy of slot.strategies) {
    for (const step of STEPS[strategy] ?? []) {
      if (answer.length >= want) break;
      for (const pick of step(request)) {
        if (answer.length < want && admits(request, answer, strategy, pick.item))
          answer.push({ strategy, ...pick });
      }
    }
  }
  arrange(answer, pinned);
  return answer.length < slot.min ? [] : answer;
}

/** The items of the cart, in order: the context's, else the profile's, newest first. */
function cartOf(bundle, profile, given) {
  if (given) return given;
  const lines = [...(profile?.cart ?? [])].reverse();
  return lines.map(({ item }) => bundle.find(item)).filter((index) => index >= 0);
}

/* ---- Pins ------------------------------------------------------------------------------------ */

function takePins(request, want) {
  const { bundle, slot } = request;
  const taken = [];
  for (const { position, item: hash } of slot.pinned) {
    const item = bundle.find(hash);
    const answer = taken.map(({ pick }) => pick);
    if (position >= want || item < 0 || taken.length >= want) continue;
    if (!admits(request, answer, MANUAL, item)) continue;
    const after = taken.length === 0 ? 0 : taken[taken.length - 1].final + 1;
    const reasons = [{ kind: 8, item: null, points: 0 }];
    taken.push({
      final: Math.max(position, after),
      pick: { item, score: 0, strategy: MANUAL, reasons },
    });
  }
  return taken;
}

/** Moves the pins from the front to their final positions. */
function arrange(answer, pinned) {
  const m = pinned.length;
  for (let i = m - 1; i >= 0; i--) {
    const to = Math.min(pinned[i].final, answer.length - 1 - (m - 1 - i));
    const [pick] = answer.splice(i, 1);
    answer.splice(to, 0, pick);
  }
}

/* ---- Strategies: a list of steps, each giving picks in order --------------------------------- */

const listed = (items, kind, about) =>
  items.map((item) => ({ item, score: 0, reasons: [{ kind, item: about(item), points: 0 }] }));
const none = () => null;

const byPage =
  (relation, factor) =>
  ({ bundle, page }) =>
    candidatesOf(
      bundle,
      plainSources(page, (i) => ({ [relation]: factor(i) })),
    );

const STEPS = {
  [SIMILAR]: [
    ...RELATIONS.map(([, relation]) => byPage(relation, (i) => (i === 0 ? ONE : ONE / 2n))),
    categoryTops,
  ],
  [TOGETHER]: [byPage('together', () => ONE)],
  [FOR_YOU]: [shelved('for_you'), forYou],
  [CROSS_SELL]: [
    ({ bundle, cart }) =>
      candidatesOf(
        bundle,
        plainSources(cart, () => ({ together: ONE })),
      ),
  ],
  [RECENT]: [recentlyViewed],
  [POPULAR]: [({ bundle }) => listed(bundle.top(1), 6, none)],
  [TRENDING]: [({ bundle }) => listed(bundle.top(2), 7, none)],
  [MANUAL]: [
    ({ bundle, slot }) =>
      listed(
        slot.manual.map(bundle.find).filter((item) => item >= 0),
        9,
        none,
      ),
  ],
  [BUY_AGAIN]: [shelved('again'), bought],
  [LOOKS_LIKE]: [byPage('looks', () => ONE)],
  [NEW]: [({ bundle }) => listed(bundle.news, 13, none)],
  [VIEWED_BOUGHT]: [byPage('viewed_bought', () => ONE)],
};

function categoryTops({ bundle, page }) {
  const picks = [];
  let category = page.length === 0 ? null : bundle.items[page[0]].category;
  for (; category !== null; category = bundle.categories[category].parent) {
    const of = category;
    picks.push(...listed(bundle.categories[category].top, 10, () => of));
  }
  return picks;
}

function forYou({ bundle, profile, now_s }) {
  if (!profile) return [];
  const tastes = bundle.has_catalogue ? tastesOf(bundle, profile, now_s) : () => [];
  const popularity = popularityTerms(bundle);
  return candidatesOf(bundle, sessionSources(bundle, profile, now_s), (item) => [
    ...popularity(item),
    ...tastes(item),
  ]);
}

/** What the ranker found when there was time, if that is still the news. */
function shelved(name) {
  return ({ bundle, profile, shelf }) =>
    profile && shelf ? shelvedPicks(bundle, profile, shelf, name) : [];
}

function bought({ bundle, profile }) {
  const items = [...(profile?.purchases ?? [])].reverse().map(({ item }) => bundle.find(item));
  return listed(items.filter((item) => item >= 0), 14, none);
}

function recentlyViewed({ bundle, profile, now_s }) {
  const seen = [...(profile?.events ?? [])]
    .reverse()
    .filter(
      ({ kind, time_s }) =>
        (kind === 1 || kind === 2) && ageOf(time_s, now_s) <= bundle.site.retention_s,
    )
    .map(({ item }) => bundle.find(item))
    .filter((item) => item >= 0);
  return listed(seen, 3, (item) => item);
}

/* ---- Admitting an item ----------------------------------------------------------------------- */

function admits(request, answer, strategy, index) {
  return (
    admittedByCatalogue(request, index) &&
    admittedByRules(request, answer, strategy, index) &&
    admittedByProfile(request, index) &&
    brandHasRoom(request, answer, index)
  );
}

const bit = (slot, n) => (slot.filters & (1 << n)) !== 0;

function admittedByCatalogue({ bundle, slot, page }, index) {
  if (!bundle.has_catalogue) return true;
  const item = bundle.items[index];
  const first = page.length === 0 ? null : bundle.items[page[0]];
  if (!item.listed || (bit(slot, 2) && !item.in_stock)) return false;
  const { price } = item;
  if (bit(slot, 7) && price === null) return false;
  if (slot.price_low > 0 || (slot.price_high > 0 && slot.price_high < NO_LIMIT)) {
    if (price === null || price < slot.price_low || price > slot.price_high) return false;
  }
  if (slot.price_high_percent > 0 && first !== null && first.price !== null) {
    if (
      price === null ||
      first.price * slot.price_low_percent > 100 * price ||
      100 * price > first.price * slot.price_high_percent
    )
      return false;
  }
  if (bit(slot, 6) && first !== null && first.category !== null) {
    if (
      item.category === null ||
      topLevel(bundle, item.category) !== topLevel(bundle, first.category)
    )
      return false;
  }
  return true;
}

function topLevel(bundle, category) {
  const { parent } = bundle.categories[category];
  return parent === null ? category : topLevel(bundle, parent);
}

function admittedByRules({ bundle, slot, page, cart }, answer, strategy, index) {
  if (answer.some(({ item }) => item === index)) return false;
  const about_the_page = [SIMILAR, TOGETHER, RECENT, LOOKS_LIKE, VIEWED_BOUGHT];
  if ((bit(slot, 3) || about_the_page.includes(strategy)) && page.includes(index)) return false;
  if (bit(slot, 0) && cart.includes(index)) return false;
  return !bit(slot, 4) || !isExcluded(bundle, slot, bundle.items[index]);
}

function isExcluded({ rules, categories, brands }, slot, { hash, category, brand }) {
  if (slot.excluded.includes(hash) || rules.excluded_items.includes(hash)) return true;
  for (let at = category; at !== null; at = categories[at].parent) {
    if (rules.excluded_categories.includes(categories[at].hash)) return true;
  }
  return brand !== null && rules.excluded_brands.includes(brands[brand].hash);
}

function admittedByProfile({ bundle, profile, slot, now_s }, index) {
  if (!profile) return true;
  const { hash } = bundle.items[index];
  const bought = profile.purchases.find(({ item }) => item === hash);
  if (bit(slot, 1) && bought && ageOf(bought.time_s, now_s) <= bundle.site.just_bought_s)
    return false;
  if (bit(slot, 5) && viewedInSession(profile, now_s, bundle.site.session_gap_s).has(hash))
    return false;
  return !isDismissed(profile, hash);
}

function viewedInSession({ events }, now_s, gap_s) {
  const seen = new Set();
  let time_s = now_s;
  for (const event of [...events].reverse()) {
    if (Math.abs(time_s - event.time_s) > gap_s) break;
    time_s = event.time_s;
    if (event.kind === 1 || event.kind === 2) seen.add(event.item);
  }
  return seen;
}

function brandHasRoom({ bundle, slot }, answer, index) {
  const { brand } = bundle.items[index];
  if (slot.max_per_brand === 0 || brand === null) return true;
  return (
    answer.filter(({ item }) => bundle.items[item].brand === brand).length < slot.max_per_brand
  );
}
