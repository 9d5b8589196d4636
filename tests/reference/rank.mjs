/**
 * rank.mjs - docs/RANKING.md sections 2 to 4 and 6: sources, candidates, score, order, reasons
 *
 * Every item of the bundle is looked at for every question, and every number that could grow is a
 * BigInt. A term of a score is { kind, item, points }; the score is the sum of all terms, and the
 * reasons are the largest of them, so both come from one list.
 */
import { ageOf, faded } from './fold.mjs';
import { RELATIONS } from './links.mjs';

const MOST = 0xffffffffn;
const MAX_SOURCES = 32;
const saturate = (value) => (value > MOST ? MOST : value);
const q16 = (a, b) => (BigInt(a) * BigInt(b)) >> 16n;

/* ---- Sources: { item, repeat, next, together, ... }, the factors as BigInt -------------------- */

const distinct = (items) => [...new Set(items)];

/** Items of the page or the cart, in order, each with its own factors. */
export function plainSources(items, factors) {
  return distinct(items)
    .slice(0, MAX_SOURCES)
    .map((item, i) => ({ item, repeat: 0n, ...factors(i) }));
}

/** Places 0, 1, ... to sources: each distinct item once, in order of its first place. */
export function sourcesOfPlaces(model, places) {
  const { parameters, position_weight, repeat_weight } = model;
  const sources = new Map();
  places.forEach(({ item, weight }, k) => {
    if (!sources.has(item))
      sources.set(item, { item, next: 0n, together: 0n, repeat: BigInt(repeat_weight[k]) });
    const source = sources.get(item);
    const a = q16(position_weight[k], weight);
    source.next += q16(a, parameters.next_mix);
    source.together += q16(a, parameters.together_mix);
  });
  return [...sources.values()];
}

/** Whether the latest event that names an item is a dismiss. */
export function isDismissed(profile, hash) {
  const latest = [...profile.events]
    .reverse()
    .find((event) => event.item === hash && event.kind !== 9);
  return latest?.kind === 10;
}

/**
 * The places that a profile's events of these kinds (if not said, all that have a weight) are
 * given, `most` of them: { item, weight }.
 */
export function placesOf(bundle, profile, now_s, most, kinds = [1, 2, 4, 7, 8]) {
  const { parameters } = bundle.model;
  const weights = {
    1: 65536,
    2: 65536,
    4: parameters.event_weight_cart,
    8: parameters.event_weight_cart,
    7: parameters.event_weight_purchase,
  };
  const places = [];
  const { events } = profile;
  for (let i = events.length - 1; i >= 0 && places.length < most; i--) {
    const { item, kind, time_s } = events[i];
    const weight = kinds.includes(kind) ? weights[kind] : 0;
    const then = events[i + 1];
    const click_of_view = kind === 2 && then?.kind === 1 && then.item === item;
    if (weight !== 0 && !click_of_view && isUsable(bundle, profile, item, time_s, now_s))
      places.push({ item: bundle.find(item), weight });
  }
  return places;
}

const isUsable = (bundle, profile, hash, time_s, now_s) =>
  bundle.find(hash) >= 0 &&
  ageOf(time_s, now_s) <= bundle.site.retention_s &&
  !isDismissed(profile, hash);

/** The session of a profile, as sources. */
export function sessionSources(bundle, profile, now_s) {
  const { history_count, parameters } = bundle.model;
  const places = placesOf(bundle, profile, now_s, history_count);
  const bought = [...profile.purchases].reverse();
  for (const { item, time_s } of parameters.event_weight_purchase === 0 ? [] : bought) {
    const placed = places.some((place) => place.item === bundle.find(item));
    const usable = isUsable(bundle, profile, item, time_s, now_s);
    if (places.length < history_count && usable && !placed)
      places.push({ item: bundle.find(item), weight: parameters.event_weight_purchase });
  }
  return sourcesOfPlaces(bundle.model, places);
}

/* ---- Tastes ---------------------------------------------------------------------------------- */

