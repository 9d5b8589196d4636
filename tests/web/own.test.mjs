/**
 * own.test.mjs - what a shopper may do with their profile: take it along, bring it back, take parts
 * out, ask why; and what a shop's order history adds to it
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { FORGET, forgetIn, readBlock } from '../../web/later/block.js';
import { noCore, publish } from './support/garden.mjs';
import { NOW, noStorage, openBrowser, until } from './support/page.mjs';

const skip = noCore || noStorage;
const DAY_S = 86400;

/** A page whose shopper agreed and did a few things. */
async function openPage(browser, options) {
  const page = await browser.visit(options);
  await page.consent.grant();
  page.track('view', { item: 'spade' });
  page.track('view', { item: 'rake' });
  page.setNow(NOW + 10);
  page.track('category_view', { category: 'Garden > Tools' });
  page.track('cart_add', { item: 'pot', quantity: 2 });
  page.track('purchase', { item: 'gloves' });
  page.track('view', { item: 'no longer sold' });
  return page;
}

/** An export without what depends on the moment, the device and its receipts. */
function lasting(kept) {
  const { receipts, stored, encrypted, interests, ...rest } = kept;
  return { ...rest, interests: interests.map(({ kind, name, at }) => ({ kind, name, at })) };
}

/** The device has it, as another page sees it. */
const saved = (browser, wanted) => until(async () => {
  const page = await browser.visit();
  const kept = await page.profile.export();
  page.stop();
  return wanted(kept);
});

test('exported, erased, imported: the same again, on the device too', { skip }, async () => {
  const browser = openBrowser(publish().files);
  const page = await openPage(browser);
  const before = await page.profile.export();
  assert.equal(before.events.length, 6);
  await page.profile.erase();
  assert.equal((await page.profile.export()).events.length, 0);
  assert.equal(await page.profile.import(JSON.stringify(before)), true);
  assert.match(browser.local.getItem('sotto:garden'), /"imported":"\d+"/, 'other tabs hear of it');
  assert.deepEqual(lasting(await page.profile.export()), lasting(before));
  await saved(browser, (kept) => kept.block === before.block);
  page.track('view', { item: 'hoe' });
  await saved(browser, ({ events }) => events.length === 7);
  // As an object, and by a device that never saw it.
  const other = openBrowser(publish().files);
  const stranger = await other.visit();
  assert.equal(await stranger.profile.import(before), false, 'not without consent');
  await stranger.consent.grant();
  assert.equal(await stranger.profile.import(before), true);
  assert.deepEqual(lasting(await stranger.profile.export()), lasting(before));
  assert.deepEqual([...page.told, ...stranger.told], []);
  page.stop();
  stranger.stop();
});

test('what is imported in one tab is there in the others', { skip }, async () => {
  const browser = openBrowser(publish().files);
  const page = await openPage(browser);
  const before = await page.profile.export();
  await page.profile.forgetItem('spade');
  await saved(browser, ({ events }) => events.length === 5);
  const tab = await browser.visit();
  assert.equal(await page.profile.import(before), true);
  tab.setNow(NOW + 20);
  tab.track('view', { item: 'tomato' });
  await saved(browser, ({ events }) => events.some(({ item }) => item === 'tomato')
    && events.some(({ item }) => item === 'spade'));
  page.stop();
  tab.stop();
});

test('what is tracked while an import is under way is not lost', { skip }, async () => {
  const browser = openBrowser(publish().files);
  const page = await openPage(browser);
  const before = await page.profile.export();
  const importing = page.profile.import(before);
  page.track('view', { item: 'hoe' });
  assert.equal(await importing, true);
  await saved(browser, ({ events }) => events.length === 7 && events[0].item === 'hoe');
  page.stop();
});

