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
import { openAside } from './aside.js';
import { abortWrites } from './database.js';
import { othersErase } from './erase-lock.js';
import { openErasing } from './erasing.js';
import { openGone } from './gone.js';
import { missingIn, openLeftovers } from './leftovers.js';
import { isHidden, isLeaving } from './lifecycle.js';
import { memoryStore } from './memory-store.js';
import { openShelving } from './shelving.js';
import { deviceStore, generationOf, SAVE_TRIES } from './store.js';
import { openTurn } from './turn.js';

/** @typedef {import('../index.js').ProfileStore} ProfileStore */
/** @typedef {ReturnType<typeof openKeeper>} Keeper */

/**
 * What may stay when the shopper's answer has changed: the profile here in memory, used or not; the
 * events of this page, which wait for a yes.
 *
 * @typedef {{ here: boolean, log: boolean }} Keeps
 */

/**
 * @param {object} options
 * @param {import('./visit.js').Visit} options.visit
 * @param {import('./record.js').ConsentRecord} options.record
 * @param {{ savesUnder: string, tier: string, follow: () => Promise<void> }} options.consent the tier of
 *   the record under which this page may save; what it comes to, once it is open; looks at the record again
 * @param {ProfileStore} [options.store]
 * @param {import('./later.js').Fail} options.fail
 * @param {(what: 'profile') => void} options.changed something but an event changed
 */
