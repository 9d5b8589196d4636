/**
 * bucketing.mjs - CAMPAIGNS.md section 6: who is in which arm
 *
 *     node tests/reference/bucketing.mjs > tests/vectors/bucketing.json
 *
 * makes the cases that are published for whoever deals shoppers elsewhere, in the shape of GrowthBook's
 * cases.json, whose JavaScript gives the same for them all but `hashUtf8`: it hashes the units of UTF-16,
 * here and in its other languages it is UTF-8. Texts are strings of one character a byte.
 */
import { fileURLToPath } from 'node:url';

import { keyOf } from './plan.mjs';

const WHOLE = 10000;
const U64 = (1n << 64n) - 1n;
const KNOWN_MOST = 256;

/** FNV-1a of 32 bits. */
export function fnv(text) {
  let value = 0x811c9dc5;
  for (const one of text) value = Math.imul(value ^ one.charCodeAt(0), 0x01000193) >>> 0;
  return value;
}

/** Of 10,000. */
export function bucket(seed, value, version) {
  if (version === 1) return 10 * (fnv(value + seed) % 1000);
  return fnv(String(fnv(seed + value))) % WHOLE;
}

/** [from, to) in hundred-millionths, for each arm. */
export function ranges(weights, coverage) {
  let start = 0;
  return weights.map((weight) => {
    const from = start * WHOLE;
    start += weight;
    return [from, from + coverage * weight];
  });
}

export const chooseArm = (number, list) =>
  list.findIndex(([from, to]) => number * WHOLE >= from && number * WHOLE < to);

export function isInSpace(value, { name, from, to }) {
  const place = 10 * (fnv(`${value}__${name}`) % 1000);
  return place >= from && place < to;
}

export const isHeldOut = (seed, holdout) => bucket('holdout', seed, 2) < holdout;

export const armKey = (experiment, arm) => keyOf(`${experiment.name}\0${experiment.arms[arm].name}`);

/** The numbers of splitmix64 from a state. */
export function* chanceFrom(state) {
  for (;;) {
    state = (state + 0x9e3779b97f4a7c15n) & U64;
    let z = state;
    z = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) & U64;
    z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & U64;
    yield z ^ (z >> 31n);
  }
}

/** What is known of each arm, with what this shopper did. */
function learned(experiment, ledger) {
  return experiment.arms.map(({ won, lost }, i) => {
    const own = ledger?.arms.find((one) => one?.key === armKey(experiment, i));
    const wins = won + (own?.wins ?? 0);
    const losses = lost + Math.max(0, (own?.tries ?? 0) - (own?.wins ?? 0));
    if (wins + losses <= KNOWN_MOST) return [wins, losses];
    const scaled = (count) => Math.max(1, Math.floor((count * KNOWN_MOST) / (wins + losses)));
    return [scaled(wins), scaled(losses)];
  });
}

function chooseBandit(experiment, profile, ledger) {
  const seen = experiment.arms
    .map((_, arm) => ({ arm, at: ledger?.arms.find((one) => one?.key === armKey(experiment, arm)) }))
    .filter(({ at }) => at && at.exposed_s !== 0 && at.exposed_s >= profile.session_start_s)
    .sort((a, b) => b.at.exposed_s - a.at.exposed_s || a.arm - b.arm);
  if (seen.length > 0) return seen[0].arm;
  const known = learned(experiment, ledger);
  const seed = BigInt(`0x${profile.seed}`) ^ BigInt(`0x${keyOf(experiment.name)}`);
  const chance = chanceFrom(seed ^ BigInt(profile.session_count));
  const next = () => chance.next().value;
  if (experiment.allocation === 1) {
    if ((next() >> 32n) * 10000n < BigInt(experiment.epsilon) << 32n)
      return Number(next() % BigInt(known.length));
    return known.reduce((best, [won, lost], arm) =>
      (won * (known[best][0] + known[best][1]) > known[best][0] * (won + lost) ? arm : best), 0);
  }
  const draws = known.map(([won, lost]) => {
    const numbers = Array.from({ length: won + lost - 1 }, next);
    return numbers.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))[won - 1];
  });
  return draws.reduce((best, draw, arm) => (draw > draws[best] ? arm : best), 0);
}

