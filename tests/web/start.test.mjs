/**
 * start.test.mjs - a page from the first visit to the last
 *
 * The whole face over the real core: what is decided, what is kept, and who is told when something
 * is missing.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { deviceStore } from '../../web/later/store.js';
import { closeDocument, h, openDocument } from './support/dom.mjs';
import { rowsOf } from './support/faults.mjs';
import { noCore, partName, publish } from './support/garden.mjs';
import { BASE, NOW, noStorage, openBrowser, until } from './support/page.mjs';

const skip = noCore || noStorage;

test('a first visit decides from the page alone and keeps nothing', { skip }, async () => {
  const browser = openBrowser(publish().files);
  const page = await browser.visit({ page: { items: ['spade'] } });
  assert.equal(page.ready, true);
  assert.equal(page.consent.state, 'none');
  const { slot, heading, items: [rake] } = page.decide('similar');
  assert.deepEqual([slot, heading], ['similar', 'Goes well with it']);
  assert.equal(rake.id, 'rake');
  assert.equal(rake.title, 'Rake');
  assert.equal(rake.url, '/p/rake');
  assert.equal(rake.image, '/pictures/rake.svg');
  assert.deepEqual([rake.price, rake.priceText, rake.listPrice, rake.listPriceText],
    [1499, '€14.99', null, '']);
  assert.deepEqual([rake.category, rake.brand, rake.inStock], ['Garden > Tools', 'Acme', true]);
  assert.deepEqual([rake.reasons[0].kind, rake.reasons[0].about, rake.reasons[0].title],
    ['viewed', 'spade', 'Spade']);
  assert.match(rake.reasons[0].text, /“Spade”/);

  page.track('view', { item: 'tomato' });
  assert.deepEqual(page.shown('recent'), [], 'without consent there is no history to decide from');
  page.stop();
  await page.profile.export();
  assert.equal(browser.local.rows.size, 0);
  assert.deepEqual(await browser.databases(), []);
  assert.deepEqual(page.told, []);
});

test('addresses, ids and attributes arrive as they must', { skip }, async () => {
  const page = await openBrowser(publish().files).visit();
  const items = page.decide('similar', { items: ['rake'] }).items;
  assert.equal(items.find(({ id }) => id === 'hoe').url, '', 'a javascript: address is none');
  const spade = items.find(({ id }) => id === 'spade');
  assert.deepEqual({ ...spade.attributes }, { material: 'steel' });
  assert.deepEqual([spade.listPrice, spade.listPriceText], [2499, '€24.99']);
  const can = page.decide('similar', { items: ['tomato'] }).items.find(({ id }) => /^gie/.test(id));
  assert.equal(can.url, '/p/gie%C3%9Fkanne%20%285%20l%29');
  assert.equal(can.title, '');
  const pot = page.decide('similar', { items: ['basil'] }).items.find(({ id }) => id === 'pot');
  assert.deepEqual([pot.image, pot.price, pot.priceText], ['https://example.org/pot.png', null, '']);
  page.stop();
});

test('a grant loses nothing of the page, and a reload remembers', { skip }, async () => {
  const browser = openBrowser(publish().files);
  const page = await browser.visit();
  page.track('view', { item: 'tomato' });
  page.track('cart_add', { item: 'basil', quantity: 2 });
  await page.consent.grant();
  assert.equal(page.consent.state, 'remembered');
  assert.deepEqual(page.shown('recent'), ['tomato'], 'what is in the cart is left out');
  assert.deepEqual(await browser.databases(), ['sotto:garden']);

  const next = await browser.visit();
  assert.equal(next.consent.state, 'remembered');
  assert.deepEqual(next.shown('recent'), ['tomato'], 'at once, before anything else is loaded');
  const kept = await next.profile.export();
  assert.deepEqual([kept.format, kept.version, kept.shop, kept.consent, kept.stored],
    ['sotto-profile', 1, 'garden', 'remembered', 'device']);
  assert.deepEqual(kept.events.map(({ kind, item, title, quantity }) => [kind, item, title, quantity]),
    [['cart_add', 'basil', 'Basil', 2], ['view', 'tomato', 'Tomato <b>seeds</b>', 1]]);
  assert.deepEqual(kept.cart.map(({ item, quantity }) => [item, quantity]), [['basil', 2]]);
  assert.ok(kept.interests.some(({ kind, name }) => kind === 'category' && name === 'Garden > Seeds'));
  assert.ok(kept.interests.some(({ kind, name }) => kind === 'brand' && name === 'Bloom'));
  assert.equal(kept.createdAt, new Date(NOW * 1000).toISOString());
  assert.equal(Buffer.from(kept.block, 'base64').length, 7744);
  assert.deepEqual(JSON.parse(JSON.stringify(kept)), kept, 'it is plain JSON');
  assert.deepEqual(next.told, []);
  page.stop();
  next.stop();
});

test('what is tracked just before the page is left is saved', { skip }, async () => {
  const browser = openBrowser(publish().files);
  const page = await browser.visit();
  await page.consent.grant();
  page.track('view', { item: 'rake' });
  page.track('purchase', { item: 'pot' });
  page.stop();
  const next = await until(async () => {
    const again = await browser.visit();
    again.stop();
    return again.shown && (await again.profile.export()).events.length === 2 && again;
  });
  const kept = await next.profile.export();
  assert.deepEqual(kept.purchases.map(({ item, times }) => [item, times]), [['pot', 1]]);
});

/** How large the blocks are that lie on the device. */
const left = async () => [...(await rowsOf('sotto:garden')).values()].map(({ length }) => length);

