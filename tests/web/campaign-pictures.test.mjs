/**
 * campaign-pictures.test.mjs - which pictures of campaigns a page fetches, and when a block has them
 */
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';

import { openCampaignPictures } from '../../web/campaigns/pictures.js';
import { openDevice } from './support/campaign-page.mjs';
import { noCore } from './support/garden.mjs';
import { FALSE } from './support/plan.mjs';

const { fetch, document } = globalThis;
const { createObjectURL, revokeObjectURL } = URL;
let asked = [];
let alive = [];
let answers = {};

beforeEach(() => {
  asked = [];
  alive = [];
  answers = {};
  globalThis.document = { baseURI: 'https://shop.example/lamps/' };
  globalThis.fetch = async (url, { priority }) => {
    asked.push(`${url} ${priority}`);
    const answer = answers[url] ?? new Response('<svg/>');
    if (answer instanceof Error) throw answer;
    return answer;
  };
  URL.createObjectURL = () => {
    alive.push(`blob:${alive.length}`);
    return alive.at(-1);
  };
  URL.revokeObjectURL = (address) => {
    alive = alive.filter((one) => one !== address);
  };
});
afterEach(() => {
  globalThis.fetch = fetch;
  globalThis.document = document;
  Object.assign(URL, { createObjectURL, revokeObjectURL });
});

function open(list, { mayShow = async () => true } = {}) {
  const told = [];
  const pictures = openCampaignPictures({
    addresses: () => list, mayShow, fail: (...what) => told.push(what.slice(0, 2).join(' ')),
  });
  return { told, pictures };
}

test('each is fetched once, in order, relative to the page; who waits is told', async () => {
  const { told, pictures } = open(['/a.webp', '', 'b.webp', '/a.webp', 'https://cdn.example/c.webp']);
  const early = pictures.of('b.webp');
  await pictures.load();
  assert.deepEqual(asked, ['https://shop.example/a.webp low', 'https://shop.example/lamps/b.webp low',
    'https://cdn.example/c.webp low']);
  assert.deepEqual([await early, await pictures.of('/a.webp'), await pictures.of('b.webp')],
    ['blob:1', 'blob:0', 'blob:1']);
  assert.deepEqual(told, []);
  pictures.stop();
  assert.deepEqual(alive, []);
});

test('one that cannot be had is told of, and keeps none of the others back', async () => {
  const { told, pictures } = open(['/gone.webp', '/away.webp', 'javascript:alert(1)', 'http://[', '/there.webp']);
  answers['https://shop.example/gone.webp'] = new Response('', { status: 404 });
  answers['https://shop.example/away.webp'] = new TypeError('away');
  await pictures.load();
  const found = await Promise.all(['/gone.webp', '/away.webp', 'javascript:alert(1)', 'http://[', '/there.webp']
    .map(pictures.of));
  assert.deepEqual(found, ['', '', '', '', 'blob:0']);
  assert.deepEqual(told, ['missing /gone.webp', 'network /away.webp', 'missing javascript:alert(1)', 'network http://[']);
  assert.equal(asked.length, 3);
});

test('a page that may not show them asks for none; one without any does not even try', async () => {
  const { told, pictures } = open(['/a.webp'], { mayShow: async () => false });
  await pictures.load();
  assert.deepEqual([asked, told, await pictures.of('/a.webp')], [[], ['unsupported campaigns'], '']);
  let tried = false;
  await open([''], { mayShow: async () => { tried = true; return true; } }).pictures.load();
  assert.equal(tried, false);
});

test('stopped, no more are fetched', async () => {
  const { pictures } = open(['/a.webp', '/b.webp']);
  const loading = pictures.load();
  pictures.stop();
  await loading;
  assert.deepEqual([alive, await pictures.of('/b.webp')], [[], '']);
  assert.ok(asked.length < 2);
});

test('a page fetches those of all campaigns that are not over, whatever it shows', { skip: noCore }, async () => {
  const { Image, fetch: answering } = globalThis;
  // The page that tries whether it may show them: it may.
  globalThis.Image = class {
    set src(address) {
      queueMicrotask(() => this.onload(address));
    }
  };
  const device = openDevice({
    campaigns: [
      { name: 'never', block: 'inline', place: 'home', text: 'x', when: FALSE, image: '/never.webp' },
      { name: 'shown', block: 'inline', place: 'home', text: 'x', image: '/shown.webp' },
      { name: 'over', block: 'inline', place: 'home', text: 'x', ends: 1_700_000_000, image: '/over.webp' },
      { name: 'later', block: 'inline', place: 'home', text: 'x', starts: 1_900_000_000, image: '/later.webp' },
    ],
  });
  try {
    globalThis.fetch = answering;
    globalThis.document.baseURI = 'https://shop.example/';
    const page = await device.visit();
    assert.deepEqual(page.shown(), ['shown']);
    assert.match(await page.block('shown').host.picture('/shown.webp'), /^blob:/);
    await page.block('shown').host.picture('/later.webp');
    assert.deepEqual(asked, ['never', 'shown', 'later'].map((name) => `https://shop.example/${name}.webp low`));
    assert.deepEqual(page.told, []);
    page.later.stop();
    assert.deepEqual(alive, []);
  } finally {
    device.close();
    globalThis.Image = Image;
  }
});
