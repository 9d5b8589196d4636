/**
 * consent-shopify.test.mjs - Shopify's Customer Privacy API
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import * as adapter from '../../web/later/consent/shopify.js';
import { event, openPlatform, settle } from './support/platform.mjs';

/** A storefront; `choose` is what its banner does. */
function openStorefront(window, { consent = {}, required = true, banner = true, error } = {}) {
  const said = { preferences: '', analytics: '', marketing: '', sale_of_data: '', ...consent };
  const allowed = (name) => () => (required ? said[name] === 'yes' : said[name] !== 'no');
  const privacy = {
    currentVisitorConsent: () => ({ ...said }),
    preferencesProcessingAllowed: allowed('preferences'),
    analyticsProcessingAllowed: allowed('analytics'),
    marketingAllowed: allowed('marketing'),
    saleOfDataAllowed: allowed('sale_of_data'),
    shouldShowBanner: () => banner && required && said.preferences === '',
  };
  const loads = [];
  window.Shopify = {
    loadFeatures(features, done) {
      loads.push([features, done]);
    },
  };
  const detail = () => ({
    preferencesAllowed: privacy.preferencesProcessingAllowed(),
    analyticsAllowed: privacy.analyticsProcessingAllowed(),
    marketingAllowed: privacy.marketingAllowed(), saleOfDataAllowed: privacy.saleOfDataAllowed(),
  });
  return {
    privacy, loads,
    loaded() {
      window.Shopify.customerPrivacy = privacy;
      loads.splice(0).forEach(([, done]) => done(error));
    },
    choose(choice) {
      Object.assign(said, choice);
      window.document.dispatchEvent(event('visitorConsentCollected', detail()));
    },
  };
}

test('a visitor who said yes on an earlier page', () => {
  const { window, told, listen } = openPlatform(adapter);
  const shop = openStorefront(window, { consent: { preferences: 'yes', analytics: 'no' } });
  listen();
  assert.deepEqual(told(), []);
  assert.deepEqual(shop.loads[0][0], [{ name: 'consent-tracking-api', version: '0.1' }]);
  shop.loaded();
  assert.deepEqual(told(), ['store personalise']);
  shop.choose({});
  assert.deepEqual(told(), ['store personalise'], 'an app repeats it with every page: not fresh');
});

test('a first visit: asked, chosen, changed, taken back', () => {
  const { window, told, listen } = openPlatform(adapter);
  const shop = openStorefront(window);
  listen();
  shop.loaded();
  assert.deepEqual(told(), ['asking']);
  shop.choose({ preferences: 'yes', analytics: 'yes' });
  assert.deepEqual(told(), ['store personalise measure fresh']);
  shop.choose({ analytics: 'no' });
  shop.choose({ preferences: 'no' });
  shop.choose({ preferences: 'no' });
  assert.deepEqual(told(), ['store personalise fresh', 'no fresh', 'no']);
});

test('where the merchant need not ask, nobody said yes', () => {
  const { window, told, listen } = openPlatform(adapter);
  const shop = openStorefront(window, { required: false, consent: { marketing: 'yes' } });
  listen();
  shop.loaded();
  assert.equal(shop.privacy.preferencesProcessingAllowed(), true);
  assert.deepEqual(told(), ['absent']);
  shop.choose({ preferences: 'yes' });
  assert.deepEqual(told(), ['store personalise fresh']);
});

test('a yes that may not be used, here or by the event', () => {
  const { window, told, listen } = openPlatform(adapter);
  const shop = openStorefront(window, { consent: { preferences: 'yes' } });
  shop.privacy.preferencesProcessingAllowed = () => false;
  listen();
  shop.loaded();
  assert.deepEqual(told(), ['no']);
  shop.privacy.preferencesProcessingAllowed = () => true;
  window.document.dispatchEvent(event('visitorConsentCollected', { preferencesAllowed: false }));
  assert.deepEqual(told(), ['no']);
});

test('names of the site\'s own; one that there is not is denied', () => {
  const { window, told, listen } = openPlatform(adapter);
  const shop = openStorefront(window, { consent: { preferences: 'yes', marketing: 'yes' } });
  listen({ personalise: ['preferences', 'marketing'], measure: ['toString'] });
  shop.loaded();
  assert.deepEqual(told(), ['store personalise']);
});

test('other ways to say yes and no', () => {
  for (const [value, expected] of [[true, 'store personalise'], ['true', 'store personalise'], [false, 'no'],
    ['false', 'no'], [null, 'absent'], [undefined, 'absent'], ['YES', 'absent']]) {
    const { window, told, listen } = openPlatform(adapter);
    const shop = openStorefront(window, { consent: { preferences: value }, banner: false });
    shop.privacy.preferencesProcessingAllowed = () => true;
    listen();
    shop.loaded();
    assert.deepEqual(told(), [expected], String(value));
  }
});

test('it fails to load, has parts missing, throws, or never answers', () => {
  const failed = openPlatform(adapter);
  const shop = openStorefront(failed.window, { error: new Error('no') });
  failed.listen();
  shop.loaded();
  assert.deepEqual(failed.told(), ['broken']);

  const missing = openPlatform(adapter);
  const old = openStorefront(missing.window, { consent: { preferences: 'yes' } });
  delete old.privacy.currentVisitorConsent;
  missing.listen();
  old.loaded();
  assert.deepEqual(missing.told(), ['broken'], 'what was said is not to be had');

  const without = openPlatform(adapter);
  const part = openStorefront(without.window, { consent: { preferences: 'yes' } });
  delete part.privacy.preferencesProcessingAllowed;
  without.listen();
  part.loaded();
  assert.deepEqual(without.told(), ['broken']);

  const never = openPlatform(adapter);
  openStorefront(never.window);
  never.listen();
  never.window.document.dispatchEvent(event('visitorConsentCollected', { preferencesAllowed: true }));
  assert.deepEqual(never.told(), [], 'an event without the API');
});

test('it comes later, and goes', async () => {
  const { window, told, listen } = openPlatform(adapter);
  const stop = listen();
  const shop = openStorefront(window, { consent: { preferences: 'yes' } });
  await settle(450);
  shop.loaded();
  assert.deepEqual(told(), ['store personalise']);
  stop();
  shop.choose({ preferences: 'no' });
  assert.deepEqual(told(), []);

  const hydrogen = openPlatform(adapter);
  const end = hydrogen.listen();
  const headless = openStorefront(hydrogen.window, { consent: { preferences: 'yes' } });
  hydrogen.window.Shopify = { customerPrivacy: headless.privacy };
  hydrogen.window.document.dispatchEvent(event('shopifyCustomerPrivacyApiLoaded'));
  headless.privacy.currentVisitorConsent = () => ({ preferences: 'no' });
  hydrogen.window.document.dispatchEvent(event('shopifyCustomerPrivacyApiLoaded'));
  assert.deepEqual(hydrogen.told(), ['store personalise', 'no'], 'loaded again is no choice made here');
  end();
});
