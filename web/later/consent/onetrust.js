/**
 * onetrust.js - OneTrust's banner for web pages
 *
 * https://developer.onetrust.com/onetrust/docs/javascript-events-guide: `OneTrustGroupsUpdated`
 * comes with every load and every change, with the groups that are active; `OTConsentApplied`
 * after a choice was made; `OneTrustPCLoaded` when the preference centre is shown (nothing tells
 * that it was closed without a choice: then it is asking until the next page). The page's own
 * `OptanonWrapper` is left alone.
 *
 * Groups may be active although nobody chose anything (where the law lets a shop begin with a
 * yes). So the banner must have been closed: until `IsAlertBoxClosed()` is true, it is asking. And
 * where groups are active to begin with, as `GetDomainData()` tells, to close it is no yes either.
 */
import { answerOf } from './answer.js';
import { guarded } from './guarded.js';

/** C0001 necessary, C0002 performance, C0003 functional, C0004 targeting. */
export const USUAL = { store: ['C0003'], personalise: ['C0003'], measure: ['C0002'] };

/** Models of consent in which groups are active before a word of the shopper's. */
const UNASKED = ['opt-out', 'implied consent', 'notice only'];
const isUnasked = (/** @type {any} */ OneTrust) =>
  UNASKED.includes(String(OneTrust.GetDomainData?.()?.ConsentModel?.Name).toLowerCase());

/** @type {import('../consent-source.js').Listen} */
export function listen(window, names, tell) {
  /** It was asking on this page, so what comes then was chosen here. */
  let asked = false;

  function read(/** @type {unknown} */ detail, /** @type {boolean} */ applied) {
    const { OneTrust, OnetrustActiveGroups } = window;
    // A page may configure it by an object of the same name.
    if (typeof OneTrust?.IsAlertBoxClosed !== 'function') return;
    if (OneTrust.IsAlertBoxClosed() !== true) return shown();
    const active = Array.isArray(detail) ? detail.map(String)
      : String(OnetrustActiveGroups ?? '').split(',').map((group) => group.trim());
    const answer = answerOf(names, (name) => active.includes(name), applied || asked);
    const yes = answer.store || answer.personalise || answer.measure;
    asked = false;
    tell(yes && isUnasked(OneTrust) ? 'absent' : answer);
  }

  function shown() {
    asked = true;
    tell('asking');
  }

  const updated = guarded(tell, (/** @type {any} */ event) => read(event.detail, false));
  const applied = guarded(tell, () => read(undefined, true));
  window.addEventListener('OneTrustGroupsUpdated', updated);
  window.addEventListener('OTConsentApplied', applied);
  window.addEventListener('OneTrustPCLoaded', shown);
  guarded(tell, () => {
    if (window.OnetrustActiveGroups !== undefined) read(undefined, false);
  })();

  return () => {
    window.removeEventListener('OneTrustGroupsUpdated', updated);
    window.removeEventListener('OTConsentApplied', applied);
    window.removeEventListener('OneTrustPCLoaded', shown);
  };
}
