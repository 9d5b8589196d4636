/**
 * shopper.test.mjs - one shopper's days in the demo shop
 *
 * A first visit, consent, browsing that changes what is shown, a basket, a reload that remembers, an
 * erase that forgets; in every engine.
 */
import assert from 'node:assert/strict';
import { after, before, beforeEach } from 'node:test';

import { linksOf, products, truth } from '../demo/published.mjs';
import { inEveryBrowser } from './browsers.mjs';
import { openShop } from './shop.mjs';
import {
  NOTHING, allow, counted, filled, keptOnDevice, lookAt, productPath, remembered, slot, sotto,
  started, until, visit,
} from './shopper.mjs';


/** Two tastes that the shop's logs were planted with, and products that show them. */
const nordic = truth.styles.nordic.filter((id) => truth.kinds.plate.includes(id)
  || truth.kinds.mug.includes(id) || truth.kinds.teapot.includes(id)).slice(0, 4);
const rustic = truth.styles.rustic.filter((id) => truth.kinds.planter.includes(id)
  || truth.kinds.wateringcan.includes(id)).slice(0, 4);

/** Presses a button of the privacy centre in the panel, once it is there. */
const inPanel = (page, name) => page.waitFor((wanted) => {
  const button = document.querySelector('[data-test=privacy]')?.shadowRoot.querySelector(`[data-do=${wanted}]`);
  button?.click();
  return Boolean(button);
}, name);

let shop;
before(async () => {
  shop = await openShop();
});
after(() => shop?.close());
beforeEach(() => shop.reset());

inEveryBrowser('a first visit shows the shop’s own content and keeps nothing', async (page) => {
  await visit(page, shop, '/index.html');
  const own = await page.evaluate(() => fetch('/index.html').then((response) => response.text()));
  for (const name of ['home-for-you', 'home-recently-viewed']) {
    const seen = await slot(page, name);
    assert.notEqual(seen.state, 'sotto', `${name} is left to the shop`);
    assert.ok(seen.items.length >= 4, `${name} has the shop’s products`);
    for (const id of seen.items) assert.ok(own.includes(`data-item="${id}"`), `${id} is the shop’s`);
  }
  // Looking around without an answer to the banner keeps nothing either.
  await lookAt(page, shop, nordic.slice(0, 2));
  assert.equal(await sotto(page, (it) => it.consent.state), 'none');
  assert.deepEqual(await keptOnDevice(page), NOTHING);
  await visit(page, shop, '/index.html');
  assert.equal((await sotto(page, (it) => it.profile.export())).events.length, 0);
  assert.deepEqual(shop.violations, [], 'the policy was kept');
});

inEveryBrowser('a refusal keeps nothing but itself and is not asked again', async (page) => {
  await visit(page, shop, productPath(nordic[0]));
  await page.waitFor(() => !document.querySelector('[data-test=consent-banner]').hidden);
  await page.click('[data-test=consent-refuse]');
  await page.reload();
  await started(page);
  assert.equal(await page.evaluate(
    () => document.querySelector('[data-test=consent-banner]').hidden), true);
  assert.deepEqual(await keptOnDevice(page), { ...NOTHING, storage: ['sotto:osier-ash'] }, 'but the no');
});

inEveryBrowser('after consent, browsing changes the shop, and a reload remembers', async (page) => {
  await visit(page, shop, '/index.html');
  const before = await slot(page, 'home-for-you');
  await allow(page);

  await lookAt(page, shop, nordic);
  await visit(page, shop, '/index.html');
  const first = await filled(page, 'home-for-you');
  const seen = await filled(page, 'home-recently-viewed');
  assert.deepEqual(seen.items.slice(0, nordic.length), [...nordic].reverse(), 'newest first');
  assert.notDeepEqual(first.items, before.items);
  assert.equal(first.heading, 'Chosen for you');

  await lookAt(page, shop, rustic);
  await visit(page, shop, '/index.html');
  const second = await filled(page, 'home-for-you');
  assert.notDeepEqual(second.items, first.items, 'another taste, another shop window');
  const ofStyle = (items, style) => items.filter((id) => truth.styles[style].includes(id)).length;
  assert.ok(ofStyle(second.items, 'rustic') > ofStyle(first.items, 'rustic'),
    'more of what she looked at last');

  const kept = await sotto(page, (it) => it.profile.export());
  await page.reload();
  await started(page);
  assert.deepEqual((await filled(page, 'home-for-you')).items, second.items);
  const again = await sotto(page, (it) => it.profile.export());
  assert.deepEqual(again.events, kept.events);
  assert.equal(again.stored, 'device');
  assert.deepEqual(shop.violations, [], 'the policy was kept');
});

inEveryBrowser('a basket brings what goes with it', async (page) => {
  await visit(page, shop, '/index.html');
  await allow(page);
  const main = products.products.find(({ id, stock }) =>
    stock > 0 && linksOf(id, 'together').length >= 8).id;
  await visit(page, shop, productPath(main));
  await page.click('[data-test=add-to-cart]');
  await page.waitFor(() => document.querySelector('[data-test=cart-count]').textContent === '1');
  await visit(page, shop, '/cart.html');
  const cross = await filled(page, 'cart-cross-sell');
  assert.ok(!cross.items.includes(main), 'not what is in it already');
  const planted = truth.complements[main];
  assert.ok(cross.items.some((id) => planted.includes(id)),
    `one of ${planted.join(', ')} is among ${cross.items.join(', ')}`);
  const decision = await sotto(page, (it) => it.decide('cart-cross-sell'));
  for (const item of decision.items) {
    assert.ok(item.reasons.length > 0 && item.reasons[0].text, `${item.id} says why`);
  }
});