test('erase forgets all but the consent', { skip }, async () => {
  const browser = openBrowser(publish().files);
  const page = await browser.visit();
  await page.consent.grant();
  page.track('view', { item: 'rake' });
  await page.profile.erase();
  assert.equal(page.consent.state, 'remembered');
  assert.deepEqual(page.shown('recent'), []);
  assert.deepEqual(await left(), [0], 'nothing is left on the device but that nothing is');
  const kept = await page.profile.export();
  assert.deepEqual([kept.events, kept.interests, kept.consent], [[], [], 'remembered']);
  page.track('view', { item: 'hoe' });
  page.stop();
  await until(async () => {
    const next = await browser.visit();
    next.stop();
    return next.shown && (await next.profile.export()).events[0]?.item === 'hoe';
  });
});

test('withdrawing erases, and leaves a receipt and nothing else', { skip }, async () => {
  const browser = openBrowser(publish().files);
  const page = await browser.visit();
  await page.consent.grant();
  page.track('view', { item: 'rake' });
  await page.consent.withdraw();
  assert.equal(page.consent.state, 'none');
  assert.deepEqual(page.shown('recent'), []);
  assert.deepEqual(browser.kept(), []);
  assert.deepEqual(browser.receipts(), ['granted', 'withdrawn']);
  assert.deepEqual(await browser.databases(), []);
  assert.deepEqual((await page.profile.export()).stored, 'nowhere');
  assert.equal((await page.consent.details()).answer, 'refused');
  page.stop();
});

test('an erase that the page did not live to see is finished by the next', { skip }, async () => {
  const browser = openBrowser(publish().files);
  const page = await browser.visit();
  await page.consent.grant();
  page.stop();
  browser.local.setItem('sotto:garden', JSON.stringify({ tier: 'erasing', erased: 0 }));
  const next = await browser.visit();
  assert.equal(next.consent.state, 'none');
  await until(async () => browser.kept().length === 0);
  assert.deepEqual(await browser.databases(), []);
  next.stop();
});

test('session keeps a profile in memory and nothing on the device', { skip }, async () => {
  const browser = openBrowser(publish().files);
  const page = await browser.visit();
  page.track('view', { item: 'rake' });
  await page.consent.grant('session');
  assert.deepEqual(page.shown('recent'), ['rake']);
  assert.equal((await page.profile.export()).stored, 'memory');
  assert.equal(browser.local.rows.size, 0);
  assert.deepEqual(await browser.databases(), []);

  await page.consent.grant('remembered');
  assert.deepEqual(page.shown('recent'), ['rake']);
  await page.consent.grant('session');
  assert.deepEqual(page.shown('recent'), ['rake'], 'it goes on in memory');
  assert.deepEqual(await browser.databases(), []);
  assert.deepEqual(browser.kept(), []);
  assert.deepEqual(browser.receipts(), ['granted', 'changed', 'changed']);
  page.stop();
});

test('an item is forgotten everywhere', { skip }, async () => {
  const browser = openBrowser(publish().files);
  const page = await browser.visit();
  page.track('view', { item: 'hoe' });
  page.profile.forgetItem('hoe');
  await page.consent.grant();
  page.track('view', { item: 'rake' });
  page.track('view', { item: 'tomato' });
  page.profile.forgetItem('rake');
  const kept = await page.profile.export();
  assert.deepEqual(kept.events.map(({ item }) => item), ['tomato']);
  page.stop();
});

test('a profile that was not used for longer than the shop keeps it is gone', { skip }, async () => {
  const browser = openBrowser(publish().files);
  const page = await browser.visit();
  page.track('view', { item: 'rake' });
  await page.consent.grant();
  page.stop();
  const within30days = await browser.visit({ now: () => NOW + 29 * 86400 });
  assert.deepEqual(within30days.shown('recent'), ['rake']);
  within30days.stop();
  const after = await browser.visit({ now: () => NOW + 31 * 86400 });
  assert.deepEqual(after.shown('recent'), []);
  assert.deepEqual((await after.profile.export()).events, []);
  assert.deepEqual(after.told, []);
  after.stop();
});

