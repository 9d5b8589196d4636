/**
 * expressions.mjs - makes tests/vectors/expressions.txt
 *
 *     node tests/vectors/expressions.mjs > tests/vectors/expressions.txt
 *
 * Every operator, fact and function of EXPRESSIONS.md, asked of a handful of shoppers. Of what is a
 * number the reference is asked first what it comes to, and the program written down says just that:
 * `count(...) == 3`; of what is nothing, that it does not even equal itself. The answers in the file
 * are the reference's; every other host has to agree.
 */
import { fileURLToPath } from 'node:url';

import { gardenPool } from '../golden/plan.mjs';
import { NUMBERS, TRUTHS } from '../reference/expression_check.mjs';
import { KINDS, programCode, showTree } from '../reference/write_expressions.mjs';
import { openReferenceHost } from './host_reference.mjs';
import { runScript } from './script.mjs';
import { lineOf } from './words.mjs';

const GOLDEN = process.env.GOLDEN ?? fileURLToPath(new URL('../golden', import.meta.url));
const NOW = 1700000000;
const DAY = 86400;
const ONE = 10000;

const fact = (name) => ({ fact: name });
const count = (name, kinds, more = {}) => ({ count: name, kinds: [kinds].flat(), ...more });

/* ---- Shoppers: the commands that make them ------------------------------------------------------ */

const event = (kind, about, ago_s, quantity = 1) => ['event', kind, about, NOW - ago_s, quantity];

const NOBODY = [['no-profile'], ['scene', NOW, 0]];

const BEGINNER = [
  ['profile', '0000000000000001', NOW - 60],
  event('view', '-', 60),
  event('view', 'spade', 50),
  event('click', 'hoe', 30),
  ['scene', NOW, 60, 'path', '/garden/tools/spade', 'type', 'product', 'device', 'phone', 'touch',
    'language', 'de-AT', 'timezone', 'Europe/Berlin', 'referrer', 'search', 'page', 'spade', 'active', 12,
    'session-active', 20, 'idle', 3, 'scroll', 55, 'query', '?utm_source=news+letter&ref=Gie%C3%9fkanne&size'],
];

const REGULAR = [
  ['profile', 'fedcba9876543210', NOW - 100 * DAY],
  ...[90, 70, 45, 31, 30].map((days) => event('view', 'boots', days * DAY)),
  event('view', 'lamp', 30 * DAY - 60),
  event('cart_add', 'lamp', 30 * DAY - 90, 2),
  event('purchase', 'lamp', 30 * DAY - 200, 2),
  event('search', '-', 8 * DAY),
  event('category_view', 'Garden > Tools', 8 * DAY - 10),
  event('category_view', 'Not > There', 8 * DAY - 20),
  event('view', 'gone', 8 * DAY - 30),
  event('view', 'unheard-of', 8 * DAY - 35),
  event('wishlist', 'tomato', 8 * DAY - 40),
  event('view', 'tomato', 3 * DAY),
  event('view', 'spade', 2 * DAY),
  event('view', 'rake', 2 * DAY - 5),
  event('dismiss', 'rake', 2 * DAY - 6),
  event('view', 'spade', 400, 0),
  event('cart_add', 'spade', 300, 3),
  event('cart_add', 'basil', 200),
  event('cart_remove', 'spade', 150, 1),
  event('checkout', '-', 120),
  event('view', 'pot', 100),
  event('view', 'spade', 20),
  ['ledger', 'orders', 3, 7250, NOW - 30 * DAY + 200, 'active', NOW - 400, 77, 'shown', 'spring', 4,
    'answered', 'size', 'answered', 'size\0small'],
  ['scene', NOW, -480, 'path', '/garden', 'type', 'tools', 'device', 'desktop', 'language', 'en',
    'timezone', 'America/Argentina/Salta', 'referrer', 'mail', 'category', 'Garden > Tools', 'active', 5,
    'session-active', 6, 'scroll', 100, 'text', 'tier', 'gold', 'number', 'points', 1234567, 'truth', 'staff', 1,
    'number', 'tier', 5],
];

const GIVEN_CART = [
  ['scene', NOW + 30, -480, 'cart', 'spade', 'cart', 'pot', 'cart', 'pot', 'cart', 'gone', 'page', 'lamp',
    'category', 'Garden', 'timezone', 'UTC'],
];

/** The clock goes back by a year, and something is done there. */
const SET_BACK = [
  event('view', 'hoe', 365 * DAY),
  ['scene', NOW - 365 * DAY + 5, 0, 'page', 'hoe', 'no-cart'],
];

const LOST = [
  ['profile', '0000000000000002', NOW - 200 * DAY],
  ...[200, 190, 180, 170].map((days) => event('view', 'boots', days * DAY)),
  event('view', 'boots', 0),
  ['ledger', 'orders', 1, 30000, NOW - 170 * DAY],
  ['scene', NOW, 840],
];

/** Visits every other week, and then none for seven. */
const AT_RISK = [
  ['profile', '0000000000000003', NOW - 90 * DAY],
  ...[90, 85, 80, 50].map((days) => event('view', 'boots', days * DAY)),
  event('view', 'boots', 0),
  ['scene', NOW, 0],
];

