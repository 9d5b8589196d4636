/**
 * runtime.js - what a page asks of the core beyond decisions
 *
 * Its calls are in a module of their own, which works in the memory of the first: there is one
 * bundle and one profile. src/bindings/wasm_later.h is the other side.
 */
import {
  cartIn, CLOCK_S, FORGET, forgetIn, hasPurchase, isAhead, pullBack, seedOf, settle,
} from './block.js';
import {
  answeredIn, exposedIn, forgetMeasured, isLedgerAhead, LEDGER_AT, LEDGER_SIZE, pullLedgerBack,
  readLedger,
} from './ledger.js';
import { readPlan } from './plan.js';

const PROFILE_SIZE = 7744;
/** The profile and the shelf behind it. */
const BLOCK_SIZE = PROFILE_SIZE + 2336;
const RANKER = 4;
const PURCHASE = 7;
/** Kinds from here on are the ledger's alone. */
const FIRST_OF_LEDGER = 11;
const SESSION_START = 32;
/** Where a ledger keeps when the latest order was. */
const ORDERED = 52;
/** Where a profile keeps how many events it ever took in: docs/FORMAT.md section 7. */
const EVENT_TOTAL = 40;
/** When to buy something again is a matter of days: after this time it is asked anew. */
const HOLDS_S = 3600;

/** By the numbers of sotto_consent_source in src/model/consent.h. */
const CONSENT_SOURCES = /** @type {import('../index.js').ConsentSource[]} */ ([
  'api', 'tcf', 'google', 'shopify', 'onetrust', 'cookiebot', 'usercentrics', 'didomi',
]);
/** Source, flags, and where the policy and three lists of names are, and how long. */
const CONSENT_WORDS = 2 + 2 * 4;

/** @typedef {NonNullable<ReturnType<typeof laterRuntime>>} LaterCore */

/** Minutes that the shopper's clock is ahead of UTC. */
const utcOffset = (/** @type {number} */ time_s) =>
  -new Date(time_s * 1000).getTimezoneOffset() || 0;

/** When a block last took in an event. */
const updatedIn = (/** @type {Uint8Array} */ block) =>
  new DataView(block.buffer, block.byteOffset).getUint32(28, true);

/**
 * Null if the two modules were not built together.
 *
 * @param {import('../runtime.js').Core} runtime
 * @param {WebAssembly.Instance} instance of sotto-later.wasm, or of one that has all calls
 */