test('whatever is missing: not ready, told once, empty decisions', { skip }, async () => {
  const { files } = publish();
  for (const name of ['sotto.wasm', 'manifest.sotto', 'model', 'catalogue', 'campaigns', 'network']) {
    const browser = openBrowser(files);
    const file = name === 'network' ? name : partName(files, name);
    browser.missing.add(file);
    const page = await browser.visit({ page: { items: ['spade'] } });
    page.track('view', { item: 'spade' });
    await page.consent.grant();
    assert.deepEqual([page.ready, page.told.length], [false, 1], `${name}: ${page.codes()}`);
    assert.equal(page.told[0].code, name === 'network' ? 'network' : 'missing');
    assert.ok(page.told[0] instanceof Error && page.told[0].name === 'SottoError');
    assert.deepEqual(page.decide('similar'), { slot: 'similar', heading: '', items: [] });
    await page.consent.withdraw();
    assert.deepEqual(browser.kept(), []);
    assert.equal(page.told.length, 1, `${name}: ${page.codes()}`);
    page.stop();
  }
});

test('without a bundle the profile is kept all the same', { skip }, async () => {
  const { files } = publish();
  const browser = openBrowser(files);
  const first = await browser.visit();
  await first.consent.grant();
  first.stop();
  browser.missing.add(partName(files, 'model'));
  const page = await browser.visit();
  assert.equal(page.ready, false);
  page.track('view', { item: 'rake' });
  page.stop();
  browser.missing.clear();
  await until(async () => {
    const next = await browser.visit();
    next.stop();
    return (await next.profile.export()).events[0]?.item === 'rake';
  });
});

test('whatever stands in storage, a page starts', { skip }, async () => {
  const { files } = publish();
  for (const text of ['', 'x', 'null', '5', '"a"', '[]', '{"tier":3}', '{"tier":"remembered"}',
    '{"tier":"remembered","erased":"x","sequence":"y"}', '{"tier":"remembered","sequence":7}']) {
    const browser = openBrowser(files);
    browser.local.setItem('sotto:garden', text);
    browser.local.setItem('sotto:garden left 1', text || '[[1]]');
    const page = await browser.visit({ key: undefined });
    assert.equal(page.ready, true, text);
    page.track('view', { item: 'rake' });
    await page.consent.grant();
    assert.deepEqual(page.shown('recent'), ['rake'], text);
    await page.consent.withdraw();
    assert.equal(browser.local.getItem('sotto:garden'), null, text);
    assert.deepEqual(page.told.filter(({ code }) => code === 'unexpected'), [], text);
    page.stop();
  }
  const browser = openBrowser(files);
  const page = await browser.visit();
  page.track('view', { item: 'rake' });
  await page.consent.grant();
  page.stop();
  await until(async () => browser.kept().length === 1);
  await saveBlock(new Uint8Array(7744).fill(7));
  const next = await browser.visit();
  assert.deepEqual(next.shown('recent'), []);
  await next.profile.export();
  await until(async () => next.codes().length === 1);
  assert.deepEqual(next.codes(), ['damaged profile']);
  next.stop();
});

/** Puts bytes of the test's own in the place of the saved profile. */
async function saveBlock(bytes) {
  const store = deviceStore('sotto:garden', () => {});
  const { generation } = await store.load();
  assert.ok(await store.save(bytes, generation));
  store.close();
}

test('storage that is refused means memory, and one word about it', { skip }, async () => {
  const browser = openBrowser(publish().files);
  globalThis.indexedDB = { open: () => { throw new Error('SecurityError'); },
    deleteDatabase: () => { throw new Error('SecurityError'); } };
  const page = await browser.visit();
  page.track('view', { item: 'rake' });
  await page.consent.grant();
  assert.deepEqual(page.shown('recent'), ['rake']);
  assert.equal((await page.profile.export()).stored, 'memory');
  assert.deepEqual(page.codes(), ['storage sotto:garden']);
  page.track('view', { item: 'hoe' });
  assert.deepEqual(page.shown('recent'), ['hoe', 'rake']);
  await page.consent.withdraw();
  assert.deepEqual(page.codes(), ['storage sotto:garden']);
  page.stop();

  const other = openBrowser(publish().files);
  other.local.refused = true;
  const again = await other.visit();
  await again.consent.grant();
  assert.equal(again.consent.state, 'remembered');
  assert.equal((await again.profile.export()).stored, 'memory');
  assert.deepEqual(again.codes(), ['storage sotto:garden']);
  assert.deepEqual(await other.databases(), [], 'what could not be withdrawn is not stored');
  again.stop();
});

