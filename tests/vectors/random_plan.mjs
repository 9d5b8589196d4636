/**
 * random_plan.mjs - campaigns and a shopper's history from a seed, over the garden shop of golden/tiny
 *
 * What is rare in a shop is common here: clocks that go back, arms that are forced, pages that show
 * what they should not, entries that drive out others.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { readModel } from '../reference/model.mjs';
import { openBundle } from '../reference/bundle.mjs';
import { u32, writeCampaigns, writeManifest } from '../reference/write.mjs';
import { planParts } from '../reference/write_plan.mjs';
import { chanceFrom } from '../reference/bucketing.mjs';
import { hash } from '../reference/xxhash64.mjs';
import { lineOf } from './words.mjs';

const DAY = 86400;
const NOON = 1700049600;
const PLACES = ['top', 'side', 'end'];

/** Chance that goes on from a seed: whole numbers below, one of a list, whether at all. */
function dice(seed) {
  const numbers = chanceFrom(BigInt(seed));
  const below = (count) => Number((numbers.next().value >> 11n) % BigInt(count));
  return { below, one: (list) => list[below(list.length)], maybe: (in_all) => below(in_all) === 0 };
}

function randomTree({ below, one }, segments) {
  return one([
    () => ['>=', { count: 'count', kinds: ['view'], category: 'Garden', within: 3 * DAY }, 1 + below(3)],
    () => ['<', { fact: 'hour' }, below(25)],
    () => ['>', { fact: 'cart.total' }, below(30)],
    () => ['==', { fact: 'visits' }, below(3)],
    () => ({ in_cart: { item: 'spade' } }),
    () => (segments > 0 ? { segment: below(segments) } : true),
    () => ['>', { seen: 'c0' }, below(3)],
  ])();
}

function randomTrigger({ below, one }) {
  return one([
    () => ['page'],
    () => ['dwell', below(40), below(3)],
    () => ['viewed_not_added', below(3000)],
    () => ['cart_idle', below(3000)],
    () => ['cart_value', below(4000)],
    () => ['scroll', below(101)],
    () => ['exit'],
    () => ['inactive', below(60)],
    () => ['visit', below(4), below(2)],
    () => ['return', below(3 * DAY)],
    () => ['back_in_stock'],
    () => ['price_drop', below(30)],
    () => ['no_results'],
    () => ['event', 0, one(['filtered', 'zoomed'])],
  ])();
}

function randomCampaign(chance, number, segments) {
  const { below, one, maybe } = chance;
  const few = (most) => (maybe(3) ? 1 + below(most) : 0);
  const block = one(['inline', 'hero', 'popup', 'slide-in', 'quiz', 'bar', 'shipping-bar', 'carousel']);
  const starts = NOON + below(4 * DAY) - DAY;
  return {
    name: `c${number}`,
    block,
    place: ['popup', 'slide-in'].includes(block) || maybe(5) ? '' : one(PLACES),
    priority: 25 * below(5),
    ...(maybe(4) && { when: randomTree(chance, segments) }),
    ...(maybe(2) && { triggers: Array.from({ length: 1 + below(3) }, () => randomTrigger(chance)) }),
    ...(maybe(6) && { dates: [starts, starts + below(3 * DAY)] }),
    ...(maybe(2) && { caps: [few(3), few(3), few(5)] }),
    ...(maybe(3) && { pauses: [few(9) * 5000, few(9) * 1000, few(9) * 500] }),
    ...(maybe(5) && { hours: [below(1441), below(1441)] }),
    ...(maybe(4) && { group: 1 + below(2) }),
    ...(maybe(3) && { experiment: one([['plain', below(8)], ['bandit', below(8)], ['greedy', below(4)]]) }),
    ...(maybe(4) && { offer: one(['code', 'vip', 'shipping']) }),
    ...(maybe(5) && { slot: [one(['again', 'none']), below(3)] }),
    ...(maybe(3) && { fields: [[1, 'Hello'], [2 + below(30), one(['a', 'b'])], [32, 'last']] }),
    ...(maybe(3) && { flags: below(8) }),
  };
}

function randomPlan(chance) {
  const { below, maybe } = chance;
  return {
    rules: {
      ...(maybe(4) && { holdout: below(10001) }),
      ceiling: [below(4), below(5)],
      gap: below(3) * 300,
      ...(maybe(3) && { quiet: [below(1441), below(1441)] }),
      after_purchase: below(3) * 900,
      places: { top: [below(4), below(5)], side: [0, below(6)] },
    },
    segments: [['first', randomTree(chance, 0)], ['second', ['not', { segment: 0 }]],
      ['', randomTree(chance, 2)], ['', ['not', { segment: 2 }]]],
    experiments: [
      { name: 'plain', arms: { a: 4000, b: 3000, c: 3000 }, coverage: 9000, hash_version: 1 + below(2),
        ...(maybe(3) && { space: ['layer', 0, 7000] }) },
      { name: 'bandit', allocation: 2, arms: { a: 5000, b: 2500, c: 2500 },
        known: { a: [1 + below(128), 1 + below(128)], c: [3, 1 + below(9)] } },
      { name: 'greedy', allocation: 1, arms: { a: 5000, b: 5000 }, epsilon: below(10001), known: { b: [2, 3] } },
    ],
    offers: [
      { name: 'code', threshold: below(2000), codes: ['TEN'] },
      { name: 'vip', kind: 2, ends: NOON + below(3 * DAY), codes: ['A', 'B'], items: maybe(2) ? ['rake'] : [] },
      { name: 'shipping', kind: 3, threshold: 5000 },
    ],
    campaigns: Array.from({ length: 1 + below(20) }, (_, i) => randomCampaign(chance, i, 4)),
  };
}

