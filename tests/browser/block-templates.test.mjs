/**
 * block-templates.test.mjs - the shop's own template wins, whatever a campaign's pictures and words are
 */
import assert from 'node:assert/strict';

import { inEveryBrowser } from './browsers.mjs';
import { VIEWS } from './gallery.mjs';
import { draw, focused, open, told, useGallery } from './gallery-page.mjs';

const gallery = useGallery();

inEveryBrowser('the shop’s own template wins', async (page) => {
  await open(page, gallery);
  await page.evaluate(() => document.querySelector('#other').focus());
  await draw(page, 'popup', { template: 'shop-popup' });
  assert.deepEqual(await page.evaluate(() => {
    const block = document.querySelector('sotto-block');
    return [block.querySelector('h3').textContent, block.querySelector('b').textContent, block.querySelector('.go').getAttribute('href'),
      block.shadowRoot.querySelector('.close'), block.shadowRoot.querySelector('.notice').textContent];
  }), [VIEWS.popup.heading, 'ASH10', '/lamps.html', null, VIEWS.popup.notice]);
  const visited = [];
  for (let presses = 0; presses < 3; presses++) {
    await page.press('Tab');
    visited.push(await focused(page));
  }
  assert.deepEqual(visited, ['go', 'button', 'go'], 'the focus stays inside');
  await page.press('Tab');
  await page.press('Enter');
  assert.deepEqual(await told(page), ['dismissed']);
  assert.equal(await focused(page), 'other');

  const put = (markup) => page.evaluate((words) => {
    const template = document.createElement('template');
    const make = ([name, binding, ...children]) => {
      const element = document.createElement(name);
      for (const [key, value] of Object.entries(binding)) element.setAttribute(key, value);
      (element.content ?? element).append(...children.map(make));
      return element;
    };
    template.content.append(...words.map(make));
    document.querySelector('#place').prepend(template);
  }, markup);
  await put([['ol', { 'data-sotto-items': '' }, ['template', {}, ['li', {}, ['img', { 'data-sotto': 'src:image alt:title' }],
    ['a', { 'data-sotto': 'href:url text:title' }]]]]]);
  await draw(page, 'grid');
  assert.deepEqual(await page.evaluate(() => {
    const block = document.querySelector('#place > sotto-block');
    return [block.querySelectorAll('ol > li').length, block.querySelector('img').getAttribute('data-sotto-picture'), block.querySelectorAll('template').length];
  }), [6, 'SKU-0', 0]);
  await page.evaluate(() => window.gallery.remove('grid'));
  assert.equal(await page.evaluate(() => [...document.querySelector('#place').children].map(({ localName }) => localName).join()), 'template,p');

  await page.evaluate(() => document.querySelector('#place > template').remove());
  await put([['p', { 'data-sotto': 'text:no-such-word' }]]);
  assert.match(await page.evaluate(() => {
    try {
      return String(window.gallery.draw('grid'));
    } catch (error) {
      return `${error.name}: ${error.message}`;
    }
  }), /no-such-word/);
  assert.equal(await page.evaluate(() => document.querySelector('sotto-block')), null);
  assert.equal(await page.evaluate(() => document.querySelector('#own') !== null), true);
});

inEveryBrowser('a campaign’s own picture is drawn from memory, and its address asked for by nobody', async (page) => {
  await open(page, gallery);
  await page.evaluate(() => {
    window.asked = [];
    window.gallery.picture = (address) => new Promise((done) => window.asked.push([address, done]));
    const template = document.createElement('template');
    template.id = 'with-picture';
    const image = document.createElement('img');
    image.setAttribute('data-sotto', 'src:image alt:alt hidden-unless:image');
    template.content.append(image);
    document.body.append(template);
  });
  const images = () => page.evaluate(() => [...window.gallery.root.querySelectorAll('img'), ...document.querySelectorAll('sotto-block img')]
    .map((one) => [one.getAttribute('src'), one.alt, one.hidden]));
  for (const template of ['', 'with-picture']) {
    await draw(page, 'hero', { template });
    assert.deepEqual(await images(), [[null, VIEWS.hero.alt, false]], template);
    assert.deepEqual(await page.evaluate(() => window.asked.map(([address]) => address)), [VIEWS.hero.image]);
    await page.evaluate(() => window.asked.pop()[1]('/picture-7.svg'));
    assert.deepEqual(await images(), [['/picture-7.svg', VIEWS.hero.alt, false]]);
    await page.evaluate(() => window.gallery.remove('hero'));
    // What cannot be had leaves no hole in ours; the shop's own is the shop's.
    await draw(page, 'hero', { template });
    await page.evaluate(() => window.asked.pop()[1](''));
    assert.deepEqual(await images(), template ? [[null, VIEWS.hero.alt, false]] : []);
    await page.evaluate(() => window.gallery.remove('hero'));
  }
  await draw(page, 'hero', { template: 'with-picture', image: '' });
  assert.deepEqual([await images(), await page.evaluate(() => window.asked)], [[[null, VIEWS.hero.alt, true]], []]);
  assert.deepEqual(gallery.seen.filter((path) => path.startsWith('/picture-2')), []);
});
