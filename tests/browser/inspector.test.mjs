/**
 * inspector.test.mjs - what those who look after a shop see, and that looking changes nothing
 */
import assert from 'node:assert/strict';
import { after, before } from 'node:test';

import { products } from '../demo/published.mjs';
import { engines, inEveryBrowser } from './browsers.mjs';
import { openShop } from './shop.mjs';
import { allow, productPath, visit } from './shopper.mjs';

const product = products.products.find(({ stock }) => stock > 0).id;
const chromium = engines.filter(({ name }) => name === 'chromium');

let shop;
before(async () => {
  shop = await openShop();
});
after(() => shop?.close());

/** The inspector, once it is drawn. */
const opened = (page) => page.waitFor(() =>
  document.querySelector('sotto-inspector')?.hasAttribute('ready'));

/** The rows of the tab that is open: their texts, cell by cell. */
const rowsOf = (page) => page.evaluate(() => {
  const panels = [...document.querySelector('sotto-inspector').shadowRoot
    .querySelectorAll('[role="tabpanel"]')];
  return [...panels.find(({ hidden }) => !hidden).querySelectorAll('tbody tr')]
    .map((row) => [...row.children].map(({ textContent }) => textContent));
});

const tab = (page, name) => page.evaluate((wanted) => {
  [...document.querySelector('sotto-inspector').shadowRoot.querySelectorAll('[role="tab"]')]
    .find(({ textContent }) => textContent === wanted).click();
}, name);

/** What the device keeps, but for the seconds that this page was looked at: not as it has faded by now. */
const keptOf = (page) => page.evaluate(async () => {
  const { started } = await import('/recommend.js');
  const kept = await (await started).profile.export();
  return JSON.stringify([kept.events, kept.cart, kept.purchases, kept.block]);
});

inEveryBrowser('an address that asks for it opens it: why each campaign shows or not', async (page) => {
  await visit(page, shop, '/index.html');
  await allow(page);
  await visit(page, shop, `${productPath(product)}&sotto-inspect`);
  await opened(page);
  await page.waitFor(async () => {
    const { started } = await import('/recommend.js');
    return (await (await started).campaigns)?.verdicts().length > 0;
  });
  const verdicts = await page.evaluate(async () => {
    const { started } = await import('/recommend.js');
    return (await (await started).campaigns).verdicts();
  });
  const rows = await rowsOf(page);
  assert.deepEqual(rows.map(([name]) => name).sort(),
    verdicts.map(({ campaign }) => campaign).sort());
  assert.ok(rows.every(([, what, text]) => what && text));
}, { only: chromium });

inEveryBrowser('events are seen as they arrive, and looking ahead keeps nothing', async (page) => {
  await visit(page, shop, '/index.html');
  await allow(page);
  await visit(page, shop, `${productPath(product)}&sotto-inspect`);
  await opened(page);
  await tab(page, 'Events');
  await page.evaluate(async (item) => {
    const { started } = await import('/recommend.js');
    (await started).track('wishlist', { item });
  }, product);
  await page.waitFor(() => document.querySelector('sotto-inspector').shadowRoot
    .querySelector('#panel-Events tbody tr td')?.textContent === 'wishlist');

  const before = await keptOf(page);
  await tab(page, 'Campaigns');
  await page.evaluate(() => {
    const { shadowRoot } = document.querySelector('sotto-inspector');
    const choice = shadowRoot.querySelector('#panel-Campaigns select');
    for (const { value } of choice.options) {
      choice.value = value;
      choice.dispatchEvent(new Event('change'));
    }
  });
  assert.ok((await rowsOf(page)).length > 0);
  assert.equal(await keptOf(page), before);
}, { only: chromium });

inEveryBrowser('a forced arm holds for this page alone', async (page) => {
  await visit(page, shop, '/index.html');
  await allow(page);
  await visit(page, shop, `${productPath(product)}&sotto-inspect`);
  await opened(page);
  await tab(page, 'Experiments');
  const forced = await page.evaluate(async () => {
    const { started } = await import('/recommend.js');
    const campaigns = await (await started).campaigns;
    const { shadowRoot } = document.querySelector('sotto-inspector');
    const choice = shadowRoot.querySelector('#panel-Experiments select');
    const [experiment] = campaigns.inspect().experiments;
    const seen = [];
    for (const { name } of experiment.arms) {
      choice.value = name;
      choice.dispatchEvent(new Event('change'));
      seen.push([name, campaigns.arm(experiment.name)]);
    }
    return seen;
  });
  assert.ok(forced.length > 1);
  for (const [wanted, got] of forced) assert.equal(got, wanted);
  await visit(page, shop, `${productPath(product)}&sotto-inspect`);
  await opened(page);
  const again = await page.evaluate(async () => {
    const { started } = await import('/recommend.js');
    return (await (await started).campaigns).inspect().experiments.map((one) => one.forced);
  });
  assert.ok(again.every((one) => one === false));
}, { only: chromium });

inEveryBrowser('closed, it leaves nothing behind', async (page) => {
  await visit(page, shop, `${productPath(product)}&sotto-inspect`);
  await opened(page);
  const left = await page.evaluate(async () => {
    const { started } = await import('/recommend.js');
    const sotto = await started;
    const during = sotto.track;
    document.querySelector('sotto-inspector').shadowRoot.querySelector('[data-do="close"]').click();
    return {
      element: document.querySelector('sotto-inspector') !== null,
      hearing: sotto.track === during,
    };
  });
  assert.deepEqual(left, { element: false, hearing: false });
}, { only: chromium });

/** A page whose script starts Sotto and tells nobody. */
const BARE = `<!doctype html><html lang="en"><title>Bare</title><script type="module" src="/bare.js"></script>
<h1>Bare</h1><sotto-privacy></sotto-privacy>`;
const START = "import { start } from '/sotto/sotto.js'; await start({ base: '/sotto/', shop: 'osier-ash' });";
const layBare = () => {
  shop.lay('/bare.html?sotto-inspect', 'text/html; charset=utf-8', BARE);
  shop.lay('/bare.html', 'text/html; charset=utf-8', BARE);
  shop.lay('/bare.js', 'text/javascript; charset=utf-8', START);
};

inEveryBrowser('it finds a Sotto that the shop started and handed to nobody, early or late', async (page) => {
  layBare();
  await page.goto(shop.url('/bare.html?sotto-inspect'));
  await opened(page);
  assert.ok((await rowsOf(page)).length > 10, 'the campaigns of the bundle');

  await page.goto(shop.url('/bare.html'));
  for (const late of [false, true]) {
    if (late) await page.waitFor(() => performance.getEntriesByType('resource').some(({ name }) => name.includes('/sotto/pictures.')));
    await page.evaluate(async () => {
      document.querySelector('sotto-inspector')?.remove();
      (await import('/sotto/inspector.js')).inspect();
    });
    await opened(page);
  }
  await page.evaluate(() => void import('/sotto/privacy.js'));
  await page.waitFor(() => document.querySelector('sotto-privacy').shadowRoot?.querySelector('h2') !== null
    && document.querySelector('sotto-privacy').shadowRoot.textContent.length > 100);
}, { only: chromium });
