/**
 * pictures.test.mjs - the page's own reader of pictures, and which image gets which
 *
 * The reader is held against the second one, which was written from the document. What browsers make
 * of it all is in tests/browser/pictures.test.mjs.
 */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, test } from 'node:test';

import { readPictures as readReference } from '../reference/pictures.mjs';
import { refusal } from '../reference/read.mjs';
import { resealPart, writePictures } from '../reference/write.mjs';
import { hash } from '../reference/xxhash64.mjs';
import { readPictures } from '../../web/later/picture-file.js';
import { openPictures } from '../../web/later/pictures.js';
import { openServer } from '../../web/server.js';
import { closeDocument, h, openDocument } from './support/dom.mjs';
import { publish } from './support/garden.mjs';

const wasiFile = join(resolve(process.env.WASM_OUT ?? 'wasm-out'), 'sotto-wasi.wasm');
const noServer = existsSync(wasiFile) ? false : `${wasiFile} is not there; run: make wasm`;
const wasm = noServer ? undefined : readFileSync(wasiFile);

const MIB = 1 << 20;
const random = (seed) => () => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return seed / 2 ** 32;
};
const hex = (bytes) => hash(bytes).toString(16).padStart(16, '0');

/** A part with pictures of some of `item_count` items. */
function partOf(item_count, share, size, seed = 1) {
  const roll = random(seed);
  const pictures = [];
  for (let item = 0; item < item_count; item++) {
    if (roll() >= share) continue;
    const bytes = Uint8Array.from({ length: 1 + Math.floor(roll() * size) }, () => roll() * 256);
    pictures.push({ item, type: 1 + Math.floor(roll() * 5), bytes });
  }
  return writePictures({ item_count, pictures });
}

test('every item has the picture that the second reader says', () => {
  for (const [count, share] of [[1, 1], [1, 0], [31, 0.5], [32, 1], [33, 0.9], [64, 0.1], [500, 0.4]]) {
    const bytes = partOf(count, share, 20, count);
    const { pictures } = readReference(bytes);
    const file = readPictures(bytes);
    assert.equal(file.count, pictures.length);
    for (let item = -1; item <= count; item++) {
      const expected = pictures.find((one) => one.item === item);
      const found = file.of(item);
      assert.equal(found?.type, expected?.type, `type of ${item} of ${count}`);
      assert.equal(found && hex(found.bytes), expected?.hash ?? null, `bytes of ${item} of ${count}`);
    }
    for (const odd of [NaN, undefined, 1e12, 0.5 + count]) assert.equal(file.of(odd), null);
  }
});

test('bytes that lie are refused, or give pictures that lie inside the file', () => {
  const good = partOf(70, 0.3, 9, 5);
  let opened = 0;
  for (let at = 0; at < good.length; at++) {
    for (const value of [0, 1, 0x7f, 0x80, 0xff, good[at] ^ 1, good[at] + 1]) {
      const bytes = Uint8Array.from(good);
      bytes[at] = value;
      const file = readPictures(bytes);
      // Checksums and reserved bytes are the manifest's business: its SHA-256 is over all of the file.
      const reference = at < 64 ? { status: 'a spoilt table' }
        : refusal((given) => readReference(given), resealPart(Uint8Array.from(bytes)));
      if (reference.status === 'ok') assert.ok(file, `byte ${at} as ${value} opens`);
      if (!file) continue;
      opened++;
      for (let item = 0; item < 200; item++) {
        const picture = file.of(item);
        assert.ok(picture === null || (picture.bytes.buffer === bytes.buffer && picture.type.startsWith('image/')));
      }
    }
  }
  assert.ok(opened > good.length, 'most bytes are of pictures, which may be anything');
  for (let size = 0; size < good.length; size++) assert.equal(readPictures(good.slice(0, size)), null);
  for (const count of [0xffffffff, 1 << 24, 1 << 30]) {
    const bytes = Uint8Array.from(good);
    new DataView(bytes.buffer).setUint32(12, count, true);
    assert.equal(readPictures(bytes), null, `${count} items`);
  }
});

