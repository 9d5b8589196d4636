/**
 * demo-campaigns.test.mjs - the demo shop's campaigns, each seen to fire, and to stop
 *
 * A shopper does what a campaign waits for, through what the page shows; then it is there, and after
 * it was dismissed, answered, redeemed or shown often enough it is not. What takes minutes or days is
 * done by a clock that the test sets forward: it is laid into the shop's own integration.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, beforeEach } from 'node:test';

import { products } from '../demo/published.mjs';
import { inEveryBrowser } from './browsers.mjs';
import { openShop } from './shop.mjs';
import { NOTHING, allow, counted, keptOnDevice, productPath, sotto, until, visit } from './shopper.mjs';

const demo = join(resolve(process.env.BUILD ?? 'build'), 'demo');
const CLOCK = 'a test’s clock';

const inCategory = (start) => products.products.filter(
  ({ category, stock }) => category.startsWith(start) && stock > 0);
const lamps = inCategory('Living > Lamps').slice(0, 3).map(({ id }) => id);
const teas = inCategory('Pantry > Tea').slice(0, 2).map(({ id }) => id);
const bench = inCategory('Garden').slice(0, 6).map(({ id }) => id);
const reduced = inCategory('').filter(({ price, listPrice }) => price < listPrice).slice(0, 4)
  .map(({ id }) => id);
const soldOut = products.products.find(({ stock }) => stock === 0);
const dear = inCategory('Living > Rugs').find(({ price, stock }) => price > 9000 && stock > 3);

/** The feed as a table of its rows, by id. */
const feed = readFileSync(join(demo, 'products.csv'), 'utf8');
const bought = feed.split('\n').find((row) => /,\d+0$/.test(row) && !row.includes(`${soldOut.id},`)).split(',')[0];

