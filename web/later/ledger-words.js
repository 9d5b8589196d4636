/**
 * ledger-words.js - what the ledger knows, in the words of an export
 *
 * Campaigns, offers, arms and answers are kept by hashes. What the plan still has is told by its
 * name; what it has no more by `hash:` and sixteen digits.
 */
import { readLedger } from './ledger.js';

/** @typedef {import('../index.js').ProfileExport} ProfileExport */
/**
 * @typedef {Pick<ProfileExport,
 *   'campaigns' | 'offers' | 'experiments' | 'answers' | 'attention' | 'watched'>} LedgerWords
 */

const NO_PRICE = 0xffffffff;

/** @returns {LedgerWords} */
export const noLedger = () => ({
  campaigns: [], offers: [], experiments: [], answers: [], attention: [], watched: [],
});

const range = (/** @type {number} */ length) => Array.from({ length }, (_, i) => i);

/** Every name that the plan has, by its key. @param {import('./runtime.js').LaterCore} core */
function namesOf({ plan, hash }) {
  /** @type {Map<bigint, string>} */
  const names = new Map();
  /** @type {Map<bigint, { experiment: string, arm: string }>} */
  const arms = new Map();
  /** @type {Map<bigint, { question: string, answer: string }>} */
  const answers = new Map();
  if (!plan) return { names, arms, answers };
  for (const i of range(plan.campaignCount)) {
    const { key, name, block } = plan.campaign(i);
    names.set(key, name);
    if (block !== 'quiz') continue;
    const question = plan.field(i, 'question');
    answers.set(hash(question), { question, answer: '' });
    for (const answer of plan.field(i, 'options').split('\0').slice(0, -1)) {
      answers.set(hash(`${question}\0${answer}`), { question, answer });
    }
  }
  for (const i of range(plan.experimentCount)) {
    const { name: experiment, arms: all } = plan.experiment(i);
    for (const arm of all) arms.set(hash(`${experiment}\0${arm}`), { experiment, arm });
  }
  for (const i of range(plan.offerCount)) names.set(plan.offer(i).key, plan.offer(i).name);
  return { names, arms, answers };
}

/** As an export names what the plan does not know. */
export const unknown = (/** @type {bigint} */ hash) =>
  (hash ? 'hash:' + hash.toString(16).padStart(16, '0') : '');

/**
 * The keys of all that was answered to a question, by its name in an export.
 *
 * @param {import('./runtime.js').LaterCore} core
 * @param {Uint8Array | null} ledger
 * @param {string} question
 */
export function answerKeys(core, ledger, question) {
  const { answers } = namesOf(core);
  return (ledger ? readLedger(ledger).answers : []).map(({ key }) => key)
    .filter((key) => (answers.get(key)?.question ?? unknown(key)) === question);
}

/**
 * @param {object} options
 * @param {import('./runtime.js').LaterCore} options.core
 * @param {Uint8Array | null} options.ledger
 * @param {(hash: bigint) => { item: string, title: string }} options.item
 * @returns {LedgerWords}
 */
export function describeLedger({ core, ledger, item }) {
  if (!ledger) return noLedger();
  const known = readLedger(ledger);
  const { names, arms, answers } = namesOf(core);
  const time = (/** @type {number} */ time_s) => new Date(time_s * 1000).toISOString();
  const maybe = (/** @type {number} */ time_s) => (time_s ? time(time_s) : null);
  const name = (/** @type {bigint} */ key) => names.get(key) ?? unknown(key);
  return {
    campaigns: known.campaigns.map(({ key, shown_s, dismissed_s, ever, clicked }) => ({
      campaign: name(key), times: ever, clicks: clicked,
      shownAt: maybe(shown_s), dismissedAt: maybe(dismissed_s),
    })),
    offers: known.offers.map(({ key, given_s, redeemed_s }) =>
      ({ offer: name(key), givenAt: maybe(given_s), redeemedAt: maybe(redeemed_s) })),
    experiments: known.arms.map(({ key, exposed_s, wins }) => ({
      ...arms.get(key) ?? { experiment: unknown(key), arm: '' }, since: maybe(exposed_s), wins,
    })),
    answers: known.answers.map(({ key, time_s }) =>
      ({ ...answers.get(key) ?? { question: unknown(key), answer: '' }, at: time(time_s) })),
    attention: known.dwell.map(({ key, active_s, time_s }) =>
      ({ ...item(key), seconds: active_s, at: time(time_s) })),
    watched: known.watched.map(({ key, price, time_s }) => ({
      ...item(key), price: price === NO_PRICE ? null : price, inStock: (time_s & 1) === 1,
      at: time(time_s - time_s % 2),
    })),
  };
}
