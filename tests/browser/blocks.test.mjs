/**
 * blocks.test.mjs - what campaigns look like and how they are drawn, in every engine
 *
 * One of each is drawn on a page with a strict policy (gallery.mjs): no inline style or script, no
 * string that becomes markup. What is checked of each: that it can be used by anybody, that drawing it
 * twice is drawing it once, and that nothing is left when it goes.
 */
import assert from 'node:assert/strict';

import { engines, inEveryBrowser } from './browsers.mjs';
import { COMPLAINTS } from './complaints.mjs';
import { HOSTILE, VIEWS } from './gallery.mjs';
import { bare, draw, open, press, tick, told, useGallery } from './gallery-page.mjs';

const gallery = useGallery();

const setScheme = (page, scheme) => page.evaluate((wanted) => {
  document.documentElement.style.colorScheme = wanted;
}, scheme);

inEveryBrowser('each is drawn once, can be used by anybody, and leaves nothing', async (page) => {
  await open(page, gallery);
  const empty = await bare(page);
  for (const name of Object.keys(VIEWS)) {
    assert.equal(await page.evaluate((wanted) => window.gallery.canDraw(wanted), name), true, name);
    assert.deepEqual(await bare(page), empty, `${name} was drawn aside`);
    for (const scheme of ['light', 'dark']) {
      await setScheme(page, scheme);
      assert.equal(await draw(page, name), true, name);
      assert.deepEqual(await page.evaluate(COMPLAINTS), [], `${name}, ${scheme}`);
    }
    const same = await page.evaluate((wanted) => {
      const { root, draw: again } = window.gallery;
      const before = [...root.querySelectorAll('*')];
      again(wanted);
      const after = [...root.querySelectorAll('*')];
      return document.querySelectorAll('sotto-block').length === 1 && before.length === after.length
        && before.every((element, i) => element === after[i]);
    }, name);
    assert.ok(same, `${name} is drawn once`);
    await page.evaluate((wanted) => {
      window.gallery.remove(wanted);
      window.gallery.remove(wanted);
      document.documentElement.removeAttribute("style");
    }, name);
    assert.deepEqual(await bare(page), empty, `${name} leaves nothing`);
  }
  assert.deepEqual(await told(page), [], 'nobody did anything');
  assert.deepEqual(await page.evaluate(() => window.refused), []);
});

inEveryBrowser('also on a phone, where nothing is wider than the window', async (page) => {
  await open(page, gallery);
  for (const name of Object.keys(VIEWS)) {
    assert.equal(await draw(page, name), true, name);
    assert.deepEqual(await page.evaluate(COMPLAINTS), [], name);
    const wide = await page.evaluate(() => [document.documentElement.scrollWidth - innerWidth,
      ...[...window.gallery.root.querySelectorAll('[part=block], .bar')].map((box) => box.getBoundingClientRect())
        .flatMap(({ left, right, bottom }) => [-left, right - innerWidth, bottom - Math.max(innerHeight, 2000)])]);
    assert.ok(wide.every((beyond) => beyond <= 0.5), `${name}: ${wide}`);
    await page.evaluate((wanted) => window.gallery.remove(wanted), name);
  }
}, { size: { width: 390, height: 780 }, not: { webkit: 'its window cannot be so narrow' } });

inEveryBrowser('nothing on the page moves', async (page) => {
  await open(page, gallery);
  await page.evaluate(() => {
    window.moved = [];
    document.documentElement.classList.add('reserved');
    new PerformanceObserver((list) => window.moved.push(...list.getEntries().map(({ value }) => value)))
      .observe({ type: 'layout-shift', buffered: false });
  });
  await page.waitFor(() => window.moved.splice(0).length > 0); // by the room that was just reserved
  for (const name of Object.keys(VIEWS)) {
    await draw(page, name);
    await tick(page);
    await page.evaluate((wanted) => {
      const { heading, text } = window.gallery.views[wanted];
      window.gallery.update(wanted, { heading: heading && 'Another', text: text && 'And another text' });
    }, name);
    await tick(page);
    await page.evaluate((wanted) => window.gallery.remove(wanted), name);
    await tick(page);
    assert.deepEqual(await page.evaluate(() => window.moved.splice(0)), [], name);
  }
}, { only: engines.filter(({ name }) => name === 'chromium') });

