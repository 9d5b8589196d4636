/**
 * consent-gone.test.mjs - a platform that is not listened to any more
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { openPlatform } from './support/platform.mjs';

const HEARD = {
  cookiebot: ['CookiebotOnAccept', 'CookiebotOnConsentReady', 'CookiebotOnDecline', 'CookiebotOnDialogDisplay'],
  onetrust: ['OTConsentApplied', 'OneTrustGroupsUpdated', 'OneTrustPCLoaded'],
  shopify: ['shopifyCustomerPrivacyApiLoaded', 'visitorConsentCollected'],
  usercentrics: ['UC_CONSENT', 'UC_UI_CMP_EVENT', 'UC_UI_INITIALIZED', 'UC_UI_VIEW_CHANGED'],
};

for (const [name, events] of Object.entries(HEARD)) {
  test(`${name}: of its events none is heard once it is over`, async () => {
    const adapter = await import(`../../web/later/consent/${name}.js`);
    const platform = openPlatform(adapter);
    const stop = platform.listen();
    assert.deepEqual(platform.heard(), events);
    stop();
    assert.deepEqual(platform.heard(), []);
  });
}

test('nor is a platform waited for', async (context) => {
  context.mock.timers.enable({ apis: ['setInterval'] });
  for (const name of ['shopify', 'tcf']) {
    const platform = openPlatform(await import(`../../web/later/consent/${name}.js`));
    platform.listen()();
    let looked = 0;
    const there = { get: () => void looked++, configurable: true };
    Object.defineProperties(platform.window, { Shopify: there, __tcfapi: there });
    context.mock.timers.tick(1000);
    assert.equal(looked, 0, name);
  }
});