test('whatever else is imported answers false and changes nothing', { skip }, async () => {
  const browser = openBrowser(publish().files);
  const page = await openPage(browser);
  const good = await page.profile.export();
  const bytes = Uint8Array.from(Buffer.from(good.block, 'base64'));
  const withBlock = (change, seal = true) => {
    const block = bytes.slice();
    change(new DataView(block.buffer), block);
    return { ...good, block: Buffer.from(block).toString('base64'), seal };
  };
  const hostile = {
    nothing: undefined, empty: '', 'not JSON': 'hello', number: 5, null: null, list: [], 'JSON null': 'null',
    'another shop': { ...good, shop: 'another' },
    'another format': { ...good, format: 'profile' },
    'a later version': { ...good, version: 2 }, 'a version in words': { ...good, version: '1' },
    'no block': { ...good, block: '' }, 'a block of the wrong kind': { ...good, block: 5 },
    'a list as block': { ...good, block: [good.block] },
    'no base64': { ...good, block: '!'.repeat(good.block.length) },
    'a longer block': { ...good, block: good.block + 'AAAA' },
    zeros: { ...good, block: Buffer.alloc(7744).toString('base64') },
    'one bit': withBlock((view) => view.setUint8(5000, view.getUint8(5000) ^ 1)),
    huge: JSON.stringify({ ...good, padding: 'x'.repeat(1 << 20) }),
    'by its prototype': Object.create(good),
    'by __proto__': `{"__proto__":${JSON.stringify(good)}}`,
    'nested without end': '['.repeat(400000), 'nested objects': '{"a":'.repeat(150000),
    'a ledger that throws': Object.defineProperty({ ...good }, 'ledger', { get() { throw new Error('no'); } }),
    'one that throws': { get format() { throw new Error('no'); } },
    'a proxy that throws': new Proxy({}, { getOwnPropertyDescriptor() { throw new Error('no'); } }),
  };
  for (const [name, exported] of Object.entries(hostile)) {
    assert.equal(await page.profile.import(exported), false, name);
  }
  assert.equal({}.format, undefined);
  assert.equal((await page.profile.export()).block, good.block);
  assert.deepEqual(page.told, []);
  page.stop();
});

test('times that cannot be are refused', { skip }, async () => {
  const later = openBrowser(publish().files);
  const tomorrow = await later.visit({ now: () => NOW + 3 * DAY_S });
  await tomorrow.consent.grant();
  tomorrow.track('view', { item: 'spade' });
  const future = await tomorrow.profile.export();
  tomorrow.stop();
  const old = openBrowser(publish().files);
  const before = await old.visit({ now: () => NOW - 31 * DAY_S });
  await before.consent.grant();
  before.track('view', { item: 'spade' });
  const past = await before.profile.export();
  before.stop();

  const browser = openBrowser(publish().files);
  const page = await openPage(browser);
  const { block } = await page.profile.export();
  assert.equal(await page.profile.import(future), false, 'from a time to come');
  assert.equal(await page.profile.import(past), false, 'older than the shop keeps profiles');
  assert.equal((await page.profile.export()).block, block);
  page.stop();
});

test('while the shopper pauses, what is kept is told and cannot be replaced', { skip }, async () => {
  const browser = openBrowser(publish().files);
  const page = await openPage(browser);
  await saved(browser, ({ events }) => events.length === 6);
  const before = await page.profile.export();
  await page.consent.pause();
  const paused = await page.profile.export();
  assert.equal(page.consent.state, 'none');
  assert.equal(paused.stored, 'device');
  assert.equal(paused.block, before.block);
  assert.equal(await page.profile.import(before), false);
  assert.equal(await page.profile.reseed([{ item: 'hoe', at: (NOW - DAY_S) * 1000 }]), 0);
  const next = await browser.visit();
  assert.equal((await next.profile.export()).block, before.block, 'on the next page, too');
  await next.consent.resume();
  await until(async () => (await next.profile.export()).consent === 'remembered');
  assert.equal((await next.profile.export()).block, before.block);
  page.stop();
  next.stop();
});

