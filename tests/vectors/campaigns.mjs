/**
 * campaigns.mjs - makes tests/vectors/triggers.txt, arbiter.txt and ledger.txt
 *
 *     node tests/vectors/campaigns.mjs triggers > tests/vectors/triggers.txt
 *
 * Before, at and after the moment of every trigger; every rule as it says no and as it no longer does;
 * ledgers after everything that can be told to them. The answers in the files are the reference's; every
 * other host has to agree.
 */
import { fileURLToPath } from 'node:url';

import { NOON } from '../golden/campaigns.mjs';
import { openReferenceHost } from './host_reference.mjs';
import { runScript } from './script.mjs';
import { lineOf } from './words.mjs';

const GOLDEN = process.env.GOLDEN ?? fileURLToPath(new URL('../golden', import.meta.url));
const DAY = 86400;
const SEED = '0000000000000001';

const about = (text) => [`# ${text}`];
const begin = (bundle = 'campaigns', seed = SEED, now = NOON) =>
  [['bundle', bundle], ['profile', seed, now], ['new-ledger']];
const at = (now, ...words) => ['scene', now, 0, ...words];
const see = (now, words, ...names) => [at(now, ...words), ['look-at', ...names]];
const did = (kind, id, now, quantity = 1) => ['event', kind, id, now, quantity];
const told = (kind, name, now, quantity = 1) => ['told', kind, name, now, quantity];

const triggers = () => [
  about('Nothing has happened yet.'),
  ...begin(),
  ...see(NOON, [], 'page', 'dwell-page', 'dwell-item', 'dwell-session', 'viewed', 'cart-idle', 'cart-value', 'scroll',
    'exit', 'inactive', 'third-visit', 'every-second-visit', 'return', 'back-in-stock', 'price-drop', 'no-results',
    'event', 'one-of-three'),
  about('Active time: of the page, the item, the session.'),
  ...[19, 20, 59, 60, 99, 100].flatMap((seconds) =>
    see(NOON, ['page', 'spade', 'active', seconds, 'session-active', seconds],
      'dwell-page', 'dwell-item', 'dwell-session')),
  told('dwell', 'spade', NOON + 10, 45),
  told('dwell', '-', NOON + 11, 40),
  ...see(NOON + 12, ['page', 'spade', 'session-active', 14], 'dwell-item', 'dwell-session'),
  ...see(NOON + 12, ['page', 'spade', 'session-active', 15], 'dwell-item', 'dwell-session'),
  ...see(NOON + 12, ['page', 'rake', 'session-active', 15], 'dwell-item', 'dwell-session'),
  about('Viewed but not added: after ten minutes, once, and about the item looked at last.'),
  ...begin(),
  did('view', 'spade', NOON),
  did('view', 'rake', NOON + 60),
  ...[599, 600, 659, 660].flatMap((later) => see(NOON + later, [], 'viewed', 'viewed-each')),
  told('impression', 'viewed', NOON + 660),
  told('impression', 'viewed-each', NOON + 600),
  ...see(NOON + 660, [], 'viewed', 'viewed-each'),
  did('cart_add', 'rake', NOON + 661),
  ...see(NOON + 1261, [], 'viewed', 'viewed-each', 'cart-idle'),
  did('view', 'spade', NOON + 1262),
  did('dismiss', 'spade', NOON + 1263),
  ...see(NOON + 2000, [], 'viewed', 'one-of-three'),
  about('The cart: left alone, and worth enough.'),
  ...[1560, 1561].flatMap((later) => see(NOON + later, [], 'cart-idle', 'cart-value')),
  did('cart_add', 'boots', NOON + 1600),
  ...see(NOON + 2500, [], 'cart-idle', 'cart-value'),
  ...see(NOON + 2500, ['cart', 'spade', 'cart', 'rake'], 'cart-idle', 'cart-value'),
  ...see(NOON + 2500, ['no-cart'], 'cart-idle', 'cart-value'),
  told('impression', 'cart-idle', NOON + 2500),
  ...see(NOON + 9000, [], 'cart-idle'),
  about('Signals of the page.'),
  ...see(NOON + 9000, ['scroll', 59, 'idle', 44, 'happened', 'zoomed'],
    'scroll', 'inactive', 'exit', 'no-results', 'event'),
  ...see(NOON + 9000, ['scroll', 60, 'idle', 45, 'exit', 'no-results', 'happened', 'zoomed', 'happened', 'filtered'],
    'scroll', 'inactive', 'exit', 'no-results', 'event', 'one-of-three'),
  about('Visits, and how long the shopper was away.'),
  ...[1, 2, 3, 4, 5, 6].flatMap((visit) => [
    did('view', 'spade', NOON + visit * visit * DAY),
    ...see(NOON + visit * visit * DAY + 1, [], 'third-visit', 'every-second-visit', 'return'),
  ]),
  about('What was sold out is back, and what was dear costs less.'),
  ...begin(),
  did('view', 'lamp', NOON),
  did('view', 'boots', NOON + 10),
  ...see(NOON + 20, [], 'back-in-stock', 'price-drop'),
  ['bundle', 'campaigns-later'],
  ...see(NOON + DAY, [], 'back-in-stock', 'price-drop'),
  did('view', 'boots', NOON + DAY),
  ...see(NOON + DAY + 1, [], 'back-in-stock', 'price-drop'),
  ['bundle', 'campaigns-cheaper'],
  ...see(NOON + DAY + 1, [], 'back-in-stock', 'price-drop'),
  did('purchase', 'lamp', NOON + DAY + 2),
  ...see(NOON + DAY + 3, [], 'back-in-stock', 'price-drop'),
  about('A clock that was set back by a day makes nothing fire early.'),
  ...begin(),
  did('view', 'spade', NOON),
  ...see(NOON - DAY, [], 'viewed', 'one-of-three'),
];

