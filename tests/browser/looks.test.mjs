/**
 * looks.test.mjs - every page of the demo shop is one that everybody can use
 *
 * No serious or critical finding of axe-core, filled and unfilled, light and dark, and nothing wider
 * than the screen on a phone or a large display, nor with letters twice as large. Chromium stands for
 * the others: the rules are about the document.
 */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { after, before } from 'node:test';

import { products, truth } from '../demo/published.mjs';
import { engines, inEveryBrowser } from './browsers.mjs';
import { openShop } from './shop.mjs';
import { allow, lookAt, productPath, visit } from './shopper.mjs';

const build = resolve(process.env.BUILD ?? 'build');
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const pictures = join(build, 'screenshots');

const product = products.products.find(({ stock }) => stock > 0).id;
const pages = {
  home: '/index.html',
  category: '/category.html?c=Kitchen',
  search: '/search.html?q=teapot',
  product: productPath(product),
  cart: '/cart.html',
  checkout: '/checkout.html',
  thanks: '/thanks.html',
  account: '/account.html',
};
const chromium = engines.filter(({ name }) => name === 'chromium');
const narrow = engines.filter(({ name }) => name !== 'webkit');

let shop;
before(async () => {
  shop = await openShop();
  mkdirSync(pictures, { recursive: true });
});
after(() => shop?.close());

