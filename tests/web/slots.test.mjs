/**
 * slots.test.mjs - the shop's content, ours, and the way back
 */
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import { fillTemplate } from '../../web/bind.js';
import { openSlots } from '../../web/slots.js';
import { closeDocument, h, markup, openDocument } from './support/dom.mjs';

const item = (id, more = {}) => ({
  id, title: `Title ${id}`, url: `/p/${id}`, image: '', price: 100, priceText: '€1.00', listPrice: null,
  listPriceText: '', category: '', brand: '', inStock: true, attributes: { colour: 'red' }, score: 1,
  strategy: 'similar', reasons: [{ kind: 'viewed', about: 'x', title: 'X', points: 1, text: 'Because' }],
  ...more,
});
const decision = (slot, ...ids) => ({ slot, heading: '', items: ids.map((id) => item(id)) });
const template = () => h('template', {}, h('b', { 'data-sotto': 'text:id' }));
const shown = (element) => markup(element).replace(/ data-sotto="[^"]*"/g, '');

let slots;
afterEach(() => {
  slots?.stop();
  slots = undefined;
  closeDocument();
});

/** Slots on a page whose decisions are in `answers`; `told` and `heard` fill up. */
function open(document, answers) {
  const told = [];
  const heard = [];
  slots = openSlots({
    decide: (slot) => answers[slot] ?? decision(slot),
    decided: (one) => heard.push(one.items.map(({ id }) => id).join()),
    report: (error) => told.push(error),
  });
  return { told, heard };
}

test('a slot is filled from its template, in the place of the shop\'s content', () => {
  const document = openDocument();
  const own = h('p', {}, 'own');
  const slot = h('sotto-slot', { name: 'x' }, template(), own, 'text');
  document.body.append(slot);
  const answers = { x: decision('x', '1', '2') };
  const { told, heard } = open(document, answers);
  assert.equal(shown(slot), '<sotto-slot name="x" state="sotto"><template></template><b>1</b><b>2</b></sotto-slot>');
  assert.equal(slot.state, 'sotto');
  assert.equal(slot.decision, answers.x);
  assert.deepEqual(heard, ['1,2']);

  const [first] = slot.querySelectorAll('b');
  slots.fill();
  assert.equal(slot.querySelectorAll('b')[0], first, 'the same decision is not drawn again');
  answers.x = decision('x', '3');
  slots.fill();
  assert.match(shown(slot), /<b>3<\/b>/);
  answers.x = decision('x');
  slots.fill();
  assert.equal(shown(slot), '<sotto-slot name="x" state="shop"><template></template><p>own</p>text</sotto-slot>');
  assert.equal(slot.querySelector('p'), own, 'the very same node');
  assert.equal(slot.decision, null);
  assert.deepEqual(heard, ['1,2', '3', '']);
  assert.deepEqual(told, []);
});

test('heading and items have their own places if the shop gives them some', () => {
  const document = openDocument();
  const slot = h('sotto-slot', { name: 'x' },
    h('h2', { 'data-sotto-heading': '' }, 'Popular'),
    h('ul', { 'data-sotto-items': '' }, template(), h('li', {}, 'own')),
    h('footer', {}, 'stays'));
  document.body.append(slot);
  const answers = { x: { ...decision('x', '1'), heading: 'For you' } };
  open(document, answers);
  assert.equal(slot.querySelector('h2').textContent, 'For you');
  assert.equal(slot.querySelector('ul').textContent, '1');
  assert.equal(slot.querySelector('footer').textContent, 'stays');
  slots.stop();
  assert.equal(slot.textContent, 'Popularownstays');
  assert.equal(slot.getAttribute('state'), 'shop');
});

test('a heading outside the items stays when there is no place for items', () => {
  const document = openDocument();
  const slot = h('sotto-slot', { name: 'x' }, template(),
    h('div', {}, h('h2', { 'data-sotto-heading': '' }, 'Popular')), h('p', {}, 'own'));
  document.body.append(slot);
  open(document, { x: decision('x', '1') });
  assert.equal(slot.textContent, 'Popular1');
});

test('slots that appear, and slots that are renamed, are filled', () => {
  const document = openDocument();
  open(document, { x: decision('x', '1'), y: decision('y', '2') });
  const slot = h('sotto-slot', { name: 'x' }, template());
  document.body.append(slot);
  assert.equal(slot.textContent, '1');
  slot.setAttribute('name', 'y');
  assert.equal(slot.textContent, '2');
});

test('what a framework puts in a filled slot is the shop\'s content from then on', () => {
  const document = openDocument();
  const slot = h('sotto-slot', { name: 'x' }, template(), h('p', {}, 'first'));
  document.body.append(slot);
  const answers = { x: decision('x', '1') };
  open(document, answers);
  slot.querySelectorAll('b').forEach((node) => node.remove());
  slot.append(h('p', {}, 'second'));
  slots.fill();
  assert.equal(slot.textContent, '1');
  answers.x = decision('x');
  slots.fill();
  assert.equal(slot.textContent, 'second');
});