let shop;
before(async () => {
  shop = await openShop();
});
after(() => shop?.close());
beforeEach(() => {
  shop.reset();
  const integration = readFileSync(join(demo, 'shop/recommend.js'), 'utf8');
  assert.match(integration, /start\(\{/);
  shop.lay('/recommend.js', 'text/javascript', integration.replace('start({',
    `start({ now: ((by) => () => Date.now() / 1000 + by)(Number(localStorage.getItem('${CLOCK}'))),`));
});

/** The clock goes on by so many seconds, on the next page. */
const later = (page, seconds) => page.evaluate((name, by) => {
  localStorage.setItem(name, Number(localStorage.getItem(name)) + by);
}, CLOCK, seconds);

const shown = (page) => page.evaluate(() =>
  [...document.querySelectorAll('sotto-block')].map((one) => one.getAttribute('campaign')));
const see = (page, campaign) => page.waitFor((name) =>
  [...document.querySelectorAll('sotto-block')].some((one) => one.getAttribute('campaign') === name), campaign);
const rule = (page, campaign) => sotto(page, async (it, name) =>
  (await it.campaigns).verdicts().find((verdict) => verdict.campaign === name).rule, campaign);
const ruleIs = (page, campaign, wanted) => until(page, async (it, name, expected) =>
  (await it.campaigns).verdicts().find((verdict) => verdict.campaign === name).rule === expected, campaign, wanted);
/** Calls `code` with the shadow root of a campaign's block. */
const inside = (page, campaign, code) => page.evaluate(`(${code})(document.querySelector(
  'sotto-block[campaign="${campaign}"]').shadowRoot)`);
const thanked = (page, campaign) => page.waitFor((name) =>
  document.querySelector(`sotto-block[campaign="${name}"]`).shadowRoot.querySelector('.thanks') !== null, campaign);
const close = (page, campaign) => inside(page, campaign, (root) => root.querySelector('.close').click());

/** Looks at products, each until the profile knows of it. */
async function lookAt(page, ids) {
  for (const id of ids) {
    await visit(page, shop, productPath(id));
    await counted(page, id);
  }
}

async function agree(page) {
  await visit(page, shop, '/account.html');
  await allow(page);
}

/** Of which experiments something is counted, in which arm. */
const experiments = (page) => sotto(page, async (it) => (await it.profile.export()).experiments
  .map(({ experiment, arm }) => `${experiment} ${arm}`));

async function addToBasket(page, id) {
  await visit(page, shop, productPath(id));
  await page.waitFor(() => document.querySelector('main[data-loading]') === null);
  await page.click('[data-test=add-to-cart]');
}

/** Campaigns are there, and listen. */
const directed = (page) => until(page, async (it) => (await it.campaigns) !== undefined);

/** The pointer leaves through the top of the window. */
async function leaveByTheTop(page) {
  await directed(page);
  await page.evaluate(() => {
    const leaving = { bubbles: true, relatedTarget: null, clientY: -1 };
    document.documentElement.dispatchEvent(new MouseEvent('mouseout', leaving));
  });
}

inEveryBrowser('who agreed to nothing sees what is for everybody, and nothing is kept', async (page) => {
  await visit(page, shop, '/category.html?c=Table');
  await see(page, 'linen-week');
  assert.match(await inside(page, 'linen-week', (root) => root.querySelector('.body').textContent), /LINEN20.*days/s);

  await visit(page, shop, productPath(bought));
  await see(page, 'bought-by');
  assert.match(await inside(page, 'bought-by', (root) => root.querySelector('.text').textContent), /^\d+0 people bought this/);

  await visit(page, shop, productPath(soldOut.id));
  await see(page, 'tell-me');
  await inside(page, 'tell-me', (root) => {
    root.querySelector('[type=email]').value = 'someone@shop.example';
    root.querySelector('[type=submit]').click();
  });
  await thanked(page, 'tell-me');
  assert.deepEqual(shop.seen.filter(({ method }) => method !== 'GET'), [], 'the demonstration sends nothing');

  await visit(page, shop, '/search.html?q=zeppelin');
  await see(page, 'nothing-found');
  assert.deepEqual(await page.evaluate(() => document.querySelector('[name=search-nothing] .shelf')), null, 'in the place of the shop’s own');

  await addToBasket(page, bought);
  await see(page, 'free-postage');
  const { position } = await inside(page, 'free-postage', (root) => ({ position: root.querySelector('progress').position }));
  assert.ok(position > 0 && position < 1);
  await addToBasket(page, dear.id);
  await page.waitFor(() => document.querySelector('sotto-block[campaign=free-postage]')?.shadowRoot.querySelector('progress').position === 1);
  assert.match(await inside(page, 'free-postage', (root) => root.querySelector('.text').textContent), /We pay the postage/);
  assert.equal(await rule(page, 'lamp-offer-plain'), 'consent');
  assert.deepEqual(await keptOnDevice(page), NOTHING);
  assert.deepEqual(shop.violations, []);
});

inEveryBrowser('a popup on leaving: one arm, once, until it is dismissed; never once it is redeemed', async (page) => {
  await agree(page);
  await lookAt(page, lamps);
  await until(page, async (it) => (await it.campaigns).segments().includes('lamp-lover'));
  assert.deepEqual(await shown(page).then((names) => names.filter((name) => name.startsWith('lamp'))), []);
  await leaveByTheTop(page);
  await page.waitFor(() => document.querySelector('sotto-block[block=popup]') !== null);
  const [mine] = (await shown(page)).filter((name) => name.startsWith('lamp'));
  const other = ['lamp-offer-plain', 'lamp-offer-warm'].find((name) => name !== mine);
  assert.equal(await rule(page, other), 'experiment');
  assert.match(await inside(page, mine, (root) => root.querySelector('.notice').textContent), /You get this offer since/);
  assert.equal(await inside(page, mine, (root) => root.querySelector('code').textContent), 'LAMPLIGHT');
  await page.press('Escape');
  await page.waitFor(() => document.querySelector('sotto-block[block=popup]') === null);

  await visit(page, shop, productPath(lamps[0]));
  await leaveByTheTop(page);
  await ruleIs(page, mine, 'pause');
  assert.deepEqual((await shown(page)).filter((name) => name.startsWith('lamp')), []);

  // The code at the checkout; it is not offered again when the pause is over.
  await addToBasket(page, bought);
  await visit(page, shop, '/checkout.html');
  await page.waitFor(() => document.querySelector('main[data-loading]') === null);
  await page.evaluate(() => { document.querySelector('[data-test=code]').value = 'lamplight'; });
  await page.follow('[data-test=place-order]');
  await see(page, 'thank-you');
  assert.match(await inside(page, 'thank-you', (root) => root.querySelector('code').textContent), /^ASH-THANKS-\d$/);
  await later(page, 86400);
  await lookAt(page, lamps);
  await leaveByTheTop(page);
  await ruleIs(page, mine, 'offer');
});

inEveryBrowser('a hero for a fan of the garden, three times a day; a shelf of one arm', async (page) => {
  await agree(page);
  await lookAt(page, bench);
  for (let times = 0; times < 3; times++) {
    await visit(page, shop, '/index.html');
    await see(page, 'garden-hero');
    await until(page, async (it) => (await it.campaigns).verdicts().some(({ campaign, rule: why }) =>
      /^home-(shelf|recent)$/.test(campaign) && why === 'shown'));
  }
  const shelves = (await shown(page)).filter((name) => name.startsWith('home-'));
  assert.equal(shelves.length, 1);
  const arms = await sotto(page, async (it) => (await it.campaigns).arm('home-shelf'));
  assert.equal(shelves[0], `home-${arms}`, 'the block is that of the arm');
  assert.deepEqual(await experiments(page), [], 'without a yes to that nothing is counted');
  await visit(page, shop, '/index.html');
  await ruleIs(page, 'garden-hero', 'cap-day');
  assert.ok(!(await shown(page)).includes('garden-hero'));
  assert.equal(await page.evaluate(() => document.querySelector('[name=home-top] .promises') !== null), true, 'the shop’s own is back');
  await visit(page, shop, '/category.html?c=Bath');
  await see(page, 'garden-grid');
  await later(page, 86400);
  await visit(page, shop, '/index.html');
  await see(page, 'garden-hero');
});

inEveryBrowser('who ticks the box of the banner is counted in experiments', async (page) => {
  await visit(page, shop, '/account.html');
  await page.waitFor(() => !document.querySelector('[data-test=consent-banner]').hidden);
  assert.equal(await page.evaluate(() => document.querySelector('[data-test=consent-measure]').checked), false);
  await page.click('[data-test=consent-measure]');
  await allow(page);
  await lookAt(page, bench.slice(0, 2));
  await visit(page, shop, '/index.html');
  await until(page, async (it) => (await it.profile.export()).experiments.length > 0);
  const arm = await sotto(page, async (it) => (await it.campaigns).arm('home-shelf'));
  assert.deepEqual(await experiments(page), [`home-shelf ${arm}`]);
});

inEveryBrowser('a question, answered on the device, is not asked again', async (page) => {
  await agree(page);
  await visit(page, shop, '/category.html?c=Kitchen');
  await directed(page);
  await page.waitFor(() => document.querySelector('main[data-loading]') === null);
  assert.equal(await rule(page, 'cup-quiz'), 'trigger');
  await page.waitFor(() => {
    scrollTo({ top: scrollY > 900 ? scrollY - 10 : 1200, behavior: 'instant' });
    return document.querySelector('sotto-block[campaign=cup-quiz]') !== null;
  });
  await inside(page, 'cup-quiz', (root) => {
    root.querySelector('[value=Tea]').checked = true;
    root.querySelector('[type=submit]').click();
  });
  await thanked(page, 'cup-quiz');
  await until(page, async (it) => (await it.campaigns).segments().includes('tea-drinker'));
  await page.waitFor(() => document.querySelector('sotto-block[campaign=tea-and-mugs]') !== null);
  await lookAt(page, teas);
  await visit(page, shop, '/category.html?c=Kitchen');
  await see(page, 'tea-and-mugs');
  await ruleIs(page, 'cup-quiz', 'when');
  assert.deepEqual(shop.seen.filter(({ method }) => method !== 'GET'), [], 'nobody was told');
});

inEveryBrowser('what lies in the basket is recalled when it has waited', async (page) => {
  await agree(page);
  await addToBasket(page, dear.id);
  await visit(page, shop, '/cart.html');
  await see(page, 'basket-by-mail');
  const posts = await inside(page, 'basket-by-mail', (root) => {
    const form = root.querySelector('form');
    return [form.method, new FormData(form).getAll('item')];
  });
  assert.deepEqual(posts, ['post', [dear.id]]);
  await visit(page, shop, '/index.html');
  await ruleIs(page, 'basket-waits', 'trigger');
  await later(page, 16 * 60);
  await visit(page, shop, '/index.html');
  await see(page, 'basket-waits');
  assert.match(await inside(page, 'basket-waits', (root) => root.querySelector('.text').textContent), /^One thing, €/);
});

inEveryBrowser('thinking it over, and coming back after a week', async (page) => {
  await agree(page);
  const [product] = bench;
  for (let times = 1; times <= 3; times++) {
    await visit(page, shop, productPath(product));
    await until(page, async (it, id, least) => (await it.profile.export()).events
      .filter(({ item }) => item === id).length >= least, product, times);
    // What a page could not save is told apart by the second; no shopper is faster than that.
    await later(page, 20);
  }
  await until(page, async (it) => (await it.campaigns).segments().includes('high-intent'));
  assert.equal(await rule(page, 'thinking-it-over'), 'trigger');
  await later(page, 11 * 60);
  await visit(page, shop, '/index.html');
  await see(page, 'thinking-it-over');
  await close(page, 'thinking-it-over');
  assert.deepEqual((await shown(page)).filter((name) => name === 'thinking-it-over'), []);
  await visit(page, shop, '/index.html');
  await directed(page);
  assert.notEqual(await rule(page, 'thinking-it-over'), 'shown');

  await later(page, 8 * 86400);
  await visit(page, shop, '/index.html');
  await see(page, 'welcome-back');
  await close(page, 'welcome-back');
  await visit(page, shop, '/index.html');
  await ruleIs(page, 'welcome-back', 'pause');
  assert.ok(!(await shown(page)).includes('welcome-back'));
});

inEveryBrowser('for those who like a good price, and for friends of the house', async (page) => {
  await agree(page);
  await lookAt(page, reduced);
  await visit(page, shop, '/index.html');
  await see(page, 'good-price');
  await visit(page, shop, '/index.html');
  await see(page, 'good-price');
  await visit(page, shop, '/index.html');
  await ruleIs(page, 'good-price', 'cap-day');

  await later(page, 3600);
  await visit(page, shop, '/index.html');
  await directed(page);
  assert.equal(await rule(page, 'friends-first'), 'when');
  await sotto(page, async (it) => (await it.campaigns).account({ circle: 'friends' }));
  await see(page, 'friends-first');
  await visit(page, shop, '/index.html');
  await ruleIs(page, 'friends-first', 'when');
});

/** Publishes the shop again, with another price and something back in stock, and lays it over the old. */
function publishAgain() {
  const folder = mkdtempSync(join(tmpdir(), 'sotto-again-'));
  try {
    const site = JSON.parse(readFileSync(join(demo, 'site.json'), 'utf8'));
    const cheaper = (row) => row.replace(/,(\d+\.\d\d),(\d+\.\d\d),(?=Living > Lamps)/, (_, price, list) =>
      `,${(price * 0.8).toFixed(2)},${list},`);
    const rows = feed.split('\n').map((row) => {
      if (row.startsWith(`${lamps[0]},`)) return cheaper(row);
      return row.startsWith(`${soldOut.id},`) ? row.replace(/,0,(?=\/pictures)/, ',7,') : row;
    });
    assert.notEqual(rows.join('\n'), feed);
    writeFileSync(join(folder, 'products.csv'), rows.join('\n'));
    site.logs.forEach((log) => { log.files = log.files.map((file) => join(demo, file)); });
    site.pictures.folder = join(demo, site.pictures.folder);
    writeFileSync(join(folder, 'site.json'), JSON.stringify(site));
    execFileSync(join(demo, '../sotto'), ['publish', '-q', '--no-runtime', '--sequence', '1000',
      '--model', join(demo, site.train.output), '-o', join(folder, 'out'), join(folder, 'site.json')],
    { stdio: ['ignore', 'ignore', 'inherit'] });
    return readdirSync(join(folder, 'out')).map((name) => [name, readFileSync(join(folder, 'out', name))]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

inEveryBrowser('cheaper, and back in stock, than when it was looked at', async (page) => {
  await agree(page);
  await lookAt(page, [soldOut.id, lamps[0]]);
  await visit(page, shop, '/index.html');
  await ruleIs(page, 'cheaper-now', 'trigger');
  for (const [name, bytes] of publishAgain()) shop.lay(`/sotto/${name}`, 'application/octet-stream', bytes);
  await visit(page, shop, '/index.html');
  await see(page, 'cheaper-now');
  const title = products.products.find(({ id }) => id === lamps[0]).title;
  assert.match(await inside(page, 'cheaper-now', (root) => root.querySelector('h2').textContent), new RegExp(`^${title}`));
  await see(page, 'it-is-back');
  assert.ok((await inside(page, 'it-is-back', (root) => root.querySelector('.text').textContent)).startsWith(soldOut.title));
  await close(page, 'it-is-back');
  await visit(page, shop, '/index.html');
  await directed(page);
  assert.notEqual(await rule(page, 'it-is-back'), 'shown');
});
