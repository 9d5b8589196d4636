/**
 * later.js - all that the first decision does not need
 *
 * Every page loads this, right after its slots are filled, whoever the shopper is and whatever they
 * agreed to; so that it is loaded says nothing about them. The files of this folder import nothing
 * from outside it: what they share with the first decision is handed to them, and a bundler makes
 * one file of each half.
 */
import { readEvent } from './events.js';
import { openKeeper } from './keeper.js';
import { watchPage } from './lifecycle.js';
import { exportProfile } from './profile.js';
import { openRecord } from './record.js';
import { laterRuntime } from './runtime.js';
import { Visit } from './visit.js';

const MODULE = 'sotto-later.wasm';

/** @typedef {(code: string, file: string, detail?: string) => void} Fail */
/**
 * Loads a module from the folder of the bundle.
 *
 * @typedef {(file: string, imports: WebAssembly.Imports) => Promise<WebAssembly.Instance>} Load
 */
/** @typedef {ReturnType<typeof openLater>} Later */

/**
 * @param {object} options
 * @param {import('./visit.js').Beginning} options.beginning
 * @param {Load} options.load
 * @param {string} options.name of what is kept on the device
 * @param {() => import('../consented.js').Consented | null} options.readConsented
 * @param {string} [options.sequence] of the bundle, to be remembered if anything is
 * @param {import('../index.js').ProfileStore} [options.store]
 * @param {Fail} options.fail reports what went wrong
 * @param {(what: 'profile' | 'consent') => void} options.changed something but an event changed
 * @param {(index: number) => string} options.titleOf
 */
export async function openLater(options) {
  const { beginning, load, name, readConsented, sequence, store, fail, changed, titleOf } = options;
  const core = beginning.core && await loadLaterCore(beginning.core, load, fail);
  const visit = new Visit(beginning, core);
  const record = openRecord(name, readConsented);
  if (sequence !== undefined) record.amend({ sequence });
  const keeper = openKeeper({ visit, record, store, fail, changed });

  /** Nobody waits for these, so nobody else would hear of what goes wrong. */
  const alone = (/** @type {Promise<void>} */ promise) => {
    promise.catch((error) => fail('unexpected', '', String(error)));
  };
  /**
   * The connection is closed when the save is done, not before: WebKit forgets to end the
   * transaction of a page that is gone if its connection was closed, and then no page can write.
   */
  const leave = () => {
    Promise.resolve(keeper.leave()).finally(keeper.close);
  };
  const unwatch = watchPage({
    hidden: keeper.leave,
    left: leave,
    back: () => alone(keeper.follow()),
    stored(key) {
      if (key === name || key === null) alone(keeper.follow());
    },
  });
  alone(keeper.resume());

  return {
    keeper,
    visit,
    exportProfile: () => exportProfile(visit, keeper.stored, titleOf),

    /**
     * @param {string} kind
     * @param {import('./events.js').EventAbout} about
     * @param {number} time_s
     */
    track(kind, about, time_s) {
      if (!core) return;
      const event = readEvent(kind, about, core.hash, time_s);
      if (!event) return fail('invalid', 'event', String(kind));
      visit.add(event);
      keeper.touch();
    },

    stop() {
      unwatch();
      leave();
    },
  };
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
  try {
    const instance = await load(MODULE, { env: { memory: core.raw.memory } });
    const whole = laterRuntime(core, instance);
    if (!whole) fail('wrong-version', MODULE);
    return whole;
  } catch (error) {
    const { code = 'unexpected', message } = /** @type {any} */ (error);
    fail(code, MODULE, message);
    return null;
  }
}