const COMPETING = ['popup', 'slide-in', 'free-popup', 'open-popup', 'quiz'];
const TESTED = ['plain-words', 'warm-words', 'layered', 'first-hash', 'thompson', 'greedy'];

const arbiter = () => [
  about('Everything there is, for somebody new, and for nobody.'),
  ...begin(),
  at(NOON),
  ['look'],
  ['no-profile'],
  ['look'],
  about('Dates, hours, offers.'),
  ...begin(),
  ...[3599, 3600, 7199, 7200].flatMap((later) => see(NOON + later, [], 'dated')),
  ...[-10801, -10800, 23399, 23400, 35999, 36000, 64799, 64800].flatMap((later) =>
    see(NOON + later, [], 'hours', 'night')),
  ['scene', NOON, 720],
  ['look-at', 'hours', 'night', 'popup'],
  ...see(NOON, [], 'coded', 'vouched', 'posted', 'set-of-two'),
  did('cart_add', 'spade', NOON),
  ...see(NOON, [], 'coded', 'posted'),
  ...see(NOON + DAY - 1, [], 'vouched'),
  ...see(NOON + DAY, [], 'vouched'),
  told('given', 'ten', NOON + 5),
  ...see(NOON + 5, [], 'coded'),
  told('redeemed', 'ten', NOON + 6),
  told('redeemed', 'post', NOON + 6),
  ...see(NOON + 6, [], 'coded', 'posted'),
  about('An expression that comes true.'),
  did('view', 'spade', NOON + 10),
  ...see(NOON + 10, [], 'for-fans'),
  did('view', 'rake', NOON + 11),
  ...see(NOON + 11, [], 'for-fans'),
  about('Pauses: after it was shown, dismissed, or something bought.'),
  ...begin(),
  told('impression', 'paused', NOON),
  ...[99, 100].flatMap((later) => see(NOON + later, [], 'paused')),
  told('campaign-dismiss', 'paused', NOON + 200),
  ...[1199, 1200].flatMap((later) => see(NOON + later, [], 'paused')),
  did('purchase', 'spade', NOON + 2000),
  ...[2499, 2500].flatMap((later) => see(NOON + later, [], 'paused')),
  ...see(NOON - DAY, [], 'paused'),
  about('Caps: once a session, twice a day, three times ever.'),
  ...begin(),
  ...[0, 2, 4, 30, 60].flatMap((hours) => [
    did('view', 'spade', NOON + hours * 3600),
    ...see(NOON + hours * 3600, [], 'capped'),
    told('impression', 'capped', NOON + hours * 3600),
    ...see(NOON + hours * 3600, [], 'capped'),
  ]),
  about('Set back by a day: the day is full, and the session goes on.'),
  ...begin(),
  did('view', 'spade', NOON),
  told('impression', 'capped', NOON),
  did('view', 'spade', NOON - DAY),
  ...see(NOON - DAY, [], 'capped'),
  about('A place has caps of its own, and those who share it take turns.'),
  ...begin(),
  ...[1, 2, 3].flatMap(() => [...see(NOON, [], 'shelf-a', 'shelf-b'), told('impression', 'shelf-a', NOON)]),
  ...[1, 2, 3, 4].flatMap((turn) => [
    ...see(NOON + turn, [], 'turn-a', 'turn-b', 'turn-c'),
    told('impression', ['turn-a', 'turn-b', 'turn-c', 'turn-a'][turn - 1], NOON + turn),
  ]),
  about('Items that there are not enough of.'),
  did('view', 'spade', NOON + 5),
  ...see(NOON + 5, [], 'with-items'),
  did('view', 'rake', NOON + 6),
  ...see(NOON + 6, [], 'with-items'),
  about('What interrupts: one at a time, with a gap, up to the ceiling, not at night, not after a purchase.'),
  ...begin(),
  did('view', 'spade', NOON),
  ...see(NOON, [], ...COMPETING),
  told('impression', 'popup', NOON),
  ...[119, 120].flatMap((later) => see(NOON + later, [], ...COMPETING)),
  told('impression', 'quiz', NOON + 120),
  ...see(NOON + 1000, [], ...COMPETING),
  did('view', 'spade', NOON + 4000),
  ...see(NOON + 4000, [], ...COMPETING),
  did('purchase', 'spade', NOON + 4001),
  ...[5800, 5801].flatMap((later) => see(NOON + later, [], ...COMPETING)),
  told('impression', 'slide-in', NOON + 5801),
  did('view', 'spade', NOON + 9000),
  ...see(NOON + 9000, [], ...COMPETING),
  ...[36000, 68399, 68400].flatMap((later) => see(NOON + later, [], ...COMPETING)),
  about('Groups, and places that the page does not have (numbers are those of the campaigns).'),
  ...see(NOON, [], 'group-a', 'group-b'),
  ...see(NOON, ['unplaced', 35, 'unplaced', 0], 'page', 'group-a', 'group-b'),
  about('What is showing stays in front.'),
  ...begin(),
  at(NOON),
  ['look', 'slide-in', 'turn-c', 'group-b', 'paused'],
  about('Experiments, for ten shoppers.'),
  ...Array.from({ length: 10 }, (_, i) => [
    ...begin('campaigns', (BigInt(i + 1) * 0x9e3779b97f4a7c15n % (1n << 64n)).toString(16).padStart(16, '0')),
    did('view', 'spade', NOON),
    ...see(NOON, [], 'page', ...TESTED),
  ]).flat(),
  about('Exposures are told once, of a bandit once a session; an arm that was seen holds.'),
  ...['wording\0plain', 'wording\0warm', 'thompson\0a', 'thompson\0b', 'greedy\0a', 'greedy\0b']
    .map((arm) => told('exposure', arm, NOON + 1)),
  ...see(NOON + 2, [], ...TESTED),
  told('win', 'thompson\0b', NOON + 3),
  ...[1, 2, 3].flatMap((day) => [
    did('view', 'spade', NOON + day * DAY),
    ...see(NOON + day * DAY, [], ...TESTED),
  ]),
  about('Forced arms.'),
  ...[0, 1, 2, 7].flatMap((arm) =>
    see(NOON + 4 * DAY, ['forced', 'wording', arm, 'forced', 'thompson', arm], ...TESTED)),
];

