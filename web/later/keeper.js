/**
 * keeper.js - keeping the profile, as far as the shopper agreed
 *
 * Whenever the device holds something newer than what this page goes on from (another tab was
 * faster), that is taken over and the visit's log is applied on top of it, so that no tab's events
 * are lost. An erase is stronger: it empties the log here and, since it changes the profile's seed,
 * the log of every tab that saves after it.
 *
 * Loaded on every page, after the first decision.
 */
import { whenIdle } from './idle.js';
import { missingIn, openLeftovers } from './leftovers.js';
import { memoryStore } from './memory-store.js';
import { deviceStore } from './store.js';

/** @typedef {import('../index.js').ProfileStore} ProfileStore */
/** @typedef {ReturnType<typeof openKeeper>} Keeper */

const SAVE_TRIES = 8;
/**
 * A shelf alone is saved only once the shopper has stayed this long: what somebody does who leaves at
 * once must find no save under way.
 */
const SHELF_REST_MS = 1000;

/**
 * @param {object} options
 * @param {import('./visit.js').Visit} options.visit
 * @param {import('./record.js').ConsentRecord} options.record
 * @param {ProfileStore} [options.store]
 * @param {import('./later.js').Fail} options.fail
 * @param {(what: 'profile' | 'consent') => void} options.changed something but an event changed
 */