/** The ids and places of what axe-core finds serious or critical. */
async function findings(page) {
  await page.evaluate(`${axe}; true`);
  // Half faded in, everything is pale.
  await page.waitFor(() => document.getAnimations()
    .every(({ playState }) => playState !== 'running'));
  return page.evaluate(async () => {
    const { violations } = await globalThis.axe.run(document, { resultTypes: ['violations'] });
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => node.target).join(' | ')}`);
  });
}

inEveryBrowser('no page has a serious finding of axe-core', async (page) => {
  for (const [name, path] of Object.entries(pages)) {
    await visit(page, shop, path);
    assert.deepEqual(await findings(page), [], `${name}, first visit`);
  }
  await page.native.emulateMedia({ colorScheme: 'dark' });
  await visit(page, shop, '/index.html');
  await allow(page);
  await lookAt(page, shop, truth.kinds.teapot.slice(0, 4));
  await visit(page, shop, productPath(product));
  await page.click('[data-test=add-to-cart]');
  for (const [name, path] of Object.entries(pages)) {
    await visit(page, shop, path);
    assert.deepEqual(await findings(page), [], `${name}, personalised`);
  }
  const seen = () => Boolean(document.querySelector('sotto-privacy')?.shadowRoot
    ?.querySelector('[data-list=seen] li'));
  await page.waitFor(seen);
  for (const colorScheme of ['dark', 'light']) {
    await page.native.emulateMedia({ colorScheme });
    assert.deepEqual(await findings(page), [], `account, with the privacy centre, ${colorScheme}`);
  }
  await visit(page, shop, '/index.html');
  await page.click('[data-test=panel-open]');
  await page.waitFor(seen);
  assert.deepEqual(await findings(page), [], 'the panel');
}, { only: chromium });

inEveryBrowser('what is known is one button away, and nothing covers it', async (page) => {
  const looksAt = () => page.waitFor(() => {
    const { left, top, width, height } = document.querySelector('[data-test=panel-open]')
      .getBoundingClientRect();
    return height > 0 && {
      top: document.elementFromPoint(left + width / 2, top + height / 2)?.dataset.test,
      edge: document.elementFromPoint(left + width / 2, top + height - 2)?.dataset.test,
      asked: !document.querySelector('[data-test=consent-banner]').hidden,
    };
  });
  for (const width of [390, 900, 1440]) {
    await page.resize(width, 800);
    await visit(page, shop, '/index.html');
    await page.waitFor(() => !document.querySelector('[data-test=consent-banner]').hidden);
    const picture = join(pictures, `${page.engine}-asked-${width}.png`);
    await page.screenshot(picture);
    const both = { top: 'panel-open', edge: 'panel-open' };
    assert.deepEqual(await looksAt(), { ...both, asked: true }, `${width} pixels, asked`);
  }
  await visit(page, shop, '/account.html');
  await page.waitFor(() => Boolean(document.querySelector('sotto-privacy')?.shadowRoot));
  const count = await page.evaluate(() => [
    document.querySelectorAll('[data-test=panel-open]').length,
    document.querySelectorAll('sotto-privacy').length,
  ]);
  assert.deepEqual(count, [0, 1], 'the account page has the privacy centre itself, once');
}, { only: narrow });

inEveryBrowser('no page scrolls sideways at 390 or 1440 pixels', async (page) => {
  await visit(page, shop, '/index.html');
  await allow(page);
  await lookAt(page, shop, truth.kinds.teapot.slice(0, 4));
  for (const width of [390, 1440]) {
    await page.resize(width, 900);
    for (const [name, path] of Object.entries(pages)) {
      await visit(page, shop, path);
      const { wide, screen } = await page.evaluate(() => ({
        wide: document.documentElement.scrollWidth, screen: document.documentElement.clientWidth,
      }));
      assert.ok(wide <= screen, `${name} is ${wide} pixels wide on a screen of ${screen}`);
      const picture = join(pictures, `${page.engine}-${name}-${width}.png`);
      await page.screenshot(picture, { fullPage: true });
    }
  }
}, { only: narrow });

inEveryBrowser('with letters twice as large no page scrolls sideways on a phone', async (page) => {
  await visit(page, shop, '/index.html');
  await allow(page);
  await lookAt(page, shop, truth.kinds.teapot.slice(0, 1));
  await visit(page, shop, productPath(product));
  await page.click('[data-test=add-to-cart]');
  for (const [name, path] of Object.entries(pages)) {
    await visit(page, shop, path);
    const beyond = await page.evaluate(() => {
      document.documentElement.style.fontSize = '200%';
      const { clientWidth, scrollWidth } = document.documentElement;
      return scrollWidth - clientWidth;
    });
    assert.equal(beyond, 0, name);
  }
}, { only: chromium, size: { width: 390, height: 844 } });

inEveryBrowser('in colours of the shopper’s own the privacy centre can be read, and says its state', async (page) => {
  await page.native.emulateMedia({ forcedColors: 'active', colorScheme: 'dark' });
  await visit(page, shop, '/account.html');
  await page.waitFor(() => document.querySelector('sotto-privacy[ready]') !== null);
  const look = () => page.evaluate(() => {
    const centre = document.querySelector('sotto-privacy');
    // As on a page that sets no colours: then they are the system's, which the browser leaves as they are.
    for (const name of ['accent', 'on-accent']) centre.style.setProperty(`--sotto-${name}`, 'initial');
    const probe = document.body.appendChild(document.createElement('i'));
    probe.style.color = 'Canvas';
    const canvas = getComputedStyle(probe).color;
    probe.remove();
    const texts = [...centre.shadowRoot.querySelectorAll('button, p, span, dt, dd')];
    return {
      gone: texts.filter((one) => getComputedStyle(one).color === canvas).map((one) => one.textContent),
      filled: getComputedStyle(centre.shadowRoot.querySelector('.lead'), '::before').backgroundColor !== canvas,
    };
  });
  assert.deepEqual((await look()).gone, [], 'unasked');
  await visit(page, shop, '/index.html');
  await allow(page);
  await visit(page, shop, '/account.html');
  await page.waitFor(() => document.querySelector('sotto-privacy[ready]') !== null);
  assert.deepEqual(await look(), { gone: [], filled: true }, 'remembered');
}, { only: chromium });

inEveryBrowser('who searches for nothing is not told that nothing was found', async (page) => {
  for (const [path, title] of [['/search.html', /like here/], ['/search.html?q=xyzzy', /Nothing found|Not that/]]) {
    await visit(page, shop, path);
    const shown = () => page.waitFor(() => document.querySelector('[data-nothing] h2')?.textContent
      ?? document.querySelector('[data-nothing] sotto-block')?.shadowRoot.querySelector('h2').textContent);
    assert.match(await shown(), title, path);
  }
}, { only: chromium });
