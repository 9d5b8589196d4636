/**
 * block-manners.test.mjs - how blocks behave towards who shops there: focus, keyboard, time
 */
import assert from 'node:assert/strict';

import { inEveryBrowser } from './browsers.mjs';
import { NOW, VIEWS } from './gallery.mjs';
import { draw, focused, open, press, tick, told, useGallery } from './gallery-page.mjs';

const gallery = useGallery();

inEveryBrowser('what lies over the page is as high as what it says, and follows the window', async (page) => {
  await open(page, gallery);
  for (const name of ['popup', 'slide-in', 'quiz-popup', 'hand-off-popup']) {
    for (const width of [1200, 480, 1000]) {
      await page.resize(width, 780);
      await draw(page, name);
      // A frame may pass before the media queries are asked again.
      const box = await page.waitFor((wide) => {
        const over = window.gallery.root.querySelector('.over');
        const { left, right } = over.getBoundingClientRect();
        return right - left < innerWidth - 100 === wide && {
          left, beyond: right - innerWidth, sideways: over.scrollWidth - over.clientWidth,
          empty: over.clientHeight - over.querySelector('.body').offsetHeight,
        };
      }, width > 599);
      const { left, beyond, sideways, empty } = box;
      assert.ok(left >= 0 && beyond <= 0, `${name}, ${width}: ${JSON.stringify(box)}`);
      assert.deepEqual([sideways, empty], [0, 0], `${name}, ${width}`);
    }
    await page.evaluate((wanted) => window.gallery.remove(wanted), name);
  }
});

inEveryBrowser('a popup takes the focus, keeps it and gives it back', async (page) => {
  await open(page, gallery);
  await page.evaluate(() => document.querySelector('#other').focus());
  await draw(page, 'popup');
  assert.match(await focused(page), /popup/);
  const visited = [];
  for (let presses = 0; presses < 5; presses++) {
    await page.press('Tab');
    visited.push(await focused(page));
  }
  assert.deepEqual(visited, ['button quiet', 'button', 'close', 'button quiet', 'button']);
  await page.press('Escape');
  await page.waitFor(() => document.querySelector('sotto-block') === null);
  assert.equal(await focused(page), 'other');
  assert.deepEqual(await told(page), ['dismissed']);

  await draw(page, 'popup');
  await press(page, '.close');
  await page.waitFor(() => document.querySelector('sotto-block') === null);
  assert.deepEqual(await told(page), ['dismissed', 'dismissed']);
  await draw(page, 'popup');
  await page.evaluate(() => window.gallery.root.querySelector('.backdrop').click());
  assert.equal(await page.evaluate(() => document.querySelector('sotto-block')), null);
  assert.equal((await told(page)).length, 3);

  // The page behind is not shut off: it scrolls, and what the shop puts above it can be used.
  await draw(page, 'popup');
  await page.evaluate(() => scrollTo({ top: 200, behavior: 'instant' }));
  assert.equal(await page.evaluate(() => scrollY), 200);
  assert.equal(await page.evaluate(() => {
    const banner = document.createElement('button');
    banner.id = 'banner';
    document.body.append(banner);
    banner.focus();
    return document.activeElement.id;
  }), 'banner');
});

inEveryBrowser('a slide-in and a bar leave the focus alone', async (page) => {
  await open(page, gallery);
  for (const name of ['slide-in', 'bar', 'shipping-bar']) {
    await page.evaluate(() => document.querySelector('#other').focus());
    await draw(page, name);
    assert.equal(await focused(page), 'other', name);
    await page.press('Escape');
    assert.equal(await page.evaluate(() => document.querySelectorAll('sotto-block').length), 1, 'it was not meant');
    await page.waitFor(() => window.gallery.root.querySelector('[role=status]').textContent !== '');
    await page.evaluate(() => window.gallery.root.querySelector('.close').focus());
    await page.press('Enter');
    assert.equal(await page.evaluate(() => document.querySelectorAll('sotto-block').length), 0, name);
    assert.equal(await focused(page), 'other', 'the focus is back');
  }
  await page.evaluate(() => document.querySelector('#other').focus());
  await draw(page, 'slide-in');
  await page.evaluate(() => window.gallery.root.querySelector('.close').focus());
  await page.press('Escape');
  assert.equal(await focused(page), 'other');
});

inEveryBrowser('nothing is laid over a question about consent, a dialog, or somebody who types', async (page) => {
  await open(page, gallery);
  const refusedBy = (put) => page.evaluate(`(() => {
    const box = document.createElement('div');
    box.append('x');
    document.body.append(box);
    (${put})(box);
    const drawn = [window.gallery.isClear(), window.gallery.draw('popup'), window.gallery.draw('slide-in'), window.gallery.draw('bar')];
    document.querySelectorAll('sotto-block').forEach((one) => window.gallery.remove('bar'));
    box.remove();
    return drawn;
  })()`);
  const no = [false, false, false, true];
  assert.deepEqual(await refusedBy((box) => box.setAttribute('data-sotto-keep-clear', '')), no);
  assert.deepEqual(await refusedBy((box) => { box.id = 'onetrust-banner-sdk'; }), no);
  assert.deepEqual(await refusedBy((box) => box.setAttribute('aria-modal', 'true')), no);
  assert.deepEqual(await refusedBy((box) => {
    box.append(document.createElement('dialog'));
    box.lastChild.showModal();
  }), no);
  assert.deepEqual(await refusedBy((box) => {
    box.append(document.createElement('input'));
    box.lastChild.focus();
  }), no);
  assert.equal(await page.evaluate(() => {
    const banner = document.createElement('div');
    banner.setAttribute('data-sotto-keep-clear', '');
    banner.append('x');
    banner.hidden = true;
    document.body.append(banner);
    return window.gallery.draw('popup');
  }), true, 'a banner that is not to be seen is in nobody’s way');
});

