/**
 * failing.js - IndexedDB that fails at one step, in a real browser; runs before Sotto is there
 *
 * A step is anything asked of IndexedDB: an opening, a deletion, a transaction, a request. Nothing of an
 * answer is made up but its name: what fails here is asked for so that the browser itself refuses it, cuts
 * it off or keeps it waiting, and does all that follows from that.
 *
 *     an error in the event    a row that is there already is added; what only reads is aborted; a database
 *                              that is to be made is not. The name of the error is then another.
 *     a transaction's          it is aborted when its last request has succeeded, as by a full disk
 *     thrown                   nothing is asked
 *     never settles            it is kept from ending for as long as the page is there
 *     blocked                  a transaction before it is; a connection does not let the deletion through
 *     never told               it is done, and the page does not hear of it
 *     forced close             the connection is closed in the middle of it
 *
 * Waiting is laid over too: a time limit passes when nothing else moves, and at no other moment.
 *
 *     faults.arm(way, step)        from now on the step-th step fails; `always`: and all after it; `only`:
 *                                  of those alone that are called so
 *     faults.finish(promise)       the promise's answer
 *     faults.steps()               how many there were
 *
 * With #way=...&step=... it is armed from the start.
 */
{
  const PLACES = {
    open: IDBFactory, deleteDatabase: IDBFactory, transaction: IDBDatabase,
    add: IDBObjectStore, get: IDBObjectStore, clear: IDBObjectStore, delete: IDBObjectStore,
    openCursor: IDBObjectStore, openKeyCursor: IDBObjectStore,
  };
  const real = Object.fromEntries(
    Object.entries(PLACES).map(([name, { prototype }]) => [name, prototype[name]]));
  /** What is asked for in place of a database: it is never made. */
  const NO_DATABASE = 'faults';
  /** A key before all of ours: Firefox 153 keeps what is added in a transaction of which another request failed. */
  const TWICE = -1;
  /** Timers of at least this much are limits and rests; what is shorter is a matter of turns. */
  const LIMIT_MS = 500;
  /** After so many turns in which nothing moved nothing will: of a page that waits for nothing we know of, */
  const TURNS = 8;
  /** and of one that may wait for ever: so many, or so long where a turn takes its time (WebKit's timers starve). */
  const MANY_TURNS = 40;
  const LONG_MS = 400;
  /** When to give up on an answer; no test measures it. */
  const PATIENCE_MS = 20000;
  const HANGING = ['never settles', 'blocked', 'never told'];
  /** Of a connection that is closed in the middle WebKit answers some requests never. */
  const MAY_HANG = [...HANGING, 'forced close'];

  let way = '';
  let at = 0;
  let always = false;
  let only = '';
  let step = 0;
  let reached = false;

  const error = (name) => new DOMException('as the test wants it', name);
  const silence = (event) => event.stopImmediatePropagation();
  /** Nobody hears any more what becomes of it. */
  const mute = (target, types = ['success', 'error', 'complete', 'abort', 'blocked', 'upgradeneeded']) => {
    types.forEach((type) => target.addEventListener(type, silence));
    return target;
  };
  /** Its error, if it has one, is called otherwise. */
  function rename(target, name, prototype) {
    const { get } = Object.getOwnPropertyDescriptor(prototype, 'error');
    Object.defineProperty(target, 'error', { get: () => get.call(target) && error(name) });
  }
  /** It does not end before we say so. */
  const holdOpen = (transaction) => {
    transaction.commit = () => {};
  };
  /** It does not end as long as the page is there: there is always another request. */
  function holdForEver(transaction) {
    // WebKit would keep it open in a page that is put away.
    addEventListener('pagehide', () => abort(transaction));
    const rows = transaction.objectStore('profile');
    const again = () => {
      real.get.call(rows, TWICE).onsuccess = again;
    };
    again();
  }
  /** The page may have given it up before. */
  function abort(transaction) {
    try {
      transaction.abort();
    } catch {
      // It has ended.
    }
  }
  function cut(database) {
    database.close();
    database.dispatchEvent(new Event('close'));
  }

  // ---- Each kind of step, and how it fails -----------------------------------------------------------

  function failFactory(name, args, call) {
    if (way === 'forced close') {
      const request = call();
      request.addEventListener('success', () => setTimeout(() => request.result && cut(request.result)));
      return request;
    }
    if (name === 'deleteDatabase' && way === 'never told') return mute(call());
    if (name === 'deleteDatabase' && way === 'blocked') {
      const holding = real.open.call(indexedDB, ...args);
      holding.onupgradeneeded = () => holding.transaction.abort();
      return call();
    }
    const request = real.open.call(indexedDB, NO_DATABASE);
    request.addEventListener('upgradeneeded', (event) => {
      silence(event);
      request.transaction.abort();
    });
    if (HANGING.includes(way)) return mute(request);
    watch(request);
    rename(request, way, IDBRequest.prototype);
    return request;
  }

  /** Transactions of which all requests are muted, and those that are aborted after the last one. */
  const muted = new WeakSet();
  const ending = new WeakMap();

  function failTransaction(database, args, call) {
    if (way === 'forced close') cut(database);
    if (way === 'blocked') {
      holdForEver(real.transaction.call(database, args[0], 'readwrite'));
      return call();
    }
    const transaction = call();
    if (HANGING.includes(way)) {
      muted.add(mute(transaction));
      if (way === 'never told') return transaction;
      holdOpen(transaction);
      holdForEver(transaction);
      return transaction;
    }
    holdOpen(transaction);
    ending.set(transaction, 0);
    let aborted = false;
    transaction.addEventListener('abort', () => {
      aborted = true;
    });
    const name = way;
    Object.defineProperty(transaction, 'error', { get: () => (aborted ? error(name) : null) });
    return transaction;
  }

  function failRequest(rows, call) {
    const { transaction } = rows;
    if (HANGING.includes(way)) {
      muted.add(mute(transaction));
      if (way !== 'never told') {
        holdOpen(transaction);
        holdForEver(transaction);
      }
      return call();
    }
    if (way === 'forced close' || transaction.mode === 'readonly') {
      const request = call();
      holdOpen(transaction);
      const name = way;
      queueMicrotask(() => {
        abort(transaction);
        if (name === 'forced close') cut(transaction.db);
      });
      if (name === 'forced close') return request;
      rename(request, name, IDBRequest.prototype);
      Object.defineProperty(transaction, 'error', { get: () => request.error });
      return request;
    }
    real.add.call(rows, 0, TWICE);
    const request = real.add.call(rows, 0, TWICE);
    watch(request);
    rename(request, way, IDBRequest.prototype);
    rename(transaction, way, IDBTransaction.prototype);
    return request;
  }

  /** A request of a transaction that is to fail as a whole, or that nobody hears of. */
  function followed(request, transaction) {
    if (muted.has(transaction)) return mute(request);
    if (!ending.has(transaction)) return request;
    ending.set(transaction, ending.get(transaction) + 1);
    request.addEventListener('success', () => {
      ending.set(transaction, ending.get(transaction) - 1);
      if (ending.get(transaction) === 0) abort(transaction);
    });
    return request;
  }

  for (const [name, { prototype }] of Object.entries(PLACES)) {
    prototype[name] = function failing(...args) {
      const isRequest = prototype === IDBObjectStore.prototype;
      const call = () => {
        const asked = real[name].apply(this, args);
        if (asked instanceof IDBRequest) watch(asked);
        return isRequest ? followed(asked, this.transaction) : asked;
      };
      if (only && only !== name) return call();
      step++;
      if (at === 0 || (always ? step < at : step !== at)) return call();
      reached = true;
      if (way.startsWith('throws ')) throw error(way.slice(7));
      if (prototype === IDBFactory.prototype) return failFactory(name, args, call);
      return isRequest ? failRequest(this, call) : failTransaction(this, args, call);
    };
  }

  // ---- Time ------------------------------------------------------------------------------------------

  /** What is under way, and what has moved. */
  let pending = 0;
  let moves = 0;
  const begun = () => {
    pending++;
    moves++;
  };
  const ended = () => {
    pending--;
    moves++;
  };
  function watch(request) {
    begun();
    let open = true;
    const end = () => {
      if (open) ended();
      open = false;
    };
    // Before anybody else, or it might not be heard.
    for (const type of ['success', 'error']) request.addEventListener(type, end);
  }
  for (const [owner, names] of [[crypto.subtle, ['generateKey', 'encrypt', 'decrypt', 'digest']], [globalThis, ['fetch']]]) {
    for (const name of names) {
      const work = owner[name];
      owner[name] = async (...args) => {
        begun();
        return work.apply(owner, args).finally(ended);
      };
    }
  }

  const realSetTimeout = globalThis.setTimeout;
  const realClearTimeout = globalThis.clearTimeout;
  const handles = new Map();
  let limits = [];
  globalThis.setTimeout = (work, ms, ...args) => {
    if (ms >= LIMIT_MS) {
      const limit = { work: () => work(...args) };
      limits.push(limit);
      return limit;
    }
    begun();
    const handle = realSetTimeout(() => {
      handles.delete(handle);
      ended();
      work(...args);
    }, ms);
    handles.set(handle, true);
    return handle;
  };
  globalThis.clearTimeout = (handle) => {
    limits = limits.filter((one) => one !== handle);
    if (handles.delete(handle)) ended();
    realClearTimeout(handle);
  };
  if ('requestIdleCallback' in globalThis) {
    const realRequest = globalThis.requestIdleCallback;
    const realCancel = globalThis.cancelIdleCallback;
    const waiting = new Set();
    const end = (handle) => waiting.delete(handle) && ended();
    globalThis.requestIdleCallback = (work, options) => {
      begun();
      const handle = realRequest((deadline) => {
        end(handle);
        work(deadline);
      }, options);
      waiting.add(handle);
      return handle;
    };
    globalThis.cancelIdleCallback = (handle) => {
      end(handle);
      realCancel(handle);
    };
  }

  /** Waits until nothing moves, or until it is enough. */
  async function standstill(enough) {
    for (let turns = 0, seen = moves, since = performance.now(); !enough(); turns++) {
      await new Promise((resolve) => realSetTimeout(resolve, 1));
      const hangs = pending > 0;
      if (moves !== seen || (hangs && !(reached && MAY_HANG.includes(way)))) {
        turns = 0;
        since = performance.now();
      }
      seen = moves;
      const long = performance.now() - since >= LONG_MS;
      if (turns >= (hangs && !long ? MANY_TURNS : TURNS)) return;
    }
  }

  async function finish(promise) {
    let done = false;
    const settle = () => {
      done = true;
    };
    promise.then(settle, settle);
    for (const end = performance.now() + PATIENCE_MS; !done;) {
      await standstill(() => done);
      if (done) break;
      if (performance.now() > end) throw new Error('it never settles');
      limits.shift()?.work();
    }
    return promise;
  }

  globalThis.faults = {
    arm(wanted, first, after = false, alone = '') {
      [way, at, always, only, step, reached, limits] = [wanted, first, after, alone, 0, false, []];
    },
    reached: () => reached,
    steps: () => step,
    finish,
    /** All that is under way comes to rest. */
    rest: () => standstill(() => false),
  };

  const given = new URLSearchParams(location.hash.slice(1));
  if (given.has('way')) {
    globalThis.faults.arm(given.get('way'), Number(given.get('step')), given.get('always') === 'true',
      given.get('only') ?? '');
    const opened = new Promise((resolve) => {
      const look = () => (globalThis.opened ? resolve() : realSetTimeout(look, 1));
      look();
    });
    finish(opened);
  }
}
