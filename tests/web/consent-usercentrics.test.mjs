/**
 * consent-usercentrics.test.mjs - Usercentrics, versions 2 and 3
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import * as adapter from '../../web/later/consent/usercentrics.js';
import { event, openPlatform, settle } from './support/platform.mjs';

/** Both versions, as seen from outside: services with a consent, and a dialog. */
function openDialog(window, version, { services, required = false, ready = true }) {
  const state = { services, required, ready };
  const type = (one) => one.type ?? 'EXPLICIT';
  const details = () => ({
    consent: { required: state.required, status: 'SOME_ACCEPTED', type: 'EXPLICIT' },
    services: Object.fromEntries(state.services.map((one) => [one.id, {
      name: one.name, category: one.category, consent: { given: one.given, type: type(one) },
    }])),
  });
  if (version === 3) {
    window.__ucCmp = { isInitialized: async () => state.ready, getConsentDetails: async () => details() };
  } else {
    window.UC_UI = {
      isInitialized: () => state.ready,
      isConsentRequired: () => state.required,
      getServicesBaseInfo: () => state.services.map((one) => ({
        id: one.id, name: one.name, categorySlug: one.category,
        consent: { status: one.given, history: [{ type: 'implicit' }, { type: type(one).toLowerCase() }] },
      })),
    };
  }
  const tell = (name, detail) => window.dispatchEvent(event(name, detail));
  return {
    state, tell, details,
    load() {
      state.ready = true;
      tell('UC_UI_INITIALIZED');
      if (state.required) {
        tell('UC_UI_VIEW_CHANGED', { view: 'FIRST_LAYER', previousView: 'NONE' });
        tell('UC_UI_CMP_EVENT', { source: 'none', type: 'CMP_SHOWN' });
      }
    },
    choose(what, given) {
      tell('UC_UI_CMP_EVENT', { source: 'first', type: what });
      state.required = false;
      state.services.forEach((one) => Object.assign(one, { given, type: 'EXPLICIT' }));
      if (version === 3) tell('UC_CONSENT', details());
      tell('UC_UI_VIEW_CHANGED', { view: 'PRIVACY_BUTTON', previousView: 'FIRST_LAYER' });
    },
  };
}

const service = (given, more = {}) => ({ id: 'a1', name: 'Sotto', category: 'functional', given, ...more });
/** Without those that say the same as the one before. */
const news = (list) => list.filter((one, i) => one !== list[i - 1]);

