/**
 * campaigns-shown.test.mjs - campaigns come and go as their triggers, caps and the shopper say
 *
 * Over the real core, with a clock that the test holds; what is drawn is kept in a list.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { ledgerIn, readLedger } from '../../web/later/ledger.js';
import { openDevice } from './support/campaign-page.mjs';
import { rowsOf } from './support/faults.mjs';
import { noCore } from './support/garden.mjs';
import { noStorage } from './support/page.mjs';
import { FALSE, TRUE } from './support/plan.mjs';

const skip = noCore || noStorage;
/** No ceiling, no gap: what is tested is not these. */
const free = { ceiling: [0, 0], gap: 0, after_purchase: 0 };

/** A device that is put back whatever happens. */
function onDevice(title, plan, body, options) {
  test(title, { skip }, async () => {
    const device = openDevice(plan, options);
    try {
      await body(device);
    } finally {
      device.close();
    }
  });
}

onDevice('without consent only what is for everybody is shown, and nothing is kept', {
  campaigns: [
    { name: 'banner', block: 'hero', place: 'home', heading: 'Hello from {shop}' },
    { name: 'nag', block: 'popup' },
    { name: 'open', block: 'bar', flags: 2, caps: [1, 1, 1] },
  ],
}, async (device) => {
  const page = await device.visit();
  assert.deepEqual(page.shown().sort(), ['banner', 'open']);
  assert.equal(page.block('banner').view.heading, 'Hello from The Garden');
  assert.equal(page.rule('nag').rule, 'consent');
  assert.deepEqual(await device.browser.databases(), []);
  assert.deepEqual(page.told, []);
  await page.close();
  assert.deepEqual(page.shown(), [], 'stop() takes all of it off');
});

onDevice('what would not draw is not counted, and what is below it has its turn', {
  rules: { ...free, ceiling: [1, 1] },
  campaigns: [
    { name: 'broken', block: 'popup', priority: 90, caps: [1, 1, 1] },
    { name: 'sound', block: 'popup', priority: 10, caps: [0, 0, 9] },
  ],
}, async (device) => {
  const page = await device.visit({ broken: ({ campaign }) => campaign === 'broken' });
  await page.grant();
  await device.time.pass(1);
  assert.deepEqual(page.shown(), ['sound']);
  assert.deepEqual(page.campaigns.inspect().ledger.map(({ campaign, ever }) => [campaign, ever]), [['sound', 1]]);
  assert.match(page.told.join(), /no-such-word/);
  await page.close();
  await device.time.sleep(90000);
  const mended = await device.visit();
  assert.deepEqual(mended.shown(), ['broken'], 'it was never shown, so its caps are whole');
  await mended.close();
});

onDevice('a cap holds over reloads, and the next session begins anew', {
  rules: free,
  campaigns: [{ name: 'hello', block: 'popup', caps: [1, 0, 2] }],
}, async (device) => {
  const page = await device.visit();
  await page.grant();
  assert.deepEqual(page.shown(), ['hello']);
  await page.close();
  const again = await device.visit();
  assert.deepEqual(again.shown(), []);
  assert.equal(again.rule('hello').rule, 'cap-session');
  await again.close();
  await device.time.sleep(7200);
  const later = await device.visit();
  assert.deepEqual(later.shown(), ['hello'], 'a page opened after a while begins a session');
  await later.close();
  await device.time.sleep(7200);
  const last = await device.visit();
  assert.equal(last.rule('hello').rule, 'cap-ever');
  await last.close();
});

onDevice('dismissed stays away, on this page view even without a memory', {
  rules: free,
  campaigns: [
    { name: 'offer', block: 'slide-in', pauses: [86400, 0, 0] },
    { name: 'strip', block: 'bar', flags: 2 },
  ],
}, async (device) => {
  const page = await device.visit();
  await page.act('strip', 'dismissed');
  assert.deepEqual(page.shown(), []);
  await page.grant();
  assert.deepEqual(page.shown(), ['offer']);
  await page.act('offer', 'dismissed');
  assert.deepEqual(page.shown(), []);
  assert.deepEqual(page.news.slice(-1), ['offer dismissed']);
  await page.close();
  const next = await device.visit();
  assert.equal(next.rule('offer').rule, 'pause');
  assert.ok(next.rule('offer').until > device.time.now() + 86000);
  assert.match(next.rule('offer').text, /pauses until 20/);
  await next.close();
});

