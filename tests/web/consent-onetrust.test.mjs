/**
 * consent-onetrust.test.mjs - OneTrust: groups with every load, and a banner that must be closed
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import * as adapter from '../../web/later/consent/onetrust.js';
import { event, openPlatform } from './support/platform.mjs';

/** The banner's script. Everything is an event of the window. */
function openBanner(window, { closed = false, groups = ['C0001'], model } = {}) {
  const state = { closed, groups };
  const rules = model ? { GetDomainData: () => ({ ConsentModel: { Name: model } }) } : {};
  const tell = (name) => window.dispatchEvent(event(name, [...state.groups]));
  return {
    state,
    load() {
      window.OneTrust = { IsAlertBoxClosed: () => state.closed, ...rules };
      window.OnetrustActiveGroups = `,${state.groups.join(',')},`;
      tell('OneTrustGroupsUpdated');
    },
    choose(chosen) {
      state.closed = true;
      state.groups = chosen;
      window.OnetrustActiveGroups = `,${chosen.join(',')},`;
      tell('OneTrustGroupsUpdated');
      tell('OTConsentApplied');
    },
    tell,
  };
}

test('a visitor who chose on an earlier page', () => {
  const { window, told, listen } = openPlatform(adapter);
  const banner = openBanner(window, { closed: true, groups: ['C0001', 'C0003'] });
  listen();
  banner.load();
  assert.deepEqual(told(), ['store personalise']);
  banner.tell('OneTrustGroupsUpdated');
  assert.deepEqual(told(), ['store personalise'], 'twice says the same, and is not fresh');
});

test('it was there before us', () => {
  const { window, told, listen } = openPlatform(adapter);
  openBanner(window, { closed: true, groups: ['C0001', 'C0002', 'C0003'] }).load();
  listen();
  assert.deepEqual(told(), ['store personalise measure']);
});

test('a first visit: asking, then a choice, changed later, then taken back', () => {
  const { window, told, listen } = openPlatform(adapter);
  const banner = openBanner(window);
  listen();
  banner.load();
  assert.deepEqual(told(), ['asking']);
  banner.choose(['C0001', 'C0003']);
  assert.deepEqual(told(), ['store personalise fresh', 'store personalise fresh']);
  banner.choose(['C0001', 'C0002', 'C0003']);
  assert.deepEqual(told(), ['store personalise measure', 'store personalise measure fresh']);
  banner.choose(['C0001']);
  assert.deepEqual(told(), ['no', 'no fresh']);
});

test('groups that are active although nobody chose them are no yes', () => {
  const { window, told, listen } = openPlatform(adapter);
  const banner = openBanner(window, { groups: ['C0001', 'C0002', 'C0003', 'C0004'] });
  listen();
  banner.load();
  assert.deepEqual(told(), ['asking']);
});

test('the banner again', () => {
  const { window, told, listen } = openPlatform(adapter);
  const banner = openBanner(window, { closed: true, groups: ['C0001', 'C0003'] });
  listen();
  banner.load();
  banner.state.closed = false;
  banner.tell('OneTrustGroupsUpdated');
  assert.deepEqual(told(), ['store personalise', 'asking']);
  banner.choose(['C0001', 'C0003']);
  assert.deepEqual(told()[0], 'store personalise fresh');
});

test('the preference centre pauses, until there is an answer', () => {
  const { window, told, listen } = openPlatform(adapter);
  const banner = openBanner(window, { closed: true, groups: ['C0001', 'C0003'] });
  const stop = listen();
  banner.load();
  banner.tell('OneTrustPCLoaded');
  assert.deepEqual(told(), ['store personalise', 'asking']);
  banner.choose(['C0001', 'C0002', 'C0003']);
  assert.deepEqual(told()[0], 'store personalise measure fresh');
  stop();
  banner.tell('OneTrustPCLoaded');
  assert.deepEqual(told(), []);
});

test('where a shop may begin with a yes, closing its notice is none', () => {
  for (const [model, expected] of [['opt-in', 'store personalise'], ['Opt-In', 'store personalise'],
    ['custom', 'store personalise'], ['opt-out', 'absent'], ['Opt-Out', 'absent'],
    ['implied consent', 'absent'], ['notice only', 'absent'], ['Notice Only', 'absent']]) {
    const { window, told, listen } = openPlatform(adapter);
    const banner = openBanner(window, { closed: true, groups: ['C0001', 'C0003'], model });
    listen();
    banner.load();
    assert.deepEqual(told(), [expected], model);
    banner.choose(['C0001']);
    assert.deepEqual(told(), ['no', 'no fresh'], `${model}: and a no is one`);
    banner.choose(['C0001', 'C0002']);
    assert.equal(told()[0], expected === 'absent' ? 'absent' : 'measure', model);
    for (const purpose of ['store', 'personalise']) {
      const one = openPlatform(adapter);
      one.listen({ store: [], personalise: [], [purpose]: ['C0003'] });
      openBanner(one.window, { closed: true, groups: ['C0003'], model }).load();
      assert.deepEqual(one.told(), [expected === 'absent' ? 'absent' : purpose], `${model}: ${purpose} alone`);
    }
  }
});

test('names of the site\'s own take all of them, and not a part of a name', () => {
  const { window, told, listen } = openPlatform(adapter);
  const banner = openBanner(window, { closed: true, groups: ['C0001', 'SHOP', 'C00031'] });
  listen({ store: ['C0001', 'SHOP'], measure: ['C0001', 'C0002'] });
  banner.load();
  assert.deepEqual(told(), ['store']);
});

test('parts missing, a settings object of the same name, and none at all', () => {
  const { window, told, listen } = openPlatform(adapter);
  window.OneTrust = { geolocationResponse: {} };
  window.OnetrustActiveGroups = ',C0003,';
  listen();
  window.dispatchEvent(event('OneTrustGroupsUpdated', ['C0003']));
  assert.deepEqual(told(), [], 'without a word on the banner there is no answer');
  window.OneTrust = { IsAlertBoxClosed: () => true };
  window.dispatchEvent(event('OneTrustGroupsUpdated', null));
  assert.deepEqual(told(), ['store personalise'], 'the groups are in a text as well');
  delete window.OnetrustActiveGroups;
  window.dispatchEvent(event('OTConsentApplied'));
  assert.deepEqual(told(), ['no fresh']);
});

test('one that throws, and one that goes', () => {
  const { window, told, listen } = openPlatform(adapter);
  const stop = listen();
  window.OneTrust = {
    IsAlertBoxClosed() {
      throw new Error('no');
    },
  };
  window.dispatchEvent(event('OneTrustGroupsUpdated', ['C0003']));
  assert.deepEqual(told(), ['broken']);
  stop();
  window.dispatchEvent(event('OTConsentApplied'));
  assert.deepEqual(told(), []);
});