/** All of before is older than the shop remembers. */
const FORGOTTEN = [
  ['profile', '0000000000000004', NOW - 800 * DAY],
  ...[800, 790].map((days) => event('view', 'boots', days * DAY)),
  event('view', 'boots', 20),
  ['scene', NOW, 0],
];

/* ---- What is asked ------------------------------------------------------------------------------ */

const numberFacts = NUMBERS.map(fact);
const functions = [
  ...['count', 'pieces', 'items', 'days', 'since', 'most'].flatMap((name) => [
    count(name, 'view'),
    count(name, 'any'),
    count(name, 'purchase'),
    count(name, ['cart_add', 'cart_remove'], { within: 10 * DAY }),
    count(name, 'view', { category: 'Garden' }),
    count(name, 'view', { brand: 'Acme', within: 2 * DAY }),
  ]),
  ...KINDS.map((kind) => count('count', kind)),
  ...[{ item: 'spade' }, { item: 'gone' }, { item: 'not-in-the-shop' }, { category: 'Garden > Tools' },
    { category: 'Home' }, { category: 'Not > There' }, { brand: 'Bloom' }, { brand: 'Nobody' }, { here: true },
    { on_sale: true }, { under: 1000 }, { from: 1000 }, { from: 500, under: 2000 }, { within: 20 }, { within: 19 },
    { within: 4294967295 }, { session: true }, { session: true, within: 60 },
    { category: 'Garden', brand: 'Acme' }, { item: 'spade', brand: 'Bloom' },
    { item: 'spade', here: true, on_sale: true, under: 9000, from: 1, within: DAY, session: true }]
    .map((more) => count('count', 'any', more)),
  ...[{ category: 'Garden' }, { category: 'Garden > Tools' }, { category: 'Home' },
    { category: 'Not > There' }, { brand: 'Acme' }, { brand: 'Bloom' }, { brand: 'Nobody' }]
    .map((named) => ({ interest: named })),
  { seen: 'spring' },
  { seen: 'summer' },
  { account: 'points', type: 'N' },
  { account: 'staff', type: 'N' },
];

const keyed = [{ item: 'spade' }, { item: 'gone' }, { item: 'not-in-the-shop' }, { category: 'Garden' },
  { category: 'Garden > Tools' }, { category: 'Home' }, { category: 'Not > There' }, { brand: 'Acme' },
  { brand: 'Nobody' }];
const TEXT_CASES = [
  ['page.path', '/garden'], ['page.path', '/garden/tools'], ['page.type', 'product'], ['page.type', 'tools'],
  ['page.type', ''], ['rfm', 'champion'], ['rfm', 'lost'], ['rfm', ''], ['lifecycle', 'new'],
  ['lifecycle', 'loyal'], ['lifecycle', 'at-risk'], ['lifecycle', 'lost'], ['lifecycle', 'active'], ['cluster', ''],
  ['device', 'phone'], ['device', 'desktop'], ['language', 'de'], ['region', 'Europe'], ['timezone', 'Europe/Berlin'],
  ['referrer', 'search'], ['referrer', 'mail'], ['weekday', 'mon'], ['weekday', 'sun'],
];
const truths = [
  ...TRUTHS.map(fact),
  ...TEXT_CASES.flatMap(([name, text]) => [['==', fact(name), text], ['!=', fact(name), text]]),
  ...['starts', 'ends', 'contains'].flatMap((op) =>
    ['/garden', 'tools', 'e', ''].map((text) => [op, fact('page.path'), text])),
  ['in', fact('device'), ['phone', 'tablet']],
  ['==', { query: 'utm_source' }, 'news letter'],
  ['==', { query: 'ref' }, 'Gießkanne'],
  ['==', { query: 'size' }, ''],
  ['!=', { query: 'tier' }, ''],
  ['==', { account: 'tier', type: 'T' }, 'gold'],
  ['!=', { account: 'size', type: 'T' }, 'gold'],
  { account: 'staff', type: 'B' },
  { account: 'tier', type: 'B' },
  { answered: 'size' },
  { answered: 'size\0small' },
  { answered: 'tier' },
  ...keyed.flatMap((named) => [{ in_cart: named }, { page_is: named }]),
];