test('four megabytes are read in a blink', () => {
  // 65,535 pictures in 4 MB, of a million items: more than anybody publishes.
  const count = 65535;
  const words = (1 << 20) / 32;
  const bytes = new Uint8Array(64 + 4 + 4 * words + 4 * (count + 1) + count + 1 + 4 * MIB);
  const view = new DataView(bytes.buffer);
  const put = (at, ...values) => values.forEach((value, i) => view.setUint32(at + 4 * i, value, true));
  const pixl = bytes.length - 4 * MIB;
  put(0, 0x54544f53, 1 | 5 << 16 | 2 << 24, bytes.length, 1 << 20);
  put(32, 0x73636970, 64, pixl - 65, 0, 0x6c786970, pixl, 4 * MIB, 0);
  put(64, count);
  for (let i = 0; i < count; i++) bytes[68 + (i >> 2)] |= 0x55 & (1 << (2 * (i & 3)));
  const offsets = 68 + 4 * words;
  for (let i = 0; i <= count; i++) put(offsets + 4 * i, i === count ? 4 * MIB : 64 * i);
  bytes.fill(2, offsets + 4 * (count + 1), offsets + 4 * (count + 1) + count);
  const took = [1, 2, 3, 4, 5].map(() => {
    const before = process.cpuUsage();
    const file = readPictures(bytes);
    const { user, system } = process.cpuUsage(before);
    assert.equal(file?.count, count);
    assert.equal(file.of(2 * (count - 1)).bytes.length, 4 * MIB - 64 * (count - 1));
    return (user + system) / 1000;
  });
  assert.ok(Math.min(...took) < 10, `${took} ms`);
});

test('a server is handed the bytes', { skip: noServer }, async () => {
  const { model, catalogue, campaigns, pictures } = publish({ pictured: true }).parts;
  const plain = await openServer({ wasm, model, catalogue, campaigns });
  assert.equal(plain.picture('rake'), null);
  const sotto = await openServer({ wasm, model, catalogue, campaigns, pictures });
  const { type, bytes } = sotto.picture('rake');
  assert.equal(type, 'image/png');
  assert.equal(new TextDecoder().decode(bytes), 'rake');
  assert.equal(sotto.picture('tomato'), null);
  assert.equal(sotto.picture('nothing'), null);
  await assert.rejects(openServer({ wasm, model, pictures: bytes }), { code: 'invalid', file: 'pictures' });
});

/** A page with a slot, and as much of a browser as showing pictures takes. */
function openPage({ mayShow = true } = {}) {
  const document = openDocument();
  const alive = new Map();
  let number = 0;
  const page = { document, alive, told: [], changed: () => {} };
  globalThis.MutationObserver = class {
    constructor(listener) {
      page.changed = () => listener([{ type: 'attributes', addedNodes: [], removedNodes: [] }]);
    }

    observe() {}
    takeRecords() {}
    disconnect() {}
  };
  globalThis.Image = class {
    set src(address) {
      queueMicrotask(() => (mayShow && alive.has(address) ? this.onload() : this.onerror()));
    }
  };
  URL.createObjectURL = (blob) => {
    const address = `blob:${++number}`;
    alive.set(address, blob);
    return address;
  };
  URL.revokeObjectURL = (address) => alive.delete(address);

  const image = h('img', { 'data-sotto': 'alt:title src:image', alt: '' });
  const slot = h('sotto-slot', {}, h('template', {}, h('li', {}, image)), h('ul'));
  slot.decision = null;
  document.body.append(slot);
  page.slot = slot;
  page.show = (...ids) => {
    slot.decision = ids.length ? { items: ids.map((id) => ({ id })) } : null;
    const [list] = slot.querySelectorAll('ul');
    [...list.childNodes].forEach((node) => node.remove());
    list.append(...ids.map(() => h('li', {}, image.cloneNode())));
    page.changed();
  };
  page.sources = () => slot.querySelectorAll('img').map((one) => one.getAttribute('src'));
  page.open = (bytes) => openPictures({
    fetchPictures: async () => bytes,
    find: (id) => Number(id),
    fail: (...said) => page.told.push(said.join(' ')),
  });
  return page;
}

