/**
 * consent-page.js - what the shopper agreed to, on this page
 *
 * Between the machine of consent.js and the world: what is said (by the shop's code, the shopper,
 * the consent platform, another tab, the browser) goes in; what comes out is written down, kept,
 * paused or erased. A change is written down before anything follows from it.
 */
import { begin, keepsDevice, keepsHere, NOTHING, recordOf, step, tierOf } from './consent.js';
import { listenTo } from './consent-source.js';
import { othersErase } from './erase-lock.js';
import { openReceipts } from './receipts.js';
import { gpcOn } from './record.js';

/** @typedef {import('./consent.js').Settings} Settings */
/** @typedef {import('./consent.js').Input} Input */
/** @typedef {import('./consent.js').Purposes} Purposes */

/** @type {Record<string, Partial<Purposes>>} */
const TIERS = {
  session: { store: false, personalise: true },
  remembered: { store: true, personalise: true },
};

const iso = (/** @type {number | null} */ at_s) =>
  (at_s === null ? null : new Date(at_s * 1000).toISOString());

/**
 * The site's settings. Where they cannot be had, the source is the one that the shopper's yes came
 * from, and a platform is not asked, since nobody knows what it calls things.
 *
 * @param {ReturnType<import('./runtime.js').LaterCore['consent']> | undefined} site
 * @param {import('./consent.js').Kept | null} record
 * @returns {Settings}
 */
function settingsOf(site, record) {
  if (site) return { source: site.source, eachPage: site.eachPage, policy: site.policy };
  const source = /** @type {import('../index.js').ConsentSource} */ (record?.source ?? 'api');
  return { source, eachPage: false, policy: undefined, unknown: true };
}

/**
 * @param {object} options
 * @param {import('./record.js').ConsentRecord} options.record
 * @param {ReturnType<import('./runtime.js').LaterCore['consent']> | undefined} options.site
 * @param {import('./visit.js').Visit['tier']} options.first what the page has taken the record for so far
 * @param {() => number} options.now
 * @param {import('./later.js').Fail} options.fail
 * @param {(fill: boolean) => void} options.changed it did, and maybe what the slots show
 * @param {() => Promise<void>} options.unmeasure forgets what was counted only to measure
 */
