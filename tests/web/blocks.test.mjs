/**
 * blocks.test.mjs - what blocks say: messages, and the units of a countdown
 *
 * How they are drawn and behave is in tests/browser/block*.test.mjs.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { fillMessage } from '../../web/blocks/message.js';
import { TEXTS as GERMAN } from '../../web/blocks/texts-de.js';
import { TEXTS as ENGLISH } from '../../web/blocks/texts-en.js';
import { unitsOf } from '../../web/blocks/ticking.js';

const fill = (text, values = {}, locale = 'en') => fillMessage(text, values, locale);

test('variables, and braces that are meant', () => {
  assert.equal(fill('nothing to fill'), 'nothing to fill');
  assert.equal(fill('{title} for {price}', { title: 'A mug', price: '€9.00' }), 'A mug for €9.00');
  assert.equal(fill('{ title }!', { title: 'A mug' }), 'A mug!');
  assert.equal(fill('{answer:what-table}', { 'answer:what-table': 'rustic' }), 'rustic');
  assert.equal(fill('{answer:Wie groß?}!', { 'answer:Wie groß?': 'klein' }), 'klein!');
  assert.equal(fill('{answer:Which size? }', { 'answer:Which size?': 'L' }), 'L');
  assert.equal(fill('{{title}} {{{title}}}', { title: 'x' }), '{title} {x}');
  assert.equal(fill('# 1 and {n}', { n: 1234567 }), '# 1 and 1,234,567');
  assert.equal(fill('{n}', { n: 1234567 }, 'de'), '1.234.567');
  assert.equal(fill('don’t and don\'t, {n}', { n: 0 }), 'don’t and don\'t, 0');
});

test('what is not there says nothing, and null leaves nothing to say', () => {
  assert.equal(fill('a{nobody}b'), 'ab');
  assert.equal(fill('{views} looked', { views: null }), '');
  assert.equal(fill('{n, plural, one {{views}} other {many}}', { n: 2, views: null }), 'many', 'not in this form');
  assert.equal(fill('{n, plural, one {{views}} other {many}}', { n: 1, views: null }), '');
  assert.equal(fill('{n, plural, one {a} other {b}}', { n: null }), '');
  for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
    assert.equal(fill(`[{${name}}]`), name === '__proto__' ? '[{__proto__}]' : '[]');
  }
});

test('plurals by the rules of the locale', () => {
  const things = '{count, plural, =0 {nothing} one {# thing} other {# things}}';
  assert.deepEqual([0, 1, 2, 1000].map((count) => fill(things, { count })),
    ['nothing', '1 thing', '2 things', '1,000 things']);
  const polish = '{n, plural, one {# kubek} few {# kubki} many {# kubków} other {# kubka}}';
  assert.deepEqual([1, 3, 5, 22, 1.5].map((n) => fill(polish, { n }, 'pl')),
    ['1 kubek', '3 kubki', '5 kubków', '22 kubki', '1,5 kubka']);
  const arabic = '{n, plural, zero {z} one {o} two {t} few {f} many {m} other {x}}';
  assert.deepEqual([0, 1, 2, 5, 11, 100].map((n) => fill(arabic, { n }, 'ar')), ['z', 'o', 't', 'f', 'm', 'x']);
  assert.equal(fill(things, { count: '2' }), '2 things');
  assert.equal(fill(things, { count: 'many' }), 'many things', 'what is no number takes the last form');
  assert.equal(fill('{n, plural, one {{title}} other {# × {title}}}', { n: 3, title: 'mug' }), '3 × mug');
  assert.equal(fill('{a, plural, other {{b, plural, =2 {#} other {-}} #}}', { a: 7, b: 2 }), '2 7');
});

test('money is a number with its own way of writing it', () => {
  const text = '{missing, plural, =0 {We pay the postage.} other {{missing} more and we pay the postage.}}';
  assert.equal(fill(text, { missing: { number: 0, text: '€0.00' } }), 'We pay the postage.');
  assert.equal(fill(text, { missing: { number: 1850, text: '€18.50' } }), '€18.50 more and we pay the postage.');
});

test('what is no message is shown as it was written', () => {
  for (const text of ['{', '}', 'a {title', 'a } b', '{}', '{1}', '{a b}', '{a, select, x {y}}', '{n, plural}',
    '{n, plural,}', '{n, plural, one {x}}', '{n, plural, other {x}', '{n, plural, other x}', '{n, plural, odd {x} other {y}}',
    '<b>{</b>', '{n, plural, other {}', '{{{', '}}}']) {
    assert.equal(fill(text, { n: 1, title: 'x' }), text, text);
  }
});

test('hostile texts end soon and do nothing', () => {
  const began = performance.now();
  for (const deep of ['{', '{n, plural, other {', '{{', '}', '{n', '{n,plural,one{', '{n,']) {
    const text = deep.repeat(10000);
    const said = fill(text, { n: 1 });
    assert.ok(said === text || /^[{}]{5000,10000}$/.test(said), deep);
  }
  const nested = `${'{n, plural, other {'.repeat(10000)}x${'}}'.repeat(10000)}`;
  assert.equal(fill(nested, { n: 1 }), nested);
  assert.equal(fill(`${'{n, plural, other {'.repeat(8)}x${'}}'.repeat(8)}`, { n: 1 }), 'x');
  assert.equal(fill('{n}'.repeat(50000), { n: '<b>' }), '<b>'.repeat(50000), 'no markup is made of it');
  assert.equal(fill(`{${' '.repeat(100000)}`), `{${' '.repeat(100000)}`);
  assert.equal(fill(`{n, plural, ${' '.repeat(100000)}`, { n: 1 }).length, 100012);
  assert.ok(performance.now() - began < 20000);
  assert.equal(fill('{n}', { n: 1 }, 'not a locale!'), '1');
  assert.equal(fill('{n, plural, one {a} other {b}}', { n: 1 }, ''), 'a');
});

test('a countdown has two units or more, and seconds on the last day alone', () => {
  const said = (left_s, calm = false) => unitsOf(left_s, calm).map(([unit, n]) => `${n} ${unit}`).join(' ');
  assert.equal(said(2 * 86400 + 3 * 3600 + 240), '2 day 3 hour 4 minute');
  assert.equal(said(86400), '1 day 0 hour 0 minute');
  assert.equal(said(86399), '23 hour 59 minute 59 second');
  assert.equal(said(3600), '1 hour 0 minute 0 second');
  assert.equal(said(59), '0 minute 59 second');
  assert.equal(said(1), '0 minute 1 second');
  assert.equal(said(59, true), '1 minute', 'rounded up: it is not over yet');
  assert.equal(said(3601, true), '1 hour 1 minute');
  assert.equal(said(90 * 86400, true), '90 day 0 hour 0 minute');
});

test('both languages say the same things', () => {
  assert.deepEqual(Object.keys(GERMAN), Object.keys(ENGLISH));
  for (const [name, text] of Object.entries(ENGLISH)) {
    const holes = (one) => (String(one).match(/\{\w+\}/g) ?? []).sort();
    assert.deepEqual(holes(GERMAN[name]), holes(text), name);
  }
});
