/**
 * faults.mjs - a device whose storage fails, once, at a given step
 *
 * A step is anything asked of IndexedDB: an opening, a deletion, a transaction, a request. The
 * faults are laid over fake-indexeddb, so that what a failing transaction had done is undone as it
 * should be. Waiting is laid over too: a time limit passes when nothing else happens, in the order
 * in which they are due, and at no other moment. What is under way outside this thread (encryption, a
 * core that is compiled, a turn of a page that idles) is waited for, however long it takes.
 */
import { openBrowser, storage } from './page.mjs';

const NAMES = [
  'UnknownError', 'QuotaExceededError', 'AbortError', 'VersionError', 'SecurityError',
  'DataCloneError',
];

/** How a step can fail: an error in its event, the same thrown, or something worse. */
export const WAYS = [
  ...NAMES, ...NAMES.map((name) => `throws ${name}`), 'never settles', 'blocked', 'forced close',
];

const error = (name) => new DOMException('as the test wants it', name);
const soon = (work) => setImmediate(work);
/** What nothing happens in for so many turns stands still. */
const TURNS = 24;

/** Timers of at least this much are limits and rests; what is shorter is a matter of turns. */
const LIMIT_MS = 500;
const HOUR_MS = 3600000;
const realSetTimeout = globalThis.setTimeout;
const realClearTimeout = globalThis.clearTimeout;
const realNow = Date.now;

/**
 * Lays the faults over this process's IndexedDB.
 *
 * @returns what a test needs of them: `arm` them, `finish` what is under way, `restart` the browser
 */
