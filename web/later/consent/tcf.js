/**
 * tcf.js - IAB Transparency and Consent Framework, version 2
 *
 * https://github.com/InteractiveAdvertisingBureau/GDPR-Transparency-and-Consent-Framework, "CMP
 * API v2": `addEventListener` answers at once, however little is known, and again with every
 * change, for as long as the page lives. A stub that only queues never answers: that is late.
 *
 *     cmpStatus "error"                       broken: such a CMP answers nothing else
 *     gdprApplies undefined                   not known yet: wait
 *     gdprApplies false                       absent: nobody is asked, so nobody said yes
 *     "cmpuishown"                            asking: whatever stands in the data is old
 *     "tcloaded"                              the answer of an earlier page
 *     "useractioncomplete"                    a fresh one
 *
 * A shop's own processing is what the publisher's part of the string is about. The purposes of
 * the string itself are about other companies (vendors) as well and count only if the site file
 * says so. Which policy version the string follows does not matter here, so none is asked for:
 * the numbers of the purposes have kept their meaning.
 */
import { answerOf } from './answer.js';
import { guarded } from './guarded.js';
import { whenThere } from './when-there.js';

/** 1 store, 5 and 6 choose content by a profile, 8 measure content. */
export const USUAL = { store: ['1'], personalise: ['5', '6'], measure: ['8'] };
/** A purpose of the publisher's own: `custom:2`. */
const CUSTOM = /^custom:(\d+)$/;
const STORE = '1';

/** @typedef {Record<string, boolean> | undefined} Consents */

/**
 * @param {any} data TCData
 * @param {boolean} tcfPurposes
 * @returns {(name: string) => boolean}
 */
function consentsOf(data, tcfPurposes) {
  /** @type {Consents} */
  const own = data.publisher?.consents;
  /** @type {Consents} */
  const custom = data.publisher?.customPurpose?.consents;
  const hasOwn = Object.keys(own ?? {}).length > 0 || Object.keys(custom ?? {}).length > 0;
  /** @type {Consents} */
  const consents = hasOwn || !tcfPurposes ? own : data.purpose?.consents;
  return (name) => {
    // The publisher's country has rules of its own for the first purpose: nobody was asked for it.
    if (name === STORE && data.purposeOneTreatment === true) return false;
    const [, number] = CUSTOM.exec(name) ?? [];
    return (number ? custom?.[number] : consents?.[name]) === true;
  };
}

/** @type {import('../consent-source.js').Listen} */
export function listen(window, names, tell, { tcfPurposes }) {
  /** @type {number | undefined} */
  let id;
  let stopped = false;

  const remove = () => {
    if (id !== undefined) window.__tcfapi?.('removeEventListener', 2, () => {}, id);
  };

  const heard = guarded(tell, (/** @type {any} */ data, /** @type {boolean} */ success) => {
    id = data?.listenerId ?? id;
    if (stopped) return remove();
    if (!data || success === false || data.cmpStatus === 'error') return tell('broken');
    if (data.gdprApplies === false) return tell('absent');
    if (data.gdprApplies !== true) return;
    const { eventStatus } = data;
    if (eventStatus === 'cmpuishown') return tell('asking');
    if (eventStatus !== 'tcloaded' && eventStatus !== 'useractioncomplete') return;
    tell(answerOf(names, consentsOf(data, tcfPurposes), eventStatus === 'useractioncomplete'));
  });

  const end = whenThere(() => typeof window.__tcfapi === 'function', guarded(tell, () => {
    window.__tcfapi('addEventListener', 2, heard);
  }));
  return () => {
    stopped = true;
    end();
    remove();
  };
}
