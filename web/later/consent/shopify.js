/**
 * shopify.js - Shopify's Customer Privacy API
 *
 * https://shopify.dev/docs/api/customer-privacy: the feature is loaded, then asked; the
 * document's event `visitorConsentCollected` tells of each choice (some apps send it on every
 * page).
 *
 * `preferencesProcessingAllowed()` and its like are also true where the merchant need not ask.
 * That is nobody's yes, so what the visitor said (`currentVisitorConsent()`: yes, no or nothing)
 * must be a yes besides. The event is fresh if it says something else than was known.
 */
import { answerOf, namesIn } from './answer.js';
import { guarded } from './guarded.js';
import { whenThere } from './when-there.js';

export const USUAL = {
  store: ['preferences'], personalise: ['preferences'], measure: ['analytics'],
};

/** What may be done, by the name of what was said; in the API, and in the event. */
const ALLOWED = /** @type {Record<string, [string, string]>} */ ({
  preferences: ['preferencesProcessingAllowed', 'preferencesAllowed'],
  analytics: ['analyticsProcessingAllowed', 'analyticsAllowed'],
  marketing: ['marketingAllowed', 'marketingAllowed'],
  sale_of_data: ['saleOfDataAllowed', 'saleOfDataAllowed'],
});
const FEATURE = { name: 'consent-tracking-api', version: '0.1' };
const YES = ['yes', 'true', true];
const NO = ['no', 'false', false];

/** @type {import('../consent-source.js').Listen} */
export function listen(window, names, tell) {
  const { document } = window;
  let known = '';
  let stopped = false;

  function read(/** @type {Record<string, unknown>} */ detail, /** @type {boolean} */ event) {
    const privacy = window.Shopify?.customerPrivacy;
    if (stopped || !privacy) return;
    const said = privacy.currentVisitorConsent();
    if (!namesIn(names).some((name) => [...YES, ...NO].includes(said[name]))) {
      known = 'nothing';
      return tell(privacy.shouldShowBanner?.() === true ? 'asking' : 'absent');
    }
    const allows = (/** @type {string} */ name) => {
      if (!Object.hasOwn(ALLOWED, name) || !YES.includes(said[name])) return false;
      const [method, flag] = ALLOWED[name];
      return privacy[method]() === true && detail[flag] !== false;
    };
    const now = JSON.stringify(answerOf(names, allows, false));
    const fresh = event && known !== '' && known !== now;
    known = now;
    tell(answerOf(names, allows, fresh));
  }

  const look = guarded(tell, () => read({}, false));
  const heard = guarded(tell, (/** @type {any} */ event) => read(event.detail ?? {}, true));
  document.addEventListener('visitorConsentCollected', heard);
  document.addEventListener('shopifyCustomerPrivacyApiLoaded', look);

  const end = whenThere(() => window.Shopify?.loadFeatures, guarded(tell, () => {
    window.Shopify.loadFeatures([FEATURE], guarded(tell, (/** @type {unknown} */ error) => {
      if (error) tell('broken');
      else read({}, false);
    }));
  }));
  return () => {
    stopped = true;
    end();
    document.removeEventListener('visitorConsentCollected', heard);
    document.removeEventListener('shopifyCustomerPrivacyApiLoaded', look);
  };
}