export function openKeeper({ visit, record, store: given, fail, changed }) {
  const { core } = visit;
  const leftovers = openLeftovers(record.name);
  let store = given ?? deviceStore(record.name, fail);
  /** Counts what makes an answer of the store that is still under way worthless. */
  let life = 0;
  let erased = record.read()?.erased ?? 0;
  let dirty = false;
  /** The seed of the profile that this page shares with the device. @type {bigint | undefined} */
  let shared;
  /** @type {Promise<void> | null} */
  let saving = null;
  let callOff = () => {};
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let resting;
  let joining = Promise.resolve();

  /** Takes a saved block as the profile, if it is one and not older than the shop keeps it. */
  function take(/** @type {Uint8Array | null} */ block) {
    if (!block || !core) return false;
    visit.active = core.profileOpen(block, visit.now() - core.site().retention_s);
    if (!visit.active && !core.profileOpen(block, 0)) fail('damaged', 'profile');
    return visit.active;
  }

  /** Takes over what the device holds and applies to it what is new here. */
  async function adopt() {
    const mine = life;
    const saved = await store.load();
    if (mine !== life) return;
    if (saved.block || visit.generation || !visit.active) {
      const kept = take(saved.block);
      const found = kept ? core?.profileSeed() : undefined;
      if (shared !== undefined && shared !== found) visit.log = [];
      shared = found;
      collect();
      visit.log = visit.log.filter(missingIn(kept ? saved.block : null));
      if (!kept) visit.begin();
      visit.replay();
    }
    visit.generation = saved.generation;
    changed('profile');
  }

  /** Consent still stands, as far as the other tabs have said. */
  function agreed() {
    const said = record.read();
    return said?.tier === 'remembered' && said.erased === erased;
  }

  async function save() {
    for (let tries = 0; tries < SAVE_TRIES && dirty && core; tries++) {
      if (!agreed()) return follow();
      if (visit.generation === 0) await adopt();
      const mine = life;
      const sent = new Set(visit.log);
      visit.shelve();
      visit.shelved = false;
      dirty = false;
      const next = await store.save(core.savedBlock(), visit.generation);
      if (mine !== life) return;
      if (next !== null) {
        visit.generation = next;
        shared = core.profileSeed();
        tries = 0;
        if (store.kind === 'device') {
          visit.log = visit.log.filter((entry) => !sent.has(entry));
          leftovers.leave([]);
        } else {
          // Memory goes with the page: what it holds is the next page's to save.
          for (const entry of sent) entry.left = true;
        }
      } else {
        dirty = true;
        await adopt();
      }
    }
  }

  /** Saves now what is not saved yet; the transaction is begun before this returns. */
  function flush() {
    if (saving || !dirty || visit.tier !== 'remembered') return saving;
    callOff();
    saving = save().finally(() => {
      saving = null;
    });
    return saving;
  }

  /** Ranks for the shopper when there is time, and saves what is new. */
  function shelve() {
    if (visit.tier === 'none') return;
    callOff();
    callOff = whenIdle(() => {
      visit.shelve();
      clearTimeout(resting);
      resting = setTimeout(saveShelf, SHELF_REST_MS);
      flush()?.then(flush);
    });
  }

  function saveShelf() {
    if (!visit.shelved || visit.tier !== 'remembered') return;
    dirty = true;
    flush();
  }

  /** Something is in the log that is not saved. */
  function touch() {
    if (visit.tier === 'remembered') dirty = true;
    shelve();
  }

  /** Goes on from what another page, or another visit, left on the device. */
  function join() {
    joining = joinNow();
    return joining;
  }

  async function joinNow() {
    visit.tier = 'remembered';
    visit.generation = 0;
    erased = record.read()?.erased ?? 0;
    await adopt();
    if (visit.log.length > 0) touch();
  }

  /** Adds to the log what earlier pages could not save. */
  function collect() {
    const entries = leftovers.take();
    visit.log = [...entries, ...visit.log];
    return entries;
  }

  function clear() {
    life++;
    clearTimeout(resting);
    dirty = false;
    shared = undefined;
    visit.clear();
  }

  /** Does here what another tab decided. */
  async function follow() {
    const said = record.read();
    if (said?.tier === 'remembered') {
      const news = visit.tier !== 'remembered';
      if (!news && said.erased === erased) return adopt();
      if (!news) clear();
      const joined = join();
      if (news) changed('consent');
      await joined;
    } else if (visit.tier === 'remembered') {
      clear();
      visit.tier = 'none';
      store.close();
      changed('consent');
    }
  }

  /** Leaves nothing on the device but, until it is done, the word that an erase is under way. */
  async function eraseDevice() {
    record.write({ tier: 'erasing', erased: 0 });
    leftovers.clear();
    if (await store.erase() && record.read()?.tier === 'erasing') record.clear();
  }

  return {
    get stored() {
      if (visit.tier === 'remembered') return store.kind;
      return visit.tier === 'session' ? 'memory' : 'nowhere';
    },

    touch,
    shelve,

    /** The page may be gone in a moment. */
    leave() {
      if (visit.tier === 'remembered' && agreed()) {
        // Should this page go on, another may have taken them over by then.
        for (const entry of visit.log) entry.left = true;
        leftovers.leave(visit.log);
      }
      return flush();
    },

    follow,
    close: () => store.close(),

    /** Goes on from where the first look at the device left off. */
    async resume() {
      if (record.read()?.tier === 'erasing') return eraseDevice();
      if (visit.tier !== 'remembered') return;
      shared = visit.generation ? core?.profileSeed() : undefined;
      if (visit.generation === 0 || !core) return join();
      const fresh = collect().filter(missingIn(core.profileBlock()));
      visit.log = visit.log.filter((entry) => !entry.left || fresh.includes(entry));
      fresh.forEach((entry) => visit.apply(entry));
      if (fresh.length > 0) changed('profile');
      if (visit.log.length > 0) touch();
    },

    async grant(/** @type {'session' | 'remembered'} */ wanted) {
      const before = visit.tier;
      if (wanted === before) return joining;
      if (wanted === 'session') {
        life++;
        shared = undefined;
        visit.tier = wanted;
        visit.generation = 0;
        if (!visit.active) {
          visit.begin();
          visit.replay();
        }
        changed('consent');
        if (before === 'remembered') await eraseDevice();
        return;
      }
      if (!record.write({ tier: 'remembered', erased: 0 })) {
        fail('storage', record.name, 'consent is forgotten with this page');
        store = memoryStore();
      }
      const joined = join();
      changed('consent');
      await joined;
      dirty = true;
      await flush();
    },

    async withdraw() {
      const before = visit.tier;
      clear();
      visit.tier = 'none';
      changed('consent');
      if (before === 'remembered') await eraseDevice();
    },

    async erase() {
      clear();
      if (visit.tier !== 'none') visit.begin();
      if (visit.tier === 'remembered') {
        record.amend({ erased: ++erased });
        leftovers.clear();
        await store.erase();
      }
      changed('profile');
    },

    forget(/** @type {string} */ id) {
      if (core) visit.forget(core.hash(id));
      if (visit.active) touch();
      changed('profile');
    },
  };
}
