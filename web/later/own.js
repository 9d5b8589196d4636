/**
 * own.js - what a shopper may do with what is kept of them
 *
 * See it, take it along, bring it back, take out a part, ask why. Each changes the profile here and,
 * through the keeper, on the device and in the other tabs.
 */
import { FORGET } from './block.js';
import { EVENT_KINDS } from './events.js';
import { explainItem } from './explain.js';
import { ledgerIn } from './ledger.js';
import { readOrders } from './orders.js';
import { readExport } from './portable.js';
import { exportProfile, keyOf } from './profile.js';

const PROFILE_SIZE = 7744;

/**
 * @param {object} options
 * @param {import('./visit.js').Visit} options.visit
 * @param {import('./keeper.js').Keeper} options.keeper
 * @param {() => import('../index.js').ConsentReceipt[]} options.receipts
 * @param {(what: 'profile') => void} options.changed something but an event changed
 * @param {(index: number) => string} options.titleOf
 */
export function openOwn({ visit, keeper, receipts, changed, titleOf }) {
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

  function forget(/** @type {bigint} */ key, /** @type {number} */ what) {
    visit.forget(key, what);
    if (visit.active) keeper.touch();
    changed('profile');
  }

  return {
    export: async () => exportProfile(await kept(), {
      consent: visit.tier, stored: keeper.stored, encrypted: await keeper.isEncrypted(),
      receipts: receipts(),
    }),

    import: async (/** @type {unknown} */ exported) => {
      const block = core && visit.active && readExport(exported, core, visit.now());
      return Boolean(block && await keeper.replace(block));
    },

    /**
     * @param {string} id
     * @param {import('../index.js').EventKind} [kind] only what the shopper did of that kind
     */
    forgetItem(id, kind) {
      const what = kind === undefined ? FORGET.item : EVENT_KINDS.indexOf(kind);
      if (core && what >= 0) forget(keyOf(core, String(id)), what);
    },

    /** @param {'category' | 'brand'} kind @param {string} name */
    forgetInterest(kind, name) {
      const what = kind === 'category' || kind === 'brand' ? FORGET[kind] : 0;
      if (core && what) forget(keyOf(core, String(name)), what);
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
