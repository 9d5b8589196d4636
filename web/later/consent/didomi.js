/**
 * didomi.js - Didomi
 *
 * https://developers.didomi.io/cmp/web-sdk/reference/: what is pushed to `didomiOnReady` and
 * `didomiEventListeners` is called, or called back, whether the SDK is there already or comes
 * later.
 *
 *     isConsentRequired() false         absent: nobody is asked, and all is enabled without a yes
 *     something was not answered yet    asking
 *     "notice.shown"                    asking, and so "preferences.shown"
 *     "consent.changed"                 a fresh answer; not told if it is the one of before,
 *     "notice.hidden" and its like      so that one stands again when the last is closed
 */
import { answerOf } from './answer.js';
import { guarded } from './guarded.js';

export const USUAL = {
  store: ['cookies'],
  personalise: ['select_personalized_content'],
  measure: ['measure_content_performance'],
};

/** Whether a purpose is enabled; older versions of the SDK have lists. */
function statusOf(/** @type {any} */ didomi) {
  const { purposes } = didomi.getCurrentUserStatus?.() ?? didomi.getUserStatus();
  const enabled = purposes.consent?.enabled ?? purposes.global?.enabled;
  return (/** @type {string} */ name) => (Array.isArray(enabled) ? enabled.includes(name)
    : Object.hasOwn(purposes, name) && purposes[name].enabled === true);
}

/** Whether there is something that the shopper has not answered. */
const isOpen = (/** @type {any} */ didomi) => (didomi.shouldUserStatusBeCollected
  ?? didomi.shouldConsentBeCollected ?? didomi.isUserConsentStatusPartial)?.call(didomi) === true;

/** @type {import('../consent-source.js').Listen} */
export function listen(window, names, tell) {
  let stopped = false;
  /** What is shown, and was not answered since. */
  const shown = new Set();

  function read(/** @type {any} */ didomi, /** @type {boolean} */ fresh) {
    if (stopped) return;
    if (didomi.isConsentRequired() !== true) return tell('absent');
    if (!fresh && isOpen(didomi)) return tell('asking');
    tell(answerOf(names, statusOf(didomi), fresh));
  }

  window.didomiOnReady ??= [];
  window.didomiOnReady.push(guarded(tell, (didomi) => read(didomi ?? window.Didomi, false)));
  window.didomiEventListeners ??= [];
  window.didomiEventListeners.push(
    {
      event: 'consent.changed',
      listener: guarded(tell, () => {
        shown.clear();
        read(window.Didomi, true);
      }),
    },
    ...['notice', 'preferences'].flatMap((what) => [
      {
        event: `${what}.shown`,
        listener: () => {
          shown.add(what);
          if (!stopped) tell('asking');
        },
      },
      {
        event: `${what}.hidden`,
        listener: guarded(tell, () => {
          if (shown.delete(what) && shown.size === 0) read(window.Didomi, false);
        }),
      },
    ]),
  );
  return () => {
    stopped = true;
  };
}
