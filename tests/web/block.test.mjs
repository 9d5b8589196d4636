/**
 * block.test.mjs - the profile's bytes, read and edited in JavaScript, against the core
 */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';

import { FORGET, forgetIn, readBlock, seedOf } from '../../web/later/block.js';
import { openServer } from '../../web/server.js';
import { publish } from './support/garden.mjs';

const file = join(resolve(process.env.WASM_OUT ?? 'wasm-out'), 'sotto-wasi.wasm');
const skip = existsSync(file) ? false : `${file} is not there; run: make wasm`;
const NOW = 1_800_000_000;
const items = ['spade', 'rake', 'hoe', 'gloves', 'tomato', 'basil', 'pot', 'unknown-1', 'unknown-2'];
const kinds = ['view', 'view', 'view', 'click', 'cart_add', 'cart_remove', 'purchase', 'wishlist',
  'category_view', 'dismiss', 'search'];

async function openShop() {
  const { model, catalogue, campaigns } = publish().parts;
  return openServer({ wasm: readFileSync(file), model, catalogue, campaigns });
}

/** Folds `count` events that only the numbers decide. */
function fold(shop, count) {
  shop.profile.init(99n, NOW);
  for (let i = 0; i < count; i++) {
    const about = items[(i * i + 3 * i) % items.length];
    const kind = kinds[(i * 7) % kinds.length];
    shop.profile.track({ kind, item: about, category: 'Garden > Tools', quantity: i % 4, time_s: NOW + 11 * i });
  }
}

/** What the core itself says, in the words of readBlock. */
function readByCore({ core }, now_s) {
  const rows = (what, read) => {
    const found = [];
    for (let row; (row = core.profileRead(what, found.length, now_s));) found.push(read(row.hash, row.words));
    return found;
  };
  const { words } = core.profileRead(0, 0, 0);
  return {
    created_s: words[0], updated_s: words[1], sessions: words[3],
    events: rows(1, (item, [time_s, kind, quantity]) => ({ item, time_s, kind, quantity })),
    cart: rows(2, (item, [time_s, quantity]) => ({ item, time_s, quantity })),
    purchases: rows(3, (item, [time_s, times, quantity]) => ({ item, time_s, times, quantity })),
    categories: rows(4, (key, [value, time_s]) => ({ key, time_s, value: value / 65536 })),
    brands: rows(5, (key, [value, time_s]) => ({ key, time_s, value: value / 65536 })),
  };
}

const plain = (value) => JSON.parse(JSON.stringify(value, (key, one) => (
  typeof one === 'bigint' ? one.toString(16) : one)));
const sorted = (read) => ({ ...read, categories: undefined, brands: undefined });

test('the block reads as the core reads it', { skip }, async () => {
  const shop = await openShop();
  for (const count of [0, 1, 5, 40, 255, 256, 257, 700]) {
    fold(shop, count);
    const mine = readBlock(shop.profile.block());
    const its = readByCore(shop, NOW);
    assert.deepEqual(plain(sorted(mine)), plain(sorted(its)), `${count} events`);
    assert.deepEqual(plain(mine.brands.map(({ key }) => key)), plain(its.brands.map(({ key }) => key)));
    assert.equal(seedOf(shop.profile.block()), 99n);
    for (const { value, time_s, key } of mine.categories) {
      const same = its.categories.find((one) => one.key === key);
      assert.equal(same.time_s, time_s);
      assert.equal(same.value, value, 'an interest is not faded at a time before its last event');
    }
  }
});

test('an item that came back since it was to be forgotten stays', { skip }, async () => {
  const shop = await openShop();
  shop.profile.init(99n, NOW);
  const seen = (kind, item, time_s) => shop.profile.track({ kind, item, quantity: 1, time_s });
  seen('view', 'spade', NOW);
  seen('cart_add', 'spade', NOW + 1);
  seen('purchase', 'rake', NOW + 2);
  seen('view', 'spade', NOW + 10);
  seen('cart_add', 'spade', NOW + 11);
  seen('purchase', 'rake', NOW + 12);
  seen('purchase', 'hoe', NOW + 13);
  const block = shop.profile.block();
  for (const id of ['spade', 'rake', 'hoe']) {
    forgetIn(block, shop.core.hash(id), FORGET.item, NOW + 5);
  }
  const { events, cart, purchases } = readBlock(block);
  assert.deepEqual(events.map(({ time_s }) => time_s - NOW), [13, 12, 11, 10]);
  assert.deepEqual(cart.map(({ item }) => item), [shop.core.hash('spade')]);
  assert.deepEqual(purchases.map(({ item }) => item), [shop.core.hash('hoe')],
    'what may hold the purchase of before is gone');
});

test('an item is taken out as the core takes it out', { skip }, async () => {
  const shop = await openShop();
  for (const count of [0, 1, 7, 100, 256, 300, 700]) {
    for (const id of ['spade', 'tomato', 'unknown-1', 'never met']) {
      fold(shop, count);
      const mine = shop.profile.block();
      forgetIn(mine, shop.core.hash(id));
      shop.core.forget(shop.core.hash(id));
      const its = shop.profile.block();
      assert.deepEqual(mine.subarray(16), its.subarray(16), `${id} after ${count} events`);
    }
  }
});
