/**
 * features.mjs - RANKING.md 8.4: what the network is told of a candidate
 *
 * FORMAT.md 5a.4, what is looked at lately, is read here too.
 */
import { lg8, quotient, shr, sumOf } from './integers.mjs';

export const FEATURE_COUNT = 38;

const YES = 4096;
const yes = (holds) => (holds ? YES : 0);
const TOP = 20;

/** `rcnt`: what is added to a count's logarithm, by item. */
export function readRecency(section, n) {
  const offsets = section.list(16, () => (section.u16() << 16) >> 16);
  const codes = section.nibbles(n, 'codes');
  section.finish('rcnt');
  return codes.map((code) => offsets[code]);
}

const wl = (weight) => lg8(Math.min(weight + 66, 2 ** 32 - 1));

/** The logarithms of how often an item was met, ever and lately. */
export const countOf = ({ ranker, bundle }, item) =>
  item < ranker.item_count ? 32 * bundle.items[item].popularity : 0;
export const recentOf = (question, item) =>
  countOf(question, item) + (question.ranker.recency?.[item] ?? 0);

/** The kept event, by age, of another item that is most like it: { age, cosine }, or null. */
export function mostLike({ kept, vectors, cosine }, item) {
  let found = null;
  kept.forEach((other, age) => {
    const here = other === item ? null : cosine(item, vectors[age]);
    if (here !== null && (!found || here > found.cosine)) found = { age, cosine: here };
  });
  return found;
}

/** The links of viewed-next from a source to an item; two only if a writer was careless. */
const linksTo = ({ bundle }, source, item) =>
  source && source.next > 0n ? bundle.items[source.item].next.filter(([to]) => to === item) : [];

/** The weight of the link of viewed-next from the k-th latest item of the session. */
function linkFrom(question, k, item) {
  const source = question.sources.find((one) => one.item === question.session[k]);
  return linksTo(question, source, item).at(-1)?.[1] ?? 0;
}

/** A mean over the nearest, weighted by their odds. */
function topOf({ nearest, odds }, of) {
  const top = nearest.slice(0, TOP);
  if (top.length === 0) return 0;
  return quotient(sumOf(top.map(({ item }, i) => odds[i] * of(item))), sumOf(odds.slice(0, TOP)));
}

/** A function from feature number to value, of the candidate of this number. */
export function featuresOf(question, number) {
  const { shortlist, kept, length, vectors, query, cosine } = question;
  const { nearest, odds, linked, links } = question;
  const item = shortlist[number];
  const age = kept.indexOf(item);
  const times = (one) => kept.filter((other) => other === one).length;
  const cos = (q) => shr(cosine(item, q), 8);
  const count = (one) => countOf(question, one);
  const recent = (one) => recentOf(question, one);
  const best = nearest[0]?.cosine ?? 0;
  const rank = linked.indexOf(item);
  const votes = () => question.sources.flatMap((source) => linksTo(question, source, item)).length;
  const all = [
    () => cos(query),
    () => cos(vectors[0]),
    () => count(item),
    () => recent(item),
    () => yes(age === 0),
    () => yes(age === 1),
    () => yes(age === 2),
    () => yes(age >= 3),
    () => 256 * times(item),
    () => lg8(Math.min(length, 65535)),
    () => quotient(4096 * new Set(kept).size, kept.length),
    () => yes(kept[0] === kept[1]),
    () => count(kept[0]),
    () => cos(vectors[1]),
    () => cos(vectors[2]),
    () => recent(kept[0]),
    () => shr(best, 8),
    () => lg8(1 + number),
    () => yes(kept.length >= 2),
    () => yes(kept.length >= 3),
    () => shr(nearest.slice(0, TOP).at(-1)?.cosine ?? 0, 8),
    () => wl(links(item)),
    () => yes(links(item) !== 0),
    () => lg8(1 + (rank < 0 ? linked.length : rank)),
    () => wl(linkFrom(question, 0, item)),
    () => wl(linked.length > 0 ? links(linked[0]) : 0),
    () =>
      nearest.length === 0
        ? 0
        : shr((cosine(item, query) - best) * 14 * 94548, 30) - (lg8(sumOf(odds)) - 4096),
    () => count(item) - topOf(question, count),
    () => recent(item) - topOf(question, recent),
    () => cos(question.middle),
    () => cos(question.mean),
    () => shr(mostLike(question, item)?.cosine ?? 0, 8),
    () => 256 * (times(kept[0]) - 1),
    () => (age < 0 ? 0 : lg8(1 + age)),
    () => quotient(4096 * times(item), kept.length),
    () => wl(linkFrom(question, 1, item)),
    () => wl(linkFrom(question, 2, item)),
    () => 256 * votes(),
  ];
  return (feature) => all[feature]();
}
