/**
 * consent-google.test.mjs - Google Consent Mode, as pages push it into the data layer
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import * as adapter from '../../web/later/consent/google.js';
import { openPlatform, settle } from './support/platform.mjs';

/** A page with the usual function; its entries are the Arguments objects themselves. */
function openTags(window) {
  window.dataLayer = window.dataLayer || [];
  return function gtag() {
    window.dataLayer.push(arguments);
  };
}

const both = (value) => ({ functionality_storage: value, personalization_storage: value });
const ads = { ad_storage: 'granted', ad_user_data: 'granted', ad_personalization: 'granted' };

test('default, then the update of a platform that has the choice of an earlier page', () => {
  const { window, told, listen } = openPlatform(adapter);
  const gtag = openTags(window);
  gtag('consent', 'default', { ...both('denied'), analytics_storage: 'denied', wait_for_update: 500 });
  gtag('js', new Date());
  const stop = listen();
  assert.deepEqual(told(), [], 'a default is no answer');
  gtag('consent', 'update', both('granted'));
  assert.deepEqual(told(), ['store personalise']);
  gtag('event', 'page_view');
  gtag('consent', 'update', both('granted'));
  assert.deepEqual(told(), [], 'twice is once');
  gtag('consent', 'update', { analytics_storage: 'granted' });
  assert.deepEqual(told(), ['store personalise measure fresh'], 'another one on the same page');
  gtag('consent', 'update', { ...both('denied'), analytics_storage: 'denied' });
  assert.deepEqual(told(), ['no fresh']);
  stop();
});

test('all was pushed before we came', () => {
  const { window, told, listen } = openPlatform(adapter);
  const gtag = openTags(window);
  gtag('consent', 'update', both('granted'));
  gtag('consent', 'default', both('denied'));
  const stop = listen();
  assert.deepEqual(told(), ['store personalise'], 'and updates win, whatever their place');
  stop();
});

test('what nobody set is denied', () => {
  const { window, told, listen } = openPlatform(adapter);
  const gtag = openTags(window);
  const stop = listen();
  gtag('consent', 'update', { personalization_storage: 'granted' });
  assert.deepEqual(told(), ['personalise']);
  gtag('consent', 'update', ads);
  assert.deepEqual(told(), [], 'what is not ours says nothing');
  stop();
});

test('a default that grants is nobody\'s yes: without an update nobody was asked', async () => {
  const first = openPlatform(adapter);
  openTags(first.window)('consent', 'default', both('granted'));
  const stop = first.listen();
  await settle(120);
  assert.deepEqual(first.told(), [], 'an update may yet come');
  await settle(2500);
  assert.deepEqual(first.told(), ['absent']);
  stop();

  const second = openPlatform(adapter);
  const gtag = openTags(second.window);
  gtag('consent', 'default', { ...both('granted'), wait_for_update: 60 });
  const end = second.listen();
  await settle(60);
  gtag('consent', 'update', both('denied'));
  await settle(120);
  assert.deepEqual(second.told(), ['no']);
  end();
});

test('an update of one thing says nothing of another, whatever its default', async () => {
  const { window, told, listen } = openPlatform(adapter);
  const gtag = openTags(window);
  gtag('consent', 'default', { ...both('granted'), analytics_storage: 'denied', wait_for_update: 500 });
  const stop = listen();
  gtag('consent', 'update', { ...ads, analytics_storage: 'granted' });
  assert.deepEqual(told(), ['measure'], 'what the banner does not ask for stays unasked');
  gtag('consent', 'update', { functionality_storage: 'granted' });
  assert.deepEqual(told(), ['store measure fresh']);
  stop();
});