const ledger = () => [
  about('What every event leaves behind.'),
  ...begin(),
  ['seal-ledger'],
  ...[
    did('view', 'spade', NOON), did('view', 'not-in-the-shop', NOON + 1), did('click', 'lamp', NOON + 3),
    did('search', '-', NOON + 4), told('dwell', 'spade', NOON + 5, 40),
    told('dwell', '-', NOON + 6, 4294967295), did('purchase', 'spade', NOON + 7, 3),
    did('purchase', 'gone', NOON + 1807), did('purchase', 'rake', NOON + 3608, 0),
    did('purchase', 'rake', NOON - 9000), told('impression', 'popup', NOON + 3700),
    told('impression', 'page', NOON + 3701), told('impression', 'no such campaign', NOON + 3702),
    told('campaign-dismiss', 'popup', NOON + 3703), told('campaign-dismiss', 'popup', NOON + 10),
    told('campaign-click', 'quiz', NOON + 3704), told('given', 'ten', NOON + 3705), told('given', 'ten', NOON + 3706),
    told('redeemed', 'ten', NOON + 3707), told('exposure', 'wording\0plain', NOON + 3708),
    told('exposure', 'wording\0plain', NOON + 3709), told('win', 'wording\0plain', NOON + 3710),
    told('win', 'wording\0plain', NOON + 3711), told('win', 'wording\0warm', NOON + 3712),
    told('exposure', 'thompson\0a', NOON + 3713), told('answer', 'size\0small', NOON + 3714),
    told('answer', 'size', NOON + 3715), told('unanswer', 'size', NOON + 3716), told('impression', '-', NOON),
    did('view', 'boots', NOON + DAY), told('impression', 'popup', NOON + DAY),
    told('exposure', 'thompson\0a', NOON + DAY), did('view', 'boots', NOON - DAY),
    told('impression', 'popup', NOON - DAY), told('impression', 'popup', NOON - 2 * DAY),
    told('dwell', 'boots', NOON - DAY, 7), did('view', 'spade', NOON + 31 * DAY), told('impression', 'page', 0),
    told('redeemed', 'vip', 0),
  ].flatMap((one) => [one, ['seal-ledger']]),
  about('Full tables.'),
  ...Array.from({ length: 300 }, (_, i) => told('impression', `stranger ${i}`, NOON + 40 * DAY + (i * 7) % 300)),
  ['seal-ledger'],
  ...['page', 'quiz', 'popup'].map((name) => told('impression', name, NOON + 40 * DAY)),
  ...Array.from({ length: 40 }, (_, i) => told('answer', `question ${i}`, NOON + 40 * DAY - (i % 3))),
  ...Array.from({ length: 40 }, (_, i) => told('redeemed', `offer ${i}`, NOON + 40 * DAY - (i % 5))),
  ...Array.from({ length: 70 }, (_, i) => told('exposure', `arm ${i}`, NOON + 40 * DAY + (i % 9))),
  ['seal-ledger'],
  about('Counts at their top.'),
  ...Array.from({ length: 260 }, () => told('impression', 'capped', NOON + 41 * DAY)),
  ...Array.from({ length: 260 }, () => told('campaign-click', 'capped', NOON + 41 * DAY)),
  ['seal-ledger'],
  about('A ledger made for a profile that has bought already, on two days.'),
  ['profile', SEED, NOON],
  did('purchase', 'spade', NOON, 2), did('purchase', 'boots', NOON + 10), did('purchase', 'rake', NOON + DAY),
  did('purchase', 'gone', NOON + DAY + 1),
  ['new-ledger', 60],
  ['seal-ledger'],
];

const FILES = { triggers, arbiter, ledger };

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const lines = FILES[process.argv[2]]().map((words) => (words[0].startsWith('#') ? words[0] : lineOf(words)));
  const script = `${lines.join('\n')}\n`;
  process.stdout.write(runScript(script, openReferenceHost(), GOLDEN));
}
