/**
 * silence.test.mjs - nothing that leaves the page depends on who looks at it
 *
 * Two shoppers with different tastes open the same page and are shown different products, with their
 * pictures; the server sees the same requests from both. The pictures of what is shown are inside
 * the bundle; those of campaigns and of the shop's own content are asked for by everybody.
 */
import assert from 'node:assert/strict';
import { after, before } from 'node:test';

import { truth } from '../demo/published.mjs';
import { inEveryBrowser } from './browsers.mjs';
import { openShop } from './shop.mjs';
import {
  allow, askedForCampaigns, askedForRanker, filled, lookAt, visit,
} from './shopper.mjs';

const tastes = ['nordic', 'rustic'].map((style) => truth.styles[style].slice(0, 4));

let shop;
before(async () => {
  shop = await openShop();
});
after(() => shop?.close());

/** Becomes a shopper with a taste, then opens the home page: what that asked for, and showed. */
async function traffic(page, taste) {
  await visit(page, shop, '/index.html');
  await allow(page);
  await askedForRanker(page);
  await lookAt(page, shop, taste);
  shop.reset();
  await visit(page, shop, '/index.html');
  const { items } = await filled(page, 'home-for-you');
  const pictures = await page.waitFor(() => {
    const images = [...document.querySelectorAll('sotto-slot[state=sotto] img')];
    return images.every(({ naturalWidth }) => naturalWidth > 0) && images.map(({ src }) => src);
  });
  await askedForRanker(page);
  await askedForCampaigns(page);
  // The last look is saved when there is time; what that sends, if anything, belongs to this too.
  await page.goto('about:blank');
  const requests = [...shop.seen];
  await visit(page, shop, '/index.html');
  return { items, pictures, requests };
}

const lines = (requests) => [...new Set(requests.map(({ method, path }) => `${method} ${path}`))].sort();
const seenBefore = new Map();

for (const [number, taste] of tastes.entries()) {
  inEveryBrowser(`shopper ${number + 1} asks for nothing that tells her taste`, async (page) => {
    const { items, pictures, requests } = await traffic(page, taste);
    assert.ok(pictures.length >= items.length, 'every product has its picture');
    assert.deepEqual(pictures.filter((src) => !src.startsWith('blob:')), [], 'and asked nobody for it');
    for (const { method, path, body } of requests) {
      assert.equal(body, '', `${method} ${path} carries nothing`);
      assert.match(method, /^(GET|HEAD)$/);
      assert.ok(!path.includes('?'), `${path} asks for a file alone`);
    }
    const asked = lines(requests);
    const other = seenBefore.get(page.engine);
    if (other) {
      assert.notDeepEqual(items, other.items, 'the two are shown different products');
      assert.deepEqual(asked, other.asked, 'and the server cannot tell them apart');
    }
    seenBefore.set(page.engine, { items, asked });
  });
}