export function openKeeper({ visit, record, consent, store: given, fail, changed }) {
  const { core } = visit;
  const leftovers = openLeftovers(record.name);
  const generation = generationOf(visit.generation);
  const first = core && generation ? { block: core.savedBlock(), generation } : undefined;
  const device = given ? null
    : deviceStore(record.name, fail, touch, first, {
      isErasing: () => record.erasure() !== null && !erasing.own,
      done: () => othersErase(record.name, record.erasure),
    });
  let store = given ?? /** @type {ProfileStore} */ (device);
  /** Counts what makes an answer of the store that is still under way worthless. */
  let life = 0;
  /** How often the shopper had erased what this page goes on from, or is to add to. */
  let erased = visit.tier === 'remembered' ? visit.erased : record.read()?.erased ?? 0;
  let dirty = false;
  /** The generation that was told to be damaged; it may be met again before it is saved over. */
  let damaged = 0;
  // The first look takes any row for one of ours.
  visit.generation = generation;
  /** The seed of the profile that this page shares with the device. @type {bigint | undefined} */
  let shared = first && core?.profileSeed();
  const turn = openTurn();
  const gone = openGone({ record, device, leftovers, turn });
  let joining = Promise.resolve();
  let stopped = false;
  const erasing = openErasing({ record, leftovers, device, store: () => store });
  const aside = openAside({ visit, record, leftovers, store: () => store });
  const shelving = openShelving(visit, {
    save: settle,
    saveShelf() {
      // It would open the database again.
      if (stopped) return;
      dirty = true;
      flush();
    },
  });

  /**
   * Takes a saved block as the profile, if it is one and not older than the shop keeps it.
   *
   * @param {Uint8Array | null} block
   * @returns {'taken' | 'old' | 'damaged' | 'none'}
   */
  function take(block) {
    if (!block || !core) return 'none';
    visit.active = core.profileOpen(block, visit.now() - core.site().retention_s);
    if (visit.active) return 'taken';
    return core.profileOpen(block, 0) ? 'old' : 'damaged';
  }

  /**
   * Takes over what the device holds and applies to it what is new here. What it should not hold any
   * more, since it is damaged or of a clock that was ahead, is soon saved over. What memory holds is of this
   * page alone: it says nothing of the profile on the device, and all in the log is still to get there.
   */
  async function adopt() {
    const mine = life;
    let saved = await store.load();
    if (mine !== life) return;
    noteKept();
    let mended = false;
    if (saved.block || visit.generation || !visit.active) {
      const how = take(saved.block);
      if (how === 'damaged' && saved.generation !== damaged) {
        damaged = saved.generation;
        mended = true;
        fail('damaged', 'profile');
      }
      if (how === 'old') {
        await store.erase();
        saved = await store.load();
        if (mine !== life) return;
      }
      const kept = how === 'taken';
      const ofDevice = store.kind === 'device';
      const found = kept ? core?.profileSeed() : undefined;
      if (ofDevice && shared !== undefined && shared !== found) visit.log = [];
      if (ofDevice) shared = found;
      collect();
      const fresh = visit.log.filter(missingIn(kept ? saved.block : null));
      if (ofDevice) visit.log = fresh;
      // Before what is new here is added to it, and after: the log may be of the same clock.
      mended = visit.pullBack() || mended;
      if (!kept) visit.begin();
      fresh.forEach((entry) => visit.apply(entry));
      mended = visit.pullBack() || mended;
    }
    visit.generation = saved.generation;
    changed('profile');
    if (mended) touch();
  }

  /** From now on the record counts as long as the database is there. */
  function noteKept() {
    if (device === store && device.kind === 'device') record.amend({ kept: true });
  }

  /** The same when nothing is being saved, unless something else has come up by then. */
  async function catchUp() {
    const mine = life;
    await turn.take(async () => {
      if (mine === life) await adopt();
    });
    if (dirty || visit.log.length > 0) touch();
  }

  /** Consent still stands, as far as the other tabs have said. */
  function agreed(said = record.read()) {
    return said?.tier === consent.savesUnder && said.erased === erased;
  }

  /** Answers whether consent still stood. */
  async function save() {
    for (let tries = 0; tries < SAVE_TRIES && dirty && core; tries++) {
      if (!agreed()) return false;
      if (visit.generation === 0) await adopt();
      const mine = life;
      const sent = new Set(visit.log);
      visit.shelve();
      visit.shelved = false;
      dirty = false;
      const next = await store.save(core.savedBlock(), visit.generation);
      if (mine !== life) return true;
      if (next !== null) {
        visit.generation = next;
        tries = 0;
        if (store.kind === 'device') {
          shared = core.profileSeed();
          visit.log = visit.log.filter((entry) => !sent.has(entry));
          leftovers.leave(visit.log.filter(({ left }) => left), shared, erased);
        } else {
          // Memory goes with the page: what it holds is the next page's to save.
          for (const entry of sent) entry.left = true;
        }
      } else {
        dirty = true;
        if (agreed()) await adopt();
      }
    }
    // Other tabs were faster each time, and this one may be gone before it tries again.
    if (dirty) leave();
    return true;
  }

  /** Leaves what is not saved for the next page, should this one be gone before it is. */
  function leave() {
    if (consent.tier !== 'remembered' || !agreed(record.agreed())) return;
    // Should this page go on, another may have taken them over by then.
    visit.mark();
    leftovers.leave(visit.log, shared, erased);
  }

  /** Saves now what is not saved yet. */
  async function flush() {
    if (turn.taken || !dirty || visit.tier !== 'remembered') return turn.taken;
    shelving.callOff();
    if (!await turn.take(save)) await consent.follow();
  }

  /** Saves what is not saved yet, and what a save that is under way came too early for. */
  async function settle() {
    while (turn.taken) await turn.taken;
    await flush();
  }

  /** Something is in the log that is not saved. */
  function touch() {
    if (visit.tier === 'remembered') dirty = true;
    if (isHidden()) {
      // There is no idle time for it, and Firefox closes it without a word.
      leave();
      settle();
    }
    shelving.soon();
  }

  /** Goes on from what another page, or another visit, left on the device. */
  function join() {
    joining = joinNow();
    return joining;
  }

  async function joinNow() {
    const mine = life;
    visit.tier = 'remembered';
    visit.generation = 0;
    await erasing.done();
    if (mine !== life) return;
    const said = record.read();
    // What happened here while this page was still to join may have been before an erase.
    if (said && said.erased > erased) startOver();
    erased = said?.erased ?? 0;
    await catchUp();
  }

  async function joinAndSave() {
    await join();
    dirty = true;
    await settle();
  }

  /** Adds to the log what earlier pages could not save. */
  function collect() {
    // What a page takes over and cannot save any more would go with it.
    const entries = stopped || isLeaving() ? [] : leftovers.take(store.kind === 'device' ? shared : null, erased);
    visit.log = [...entries, ...visit.log];
    return entries;
  }

  function clear() {
    life++;
    shelving.drop();
    dirty = false;
    shared = undefined;
    visit.clear();
    device?.forget();
    leftovers.leave([], shared, erased);
  }

  /** Another tab has erased what this page went on from. */
  function startOver() {
    clear();
    visit.begin();
    changed('profile');
  }

  /** Uses nothing and adds nothing from now on; what is kept stays as it is. */
  function rest() {
    life++;
    shelving.drop();
    shelving.callOff();
    dirty = false;
    // A save that is under way may yet arrive.
    if (!aside.put()) visit.mark();
    visit.rest();
    store.close();
  }

  /** Goes on in memory alone. */
  function goOnHere() {
    life++;
    shelving.drop();
    dirty = false;
    shared = undefined;
    visit.tier = 'session';
    visit.generation = 0;
    aside.takeUp();
    if (!visit.active) {
      visit.begin();
      visit.replay();
    }
  }

  /** Goes on from where the first look at the device left off. */
  async function goOnFromLook() {
    if (visit.generation === 0 || !core) return join();
    noteKept();
    const all = collect();
    const fresh = all.filter(missingIn(core.savedBlock()));
    visit.log = visit.log.filter((entry) => !all.includes(entry) || fresh.includes(entry));
    fresh.forEach((entry) => visit.apply(entry));
    if (visit.pullBack()) touch();
    if (fresh.length > 0) changed('profile');
    if (visit.log.length > 0) touch();
  }

  /**
   * Does what the shopper's answer has become.
   *
   * @param {import('./visit.js').Visit['tier']} tier
   * @param {Keeps} keeps
   * @returns {Promise<void>}
   */
  async function become(tier, { here, log }) {
    const before = visit.tier;
    if (tier === 'remembered') {
      await (before === tier ? joining : joinAndSave());
    } else if (tier === 'session') {
      if (before !== tier) goOnHere();
    } else {
      if (here && before !== 'none') rest();
      if (!here && (before !== 'none' || aside.isHere || !log)) {
        clear();
        store.close();
      }
      if (!here) aside.drop();
      visit.tier = 'none';
    }
  }

  /** @type {typeof erasing.begin} */
  async function eraseDevice(next, held) {
    await erasing.begin(next, held);
    if (dirty) await settle();
  }

  /** @param {Uint8Array} block @param {Set<import('./visit.js').Entry>} before @param {number} mine */
  async function replaceNow(block, before, mine) {
    /** @type {number | null} */
    let generation = null;
    for (let tries = 0; visit.tier === 'remembered' && generation === null; tries++) {
      const found = await store.load();
      if (mine !== life || !agreed() || tries === SAVE_TRIES) return false;
      generation = await store.save(block, found.generation);
    }
    if (mine !== life || !visit.active || !core) return false;
    life++;
    leftovers.clear();
    visit.log = visit.log.filter((entry) => !before.has(entry));
    take(block);
    visit.replay();
    visit.generation = generation ?? 0;
    shared = generation === null ? undefined : core.profileSeed();
    dirty = false;
    if (visit.log.length > 0) touch();
    else shelving.soon();
    // Other tabs hear that what they go on from is another profile by now.
    if (shared !== undefined) record.amend({ imported: String(shared) });
    changed('profile');
    return true;
  }

  return {
    get stored() {
      if (visit.tier === 'session' || aside.isHere) return 'memory';
      return visit.tier === 'remembered' || aside.isPaused() ? store.kind : 'nowhere';
    },

    /** Whether what is on the device is encrypted. The first look at it was not the store's. */
    async isEncrypted() {
      await gone.known;
      if (this.stored === 'device' && !store.encrypted) await store.load();
      return this.stored === 'device' && store.encrypted === true;
    },

    touch,
    shelve: shelving.soon,

    /** What is kept and not used, since the shopper paused: see aside.js. */
    async kept() {
      await gone.known;
      return aside.block();
    },

    /** @type {typeof aside.forget} */
    async forgetKept(work, goes) {
      await gone.known;
      await turn.free();
      return aside.forget(work, goes);
    },

    /**
     * Another profile in place of this one. False if consent has gone meanwhile or the device did
     * not take it; everything is then as it was.
     */
    async replace(/** @type {Uint8Array} */ block) {
      const before = new Set(visit.log);
      const mine = life;
      // What is tracked meanwhile waits until this is done.
      return turn.take(() => replaceNow(block, before, mine));
    },

    flush,

    settle,

    /**
     * The page may be gone in a moment. What is not saved is left for the next one; a save begun
     * now might not arrive, and could be in that page's way (database.js).
     */
    leave,

    /** The page is being left, and what it left is in the leftovers. */
    close() {
      abortWrites();
      store.close();
    },

    /** Saves what there is, and lets go. */
    stop() {
      stopped = true;
      leave();
      settle().finally(() => store.close());
    },

    become,
    eraseDevice,

    /** Whether the database is gone: see gone.js. Null also if the first look at the device found one. */
    isGone: () => (visit.generation ? null : gone.look()),

    clearOrphan: erasing.clearOrphan,

    /** What is left now is of nobody who said yes. */
    dropLeftovers: () => leftovers.clear(),

    /** What could not be withdrawn is not stored. */
    useMemory() {
      store = memoryStore();
    },

    /**
     * The same for the first time, after the first look at the device.
     *
     * @param {import('./visit.js').Visit['tier']} tier
     * @param {Keeps} keeps
     */
    async start(tier, keeps) {
      const looked = tier === 'remembered' && visit.tier === tier;
      if (looked && record.read()?.erased !== erased) {
        startOver();
        return join();
      }
      await (looked ? goOnFromLook() : become(tier, keeps));
    },

    /** Takes over what another tab has saved since, if one has; otherwise nothing changes. */
    async newest() {
      const mine = life;
      await turn.free();
      if (mine !== life || visit.tier !== 'remembered') return;
      const { generation } = await store.load();
      if (!agreed() || generation !== visit.generation) await this.refresh();
    },

    /** Another tab may have saved, or erased. */
    async refresh() {
      const said = record.read();
      if (visit.tier !== 'remembered' || !said) return;
      if (said.erased !== erased) {
        startOver();
        erased = said.erased;
      }
      if (said.tier === 'erasing') return;
      await catchUp();
    },

    /** Everything but the consent. */
    async erase() {
      const stored = visit.tier === 'remembered' || record.keeps();
      clear();
      aside.drop();
      if (visit.tier !== 'none') visit.begin();
      if (stored) {
        const said = record.agreed();
        erased = (said?.erased ?? erased) + 1;
        await eraseDevice(said && { ...said, erased });
      }
      changed('profile');
    },
  };
}
