/**
 * own.js - what a shopper may do with what is kept of them
 *
 * See it, take it along, bring it back, take out a part, ask why. Each changes the profile here and,
 * through the keeper, on the device and in the other tabs.
 */
import { FORGET } from './block.js';
import { EVENT_KINDS } from './events.js';
import { explainItem } from './explain.js';
import { HAPPENED, ledgerIn, readLedger } from './ledger.js';
import { answerKeys } from './ledger-words.js';
import { readOrders } from './orders.js';
import { readExport } from './portable.js';
import { exportProfile, keyOf } from './profile.js';
import { goneWith } from './visit.js';

const PROFILE_SIZE = 7744;

/**
 * @param {object} options
 * @param {import('./visit.js').Visit} options.visit
 * @param {import('./keeper.js').Keeper} options.keeper
 * @param {() => import('../index.js').ConsentReceipt[]} options.receipts
 * @param {(what: 'profile') => void} options.changed something but an event changed
 * @param {() => boolean} options.measures whether the shopper agreed to that
 * @param {(index: number) => string} options.titleOf
 */
export function openOwn({ visit, keeper, receipts, changed, measures, titleOf }) {
  const { core } = visit;

  const kept = async () => {
    const saved = core && (visit.active ? core.savedBlock() : await keeper.kept());
    return {
      core,
      block: saved && saved.slice(0, PROFILE_SIZE),
      ledger: ledgerIn(saved),
      log: visit.log,
      now_s: visit.now(),
      titleOf,
    };
  };

  /**
   * Forgets something here and on the device, be it used or, since the shopper paused, only kept.
   *
   * @param {object} one
   * @param {(entry: import('./visit.js').Entry) => boolean} one.goes
   * @param {() => void} one.note adds it to the log
   * @param {() => void} one.apply takes it out of the core's profile
   */
  async function forget({ goes, note, apply }) {
    const isUsed = () => visit.tier !== 'none';
    visit.forget(goes, note);
    if (!isUsed()) {
      await keeper.forgetKept((block) => core?.edited(block, apply) ?? null, goes);
      // The shopper may have gone on meanwhile.
      if (isUsed()) note();
    }
    if (isUsed()) keeper.touch();
    changed('profile');
  }

  /** @param {bigint} key @param {number} what one of FORGET in block.js */
  const forgetKey = (key, what) => forget({
    goes: goneWith(key, what),
    note: () => visit.noteForgotten(key, what),
    apply: () => core?.forget(key, what),
  });

  /** What was counted only to measure. */
  async function forgetMeasured() {
    const { ledger } = await kept();
    const counted = ledger !== null && readLedger(ledger).arms.length > 0;
    if (counted || visit.log.some(goneWith(0n, FORGET.measured))) {
      await forgetKey(0n, FORGET.measured);
    }
  }

  /** Every answer to a question. */
  async function forgetAnswers(/** @type {string} */ question) {
    const { ledger } = await kept();
    const keys = core ? answerKeys(core, ledger, question) : [];
    if (keys.length === 0) return;
    await forget({
      goes: ({ kind, item }) => kind === HAPPENED.answer && keys.includes(item),
      note: () => keys.forEach((key) => visit.note('unanswer', key)),
      apply: () => keys.forEach((key) => core?.track(HAPPENED.unanswer, key, 1, visit.now())),
    });
  }

  return {
    forgetMeasured,

    export: async () => exportProfile(await kept(), {
      consent: visit.tier, stored: keeper.stored, encrypted: await keeper.isEncrypted(),
      receipts: receipts(),
    }),

    import: async (/** @type {unknown} */ exported) => {
      const block = core && visit.active && readExport(exported, core, visit.now());
      const done = Boolean(block && await keeper.replace(block));
      if (done && !measures()) await forgetMeasured();
      return done;
    },

    /**
     * @param {string} id
     * @param {import('../index.js').EventKind} [kind] only what the shopper did of that kind
     */
    async forgetItem(id, kind) {
      const what = kind === undefined ? FORGET.item : EVENT_KINDS.indexOf(kind);
      if (core && what >= 0) await forgetKey(keyOf(core, String(id)), what);
    },

    /** @param {'category' | 'brand' | 'answer'} kind @param {string} name of an answer the question */
    async forgetInterest(kind, name) {
      if (kind === 'answer') return forgetAnswers(String(name));
      const what = kind === 'category' || kind === 'brand' ? FORGET[kind] : 0;
      if (core && what) await forgetKey(keyOf(core, String(name)), what);
    },

    explain: async (/** @type {string} */ item) => explainItem(String(item), await kept()),

    /** @param {unknown} orders */
    reseed(orders) {
      if (!core || !visit.active) return 0;
      const now_s = visit.now();
      const oldest_s = now_s - core.site().retention_s;
      const news = readOrders(orders, core.hash, now_s, oldest_s)
        .filter((order) => visit.recall(order)).length;
      if (news > 0) {
        keeper.touch();
        changed('profile');
      }
      return news;
    },
  };
}