test('a default for a region never grants, and what it denies is denied', async () => {
  const { window, told, listen } = openPlatform(adapter);
  const gtag = openTags(window);
  gtag('consent', 'default', { ...both('granted'), region: ['US'] });
  const stop = listen();
  await settle(20);
  assert.deepEqual(told(), []);
  gtag('consent', 'default', both('granted'));
  gtag('consent', 'default', { ...both('denied'), region: ['DE', 'FR'] });
  await settle(20);
  assert.deepEqual(told(), [], 'the shopper may be there');
  gtag('consent', 'update', both('granted'));
  assert.deepEqual(told(), ['store personalise']);
  stop();
});

test('a default that denies, and no update: somebody is asking', async () => {
  const { window, told, listen } = openPlatform(adapter);
  const gtag = openTags(window);
  gtag('consent', 'default', both('denied'));
  const stop = listen();
  await settle(2600);
  assert.deepEqual(told(), ['asking']);
  gtag('consent', 'update', both('granted'));
  assert.deepEqual(told(), ['store personalise']);
  stop();
});

test('defaults, by the time until somebody is taken to be asking, or nobody', (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const tick = (ms) => context.mock.timers.tick(ms);
  const after = (entries, then = () => {}) => {
    const { window, told, listen } = openPlatform(adapter);
    const gtag = openTags(window);
    entries.forEach((values) => gtag('consent', 'default', values));
    const stop = listen();
    tick(2000);
    then(gtag, stop, window);
    tick(600);
    return told();
  };
  assert.deepEqual(after([both('granted'), { ...both('denied'), region: ['DE'] }]), ['asking'], 'where it is denied');
  assert.deepEqual(after([both('granted'), { ...both('granted'), region: ['US'] }]), ['absent']);
  for (const name of ['functionality_storage', 'personalization_storage', 'analytics_storage']) {
    assert.deepEqual(after([{ [name]: 'granted' }]), ['absent'], name);
  }
  assert.deepEqual(after([both('denied')], (gtag, stop, { dataLayer }) => dataLayer.push({ event: 'x' })),
    ['asking'], 'what is not about consent does not put it off');
  assert.deepEqual(after([both('denied')], (gtag) => gtag('consent', 'update', both('denied'))), ['no']);
  assert.deepEqual(after([both('denied')], (gtag, stop) => stop()), []);
});

test('the data layer goes on as it was, wrapped again or replaced', () => {
  const { window, told, listen } = openPlatform(adapter);
  const stop = listen();
  const gtag = openTags(window);
  assert.equal(window.dataLayer.push('a', 'b'), 2, 'push answers what it answers');
  const { push } = window.dataLayer;
  const passed = [];
  window.dataLayer.push = (...entries) => {
    passed.push(...entries);
    return push.apply(window.dataLayer, entries);
  };
  gtag('consent', 'update', both('granted'));
  assert.deepEqual([told(), passed.length, window.dataLayer.length], [['store personalise'], 1, 3]);
  stop();
  gtag('consent', 'update', both('denied'));
  assert.deepEqual([told(), passed.length, window.dataLayer.length], [[], 2, 4]);

  const other = openPlatform(adapter);
  const gtagToo = openTags(other.window);
  other.listen()();
  assert.equal(other.window.dataLayer.push, Array.prototype.push);
  gtagToo('consent', 'update', both('granted'));
  assert.deepEqual(other.told(), []);
});

test('whatever else stands in it', async () => {
  const { window, told, listen } = openPlatform(adapter);
  window.dataLayer = [null, 0, 'consent', {}, ['consent'], ['consent', 'update'], ['consent', 'update', null],
    ['consent', 'default', 'granted'], ['consent', 'else', both('granted')], { event: 'consent' }];
  const stop = listen();
  window.dataLayer.push();
  window.dataLayer.push(undefined);
  await settle(20);
  assert.deepEqual(told(), []);
  window.dataLayer.push(['consent', 'update', both('GRANTED')]);
  assert.deepEqual(told(), ['no']);
  const thrower = { get 0() { throw new Error('in an entry'); } };
  assert.equal(window.dataLayer.push(thrower), 13);
  assert.deepEqual(told(), ['broken']);
  stop();
});
