/**
 * campaigns-page.test.mjs - what a page knows of this moment: time, signals, device, where from
 */
import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { test } from 'node:test';

import { openActive } from '../../web/campaigns/active.js';
import { openAlarm } from '../../web/campaigns/alarm.js';
import { deviceOf, referrerClass } from '../../web/campaigns/scene.js';
import { depthOf, EXIT, openSignals } from '../../web/campaigns/signals.js';
import { endText } from '../../web/campaigns/view.js';
import { sayVerdict } from '../../web/campaigns/words.js';
import { quiet, takeTime } from './support/time.mjs';

EventEmitter.defaultMaxListeners = 0;

/** A window, and time that passes when told. */
async function onPage(body) {
  const window = new EventTarget();
  const document = Object.assign(new EventTarget(), {
    visibilityState: 'visible', hasFocus: () => true, scrollingElement: { scrollHeight: 3000 },
  });
  Object.assign(globalThis, {
    document, innerHeight: 1000, scrollY: 0, addEventListener: window.addEventListener.bind(window),
  });
  const time = takeTime(1_800_000_000);
  const fire = (type, about = {}) => window.dispatchEvent(Object.assign(new Event(type), about));
  const fireDocument = (type, about = {}) => document.dispatchEvent(Object.assign(new Event(type), about));
  try {
    await body({ time, document, fire, fireDocument });
  } finally {
    time.giveBack();
    for (const name of ['document', 'innerHeight', 'scrollY', 'addEventListener']) delete globalThis[name];
  }
}

test('active time: seen, focused, and a sign of life within idle_s', () => onPage(async (page) => {
  const { time, document, fire, fireDocument } = page;
  const active = openActive({ idle_s: 30, ring() {}, told() {} });
  await time.pass(20);
  assert.equal(active.page_s(), 20);
  await time.pass(100);
  assert.equal(active.page_s(), 30, 'nobody there');
  assert.equal(active.idle_s(), 120);
  fire('keydown');
  await time.pass(5);
  assert.equal(active.page_s(), 35);
  document.hasFocus = () => false;
  fire('blur');
  await time.pass(10);
  assert.equal(active.page_s(), 35, 'another window has the focus');
  document.hasFocus = () => true;
  fire('focus');
  await time.pass(10);
  document.visibilityState = 'hidden';
  fireDocument('visibilitychange');
  await time.pass(600);
  document.visibilityState = 'visible';
  fireDocument('visibilitychange');
  assert.equal(active.page_s(), 45);
  await time.pass(3);
  assert.equal(active.take(), 48);
  assert.equal(active.untold_s(), 0);
  active.turn();
  await time.pass(4);
  assert.deepEqual([active.page_s(), active.untold_s()], [4, 4]);
  active.stop();
  fire('keydown');
}));

test('active time rings when it has come, and not before', () => onPage(async ({ time, fire }) => {
  let rung = 0;
  const active = openActive({ idle_s: 10, ring: () => rung++, told() {} });
  active.ringIn(25);
  await time.pass(9);
  fire('pointermove');
  await time.pass(9);
  assert.equal(rung, 0);
  await time.pass(60);
  assert.equal(rung, 0, 'idle since');
  fire('scroll');
  await time.pass(5);
  assert.equal(rung, 0, `${active.page_s()} seconds`);
  await time.pass(3);
  assert.equal(rung, 1);
  assert.ok(active.page_s() >= 25);
  active.ringIn(5);
  active.ringIn(0);
  await time.pass(20, () => fire('scroll'));
  assert.equal(rung, 1, 'taken back');
  active.stop();
}));

test('an alarm goes by the clock on the wall, through sleep and a clock that is set', () => onPage(
  async ({ time }) => {
    let rung = 0;
    const alarm = openAlarm(time.now, () => rung++);
    alarm.set(time.now() + 100 * 86400);
    await time.pass(120, () => {}, 30000);
    assert.equal(rung, 0, 'further away than a timer can be set');
    alarm.set(time.now() + 3600);
    time.sleep(3600);
    assert.equal(rung, 0);
    await time.pass(61);
    assert.equal(rung, 1, 'within a minute of waking up');
    alarm.set(time.now() + 30);
    time.sleep(-600);
    await time.pass(60);
    assert.equal(rung, 1, 'set back: it is not time yet');
    alarm.set(0);
    await time.pass(900, () => {}, 60000);
    assert.equal(rung, 1);
    alarm.stop();
  }));

test('the pointer leaves through the top', () => onPage(async ({ fireDocument }) => {
  let changed = 0;
  const signals = openSignals({ touch: false, changed: () => changed++ });
  fireDocument('mouseout', { relatedTarget: null, clientY: 300 });
  fireDocument('mouseout', { relatedTarget: {}, clientY: -1 });
  assert.equal(signals.signals, 0);
  fireDocument('mouseout', { relatedTarget: null, clientY: -1 });
  fireDocument('mouseout', { relatedTarget: null, clientY: -1 });
  assert.deepEqual([signals.signals, changed], [EXIT, 1]);
  signals.turn();
  assert.equal(signals.signals, 0);
  signals.stop();
}));

