/**
 * random_expressions.mjs - expressions that nobody would write, about shoppers that nobody is
 *
 * From a seed: a pool of strings and keys, segments, and a script in which a shopper of random.mjs does
 * things, and programs are asked about it, now and then with bytes changed.
 */
import { NUMBERS, TEXTS, TRUTHS } from '../reference/expression_check.mjs';
import { u32 } from '../reference/write.mjs';
import { KINDS, planSections, Pool, programCode } from '../reference/write_expressions.mjs';
import { dice } from './random.mjs';
import { lineOf } from './words.mjs';

const ARITHMETIC = ['+', '-', '*', '/', '%', 'min', 'max'];
const COMPARISONS = ['==', '!=', '<', '<=', '>', '>='];
const COUNTS = ['count', 'pieces', 'items', 'days', 'since', 'most'];
const WORDS = ['', 'a', 'phone', 'desktop', '/a/b', 'b', 'new', 'lost', 'loyal', 'champion', 'mon', 'Europe', 'x y',
  'Bär', 'q', 'size\0a', '0', '1', 'none'];
const START = 1000000;

/** Trees of a type, over a pool's words and a shop's names. */
function growing({ roll, pick, once_in }, { ids, categories }, segments) {
  const named = () => pick([
    { item: pick([...ids.slice(0, 8), 'unheard-of']) },
    { category: pick([...categories, 'nowhere']) },
    { brand: pick(['b0', 'b1', 'b5', 'nobody']) },
  ]);
  const span = () => pick([0, 30, 61, 600, 20000, 4294967295]);
  const count = () => {
    const more = {};
    if (once_in(2)) Object.assign(more, named());
    if (once_in(5)) Object.assign(more, named());
    if (once_in(6)) more.here = true;
    if (once_in(8)) more.on_sale = true;
    if (once_in(6)) more.under = pick([0, 5, 1500, 4294967295]);
    if (once_in(6)) more.from = pick([0, 5, 1500, 4294967295]);
    if (once_in(2)) more.within = span();
    if (once_in(5)) more.session = true;
    return { count: pick(COUNTS), kinds: pick([['any'], ['view'], [pick(KINDS)], [pick(KINDS), pick(KINDS)]]), ...more };
  };
  const word = () => pick(WORDS);
  const leaf = {
    N: () => pick([
      () => pick([0, 1, 2, 3, 10, -1, 0.5, 0.0001, -2.75, 2000000000, -2000000000]),
      () => ({ fact: pick(NUMBERS) }),
      () => ({ fact: pick(NUMBERS) }),
      count,
      count,
      () => ({ interest: pick([{ category: pick(categories) }, { brand: pick(['b0', 'b1', 'nobody']) }]) }),
      () => ({ seen: word() }),
      () => ({ account: word(), type: 'N' }),
    ])(),
    T: () => pick([word, () => ({ fact: pick(TEXTS) }), () => ({ fact: pick(TEXTS) }), () => ({ query: word() }),
      () => ({ account: word(), type: 'T' })])(),
    B: () => pick([
      () => once_in(2),
      () => ({ fact: pick(TRUTHS) }),
      () => ({ in_cart: named() }),
      () => ({ page_is: named() }),
      () => ({ answered: word() }),
      () => ({ account: word(), type: 'B' }),
      () => (segments() > 0 ? { segment: roll(segments()) } : true),
    ])(),
  };
  const grow = (type, depth) => {
    if (depth === 0 || type === 'T' || once_in(5)) return leaf[type]();
    const next = (one) => grow(one, depth - 1);
    if (type === 'N') {
      return once_in(4) ? [pick(['negate', 'floor', 'round']), next('N')]
        : [pick(ARITHMETIC), next('N'), next('N')];
    }
    return pick([
      () => [pick(COMPARISONS), next('N'), next('N')],
      () => [pick(COMPARISONS), next('N'), leaf.N()],
      () => [pick(['==', '!=', 'starts', 'ends', 'contains']), next('T'), next('T')],
      () => ['in', next('N'), [0, 1, pick([2, 2.5, -1])]],
      () => ['in', next('T'), [word(), word()]],
      () => ['not', next('B')],
      () => [pick(['==', '!=']), next('B'), next('B')],
      () => [pick(['and', 'or']), next('B'), next('B')],
      () => [pick(['and', 'or']), next('B'), next('B')],
    ])();
  };
  return grow;
}