/** The files of a shop, by kind, and what a script needs to know of it. */
export function randomCampaigns(seed, golden) {
  const chance = dice(seed);
  const tiny = path.join(golden, 'tiny');
  const partOf = (name) =>
    Uint8Array.from(readFileSync(path.join(tiny, readdirSync(tiny).find((file) => file.startsWith(name)))));
  const plan = randomPlan(chance);
  const campaigns = writeCampaigns({
    site: [[1, 'garden'], [7, u32(1800)], [8, u32(2 * DAY)], [9, u32(DAY)]],
    slots: [[[1, 'again'], [2, [5]], [3, [8]], [4, [1]], [5, u32(0x10)]]],
    plan: planParts(plan),
  });
  const parts = { model: partOf('model'), catalogue: partOf('catalogue'), campaigns };
  const items = openBundle(parts).items.map(({ id }) => id);
  const manifest = writeManifest({
    sequence: 1n,
    created_s: BigInt(NOON),
    shop: hash('garden'),
    identity: BigInt(`0x${readModel(parts.model).content.identity}`),
    parts: Object.values(parts).map((bytes, i) => [i + 1, bytes]),
  }).bytes;
  const files = new Map([['manifest', manifest], ...Object.entries(parts)]);
  return { files, plan, items };
}

/** A history of so many steps, with a look after each. */
export function randomHistory(seed, { plan, items }, steps) {
  const chance = dice(seed + 1000000);
  const { below, one, maybe } = chance;
  const offset = below(1681) - 840;
  const names = plan.campaigns.map(({ name }) => name);
  let now = NOON;
  const seed_digits = (BigInt(seed) * 0x9e3779b97f4a7c15n % (1n << 64n)).toString(16).padStart(16, '0');
  const lines = [['bundle', 'random'], ['profile', seed_digits, now], ['new-ledger', offset]];
  const arms = plan.experiments.flatMap(({ name, arms: all }) => Object.keys(all).map((arm) => `${name}\0${arm}`));
  const told = () => one([
    () => ['impression', one(names)], () => ['impression', one(names)], () => ['impression', `stranger ${below(300)}`],
    () => ['campaign-dismiss', one(names)], () => ['campaign-click', one(names)],
    () => ['given', one(['code', 'vip', 'unheard-of'])], () => ['redeemed', one(['code', 'vip', 'shipping'])],
    () => ['exposure', one(arms)], () => ['exposure', one(arms)], () => ['win', one(arms)],
    () => ['answer', `question ${below(40)}`], () => ['unanswer', `question ${below(40)}`],
    () => ['dwell', maybe(4) ? '-' : one(items)],
  ])();
  for (let step = 0; step < steps; step++) {
    const by = one([below(60), below(60), below(4000), below(2 * DAY)]);
    now += maybe(12) ? -by : by;
    const time = maybe(20) ? now - below(9000) : now;
    if (maybe(2)) {
      const kind = one(['view', 'view', 'view', 'click', 'cart_add', 'cart_remove', 'purchase', 'dismiss', 'search']);
      lines.push(['event', kind, kind === 'search' ? '-' : maybe(15) ? 'stranger' : one(items), time, below(3)]);
    } else {
      lines.push(['told', ...told(), time, below(50)]);
    }
    const scene = ['scene', now, offset];
    if (maybe(2)) scene.push('page', one(items));
    if (maybe(6)) scene.push('cart', one(items), 'cart', one(items));
    if (maybe(3)) scene.push('exit');
    if (maybe(5)) scene.push('no-results');
    if (maybe(3)) scene.push('happened', one(['filtered', 'zoomed', 'else']));
    if (maybe(5)) scene.push('forced', one(['plain', 'bandit', 'nobody']), below(4));
    if (maybe(3)) scene.push('unplaced', below(names.length));
    scene.push('active', below(50), 'session-active', below(50), 'idle', below(70), 'scroll', below(101));
    const showing = maybe(3) ? [one(names), one(names)] : [];
    lines.push(scene, ['look', ...new Set(showing)]);
    if (maybe(25)) lines.push(['seal-ledger']);
  }
  lines.push(['seal-ledger'], ['no-profile'], ['scene', now, offset, 'page', one(items)], ['look']);
  return `${lines.map(lineOf).join('\n')}\n`;
}