test('while the shopper pauses, single things are forgotten, and nothing is used', { skip }, async () => {
  const browser = openBrowser(publish().files);
  const page = await openPage(browser);
  await saved(browser, ({ events }) => events.length === 6);
  const left = 'sotto:garden left 1';
  await page.consent.pause();
  // What a page could not save that was left a moment before.
  const [gone, stays] = ['hash:0000000000000008', 'hash:0000000000000007'];
  browser.local.rows.set(left, JSON.stringify([[1, '8', 1, NOW + 20], [1, '7', 1, NOW + 20]]));

  let told = 0;
  page.on('profile', () => told++);
  await page.profile.forgetItem('rake');
  await page.profile.forgetInterest('category', 'Garden > Tools');
  await page.profile.forgetItem(gone);
  assert.ok(told >= 3, 'who shows it hears of it');
  assert.deepEqual(JSON.parse(browser.local.rows.get(left)).map(([, item]) => item), ['7']);
  assert.equal(page.consent.state, 'none');
  assert.deepEqual(page.shown('recent'), [], 'nothing is decided by it');
  const isGone = ({ events, interests }) => events.length > 0
    && !events.some(({ kind, item }) => item === 'rake' || item === gone || kind === 'category_view')
    && !interests.some(({ name }) => name === 'Garden > Tools');
  const paused = await page.profile.export();
  assert.ok(isGone(paused), JSON.stringify(paused.events));
  assert.equal(paused.events.length, 4);
  page.stop();

  const next = await browser.visit();
  assert.ok(isGone(await next.profile.export()), 'on the next page, too');
  await next.consent.resume();
  await until(async () => (await next.profile.export()).consent === 'remembered');
  const { events } = await next.profile.export();
  assert.ok(isGone({ events, interests: [] }), 'and after the pause');
  assert.ok(events.some(({ item }) => item === stays), 'what else was left is there');
  assert.ok(next.shown('recent').includes('spade'));
  assert.deepEqual([page.told, next.told], [[], []]);
  next.stop();
});

test('forgotten while paused in two tabs at once, and just as the pause ends', { skip }, async () => {
  const browser = openBrowser(publish().files);
  const page = await openPage(browser);
  await saved(browser, ({ events }) => events.length === 6);
  await page.consent.pause();
  const tab = await browser.visit();
  await tab.profile.export();
  await Promise.all([page.profile.forgetItem('rake'), tab.profile.forgetItem('spade'),
    page.profile.forgetItem('gloves')]);
  const names = ({ events }) => events.map(({ item }) => item).filter((item) => !item.startsWith('hash:'));
  assert.deepEqual(names(await tab.profile.export()), ['pot', 'Garden > Tools']);
  // Whichever is first, it is forgotten.
  await Promise.all([page.profile.forgetItem('pot'), page.consent.resume()]);
  await saved(browser, (kept) => kept.consent === 'remembered' && names(kept).join() === 'Garden > Tools'
    && kept.cart.length === 0 && kept.purchases.length === 0);
  page.stop();
  tab.stop();
});

test('of a session that is paused single things are forgotten, in memory', { skip }, async () => {
  const browser = openBrowser(publish().files);
  const page = await browser.visit();
  await page.consent.grant('session');
  page.track('view', { item: 'spade' });
  page.track('view', { item: 'rake' });
  await page.profile.export();
  await page.consent.pause();
  await page.profile.forgetItem('rake');
  const { events, stored } = await page.profile.export();
  assert.deepEqual([stored, events.map(({ item }) => item)], ['memory', ['spade']]);
  await page.consent.resume();
  assert.deepEqual((await page.profile.export()).events.map(({ item }) => item), ['spade']);
  assert.deepEqual([browser.kept(), await browser.databases()], [[], []]);
  page.stop();
});

