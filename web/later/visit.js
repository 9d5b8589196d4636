/**
 * visit.js - what this page knows of its shopper
 *
 *     none         events wait in the log, for this page view; the core has no profile
 *     session      the core has a profile, in memory
 *     remembered   it is saved on the device as well, and shared with the other tabs
 *
 * The log holds what happened on this page and is not saved. keeper.js changes the tier, saves and
 * erases.
 */

import { FORGET as FORGETS } from './block.js';
import { PLAUSIBLE_S, tellsAge } from './consent.js';
import { HAPPENED } from './ledger.js';

/**
 * @typedef {object} Entry
 * @property {number} kind
 * @property {bigint} item
 * @property {number} quantity
 * @property {number} time_s
 * @property {boolean} [left] among the leftovers of a page: it may be in the profile already
 * @property {[number, number]} [reached] of time that was spent: when the session began, and how much
 *   it comes to with this
 */

/**
 * What the first decision found.
 *
 * @typedef {object} Beginning
 * @property {import('../runtime.js').Core | null} core null if it could not be had
 * @property {import('./consent.js').Kept | null} consented what was written down by then
 * @property {'none' | 'remembered'} tier
 * @property {boolean} active the core has a profile
 * @property {{ block: Uint8Array | null, generation: number } | null} saved what was found on the
 *   device; this page goes on from it if there is a profile
 * @property {() => number} now
 * @property {() => bigint} [seed]
 */

/** As many as a profile remembers. */
const LOG_LIMIT = 256;
/** Not events: something of the entry's item is to be forgotten (quantity says what: block.js), ... */
const FORGET = 0;
/** ... or it was bought, as the shop's order history says. */
const ORDER = 255;
const CATEGORY_VIEW = 9;
/** What is noted of a campaign, an offer, an arm: its key is not an item's. */
const isOfCampaign = (/** @type {number} */ kind) =>
  kind >= HAPPENED.impression && kind < HAPPENED.dwell;

/**
 * Which entries go when that is forgotten.
 *
 * @param {bigint} key
 * @param {number} what one of FORGET in block.js
 * @returns {(entry: Entry) => boolean}
 */
export const goneWith = (key, what) => ({ kind, item }) => {
  if (what === FORGETS.measured) return kind === HAPPENED.exposure || kind === HAPPENED.win;
  return item === key && (what === FORGETS.category ? kind === CATEGORY_VIEW
    : what === FORGETS.item ? kind !== CATEGORY_VIEW && !isOfCampaign(kind) : kind === what);
};

export class Visit {
  /**
   * @param {Beginning} beginning
   * @param {import('./runtime.js').LaterCore | null} core
   * @param {bigint} [sequence] of the manifest
   */
  constructor({ consented, tier, active, saved, now, seed }, core, sequence = 0n) {
    this.sequence = sequence;
    this.core = core;
    this.now = now;
    this.seed = seed ?? (() => crypto.getRandomValues(new BigUint64Array(1))[0]);
    /** @type {'none' | 'session' | 'remembered'} */
    this.tier = tier;
    /** @type {Entry[]} */
    this.log = [];
    this.active = active;
    /** Of the saved block that this page goes on from; 0 if there is none. */
    this.generation = active && saved ? saved.generation : 0;
    /** How often it had been erased when it was looked at. */
    this.erased = consented?.erased ?? 0;
    /** What was ranked since the last save. */
    this.shelved = false;
  }

  /** An empty profile. */
  begin() {
    this.core?.profileInit(this.seed(), this.now());
    this.active = this.core !== null;
  }

  /**
   * Ranks for the shopper as they are now, unless that was done. What is on screen stays as it is; the
   * next decision, here or on the next page, finds the result.
   */
  shelve() {
    if (this.active && this.core?.shelve(this.sequence, this.now())) this.shelved = true;
  }

  /**
   * Makes good what a clock that was ahead left in the profile, if this one can be believed. Answers
   * whether there was something.
   */
  pullBack() {
    return this.active && tellsAge(this.now()) && Boolean(this.core?.profilePullBack(this.now()));
  }

  /** When an event was; by a clock that was reset, when the profile last took one in. */
  timeOf(/** @type {number} */ time_s) {
    const last_s = time_s < PLAUSIBLE_S && this.active && this.core?.profileUpdated() || 0;
    return Math.max(time_s, last_s);
  }

  /** @param {Entry} entry */
  add(entry) {
    this.log.push(entry);
    if (this.log.length > LOG_LIMIT) this.log.shift();
    if (this.active) this.apply(entry);
  }

  /**
   * Something happened to a campaign, an offer, an arm, or time was spent.
   *
   * @param {keyof typeof HAPPENED} what
   * @param {bigint} key
   * @param {number} [quantity]
   */
  note(what, key, quantity = 1) {
    const time_s = this.timeOf(this.now());
    this.add({ kind: HAPPENED[what], item: key, quantity: Math.min(quantity, 65535), time_s });
  }

  /** Says of all in the log that it may be saved already, and by what time spent is found then. */
  mark() {
    const ledger = this.active && this.core?.ledgerRead();
    let active_s = ledger ? ledger.session_active_s : 0;
    for (const entry of this.log.slice().reverse()) {
      entry.left = true;
      if (!ledger || entry.kind !== HAPPENED.dwell) continue;
      // What is below belongs to an earlier session.
      if (active_s >= entry.quantity) entry.reached = [ledger.session_start_s, active_s];
      active_s -= entry.quantity;
    }
  }

  /**
   * Takes out of the log what is forgotten, and adds what takes it out of the profile: of one that
   * is not there yet when it is.
   *
   * @param {(entry: Entry) => boolean} goes
   * @param {() => void} note
   */
  forget(goes, note) {
    this.log = this.log.filter((entry) => !goes(entry));
    if (this.tier !== 'none') note();
  }

  /** @param {bigint} key @param {number} what one of FORGET in block.js */
  noteForgotten(key, what) {
    this.add({ kind: FORGET, item: key, quantity: what, time_s: this.now() });
  }

  /**
   * A purchase that the shop's order history knows. False if the profile knows it, too.
   *
   * @param {{ item: bigint, quantity: number, time_s: number }} order
   */
  recall({ item, quantity, time_s }) {
    if (!this.active || !this.core?.recall(item, quantity, time_s)) return false;
    this.log.push({ kind: ORDER, item, quantity, time_s });
    if (this.log.length > LOG_LIMIT) this.log.shift();
    return true;
  }

  /** Applies to the core's profile what is in the log. */
  replay() {
    this.log.forEach((entry) => this.apply(entry));
  }

  /** @param {Entry} entry */
  apply({ kind, item, quantity, time_s, left }) {
    // What was left may have been saved after all, and something new have come since.
    if (kind === FORGET) this.core?.forget(item, quantity, left ? time_s : undefined);
    else if (kind === ORDER) this.core?.recall(item, quantity, time_s);
    else this.core?.track(kind, item, quantity, time_s);
  }

  /** Forgets what is here, in memory. */
  clear() {
    this.log = [];
    this.rest();
  }

  /** Decides without the profile, and adds nothing to it; what is in the log waits. */
  rest() {
    this.active = false;
    this.generation = 0;
    this.core?.profileDrop();
  }
}
