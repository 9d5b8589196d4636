/**
 * pictures.test.mjs - what is shown has its picture, and nobody was asked for it
 *
 * The demo shop's pictures are inside its bundle. A page of the test's own has a slot, and an image
 * that the shop drew itself; the proxy sees what either asks for.
 */
import assert from 'node:assert/strict';
import { after, before, beforeEach } from 'node:test';

import { inEveryBrowser } from './browsers.mjs';
import { openShop } from './shop.mjs';

const PICTURES = /^\/sotto\/pictures\.[0-9a-f]{16}\.sotto$/;
const FIRST = 'MUG-1003';
const SECOND = 'MUG-1007';
const CARD = `<li data-sotto="data-item:id"><a data-sotto="href:url">
  <img data-sotto="src:image alt:title" width="120" height="150"></a></li>`;

const pageOf = (policy = '') => `<!doctype html>
<html lang="en"><title>Test</title>${policy}
<link rel="stylesheet" href="/test-pictures.css">
<script type="module" src="/test-pictures.js"></script>
<sotto-slot name="product-similar">
  <template>${CARD}</template><ul data-sotto-items><li>the shop's own</li></ul>
</sotto-slot>
<p id="below">below</p>
<div id="drawn"></div>`;
const STYLE = 'img { display: block }';
const SCRIPT = `
globalThis.told = [];
globalThis.alive = new Set();
const { createObjectURL, revokeObjectURL } = URL;
URL.createObjectURL = (blob) => {
  const address = createObjectURL.call(URL, blob);
  alive.add(address);
  return address;
};
URL.revokeObjectURL = (address) => {
  alive.delete(address);
  revokeObjectURL.call(URL, address);
};
addEventListener('error', ({ message }) => told.push(message));
addEventListener('unhandledrejection', ({ reason }) => told.push(String(reason)));
const { start } = await import('/sotto/sotto.js');
globalThis.sotto = await start({
  base: '/sotto/', shop: 'osier-ash', now: () => 1800000000, page: { items: ['${FIRST}'] },
  onError: ({ code, file, message }) => told.push(code + ' ' + file + ' ' + message),
});`;

let shop;
before(async () => {
  shop = await openShop();
});
after(() => shop?.close());
beforeEach(() => shop.reset());

async function open(page, policy) {
  shop.lay('/test-pictures.html', 'text/html; charset=utf-8', pageOf(policy));
  shop.lay('/test-pictures.js', 'text/javascript; charset=utf-8', SCRIPT);
  shop.lay('/test-pictures.css', 'text/css', STYLE);
  await page.goto(shop.url('/test-pictures.html'));
  await page.waitFor('globalThis.sotto?.ready === true');
  await page.waitFor("document.querySelector('sotto-slot').state === 'sotto'");
}

/** Waits until every image of the slot shows something, and tells of them. */
const drawn = (page) => page.waitFor(() => {
  const images = [...document.querySelectorAll('sotto-slot img')];
  return images.length > 0 && images.every(({ src, complete, naturalWidth }) =>
    src.startsWith('blob:') && complete && naturalWidth > 0)
    && images.map((image) => ({
      src: image.src, alt: image.alt, item: image.closest('[data-item]').dataset.item,
      whose: image.getAttribute('data-sotto-picture'),
      ratio: image.naturalWidth / image.naturalHeight,
    }));
});

/** A campaign's, which every page asks for, whatever it shows. */
const OF_CAMPAIGN = '/pictures/bench.svg';
const askedForPictures = () => shop.seen.filter(({ path }) =>
  /\.(svg|png|jpe?g|webp|avif)/.test(path) && path !== OF_CAMPAIGN);
const told = (page) => page.evaluate('globalThis.told');

inEveryBrowser('a filled slot has the pictures of its items, and asked for none', async (page) => {
  await open(page);
  const images = await drawn(page);
  const ids = await page.evaluate("document.querySelector('sotto-slot').decision.items.map(({ id }) => id)");
  assert.deepEqual(images.map(({ item }) => item), ids);
  assert.deepEqual(images.map(({ whose }) => whose), ids);
  assert.equal(new Set(images.map(({ src }) => src)).size, ids.length, 'each its own');
  assert.ok(images.every(({ alt }) => alt.length > 0), 'the words stay');
  assert.deepEqual(askedForPictures(), []);
  assert.equal(shop.seen.filter(({ path }) => PICTURES.test(path)).length, 1);
  const decided = await page.evaluate("sotto.decide('product-similar').items.map(({ image }) => image)");
  assert.ok(decided.every((image) => image === ''), 'no address is in the bundle');
  assert.deepEqual(shop.violations, [], 'the policy was kept');
  assert.deepEqual(await told(page), []);
});

inEveryBrowser('the pictures are those of the shop', async (page) => {
  await open(page);
  const [{ whose, src }] = await drawn(page);
  // The file that the feed names, drawn beside what came from the bundle, pixel by pixel.
  const differs = await page.evaluate(async (inside, address) => {
    const pixels = async (from) => {
      const image = new Image(80, 100);
      image.src = from;
      await image.decode();
      const context = Object.assign(document.createElement('canvas'), { width: 80, height: 100 })
        .getContext('2d');
      context.drawImage(image, 0, 0, 80, 100);
      return [...context.getImageData(0, 0, 80, 100).data];
    };
    const [mine, theirs] = [await pixels(inside), await pixels(address)];
    return mine.filter((value, i) => value !== theirs[i]).length + (mine.some(Boolean) ? 0 : 1);
  }, src, `/pictures/${whose}.svg`);
  assert.equal(differs, 0);
});

