/**
 * consent.js - what the shopper agreed to, as a machine
 *
 * No page, no storage, no clock: a state and an input give the next state and, if something changed
 * that the shopper may want to prove, a receipt. consent-page.js feeds it and does what it says.
 *
 *     answer     what a page may do                                  on the device
 *     unasked    nothing                                             nothing
 *     waiting    nothing, until its consent platform has said yes    what was there stays
 *     granted    session: personalise    remembered: and store       remembered: the profile
 *     paused     nothing, until the shopper resumes                  what was there stays
 *     refused    nothing                                             nothing but the word "refused"
 *
 * Inputs, and what becomes of each answer ("-": it stays; P: a platform is the source; api: it is
 * not; *: with a receipt; a yes is "erased" whenever store or personalise is no longer part of
 * it):
 *
 *     input            unasked    waiting         granted         paused         refused
 *     grant (api)      granted*   granted*        - or changed*   granted*       granted*
 *     grant (P, GPC)   -          -               -               -              -
 *     refuse           refused*   refused*        refused*        refused*       -
 *     withdraw (all)   - (P: *)   refused*        refused*        refused*       - (P: *)
 *     withdraw (one)   -          the rest*       the rest*       the rest*      -
 *     pause            -          paused* (1)     paused*         -              -
 *     resume           -          -               -               granted* (2)   -
 *     P asks           waiting    waiting         waiting         -              waiting (3)
 *     P yes            granted*   granted* (4)    - or changed*   - or changed*  granted* (3)
 *     P no             refused    refused* (1)    refused*        refused*       refused
 *     P silent         waiting    waiting         waiting         - (5)          -
 *     GPC              refused    refused* (1)    refused*        refused*       refused
 *     time is up       -          unasked* (1)    unasked*        unasked*       unasked
 *
 *     (1) with a receipt, or at all, only if something had been agreed to
 *     (2) waiting, if P is silent or must be asked on each page and has not said yes on this one
 *     (3) a refusal by the shopper, here, stands until P reports a fresh choice
 *     (4) not after silence: then a fresh choice alone counts on this page
 *     (5) but `resume` then leads to waiting
 *
 * So there are two ways to a yes: `grant`, and a platform's answer. What the shopper took back
 * here, what GPC ended and what ran out bars the same purposes from a platform's standing yes.
 * That is read from the receipts, so it outlives the page.
 */

/** @typedef {import('../index.js').Purpose} Purpose */
/** @typedef {Record<Purpose, boolean>} Purposes */
/** @typedef {import('../index.js').ConsentDetails['answer']} Answer */
/** @typedef {import('../index.js').ConsentDetails['source']} Source */
/** @typedef {import('../index.js').ConsentReceipt['what']} What */

/**
 * @typedef {object} Settings
 * @property {import('../index.js').ConsentSource} source
 * @property {boolean} eachPage
 * @property {string} [policy] undefined: it is not known which, so any will do
 * @property {boolean} [unknown] the site's settings could not be read
 */

/**
 * What localStorage holds, whoever wrote it and however long ago.
 *
 * @typedef {object} Kept
 * @property {string} tier
 * @property {number} erased
 * @property {string} [sequence]
 * @property {string} [then] the tier that it has once an erase that is under way is done
 * @property {number} [since]
 * @property {number} [until]
 * @property {Source} [source]
 * @property {string} [policy] that the shopper saw
 * @property {string} [under] the site's own at that time, where it was another
 * @property {boolean} [measure]
 * @property {string} [imported] the seed of the profile that was imported last
 * @property {boolean} [kept] there was a database under it: if that is gone, so is this
 */

/**
 * @typedef {object} Receipt
 * @property {number} at_s
 * @property {What} what
 * @property {Purposes} purposes that are agreed to from then on
 * @property {Source} source
 * @property {boolean} gpc
 * @property {string} policy
 */

/**
 * @typedef {object} State
 * @property {Answer} answer
 * @property {Purposes} purposes agreed to, and not taken back
 * @property {Source} source
 * @property {boolean} gpc
 * @property {number | null} since_s
 * @property {number | null} until_s
 * @property {string} policy
 * @property {string} [under]
 * @property {Purposes | null} bar all that counts of a platform's standing yes; null: all of it
 * @property {Purposes | null} said what the platform last said on this page
 * @property {boolean} silent it was absent, broken or late on this page
 * @property {boolean} tabs waiting because another tab does
 * @property {boolean} noted a refusal to be written down
 */