onDevice('withdrawing takes off what needs a memory, erasing all of it', {
  rules: free,
  campaigns: [
    { name: 'hello', block: 'popup' },
    { name: 'banner', block: 'hero', place: 'home' },
  ],
}, async (device) => {
  const page = await device.visit();
  await page.grant();
  assert.deepEqual(page.shown().sort(), ['banner', 'hello']);
  await Promise.all([page.later.erase(), device.time.pass(1)]);
  await device.time.pass(1);
  assert.deepEqual(page.shown(), []);
  await page.close();
  const second = await device.visit();
  assert.deepEqual(second.shown().sort(), ['banner', 'hello']);
  await Promise.all([second.later.withdraw(), device.time.pass(1)]);
  await device.time.pass(1);
  assert.deepEqual(second.shown(), ['banner']);
  await second.close();
});

onDevice('a trigger by active time: never early, and only for time that was active', {
  rules: { ...free, idle: 30 },
  campaigns: [{ name: 'still-here', block: 'popup', triggers: [['dwell', 40, 0]] }],
}, async (device) => {
  const page = await device.visit();
  await page.grant();
  await device.time.pass(28);
  assert.deepEqual(page.shown(), []);
  await device.time.pass(300, () => {}, 10000);
  assert.deepEqual(page.shown(), [], 'the shopper went away');
  device.fire('pointermove');
  await device.time.pass(8);
  assert.deepEqual(page.shown(), [], '30 seconds, and 8 more');
  await device.time.pass(3, () => device.fire('scroll'));
  assert.deepEqual(page.shown(), ['still-here']);
  await page.close();
});

onDevice('a deadline survives a closed tab and sleep, is never early and fires once', {
  rules: free,
  campaigns: [{ name: 'forgot', block: 'popup', triggers: [['viewed-not-added', 600]] }],
}, async (device) => {
  const page = await device.visit();
  await page.grant();
  await page.track('view', { item: 'rake' });
  const viewed = device.time.now();
  await page.close();
  await device.time.sleep(300);
  const second = await device.visit();
  await device.time.pass(250, () => {}, 25000);
  while (device.time.now() < viewed + 599) {
    assert.deepEqual(second.shown(), [], `after ${device.time.now() - viewed} seconds`);
    await device.time.pass(1);
  }
  await device.time.pass(3);
  assert.deepEqual(second.shown(), ['forgot']);
  assert.equal(second.block('forgot').view.subject.id, 'rake');
  await device.time.pass(3600, () => {}, 60000);
  assert.equal(second.count('forgot'), 1);
  await second.close();

  const third = await device.visit();
  await third.track('view', { item: 'hoe' });
  device.time.sleep(3600);
  await device.time.pass(61);
  assert.equal(third.count('forgot'), 1, 'due after waking up');
  await third.close();
});

onDevice('of two tabs one shows it', {
  rules: free,
  campaigns: [{ name: 'forgot', block: 'popup', caps: [0, 0, 0], triggers: [['viewed-not-added', 60]] }],
}, async (device) => {
  const first = await device.visit();
  await first.grant();
  await first.track('view', { item: 'rake' });
  const tabs = [first, await device.visit(), await device.visit()];
  await device.time.pass(70);
  assert.equal(tabs.reduce((sum, tab) => sum + tab.count('forgot'), 0), 1);
  for (const tab of tabs) await tab.close();
});

