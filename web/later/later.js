/**
 * later.js - all that the first decision does not need
 *
 * Every page loads this, right after its slots are filled, whoever the shopper is and whatever they
 * agreed to; so that it is loaded says nothing about them. The files of this folder import nothing
 * from outside it: what they share with the first decision is handed to them, and a bundler makes
 * one file of each half.
 */
import { openConsent } from './consent-page.js';
import { readEvent } from './events.js';
import { whenIdle } from './idle.js';
import { openKeeper } from './keeper.js';
import { letFind } from './let-find.js';
import { watchPage } from './lifecycle.js';
import { openOwn } from './own.js';
import { mayShow, openPictures } from './pictures.js';
import { openRecord } from './record.js';
import { laterRuntime } from './runtime.js';
import { Visit } from './visit.js';

const MODULE = 'sotto-later.wasm';
/** For browsers without SIMD: the same answers, which take longer. */
const PLAIN_MODULE = 'sotto-later-base.wasm';
/** The smallest module with an instruction of SIMD: a function that makes a vector and drops it. */
const SIMD = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 10, 9, 1, 7,
  0, 65, 0, 253, 15, 26, 11);
const RANKER = 4;
const PICTURES = 5;
/** More than a page tells of before its campaigns are there. */
const EARLY_LIMIT = 64;

/** @typedef {(code: string, file: string, detail?: string) => void} Fail */
/**
 * Loads a module from the folder of the bundle.
 *
 * @typedef {(file: string, imports: WebAssembly.Imports) => Promise<WebAssembly.Instance>} Load
 */
/** @typedef {Awaited<ReturnType<typeof openLater>>} Later */
/** @typedef {(part: import('../runtime.js').Part) => Promise<Uint8Array>} FetchPart */

/**
 * @param {object} options
 * @param {import('./visit.js').Beginning} options.beginning
 * @param {Load} options.load
 * @param {FetchPart} options.fetchPart
 * @param {import('../runtime.js').Manifest | null} options.manifest of the bundle that is open
 * @param {string} [options.key] that it is signed with
 * @param {string} options.name of what is kept on the device
 * @param {import('../index.js').ProfileStore} [options.store]
 * @param {Fail} options.fail reports what went wrong
 * @param {(what: 'profile' | 'consent') => void} options.emit tells the shop that it changed
 * @param {import('../index.js').Sotto} [options.sotto] what the shop got
 * @param {() => void} [options.fill] fills the slots again
 * @param {ReturnType<import('../decision.js').decisionReader> | null} options.reader
 * @param {typeof import('../bind.js').fillTemplate} options.bind
 * @param {() => import('../index.js').PageContext} options.context what the page is about
 * @param {import('../campaigns/director.js').Drawing} [options.drawing] in place of ours, for tests
 */
