/**
 * triggers.test.mjs - campaigns in real browsers: every trigger fires, caps hold, and all of it
 * goes again
 *
 * A page of the test's own with a strict policy and a bundle whose plan the test writes. The clock
 * is moved on where a deadline is far away; nothing else is simulated but the pointer leaving
 * through the top.
 */
import assert from 'node:assert/strict';
import { after, before } from 'node:test';

import { inEveryBrowser } from './browsers.mjs';
import { openGarden } from './garden.mjs';
import { rememberedBy } from './shopper.mjs';

const free = { ceiling: [0, 0], gap: 0, after_purchase: 0 };

let garden;
before(async () => {
  garden = await openGarden();
});
after(() => garden?.close());

async function open(page, path = '/') {
  await page.goto(garden.base + path);
  await page.waitFor('window.ready === true');
}
const allow = (page, what = 'remembered') => page.evaluate((tier) => window.sotto.consent.grant(tier), what);
const shown = (page) => page.evaluate(() => window.shown());
const appears = (page, name) => page.waitFor((wanted) => window.shown().includes(wanted), name);
const goes = (page, name) => page.waitFor((wanted) => !window.shown().includes(wanted), name);
const rule = (page, name) => page.evaluate((wanted) =>
  window.campaigns.verdicts().find(({ campaign }) => campaign === wanted).rule, name);
const says = (page, name, wanted) => page.waitFor((campaign, one) =>
  window.campaigns.verdicts().find((verdict) => verdict.campaign === campaign).rule === one, name, wanted);
const track = (page, kind, event) => page.evaluate((...about) => window.sotto.track(...about), kind, event ?? {});
/** The clock goes on, and the page is told of something: by itself it would ask within a minute. */
const later = (page, seconds) => page.evaluate((more) => {
  localStorage.setItem('ahead', Number(localStorage.getItem('ahead') ?? 0) + more);
  window.campaigns.event('tick');
}, seconds);
const fine = async (page) => assert.deepEqual(await page.evaluate('window.told'), []);

/** Each kind of trigger but those against the catalogue: how it is planned ... */
const TRIGGERS = {
  page: [['page']],
  dwell: [['dwell', 2, 0]],
  'dwell-item': [['dwell', 2, 1]],
  'dwell-session': [['dwell', 2, 2]],
  'viewed-not-added': [['viewed-not-added', 600]],
  'cart-idle': [['cart-idle', 900]],
  'cart-value': [['cart-value', 2000]],
  scroll: [['scroll', 60]],
  exit: [['exit']],
  inactive: [['inactive', 2]],
  visit: [['visit', 2, 0]],
  return: [['return', 86400]],
  'no-results': [['no-results']],
  event: [['event', 0, 'size-guide']],
};
const isFirstSession = (page) => page.waitFor(async () => (await window.sotto.profile.export()).sessions === 1);
/** ... and what makes it fire. */
const CAUSES = {
  'viewed-not-added': async (page) => {
    await track(page, 'view', { item: 'rake' });
    await later(page, 580);
    await says(page, 'fires', 'trigger');
    await later(page, 30);
  },
  'cart-idle': async (page) => {
    await track(page, 'cart_add', { item: 'rake' });
    await later(page, 880);
    await says(page, 'fires', 'trigger');
    await later(page, 30);
  },
  'cart-value': async (page) => {
    await track(page, 'cart_add', { item: 'rake' });
    await says(page, 'fires', 'trigger');
    await track(page, 'cart_add', { item: 'hoe' });
  },
  scroll: (page) => page.evaluate(() => window.scrollTo(0, document.scrollingElement.scrollHeight)),
  exit: (page) => page.evaluate(() => void document.dispatchEvent(
    new MouseEvent('mouseout', { relatedTarget: null, clientY: -1, bubbles: true }))),
  visit: async (page) => {
    await isFirstSession(page);
    await later(page, 7200);
    await open(page);
  },
  return: async (page) => {
    await isFirstSession(page);
    await later(page, 2 * 86400);
    await open(page);
  },
  'no-results': (page) => track(page, 'search', { results: 0 }),
  event: (page) => page.evaluate(() => window.campaigns.event('size-guide')),
};