onDevice('signals, events of the shop, a search without result, the cart', {
  rules: free,
  offers: [{ name: 'ship', kind: 'free-shipping', threshold: 5000 }],
  campaigns: [
    { name: 'called', block: 'popup', triggers: [['event', 0, 'size-guide']], priority: 60 },
    { name: 'empty', block: 'inline', place: 'home', triggers: [['no-results']] },
    { name: 'ship', block: 'shipping-bar', offer: 'ship', triggers: [['cart-value', 1000]],
      text: 'Only {missing} to go', heading: '{count, plural, one {# thing} other {# things}}' },
  ],
}, async (device) => {
  const page = await device.visit();
  await page.grant('session');
  assert.deepEqual(page.shown(), []);
  page.campaigns.event('size-guide');
  await device.time.pass(1);
  await page.track('search', { results: 0 });
  await page.track('cart_add', { item: 'spade' });
  assert.deepEqual(page.shown().sort(), ['called', 'empty', 'ship']);
  assert.equal(page.block('ship').view.text, 'Only €30.01 to go');
  assert.equal(page.block('ship').view.heading, '1 thing');
  await page.track('cart_add', { item: 'rake', quantity: 3 });
  assert.equal(page.block('ship').view.heading, '4 things');
  assert.equal(page.block('ship').view.offer.missing, 0);
  assert.equal(page.count('ship'), 1, 'what is there is updated, not drawn again');
  await page.close();
});

onDevice('a route of a single-page application is a page view of its own', {
  rules: { ...free, idle: 600 },
  campaigns: [{ name: 'long-look', block: 'popup', triggers: [['dwell', 30, 0]], caps: [2, 0, 0] }],
}, async (device) => {
  const page = await device.visit({ page: { items: ['rake'] } });
  await page.grant('session');
  await device.time.pass(20);
  await page.page({ items: ['hoe'] });
  await device.time.pass(20);
  assert.deepEqual(page.shown(), []);
  await page.page({ items: ['hoe'], cart: ['rake'] });
  await device.time.pass(12);
  assert.deepEqual(page.shown(), ['long-look'], 'a cart that changed is no new page');
  await page.close();
});

onDevice('segments are told when they change', {
  segments: [{ name: 'nobody', when: FALSE }, { name: 'everybody', when: TRUE },
    // count(view) >= 2
    { name: 'looker', when: [0x20, 0x03, 0x00, 0x00, 0x02, 4, 0x45, 0x00] }],
  campaigns: [],
}, async (device) => {
  const page = await device.visit();
  const told = [];
  const off = page.campaigns.on('segments', (names) => told.push(names.join()));
  await page.grant('session');
  assert.deepEqual(page.campaigns.segments(), ['everybody']);
  await page.track('view', { item: 'rake' });
  await page.track('view', { item: 'rake' });
  assert.deepEqual(page.campaigns.segments(), ['everybody', 'looker']);
  assert.deepEqual(told, ['everybody,looker']);
  off();
  await page.close();
});

onDevice('what an expression says of time: never early, and at most a minute late', {
  rules: free,
  campaigns: [
    // cart.idle >= 90
    { name: 'still-there', block: 'popup', when: [0x10, 3, 0x02, 0xb4, 0x01, 0x45, 0x00] },
    // session.age < 200, at a place of its own
    { name: 'welcome', block: 'hero', place: 'home', when: [0x10, 12, 0x02, 0x90, 0x03, 0x42, 0x00] },
  ],
}, async (device) => {
  const page = await device.visit();
  const begun = device.time.now();
  await page.grant();
  await page.track('cart_add', { item: 'rake' });
  const touched = device.time.now();
  const since = { shown: 0, gone: 0 };
  while (device.time.now() < begun + 300) {
    const shown = page.shown();
    if (shown.includes('still-there')) since.shown ||= device.time.now() - touched;
    if (!shown.includes('welcome')) since.gone ||= device.time.now() - begun;
    await device.time.pass(1);
  }
  assert.ok(since.shown >= 90 && since.shown <= 151, `shown after ${since.shown} seconds`);
  assert.ok(since.gone >= 200 && since.gone <= 262, `gone after ${since.gone} seconds`);
  await page.close();
});

onDevice('time of a session goes on over pages and reloads', {
  rules: { ...free, idle: 600 },
  campaigns: [{ name: 'engaged', block: 'popup', triggers: [['dwell', 40, 2]], caps: [1, 0, 0] }],
}, async (device) => {
  const page = await device.visit();
  await page.grant();
  await device.time.pass(22);
  await page.close();
  const second = await device.visit();
  const begun = device.time.now();
  while (second.shown().length === 0 && device.time.now() < begun + 60) await device.time.pass(1);
  const seconds = device.time.now() - begun;
  assert.ok(seconds >= 16 && seconds <= 20, `after ${seconds} seconds of the second page`);
  await second.close();
});

