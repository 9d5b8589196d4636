/**
 * google.js - Google Consent Mode, version 2
 *
 * https://developers.google.com/tag-platform/security/guides/consent: a page tells Google's tags
 * what the shopper agreed to, by entries of the data layer, and that is all there is to read.
 *
 *     gtag('consent', 'default', { personalization_storage: 'denied', wait_for_update: 500 })
 *     gtag('consent', 'update', { personalization_storage: 'granted' })
 *
 * The entries are folded in their order.
 *
 * - What nobody set is denied here (Google's tags take it for granted).
 * - A default is nobody's answer, and an update is one to what it names: banners often ask for
 *   `analytics_storage` alone and leave the rest granted. Where defaults grant and no update comes,
 *   nobody is asked, so nobody said yes; one that denies means that somebody is asking, or will.
 * - So one that denies for a `region` counts as if the shopper were there: where they are is not
 *   ours to find out.
 * - The first update may be the choice of an earlier page. A later one that says something else
 *   is fresh.
 */
import { answerOf, namesIn } from './answer.js';
import { guarded } from './guarded.js';

export const USUAL = {
  store: ['functionality_storage'],
  personalise: ['personalization_storage'],
  measure: ['analytics_storage'],
};

/** A platform that has the choice of an earlier page updates well within this time. */
const PATIENCE_MS = 2500;

/** @type {import('../consent-source.js').Listen} */
export function listen(window, names, tell) {
  const wanted = namesIn(names);
  /** @type {Map<string, unknown>} */
  const defaults = new Map();
  /** @type {Map<string, unknown>} */
  const updates = new Map();
  const deniedSomewhere = new Set();
  let last = '';
  let stopped = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  const updated = (/** @type {string} */ name) => updates.get(name) === 'granted';
  const unasked = (/** @type {string} */ name) =>
    !deniedSomewhere.has(name) && defaults.get(name) === 'granted';

  /** Folds an entry in; false if it is not about us. */
  function fold(/** @type {any} */ entry) {
    const values = entry?.[2];
    if (entry?.[0] !== 'consent' || typeof values !== 'object' || values === null) return false;
    const about = wanted.filter((name) => Object.hasOwn(values, name));
    if (entry[1] === 'update') {
      about.forEach((name) => updates.set(name, values[name]));
    } else if (entry[1] === 'default' && values.region !== undefined) {
      about.forEach((name) => values[name] !== 'granted' && deniedSomewhere.add(name));
    } else if (entry[1] === 'default') {
      about.forEach((name) => defaults.set(name, values[name]));
    }
    return about.length > 0;
  }

  function say() {
    clearTimeout(timer);
    if (updates.size === 0) {
      const { store, personalise, measure } = answerOf(names, unasked, false);
      const what = store || personalise || measure ? 'absent' : 'asking';
      timer = setTimeout(() => tell(what), PATIENCE_MS);
      return;
    }
    const now = JSON.stringify(answerOf(names, updated, false));
    if (now === last) return;
    tell(answerOf(names, updated, last !== ''));
    last = now;
  }

  const take = guarded(tell, (/** @type {any[]} */ entries) => {
    if (!stopped && entries.map(fold).includes(true)) say();
  });

  const layer = window.dataLayer ??= [];
  const { push } = layer;
  /** @this {unknown} */
  function listening(/** @type {any[]} */ ...entries) {
    const answer = push.apply(this, entries);
    take(entries);
    return answer;
  }
  take([...layer]);
  layer.push = listening;

  return () => {
    stopped = true;
    clearTimeout(timer);
    // Somebody else may have wrapped it since; then it stays, and does nothing.
    if (layer.push === listening) layer.push = push;
  };
}