inEveryBrowser('what the shopper has the focus in changes when the focus has left', async (page) => {
  await open(page, gallery);
  await draw(page, 'inline');
  const text = () => page.evaluate(() => window.gallery.root.querySelector('.text').textContent);
  await page.evaluate(() => window.gallery.root.querySelector('.button').focus());
  await page.evaluate(() => window.gallery.update('inline', { text: 'New' }));
  assert.equal(await text(), VIEWS.inline.text);
  await page.evaluate(() => document.querySelector('#other').focus());
  await page.waitFor(() => window.gallery.root.querySelector('.text').textContent === 'New');
  await page.evaluate(() => window.gallery.update('inline', { heading: '', text: '' }));
  assert.equal(await page.evaluate(() => document.querySelector('sotto-block')), null, 'nothing to say any more');
  assert.equal(await page.evaluate(() => document.querySelector('#own') !== null), true);

  await draw(page, 'shipping-bar');
  await page.evaluate(() => window.gallery.update('shipping-bar', {
    text: 'We pay the postage.', offer: { ...window.gallery.views['shipping-bar'].offer, missing: 0 }, items: [],
  }));
  assert.deepEqual(await page.evaluate(() => [window.gallery.root.querySelector('progress').position, window.gallery.root.querySelector('.more')]), [1, null]);
  await page.waitFor(() => window.gallery.root.querySelector('[role=status]').textContent === 'We pay the postage.');
});

inEveryBrowser('the products that reach it open below the bar, by keyboard too', async (page) => {
  await open(page, gallery);
  await draw(page, 'shipping-bar');
  const state = () => page.evaluate(() => {
    const { root } = window.gallery;
    return [root.querySelector('.more').getAttribute('aria-expanded'), root.querySelector('.sheet').getClientRects().length];
  });
  assert.deepEqual(await state(), ['false', 0]);
  await page.evaluate(() => window.gallery.root.querySelector('.more').focus());
  await page.press('Enter');
  assert.deepEqual(await state(), ['true', 1]);
  await page.press('Tab');
  assert.match(await focused(page), /item-link/);
  await page.press('Escape');
  assert.deepEqual(await state(), ['false', 0]);
  assert.match(await focused(page), /more/);
});

inEveryBrowser('a shelf goes on by its buttons, and says where it ends', async (page) => {
  await open(page, gallery);
  await draw(page, 'carousel');
  const arrows = () => page.evaluate(() => [...window.gallery.root.querySelectorAll('.arrow')].map((arrow) => !arrow.hidden && arrow.getAttribute('aria-disabled')));
  await page.waitFor(() => !window.gallery.root.querySelector('.arrow').hidden);
  assert.deepEqual(await arrows(), ['true', 'false']);
  for (let presses = 0; presses < 4; presses++) {
    await press(page, '.forward');
    await tick(page);
  }
  await page.waitFor(() => window.gallery.root.querySelector('.forward').getAttribute('aria-disabled') === 'true');
  assert.deepEqual(await arrows(), ['false', 'true']);
  await page.evaluate(() => window.gallery.update('carousel', { items: window.gallery.views.carousel.items.slice(0, 2) }));
  await page.evaluate(() => document.querySelector('#other').focus());
  await page.waitFor(() => window.gallery.root.querySelectorAll('.item').length === 2);
  await page.waitFor(() => window.gallery.root.querySelector('.arrow').hidden);
});

inEveryBrowser('a countdown counts to the published end, and says nothing after it', async (page) => {
  await open(page, gallery);
  const said = () => page.evaluate(() => window.gallery.root?.querySelector('[role=timer]')?.textContent.replace(/\s+/g, ' ').trim());
  assert.equal(await draw(page, 'countdown', { ends: null }), false);
  assert.equal(await draw(page, 'countdown', { ends: NOW }), false);
  assert.equal(await draw(page, 'countdown', { ends: NOW - 1 }), false);
  await draw(page, 'countdown');
  assert.equal(await said(), '2 days 3 hours 4 minutes');
  await page.evaluate((later) => { window.gallery.later = later; }, 2 * 86400 + 3 * 3600 + 240 - 61);
  await page.waitFor(() => /^1 minute 1 second/.test(window.gallery.root.querySelector('[role=timer]').textContent.replace(/\s+/g, ' ')));
  await page.evaluate((later) => { window.gallery.later = later; }, 2 * 86400 + 3 * 3600 + 240);
  await page.waitFor(() => document.querySelector('sotto-block') === null);
  assert.equal(await page.evaluate(() => document.querySelector('#own') !== null), true);
});

inEveryBrowser('the code is copied, or marked where that is refused', async (page) => {
  await open(page, gallery);
  await draw(page, 'popup');
  await press(page, '[data-sotto-copy]');
  await page.waitFor(() => {
    const { root } = window.gallery;
    return root.querySelector('[data-sotto-copy]').textContent === 'Copied' || /keyboard/.test(root.querySelector('[role=status]').textContent);
  });
  await page.waitFor(() => window.gallery.root.querySelector('[role=status]').textContent !== '');
  assert.deepEqual(await told(page), []);
});