test('an interest is forgotten, with the looks at its category', { skip }, async () => {
  const browser = openBrowser(publish().files);
  const page = await openPage(browser);
  const names = async (kind) => (await page.profile.export()).interests
    .filter((one) => one.kind === kind).map(({ name }) => name);
  assert.ok((await names('category')).includes('Garden > Tools'));
  await page.profile.forgetInterest('category', 'Garden > Tools');
  assert.ok(!(await names('category')).includes('Garden > Tools'));
  const { events } = await page.profile.export();
  assert.ok(!events.some(({ kind }) => kind === 'category_view'));
  assert.equal(events.length, 5, 'the products of that category stay');
  const [brand] = await names('brand');
  await page.profile.forgetInterest('brand', brand);
  assert.ok(!(await names('brand')).includes(brand));
  const left = (await page.profile.export()).interests.length;
  for (const [kind, name] of [['item', 'spade'], ['toString', 'x'], ['brand', 'nobody'], [undefined, undefined]]) {
    await page.profile.forgetInterest(kind, name);
  }
  assert.equal((await page.profile.export()).interests.length, left);
  await saved(browser, ({ interests }) => interests.length === left);
  assert.deepEqual(page.told, []);
  page.stop();
});

test('what the shop no longer knows is forgotten by its hash', { skip }, async () => {
  const browser = openBrowser(publish().files);
  const page = await openPage(browser);
  const { item } = (await page.profile.export()).events[0];
  assert.match(item, /^hash:/);
  await page.profile.forgetItem(item);
  assert.ok(!(await page.profile.export()).events.some((event) => event.item === item));
  page.stop();
});

test('a "not this" is taken back, and nothing else', { skip }, async () => {
  const browser = openBrowser(publish().files);
  const page = await openPage(browser);
  page.setNow(NOW + 30);
  page.track('dismiss', { item: 'spade' });
  assert.ok(!page.shown('recent').includes('spade'));
  await page.profile.forgetItem('spade', 'dismiss');
  assert.ok(page.shown('recent').includes('spade'));
  const { events } = await page.profile.export();
  assert.deepEqual(events.filter(({ item }) => item === 'spade').map(({ kind }) => kind), ['view']);
  await saved(browser, (kept) => kept.events.length === 6);
  page.stop();
});

test('what one tab forgets does not come back by another', { skip }, async () => {
  const browser = openBrowser(publish().files);
  const page = await openPage(browser);
  await saved(browser, ({ events }) => events.length === 6);
  const tab = await browser.visit();
  await tab.profile.export();
  await page.profile.forgetInterest('category', 'Garden');
  await page.profile.forgetItem('rake');
  tab.setNow(NOW + 40);
  tab.track('search');
  await saved(browser, ({ events, interests }) => events.some(({ kind }) => kind === 'search')
    && !events.some(({ item }) => item === 'rake') && !interests.some(({ name }) => name === 'Garden'));
  page.stop();
  tab.stop();
});

test('an interest goes out of the block, and the others stay in order', { skip }, async () => {
  const browser = openBrowser(publish().files);
  const page = await openPage(browser);
  const block = Uint8Array.from(Buffer.from((await page.profile.export()).block, 'base64'));
  const before = readBlock(block);
  const { key } = before.categories[1];
  forgetIn(block, key, FORGET.category);
  const after = readBlock(block);
  assert.deepEqual(after.categories, before.categories.filter((one) => one.key !== key));
  assert.deepEqual(after.brands, before.brands);
  assert.deepEqual(after.purchases, before.purchases);
  page.stop();
});

test('an explanation has what the page shows and what the shopper did', { skip }, async () => {
  const browser = openBrowser(publish().files);
  const page = await openPage(browser);
  assert.equal(await page.profile.explain('no such item'), undefined);
  const told = await page.profile.explain('spade');
  assert.deepEqual(told, { item: 'spade', title: 'Spade', slots: [], reasons: [], events: told.events });
  assert.deepEqual(told.events.map(({ kind }) => kind), ['view']);
  page.stop();
});

const at = (days, hour = 12) => new Date((NOW - days * DAY_S) * 1000).toISOString().slice(0, 11) + `${hour}:00:00Z`;