const real = { create: URL.createObjectURL, revoke: URL.revokeObjectURL };
afterEach(() => {
  closeDocument();
  URL.createObjectURL = real.create;
  URL.revokeObjectURL = real.revoke;
  for (const name of ['MutationObserver', 'Image']) delete globalThis[name];
});

const three = () => writePictures({
  item_count: 9,
  pictures: [0, 1, 5].map((item) => ({ item, type: 2, bytes: Uint8Array.of(item) })),
});

test('each image gets its item’s, once there are any; what is gone is given back', async () => {
  const page = openPage();
  const pictures = page.open(three());
  page.show('0', '5', '7');
  assert.deepEqual(page.sources(), [null, null, null]);
  assert.deepEqual(page.slot.querySelectorAll('img').map((one) => one.getAttribute('data-sotto-picture')),
    ['0', '5', '7'], 'told whose they are at once');
  await pictures.load();
  const [first, second, third] = page.sources();
  assert.equal(third, null, 'who has none shows none');
  assert.deepEqual(await Promise.all([first, second].map(async (address) =>
    [page.alive.get(address).type, ...new Uint8Array(await page.alive.get(address).arrayBuffer())])),
  [['image/png', 0], ['image/png', 5]]);
  page.show('5', '1');
  assert.equal(page.sources()[0], second, 'who stays keeps its address');
  assert.equal(page.alive.size, 2);
  assert.ok(!page.alive.has(first));
  page.show();
  assert.equal(page.alive.size, 0);
  assert.deepEqual(page.told, []);
});

test('the shop’s own images are given theirs by id, unless they have a source', async () => {
  const page = openPage();
  const drawn = h('img', { 'data-sotto-picture': '1' });
  const own = h('img', { 'data-sotto-picture': '1', src: '/own.png' });
  page.document.body.append(drawn, own);
  const pictures = page.open(three());
  await pictures.load();
  assert.match(drawn.getAttribute('src'), /^blob:/);
  assert.equal(own.getAttribute('src'), '/own.png');
  drawn.setAttribute('data-sotto-picture', '8');
  page.changed();
  assert.equal(drawn.getAttribute('src'), null);
  assert.equal(page.alive.size, 1, 'the address is given up when no image is of that item');
  pictures.stop();
  assert.equal(page.alive.size, 0);
});

test('a slot that was changed by somebody else is left alone', async () => {
  const page = openPage();
  const pictures = page.open(three());
  page.show('0', '1');
  const [list] = page.slot.querySelectorAll('ul');
  list.append(h('li', {}, h('img', { 'data-sotto': 'src:image' })));
  page.slot.querySelectorAll('img').forEach((one) => one.removeAttribute('data-sotto-picture'));
  await pictures.load();
  assert.deepEqual(page.sources(), [null, null, null]);
});

test('what cannot be shown is told of once, and nothing is kept', async () => {
  for (const [given, options, said] of [
    [three().slice(0, 80), {}, 'invalid pictures'],
    [three(), { mayShow: false }, 'unsupported pictures img-src has no blob:'],
  ]) {
    const page = openPage(options);
    const pictures = page.open(given);
    page.show('0');
    await pictures.load();
    page.show('1');
    assert.deepEqual(page.sources(), [null]);
    assert.deepEqual(page.told, [said]);
    assert.equal(page.alive.size, 0);
    closeDocument();
  }
});

test('a page that was stopped while the pictures came shows none', async () => {
  const page = openPage();
  page.show('0');
  const pictures = page.open(three());
  const loading = pictures.load();
  pictures.stop();
  await loading;
  assert.deepEqual(page.sources(), [null]);
  assert.equal(page.alive.size, 0);
});