/**
 * @typedef {{ kind: 'grant', purposes: Partial<Purposes>, policy?: string }
 *   | { kind: 'refuse' } | { kind: 'withdraw', purpose?: Purpose }
 *   | { kind: 'pause' } | { kind: 'resume' } | { kind: 'asking' } | { kind: 'silent' }
 *   | { kind: 'answer', purposes: Purposes, fresh: boolean }
 *   | { kind: 'look', record: Kept | null, verdict: Receipt | null, gpc: boolean }} Input
 */

const DAY_S = 86400;
/** A yes counts that long at most, ... */
export const YES_S = 395 * DAY_S;
/** ... that long without a visit, and a no is remembered as long. */
export const REST_S = 180 * DAY_S;
/** The start of 2026: a clock before it was reset, and nothing is told by it. */
export const PLAUSIBLE_S = 1767225600;
/** The start of 2076: nor by a clock after it, where that would make a no forgotten. */
const LATEST_S = 3345062400;

/** @type {readonly Purpose[]} */
const PURPOSES = ['store', 'personalise', 'measure'];
/** @type {Purposes} */
export const NOTHING = Object.freeze({ store: false, personalise: false, measure: false });

/** @param {(purpose: Purpose) => unknown} allowed @returns {Purposes} */
const purposesBy = (allowed) => ({
  store: allowed('store') === true,
  personalise: allowed('personalise') === true,
  measure: allowed('measure') === true,
});
const any = (/** @type {Purposes} */ purposes) => PURPOSES.some((one) => purposes[one]);
const same = (/** @type {Purposes} */ a, /** @type {Purposes} */ b) =>
  PURPOSES.every((one) => a[one] === b[one]);
const both = (/** @type {Purposes} */ a, /** @type {Purposes | null} */ b) =>
  (b ? purposesBy((one) => a[one] && b[one]) : a);
const finite = (/** @type {unknown} */ value) =>
  typeof value === 'number' && Number.isFinite(value);

/** What a page may do. @returns {'none' | 'session' | 'remembered'} */
export const tierOf = (/** @type {State} */ { answer, purposes: { store, personalise } }) =>
  (answer !== 'granted' || !personalise ? 'none' : store ? 'remembered' : 'session');

/** Whether what is there of the profile may stay, used or not. */
export const keepsHere = (/** @type {State} */ { purposes }) => purposes.personalise;
export const keepsDevice = (/** @type {State} */ { purposes: { store, personalise } }) =>
  store && personalise;

/**
 * What is written down of a state: null for nothing, undefined for what stands there.
 *
 * @returns {Partial<Kept> & { tier: string } | null | undefined}
 */
export function recordOf(/** @type {State} */ state, /** @type {Settings} */ { eachPage }) {
  const { answer, purposes, source, policy, under, silent, tabs } = state;
  if (keepsDevice(state) && answer === 'waiting' && (silent || tabs)) return undefined;
  const since = state.since_s ?? undefined;
  const until = state.until_s ?? undefined;
  if (answer === 'refused') return state.noted ? { tier: 'refused', since, until, source } : null;
  if (!keepsDevice(state)) return null;
  const tier = answer !== 'granted' ? answer : eachPage ? 'waiting' : 'remembered';
  return { tier, since, until, source, policy, ...(under === undefined ? {} : { under }),
    ...(purposes.measure ? { measure: true } : {}) };
}

const isPlatform = (/** @type {Settings} */ { source }) => source !== 'api';

/** Where a page starts that knows nothing. @returns {State} */
export const blank = (/** @type {Settings} */ settings) => ({
  answer: isPlatform(settings) ? 'waiting' : 'unasked', purposes: NOTHING, source: settings.source,
  gpc: false, since_s: null, until_s: null, policy: '', bar: null, said: null,
  silent: isPlatform(settings) && settings.unknown === true, tabs: false, noted: false,
});

/** @typedef {{ state: State, receipt: Receipt | null }} Step */

/**
 * A state with the receipt of how it came about.
 *
 * @param {State} state
 * @param {What | null} what
 * @param {number} now_s
 * @returns {Step}
 */
const move = (state, what, now_s) => ({
  state,
  receipt: what && {
    at_s: now_s, what, purposes: state.purposes, gpc: state.gpc, policy: state.policy,
    source: what === 'paused' || what === 'resumed' ? 'shopper' : state.source,
  },
});