inEveryBrowser('one at a place: the next takes the place of the one before', async (page) => {
  await open(page, gallery);
  const names = () => page.evaluate(() => [...document.querySelectorAll('sotto-block')].map((one) => one.getAttribute('campaign')));
  await draw(page, 'grid');
  await draw(page, 'quiz');
  assert.deepEqual(await names(), ['quiz']);
  await draw(page, 'popup');
  await draw(page, 'bar');
  assert.deepEqual((await names()).sort(), ['bar', 'popup', 'quiz']);
  await draw(page, 'slide-in');
  assert.deepEqual((await names()).sort(), ['bar', 'quiz', 'slide-in'], 'what lies over the page is one place');
  await page.evaluate(() => ['quiz', 'popup', 'bar', 'slide-in', 'grid'].forEach((name) => window.gallery.remove(name)));
  assert.equal(await page.evaluate(() => document.querySelector('#place').innerHTML), '<p id="own">the shop’s own content</p>');
  // A framework that redraws the place has the last word.
  await draw(page, 'grid');
  await page.evaluate(() => document.querySelector('#place').replaceChildren('new'));
  await page.evaluate(() => window.gallery.remove('grid'));
  assert.equal(await page.evaluate(() => document.querySelector('#place').innerHTML), 'new');
});

inEveryBrowser('hostile texts are texts, hostile addresses are none', async (page) => {
  await open(page, gallery);
  const texts = Object.fromEntries(['heading', 'text', 'button', 'alt', 'close', 'notice', 'thanks', 'tone', 'template', 'question']
    .map((name) => [name, HOSTILE]));
  for (const [name, view] of Object.entries(VIEWS)) {
    for (const url of ['javascript:window.hit=1', 'data:text/html,<script>window.hit=1</script>', ' JavaScript:window.hit=1', 'blob:x', '\u0000javascript:window.hit=1']) {
      const items = view.items.map((item) => ({ ...item, id: HOSTILE, title: HOSTILE, brand: HOSTILE, priceText: HOSTILE, listPriceText: HOSTILE, url, image: url }));
      const done = await draw(page, name, {
        ...texts, tone: view.tone || HOSTILE, campaign: HOSTILE, url, image: url, items, options: view.options.map((_, i) => HOSTILE + i),
        subject: view.subject && { ...view.subject, title: HOSTILE, url, image: url },
        offer: view.offer && { ...view.offer, code: HOSTILE, label: HOSTILE },
        handOff: view.handOff && { name: HOSTILE, address: url },
      });
      if (!done) continue;
      const found = await page.evaluate(() => {
        const { root } = window.gallery;
        const bad = [...root.querySelectorAll('[href], [src], [action], script, iframe')].map((one) => one.outerHTML);
        root.querySelectorAll('a, .button').forEach((one) => one.click());
        return bad;
      });
      assert.deepEqual(found, [], name);
      await page.evaluate((wanted) => window.gallery.remove(wanted), name);
    }
  }
  await tick(page);
  assert.equal(await page.evaluate(() => 'hit' in window), false);
  assert.deepEqual(await page.evaluate(() => window.refused), []);
  assert.equal(await page.evaluate(() => 'campaign' in {}), false);
});

inEveryBrowser('what is not a block, or has nothing to say, is not drawn', async (page) => {
  await open(page, gallery);
  const empty = await bare(page);
  for (const [name, changes] of [
    ['popup', { block: 'no-such' }], ['popup', { block: '__proto__' }], ['carousel', { items: [] }], ['grid', { items: [] }],
    ['recent', { items: [] }], ['proof', { text: '' }], ['hero', { heading: '' }], ['popup', { heading: '', text: '' }],
    ['quiz', { question: '' }], ['quiz', { options: ['one'] }], ['shipping-bar', { offer: null }], ['shipping-bar', { text: '' }],
    ['grid', { place: '' }], ['bar', { text: '' }],
  ]) {
    assert.equal(await draw(page, name, changes), false, `${name} ${JSON.stringify(changes)}`);
    assert.equal(await page.evaluate((...about) => window.gallery.canDraw(...about), name, changes), false);
  }
  assert.deepEqual(await bare(page), empty);
});

inEveryBrowser('a button without an address leads to the product, or closes', async (page) => {
  await open(page, gallery);
  await draw(page, 'slide-in', { url: '' });
  const button = (attribute) => page.evaluate((name) => window.gallery.root.querySelector('[part=button]').getAttribute(name), attribute);
  assert.equal(await button('href'), '/product-1.html');
  await page.evaluate(() => window.gallery.remove('slide-in'));
  await draw(page, 'popup', { url: '' });
  assert.equal(await button('href'), null);
  await press(page, '[part=button]');
  assert.deepEqual(await told(page), ['dismissed']);
  await draw(page, 'quiz-popup');
  assert.equal(await page.evaluate(() => window.gallery.root.querySelector('dialog form') !== null), true, 'a quiz without a place');
});

inEveryBrowser('German, where the page is', async (page) => {
  await open(page, gallery);
  await page.evaluate(() => window.gallery.draw('countdown', {}, { language: 'de-AT' }));
  assert.match(await page.evaluate(() => window.gallery.root.querySelector('[role=timer]').textContent), /Tage[^]*Stunden[^]*Minuten/);
  await page.evaluate(() => window.gallery.draw('popup', {}, { language: 'de' }));
  assert.equal(await page.evaluate(() => document.querySelector('sotto-block[block=popup]').shadowRoot.querySelector('.close').getAttribute('aria-label')), 'Schließen');
});