export async function openLater(options) {
  const {
    beginning, load, fetchPart, manifest, key, name, store, fail, emit, reader, bind, context,
    drawing, sotto, fill = () => sotto?.fill(),
  } = options;
  const core = beginning.core && await loadLaterCore(beginning.core, load, fail);
  openPlan(core, beginning, fail);
  /** A clock may stand before 1970, and past what a profile can date. */
  const second = (/** @type {number} */ time_s) => Math.min(Math.max(time_s || 0, 0), 2 ** 32 - 1);
  const now = () => second(beginning.now());
  const visit = new Visit({ ...beginning, now }, core, manifest?.sequence);
  const record = openRecord(name);
  if (key && manifest) record.amend({ sequence: String(manifest.sequence) });
  /** @typedef {ReturnType<typeof import('../campaigns/director.js').openDirector>} Director */
  /** @type {Director | undefined} */
  let director;
  let stopped = false;
  /** What happened before there was a director. @type {((director: Director) => void)[]} */
  let early = [];
  function heard(/** @type {(director: Director) => void} */ news) {
    if (director) news(director);
    else if (early.length < EARLY_LIMIT) early.push(news);
  }
  /** Something but an event changed. */
  const changed = (/** @type {'profile' | 'consent'} */ what, again = true) => {
    emit(what);
    if (again) fill();
    heard((director) => director.ask());
  };
  const consent = openConsent({
    record, site: core?.consent(), first: visit.tier, now, fail,
    changed: (again) => changed('consent', again),
    unmeasure: () => own.forgetMeasured(),
  });
  const keeper = openKeeper({ visit, record, consent, store, fail, changed });
  const own = openOwn({
    visit, keeper, receipts: consent.receipts, changed, measures: () => consent.measures,
    titleOf: (index) => reader?.titleOf(index) ?? '',
  });

  /** Nobody waits for these, so nobody else would hear of what goes wrong. */
  const alone = (/** @type {Promise<void>} */ promise) => {
    promise.catch((error) => fail('unexpected', '', String(error)));
  };
  const unwatch = watchPage({
    hidden() {
      director?.tell();
      keeper.leave();
      keeper.flush();
    },
    left() {
      director?.tell();
      keeper.leave();
      keeper.close();
    },
    back: () => alone(consent.follow()),
    stored(key) {
      if (key === name || key === null) alone(consent.follow());
    },
  });
  alone(consent.open(keeper).then(keeper.shelve));
  const hide = letFind(sotto);

  const partOf = (/** @type {number} */ wanted) =>
    manifest?.parts.find(({ kind }) => kind === wanted);
  const inside = partOf(PICTURES);
  /** @type {Promise<boolean> | undefined} */
  let tried;
  const may = () => tried ??= mayShow();
  const pictures = beginning.core && inside && globalThis.document ? openPictures({
    fetchPictures: () => fetchPart(inside), find: beginning.core.find, mayShow: may, fail,
  }) : null;
  /** @type {(campaigns: import('../index.js').Campaigns | undefined) => void} */
  let opened = () => {};
  /** @type {Promise<import('../index.js').Campaigns | undefined>} */
  const campaigns = new Promise((resolve) => {
    opened = resolve;
  });
  async function loadCampaigns() {
    if (!core?.plan || !reader) return;
    const { openDirector, readTimeZone } = await import('../campaigns/director.js').catch((error) => {
      throw Object.assign(new Error(String(error)), { code: 'network', file: 'campaigns.js' });
    });
    const timezone = readTimeZone();
    // Both in one task might be more than the page can spare at once.
    await new Promise((resolve) => whenIdle(() => resolve(null)));
    if (stopped) return;
    director = openDirector({
      core, visit, keeper, consent, reader, bind, context, name, now, fail,
      mayShow: may, drawing, timezone,
    });
    early.forEach((news) => director && news(director));
    early = [];
  }

  /** Like all that is fetched: in this order, whoever the shopper is. */
  const fetchRest = async () => {
    const ranker = partOf(RANKER);
    await told(async () => {
      if (!ranker) return;
      core?.openRanker(await fetchPart(ranker));
      keeper.shelve();
    });
    await told(loadCampaigns);
    opened(director?.campaigns);
    await told(async () => pictures?.load());
    await told(async () => director?.loadPictures());
  };
  /** One part that fails does not keep the next from being fetched. */
  const told = (/** @type {() => Promise<void>} */ work) => work().catch((error) => {
    const { code = 'unexpected', file = '', message } = error;
    fail(code, file, message);
  });
  const callOff = whenIdle(() => alone(fetchRest()));

  const { grant, refuse, withdraw, pause, resume, details, receipts } = consent;
  return {
    visit,
    grant, refuse, withdraw, pause, resume, details, receipts,
    ...own,
    /** The campaigns, once they are loaded; undefined if there are none. */
    planned: () => campaigns,

    /** The page is about something else. */
    turned: () => heard((there) => there.turned()),

    /** Forgets everything but the consent. */
    async erase() {
      consent.erased();
      await keeper.erase();
    },

    /**
     * @param {string} kind
     * @param {import('./events.js').EventAbout} about
     * @param {number} time_s
     */
    track(kind, about, time_s) {
      if (!core || !consent.listens) return;
      const event = readEvent(kind, about, core.hash, visit.timeOf(second(time_s)));
      if (!event) return fail('invalid', 'event', String(kind));
      visit.add(event);
      keeper.touch();
      emit('profile');
      heard((there) => there.happened(event, about));
    },

    stop() {
      stopped = true;
      callOff();
      opened(undefined);
      hide();
      director?.stop();
      consent.stop();
      pictures?.stop();
      unwatch();
      keeper.stop();
    },
  };
}

/**
 * Has the core know what is planned, and what of it this shopper saw. Campaigns that do not open
 * cost the page nothing else.
 *
 * @param {import('./runtime.js').LaterCore | null} core
 * @param {import('./visit.js').Beginning} beginning
 * @param {Fail} fail
 */
function openPlan(core, { active, saved }, fail) {
  if (core?.openPlan()) fail('invalid', 'campaigns');
  if (active && saved?.block) core?.openLedger(saved.block);
}

/**
 * The core with what it needs for keeping, in the memory where the bundle is; null if that cannot
 * be had, and then nothing is kept.
 *
 * @param {import('../runtime.js').Core} core
 * @param {Load} load
 * @param {Fail} fail
 */
async function loadLaterCore(core, load, fail) {
  const file = WebAssembly.validate(SIMD) ? MODULE : PLAIN_MODULE;
  try {
    const instance = await load(file, { env: { memory: core.raw.memory } });
    const whole = laterRuntime(core, instance);
    if (!whole) fail('wrong-version', file);
    return whole;
  } catch (error) {
    const { code = 'unexpected', message } = /** @type {any} */ (error);
    fail(code, file, message);
    return null;
  }
}