inEveryBrowser('who leaves at once loses nothing', async (page) => {
  await visit(page, shop, '/index.html');
  await allow(page);
  for (const id of nordic) {
    await visit(page, shop, productPath(id));
    await counted(page, id);
  }
  await visit(page, shop, '/index.html');
  // What the last page could not save any more is taken over right after the first decision.
  const last = nordic[nordic.length - 1];
  await page.waitFor((id) => document.querySelector(
    'sotto-slot[name=home-recently-viewed] [data-item]')?.dataset.item === id, last);
  const seen = await filled(page, 'home-recently-viewed');
  assert.deepEqual(seen.items.slice(0, nordic.length), [...nordic].reverse());
  await remembered(page);
  assert.deepEqual(shop.violations, [], 'the policy was kept');
});

/**
 * Goes back to a page that the browser kept as it was: nothing of ours may keep it from that. (Under
 * WebDriver BiDi Firefox keeps some, and then does not tell the driver of the next page.)
 */
async function goBack(page, path) {
  await page.evaluate('void history.back()');
  await page.waitFor((wanted) => location.pathname === wanted, path);
  await page.waitFor(() => document.readyState === 'complete');
  const kept = await page.evaluate('window.keptForBack === true');
  assert.ok(kept || page.engine === 'firefox', 'it was kept');
}
const leaveKept = (page) => page.evaluate('void (window.keptForBack = true)');

inEveryBrowser('a page that comes back reads what was kept since, and keeps what happens on it', async (page) => {
  await visit(page, shop, '/index.html');
  await allow(page);
  await lookAt(page, shop, nordic.slice(0, 1));
  await leaveKept(page);
  await lookAt(page, shop, nordic.slice(1, 2));
  await goBack(page, '/product.html');
  for (const id of nordic.slice(0, 2)) await counted(page, id);
  await sotto(page, (it, id) => it.track('wishlist', { item: id }), nordic[2]);
  await page.evaluate("void (location.href = '/index.html')");
  await page.waitFor(() => location.pathname === '/index.html');
  for (const id of nordic.slice(0, 3)) await counted(page, id);
  await remembered(page);
});

inEveryBrowser('a page that comes back goes by the latest word', async (page) => {
  await visit(page, shop, '/index.html');
  await allow(page);
  await lookAt(page, shop, nordic.slice(0, 1));
  await leaveKept(page);
  await visit(page, shop, '/index.html');
  await sotto(page, (it) => it.consent.withdraw());
  await goBack(page, '/product.html');
  await until(page, (it) => it.consent.state === 'none');
  await sotto(page, (it) => it.track('view'));
  await sotto(page, (it) => it.profile.export());
  assert.deepEqual((await keptOnDevice(page)).databases, [], 'nor does it keep anything');
});

inEveryBrowser('the panel tells what is known, and why', async (page) => {
  await visit(page, shop, '/index.html');
  await allow(page);
  await lookAt(page, shop, nordic);
  await visit(page, shop, '/index.html');
  await filled(page, 'home-for-you');
  await page.click('[data-test=panel-open]');
  const told = await page.waitFor(() => {
    const centre = document.querySelector('[data-test=privacy]')?.shadowRoot;
    const textOf = (part) => [...centre.querySelectorAll(part)].map((one) => one.textContent).join(' ');
    return centre?.querySelector('[data-list=seen] li') && centre.querySelector('[data-list^=why-] li') && {
      seen: textOf('[data-list=seen]'), why: textOf('[data-list^=why-]'), state: textOf('[data-state]'),
    };
  });
  for (const id of nordic) {
    const { title } = products.products.find((product) => product.id === id);
    assert.ok(told.seen.includes(title), `${title} is among what she did`);
  }
  assert.ok(told.why.length > 100, 'there are reasons');
  assert.match(told.state, /on this device/);
});

inEveryBrowser('an erase forgets, at once and for good', async (page) => {
  await visit(page, shop, '/index.html');
  await allow(page);
  await lookAt(page, shop, nordic);
  assert.ok((await keptOnDevice(page)).databases.length > 0, 'something was kept');

  const events = async () => (await sotto(page, (it) => it.profile.export())).events.length;
  await page.click('[data-test=panel-open]');
  await inPanel(page, 'erase');
  await inPanel(page, 'erase-yes');
  await until(page, async (it) => (await it.profile.export()).events.length === 0);
  await visit(page, shop, '/index.html');
  assert.equal(await events(), 0);
  assert.notEqual((await slot(page, 'home-recently-viewed')).state, 'sotto');
});

inEveryBrowser('a withdrawal leaves nothing behind', async (page) => {
  await visit(page, shop, '/index.html');
  await allow(page);
  await lookAt(page, shop, nordic);
  await sotto(page, (it) => it.consent.withdraw());
  assert.deepEqual(await keptOnDevice(page), NOTHING);
  await visit(page, shop, '/index.html');
  assert.equal(await sotto(page, (it) => it.consent.state), 'none');
  assert.deepEqual(await keptOnDevice(page), NOTHING);

  // The same by the button in the panel, after another consent.
  await sotto(page, (it) => it.consent.grant());
  await page.click('[data-test=panel-open]');
  await inPanel(page, 'withdraw');
  await until(page, (it) => it.consent.state === 'none');
  await page.waitFor(async () => (await indexedDB.databases()).length === 0);
});