for (const [name, triggers] of Object.entries(TRIGGERS)) {
  inEveryBrowser(`the trigger ${name} fires`, async (page) => {
    garden.plan({ rules: free, campaigns: [{ name: 'fires', block: 'popup', heading: 'Here', triggers }] });
    await open(page, '/?item=spade');
    await allow(page);
    if (CAUSES[name]) {
      assert.equal(await rule(page, 'fires'), 'trigger');
      await CAUSES[name](page);
    }
    await appears(page, 'fires');
    await fine(page);
  });
}

inEveryBrowser('a lower price than the shopper saw, and back in stock', async (page) => {
  const campaigns = [
    { name: 'cheaper', block: 'inline', place: 'home', text: '{title} now {price}', triggers: [['price-drop', 10]] },
    { name: 'back', block: 'popup', text: '{title} is back', triggers: [['back-in-stock']] },
  ];
  garden.plan({ rules: free, campaigns }, { rake: { price: 1999 }, hoe: { in_stock: false } });
  await open(page);
  await allow(page);
  for (const item of ['rake', 'hoe']) await track(page, 'view', { item });
  await says(page, 'cheaper', 'trigger');
  await says(page, 'back', 'trigger');
  await page.waitFor(async () => (await window.sotto.profile.export()).watched.length === 2);
  // What is left over for the next page would be told of with that page's prices.
  await rememberedBy(page, 'window.sotto');
  garden.plan({ rules: free, campaigns });
  await open(page);
  await appears(page, 'cheaper');
  await appears(page, 'back');
  const says14 = () => document.querySelector('sotto-block[campaign=cheaper]').shadowRoot.textContent;
  assert.match(await page.evaluate(says14), /Rake now €14.99/);
  await fine(page);
});

inEveryBrowser('a cap holds over reloads', async (page) => {
  garden.plan({ rules: free, campaigns: [{ name: 'once', block: 'popup', heading: 'Once', caps: [1, 0, 2] }] });
  await open(page);
  assert.deepEqual(await shown(page), [], 'not before the shopper agreed');
  assert.equal(await rule(page, 'once'), 'consent');
  await allow(page);
  await appears(page, 'once');
  for (let i = 0; i < 2; i++) {
    await open(page);
    await says(page, 'once', 'cap-session');
    assert.deepEqual(await shown(page), []);
  }
  await later(page, 7200);
  await open(page);
  await appears(page, 'once');
  await later(page, 7200);
  await open(page);
  await says(page, 'once', 'cap-ever');
  await fine(page);
});

inEveryBrowser('of two tabs one shows it', async (page) => {
  garden.plan({
    rules: free,
    campaigns: [{ name: 'forgot', block: 'popup', heading: 'Forgot?', triggers: [['viewed-not-added', 60]] }],
  });
  await open(page);
  await allow(page);
  await track(page, 'view', { item: 'rake' });
  await later(page, 90);
  await appears(page, 'forgot');
  // Looked at later than it was shown.
  await later(page, 5);
  await track(page, 'view', { item: 'hoe' });
  await page.goto(`${garden.base}/tabs`);
  await page.waitFor('Array.from(frames).every((tab) => tab.ready)');
  // Both are due at the same moment.
  await page.evaluate(() => {
    localStorage.setItem('ahead', Number(localStorage.getItem('ahead')) + 90);
    for (const tab of Array.from(frames)) tab.campaigns.event('tick');
  });
  const count = () => page.evaluate(() => Array.from(frames).flatMap((tab) => tab.news)
    .filter((one) => one === 'forgot shown').length);
  await page.waitFor('Array.from(frames).some((tab) => tab.shown().includes("forgot"))');
  for (let i = 0; i < 5; i++) {
    await page.evaluate(async () => {
      for (const tab of Array.from(frames)) tab.campaigns.event('tick');
      await new Promise((resolve) => {
        setTimeout(resolve, 100);
      });
    });
  }
  assert.equal(await count(), 1);
  assert.deepEqual(await page.evaluate('Array.from(frames).flatMap((tab) => tab.told)'), []);
});

