/**
 * blocks.test.mjs - what campaigns look like and how they behave, in every engine
 *
 * One of each is drawn on a page with a strict policy (gallery.mjs): no inline style or script, no
 * string that becomes markup. What is checked of each: that it can be used by anybody, that drawing it
 * twice is drawing it once, and that nothing is left when it goes.
 */
import assert from 'node:assert/strict';
import { after, before, beforeEach } from 'node:test';

import { engines, inEveryBrowser } from './browsers.mjs';
import { HOSTILE, NOW, VIEWS, openGallery } from './gallery.mjs';

let gallery;
before(async () => {
  gallery = await openGallery();
});
after(() => gallery?.close());
beforeEach(() => {
  gallery.seen.length = 0;
  gallery.posted.length = 0;
  gallery.answer(200);
});

/** Opens the page and listens to what its policy refuses. */
async function open(page, path = '/') {
  await page.goto(gallery.base + path);
  await page.waitFor(() => window.gallery !== undefined);
  await page.evaluate(() => {
    window.refused = [];
    document.addEventListener('securitypolicyviolation', (event) => window.refused.push(`${event.effectiveDirective} ${event.blockedURI}`));
  });
}

const draw = (page, name, changes) => page.evaluate((...about) => window.gallery.draw(...about), name, changes ?? {});
/** Goes to a button of the block and presses it, as a keyboard does. */
async function press(page, selector) {
  await page.evaluate((wanted) => window.gallery.root.querySelector(wanted).focus(), selector);
  await page.press('Enter');
}
const told = (page) => page.evaluate(() => window.gallery.told);
const tick = (page) => page.evaluate(() => new Promise((done) => setTimeout(done, 60)));
/** What has the focus, through shadow roots. */
const focused = (page) => page.evaluate(() => {
  let { activeElement } = document;
  while (activeElement?.shadowRoot?.activeElement) ({ activeElement } = activeElement.shadowRoot);
  return activeElement && (activeElement.id || activeElement.className || activeElement.localName);
});

/** What someone who cannot see well, or cannot use a mouse, would stumble over. */
const COMPLAINTS = `(() => {
  const root = document.querySelector('sotto-block').shadowRoot;
  const complaints = [];
  const say = (element, what) => complaints.push(element.localName + '.' + element.className + ': ' + what);
  const seen = (element) => element.getClientRects().length > 0 && getComputedStyle(element).visibility === 'visible';
  const textOf = (element) => [...element.childNodes].map((node) => (node.nodeType === 3 ? node.data
    : node.nodeType === 1 && node.getAttribute('aria-hidden') !== 'true' ? node.getAttribute('alt') ?? textOf(node) : '')).join(' ').trim();
  const nameOf = (element) => element.getAttribute('aria-label')
    || (element.getAttribute('aria-labelledby') ?? '').split(' ').filter(Boolean).map((id) => root.getElementById(id)?.textContent ?? '').join(' ')
    || (element.labels?.[0]?.textContent ?? '') || textOf(element);
  for (const element of root.querySelectorAll('a[href], button, input, dialog, aside, progress, fieldset')) {
    if (seen(element) && !nameOf(element).trim()) say(element, 'has no name');
  }
  for (const image of root.querySelectorAll('img')) if (!image.hasAttribute('alt')) say(image, 'has no alt');
  const ids = [...root.querySelectorAll('[id]')].map(({ id }) => id);
  if (new Set(ids).size !== ids.length) complaints.push('an id stands twice: ' + ids);
  for (const element of root.querySelectorAll('[tabindex]')) if (element.tabIndex > 0) say(element, 'tabindex');
  for (const list of root.querySelectorAll('ul')) if ([...list.children].some(({ localName }) => localName !== 'li')) say(list, 'has not only items');
  for (const element of root.querySelectorAll('[aria-labelledby], [aria-controls]')) {
    for (const name of ['aria-labelledby', 'aria-controls']) {
      const id = element.getAttribute(name);
      if (id && !root.getElementById(id)) say(element, name + ' names nothing');
    }
  }
  for (const element of root.querySelectorAll('button, .button, .option')) {
    const { width, height } = element.getBoundingClientRect();
    if (seen(element) && (width < 24 || height < 24)) say(element, 'is small: ' + width + ' x ' + height);
  }
  if (!root.querySelector('[role=status]')) complaints.push('nothing is said to those who listen');

  // Contrast: every text against what lies behind it.
  const numbers = (color) => {
    const [, kind, inner] = color.match(/^(rgba?|color)\\((.*)\\)$/) ?? [];
    const parts = (inner ?? '').replace('srgb', '').split(/[\\s,/]+/).filter(Boolean).map(parseFloat);
    const [r, g, b, alpha = 1] = parts;
    return kind === 'color' ? [r * 255, g * 255, b * 255, alpha] : [r, g, b, alpha];
  };
  const over = ([r, g, b, a], [R, G, B]) => [r * a + R * (1 - a), g * a + G * (1 - a), b * a + B * (1 - a), 1];
  const parentOf = (node) => node.assignedSlot ?? node.parentElement ?? node.getRootNode().host ?? null;
  const base = getComputedStyle(document.documentElement).colorScheme === 'dark' ? [18, 18, 18, 1] : [255, 255, 255, 1];
  const behind = (element) => {
    const layers = [];
    for (let one = element; one; one = parentOf(one)) layers.push(numbers(getComputedStyle(one).backgroundColor));
    return layers.reverse().reduce((below, layer) => over(layer, below), base);
  };
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || !seen(element) || element.closest('.hidden')) continue;
    const style = getComputedStyle(element);
    const back = behind(element);
    const front = over(numbers(style.color), back);
    const [dark, bright] = [light(front), light(back)].sort((a, b) => a - b);
    const ratio = (bright + 0.05) / (dark + 0.05);
    const large = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && style.fontWeight >= 700);
    if (!(ratio >= (large ? 3 : 4.5))) say(element, 'contrast ' + ratio.toFixed(2) + ' of ' + JSON.stringify(node.data) + ' ' + style.color + ' on ' + back);
  }
  return complaints;
})()`;