for (const version of [2, 3]) {
  test(`version ${version}: a visitor who agreed on an earlier page`, async () => {
    const { window, told, listen } = openPlatform(adapter);
    const stop = listen();
    const dialog = openDialog(window, version, { services: [service(true)], ready: false });
    dialog.load();
    dialog.load();
    await settle(5);
    assert.deepEqual(news(told()), ['store personalise']);
    stop();
  });

  test(`version ${version}: it was there before us, or is there and not ready`, async () => {
    const { window, told, listen } = openPlatform(adapter);
    const dialog = openDialog(window, version, { services: [service(true)], ready: false });
    const stop = listen();
    await settle(5);
    assert.deepEqual(told(), []);
    dialog.load();
    await settle(5);
    assert.deepEqual(told(), ['store personalise']);
    stop();
    listen()();
    await settle(5);
    assert.deepEqual(told(), [], 'stopped before it answered');
  });

  test(`version ${version}: a first visit, a choice, the dialog again, another`, async () => {
    const { window, told, listen } = openPlatform(adapter);
    const stop = listen();
    const dialog = openDialog(window, version, { services: [service(false)], required: true });
    dialog.load();
    await settle(5);
    assert.deepEqual(news(told()), ['asking']);
    dialog.choose('ACCEPT_ALL', true);
    await settle(350);
    assert.deepEqual(news(told()), ['store personalise fresh']);

    dialog.tell('UC_UI_VIEW_CHANGED', { view: 'SECOND_LAYER', previousView: 'PRIVACY_BUTTON' });
    dialog.tell('UC_UI_VIEW_CHANGED', { view: 'PRIVACY_BUTTON', previousView: 'SECOND_LAYER' });
    await settle(5);
    assert.deepEqual(told(), ['asking', 'store personalise'], 'closed without a choice');
    dialog.choose('DENY_ALL', false);
    await settle(350);
    assert.deepEqual(news(told()), ['no fresh']);
    stop();
  });

  test(`version ${version}: what of the dialog is a choice, and what is none`, async (context) => {
    const { window, told, listen } = openPlatform(adapter);
    const dialog = openDialog(window, version, { services: [service(true)] });
    if (version === 3) delete window.__ucCmp.isInitialized;
    else delete window.UC_UI.isInitialized;
    context.mock.timers.enable({ apis: ['setTimeout'] });
    const pass = async () => {
      context.mock.timers.tick(350);
      for (let i = 0; i < 20; i++) await null;
    };
    const stop = listen();
    await pass();
    assert.deepEqual(told(), ['store personalise'], 'it need not say that it is ready');
    const act = (type) => dialog.tell('UC_UI_CMP_EVENT', { source: 'first', type });
    act('MORE_INFORMATION_LINK');
    await pass();
    assert.deepEqual(told(), []);
    act('CMP_SHOWN');
    assert.deepEqual(told(), ['asking']);
    act('SAVE');
    act('SAVE');
    await pass();
    assert.deepEqual(told(), ['store personalise fresh'], 'twice is once');
    if (version === 3) {
      dialog.state.services[0].given = false;
      dialog.tell('UC_CONSENT', dialog.details());
      assert.deepEqual(told(), ['no'], 'by itself');
    }
    const { getServicesBaseInfo } = window.UC_UI ?? {};
    let asked = 0;
    if (getServicesBaseInfo) window.UC_UI.getServicesBaseInfo = () => (asked++, getServicesBaseInfo());
    else window.__ucCmp.getConsentDetails = async () => (asked++, dialog.details());
    act('SAVE');
    stop();
    await pass();
    assert.deepEqual([told(), asked], [[], 0], 'nor is it asked once it is over');
  });

  test(`version ${version}: what was given without a word is no yes`, async () => {
    const { window, told, listen } = openPlatform(adapter);
    openDialog(window, version, { services: [service(true, { type: 'IMPLICIT' })] });
    const stop = listen();
    await settle(5);
    assert.deepEqual(told(), ['asking']);
    stop();
  });

  test(`version ${version}: names, ids and categories`, async () => {
    const services = [service(true), { id: 'b2', name: 'Other', category: 'functional', given: false },
      { id: 'c3', name: 'Third', category: 'marketing', given: true }];
    for (const [names, expected] of [
      [{}, 'store personalise'], [{ store: ['a1'], personalise: ['functional'] }, 'store'],
      [{ store: ['Sotto', 'marketing'], personalise: ['b2'], measure: ['c3'] }, 'store measure'],
      [{ store: ['Nobody'], personalise: ['toString'] }, 'no'],
    ]) {
      const { window, told, listen } = openPlatform(adapter);
      openDialog(window, version, { services });
      const stop = listen(names);
      await settle(5);
      assert.deepEqual(told(), [expected]);
      stop();
    }
  });

  test(`version ${version}: parts missing, and throwing`, async () => {
    const { window, told, listen } = openPlatform(adapter);
    const dialog = openDialog(window, version, { services: [{ id: 'a1', name: 'Sotto' }] });
    const stop = listen();
    await settle(5);
    assert.deepEqual(told(), ['no'], 'a service without a word on consent');
    const bad = async () => {
      throw new Error('no');
    };
    if (version === 3) window.__ucCmp.getConsentDetails = bad;
    else window.UC_UI.getServicesBaseInfo = bad;
    dialog.load();
    await settle(5);
    if (version === 3) window.__ucCmp.getConsentDetails = async () => ({});
    else window.UC_UI.getServicesBaseInfo = () => null;
    dialog.load();
    await settle(5);
    assert.deepEqual(told(), ['broken', 'broken']);
    dialog.tell('UC_UI_CMP_EVENT');
    dialog.tell('UC_UI_VIEW_CHANGED');
    dialog.tell('UC_CONSENT');
    await settle(5);
    assert.deepEqual(told(), []);
    stop();
    dialog.load();
    dialog.choose('ACCEPT_ALL', true);
    await settle(350);
    assert.deepEqual(told(), [], 'it was stopped');
  });
}

test('none at all', async () => {
  const { told, listen } = openPlatform(adapter);
  const stop = listen();
  await settle(20);
  stop();
  assert.deepEqual(told(), []);
});