/**
 * @param {State} state
 * @param {Source} source
 * @param {number} now_s
 * @returns {State}
 */
const refused = (state, source, now_s) => ({
  ...state, answer: 'refused', purposes: NOTHING, source, since_s: now_s,
  until_s: source === 'shopper' ? now_s + REST_S : null, tabs: false, noted: false,
  bar: source === 'shopper' || source === 'gpc' ? NOTHING : state.bar,
});

const untilOf = (/** @type {number} */ since_s, /** @type {number} */ now_s) =>
  Math.min(since_s + YES_S, now_s + REST_S);
/** By a clock that was reset nothing is dated; the first visit with a better one does it. */
const dated = (/** @type {number} */ now_s) => (now_s < PLAUSIBLE_S ? null : now_s);
/** Whether a no can be told by this clock to be too old. */
export const tellsAge = (/** @type {number} */ now_s) => now_s >= PLAUSIBLE_S && now_s < LATEST_S;
/** When something was said, by this clock: not before it can have been, not in the days to come. */
export const saidAt = (/** @type {number} */ at_s, /** @type {number} */ now_s) =>
  (tellsAge(now_s) && (at_s < PLAUSIBLE_S || at_s > now_s + DAY_S) ? now_s : at_s);

/**
 * Says yes to these purposes.
 *
 * @param {State} state
 * @param {{ purposes: Purposes, source: Source, policy?: string, fresh: boolean }} yes
 * @param {number} now_s
 * @param {Settings} settings
 * @returns {Step}
 */
function agree(state, { purposes, source, policy, fresh }, now_s, settings) {
  const before = any(state.purposes) ? state : null;
  const news = !before || !same(before.purposes, purposes) || before.source !== source
    || (policy !== undefined && before.policy !== policy);
  const since_s = before && !fresh && before.since_s !== null ? before.since_s : dated(now_s);
  const shown = policy ?? (before && !fresh ? before.policy : settings.policy ?? '');
  /** @type {State} */
  const after = {
    ...state, answer: 'granted', purposes, source, since_s,
    until_s: since_s === null ? null : untilOf(since_s, Math.max(now_s, since_s)), policy: shown,
    under: shown === (settings.policy ?? shown) ? undefined : settings.policy,
    tabs: false, noted: false,
  };
  return move(after, news ? (before ? 'changed' : 'granted') : null, now_s);
}

/**
 * Of a yes only this is left.
 *
 * @param {State} state
 * @param {Purposes} left
 * @param {number} now_s
 * @returns {Step}
 */
function takeBack(state, left, now_s) {
  if (!any(left)) return move(refused(state, 'shopper', now_s), 'withdrawn', now_s);
  if (same(left, state.purposes)) return move(state, null, now_s);
  const { state: after, receipt } = move({ ...state, purposes: left, bar: left }, 'changed', now_s);
  return { state: after, receipt: receipt && { ...receipt, source: 'shopper' } };
}

/**
 * A platform has an answer.
 *
 * @param {State} state
 * @param {Purposes} said
 * @param {boolean} fresh
 * @param {number} now_s
 * @param {Settings} settings
 * @returns {Step}
 */
function answered(state, said, fresh, now_s, settings) {
  const { source } = settings;
  const heard = { ...state, said, ...(fresh ? { bar: null, silent: false } : {}) };
  let purposes = both(said, heard.bar);
  // After silence only the shopper's own click, on this page, leads back to a yes.
  if (heard.silent) purposes = both(purposes, state.purposes);
  const agreed = any(state.purposes);
  if (!any(purposes)) {
    if (!agreed && any(said)) return move(heard, null, now_s);
    const byShopper = state.answer === 'refused' && state.source === 'shopper' && !fresh;
    const news = agreed ? 'withdrawn' : fresh && state.answer !== 'refused' ? 'refused' : null;
    return byShopper ? move(heard, null, now_s) : move(refused(heard, source, now_s), news, now_s);
  }
  if (heard.silent || state.answer === 'paused') {
    const after = { ...heard, purposes, source };
    return move(after, same(purposes, state.purposes) ? null : 'changed', now_s);
  }
  return agree(heard, { purposes, source, fresh }, now_s, settings);
}

