/**
 * onetrust.js - OneTrust's banner for web pages
 *
 * https://developer.onetrust.com/onetrust/docs/javascript-events-guide: `OneTrustGroupsUpdated`
 * comes with every load and every change, with the groups that are active; `OTConsentApplied`
 * after a choice was made. The page's own `OptanonWrapper` is left alone.
 *
 * Groups may be active although nobody chose anything (where the law lets a shop begin with a
 * yes). So the banner must have been closed: until `IsAlertBoxClosed()` is true, it is asking.
 */
import { answerOf } from './answer.js';
import { guarded } from './guarded.js';

/** C0001 necessary, C0002 performance, C0003 functional, C0004 targeting. */
export const USUAL = { store: ['C0003'], personalise: ['C0003'], measure: ['C0002'] };

/** @type {import('../consent-source.js').Listen} */
export function listen(window, names, tell) {
  /** It was asking on this page, so what comes then was chosen here. */
  let asked = false;

  function read(/** @type {unknown} */ detail, /** @type {boolean} */ applied) {
    const { OneTrust, OnetrustActiveGroups } = window;
    // A page may configure it by an object of the same name.
    if (typeof OneTrust?.IsAlertBoxClosed !== 'function') return;
    if (OneTrust.IsAlertBoxClosed() !== true) {
      asked = true;
      return tell('asking');
    }
    const active = Array.isArray(detail) ? detail.map(String)
      : String(OnetrustActiveGroups ?? '').split(',').map((group) => group.trim());
    tell(answerOf(names, (name) => active.includes(name), applied || asked));
    asked = false;
  }

  const updated = guarded(tell, (/** @type {any} */ event) => read(event.detail, false));
  const applied = guarded(tell, () => read(undefined, true));
  window.addEventListener('OneTrustGroupsUpdated', updated);
  window.addEventListener('OTConsentApplied', applied);
  guarded(tell, () => {
    if (window.OnetrustActiveGroups !== undefined) read(undefined, false);
  })();

  return () => {
    window.removeEventListener('OneTrustGroupsUpdated', updated);
    window.removeEventListener('OTConsentApplied', applied);
  };
}