/** What a random bundle needs to be asked: its sections, and how to grow programs. */
export function randomPlan(seed, names) {
  const all = dice(seed + 31337);
  const pool = new Pool();
  WORDS.forEach((word) => pool.string(word));
  [...names.ids.slice(0, 8), 'unheard-of'].forEach((item) => pool.key({ item }));
  [...names.categories, 'nowhere'].forEach((category) => pool.key({ category }));
  ['b0', 'b1', 'b5', 'nobody'].forEach((brand) => pool.key({ brand }));
  const segments = [];
  const grow = growing(all, names, () => segments.length);
  while (segments.length < 8) {
    const program = programCode(pool, grow('B', 3));
    segments.push([`segment ${segments.length}`, program]);
  }
  const { roll, pick, once_in } = all;
  const pair = (values) => values.sort((a, b) => a - b).flatMap(u32);
  const rules = [
    once_in(2) && [7, pair([roll(100), roll(100000)])],
    once_in(2) && [8, pick(['families\0', '\0b\0', 'a\0b\0c\0d\0'])],
    once_in(2) && [12, pair([roll(1000), roll(100000)])],
    once_in(2) && [13, pair([roll(4), roll(8)])],
    once_in(2) && [14, u32(pick([0, 86400 * roll(400), 4294967295]))],
  ].filter(Boolean);
  return { sections: planSections(pool, { rules, segments }), pool, grow, dice: all };
}

const KIND_WORDS = KINDS.map((kind) => [kind, kind === 'search' || kind === 'checkout']);

function spoiled({ roll, once_in }, program) {
  const bytes = [...program];
  const at = roll(bytes.length);
  if (once_in(3)) bytes.splice(at, 1);
  else if (once_in(2)) bytes.splice(at, 0, roll(83));
  else bytes[at] = roll(once_in(2) ? 256 : 83);
  return bytes;
}

export function randomQuestions({ pool, grow, dice: all }, { ids, categories }, count) {
  const { roll, pick, once_in } = all;
  const lines = ['bundle random'];
  const say = (...words) => lines.push(lineOf(words));
  let now = START;
  const favourites = ids.slice(0, 6);
  say('profile', '0123456789abcdef', now);
  const doSomething = () => {
    const [kind, bare] = pick(KIND_WORDS);
    const about = bare || once_in(20) ? '-' : kind === 'category_view' ? pick([...categories, 'nowhere'])
      : once_in(15) ? 'unheard-of' : pick(once_in(2) ? favourites : ids);
    now += pick([0, 1, 30, 61, 500, once_in(6) ? 20001 : 3, once_in(40) ? -3000 : 9, once_in(30) ? 8000000 : 2]);
    say('event', kind, about, now, pick([0, 1, 1, 2, 70000]));
  };
  const moment = () => {
    const words = [];
    const maybe = (chance, ...more) => once_in(chance) && words.push(...more);
    maybe(2, 'path', pick(['/a/b', '/', 'p'.repeat(300)]));
    maybe(2, 'query', pick(['?a=b', 'q=x+y&a', '?q=%42%c3%A4r&size', `?${'&'.repeat(2046)}a=1`,
      `?${Array.from({ length: 40 }, (_, i) => `p${i}`).join('&')}&a=1`, '?a=%&b=%4&%61=b']));
    maybe(3, 'type', pick(['a', 'b']));
    maybe(2, 'device', pick(['phone', 'desktop']));
    maybe(3, 'language', pick(['a-b', 'de']));
    maybe(3, 'timezone', pick(['Europe/Paris', 'UTC', '/']));
    maybe(3, 'referrer', 'none');
    maybe(3, 'category', pick([...categories, 'nowhere']));
    maybe(2, 'touch');
    for (let i = roll(3); i > 0; i--) words.push('page', pick(favourites));
    if (once_in(3)) for (let i = roll(4); i > 0; i--) words.push('cart', pick(favourites));
    else maybe(6, 'no-cart');
    maybe(2, 'active', roll(100), 'session-active', roll(5000), 'idle', roll(40), 'scroll', roll(130));
    maybe(3, 'number', pick(WORDS), roll(100000) - 50000, 'text', pick(WORDS), pick(WORDS));
    maybe(3, 'truth', pick(WORDS), roll(2), 'number', 'a', '99999999999999999');
    say('scene', Math.max(0, now + pick([0, 1, 100, -50, 86400, 5000000, -90000])),
      pick([0, 60, -480, 840, -720]), ...words);
  };
  const remember = () => {
    const words = [];
    if (once_in(2)) words.push('orders', roll(6), roll(200000), Math.max(0, now - roll(200000)));
    if (once_in(2)) words.push('active', now - roll(3) * 30, roll(5000));
    const shown = new Set(Array.from({ length: roll(3) }, () => pick(WORDS)));
    shown.forEach((name) => words.push('shown', name, roll(65536)));
    if (once_in(2)) words.push('answered', pick(WORDS));
    say('ledger', ...words);
  };
  for (let i = roll(once_in(3) ? 300 : 40); i > 0; i--) doSomething();
  moment();
  for (let i = 0; i < count; i++) {
    if (once_in(4)) doSomething();
    if (once_in(12)) remember();
    if (once_in(6)) moment();
    if (once_in(25)) lines.push('segments');
    if (once_in(150)) lines.push('no-profile');
    if (once_in(100)) say('profile', 'ffffffffffffffff', now);
    const program = programCode(pool, grow('B', 1 + roll(4)));
    if (program.length <= 2048)
      say('program', Buffer.from(once_in(4) ? spoiled(all, program) : program).toString('hex'));
  }
  return `${lines.join('\n')}\n`;
}