/**
 * Whether a yes that was written down still counts, and as what.
 *
 * @param {Kept} record
 * @param {number} now_s
 * @param {Settings} settings
 */
function standing(record, now_s, settings) {
  const plausible = now_s >= PLAUSIBLE_S;
  let since_s = finite(record.since) ? Number(record.since) : now_s;
  if (plausible && since_s > now_s + DAY_S) since_s = now_s;
  const written_s = finite(record.until) ? Number(record.until) : now_s + REST_S;
  const until_s = Math.min(written_s, since_s + YES_S);
  const policy = String(record.policy ?? '');
  const under = record.under === undefined ? policy : String(record.under);
  const source = record.source ?? 'api';
  const known = settings.unknown || source === settings.source || isPlatform(settings);
  return {
    counts: !(plausible && until_s <= now_s) && known
      && (settings.policy === undefined || under === settings.policy),
    given: {
      purposes: { store: true, personalise: true, measure: record.measure === true },
      source, policy, since_s, until_s: plausible ? untilOf(since_s, now_s) : until_s,
      under: under === policy ? undefined : under,
    },
  };
}

/** What the shopper took back, or what ran out, bars a platform's standing yes. */
function barOf(/** @type {Receipt | null} */ verdict) {
  if (!verdict) return null;
  const { source, what, purposes } = verdict;
  return source === 'shopper' || source === 'gpc' || what === 'expired' ? purposes : null;
}

/**
 * What there is on the device, for a page that knows nothing yet.
 *
 * @param {Extract<Input, { kind: 'look' }>} look
 * @param {number} now_s
 * @param {Settings} settings
 * @returns {Step}
 */
function found({ record, verdict, gpc }, now_s, settings) {
  const start = { ...blank(settings), gpc, bar: barOf(verdict) };
  const agreed = record !== null && ['remembered', 'paused', 'waiting'].includes(record.tier);
  if (gpc) return move(refused(start, 'gpc', now_s), agreed ? 'withdrawn' : null, now_s);
  if (agreed) {
    const { counts, given } = standing(record, now_s, settings);
    if (!counts) return move({ ...start, bar: NOTHING }, 'expired', now_s);
    const state = { ...start, ...given };
    if (record.tier === 'paused') return move({ ...state, answer: 'paused' }, null, now_s);
    const stands = !start.silent && !settings.eachPage && given.source === settings.source
      && (record.tier === 'remembered' || !isPlatform(settings));
    return move({ ...state, answer: stands ? 'granted' : 'waiting' }, null, now_s);
  }
  const said = record?.tier === 'refused' && finite(record.since) ? Number(record.since)
    : verdict?.source === 'shopper' && !any(verdict.purposes) ? verdict.at_s : null;
  if (said === null) return move(start, null, now_s);
  const no = saidAt(said, now_s);
  if (tellsAge(now_s) && no + REST_S <= now_s) return move(start, null, now_s);
  return move({ ...refused(start, 'shopper', no), noted: record?.tier === 'refused' }, null, now_s);
}

/**
 * Another tab may have said something; what this page knows of its own stays.
 *
 * @param {State} state
 * @param {Extract<Input, { kind: 'look' }>} input
 * @param {number} now_s
 * @param {Settings} settings
 * @returns {Step}
 */
function looked(state, input, now_s, settings) {
  const { state: there, receipt } = found(input, now_s, settings);
  const page = { said: state.said, silent: state.silent };
  if (there.gpc) {
    if (state.gpc) return move(state, null, now_s);
    const news = any(state.purposes) ? 'withdrawn' : null;
    return move(refused({ ...state, gpc: true }, 'gpc', now_s), news, now_s);
  }
  if (receipt || !any(there.purposes)) {
    return ended(state, { state: { ...there, ...page }, receipt }, input, now_s);
  }
  const newer = (there.since_s ?? 0) > (state.since_s ?? 0);
  if (there.answer === 'paused') return move({ ...there, ...page }, null, now_s);
  if (state.answer === 'paused') return resumed({ ...there, ...page }, null, now_s, settings);
  if (there.answer === 'granted') {
    const waits = state.answer === 'waiting' && any(state.purposes) && !state.tabs && !newer;
    return move({ ...there, ...page, answer: waits ? 'waiting' : 'granted' }, null, now_s);
  }
  // Where each page is asked, the device never says "granted": this page has its own yes.
  if (settings.eachPage && state.answer === 'granted') {
    return move({ ...there, ...page, answer: 'granted' }, null, now_s);
  }
  const tabs = state.tabs || (state.answer === 'granted' && !settings.eachPage);
  return move({ ...there, ...page, tabs }, null, now_s);
}

