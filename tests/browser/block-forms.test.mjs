/**
 * block-forms.test.mjs - what shoppers fill in: a quiz stays here, a hand-off posts what it shows
 */
import assert from 'node:assert/strict';

import { inEveryBrowser } from './browsers.mjs';
import { VIEWS } from './gallery.mjs';
import { draw, focused, open, told, useGallery } from './gallery-page.mjs';

const gallery = useGallery();

inEveryBrowser('a quiz is answered by keyboard, and sends nothing', async (page) => {
  await open(page, gallery);
  await draw(page, 'quiz');
  const asked = gallery.seen.length;
  await page.evaluate(() => window.gallery.root.querySelector('[type=submit]').focus());
  await page.press('Enter');
  assert.deepEqual(await page.evaluate(() => window.gallery.answered), [], 'nothing was chosen');
  assert.equal(await focused(page), 'input');
  await page.press('Space');
  await page.evaluate(() => window.gallery.root.querySelector('[type=submit]').focus());
  await page.press('Enter');
  assert.deepEqual(await page.evaluate(() => window.gallery.answered), [[['Quiet and nordic'], VIEWS.quiz.question]]);
  assert.equal(await focused(page), 'thanks');
  assert.equal(await page.evaluate(() => window.gallery.root.querySelector('.thanks').textContent), VIEWS.quiz.thanks);
  await page.evaluate(() => window.gallery.update('quiz', { heading: 'Another' }));
  assert.equal(await focused(page), 'thanks', 'an update does not ask again');

  await page.evaluate(() => window.gallery.remove('quiz'));
  await draw(page, 'quiz-several');
  await page.evaluate(() => {
    const { root } = window.gallery;
    root.querySelectorAll('input').forEach((input, i) => { input.checked = i !== 1; });
    root.querySelector('form').requestSubmit();
  });
  assert.deepEqual(await page.evaluate(() => window.gallery.answered[1][0]), ['Tea', 'Water']);
  assert.equal(gallery.seen.length, asked, 'nothing was asked of anybody');
  assert.equal(await page.evaluate(() => location.search), '');
});

const fillForm = (page, untick = 0) => page.evaluate((without) => {
  const { root } = window.gallery;
  root.querySelector('[type=email]').value = 'a@shop.example';
  [...root.querySelectorAll('[type=checkbox]')].slice(0, without).forEach((box) => { box.checked = false; });
  root.querySelector('[type=submit]').click();
}, untick);

inEveryBrowser('a hand-off posts what it shows, and only that', async (page) => {
  await open(page, gallery, '/?secret=1');
  await draw(page, 'hand-off');
  const shown = await page.evaluate(() => {
    const { root } = window.gallery;
    const form = root.querySelector('form');
    return { method: form.method, action: form.action, hidden: root.querySelectorAll('[type=hidden]').length,
      unseen: [...form.elements].filter((one) => one.name && one.getClientRects().length === 0).length,
      says: form.textContent.includes(location.host) };
  });
  assert.deepEqual(shown, { method: 'post', action: `${gallery.base}/posted`, hidden: 0, unseen: 0, says: true });

  await page.evaluate(() => window.gallery.root.querySelector('[type=submit]').click());
  assert.equal(gallery.posted.length, 0, 'not without an address');
  await page.evaluate(() => { document.cookie = 'shop=1'; });
  gallery.answer(500);
  await fillForm(page, 1);
  await page.waitFor(() => window.gallery.root.querySelector('.problem') !== null);
  assert.deepEqual(await told(page), []);
  gallery.answer(200);
  await fillForm(page, 1);
  await page.waitFor(() => window.gallery.root.querySelector('.thanks') !== null);
  assert.equal(await focused(page), 'thanks');
  assert.deepEqual(await told(page), ['sent']);
  const [, sent] = gallery.posted;
  assert.equal(gallery.posted.length, 2);
  assert.equal(sent.body, 'email=a%40shop.example&item=SKU-1&item=SKU-2');
  assert.equal(sent.headers['content-type'].split(';')[0], 'application/x-www-form-urlencoded');
  assert.equal(sent.headers.cookie, undefined);
  assert.equal(sent.headers.referer, undefined);
});

inEveryBrowser('a function of the shop’s own may take what is handed off: then nothing is posted', async (page) => {
  await open(page, gallery);
  await draw(page, 'hand-off-popup');
  await page.evaluate(() => {
    window.handed = [];
    window.gallery.take = (form) => {
      window.handed.push(form);
      return new Promise((done, fail) => Object.assign(window, { done, fail }));
    };
  });
  const says = (selector) => page.waitFor((wanted) => window.gallery.root.querySelector(wanted) !== null, selector);
  const noMore = () => page.waitFor(() => !window.gallery.root.querySelector('[type=submit]').hasAttribute('aria-disabled'));
  await fillForm(page);
  await fillForm(page);
  assert.deepEqual(await page.evaluate(() => window.handed), [{
    name: 'back', address: `${gallery.base}/posted`, campaign: 'hand-off-popup',
    values: { email: ['a@shop.example'], item: ['SKU-1'] },
  }], 'what the form shows, once');
  for (const no of [() => window.done(false), () => window.done(new Response('', { status: 409 })), () => window.fail('away')]) {
    await page.evaluate(() => window.gallery.root.querySelector('.problem')?.remove());
    await page.evaluate(no);
    await says('.problem');
    await noMore();
    assert.deepEqual(await told(page), [], 'the form stays');
    await fillForm(page);
  }
  await page.evaluate(() => window.done(new Response('', { status: 202 })));
  await says('.thanks');
  assert.deepEqual(await told(page), ['sent']);
  assert.deepEqual([gallery.posted.length, (await page.evaluate(() => window.handed)).length], [0, 4]);

  // One that answers nothing at once has done it, also for an address elsewhere.
  await page.evaluate(() => window.gallery.remove('hand-off-popup'));
  await draw(page, 'hand-off', { handOff: { name: 'cart', address: 'https://news.example/subscribe?list=1' } });
  assert.match(await page.evaluate(() => window.gallery.root.querySelector('[part=sends]').textContent), /news\.example/);
  await page.evaluate(() => { window.gallery.take = (form) => void window.handed.push(form); });
  await fillForm(page, 2);
  await says('.thanks');
  assert.deepEqual(await page.evaluate(() => window.handed.at(-1)), {
    name: 'cart', address: 'https://news.example/subscribe?list=1', campaign: 'hand-off',
    values: { email: ['a@shop.example'], item: ['SKU-2'] },
  });
  assert.deepEqual(await page.evaluate(() => window.refused), []);
});

inEveryBrowser('a form of the shop’s own names its fields, and sends none that is hidden', async (page) => {
  await open(page, gallery);
  await page.evaluate(() => {
    const template = document.createElement('template');
    const form = document.createElement('form');
    form.setAttribute('data-sotto-hand-off', '');
    for (const [name, type, value] of [['EMAIL', 'email', 'a@shop.example'], ['visitor', 'hidden', '42'], ['go', 'submit', 'Go']]) {
      form.append(Object.assign(document.createElement('input'), { name, type, value }));
    }
    template.content.append(form);
    template.id = 'newsletter';
    document.body.append(template);
  });
  await draw(page, 'hand-off', { template: 'newsletter' });
  await page.evaluate(() => document.querySelector('sotto-block [name=go]').click());
  await page.waitFor(() => document.querySelector('sotto-block .thanks') !== null);
  assert.deepEqual(gallery.posted.map(({ body }) => body), ['EMAIL=a%40shop.example']);
});
