/**
 * page.mjs - as much of a browser as web/ needs, in Node
 *
 *     const browser = openBrowser();          one device: its storage, its network
 *     const page = await browser.visit();     a page: a fresh copy of the modules, started
 *
 * Storage is the npm package fake-indexeddb; the network answers from a map of files and keeps a
 * list of what was asked. Where that package is not installed, `noStorage` says so and the tests
 * skip.
 */
import { webcrypto } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import { openLocks } from './locks.mjs';

globalThis.crypto ??= webcrypto;
globalThis.navigator ??= {};

export const storage = await import('fake-indexeddb').catch(() => null);
export const noStorage = storage ? false : 'the package fake-indexeddb is not installed';

export const BASE = 'https://shop.example/sotto/';
export const NOW = 1_800_000_000;

/** localStorage, with a way to refuse. */
class FakeLocalStorage {
  rows = new Map();
  refused = false;

  #check() {
    if (this.refused) throw new Error('refused');
  }

  getItem(key) {
    this.#check();
    return this.rows.get(key) ?? null;
  }

  setItem(key, value) {
    this.#check();
    this.rows.set(key, String(value));
  }

  get length() {
    this.#check();
    return this.rows.size;
  }

  key(index) {
    this.#check();
    return [...this.rows.keys()][index] ?? null;
  }

  removeItem(key) {
    this.#check();
    this.rows.delete(key);
  }
}

const TYPES = { wasm: 'application/wasm', sotto: 'application/octet-stream' };

/** A device in front of a folder of files; `locks`: the browser has some, as all have since 2022. */
export function openBrowser(files, { locks = true } = {}) {
  const asked = [];
  const local = new FakeLocalStorage();
  let types = TYPES;
  const missing = new Set();

  globalThis.localStorage = local;
  const layLocks = () => Object.defineProperty(globalThis.navigator, 'locks', {
    value: locks ? openLocks() : undefined, configurable: true,
  });
  layLocks();
  if (storage) {
    globalThis.indexedDB = new storage.IDBFactory();
    for (const name of ['IDBKeyRange', 'IDBFactory']) globalThis[name] = storage[name];
  }
  globalThis.fetch = async (url, { cache } = {}) => {
    const name = new URL(url).pathname.split('/').pop();
    asked.push({ name, cache, url: String(url) });
    if (missing.has('network')) throw new TypeError('no network');
    const bytes = missing.has(name) ? undefined : files.get(name);
    if (!bytes) return new Response('not here', { status: 404 });
    return new Response(bytes, { headers: { 'content-type': types[name.split('.').pop()] ?? '' } });
  };

  return {
    files, asked, missing, local,
    mistype: () => {
      types = {};
    },
    forgetStorage: () => {
      globalThis.indexedDB = new storage.IDBFactory();
    },
    /** Pages that were killed hold none. */
    forgetLocks: layLocks,
    /** What is kept of the shopper in localStorage: all but what they agreed to and took back. */
    kept: () => [...local.rows.keys()].filter((key) => !key.endsWith(' receipts')),
    receipts: (name = 'sotto:garden') => JSON.parse(local.rows.get(`${name} receipts`) ?? '[]').map(([, what]) => what),
    databases: async () => (await indexedDB.databases()).map(({ name }) => name),
    visit: (options) => visit(options),
  };
}

let visits = 0n;

/** Starts Sotto on a page of its own; `told` is what onError heard. */
async function visit(options = {}) {
  const { start } = await import('../../../web/index.js');
  const told = [];
  const seed = ++visits;
  let now = NOW;
  const sotto = await start({
    base: BASE, shop: 'garden', now: () => now, seed: () => seed,
    onError: (error) => told.push(error), ...options,
  });
  return Object.assign(sotto, {
    told,
    codes: () => told.map(({ code, file }) => `${code} ${file}`),
    setNow: (value) => {
      now = value;
    },
    shown: (slot, context) => sotto.decide(slot, context).items.map(({ id }) => id),
  });
}

/** Asks until it holds; the tests of a busy machine must not measure time. */
export async function until(condition) {
  for (const end = Date.now() + 20000; ;) {
    const answer = await condition();
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`never came true: ${condition}`);
    await sleep(5);
  }
}
