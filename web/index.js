/**
 * index.js - the way in
 *
 * Opening is asynchronous, asking is not: `start` resolves when there is something to ask, or when
 * it is certain that there will not be. index.d.ts is the manual, docs/API.md the guide.
 *
 *     sotto.wasm --------> core ------------.
 *     manifest.sotto ----> parts -----------+--> slots --> later.js: keeping
 *     consent record --------'--> saved ----'
 *
 * The rows go on at the same time, but for the campaigns: a saved profile is opened if what the shop
 * says in them lets the shopper's yes count. What is fetched, and when, is the same for every shopper:
 * it neither waits for what is saved nor follows from it.
 */
import { fillTemplate } from './bind.js';
import { fetchPart } from './bundle.js';
import { eraseBare, readConsented, stands } from './consented.js';
import { decisionReader } from './decision.js';
import { SottoError, reporter } from './errors.js';
import { openListeners } from './listeners.js';
import { loadModule, openCore } from './open.js';
import { sentencesFor } from './reasons.js';
import { readSaved } from './saved.js';
import { openSlots } from './slots.js';

export { SottoError };

/** @type {typeof import('./index.js').start} */
export async function start(options = {}) {
  const { key, shop, store, seed } = options;
  const report = reporter(options.onError);
  const now = () => Math.floor(options.now?.() ?? Date.now() / 1000);
  const base = folderOf(options.base, report);

  const name = `sotto:${shop ?? base.pathname}`;
  const consented = readConsented(name);
  /** @type {ReturnType<typeof readSaved> | null} */
  let looking = null;
  const settled = (/** @type {import('./runtime.js').Core} */ core) => {
    looking = !stands(consented, core) ? null
      : looking ?? (store ? store.load() : readSaved(name)).catch(() => null);
  };
  const speaking = sentencesFor(globalThis.document?.documentElement.lang);

  // Without a key whoever serves the files may number them as they like.
  const floor = BigInt(key && consented?.sequence?.match?.(/^\d+$/)?.[0] || 0);
  const expected = { base, key, shop, floor, now_s: now(), settled };
  const { core, manifest } = await openCore(expected, report);
  const reader = core && manifest ? decisionReader(core, await speaking) : null;

  const loading = import('./later/later.js').catch(
    (error) => report(new SottoError('network', 'later.js', -1, String(error))));
  const saved = core && await looking;
  const active = !!saved?.block && core.profileOpen(saved.block, now() - core.site().retention_s);
  const tier = looking ? 'remembered' : 'none';

  const { emit, on } = openListeners(report);
  let { page = {} } = options;
  let stopped = false;
  /** @type {ReturnType<typeof openSlots> | undefined} */
  let slots;
  /** @type {import('./later/later.js').Later | undefined} */
  let rest;

  /** @type {import('./index.js').Sotto['decide']} */
  function decide(slot, context = page) {
    try {
      rest?.visit.shelve();
      if (reader && !stopped) return reader.decide(String(slot), context, now());
    } catch (error) {
      report(error);
    }
    return { slot, heading: '', items: [] };
  }

  if (options.slots !== false && globalThis.document) {
    slots = openSlots({ decide, report, decided: (decision) => emit('decision', decision) });
  }

  const later = loading.then((there) => there?.openLater({
    beginning: { core, consented, tier, active, saved, now, seed },
    load: (file, imports) => loadModule(base, file, imports),
    fetchPart: (part) => fetchPart(base, part, 'force-cache'),
    manifest,
    key,
    name,
    store,
    fail: (code, file, detail) => report(new SottoError(code, file, -1, detail)),
    emit,
    reader,
    bind: fillTemplate,
    context: () => page,
    sotto,
  })).then((opened) => rest = opened).catch(report);

  /** Has the rest do something, at once if it is there. @type {import('./listeners.js').Ask} */
  const ask = async (what, ...about) => {
    try {
      const there = rest ?? await later;
      // @ts-ignore: index.d.ts says what takes what
      if (there) return await there[what](...about);
      if (what === 'withdraw') eraseBare(name);
    } catch (error) {
      report(error);
    }
  };
  /** Methods that have the rest do what they are called. */
  const asking = (/** @type {string} */ names) => /** @type {any} */ (Object.fromEntries(
    names.split(' ').map((what) => [what, (/** @type {any[]} */ ...about) => ask(what, ...about)])));

  /** @type {import('./index.js').Sotto} */
  const sotto = {
    ready: reader !== null,

    consent: {
      get state() {
        return rest ? rest.visit.tier : tier;
      },
      ...asking('grant refuse withdraw pause resume details receipts'),
    },

    profile: asking('export import erase forgetItem forgetInterest explain reseed'),

    page(context) {
      page = context;
      slots?.fill();
      ask('turned');
    },

    track(kind, about = {}) {
      if (!stopped) ask('track', kind, about, now());
    },

    decide,
    fill: (root) => slots?.fill(root),
    campaigns: ask('planned'),

    on(/** @type {string} */ event, /** @type {(news?: any) => void} */ listener) {
      const off = on(event, listener);
      // The slots were filled before anyone could listen.
      if (event === 'decision') slots?.retell((decision) => emit(event, decision, listener));
      return off;
    },

    stop() {
      stopped = true;
      slots?.stop();
      ask('stop');
    },
  };
  return sotto;
}

/**
 * The folder of the bundle; our own if the one given cannot be an address.
 *
 * @param {string | URL | undefined} base
 * @param {(error: unknown) => void} report
 */
function folderOf(base, report) {
  const own = new URL('.', import.meta.url);
  try {
    const given = new URL(base ?? own, globalThis.document?.baseURI ?? own);
    return new URL(given.pathname.replace(/\/?$/, '/'), given);
  } catch {
    report(new SottoError('invalid', 'base', -1, String(base)));
    return own;
  }
}
