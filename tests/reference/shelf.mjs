/**
 * shelf.mjs - FORMAT.md section 8: the shelf; RANKING.md section 9: what is put on it
 */
import { basketsOf, dueAgain } from './basket.mjs';
import { Cursor, hex64 } from './bytes.mjs';
import { clusterOf } from './clusters.mjs';
import { exp, mulshr } from './integers.mjs';
import { placesOf } from './rank.mjs';
import { canRank, rerank } from './rerank.mjs';
import { u16, u32, u64, u8 } from './write.mjs';

export const SHELF_SIZE = 2336;
const FOR_YOU = 64;
const AGAIN = 32;
const SESSION = 20;
const BOUGHT_BEFORE = 14;
const NO_ITEM = '0'.repeat(16);

/** Kinds of reasons that rest on an item or on nothing. */
const SHELVED_KINDS = [1, 2, 3, 6, 7, 11, 12, 14];

/** What a fresh shelf has for a decision (RANKING.md 2), as picks. name: for_you or again. */
export function shelvedPicks(bundle, profile, bytes, name) {
  const shelf = readShelf(bytes);
  if (shelf?.event_total !== profile.event_total) return [];
  return shelf[name].flatMap(({ item, because, score, kind }) => {
    const index = bundle.find(item);
    const about = because === NO_ITEM ? null : bundle.find(because);
    if (index < 0 || (about !== null && about < 0) || !SHELVED_KINDS.includes(kind % 32)) return [];
    return [{ item: index, score, reasons: [{ kind: kind % 32, item: about, points: 0 }] }];
  });
}

/** What a shelf holds, or null if it is none. */
export function readShelf(bytes) {
  const head = new Cursor(bytes);
  const magic = String.fromCharCode(...head.take(4));
  const version = head.u16();
  const [for_you_count, again_count] = [head.u8(), head.u8()];
  if (magic !== 'SOTL' || version !== 1) return null;
  if (for_you_count > FOR_YOU || again_count > AGAIN) return null;
  const fields = {
    sequence: hex64(head.u64()), event_total: head.u32(), made_s: head.u32(), cluster: head.u16(),
  };
  head.take(6);
  const entries = (count, limit) =>
    head
      .list(limit, () => {
        const entry = {
          item: hex64(head.u64()), because: hex64(head.u64()), score: head.u32(), kind: head.u8(),
        };
        head.take(3);
        return entry;
      })
      .slice(0, count);
  const for_you = entries(for_you_count, FOR_YOU);
  return { ...fields, for_you, again: entries(again_count, AGAIN) };
}

/** What the ranker is asked for: the items of the profile's events, the latest first. */
function sessionOf(bundle, profile, now_s) {
  const of = (kinds) => placesOf(bundle, profile, now_s, SESSION, kinds).map(({ item }) => item);
  const looked_at = of([1, 2]);
  return looked_at.length > 0 ? looked_at : of(undefined);
}

const shiftOf = (network) => 10 + (network?.shift_2 ?? 0);

/** Scores, Q(shift), as odds against the best, Q16. */
function withOdds(ranked, shift) {
  return ranked.map((one) => ({
    ...one,
    score: Math.max(1, exp(mulshr(one.score - ranked[0].score, 65536, shift))),
  }));
}

/** What stands on the shelf: { cluster, for_you, again }. */
export function shelfOf(bundle, ranker, profile, now_s) {
  const session = sessionOf(bundle, profile, now_s);
  const ranked = canRank(ranker, session) ? rerank(bundle, ranker, session).slice(0, FOR_YOU) : [];
  const due = dueAgain(ranker?.basket, basketsOf(profile, bundle), now_s).slice(0, AGAIN);
  return {
    cluster: ranker?.clusters ? (clusterOfProfile(bundle, ranker, profile) ?? null) : null,
    for_you: withOdds(ranked, ranker?.trees?.shift ?? shiftOf(ranker?.network)).map((one) => ({
      ...one,
      reason: one.reason(),
    })),
    again: withOdds(due, shiftOf(ranker?.basket?.network)).map((one) => ({
      ...one,
      reason: { kind: BOUGHT_BEFORE, item: one.item },
    })),
  };
}

function clusterOfProfile(bundle, { clusters, item_count }, { events }) {
  const known = [...events]
    .reverse()
    .map(({ item, kind }) => ({ item: kind === 9 ? -1 : bundle.find(item), kind }))
    .filter(({ item }) => item >= 0 && item < item_count);
  return clusterOf(clusters, known, item_count);
}

/** sotto_shelve: the shelf's bytes. sequence: a hexadecimal number. */
export function shelve(bundle, ranker, profile, now_s, sequence) {
  const { cluster, for_you, again } = shelfOf(bundle, ranker, profile, now_s);
  const hash = (item) => (item === null ? 0n : BigInt(`0x${bundle.items[item].hash}`));
  const entries = (list, limit) => [
    ...list.flatMap(({ item, score, reason }) => [
      ...u64(hash(item)), ...u64(hash(reason.item)), ...u32(score), ...u8(reason.kind), 0, 0, 0,
    ]),
    ...Array(24 * (limit - list.length)).fill(0),
  ];
  return Uint8Array.from([
    ...new TextEncoder().encode('SOTL'), ...u16(1), ...u8(for_you.length), ...u8(again.length),
    ...u64(BigInt(`0x${sequence}`)), ...u32(profile.event_total), ...u32(now_s),
    ...u16(cluster ?? 0xffff), ...Array(6).fill(0),
    ...entries(for_you, FOR_YOU), ...entries(again, AGAIN),
  ]);
}