inEveryBrowser('a route of a single-page application: time begins anew, places are found again', async (page) => {
  garden.plan({
    rules: { ...free, idle: 600 },
    campaigns: [{ name: 'banner', block: 'hero', place: 'home', heading: 'Hello' }],
  });
  await open(page);
  await appears(page, 'banner');
  await page.waitFor(() => window.campaigns.inspect().scene['page.active'] >= 1);
  await page.evaluate(() => {
    history.pushState(null, '', '/other');
    document.querySelector('#home').remove();
    window.sotto.page({ items: ['rake'], type: 'product' });
  });
  await goes(page, 'banner');
  const { scene } = await page.evaluate(() => window.campaigns.inspect());
  assert.deepEqual([scene['page.path'], scene['page.type'], scene['page.items']],
    ['/other', 'product', 'rake']);
  await page.waitFor(() => window.news.includes('banner removed'));
  await page.evaluate(() => {
    const place = document.createElement('sotto-place');
    place.setAttribute('name', 'home');
    document.querySelector('main').append(place);
  });
  await appears(page, 'banner');
  assert.equal(await page.evaluate(() => document.querySelector('sotto-place').campaign), 'banner');
  assert.equal(await page.evaluate(() => document.querySelector('sotto-place').state), 'sotto');
  await fine(page);
});

inEveryBrowser('erase and withdraw take everything off, and the shop’s own comes back', async (page) => {
  garden.plan({
    rules: free,
    campaigns: [
      { name: 'hello', block: 'popup', heading: 'Hello' },
      { name: 'banner', block: 'hero', place: 'home', heading: 'Hi', pauses: [60, 0, 0] },
    ],
  });
  const own = () => page.evaluate(() => document.querySelector('#own')?.isConnected ?? false);
  await open(page);
  assert.equal(await own(), true);
  await allow(page);
  await appears(page, 'hello');
  await appears(page, 'banner');
  assert.equal(await own(), false);
  await page.evaluate(() => window.sotto.profile.erase());
  await goes(page, 'hello');
  await goes(page, 'banner');
  assert.equal(await own(), true);
  await open(page);
  await appears(page, 'hello');
  await page.evaluate(() => window.sotto.consent.withdraw());
  await goes(page, 'hello');
  assert.equal(await own(), true);
  assert.equal(await page.evaluate(async () => (await indexedDB.databases()).length), 0);
  await fine(page);
});

inEveryBrowser('what is dismissed with a key stays away', async (page) => {
  garden.plan({ rules: free, campaigns: [{ name: 'hello', block: 'popup', heading: 'Hello', pauses: [86400, 0, 0] }] });
  await open(page);
  await allow(page);
  await appears(page, 'hello');
  await page.press('Escape');
  await goes(page, 'hello');
  assert.deepEqual(await page.evaluate('window.news'), ['hello shown', 'hello dismissed']);
  await open(page);
  await says(page, 'hello', 'pause');
  await fine(page);
});

inEveryBrowser('what is asked for does not depend on what is shown', async (page) => {
  const asked = [];
  for (const tier of [null, 'remembered']) {
    garden.plan({ rules: free, campaigns: [{ name: 'hello', block: 'popup', heading: 'Hello' }] });
    await open(page);
    if (tier) {
      await allow(page);
      await appears(page, 'hello');
    }
    asked.push([...garden.asked].sort().join(' '));
  }
  assert.equal(asked[0], asked[1]);
  assert.match(asked[0], /director-/);
});