test('a wrong type of the wasm costs nothing but time', { skip }, async () => {
  const browser = openBrowser(publish().files);
  browser.mistype();
  const page = await browser.visit();
  assert.deepEqual([page.ready, page.told], [true, []]);
  page.stop();
});

test('nothing that a shop can pass makes it throw', { skip }, async () => {
  const browser = openBrowser(publish().files);
  const page = await browser.visit({ onError: () => { throw new Error('in onError'); } });
  page.track('nonsense');
  page.track('view', { item: 'x'.repeat(20000) });
  page.track('view', { item: undefined, quantity: NaN });
  page.track('cart_add', { item: 17, quantity: -3 });
  page.track('cart_add', { item: null, quantity: 1e9 });
  assert.deepEqual(page.decide('no such slot').items, []);
  assert.deepEqual(page.decide(undefined).items, []);
  assert.deepEqual(page.decide('similar', { items: ['x'.repeat(20000), 5, null] }).items, []);
  assert.deepEqual(page.decide('similar', { items: Array(5000).fill('spade') }).items.length > 0, true);
  page.on('profile', () => { throw new Error('in a listener'); });
  page.track('view', { item: 'rake' });
  page.profile.forgetItem('never seen');
  page.page({ items: ['spade'] });
  page.fill();
  page.stop();
  page.track('view', { item: 'rake' });
  assert.deepEqual(page.decide('similar').items, []);

  const lost = await browser.visit({ base: 'https://[' });
  assert.deepEqual(lost.codes(), ['invalid base'], 'and goes on from its own folder');
  lost.stop();
});

test('listeners hear of changes until they are taken off', { skip }, async () => {
  const page = await openBrowser(publish().files).visit();
  await page.profile.export();
  const heard = [];
  const offs = ['profile', 'consent'].map((event) => page.on(event, () => heard.push(event)));
  page.track('view', { item: 'rake' });
  assert.deepEqual(heard, ['profile']);
  await page.consent.grant('session');
  assert.ok(heard.includes('consent'));
  offs.forEach((off) => off());
  heard.length = 0;
  page.track('view', { item: 'hoe' });
  await page.consent.withdraw();
  assert.deepEqual(heard, []);
  page.stop();
});

test('the page context is what decide uses unless told otherwise', { skip }, async () => {
  const page = await openBrowser(publish().files).visit({ page: { items: ['spade'] } });
  assert.equal(page.shown('similar')[0], 'rake');
  page.page({ items: ['tomato'] });
  assert.equal(page.shown('similar')[0], 'basil');
  assert.equal(page.shown('similar', { items: ['basil'] })[0] !== 'basil', true);
  assert.deepEqual(page.shown('cart', { cart: ['spade'] }), ['gloves'], 'the cart as the shop knows it');
  page.stop();
});

test('a slot is filled, told of, emptied and told of again', { skip }, async () => {
  const document = openDocument();
  globalThis.addEventListener = () => {};
  const slot = h('sotto-slot', { name: 'cart' },
    h('template', {}, h('b', { 'data-sotto': 'text:title' })), h('p', {}, 'own'));
  document.body.append(slot);
  try {
    const page = await openBrowser(publish().files).visit({ page: { cart: ['spade'] } });
    assert.equal(slot.textContent, 'Gloves');
    const heard = [];
    page.on('decision', ({ slot: name, items }) => heard.push(`${name} ${items.length}`));
    page.page({ cart: [] });
    assert.equal(slot.textContent, 'own');
    page.page({ cart: ['spade', 'tomato'] });
    assert.deepEqual(heard, ['cart 1', 'cart 0', 'cart 2']);
    page.stop();
    assert.equal(slot.textContent, 'own');
    assert.equal(slot.state, 'shop');
    assert.deepEqual(page.told, []);
  } finally {
    delete globalThis.addEventListener;
    closeDocument();
  }
});

test('reasons are in the language of the page', { skip }, async () => {
  const browser = openBrowser(publish().files);
  const german = { documentElement: { lang: 'de-AT' }, baseURI: BASE, addEventListener() {} };
  globalThis.document = german;
  globalThis.addEventListener = () => {};
  try {
    const page = await browser.visit({ slots: false });
    assert.equal(page.decide('similar', { items: ['spade'] }).items[0].reasons[0].text,
      'Oft nach „Spade“ angesehen');
    page.stop();
  } finally {
    delete globalThis.document;
    delete globalThis.addEventListener;
  }
});