test('an order history is told once, however often it is told', { skip }, async () => {
  const browser = openBrowser(publish().files);
  const page = await browser.visit();
  const orders = [
    { item: 'pot', at: at(3), quantity: 2 },
    { item: 'spade', at: at(20) },
    { item: 'spade', at: at(9) },
    { item: 'rake', at: at(9, 14), quantity: 1 },
    { item: 'rake', at: at(9, 15), quantity: 2 },
  ];
  assert.equal(await page.profile.reseed(orders), 0, 'not without consent');
  await page.consent.grant();
  assert.equal(await page.profile.reseed(orders), 4);
  const kept = await page.profile.export();
  assert.deepEqual(kept.purchases.map(({ item, times, quantity }) => [item, times, quantity]),
    [['pot', 1, 2], ['rake', 1, 3], ['spade', 2, 2]], 'two lines of a day are one purchase');
  assert.deepEqual(kept.events.map(({ item }) => item), ['pot', 'rake', 'spade', 'spade'], 'in order of time');
  assert.equal(await page.profile.reseed(orders), 0);
  await saved(browser, ({ purchases }) => purchases.length === 3);
  const tab = await browser.visit();
  assert.equal(await tab.profile.reseed(orders), 0, 'nor by another page');
  assert.equal(await tab.profile.reseed([...orders, { item: 'hoe', at: (NOW - 5 * DAY_S) * 1000 }]), 1);
  page.stop();
  tab.stop();
});

test('two tabs that tell the same history at once tell it once', { skip }, async () => {
  const browser = openBrowser(publish().files);
  const page = await browser.visit();
  await page.consent.grant();
  const tab = await browser.visit();
  const orders = [{ item: 'pot', at: at(3) }, { item: 'spade', at: at(9) }];
  assert.deepEqual(await Promise.all([page, tab].map((one) => one.profile.reseed(orders))), [2, 2]);
  page.track('view', { item: 'hoe' });
  tab.track('view', { item: 'basil' });
  await saved(browser, ({ events, purchases }) => events.length === 4
    && purchases.length === 2 && purchases.every(({ times }) => times === 1));
  page.stop();
  tab.stop();
});

test('an old order is history, not the latest event', { skip }, async () => {
  const browser = openBrowser(publish().files);
  const page = await openPage(browser);
  const before = await page.profile.export();
  assert.equal(await page.profile.reseed([
    { item: 'pot', at: at(3) },                     // in the cart since: it stays there
    { item: 'gloves', at: at(5) },                  // bought again today
    { item: 'rake', at: at(1) },
  ]), 2);
  const after = await page.profile.export();
  assert.equal(after.updatedAt, before.updatedAt);
  assert.equal(after.sessions, before.sessions);
  assert.deepEqual(after.cart, before.cart);
  assert.deepEqual(after.events.slice(-1).map(({ item }) => item), ['pot']);
  assert.equal(after.events[0].item, before.events[0].item);
  const times = after.events.map((event) => event.at);
  assert.deepEqual(times, [...times].sort().reverse());
  page.stop();
});

test('of an order history that is nonsense nothing is taken', { skip }, async () => {
  const browser = openBrowser(publish().files);
  const page = await browser.visit();
  await page.consent.grant();
  for (const orders of [undefined, null, 5, 'x', {}, [null, 5, 'x', {}], [{ item: 'pot' }], [{ item: 'pot', at: 'x' }],
    [{ item: 'pot', at: at(-2) }], [{ item: 'pot', at: at(40) }], [{ at: at(1) }],
    [{ item: 'pot', at: at(1), quantity: 0 }], [{ item: 'pot', at: at(1), quantity: 'x' }]]) {
    assert.equal(await page.profile.reseed(orders), 0, JSON.stringify(orders));
  }
  const many = Array.from({ length: 2000 }, (_, i) => ({ item: `old ${i}`, at: at(i % 25) }));
  assert.equal(await page.profile.reseed(many), 256);
  assert.equal((await page.profile.export()).purchases.length, 128, 'as many as a profile holds');
  assert.deepEqual(page.told, []);
  page.stop();
});