test('on a phone: a fast scroll up after reading, and coming back after a while', () => onPage(
  async ({ time, document, fire, fireDocument }) => {
    const signals = openSignals({ touch: true, changed() {} });
    const scroll = async (y, ms) => {
      globalThis.scrollY = y;
      fire('scroll');
      await time.pass(ms / 1000, () => {}, 50);
    };
    fireDocument('mouseout', { relatedTarget: null, clientY: -1 });
    await scroll(300, 500);
    await scroll(0, 100);
    assert.equal(signals.signals, 0, 'nothing was read yet');
    await scroll(1200, 500);
    assert.equal(signals.scroll, 60);
    await scroll(1100, 400);
    await scroll(900, 400);
    await scroll(700, 400);
    assert.equal(signals.signals, 0, 'slowly');
    await scroll(1200, 300);
    await scroll(800, 80);
    await scroll(500, 80);
    assert.equal(signals.signals, EXIT);
    signals.turn();
    assert.deepEqual([signals.scroll, signals.signals], [0, 0]);
    document.visibilityState = 'hidden';
    fireDocument('visibilitychange');
    await time.pass(5);
    document.visibilityState = 'visible';
    fireDocument('visibilitychange');
    assert.equal(signals.signals, 0);
    document.visibilityState = 'hidden';
    fireDocument('visibilitychange');
    await time.pass(15);
    document.visibilityState = 'visible';
    fireDocument('visibilitychange');
    assert.equal(signals.signals, EXIT);
    signals.stop();
    await quiet(1);
  }));

test('depth of scrolling', () => {
  const document = { scrollingElement: { scrollHeight: 3000 } };
  assert.equal(depthOf({ scrollY: 0, innerHeight: 1000, document }), 0);
  assert.equal(depthOf({ scrollY: 1000, innerHeight: 1000, document }), 50);
  assert.equal(depthOf({ scrollY: 2000.4, innerHeight: 1000, document }), 100);
  assert.equal(depthOf({ scrollY: 0, innerHeight: 4000, document }), 0, 'there is nothing to scroll');
});

test('devices', () => {
  const of = (userAgent, more) => deviceOf({ userAgent, ...more });
  assert.equal(of('Mozilla/5.0 (X11; Linux x86_64) Chrome/120'), 'desktop');
  assert.equal(of('Mozilla/5.0 (Linux; Android 14; Pixel 8) Chrome/120 Mobile Safari'), 'phone');
  assert.equal(of('Mozilla/5.0 (Linux; Android 13; SM-X700) Chrome/120 Safari'), 'tablet');
  assert.equal(of('Mozilla/5.0 (iPhone; CPU iPhone OS 17_0) Mobile/15E148'), 'phone');
  assert.equal(of('Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)', { maxTouchPoints: 5 }), 'tablet');
  assert.equal(of('Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)', { maxTouchPoints: 0 }), 'desktop');
  assert.equal(deviceOf({}), 'desktop');
});

test('where the shopper came from', () => {
  const of = (referrer) => referrerClass(referrer, 'shop.example');
  assert.equal(of(''), 'none');
  assert.equal(of('https://shop.example/other?x'), 'own');
  assert.equal(of('https://www.google.co.uk/'), 'search');
  assert.equal(of('https://duckduckgo.com/?q=x'), 'search');
  assert.equal(of('https://m.facebook.com/x'), 'social');
  assert.equal(of('https://t.co/abc'), 'social');
  assert.equal(of('https://mail.google.com/mail'), 'mail');
  assert.equal(of('https://outlook.live.com/'), 'mail');
  assert.equal(of('https://example.org/blog'), 'other');
  assert.equal(of('https://notgoogle.example/'), 'other');
  assert.equal(of('javascript:alert(1)'), 'other');
  assert.equal(of('::'), 'other');
});

test('ends in words, and verdicts', () => {
  assert.equal(endText(Date.UTC(2026, 11, 25) / 1000, 'en-GB'), '24 December 2026');
  assert.equal(endText(Date.UTC(2026, 11, 25) / 1000, 'not a locale!'), '2026-12-24');
  const about = { detail: 1_800_000_000, time: (s) => `<${s}>`, campaign: (i) => `c${i}`, arm: null };
  assert.deepEqual(sayVerdict(9, about),
    { rule: 'pause', text: 'it pauses until <1800000000>', until: 1_800_000_000 });
  assert.deepEqual(sayVerdict(17, { ...about, detail: 3 }),
    { rule: 'group', text: '“c3” of its group is shown', until: null });
});
