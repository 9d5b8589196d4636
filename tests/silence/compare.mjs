/**
 * compare.mjs - are two shoppers' traffic the same?
 *
 *     what the proxy saw       wave by wave, each request whole: method, address, headers in their
 *                              order, body; within a wave in any order
 *     what the browser says    request by request, in the order in which the page made them
 *     what the page hinted at  links for the browser to look up, connect to or fetch, in their order
 *     what the cache answered  which addresses: they left nothing on the network
 *
 * Pictures that stand in a page are asked for when the browser has a connection to spare, and when that
 * is is chance. They are compared apart from the rest: the proxy's as a set, the log's in their order.
 *
 * What a browser asks its maker for (updates, settings) is its own affair: it knows nothing of the
 * page, comes when it comes, and is not compared. It is counted, and searched for marks like the rest.
 */
import { createHash } from 'node:crypto';

import { PICTURE } from './recorder.mjs';

const MAKERS = new RegExp('^(?:https?://)?[\\w.-]*\\.'
  + '(?:google|googleapis|gvt1|mozilla|firefox)\\.(?:com|org|net)(?::\\d+)?(?:/|$)');

export const isBrowsersOwn = ({ url }) => MAKERS.test(url);

const isPicture = (url) => PICTURE.test(url.replace(/^\w+:\/\/[^/]*/, ''));

/** A request as one text. */
function whole({ via, method, url, headers, body }) {
  const lines = [`${via} ${method} ${url}`];
  for (let i = 0; i < headers.length; i += 2) lines.push(`${headers[i]}: ${headers[i + 1]}`);
  if (body.length > 0) lines.push(`body ${createHash('sha256').update(body).digest('hex')}`);
  return lines.join('\n');
}

/** Requests as texts that can be compared one by one. */
function waves(seen) {
  return seen.filter((one) => !isBrowsersOwn(one) && !isPicture(one.url))
    .map((one) => ({ wave: one.wave, text: whole(one) }))
    .sort((a, b) => a.wave - b.wave || (a.text < b.text ? -1 : 1))
    .map(({ wave, text }) => `wave ${wave}\n${text}`);
}

const LOOKS = {
  'the proxy': ({ seen }) => waves(seen),
  'the proxy, pictures': ({ seen }) => seen.filter(({ url }) => isPicture(url)).map(whole).sort(),
  'the browser’s log': ({ log }) => log.sent.filter(({ url }) => !isPicture(url)).map(lineOf),
  'the browser’s log, pictures': ({ log }) => log.sent.filter(({ url }) => isPicture(url)).map(lineOf),
  'the document': ({ hints }) => hints,
  'the cache': ({ log }) => [...new Set(log.cached)],
};
const lineOf = ({ line }) => line;
/** Where the order counts. */
const ORDERED = new Set(['the browser’s log', 'the browser’s log, pictures', 'the document']);

/** Requests of the page that the proxy saw. */
export const countOf = ({ seen }) => seen.filter((one) => !isBrowsersOwn(one)).length;

/**
 * How two shoppers differ, as a text for people; null if they do not.
 *
 * @param {{ seen: object[], log: { sent: { url: string, line: string }[], cached: string[] } }} one
 * @param {{ seen: object[], log: { sent: { url: string, line: string }[], cached: string[] } }} other
 */
export function difference(one, other) {
  for (const [who, look] of Object.entries(LOOKS)) {
    const [here, there] = [look(one), look(other)];
    for (let i = 0; i < Math.max(here.length, there.length); i++) {
      if (here[i] === there[i]) continue;
      return `${who}, request ${i + 1} of ${here.length} and ${there.length}:\n${
        told(here[i], there[i])}`;
    }
  }
  return null;
}

/**
 * The same for shoppers who did it several times: alike if there is a run of each in which nothing
 * happened that the other never did. A request that comes one answer sooner or later by chance does so
 * for both in the end; what a profile causes, the other never does. What happens is what was asked
 * for, whole, after which answer, how often, and before what else.
 *
 * @param {Parameters<typeof difference>[0][]} here @param {Parameters<typeof difference>[0][]} there
 */
export function differenceOfAll(here, there) {
  const [ours, theirs] = [here.map(happeningsOf), there.map(happeningsOf)];
  for (const [runs, others] of [[ours, theirs], [theirs, ours]]) {
    const alone = runs.map((run) => [...run].find((one) => !others.some((other) => other.has(one))));
    if (!alone.includes(undefined)) return `never done by both: ${alone[0].slice(0, 500)}`;
  }
  return null;
}

/** @returns {Set<string>} */
function happeningsOf(did) {
  const all = new Set();
  for (const [who, look] of Object.entries(LOOKS)) {
    const times = new Map();
    const named = look(did).map((text) => {
      times.set(text, (times.get(text) ?? 0) + 1);
      return `${text}\n    (time ${times.get(text)})`;
    });
    all.add(`${who}: ${named.length} in all`);
    named.forEach((one, i) => {
      all.add(`${who}:\n    ${one}`);
      if (!ORDERED.has(who)) return;
      for (const next of named.slice(i + 1)) all.add(`${who}:\n    ${one}, before\n    ${next}`);
    });
  }
  return all;
}

/** The first lines of each, and the first in which they differ. */
function told(here = '(nothing)', there = '(nothing)') {
  const [a, b] = [here.split('\n'), there.split('\n')];
  const at = a.findIndex((line, i) => line !== b[i]);
  const show = (lines) => `    ${[...new Set([...lines.slice(0, 2), lines[at] ?? ''])].join(' | ')}`;
  return `${show(a)}\n${show(b)}`;
}

/** Everything that left a browser in a script, in pieces that can be searched. */
export function* everythingOf({ seen, log, hints }) {
  for (const { url, headers, body } of seen) {
    yield url;
    yield* headers;
    if (body.length > 0) yield body;
  }
  for (const { line } of log.sent) yield* line.split('\n');
  yield* log.cached;
  yield* hints;
}
