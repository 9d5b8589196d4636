/**
 * campaigns-kept.test.mjs - what campaigns did is kept, told, taken along and forgotten
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { isFolded, isLedgerAhead, LEDGER_AT, ledgerIn, pullLedgerBack, readLedger }
  from '../../web/later/ledger.js';
import { openDevice } from './support/campaign-page.mjs';
import { rowsOf } from './support/faults.mjs';
import { noCore } from './support/garden.mjs';
import { noStorage, storage } from './support/page.mjs';
import { quiet } from './support/time.mjs';

const skip = noCore || noStorage;
const free = { ceiling: [0, 0], gap: 0, after_purchase: 0 };
const WHOLE = 7744 + 2336 + 9312;

const plan = {
  rules: free,
  experiments: [{ name: 'tone', arms: [['plain', 5000], ['warm', 5000]], win: 'purchase' }],
  offers: [{ name: 'ten', codes: ['TEN'], label: '10 % off' }],
  campaigns: [
    { name: 'hello', block: 'popup', offer: 'ten', text: '{offer} with {code}', pauses: [60, 0, 0] },
    { name: 'size', block: 'quiz', place: 'home', question: 'Which size?', options: 'S\0M\0L\0',
      thanks: 'So {answer:size}.' },
  ],
};

function onDevice(title, given, body, options) {
  test(title, { skip }, async () => {
    const device = openDevice(given, options);
    try {
      await body(device);
    } finally {
      device.close();
    }
  });
}

async function savedBlock() {
  const rows = await rowsOf('sotto:garden');
  return rows.get(Math.max(...rows.keys()));
}

onDevice('profile, shelf and ledger are saved together, and told in words', plan, async (device) => {
  const page = await device.visit({ page: { items: ['rake'] } });
  await page.grant();
  await page.track('view', { item: 'rake' });
  assert.equal(page.block('hello').view.text, '10 % off with TEN');
  await page.act('hello', 'clicked');
  await page.act('hello', 'dismissed');
  page.block('size').host.answered(['M'], 'Which size?');
  await device.time.pass(20, () => device.fire('pointermove'));
  const block = await savedBlock();
  assert.equal(block.length, WHOLE);
  const { campaigns } = readLedger(ledgerIn(block));
  assert.deepEqual(campaigns.map(({ ever }) => ever), [1, 1]);

  const told = await page.later.export();
  const hello = told.campaigns.find(({ campaign }) => campaign === 'hello');
  assert.deepEqual([hello.times, hello.clicks, Boolean(hello.dismissedAt)], [1, 1, true]);
  assert.deepEqual(told.offers.map(({ offer, redeemedAt }) => [offer, redeemedAt]), [['ten', null]]);
  assert.deepEqual(told.answers.map(({ question, answer }) => `${question} ${answer}`).sort(),
    ['Which size? ', 'Which size? M']);
  assert.deepEqual(told.watched.map(({ item, price, inStock }) => [item, price, inStock]),
    [['rake', 1499, true]]);
  assert.equal(told.attention[0].item, 'rake');
  assert.ok(told.attention[0].seconds >= 10);
  assert.deepEqual(JSON.parse(JSON.stringify(told)), told);
  assert.deepEqual(page.told, []);
  await page.close();

  const next = await device.visit();
  const again = await next.later.export();
  assert.deepEqual(again.campaigns.find(({ campaign }) => campaign === 'hello'), hello);
  await next.close();
});

onDevice('a block of before there were campaigns opens, with an empty ledger', plan, async (device) => {
  const page = await device.visit();
  await page.grant();
  await page.track('purchase', { item: 'rake' });
  await page.close();
  const { block } = await page.later.export();
  const first = await device.visit();
  const bare = await first.later.export();
  assert.equal(await first.later.import({ ...bare, block, ledger: '' }), true);
  await device.time.pass(1);
  assert.equal((await savedBlock()).length, 7744);
  await first.close();
  const second = await device.visit();
  assert.deepEqual(second.shown().sort(), ['hello', 'size'], 'nothing is known of before');
  assert.equal((await second.later.export()).purchases[0].item, 'rake');
  await device.time.pass(2);
  assert.equal((await savedBlock()).length, WHOLE);
  assert.deepEqual(second.told, []);
  await second.close();
});

onDevice('an export is taken along with its ledger; a stranger’s or a spoilt one is not', plan,
  async (device) => {
    const page = await device.visit();
    await page.grant();
    await page.act('hello', 'dismissed');
    const mine = await page.later.export();
    await Promise.all([page.later.erase(), device.time.pass(1)]);
    assert.equal(await page.later.import(JSON.stringify(mine)), true);
    assert.equal(page.rule('hello').rule, 'pause');
    const ledger = Buffer.from(mine.ledger, 'base64');
    ledger[2000] ^= 1;
    assert.equal(await page.later.import({ ...mine, ledger: ledger.toString('base64') }), true);
    assert.notEqual(page.rule('hello').rule, 'pause', 'a spoilt ledger is not used');
    await page.close();
  });

onDevice('what is forgotten of a product is forgotten here, too', plan, async (device) => {
  const page = await device.visit({ page: { items: ['rake'] } });
  await page.grant();
  await page.track('view', { item: 'rake' });
  await device.time.pass(20, () => device.fire('pointermove'));
  page.later.forgetItem('rake');
  const { watched, attention, campaigns } = await page.later.export();
  assert.deepEqual([watched, attention], [[], []]);
  assert.ok(campaigns.length > 0);
  await page.close();
});

onDevice('a page that is killed loses no impression', plan, async (device) => {
  const page = await device.visit();
  await page.grant();
  await device.time.pass(1);
  const { add } = storage.IDBObjectStore.prototype;
  storage.IDBObjectStore.prototype.add = function aborting(...args) {
    const request = add.apply(this, args);
    this.transaction.abort();
    return request;
  };
  try {
    await page.act('hello', 'dismissed');
    page.campaigns.redeem('ten');
    await page.close();
  } finally {
    storage.IDBObjectStore.prototype.add = add;
  }
  const left = [...device.browser.local.rows].find(([key]) => key.includes(' left '));
  assert.ok(left, 'it left what was not saved');
  const next = await device.visit();
  const { campaigns, offers } = await next.later.export();
  const hello = campaigns.find(({ campaign }) => campaign === 'hello');
  assert.deepEqual([hello.times, Boolean(hello.dismissedAt)], [1, true]);
  assert.ok(offers[0].redeemedAt);
  await next.close();
});

onDevice('in a session all of it lasts as long as the page, and a pause loses none of it', plan,
  async (device) => {
    const page = await device.visit();
    await page.grant('session');
    await page.act('hello', 'dismissed');
    await Promise.all([page.later.pause(), device.time.pass(1)]);
    assert.equal(page.rule('hello').rule, 'consent');
    await Promise.all([page.later.resume(), device.time.pass(1)]);
    assert.equal(page.rule('hello').rule, 'pause');
    assert.deepEqual(await device.browser.databases(), []);
    await page.close();
  });

onDevice('an answer is forgotten, by its question, also while the shopper pauses', plan, async (device) => {
  const page = await device.visit({ page: { items: ['rake'] } });
  await page.grant();
  await page.track('view', { item: 'rake' });
  const answers = async () => (await page.later.export()).answers.map(({ answer }) => answer).sort();
  page.block('size').host.answered(['M'], 'Which size?');
  await device.time.pass(20, () => device.fire('pointermove'));
  assert.deepEqual(await answers(), ['', 'M'], 'that it was answered, and what');
  await page.later.forgetInterest('answer', 'Which colour?');
  assert.equal((await answers()).length, 2);
  await page.later.forgetInterest('answer', 'Which size?');
  assert.deepEqual(await answers(), []);
  await device.time.pass(20, () => device.fire('pointermove'));
  assert.deepEqual(readLedger(ledgerIn(await savedBlock())).answers, []);

  page.block('size').host.answered(['L'], 'Which size?');
  await device.time.pass(20, () => device.fire('pointermove'));
  assert.deepEqual(await answers(), ['', 'L']);
  const { campaigns } = await page.later.export();
  await Promise.all([page.later.pause(), quiet(), device.time.pass(0)]);
  assert.deepEqual(await answers(), ['', 'L'], 'it is kept');
  await page.later.forgetInterest('answer', 'Which size?');
  assert.deepEqual(await answers(), []);
  await page.later.forgetItem('rake');
  const paused = await page.later.export();
  assert.deepEqual([paused.events, paused.watched, paused.attention], [[], [], []]);
  assert.deepEqual(paused.campaigns, campaigns, 'what was shown stays, and with it the caps');
  await Promise.all([page.later.resume(), quiet(), device.time.pass(0)]);
  await device.time.pass(20);
  assert.deepEqual(await answers(), []);
  await page.close();
});

test('entries are found in a ledger by their second, and times ahead are pulled back', () => {
  const ledger = new Uint8Array(9312);
  const view = new DataView(ledger.buffer);
  view.setBigUint64(96, 5n, true);
  view.setUint32(104, 1000, true);
  assert.equal(isFolded(ledger, { kind: 11, item: 5n, time_s: 1000 }), true);
  assert.equal(isFolded(ledger, { kind: 11, item: 5n, time_s: 1001 }), false);
  assert.equal(isFolded(ledger, { kind: 13, item: 5n, time_s: 1000 }), false, 'cannot be told');
  assert.equal(isFolded(null, { kind: 11, item: 5n, time_s: 1000 }), false);
  assert.equal(isLedgerAhead(ledger, 999), true);
  view.setBigUint64(6752, 9n, true);
  view.setUint32(6764, 1003, true);
  pullLedgerBack(ledger, 900);
  assert.equal(isLedgerAhead(ledger, 900), false);
  assert.equal(view.getUint32(6764, true) & 1, 1, 'that it was in stock is not a matter of time');
  assert.equal(LEDGER_AT, 10080);
});
