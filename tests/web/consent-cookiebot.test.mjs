/**
 * consent-cookiebot.test.mjs - Cookiebot: the same events for a click and for a page after it
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import * as adapter from '../../web/later/consent/cookiebot.js';
import { event, openPlatform } from './support/platform.mjs';

function openDialog(window, { consent = {}, hasResponse = false, method = null } = {}) {
  const tell = (name) => window.dispatchEvent(event(name));
  window.Cookiebot = {
    consent: { necessary: true, preferences: false, statistics: false, marketing: false, method, ...consent },
    hasResponse,
  };
  return {
    tell,
    /** A page that knows the answer already. */
    load() {
      tell('CookiebotOnConsentReady');
      tell(window.Cookiebot.consent.preferences ? 'CookiebotOnAccept' : 'CookiebotOnDecline');
    },
    show: () => tell('CookiebotOnDialogDisplay'),
    choose(choice) {
      Object.assign(window.Cookiebot.consent, { method: 'explicit' }, choice);
      window.Cookiebot.hasResponse = true;
      tell(choice.preferences ? 'CookiebotOnAccept' : 'CookiebotOnDecline');
      tell('CookiebotOnConsentReady');
    },
  };
}

const yes = { consent: { preferences: true, method: 'explicit' }, hasResponse: true };

test('a visitor who accepted on an earlier page', () => {
  const { window, told, listen } = openPlatform(adapter);
  listen();
  assert.deepEqual(told(), []);
  openDialog(window, yes).load();
  assert.deepEqual(told(), ['store personalise', 'store personalise']);
});

test('it was there before us', () => {
  const { window, told, listen } = openPlatform(adapter);
  openDialog(window, yes);
  listen();
  assert.deepEqual(told(), ['store personalise']);
});

test('a first visit: the dialog, a choice, the dialog again, another', () => {
  const { window, told, listen } = openPlatform(adapter);
  const dialog = openDialog(window);
  listen();
  dialog.show();
  assert.deepEqual(told(), ['asking', 'asking']);
  dialog.choose({ preferences: true, statistics: true });
  assert.deepEqual(told(), ['store personalise measure fresh', 'store personalise measure']);
  dialog.show();
  dialog.choose({ preferences: false, statistics: false });
  assert.deepEqual(told(), ['asking', 'no fresh', 'no']);
});

test('the dialog was up before us', () => {
  const { window, told, listen } = openPlatform(adapter);
  const dialog = openDialog(window);
  dialog.show();
  listen();
  assert.deepEqual(told(), ['asking']);
  dialog.choose({ preferences: true });
  assert.equal(told()[0], 'store personalise', 'a yes, if not one that can be told from an old one');
});

test('what was only implied is no yes, but a no is one', () => {
  const { window, told, listen } = openPlatform(adapter);
  openDialog(window, { consent: { preferences: true, statistics: true, method: 'implied' }, hasResponse: true });
  listen();
  assert.deepEqual(told(), ['asking']);
  for (const one of ['preferences', 'statistics']) {
    window.Cookiebot.consent = { [one]: true, method: 'implied' };
    window.dispatchEvent(event('CookiebotOnAccept'));
  }
  assert.deepEqual(told(), ['asking', 'asking'], 'nor is one of them');
  window.Cookiebot.consent = { method: 'implied' };
  window.dispatchEvent(event('CookiebotOnDecline'));
  assert.deepEqual(told(), ['no']);
});

test('nor is one thing of its own name that was only implied', () => {
  const { window, told, listen } = openPlatform(adapter);
  openDialog(window, { consent: { marketing: true, method: 'implied' }, hasResponse: true });
  listen({ store: ['marketing'] });
  listen({ personalise: ['marketing'] });
  assert.deepEqual(told(), ['asking', 'asking']);
});

test('parts missing, throwing, never, and gone', () => {
  const { window, told, listen } = openPlatform(adapter);
  window.Cookiebot = { hasResponse: true };
  const stop = listen();
  assert.deepEqual(told(), ['broken']);
  window.Cookiebot = {};
  window.dispatchEvent(event('CookiebotOnConsentReady'));
  window.Cookiebot = { hasResponse: true, consent: { preferences: 'yes' } };
  window.dispatchEvent(event('CookiebotOnAccept'));
  window.Cookiebot = { get consent() { throw new Error('no'); } };
  window.dispatchEvent(event('CookiebotOnAccept'));
  delete window.Cookiebot;
  window.dispatchEvent(event('CookiebotOnAccept'));
  assert.deepEqual(told(), ['asking', 'no', 'broken']);
  stop();
  window.dispatchEvent(event('CookiebotOnDialogDisplay'));
  assert.deepEqual(told(), []);
});

test('names of the site\'s own', () => {
  const { window, told, listen } = openPlatform(adapter);
  openDialog(window, { ...yes, consent: { ...yes.consent, marketing: true } });
  listen({ store: ['preferences', 'statistics'], measure: ['marketing'] });
  assert.deepEqual(told(), ['personalise measure']);
});
