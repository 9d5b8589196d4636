/**
 * consent-source.js - asking the consent platform that the site file names
 *
 * One adapter is loaded, by every page alike. It tells what the platform says, as it says it:
 *
 *     'asking'                                     its banner is up
 *     { store, personalise, measure, fresh }       its answer; `fresh`: a choice made on this page
 *     'absent'  'broken'                           there is none, nobody is asked, or it failed
 *
 * What an adapter throws is "broken"; a platform that has said nothing after three seconds is late.
 */

/** @typedef {import('./consent.js').Purposes} Purposes */
/** @typedef {'asking' | 'absent' | 'broken' | (Purposes & { fresh: boolean })} Told */
/** @typedef {(what: Told) => void} Tell */
/**
 * What the platform calls each purpose.
 *
 * @typedef {Record<import('./consent.js').Purpose, string[]>} Names
 */
/**
 * Listens to a platform of this window, and answers what ends that.
 *
 * @typedef {(window: any, names: Names, tell: Tell, options: { tcfPurposes: boolean }) =>
 *   () => void} Listen
 */
/** @typedef {{ USUAL: Names, listen: Listen }} Adapter */
/**
 * @typedef {object} Source
 * @property {import('../index.js').ConsentSource} source
 * @property {Record<import('./consent.js').Purpose, string[] | null>} names
 * @property {boolean} tcfPurposes
 */

const LIMIT_MS = 3000;

/** @param {import('../index.js').ConsentSource} source @returns {Promise<Adapter> | null} */
function adapterOf(source) {
  switch (source) {
    case 'tcf': return import('./consent/tcf.js');
    case 'google': return import('./consent/google.js');
    case 'shopify': return import('./consent/shopify.js');
    case 'onetrust': return import('./consent/onetrust.js');
    case 'cookiebot': return import('./consent/cookiebot.js');
    case 'usercentrics': return import('./consent/usercentrics.js');
    case 'didomi': return import('./consent/didomi.js');
    default: return null;
  }
}

/**
 * Listens for as long as the page lives. Answers what stops it.
 *
 * @param {Source} source
 * @param {(what: Told | 'late') => void} tell
 * @param {(error: unknown) => void} failed hears why it is broken
 */
export function listenTo({ source, names, tcfPurposes }, tell, failed) {
  let stopped = false;
  let stop = () => {};
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  function heard(/** @type {Told} */ what) {
    if (stopped) return;
    clearTimeout(timer);
    tell(what);
  }

  function broken(/** @type {unknown} */ error) {
    if (stopped) return;
    failed(error);
    heard('broken');
  }

  async function start() {
    const adapter = await adapterOf(source);
    if (stopped || !adapter) return;
    timer = setTimeout(() => {
      if (!stopped) tell('late');
    }, LIMIT_MS);
    const { USUAL } = adapter;
    const called = {
      store: names.store ?? USUAL.store,
      personalise: names.personalise ?? USUAL.personalise,
      measure: names.measure ?? USUAL.measure,
    };
    const end = adapter.listen(globalThis, called, heard, { tcfPurposes });
    if (stopped) end();
    else stop = end;
  }

  start().catch(broken);
  return () => {
    stopped = true;
    clearTimeout(timer);
    stop();
  };
}