/** What interests add: hash of a category or brand to points. */
function pointsOf(entries, weight, bundle, now_s) {
  const values = entries.map((entry) =>
    BigInt(faded(entry, now_s, bundle.site.interest_half_life_s)),
  );
  const sum = values.reduce((a, b) => a + b, 262144n);
  const points = new Map();
  entries.forEach(({ key }, i) => {
    const share = (values[i] << 9n) / (sum >> 7n);
    if (!points.has(key)) points.set(key, saturate(q16(weight, share)));
  });
  return points;
}

/** The tastes of a profile: what a candidate gets for its category and its brand, as terms. */
export function tastesOf(bundle, profile, now_s) {
  const { category_weight, brand_weight } = bundle.model.parameters;
  const by_category = pointsOf(profile.categories, category_weight, bundle, now_s);
  const by_brand = pointsOf(profile.brands, brand_weight, bundle, now_s);
  return ({ category, brand }) => {
    const terms = [];
    let at = category;
    for (
      let level = 0;
      at !== null && level < 15 && !by_category.has(bundle.categories[at].hash);
      level++
    ) {
      at = bundle.categories[at].parent;
    }
    const points = at === null ? 0n : (by_category.get(bundle.categories[at].hash) ?? 0n);
    if (points !== 0n) terms.push({ kind: 4, item: at, points });
    const brand_points = brand === null ? 0n : (by_brand.get(bundle.brands[brand].hash) ?? 0n);
    if (brand_points !== 0n) terms.push({ kind: 5, item: brand, points: brand_points });
    return terms;
  };
}

/* ---- Candidates ------------------------------------------------------------------------------ */

/**
 * All candidates in order, best first: { item, score, reasons }. `more` gives a candidate's terms
 * beyond those of the links and the repeat.
 */
export function candidatesOf(bundle, sources, more = () => []) {
  const linksTo = (links, item) => links.filter(([target]) => target === item);
  const found = bundle.items.flatMap((candidate, item) => {
    const linked = sources.flatMap((source) => {
      const terms = [];
      for (const [relation, name] of RELATIONS) {
        const factor = source[name] ?? 0n;
        const kind = relation > 2 ? relation + 8 : relation;
        if (factor === 0n) continue;
        for (const [, weight] of linksTo(bundle.items[source.item][name], item))
          terms.push({ kind, item: source.item, points: saturate(q16(factor, weight)) });
      }
      if (source.item === item && source.repeat !== 0n)
        terms.push({ kind: 3, item, points: source.repeat });
      return terms;
    });
    if (linked.length === 0) return [];
    const terms = [...linked, ...more(candidate)];
    const score = saturate(terms.reduce((sum, { points }) => sum + points, 0n));
    return [{ item, score: Number(score), reasons: reasonsOf(terms) }];
  });
  const hash = ({ item }) => bundle.items[item].hash;
  return found.sort((a, b) => b.score - a.score || (hash(a) < hash(b) ? -1 : 1));
}

/** The four largest terms; of equal ones the earlier first. */
function reasonsOf(terms) {
  return [...terms]
    .sort((a, b) => (a.points === b.points ? 0 : b.points > a.points ? 1 : -1))
    .slice(0, 4)
    .map((term) => ({ ...term, points: Number(term.points) }));
}

/** The term of popularity, where a parameter gives it one. */
export function popularityTerms(bundle) {
  const weight = bundle.model.parameters.popularity_weight;
  return ({ popularity }) =>
    weight * popularity === 0
      ? []
      : [{ kind: 6, item: null, points: saturate(BigInt(weight) * BigInt(popularity)) }];
}

/** sotto_rank_next: the best items after a session of item indexes, the latest first. */
export function rankNext(bundle, session, count) {
  const places = session
    .slice(0, bundle.model.history_count)
    .map((item) => ({ item, weight: 65536 }));
  const candidates = candidatesOf(
    bundle,
    sourcesOfPlaces(bundle.model, places),
    popularityTerms(bundle),
  ).map(({ item }) => item);
  const filling = bundle.top(1).filter((item) => !candidates.includes(item));
  return [...candidates, ...filling].slice(0, count);
}