onDevice('time of a session goes on from tab to tab, and counts in the one that is seen', {
  rules: { ...free, idle: 600 },
  campaigns: [{ name: 'engaged', block: 'popup', triggers: [['dwell', 40, 2]], caps: [1, 0, 0] }],
}, async (device) => {
  const first = await device.visit();
  await first.grant();
  await device.time.pass(22);
  device.document.visibilityState = 'hidden';
  device.fireDocument('visibilitychange');
  await device.time.pass(0);
  device.document.visibilityState = 'visible';
  const second = await device.visit();
  const begun = device.time.now();
  while (second.shown().length === 0 && device.time.now() < begun + 60) await device.time.pass(1);
  const seconds = device.time.now() - begun;
  assert.ok(seconds >= 16 && seconds <= 20, `after ${seconds} seconds of the second tab`);
  assert.deepEqual(first.shown(), []);
  for (const tab of [first, second]) await tab.close();
});

/** Seconds of the session that are on the device. */
const sessionSeconds = async () => {
  const block = [...(await rowsOf('sotto:garden')).values()].at(-1);
  return readLedger(ledgerIn(block)).session_active_s;
};

onDevice('time on a page about no product counts once, though a tab opens while the other saves it', {
  rules: { ...free, idle: 600 },
  campaigns: [{ name: 'engaged', block: 'popup', triggers: [['dwell', 999, 2]] }],
}, async (device) => {
  const { encrypt } = crypto.subtle;
  for (const faster of ['the one that is left', 'the one that opens']) {
    const first = await device.visit();
    await first.grant();
    await device.time.pass(22);
    const begun = await sessionSeconds();
    assert.ok(begun < 22, `${begun} seconds are told`);
    // Saves wait here, each for its own.
    const saves = [];
    crypto.subtle.encrypt = async (...about) => {
      await new Promise((resolve) => saves.push(resolve));
      return encrypt.apply(crypto.subtle, about);
    };
    device.document.visibilityState = 'hidden';
    device.fireDocument('visibilitychange');
    await device.time.pass(0);
    device.document.visibilityState = 'visible';
    const left = [...device.browser.local.rows].find(([key]) => / left /.test(key));
    assert.match(left[1], /\[20,"0",/, 'what is not saved is left for the next');
    const second = await device.visit();
    await device.time.pass(0);
    assert.equal(saves.length, 2, 'both save');
    if (faster === 'the one that opens') saves.reverse();
    for (let i = 0; i < saves.length || i < 4; i++) {
      saves[i]?.();
      await device.time.pass(0);
    }
    crypto.subtle.encrypt = encrypt;
    for (const tab of [first, second]) await tab.close();
    const whole = await sessionSeconds();
    assert.ok(whole >= 22 && whole <= 24, `${faster} is faster: ${begun} seconds, then ${whole}`);
    // Left where it was saved all the same.
    device.browser.local.rows.set(...left);
    const third = await device.visit();
    await device.time.pass(2);
    await third.close();
    assert.ok(await sessionSeconds() <= whole + 4, `${faster} is faster: ${whole} seconds, then ${await sessionSeconds()}`);
    const last = await device.visit();
    await Promise.all([last.later.withdraw(), device.time.pass(1)]);
    await last.close();
  }
});

onDevice('whether it still applies is asked again at the moment of display', {
  rules: free,
  campaigns: [{ name: 'forgot', block: 'popup', triggers: [['viewed-not-added', 60]] }],
}, async (device) => {
  const page = await device.visit();
  await page.grant();
  await page.track('view', { item: 'rake' });
  await device.time.pass(30);
  const other = await device.visit();
  await other.track('cart_add', { item: 'rake' });
  await device.time.pass(90);
  assert.deepEqual([page.count('forgot'), other.count('forgot')], [0, 0], 'the other tab put it into the cart');
  await other.close();
  await page.close();
});