/** Whether the scene forces an arm: { arm }, of which null is none; or null. */
export function forcedArm(experiment, scene) {
  const forced = scene.forced.find(({ name }) => name === experiment.name);
  return forced ? { arm: forced.arm < experiment.arms.length ? forced.arm : null } : null;
}

/** The shopper's arm, null if they have none. */
export function armOf(experiment, profile, ledger, scene) {
  const forced = forcedArm(experiment, scene);
  if (forced) return forced.arm;
  if (!profile) return null;
  if (experiment.space && !isInSpace(profile.seed, experiment.space)) return null;
  const number = bucket(experiment.seed, profile.seed, experiment.hash_version);
  if (experiment.allocation !== 0)
    return number < experiment.coverage ? chooseBandit(experiment, profile, ledger) : null;
  const weights = experiment.arms.map(({ weight }) => weight);
  const arm = chooseArm(number, ranges(weights, experiment.coverage));
  return arm < 0 ? null : arm;
}

/* ---- The published cases ------------------------------------------------------------------------ */

const utf8 = (text) => Array.from(new TextEncoder().encode(text), (one) => String.fromCharCode(one)).join('');

function cases() {
  const values = ['a', 'b', 'ab', 'def', '1', '0000000000000001', 'fedcba9876543210', '', 'x y'];
  const seeds = ['', 'seed', 'popup-wording', '__proto__'];
  const hashes = (all, of) => all.flatMap((seed) => of.flatMap((value) =>
    [1, 2].map((version) => [seed, value, version, share(bucket(utf8(seed), utf8(value), version))])));
  const share = (number) => number / WHOLE;
  const shares = (list) => list.map(([from, to]) => [from, to].map((one) => one / (WHOLE * WHOLE)));
  const dealt = [[[5000, 5000], 10000], [[5000, 5000], 5000], [[3334, 3333, 3333], 10000],
    [[1000, 9000], 10000],
    [[2000, 3000, 5000], 8000], [[0, 10000], 10000], [[5000, 5000], 0],
    [[1250, 1250, 1250, 1250, 1250, 1250, 1250, 1250], 10000]];
  const chosen = [[[5000, 5000], 10000], [[5000, 5000], 5000], [[2500, 2500, 2500, 2500], 10000]];
  const spaces = [['layer', 0, 5000], ['layer', 5000, 10000], ['checkout', 2500, 7500], ['', 0, 10000], ['layer', 0, 0]];
  return {
    specVersion: '0.7.1',
    hash: hashes(seeds, values),
    hashUtf8: hashes(['', 'Größe'], ['Gießkanne', '日本', '😀']),
    getBucketRange: dealt.map(([weights, coverage]) => [
      `${weights.length} arms, ${coverage / 100} % covered`,
      [weights.length, share(coverage), weights.map(share)],
      shares(ranges(weights, coverage)),
    ]),
    chooseVariation: chosen.flatMap(([weights, coverage]) =>
      [0, 1249, 2499, 2500, 4999, 5000, 7499, 7500, 9999].map((number) => [
        `${number} of 10000 among ${weights.length}, ${coverage / 100} % covered`,
        share(number),
        shares(ranges(weights, coverage)),
        chooseArm(number, ranges(weights, coverage)),
      ])),
    inNamespace: values.filter((value) => value !== '').flatMap((value) => spaces.map(([name, from, to]) => [
      `${value} in ${name || 'the nameless'} from ${from} to ${to}`,
      value,
      [name, share(from), share(to)],
      isInSpace(utf8(value), { name: utf8(name), from, to }),
    ])),
  };
}

/** One case a line. */
export function casesText() {
  const { specVersion, ...groups } = cases();
  const lines = Object.entries(groups).map(([name, list]) =>
    `  "${name}": [\n${list.map((one) => `    ${JSON.stringify(one)}`).join(',\n')}\n  ]`);
  return `{\n  "specVersion": ${JSON.stringify(specVersion)},\n${lines.join(',\n')}\n}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.stdout.write(casesText());