export function openConsent({ record, site, first, now, fail, changed, unmeasure }) {
  const settings = settingsOf(site, record.agreed());
  const receipts = openReceipts(record.name, now);
  /** @type {import('./keeper.js').Keeper} */
  let keeper;
  let listening = () => {};
  /** Until it is known whether the record is what the shopper said last. */
  let checking = /** @type {Promise<boolean> | null} */ (null);

  /** @returns {Extract<Input, { kind: 'look' }>} */
  const look = () =>
    ({ kind: 'look', record: record.agreed(), verdict: receipts.verdict(), gpc: gpcOn() });

  const noteWithdrawal = () => receipts.add({
    at_s: now(), what: 'withdrawn', purposes: NOTHING, source: 'shopper', gpc: gpcOn(), policy: '',
  }, true);
  if (record.takenBack()) noteWithdrawal();
  receipts.tidy();
  const start = begin(look(), now(), settings);
  let { state } = start;

  const keeps = () => ({ here: keepsHere(state), log: state.answer !== 'refused' });

  /**
   * The record is older than the withdrawal that took the database away. The shop may ask again; a
   * platform's standing yes, which may be as old, needs a fresh one.
   */
  function takeBack() {
    if (settings.source !== 'api') noteWithdrawal();
    record.settle(null);
    ({ state } = begin(look(), now(), settings));
  }

  /** Lets the machine have its say, and does what follows. */
  async function feed(/** @type {Input} */ input) {
    if (checking) await checking;
    const before = state;
    const { state: after, receipt } = step(before, input, now(), settings);
    if (after === before) return;
    state = after;
    if (receipt) {
      const no = receipt.what === 'withdrawn' || receipt.what === 'refused';
      receipts.add(receipt, no || keepsDevice(before) || keepsDevice(after));
    }
    // What another tab did is written down already, and erased by it.
    const own = input.kind !== 'look' || receipt !== null;
    const next = recordOf(after, settings);
    const erases = own && keepsDevice(before) && !keepsDevice(after);
    if (own && !erases && next !== undefined) write(next);
    if (own && !erases && receipt && after.answer === 'refused') keeper.clearOrphan();
    const become = keeper.become(tierOf(after), keeps());
    const erased = erases ? keeper.eraseDevice(next ?? null) : null;
    if (differs(before, after)) changed(after.answer !== 'waiting');
    await erased;
    await become;
    if (before.purposes.measure || after.answer !== before.answer) await tidyMeasured();
  }

  /** What was counted goes with the yes to it, at once or when what is kept is next used. */
  async function tidyMeasured() {
    if (keepsHere(state) && !state.purposes.measure) await unmeasure();
  }

  /** What a listener of the shop's can see. */
  const differs = (/** @type {typeof state} */ a, /** @type {typeof state} */ b) =>
    JSON.stringify([a.answer, a.purposes, a.gpc, a.source])
    !== JSON.stringify([b.answer, b.purposes, b.gpc, b.source]);

  function write(/** @type {ReturnType<typeof recordOf>} */ next) {
    if (!next && !record.read()) return;
    if (keepsDevice(state) && !record.keeps()) keeper.dropLeftovers();
    if (record.settle(next ?? null) || !keepsDevice(state)) return;
    fail('storage', record.name, 'consent is forgotten with this page');
    keeper.useMemory();
  }

  /** Says that the shop may not say yes here. */
  const refusesGrant = () => {
    if (settings.source === 'api' && !gpcOn()) return false;
    const why = gpcOn() ? 'Global Privacy Control is on' : `${settings.source} has the say`;
    fail('invalid', 'consent', why);
    return true;
  };

  function heard(/** @type {import('./consent-source.js').Told | 'late'} */ what) {
    if (gpcOn()) return;
    const input = /** @type {Input} */ (what === 'asking' ? { kind: 'asking' }
      : typeof what === 'string' ? { kind: 'silent' }
        : { kind: 'answer', purposes: what, fresh: what.fresh });
    feed(input).catch((error) => fail('unexpected', 'consent', String(error)));
  }

  return {
    /** Events are taken in, be it to wait for a yes. */
    get listens() {
      return state.answer !== 'paused' && !state.gpc;
    },

    /** What only measures may be counted, and told to the shop. */
    get measures() {
      return state.answer === 'granted' && state.purposes.measure;
    },

    /** The tier under which the record says that this page may save. */
    savesUnder: settings.eachPage ? 'waiting' : 'remembered',

    /** What this page keeps where, by what was said; the visit's comes after it. */
    get tier() {
      return tierOf(state);
    },

    /** Goes on from where the first look at the device left off. */
    async open(/** @type {import('./keeper.js').Keeper} */ opened) {
      keeper = opened;
      checking = record.erasure() === null && keepsDevice(state) ? keeper.isGone() : null;
      if (checking) {
        if (await checking) takeBack();
        checking = null;
      }
      const letGo = await othersErase(record.name, record.erasure);
      if (start.receipt) receipts.add(start.receipt, true);
      const next = recordOf(state, settings);
      /** @type {Promise<void> | null} */
      let erased = null;
      if (record.keeps() && (!keepsDevice(state) || record.erasure() !== null)) {
        erased = keeper.eraseDevice(next ?? null, letGo);
      } else {
        if (next) record.settle(next);
        letGo();
      }
      const become = keeper.start(tierOf(state), keeps());
      if (tierOf(state) !== first) changed(true);
      if (site && settings.source !== 'api') {
        listening = listenTo(site, heard, (error) => fail('unexpected', 'consent', String(error)));
      }
      await erased;
      await become;
      await tidyMeasured();
    },

    /** Does here what another tab, or the browser, decided. */
    async follow() {
      await feed(look());
      await keeper.refresh();
    },

    stop: () => listening(),

    /**
     * @param {string | Partial<Purposes>} what
     * @param {unknown} [policy]
     */
    async grant(what = 'remembered', policy) {
      const purposes = typeof what === 'string' ? TIERS[what] : what;
      if (!purposes) return fail('invalid', 'consent', String(what));
      if (refusesGrant()) return;
      const shown = policy === undefined ? undefined : String(policy);
      await feed({ kind: 'grant', purposes, policy: shown });
      // Asked a second time it is still done when it is done: what is known is on the device.
      await keeper.become(tierOf(state), keeps());
      await keeper.settle();
    },

    refuse: () => feed({ kind: 'refuse' }),

    async withdraw(/** @type {import('./consent.js').Purpose | undefined} */ purpose) {
      if (purpose !== undefined && !Object.hasOwn(NOTHING, purpose)) {
        return fail('invalid', 'consent', String(purpose));
      }
      // What another tab was told a moment ago is taken back as well.
      await Promise.all([feed(look()), feed({ kind: 'withdraw', purpose })]);
    },

    pause: () => feed({ kind: 'pause' }),
    resume: () => feed({ kind: 'resume' }),

    /** @returns {import('../index.js').ConsentDetails} */
    details: () => ({
      answer: state.answer,
      purposes: { ...state.purposes },
      source: state.source,
      gpc: state.gpc,
      since: iso(state.since_s),
      until: iso(state.until_s),
      policy: state.policy,
    }),

    receipts: () => receipts.list(),

    /** The profile was erased, and the consent was not. */
    erased() {
      const { purposes, gpc, policy } = state;
      const written = keepsDevice(state) || record.read() !== null;
      receipts.add({
        at_s: now(), what: 'erased', purposes, source: 'shopper', gpc, policy,
      }, written);
    },
  };
}
