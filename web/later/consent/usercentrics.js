/**
 * usercentrics.js - Usercentrics, versions 2 and 3
 *
 * https://usercentrics.com/docs/web/: version 3 answers by `__ucCmp.getConsentDetails()`, version
 * 2 by `UC_UI.getServicesBaseInfo()`; both say UC_UI_INITIALIZED when they are ready,
 * UC_UI_CMP_EVENT for what is done in their dialog, UC_UI_VIEW_CHANGED for what is seen of it,
 * and version 3 UC_CONSENT with each new answer.
 *
 * Names are those (or the ids) of data processing services, or of categories, which allow
 * something if all of their services are allowed. A service may be allowed without a word of the
 * shopper's ("implicit"); that is no answer.
 */
import { answerOf } from './answer.js';
import { guarded } from './guarded.js';

export const USUAL = {
  store: ['Sotto'], personalise: ['Sotto'], measure: /** @type {string[]} */ ([]),
};

const CHOICES = ['ACCEPT_ALL', 'DENY_ALL', 'SAVE'];
const DIALOGS = ['FIRST_LAYER', 'SECOND_LAYER'];
/** Within this time after a choice it is in the answer. */
const SETTLED_MS = 300;

/**
 * @typedef {object} Service
 * @property {string} id
 * @property {string} [name]
 * @property {string} [category]
 * @property {boolean} given
 * @property {boolean} implicit
 */
/** @typedef {{ required: boolean, services: Service[] }} Said */

const isImplicit = (/** @type {unknown} */ type) => String(type).toUpperCase() === 'IMPLICIT';

/** @returns {Said} */
const fromThree = (/** @type {any} */ { consent, services }) => ({
  required: consent.required === true,
  services: Object.entries(services).map(([id, /** @type {any} */ one]) => ({
    id, name: one.name, category: one.category, given: one.consent?.given === true,
    implicit: isImplicit(one.consent?.type ?? consent.type),
  })),
});

/** @returns {Said} */
const fromTwo = (/** @type {any[]} */ services, /** @type {boolean} */ required) => ({
  required,
  services: services.map(({ id, name, categorySlug, consent }) => ({
    id, name, category: categorySlug, given: consent?.status === true,
    implicit: isImplicit(consent?.history?.at(-1)?.type),
  })),
});

/** @type {import('../consent-source.js').Listen} */
export function listen(window, names, tell) {
  let stopped = false;
  /** A choice was made on this page, and is not told yet. */
  let chosen = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  /** @returns {Promise<Said | null>} null if it is not there yet */
  async function ask() {
    const { __ucCmp, UC_UI } = window;
    if (typeof __ucCmp?.getConsentDetails === 'function') {
      const ready = __ucCmp.isInitialized ? await __ucCmp.isInitialized() : true;
      return ready ? fromThree(await __ucCmp.getConsentDetails()) : null;
    }
    if (typeof UC_UI?.getServicesBaseInfo !== 'function') return null;
    if (UC_UI.isInitialized?.() === false) return null;
    return fromTwo(await UC_UI.getServicesBaseInfo(), await UC_UI.isConsentRequired?.() === true);
  }

  function say(/** @type {Said} */ { required, services }) {
    if (required) return tell('asking');
    const called = (/** @type {string} */ name) => {
      const exact = services.filter((one) => one.id === name || one.name === name);
      return exact.length > 0 ? exact : services.filter((one) => one.category === name);
    };
    let implicit = false;
    const answer = answerOf(names, (name) => {
      const found = called(name);
      implicit ||= found.some((one) => one.given && one.implicit);
      return found.length > 0 && found.every((one) => one.given);
    }, chosen);
    if (implicit) return tell('asking');
    tell(answer);
  }

  const read = guarded(tell, async () => {
    const said = await ask();
    if (!stopped && said) say(said);
  });

  const acted = guarded(tell, (/** @type {any} */ { detail }) => {
    if (detail?.type === 'CMP_SHOWN') return tell('asking');
    if (!CHOICES.includes(detail?.type)) return;
    chosen = true;
    clearTimeout(timer);
    timer = setTimeout(guarded(tell, async () => {
      const said = await ask();
      if (!stopped && said) say(said);
      chosen = false;
    }), SETTLED_MS);
  });
  const viewed = guarded(tell, (/** @type {any} */ { detail }) => {
    if (DIALOGS.includes(detail?.view)) return tell('asking');
    // Closed without a choice: what was said before still stands.
    if (DIALOGS.includes(detail?.previousView) && !chosen) read();
  });
  const consented = guarded(tell, (/** @type {any} */ { detail }) => {
    if (detail?.services) say(fromThree(detail));
  });

  const events = /** @type {const} */ ([
    ['UC_UI_INITIALIZED', read], ['UC_UI_CMP_EVENT', acted], ['UC_UI_VIEW_CHANGED', viewed],
    ['UC_CONSENT', consented],
  ]);
  events.forEach(([name, work]) => window.addEventListener(name, work));
  read();
  return () => {
    stopped = true;
    clearTimeout(timer);
    events.forEach(([name, work]) => window.removeEventListener(name, work));
  };
}