const setScheme = (page, scheme) => page.evaluate((wanted) => {
  document.documentElement.style.colorScheme = wanted;
}, scheme);

/** How the page is without any block. */
const bare = (page) => page.evaluate(() => [document.body.innerHTML, document.body.children.length,
  document.adoptedStyleSheets.length, document.querySelectorAll('style, [style]:not([style=""])').length]);

inEveryBrowser('each is drawn once, can be used by anybody, and leaves nothing', async (page) => {
  await open(page);
  const empty = await bare(page);
  for (const name of Object.keys(VIEWS)) {
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
  await open(page);
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
  await open(page);
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

inEveryBrowser('a popup takes the focus, keeps it and gives it back', async (page) => {
  await open(page);
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
  await open(page);
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
  await open(page);
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

inEveryBrowser('one at a place: the next takes the place of the one before', async (page) => {
  await open(page);
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

inEveryBrowser('what the shopper has the focus in changes when the focus has left', async (page) => {
  await open(page);
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
  await open(page);
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
  await open(page);
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
  await open(page);
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
  await open(page);
  await draw(page, 'popup');
  await press(page, '[data-sotto-copy]');
  await page.waitFor(() => {
    const { root } = window.gallery;
    return root.querySelector('[data-sotto-copy]').textContent === 'Copied' || /keyboard/.test(root.querySelector('[role=status]').textContent);
  });
  await page.waitFor(() => window.gallery.root.querySelector('[role=status]').textContent !== '');
  assert.deepEqual(await told(page), []);
});

inEveryBrowser('a quiz is answered by keyboard, and sends nothing', async (page) => {
  await open(page);
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
  await open(page, '/?secret=1');
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

inEveryBrowser('the shop’s newsletter tool may take what is handed off', async (page) => {
  await open(page);
  await draw(page, 'hand-off-popup');
  await page.evaluate(() => document.addEventListener('sotto-hand-off', ({ detail }) => {
    const { answer, ...rest } = detail;
    window.handed = rest;
    answer(new Promise((done) => { window.finish = done; }));
  }));
  await fillForm(page);
  await fillForm(page);
  assert.deepEqual(await page.evaluate(() => window.handed), {
    name: 'back', campaign: 'hand-off-popup', values: { email: ['a@shop.example'], item: ['SKU-1'] },
  });
  await page.evaluate(() => window.finish(false));
  await page.waitFor(() => window.gallery.root.querySelector('.problem') !== null);
  await fillForm(page);
  await page.evaluate(() => window.finish());
  await page.waitFor(() => window.gallery.root.querySelector('.thanks') !== null);
  assert.deepEqual(await told(page), ['sent']);
  assert.equal(gallery.posted.length, 0, 'nothing was posted');
});

inEveryBrowser('the shop’s own template wins', async (page) => {
  await open(page);
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

inEveryBrowser('hostile texts are texts, hostile addresses are none', async (page) => {
  await open(page);
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
  await open(page);
  const empty = await bare(page);
  for (const [name, changes] of [
    ['popup', { block: 'no-such' }], ['popup', { block: '__proto__' }], ['carousel', { items: [] }], ['grid', { items: [] }],
    ['recent', { items: [] }], ['proof', { text: '' }], ['hero', { heading: '' }], ['popup', { heading: '', text: '' }],
    ['quiz', { question: '' }], ['quiz', { options: ['one'] }], ['shipping-bar', { offer: null }], ['shipping-bar', { text: '' }],
    ['grid', { place: '' }], ['bar', { text: '' }],
  ]) {
    assert.equal(await draw(page, name, changes), false, `${name} ${JSON.stringify(changes)}`);
  }
  assert.deepEqual(await bare(page), empty);
});

inEveryBrowser('a button without an address leads to the product, or closes', async (page) => {
  await open(page);
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
  await open(page);
  await page.evaluate(() => window.gallery.draw('countdown', {}, { language: 'de-AT' }));
  assert.match(await page.evaluate(() => window.gallery.root.querySelector('[role=timer]').textContent), /Tage[^]*Stunden[^]*Minuten/);
  await page.evaluate(() => window.gallery.draw('popup', {}, { language: 'de' }));
  assert.equal(await page.evaluate(() => document.querySelector('sotto-block[block=popup]').shadowRoot.querySelector('.close').getAttribute('aria-label')), 'Schließen');
});
