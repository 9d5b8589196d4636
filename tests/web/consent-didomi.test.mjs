/**
 * consent-didomi.test.mjs - Didomi: queues that work before and after the SDK is there
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import * as adapter from '../../web/later/consent/didomi.js';
import { openPlatform } from './support/platform.mjs';

const { USUAL } = adapter;
const NAMES = [...USUAL.store, ...USUAL.personalise, ...USUAL.measure];

/** The SDK; `load` empties the queues, which from then on call at once. */
function openSdk(window, { enabled = [], required = true, open = false, old = false } = {}) {
  const state = { enabled, required, open };
  const listeners = [];
  const status = () => ({
    user_id: 'x',
    purposes: old ? { consent: { enabled: state.enabled, disabled: [] } }
      : Object.fromEntries(NAMES.map((id) => [id, { id, enabled: state.enabled.includes(id) }])),
  });
  const sdk = {
    isConsentRequired: () => state.required,
    [old ? 'getUserStatus' : 'getCurrentUserStatus']: status,
    [old ? 'isUserConsentStatusPartial' : 'shouldUserStatusBeCollected']: () => state.open,
  };
  const emit = (name) => listeners.filter((one) => one.event === name).forEach((one) => one.listener({}));
  return {
    state, sdk, emit,
    load() {
      window.Didomi = sdk;
      listeners.push(...(window.didomiEventListeners ?? []));
      window.didomiEventListeners = { push: (...more) => listeners.push(...more) };
      (window.didomiOnReady ?? []).forEach((work) => work(sdk));
      window.didomiOnReady = { push: (work) => work(sdk) };
      if (state.required && state.open) emit('notice.shown');
    },
    choose(chosen) {
      Object.assign(state, { enabled: chosen, open: false });
      emit('consent.changed');
      emit('notice.hidden');
    },
  };
}

for (const old of [false, true]) {
  const called = old ? ', by lists' : '';

  test(`a visitor who agreed on an earlier page${called}`, () => {
    const { window, told, listen } = openPlatform(adapter);
    listen();
    openSdk(window, { enabled: [...USUAL.store, ...USUAL.personalise], old }).load();
    assert.deepEqual(told(), ['store personalise']);
  });

  test(`a first visit, a choice, the notice again, taken back${called}`, () => {
    const { window, told, listen } = openPlatform(adapter);
    listen();
    const sdk = openSdk(window, { open: true, old });
    sdk.load();
    assert.deepEqual(told(), ['asking', 'asking']);
    sdk.choose(NAMES);
    assert.deepEqual(told(), ['store personalise measure fresh']);
    sdk.emit('notice.shown');
    sdk.choose([]);
    sdk.choose([]);
    assert.deepEqual(told(), ['asking', 'no fresh', 'no fresh']);
  });
}

test('shown again and closed with the same answer, of which the SDK tells no change', () => {
  const { window, told, listen } = openPlatform(adapter);
  listen();
  const sdk = openSdk(window, { enabled: USUAL.store });
  sdk.load();
  sdk.emit('preferences.shown');
  assert.deepEqual(told(), ['store', 'asking'], 'the preferences are a banner as well');
  sdk.emit('preferences.hidden');
  assert.deepEqual(told(), ['store'], 'the old answer stands, and is not fresh');
  sdk.emit('notice.shown');
  sdk.emit('preferences.shown');
  sdk.emit('preferences.hidden');
  assert.deepEqual(told(), ['asking', 'asking'], 'the notice is still there');
  sdk.emit('notice.hidden');
  assert.deepEqual(told(), ['store']);
  Object.assign(sdk.state, { enabled: [], open: true });
  sdk.emit('notice.shown');
  sdk.emit('notice.hidden');
  assert.deepEqual(told(), ['asking', 'asking'], 'closed without an answer, and there is none yet');
});

test('it was there before us', () => {
  const { window, told, listen } = openPlatform(adapter);
  const sdk = openSdk(window, { enabled: NAMES });
  sdk.load();
  listen();
  assert.deepEqual(told(), ['store personalise measure']);
  sdk.choose([]);
  assert.deepEqual(told(), ['no fresh']);
});

test('where no consent is required, nobody said yes', () => {
  const { window, told, listen } = openPlatform(adapter);
  listen();
  openSdk(window, { enabled: NAMES, required: false }).load();
  assert.deepEqual(told(), ['absent']);
});

test('names of the site\'s own; what there is not is denied', () => {
  const { window, told, listen } = openPlatform(adapter);
  listen({ store: ['cookies', 'constructor'], personalise: ['cookies'], measure: ['toString'] });
  openSdk(window, { enabled: NAMES }).load();
  assert.deepEqual(told(), ['personalise']);
});

test('parts missing, throwing, never, and gone', () => {
  const { window, told, listen } = openPlatform(adapter);
  const stop = listen();
  assert.deepEqual(told(), [], 'never');
  const sdk = openSdk(window, { enabled: NAMES });
  delete sdk.sdk.getCurrentUserStatus;
  sdk.load();
  sdk.sdk.getCurrentUserStatus = () => ({});
  sdk.choose(NAMES);
  sdk.sdk.getCurrentUserStatus = () => ({ purposes: {} });
  sdk.choose(NAMES);
  sdk.sdk.getCurrentUserStatus = () => ({ purposes: { cookies: { enabled: 'true' } } });
  sdk.choose(NAMES);
  delete sdk.sdk.isConsentRequired;
  sdk.choose(NAMES);
  assert.deepEqual(told(), ['broken', 'broken', 'no fresh', 'no fresh', 'broken']);
  stop();
  sdk.emit('notice.shown');
  sdk.emit('consent.changed');
  assert.deepEqual(told(), []);
});