inEveryBrowser('what is shown later has its picture at once, what is gone gives its address up', async (page) => {
  await open(page);
  const before = await drawn(page);
  await page.evaluate((id) => sotto.page({ items: [id] }), SECOND);
  await page.waitFor((id) => document.querySelector('sotto-slot').decision
    .items.some(({ reasons }) => reasons.some(({ about }) => about === id)), SECOND);
  const afterwards = await drawn(page);
  const [was, is] = [before, afterwards].map((list) => new Map(list.map(({ whose, src }) => [whose, src])));
  for (const [id, src] of is) assert.equal(src, was.get(id) ?? src, `${id} keeps its address`);
  const gone = [...was].filter(([id]) => !is.has(id)).map(([, src]) => src);
  assert.ok(gone.length > 0, 'the two pages do not show the same');
  const alive = await page.evaluate('[...globalThis.alive]');
  assert.deepEqual(gone.filter((src) => alive.includes(src)), [], 'their addresses lead nowhere');
  // One for each that is shown, and the campaign's.
  await page.waitFor((count) => globalThis.alive.size === count, is.size + 1);
  assert.deepEqual(askedForPictures(), []);
});

inEveryBrowser('before the next frame, so that nothing flickers and nothing moves', async (page) => {
  await open(page);
  const place = () => page.evaluate("document.querySelector('#below').getBoundingClientRect().top");
  const first = await place();
  await drawn(page);
  assert.equal(await place(), first);
  // A machine that is busy elsewhere may cut a task in two; a page that is not shows them at once.
  const bare = await page.evaluate(async (ids) => {
    const counts = [];
    for (let i = 0; i < 8; i++) {
      sotto.page({ items: [ids[i % 2]] });
      await null; // what a page does in answer to a change of its own happens before it paints
      await null;
      counts.push([...document.querySelectorAll('sotto-slot img')]
        .filter(({ src }) => !src.startsWith('blob:')).length);
      await new Promise((done) => setTimeout(done));
    }
    return Math.min(...counts);
  }, [SECOND, FIRST]);
  assert.equal(bare, 0);
  await drawn(page);
  assert.equal(await place(), first);
});

inEveryBrowser('an image that the shop draws itself is given its picture by the id', async (page) => {
  await open(page);
  await drawn(page);
  const draw = (html) => page.evaluate((markup) => {
    const [tag, ...rest] = markup;
    const image = Object.assign(document.createElement(tag), Object.fromEntries(rest));
    image.setAttribute('data-sotto-picture', image.title);
    document.querySelector('#drawn').replaceChildren(image);
  }, html);
  const source = () => page.evaluate("document.querySelector('#drawn img').getAttribute('src')");
  await draw(['img', ['title', FIRST]]);
  await page.waitFor("document.querySelector('#drawn img').naturalWidth > 0");
  assert.match(await source(), /^blob:/);
  // Another item, none of ours, and one that has an address of its own.
  const first = await source();
  await page.evaluate((id) => document.querySelector('#drawn img').setAttribute('data-sotto-picture', id), SECOND);
  await page.waitFor((src) => document.querySelector('#drawn img').src !== src, first);
  await page.evaluate("document.querySelector('#drawn img').setAttribute('data-sotto-picture', 'nothing')");
  await page.waitFor("document.querySelector('#drawn img').getAttribute('src') === null");
  await draw(['img', ['title', FIRST], ['src', '/shop/icon.svg']]);
  await page.waitFor("document.querySelector('#drawn img').naturalWidth > 0");
  assert.equal(await source(), '/shop/icon.svg');
});

inEveryBrowser('nothing of it stays when Sotto is stopped, and the focus is where it was', async (page) => {
  await open(page);
  await page.evaluate("document.querySelector('sotto-slot a').focus()");
  await drawn(page);
  assert.ok(await page.evaluate("document.activeElement === document.querySelector('sotto-slot a')"));
  await page.evaluate((id) => {
    const image = document.createElement('img');
    image.setAttribute('data-sotto-picture', id);
    document.querySelector('#drawn').append(image);
  }, FIRST);
  await page.waitFor("document.querySelector('#drawn img').src.startsWith('blob:')");
  await page.evaluate('sotto.stop()');
  await page.waitFor("document.querySelector('#drawn img').getAttribute('src') === null");
  assert.equal(await page.evaluate("document.querySelector('sotto-slot ul').textContent"), "the shop's own");
  assert.equal(await page.evaluate('globalThis.alive.size'), 0);
});

inEveryBrowser('a page that may not show them is told so once, and shows words', async (page) => {
  await open(page, '<meta http-equiv="Content-Security-Policy" content="img-src \'self\'">');
  const said = await page.waitFor('globalThis.told.length > 1 && globalThis.told');
  assert.deepEqual(said.map((line) => line.split(' ').slice(0, 2).join(' ')), ['unsupported pictures', 'unsupported campaigns']);
  assert.equal(await page.evaluate("document.querySelectorAll('sotto-slot img[src]').length"), 0);
  assert.deepEqual(askedForPictures(), []);
});

for (const [how, spoil, expected] of [
  ['missing', (path) => shop.miss(path), /^missing pictures\./],
  // A file that is damaged on the way may already be one that its content encoding does not allow.
  ['damaged', (path) => shop.damage(path), /^(damaged|oversized|truncated|network) pictures\./],
]) {
  inEveryBrowser(`pictures that are ${how} cost the page nothing else`, async (page) => {
    shop.forbidCaching();
    spoil(PICTURES);
    await open(page);
    const said = await page.waitFor('globalThis.told.length > 0 && globalThis.told');
    assert.equal(said.length, 1);
    assert.match(said[0], expected);
    assert.ok(await page.evaluate("document.querySelectorAll('sotto-slot li').length") > 2);
    assert.deepEqual(askedForPictures(), []);
  });
}