/** Operators: what they make of numbers, and of nothing. */
const nothing = ['/', 1, 0];
const least = ['*', -2000000000, 2000000000];
const arithmetic = [
  ['+', 1.5, 2.25], ['-', 1.5, 2.25], ['*', 1.5, -2.5], ['*', 0.01, 0.01], ['*', -0.01, 0.0099], ['/', 1, 3],
  ['/', -1, 3], ['/', 2, -3], ['%', 7.5, 2], ['%', -7.5, 2], ['%', 7.5, -2], ['negate', 3.5], ['floor', 1.9999],
  ['floor', -0.0001], ['floor', -2], ['round', 1.4999], ['round', 1.5], ['round', -1.5], ['round', -1.4999],
  ['min', 3, -4], ['max', 3, -4], ['%', 1, 0], nothing, ['min', nothing, 1], ['max', 1, nothing], ['negate', nothing],
  ['+', nothing, 1], ['floor', nothing], least, ['negate', least], ['-', least, 1], ['*', least, least],
  ['floor', least], ['round', ['negate', least]], ['/', 1, 0.0001], ['/', ['negate', least], 0.0001],
];
const COMPARISONS = ['==', '!=', '<', '<=', '>', '>='];
const operators = [
  ...COMPARISONS.flatMap((op) => [[op, 1, 2], [op, 2, 2], [op, 2, 1], [op, nothing, 1], [op, nothing, nothing]]),
  ['in', 2.5, [1, 2.5]], ['in', -2, [1, -2]], ['in', 3, [1, 2]], ['in', nothing, [0]],
  ['in', fact('page.path'), ['/garden', '']],
  ...['==', '!='].flatMap((op) => [[op, true, true], [op, true, false], [op, false, false]]),
  ['not', true], ['not', false],
  ...['and', 'or'].flatMap((op) => [[op, true, true], [op, true, false], [op, false, true], [op, false, false]]),
  ['or', ['and', false, ['==', nothing, 1]], ['not', ['or', false, false]]],
  ...[0, 2, 5, 7].map((number) => ({ segment: number })),
];

const UNSOUND = ['', '00', '03', '030300', '0200', '50', '0300' + '00', '5000', '020050', '05000200', '30', '1a0a00',
  '133c00', '101a00', '110b00', '120500', '190000', '2001000', '20000000', '2000040000', '20010080000000',
  '024600', '0346010000', '020046410000', '035100', '03510500', '0351011200505000', '035202030' + '34e00', '0280000000',
  '02808080801000', '0600', 'ff00', '03'.repeat(33) + '4e'.repeat(32) + '00', '03'.repeat(32) + '4e'.repeat(31) + '00']
  .map((hex) => hex.slice(0, hex.length - (hex.length % 2)));

/* ---- Writing it down ----------------------------------------------------------------------------- */

const pool = gardenPool();
const known = [pool.strings.length, pool.keys.length];
const host = openReferenceHost();
const lines = [];

function say(command) {
  lines.push(lineOf(command));
  runScript(`${lineOf(command)}\n`, host, GOLDEN);
}

function ask(tree) {
  const code = Uint8Array.from(programCode(pool, tree));
  if (pool.strings.length !== known[0] || pool.keys.length !== known[1])
    throw new Error(`not in the plan: ${showTree(tree)}`);
  lines.push(`# ${showTree(tree)}`, `program ${Buffer.from(code).toString('hex')}`);
}

const holds = (tree) => host.program(Uint8Array.from(programCode(pool, tree))) === true;

/** A number of ten-thousandths as a tree that programs can hold. */
function literal(value) {
  const whole = Math.trunc(value / ONE);
  const rest = (value - whole * ONE) / ONE;
  const all = Math.abs(whole) < 2 ** 31 ? whole : ['*', 65536, Math.trunc(whole / 65536)];
  if (all !== whole && whole % 65536 !== 0) return literalSum(all, whole % 65536, rest);
  return rest === 0 ? all : ['+', all, rest];
}
const literalSum = (all, more, rest) => ['+', ['+', all, more], rest];

/** What the reference says a number comes to, found by halving; null for nothing. */
function valueOf(tree) {
  if (!holds(['==', tree, tree])) return null;
  let low = -(2 ** 46);
  let high = 2 ** 46;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (holds(['<=', tree, literal(middle)])) high = middle;
    else low = middle + 1;
  }
  return low;
}

function askNumber(tree) {
  const value = valueOf(tree);
  ask(['==', tree, value === null ? tree : literal(value)]);
}

function askAll(what, shopper, { numbers = numberFacts.concat(functions), others = truths } = {}) {
  lines.push('', `# ${what}`);
  shopper.forEach(say);
  numbers.forEach(askNumber);
  others.forEach(ask);
  lines.push('segments');
}

lines.push('# Expressions: made by expressions.mjs; the answers are the reference\'s.', '');
say(['bundle', 'plan']);
askAll('Nobody: there is no profile.', NOBODY, { numbers: numberFacts.concat(functions, arithmetic), others: truths.concat(operators) });
askAll('A first visit.', BEGINNER);
askAll('Somebody who comes and buys, with a cart, a ledger and an account.', REGULAR);
askAll('The same shopper, where the page knows the cart.', GIVEN_CART);
askAll('The same shopper, whose clock was set back by a year.', SET_BACK, { numbers: numberFacts.concat(functions.slice(0, 60)) });
askAll('Somebody who has not been here for half a year.', LOST, { others: truths.slice(0, 60) });
askAll('Somebody who comes less often than they did.', AT_RISK, { numbers: numberFacts, others: truths.slice(0, 60) });
askAll('Somebody who was away for longer than is remembered.', FORGOTTEN,
  { numbers: numberFacts, others: truths.slice(0, 60) });
lines.push('', '# Programs that are not sound, and how deep a stack may be.');
UNSOUND.filter(Boolean).forEach((hex) => lines.push(`program ${hex}`));
process.stdout.write(runScript(`${lines.join('\n')}\n`, openReferenceHost(), GOLDEN));