export function laterRuntime(runtime, instance) {
  const { state, bytesAt, wordsAt } = runtime.raw;
  const core = /** @type {Record<string, (...numbers: number[]) => number>} */ (instance.exports);
  const low = (/** @type {bigint} */ hash) => Number(hash & 0xffffffffn);
  const high = (/** @type {bigint} */ hash) => Number(hash >> 32n);

  /** The profile where the core has it: good until the core is called again. */
  const place = () => bytesAt(state, PROFILE_SIZE);

  /** The ledger where the core has it, the same way; there is one whenever there are both. */
  const ledgerPlace = () => bytesAt(core.sotto_wasm_ledger(), LEDGER_SIZE);
  const hasLedger = () => core.sotto_wasm_ledger_is_open() !== 0;
  /** @type {ReturnType<typeof readPlan>} */
  let plan = null;

  const fold = (/** @type {number} */ kind, /** @type {bigint} */ item,
    /** @type {number} */ quantity, /** @type {number} */ time_s) =>
    core.sotto_wasm_ledger_fold(kind, low(item), high(item), quantity, time_s,
      utcOffset(time_s)) === 0;

  /** An order of the past counts; the latest one stays the latest. */
  function foldOrder(/** @type {bigint} */ item, /** @type {number} */ quantity,
    /** @type {number} */ time_s) {
    const ordered = () => wordsAt(core.sotto_wasm_ledger() + ORDERED, 1);
    const [latest_s] = ordered();
    fold(PURCHASE, item, quantity, time_s);
    ordered()[0] = Math.max(latest_s, time_s);
  }

  /** Opens the ledger that belongs to the profile: the one behind it, else a new one. */
  function openLedger(/** @type {Uint8Array} */ block) {
    if (!plan) return;
    const saved = block.subarray(LEDGER_AT, LEDGER_AT + LEDGER_SIZE);
    const place = ledgerPlace();
    place.fill(0);
    place.set(saved);
    core.sotto_wasm_ledger_open(saved.length);
  }

  if (!core.sotto_wasm_attach(state)) return null;
  return {
    ...runtime,
    /** For the files that ask for what a moment is like. */
    calls: core,

    /** What is planned, null if nothing is. */
    get plan() {
      return plan;
    },

    /**
     * Opens the plan of the bundle; again when a part of it was replaced. Answers a status, 0 if
     * all is well.
     */
    openPlan() {
      const status = core.sotto_wasm_plan_open();
      plan = readPlan(runtime.raw, core);
      return status;
    },

    openLedger,

    /** The ledger, null if there is none. */
    ledger() {
      core.sotto_wasm_ledger_seal();
      return hasLedger() ? ledgerPlace().slice() : null;
    },

    /** What it says, null if there is none. */
    ledgerRead: () => (hasLedger() ? readLedger(ledgerPlace()) : null),

    /** Since when the shopper is known to be in an arm; 0 if they are not. */
    exposed: (/** @type {bigint} */ arm) => (hasLedger() ? exposedIn(ledgerPlace(), arm) : 0),

    /** Whether a question was answered so. */
    answered: (/** @type {bigint} */ key) => hasLedger() && answeredIn(ledgerPlace(), key),

    /** How many events the profile ever took in. */
    eventTotal: () => wordsAt(state + EVENT_TOTAL, 1)[0],

    /** When the session began. */
    sessionStart: () => wordsAt(state + SESSION_START, 1)[0],

    /** Takes a saved block, as runtime.js does, with the ledger behind it. */
    profileOpen(/** @type {Uint8Array} */ block, /** @type {number} */ oldest_s) {
      const opened = runtime.profileOpen(block, oldest_s);
      if (opened) openLedger(block);
      else core.sotto_wasm_ledger_drop();
      return opened;
    },

    /** An empty profile in place of whatever was there. */
    profileInit: (/** @type {bigint} */ seed, /** @type {number} */ now_s) => {
      core.sotto_wasm_profile_init(low(seed), high(seed), now_s);
      if (plan) core.sotto_wasm_ledger_init();
    },

    /** Decisions go on without a profile. */
    profileDrop: () => {
      core.sotto_wasm_profile_drop();
      core.sotto_wasm_ledger_drop();
    },

    /** The block, as docs/FORMAT.md section 7 has it. */
    profileBlock() {
      core.sotto_wasm_profile_seal();
      return place().slice();
    },

    /** The block as it is saved: the profile and, if there are any, shelf and ledger. */
    savedBlock() {
      core.sotto_wasm_profile_seal();
      const shelved = wordsAt(state + PROFILE_SIZE, 1)[0] !== 0;
      const ledger = this.ledger();
      if (!ledger) return bytesAt(state, shelved ? BLOCK_SIZE : PROFILE_SIZE).slice();
      const block = new Uint8Array(LEDGER_AT + LEDGER_SIZE);
      block.set(bytesAt(state, shelved ? BLOCK_SIZE : PROFILE_SIZE));
      block.set(ledger, LEDGER_AT);
      return block;
    },

    /** Opens the ranker that belongs to the bundle. Throws a SottoError. */
    openRanker: (/** @type {Uint8Array} */ bytes) => runtime.openPart(RANKER, bytes,
      (place, size, at) => core.sotto_wasm_ranker_open(at, size)),

    /**
     * Ranks, and leaves the result on the shelf, where decisions find it. False if there is nobody to
     * rank for, nothing to rank with, or what is there still holds.
     *
     * @param {bigint} sequence of the manifest
     * @param {number} now_s
     */
    shelve(sequence, now_s) {
      const [eventTotal] = wordsAt(state + EVENT_TOTAL, 1);
      const [magic,, lo, hi, madeFor, made_s] = wordsAt(state + PROFILE_SIZE, 6);
      if (eventTotal === 0) return false;
      const holds = magic !== 0 && madeFor === eventTotal && lo === low(sequence)
        && hi === high(sequence) && Math.abs(now_s - made_s) < HOLDS_S;
      return !holds && core.sotto_wasm_shelve(low(sequence), high(sequence), now_s) === 0;
    },

    /** What the site says of consent; null if it says nothing that can be understood. */
    consent() {
      const at = core.sotto_wasm_consent();
      if (!at) return null;
      const [source, flags,, , ...lists] = wordsAt(at, CONSENT_WORDS);
      const text = (/** @type {number} */ place, /** @type {number} */ size) =>
        new TextDecoder().decode(bytesAt(place, size));
      const [policyAt, policySize] = wordsAt(at + 8, 2);
      /** Names with a zero byte after each; null where the source's usual ones count. */
      const names = (/** @type {number} */ i) =>
        (lists[2 * i] ? text(lists[2 * i], lists[2 * i + 1]).split('\0').slice(0, -1) : null);
      return {
        source: CONSENT_SOURCES[source],
        eachPage: (flags & 1) !== 0,
        tcfPurposes: (flags & 2) !== 0,
        policy: text(policyAt, policySize),
        names: { store: names(0), personalise: names(1), measure: names(2) },
      };
    },

    /** The seed tells one profile from the next. */
    profileSeed: () => seedOf(place()),

    /** When the profile last took in an event. */
    profileUpdated: () => updatedIn(place()),

    /** Has nothing in the profile lie in the future, nor on the shelf. Answers whether it did. */
    profilePullBack(/** @type {number} */ now_s) {
      const ledgerAhead = hasLedger() && isLedgerAhead(ledgerPlace(), now_s + CLOCK_S);
      if (!isAhead(place(), now_s) && !ledgerAhead) return false;
      pullBack(place(), now_s);
      if (hasLedger()) pullLedgerBack(ledgerPlace(), now_s);
      core.sotto_wasm_shelf_clear();
      core.sotto_wasm_profile_seal();
      return true;
    },

    /**
     * Folds an event in: the shopper's into profile and ledger, a campaign's into the ledger.
     *
     * @param {number} kind
     * @param {bigint} item the hash of what it is about, 0 for nothing
     * @param {number} quantity
     * @param {number} now_s
     */
    track(kind, item, quantity, now_s) {
      if (kind >= FIRST_OF_LEDGER) return fold(kind, item, quantity, now_s);
      const known = core.sotto_wasm_track(kind, low(item), high(item), quantity, now_s) === 0;
      if (known) fold(kind, item, quantity, now_s);
      return known;
    },

    /**
     * Folds in a purchase of the past, unless the profile has one of that day or a later one.
     *
     * @param {bigint} item
     * @param {number} quantity
     * @param {number} time_s
     */
    recall(item, quantity, time_s) {
      const before = place().slice();
      if (hasPurchase(before, item, time_s)) return false;
      const known = core.sotto_wasm_track(PURCHASE, low(item), high(item), quantity, time_s) === 0;
      if (known && time_s < updatedIn(before)) settle(place(), before, item, time_s);
      if (known && hasLedger()) foldOrder(item, quantity, time_s);
      return known;
    },

    /**
     * Takes out what block.js says; what was ranked with it is worth nothing.
     *
     * @param {bigint} key
     * @param {number} what
     * @param {number} [until_s]
     */
    forget(key, what, until_s) {
      if (what === FORGET.measured) return forgetMeasured(ledgerPlace());
      forgetIn(place(), key, what, until_s);
      if (what === FORGET.item) core.sotto_wasm_ledger_forget_item(low(key), high(key));
      core.sotto_wasm_shelf_clear();
      core.sotto_wasm_profile_seal();
    },

    /**
     * Has something done with a saved block while there is no profile, and answers the block with it done;
     * null if it does not open.
     *
     * @param {Uint8Array} block
     * @param {() => void} work
     */
    edited(block, work) {
      if (!this.profileOpen(block, 0)) return null;
      work();
      const after = this.savedBlock();
      this.profileDrop();
      return after;
    },

    /** Whether a block opens as a profile. The profile that is there stays. */
    opens(/** @type {Uint8Array} */ block) {
      const before = wordsAt(state, 1)[0] !== 0 && this.savedBlock();
      const opened = block.length === PROFILE_SIZE && runtime.profileOpen(block, 0);
      if (before) runtime.profileOpen(before, 0);
      else core.sotto_wasm_profile_drop();
      return opened;
    },

    utcOffset,

    /** What is in the profile's cart; nothing without a profile. */
    cart: () => (wordsAt(state, 1)[0] ? cartIn(place()) : []),

    /** The index of an item by its hash, -1 if the bundle never met it. */
    findHash: (/** @type {bigint} */ hash) =>
      core.sotto_wasm_item_find_hash(low(hash), high(hash)) | 0,

    /** How many categories (0) or brands (1) there are. */
    nameCount: (/** @type {number} */ names) => core.sotto_wasm_name_count(names),
  };
}
