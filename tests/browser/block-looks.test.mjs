/**
 * block-looks.test.mjs - blocks for those who see, read or set things differently
 *
 * Letters twice as large, German's long words, colours of the shopper's own, lines from right to left.
 * What blocks.test.mjs asks of each block holds here as well; here it is asked again where a layout
 * that was only ever seen in English, at its usual size, gives way.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import { engines, inEveryBrowser } from './browsers.mjs';
import { VIEWS } from './gallery.mjs';
import { draw, open, useGallery } from './gallery-page.mjs';

const gallery = useGallery();
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const chromium = engines.filter(({ name }) => name === 'chromium');

/** What a shop with long words would say. */
const LONG = {
  heading: 'Längere Abende, wärmere Wohnzimmerstehlampen', button: 'Zum Frühjahrsschlussverkauf',
  text: 'Sie haben sich letzte Woche Lampen angesehen. Drei unserer Hersteller haben neue geschickt.',
  question: 'Womit kochen Sie am liebsten?', options: ['Gas', 'Induktionskochfeld', 'Von allem etwas'],
};
const said = ({ heading, button, text, question, options }) => Object.fromEntries(Object.entries(LONG)
  .filter(([name]) => ({ heading, button, text, question, options })[name]?.length > 0));

/** An expression: short words that stand in two lines, and what is cut off or beyond its block. */
const BROKEN = `(() => {
  const { root } = window.gallery;
  const wrong = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (element.closest('.hidden') || !element.getClientRects().length) continue;
    for (const { 0: word, index } of node.data.matchAll(/[\\p{L}\\p{N}]+/gu)) {
      const range = document.createRange();
      range.setStart(node, index);
      range.setEnd(node, index + word.length);
      const lines = [...range.getClientRects()].filter(({ width }) => width > 1);
      const tops = new Set(lines.map(({ top }) => Math.round(top)));
      if (word.length <= 6 && tops.size > 1) wrong.push('in ' + tops.size + ' lines: ' + word);
      const shelf = element.closest('.shelf');
      const { left, right } = range.getBoundingClientRect();
      if (!shelf && (left < -0.5 || right > innerWidth + 0.5)) wrong.push('beyond the window: ' + word);
      for (let box = element; !shelf && box instanceof Element; box = box.parentElement) {
        const edges = box.getBoundingClientRect();
        const inside = getComputedStyle(box).display !== 'inline' && getComputedStyle(box).display !== 'contents';
        if (inside && (left < edges.left - 1 || right > edges.right + 1)) wrong.push(word + ' beyond its ' + box.className);
      }
    }
  }
  for (const button of root.querySelectorAll('button.close')) {
    const { left, right } = button.getBoundingClientRect();
    if (left < 0 || right > innerWidth) wrong.push('the close button is beyond the window');
  }
  return [...new Set(wrong)];
})()`;

inEveryBrowser('with letters more than twice as large and long words, words stay whole and inside', async (page) => {
  await open(page, gallery);
  await page.evaluate(() => {
    document.documentElement.lang = 'de';
    document.documentElement.style.fontSize = '240%';
  });
  for (const [name, view] of Object.entries(VIEWS)) {
    assert.equal(await draw(page, name, said(view)), true, name);
    assert.deepEqual(await page.evaluate(BROKEN), [], name);
    await page.evaluate((wanted) => window.gallery.remove(wanted), name);
  }
}, { size: { width: 480, height: 780 } });

inEveryBrowser('in colours of the shopper’s own every text can be read', async (page) => {
  await page.native.emulateMedia({ forcedColors: 'active', colorScheme: 'dark' });
  await open(page, gallery);
  for (const name of Object.keys(VIEWS)) {
    assert.equal(await draw(page, name), true, name);
    // The browser lays Canvas behind every text; whatever is Canvas itself is gone.
    const gone = await page.evaluate(() => {
      const probe = document.body.appendChild(document.createElement('i'));
      probe.style.color = 'Canvas';
      const canvas = getComputedStyle(probe).color;
      probe.remove();
      return [...window.gallery.root.querySelectorAll('*')]
        .filter((one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
        .filter((one) => getComputedStyle(one).color === canvas).map((one) => one.textContent);
    });
    assert.deepEqual(gone, [], name);
    const cross = await page.evaluate(() => {
      const close = window.gallery.root.querySelector('button.close');
      return close && [getComputedStyle(close, '::before').backgroundColor,
        getComputedStyle(close.parentElement).backgroundColor];
    });
    if (cross) assert.notEqual(cross[0], cross[1], `${name}: the cross is there`);
    await page.evaluate((wanted) => window.gallery.remove(wanted), name);
  }
}, { only: chromium });

inEveryBrowser('a shelf shows that it goes on, in the direction in which one reads', async (page) => {
  await open(page, gallery);
  for (const direction of ['ltr', 'rtl']) {
    await page.evaluate((wanted) => void (document.documentElement.dir = wanted), direction);
    for (const name of ['carousel', 'recent']) {
      await draw(page, name);
      const { cut, mirrored } = await page.evaluate(() => {
        const { root } = window.gallery;
        const edges = root.querySelector('.shelf').getBoundingClientRect();
        const shown = [...root.querySelectorAll('.item')].map((one) => one.getBoundingClientRect())
          .map(({ left, right }) => Math.min(right, edges.right) - Math.max(left, edges.left));
        const whole = Math.round(Math.max(...shown));
        return {
          cut: shown.some((width) => width > 12 && width < whole - 12),
          mirrored: getComputedStyle(root.querySelector('.arrow.forward')).scale,
        };
      });
      assert.ok(cut, `${name}, ${direction}: a card is cut`);
      assert.equal(mirrored, direction === 'rtl' ? '-1 1' : 'none', `${name}, ${direction}`);
      await page.evaluate((wanted) => window.gallery.remove(wanted), name);
    }
  }
}, { size: { width: 360, height: 780 }, not: { webkit: 'its window cannot be so narrow' } });

inEveryBrowser('no block has a finding of axe-core, light or dark, in English or German', async (page) => {
  for (const [scheme, language] of [['light', 'en'], ['dark', 'de']]) {
    await page.native.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await open(page, gallery);
    await page.evaluate(`${axe}; true`);
    await page.evaluate((wanted) => void (document.documentElement.lang = wanted), language);
    const run = (what) => page.evaluate(async () => {
      // A shadow root's own are found as well. Headings' order is the page's.
      const { violations } = await window.axe.run(document, { rules: { 'heading-order': { enabled: false } } });
      return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.flat().join(' ')}`));
    }).then((found) => assert.deepEqual(found, [], `${what}, ${scheme}, ${language}`));
    // What stands in a place is looked at together, each in a place of its own.
    await page.evaluate((lang) => {
      const { views, drawBlock, host } = window.gallery;
      for (const view of Object.values(views).filter(({ place }) => place)) {
        const place = document.createElement('sotto-place');
        document.getElementById('place').before(place);
        drawBlock(view, host(view, { place, language: lang, locale: lang }));
      }
    }, language);
    await run('all that stand in a place');
    for (const name of Object.keys(VIEWS).filter((one) => !VIEWS[one].place)) {
      assert.equal(await draw(page, name), true, name);
      await run(name);
      await page.evaluate((wanted) => window.gallery.remove(wanted), name);
    }
  }
}, { only: chromium });
