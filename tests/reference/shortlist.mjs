/**
 * shortlist.mjs - RANKING.md 8.3: the candidates that are worth a closer look
 *
 * Everything of a session that features are made of is gathered here once: the `question`.
 */
import { encode } from './encode.mjs';
import { exp, quotient, shr, sumOf, unit } from './integers.mjs';
import { candidatesOf, sourcesOfPlaces } from './rank.mjs';
import { cosine, cosineAt, vectorOf } from './vectors.mjs';

const MIDDLE = 40;

/** The best first; of equal ones as they stand. */
const best = (list, count, by) => [...list].sort((a, b) => by(b) - by(a)).slice(0, count);

/** Without the section `rank`. */
const DEFAULTS = { vector_count: 110, table_count: 60, session_count: 12 };

/** What the session's links lead to: { sources, points: by item }. */
function linksOf(bundle, session) {
  const latest = session.slice(0, bundle.model.history_count);
  const places = latest.map((item) => ({ item, weight: 65536 }));
  const sources = sourcesOfPlaces(bundle.model, places).map((one) => ({ ...one, repeat: 0n }));
  const points = new Map(candidatesOf(bundle, sources).map(({ item, score }) => [item, score]));
  return { sources, points };
}

/** The items with rows that are nearest to the query: { item, cosine }. */
function nearestOf(ranker, query, count) {
  const { vectors, blocks } = ranker;
  let visited = () => true;
  if (blocks && blocks.visit_count !== 0 && blocks.visit_count < blocks.centroids.length) {
    const all = blocks.centroids.map((x, block) => ({ x, step: blocks.step, block }));
    const chosen = best(all, blocks.visit_count, (place) => cosineAt(place, query));
    visited = (item) => chosen.some(({ block }) => block === item >> blocks.block_bits);
  }
  const found = vectors.items.flatMap((place, item) =>
    place.x && visited(item) ? [{ item, class: place.class, cosine: cosineAt(place, query) }] : [],
  );
  found.sort((a, b) => b.cosine - a.cosine || a.class - b.class || a.item - b.item);
  return found.slice(0, count);
}

/** @param {number[]} session item indexes, the latest first */
export function askRanker(bundle, ranker, session) {
  const counts = ranker.trees ?? ranker.network ?? DEFAULTS;
  const encoded = encode(ranker, session);
  const links = linksOf(bundle, session);
  const nearest = nearestOf(ranker, encoded.query, counts.vector_count);
  const linked = best(
    [...links.points.keys()].filter((item) => links.points.get(item) > 0).sort((a, b) => a - b),
    counts.table_count,
    (item) => links.points.get(item),
  );
  const latest = encoded.kept.slice(0, counts.session_count);
  const shortlist = [...new Set([...nearest.map(({ item }) => item), ...linked, ...latest])];

  const odds = nearest.map((one) => exp(shr((one.cosine - nearest[0].cosine) * 14, 6)));
  const { dimensions } = ranker.vectors;
  const middle = Array(dimensions).fill(0);
  nearest.slice(0, MIDDLE).forEach(({ item }, i) => {
    vectorOf(ranker, item).forEach((x, d) => (middle[d] += odds[i] * x));
  });
  const kept_count = encoded.kept.length;
  const mean = middle.map((_, d) => quotient(sumOf(encoded.vectors.map((v) => v[d])), kept_count));
  return {
    bundle,
    ranker,
    session,
    ...encoded,
    sources: links.sources,
    links: (item) => links.points.get(item) ?? 0,
    linked,
    nearest,
    odds,
    shortlist,
    middle: unit(middle),
    mean,
    cosine: (item, query) => (query ? cosine(ranker, item, query) : 0),
  };
}
