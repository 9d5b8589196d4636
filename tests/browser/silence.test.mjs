/**
 * silence.test.mjs - nothing that leaves the page depends on who looks at it, but the pictures
 *
 * Two shoppers with different tastes open the same page, and the server sees the same requests from
 * both. Pictures of the products shown are the exception that a shop cannot do without, and what
 * they are asked for is the picture alone: no cookie, no query, no body.
 */
import assert from 'node:assert/strict';
import { after, before } from 'node:test';

import { truth } from '../demo/published.mjs';
import { inEveryBrowser } from './browsers.mjs';
import { openShop } from './shop.mjs';
import { allow, askedForRanker, filled, lookAt, visit } from './shopper.mjs';

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
  await askedForRanker(page);
  // The last look is saved when there is time; what that sends, if anything, belongs to this too.
  await page.goto('about:blank');
  const requests = [...shop.seen];
  await visit(page, shop, '/index.html');
  return { items, requests };
}

const isPicture = ({ path }) => path.startsWith('/pictures/');
const lines = (requests) => [...new Set(requests.map(({ method, path }) => `${method} ${path}`))].sort();
const seenBefore = new Map();

for (const [number, taste] of tastes.entries()) {
  inEveryBrowser(`shopper ${number + 1} asks for nothing that tells her taste`, async (page) => {
    const { items, requests } = await traffic(page, taste);
    for (const { method, path, body } of requests) {
      assert.equal(body, '', `${method} ${path} carries nothing`);
      assert.match(method, /^(GET|HEAD)$/);
      assert.ok(!isPicture({ path }) || !path.includes('?'), `${path} asks for a picture alone`);
    }
    const others = lines(requests.filter((one) => !isPicture(one)));
    const other = seenBefore.get(page.engine);
    if (other) {
      assert.notDeepEqual(items, other.items, 'the two are shown different products');
      assert.deepEqual(others, other.others, 'and the server cannot tell them apart');
    }
    seenBefore.set(page.engine, { items, others });
  });
}
