/**
 * slow.mjs - a device whose storage answers late, now and then, and too late
 *
 * Laid over fake-indexeddb and the time of faults.mjs: an opening, a deletion, a transaction begins later
 * than it was asked for, and is done all the same, as in a browser whose processes wait for a processor.
 */
import { storage } from './page.mjs';

/** By how much a step is late: up to three times what the store waits for. */
const LEAST_MS = 500;
const MOST_MS = 12000;

/**
 * @param {ReturnType<typeof import('../../silence/random.mjs').randomFrom>} chance
 * @param {number} oneOf so many steps one is late
 * @returns {() => number} has all as it was, and answers how many steps were late
 */
export function slowDown(chance, oneOf) {
  const factory = storage.IDBFactory.prototype;
  const real = { open: factory.open, deleteDatabase: factory.deleteDatabase };
  const { transaction } = storage.IDBDatabase.prototype;
  /** What is asked of a database waits for what was asked before, by name. */
  const queues = new Map();
  let late = 0;
  const delay = () => {
    if (chance.below(oneOf) > 0) return 0;
    late++;
    return chance.between(LEAST_MS, MOST_MS);
  };

  for (const how of Object.keys(real)) {
    factory[how] = function slow(name, ...more) {
      const wait_ms = delay();
      const queue = queues.get(name);
      if (wait_ms === 0 && !queue) return real[how].call(this, name, ...more);
      const request = { readyState: 'pending', error: null };
      const go = () => {
        const asked = real[how].call(this, name, ...more);
        for (const type of ['upgradeneeded', 'success', 'error', 'blocked']) {
          asked.addEventListener(type, (event) => {
            const { readyState, transaction: upgrade } = asked;
            const error = type === 'error' ? asked.error : null;
            Object.assign(request, { readyState, transaction: upgrade, error });
            if (!error && type !== 'blocked') request.result = asked.result;
            if (type === 'error') event.preventDefault();
            request[`on${type}`]?.({ type, target: request });
          });
        }
      };
      if (queue) queue.push(go);
      else {
        const mine = [go];
        queues.set(name, mine);
        globalThis.setTimeout(() => {
          queues.delete(name);
          for (const one of mine) one();
        }, wait_ms);
      }
      return request;
    };
  }

  storage.IDBDatabase.prototype.transaction = function slow(...how) {
    const begun = transaction.apply(this, how);
    const wait_ms = how[1] === 'versionchange' ? 0 : delay();
    if (wait_ms === 0) return begun;
    let wanted = false;
    begun._start = () => {
      begun._started = true;
      wanted = true;
    };
    globalThis.setTimeout(() => {
      delete begun._start;
      if (!wanted || begun._state === 'finished') return;
      begun._started = false;
      begun._start();
    }, wait_ms);
    return begun;
  };

  return () => {
    Object.assign(factory, real);
    storage.IDBDatabase.prototype.transaction = transaction;
    return late;
  };
}