/**
 * Nothing is agreed to on the device.
 *
 * @param {State} state
 * @param {Step} found
 * @param {Extract<Input, { kind: 'look' }>} look
 * @param {number} now_s
 * @returns {Step}
 */
function ended(state, { state: there, receipt }, { verdict }, now_s) {
  const inMemory = any(state.purposes) && !keepsDevice(state);
  const after_s = state.since_s ?? 0;
  const takenBack = verdict !== null && !any(verdict.purposes) && verdict.at_s >= after_s;
  if (inMemory && !takenBack && !receipt) return move(state, null, now_s);
  if (!any(state.purposes) && there.answer !== 'refused') return move(state, null, now_s);
  if (there.answer === 'waiting' && state.said) {
    return move(refused(there, there.source, now_s), null, now_s);
  }
  return { state: there, receipt };
}

/**
 * @param {State} state
 * @param {What | null} what
 * @param {number} now_s
 * @param {Settings} settings
 * @returns {Step}
 */
function resumed(state, what, now_s, settings) {
  const asks = (settings.eachPage && state.said === null) || state.source !== settings.source;
  const waits = isPlatform(settings) && (state.silent || asks);
  return move({ ...state, answer: waits ? 'waiting' : 'granted', tabs: false }, what, now_s);
}

/**
 * The machine.
 *
 * @param {State} state
 * @param {Input} input
 * @param {number} now_s
 * @param {Settings} settings
 * @returns {Step}
 */
export function step(state, input, now_s, settings) {
  const stay = move(state, null, now_s);
  const platform = isPlatform(settings);
  const agreed = any(state.purposes);
  switch (input.kind) {
    case 'look':
      return looked(state, input, now_s, settings);
    case 'grant': {
      const purposes = purposesBy((one) => input.purposes[one] ?? state.purposes[one]);
      if (platform || state.gpc) return stay;
      // A yes to nothing is a no.
      if (!any(purposes)) return agreed ? takeBack(state, NOTHING, now_s) : stay;
      const again = state.answer === 'granted' && same(purposes, state.purposes)
        && (input.policy === undefined || input.policy === state.policy);
      if (again) return stay;
      /** @type {Parameters<typeof agree>[1]} */
      const given = {
        purposes, source: 'api', policy: input.policy, fresh: state.answer !== 'waiting',
      };
      const became = agree({ ...state, bar: null }, given, now_s, settings);
      if (became.receipt || state.answer !== 'paused') return became;
      return move(became.state, 'resumed', now_s);
    }
    case 'refuse':
      if (state.answer === 'refused' && state.source === 'shopper') return stay;
      return move({ ...refused(state, 'shopper', now_s), noted: true },
        agreed ? 'withdrawn' : 'refused', now_s);
    case 'withdraw':
      if (agreed) {
        const { purpose } = input;
        const left = purposesBy((one) => purpose && one !== purpose && state.purposes[one]);
        return takeBack(state, left, now_s);
      }
      // Nothing to take back, but a platform may yet say yes: it stands against that.
      if (!platform || state.source === 'shopper' || input.purpose) return stay;
      return move(refused(state, 'shopper', now_s), 'withdrawn', now_s);
    case 'pause':
      if (!agreed || state.answer === 'paused') return stay;
      return move({ ...state, answer: 'paused', tabs: false }, 'paused', now_s);
    case 'resume':
      return state.answer === 'paused' ? resumed(state, 'resumed', now_s, settings) : stay;
    case 'asking':
      if (!platform || state.gpc || state.answer === 'paused') return stay;
      if (state.answer === 'refused' && state.source === 'shopper') return stay;
      return move({ ...state, answer: 'waiting', silent: false, tabs: false }, null, now_s);
    case 'answer':
      if (!platform || state.gpc) return stay;
      return answered(state, input.purposes, input.fresh, now_s, settings);
    case 'silent': {
      if (!platform || state.gpc) return stay;
      const stops = state.answer === 'granted' || state.answer === 'unasked';
      return move({ ...state, silent: true, ...(stops ? { answer: 'waiting' } : {}) }, null, now_s);
    }
  }
}

/** Where a page starts. */
export const begin = found;