test('nothing is filled while the document is being read', () => {
  const document = openDocument();
  document.readyState = 'loading';
  const slot = h('sotto-slot', { name: 'x' }, h('p', {}, 'own'));
  document.body.append(slot);
  open(document, { x: decision('x', '1') });
  assert.equal(slot.textContent, 'own');
  slot.append(template());
  document.readyState = 'interactive';
  document.dispatchEvent({ type: 'DOMContentLoaded' });
  assert.equal(slot.textContent, '1');
});

test('a slot is left alone while the focus is in it', async () => {
  const document = openDocument();
  const link = h('a', {}, 'own');
  const slot = h('sotto-slot', { name: 'x' }, template(), link);
  document.body.append(slot);
  document.activeElement = link;
  open(document, { x: decision('x', '1') });
  slots.fill();
  assert.equal(slot.textContent, 'own');
  document.activeElement = null;
  slot.dispatchEvent({ type: 'focusout' });
  await sleep(5);
  assert.equal(slot.textContent, '1');
});

test('what cannot be drawn leaves the shop\'s content', async () => {
  const document = openDocument();
  const bare = h('sotto-slot', { name: 'x' }, h('p', {}, 'own'));
  const wrong = h('sotto-slot', { name: 'y' },
    h('template', {}, h('b', { 'data-sotto': 'onclick:title' })), h('p', {}, 'own'));
  document.body.append(bare, wrong);
  const { told } = open(document, { x: decision('x', '1'), y: decision('y', '1') });
  await sleep(20);
  assert.equal(bare.textContent, 'own');
  assert.equal(wrong.textContent, 'own');
  assert.deepEqual(told.map(({ code, file }) => [code, file]), [['no-template', 'x'], ['invalid', '']]);
});

test('without custom elements nothing is touched', () => {
  const document = openDocument({ elements: false });
  const slot = h('sotto-slot', { name: 'x' }, template(), h('p', {}, 'own'));
  document.body.append(slot);
  const { told } = open(document, { x: decision('x', '1') });
  slots.fill();
  assert.equal(slot.textContent, 'own');
  assert.deepEqual(told.map(({ code }) => code), ['unsupported']);
});

/** Binds one element to an item. */
function bound(name, binding, more) {
  openDocument();
  const [element] = fillTemplate(h('template', {}, h(name, { 'data-sotto': binding })), item('1', more));
  return element;
}

test('everything is bound as text or as an allowed attribute', () => {
  assert.equal(bound('b', 'text:title', { title: '<img onerror=x>' }).textContent, '<img onerror=x>');
  assert.equal(bound('b', 'text:reason').textContent, 'Because');
  assert.equal(bound('b', 'text:reason', { reasons: [] }).textContent, '');
  assert.equal(bound('b', 'text:attributes.colour').textContent, 'red');
  assert.equal(bound('b', 'text:attributes.size').textContent, '');
  assert.equal(bound('b', 'text:price').textContent, '100');
  const link = bound('a', 'href:url  title:title data-id:id aria-label:brand');
  assert.deepEqual(['href', 'title', 'data-id', 'aria-label'].map((name) => link.getAttribute(name)),
    ['/p/1', 'Title 1', '1', null]);
  assert.equal(bound('s', 'hidden-unless:listPriceText').attributes.has('hidden'), true);
  assert.equal(bound('s', 'hidden-unless:inStock').attributes.has('hidden'), false);
  assert.equal(bound('s', 'hidden-unless:inStock', { inStock: false }).attributes.has('hidden'), true);
});

test('addresses that could run something are not bound', () => {
  const bad = ['javascript:alert(1)', ' java\nscript:alert(1)', 'data:text/html,x', 'vbscript:x', 'blob:x',
    'file:///etc/passwd', 'https://['];
  for (const url of bad) assert.equal(bound('a', 'href:url', { url }).getAttribute('href'), null, url);
  for (const url of ['/p', 'p?q#h', '//cdn.example/x', 'https://a.example/', 'http://a.example/']) {
    assert.equal(bound('a', 'href:url', { url }).getAttribute('href'), url);
  }
  assert.equal(bound('img', 'src:image', { image: 'data:image/png,x' }).getAttribute('src'), null);
});

test('there are no other targets', () => {
  const bad = ['onclick:title', 'style:title', 'srcdoc:title', 'data-sotto:title', 'id:id', 'innerHTML:title',
    'text:nothing', 'text:constructor', 'text', 'class:title'];
  for (const binding of bad) assert.throws(() => bound('b', binding), { code: 'invalid' }, binding);
  for (const name of ['script', 'iframe', 'object', 'embed', 'base', 'link', 'meta']) {
    assert.throws(() => bound(name, 'src:url'), { code: 'invalid' }, name);
  }
});
