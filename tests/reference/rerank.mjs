/**
 * rerank.mjs - RANKING.md 8.5 and 8.6: the order of the candidates, and the reason of each
 */
import { FEATURE_COUNT, featuresOf, mostLike } from './features.mjs';
import { scoreOf, sharesOf } from './network.mjs';
import { rankNext } from './rank.mjs';
import { askRanker } from './shortlist.mjs';
import { walkTrees } from './trees.mjs';

export { FEATURE_COUNT };

const LIKE = [0, 1, 13, 14, 17, 21, 22, 23, 24, 26, 29, 30, 31, 35, 36, 37];
const SEEN = [4, 5, 6, 7, 8, 33, 34];
const POPULAR = [2, 27];
const LATELY = [3, 28];

/** Whether the ranker has an answer for a session of item indexes. */
export const canRank = (ranker, session) =>
  Boolean(ranker?.encoder) && session.some((item) => item < ranker.item_count);

/** The shortlist in its order: { item, score, reason: { kind, item or null } }. */
export function rerank(bundle, ranker, session) {
  const question = askRanker(bundle, ranker, session);
  const ranked = question.shortlist.map((item, number) => {
    const seen = scored(ranker, featuresOf(question, number));
    return { item, score: seen.score, reason: () => reasonOf(question, item, seen) };
  });
  ranked.sort((a, b) => b.score - a.score);
  return ranked;
}

/** By trees, by a network, or by neither: { score, terms: of each feature }. */
function scored({ trees, network }, valueOf) {
  if (trees) {
    const { score, terms } = walkTrees(trees, valueOf);
    return { score, terms: () => terms };
  }
  if (!network) return { score: 0, terms: () => new Map() };
  const seen = scoreOf(network, valueOf);
  return { score: seen.score, terms: () => sharesOf(network, seen) };
}

function reasonOf(question, item, seen) {
  const like = mostLike(question, item);
  const terms = seen.terms();
  const sum = (features) => features.reduce((all, f) => all + (terms.get(f) ?? 0n), 0n);
  const groups = [
    like && { kind: 1, item: question.kept[like.age], sum: sum(LIKE) },
    question.kept.includes(item) && { kind: 3, item, sum: sum(SEEN) },
    { kind: 6, item: null, sum: sum(POPULAR) },
    { kind: 7, item: null, sum: sum(LATELY) },
  ].filter(Boolean);
  const largest = groups.reduce((a, b) => (b.sum > a.sum ? b : a));
  return { kind: largest.kind, item: largest.item };
}

/** sotto_rank_next: the best items after a session of item indexes, the latest first. */
export function rankWith(bundle, ranker, session, count) {
  const ranked = canRank(ranker, session)
    ? rerank(bundle, ranker, session).map(({ item }) => item)
    : [];
  const others = rankNext(bundle, session, bundle.items.length);
  return [...new Set([...ranked, ...others])].slice(0, count);
}