export function layFaults() {
  const prototypes = {
    open: storage.IDBFactory.prototype,
    deleteDatabase: storage.IDBFactory.prototype,
    transaction: storage.IDBDatabase.prototype,
    add: storage.IDBObjectStore.prototype,
    clear: storage.IDBObjectStore.prototype,
    delete: storage.IDBObjectStore.prototype,
    openCursor: storage.IDBObjectStore.prototype,
    openKeyCursor: storage.IDBObjectStore.prototype,
  };
  const real = Object.fromEntries(
    Object.entries(prototypes).map(([name, one]) => [name, one[name]]));
  let step = 0;
  let at = 0;
  let way = '';
  /** Every step from `at` on, not that one alone. */
  let lasting = false;
  let reached = false;
  /** Transactions that will never end by themselves. */
  const stuck = new Set();
  let timers = [];
  /** The latest limit that has passed. */
  let now_ms = 0;
  /** What nothing may be thought to stand still for. */
  const underWay = new Set();

  for (const [name, one] of Object.entries(prototypes)) {
    one[name] = function step_(...args) {
      const call = () => real[name].apply(this, args);
      // fake-indexeddb itself begins those.
      if (args[1] === 'versionchange') return call();
      if (at === 0 || (lasting ? ++step < at : ++step !== at)) return call();
      reached = true;
      if (way.startsWith('throws ')) throw error(way.slice(7));
      if (one === storage.IDBFactory.prototype) return failFactory(call);
      if (name === 'transaction') return failTransaction(this, call);
      return failRequest(this.transaction, call);
    };
  }

  function failFactory(call) {
    if (way === 'forced close') {
      const request = call();
      request.addEventListener('success', () => {
        const { result } = request;
        soon(() => result instanceof storage.IDBDatabase && storage.forceCloseDatabase(result));
      });
      return request;
    }
    const request = { readyState: 'pending', error: null };
    if (way === 'blocked') soon(() => request.onblocked?.({ target: request }));
    else if (way !== 'never settles') {
      soon(() => {
        request.error = error(way);
        request.onerror?.({ target: request });
      });
    }
    return request;
  }

  function failTransaction(database, call) {
    if (way === 'never settles' || way === 'blocked') return stick(call());
    if (way === 'forced close') storage.forceCloseDatabase(database);
    throw error(way === 'forced close' ? 'InvalidStateError' : way);
  }

  function failRequest(transaction, call) {
    if (way === 'never settles' || way === 'blocked') {
      stick(transaction);
      return call();
    }
    if (way === 'forced close') {
      const request = call();
      soon(() => {
        transaction._abort?.('AbortError');
        storage.forceCloseDatabase(transaction.db);
      });
      return request;
    }
    const execute = transaction._execRequestAsync;
    transaction._execRequestAsync = function failing({ source, request }) {
      delete transaction._execRequestAsync;
      const operation = () => {
        throw error(way);
      };
      return execute.call(this, { source, request, operation });
    };
    return call();
  }

  function stick(transaction) {
    transaction._start = () => {
      transaction._started = true;
    };
    stuck.add(transaction);
    return transaction;
  }

  // Generations begin at the time.
  Date.now = () => realNow() + now_ms;
  globalThis.setTimeout = (work, ms, ...args) => {
    if (!(ms >= LIMIT_MS)) {
      const turn = realSetTimeout(() => {
        underWay.delete(turn);
        work(...args);
      }, ms);
      underWay.add(turn);
      return turn;
    }
    const due_ms = now_ms + ms;
    const timer = { due_ms, work: () => work(...args), unref: () => timer };
    const next = timers.findIndex((other) => other.due_ms > due_ms);
    timers.splice(next < 0 ? timers.length : next, 0, timer);
    return timer;
  };
  globalThis.clearTimeout = (timer) => {
    if (timers.includes(timer)) timers = timers.filter((one) => one !== timer);
    else realClearTimeout(timer);
    underWay.delete(timer);
  };
  const elsewhere = [
    ...['generateKey', 'importKey', 'encrypt', 'decrypt', 'digest', 'verify'].map((name) => [crypto.subtle, name]),
    ...['compile', 'instantiate'].map((name) => [WebAssembly, name]),
  ].map(([place, name]) => [place, name, place[name]]);
  for (const [place, name, work] of elsewhere) {
    place[name] = async (...args) => {
      const mine = {};
      underWay.add(mine);
      try {
        return await work.apply(place, args);
      } finally {
        underWay.delete(mine);
      }
    };
  }

  /** Waits until nothing has moved for some turns. */
  async function standstill(enough = () => false) {
    for (let turns = 0; turns < TURNS && !enough(); turns++) {
      await new Promise(soon);
      if (underWay.size > 0) turns = 0;
    }
  }

  return {
    /** From now on the step-th step fails in that way. What waited for a limit is forgotten. */
    arm(wanted, atStep, always = false) {
      this.forget();
      [way, at, lasting, step, reached] = [wanted, atStep, always, 0, false];
    },

    /** Nothing fails any more. Answers whether something did. */
    disarm() {
      at = 0;
      return reached;
    },

    /** The promise's answer; when nothing moves, the time limits pass, one after the other. */
    async finish(promise) {
      let done = false;
      const settle = () => {
        done = true;
      };
      promise.then(settle, settle);
      for (const end = realNow() + 20000; !done;) {
        await standstill(() => done);
        if (done) break;
        const timer = timers.shift();
        if (timer) {
          now_ms = timer.due_ms;
          timer.work();
        } else if (realNow() > end) throw new Error('it never settles');
      }
      return promise;
    },

    /** Lets all that is under way come to rest, without any time limit passing. */
    rest: () => standstill(),

    /** So much time passes, and all that is due by then happens; an hour is longer than any limit or rest. */
    async pass(ms = HOUR_MS) {
      const end_ms = now_ms + ms;
      for (;;) {
        await standstill();
        if (!(timers[0]?.due_ms <= end_ms)) break;
        const timer = timers.shift();
        now_ms = timer.due_ms;
        timer.work();
      }
      now_ms = end_ms;
    },

    /** What waits for a limit waits for ever. */
    forget() {
      timers = [];
    },

    /** What held on to the database is gone. */
    restart() {
      for (const transaction of stuck) {
        delete transaction._start;
        if (transaction._state !== 'finished') transaction._abort('AbortError');
      }
      stuck.clear();
    },

    /** Everything as it was. */
    lift() {
      this.restart();
      for (const [name, one] of Object.entries(prototypes)) one[name] = real[name];
      for (const [place, name, work] of elsewhere) place[name] = work;
      Date.now = realNow;
      globalThis.setTimeout = realSetTimeout;
      globalThis.clearTimeout = realClearTimeout;
    },
  };
}

/**
 * The same for tests of whole pages: their modules are read from the disk first, since nobody could tell
 * how long that takes.
 *
 * @param {Map<string, Uint8Array>} files what the shop has published
 */
export async function layFaultsUnderPages(files) {
  (await openBrowser(files).visit()).stop();
  return layFaults();
}

/** All rows that lie in a database, by their generation; without the care of the store. */
export async function rowsOf(name) {
  const done = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const opening = indexedDB.open(name, 1);
  // Where there is none, or none any more, this one must not be who lays it out.
  let none = false;
  opening.onupgradeneeded = () => {
    none = true;
    opening.transaction.abort();
  };
  const database = await done(opening).catch((error) => {
    if (!none) throw error;
  });
  if (none) return new Map();
  const rows = database.transaction('profile').objectStore('profile');
  const [keys, values] = await Promise.all([done(rows.getAllKeys()), done(rows.getAll())]);
  database.close();
  const blocks = await Promise.all(values.map(async ({ how, key, data, ...bare }) => (key
    ? new Uint8Array(await crypto.subtle.decrypt(how, key, data))
    : Uint8Array.from(Object.values(bare)))));
  return new Map(keys.map((key, i) => [key, blocks[i]]));
}
