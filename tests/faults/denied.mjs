/**
 * denied.mjs - browsers that keep nothing, or no more: private windows, storage refused, a full disk
 *
 *     private    all works as long as the private session lasts, and nothing is there in the next
 *     refused    by the browser's own setting, and in a sandbox: the page goes on in memory, is told so
 *                once, and the consent goes with it
 *     full       what was saved stays, what is new is in memory, told once; an erase and a withdrawal are
 *                done all the same
 *
 * Each answers what is wrong, in words.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';

import { rowsLeft } from './killed.mjs';
import { NAME } from './site.mjs';

/** When to give up on a page; no test measures it. */
const PATIENCE_MS = 15000;
/** So little that it is soon full. */
const LITTLE = 4 << 20;
const TOLD = /^storage sotto:garden: /;

function openList(name) {
  const wrong = [];
  return {
    wrong,
    check(what, found, wanted) {
      if (isDeepStrictEqual(found, wanted)) return;
      wrong.push(`${name}: ${what}: ${JSON.stringify(found)} in place of ${JSON.stringify(wanted)}`);
    },
  };
}

/** Runs in the page: all that can be asked for. */
const look = async () => {
  const { sotto, told } = globalThis;
  const { answer } = await sotto.consent.details();
  const { events, stored, encrypted, consent } = await sotto.profile.export();
  return { consent, answer, stored, encrypted, told, items: events.map(({ item }) => item).sort() };
};
const lookOf = (tab, ...names) => tab.evaluate(look)
  .then((seen) => Object.fromEntries(names.map((name) => [name, seen[name]])));

/** The same, once the page has what it should, or did not come to it in time. */
async function lookFor(tab, wanted) {
  for (const end = Date.now() + PATIENCE_MS; ; await sleep(15)) {
    const seen = await lookOf(tab, ...Object.keys(wanted));
    if (isDeepStrictEqual(seen, wanted) || Date.now() > end) return seen;
  }
}

/** Runs in the page: says yes, looks at something, and waits until that is saved or cannot be. */
async function agreeAndView(item) {
  const { sotto } = globalThis;
  await sotto.consent.grant();
  sotto.track('view', { item });
  await sotto.consent.grant();
}

/** The rows of the database as they lie there: sealed ones, and bare ones. */
const rowsAsTheyLie = (tab) => tab.evaluate(async (name) => {
  const done = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const database = await done(indexedDB.open(name));
  const rows = await done(database.transaction('profile').objectStore('profile').getAll());
  database.close();
  return rows.map((row) => (row.key ? 'sealed' : 'bare'));
}, NAME);

/** What is on the device, of which a private session knows nothing. */
const NOTHING = { consent: 'none', answer: 'unasked', items: [], told: [] };

/**
 * Private windows that say Global Privacy Control for their shopper, as Firefox's do: the answer is no.
 *
 * @param {object} device opened with `private`
 * @param {Awaited<ReturnType<typeof import('./site.mjs').openSite>>} site
 */
async function playOpposed(device, site) {
  const { wrong, check } = openList('private, with GPC');
  const tab = await device.tab(site.url());
  await tab.evaluate(agreeAndView, 'rake');
  const no = { consent: 'none', answer: 'refused', stored: 'nowhere' };
  check('a yes', await lookFor(tab, no), no);
  const left = await tab.evaluate(async () => [(await indexedDB.databases()).length, localStorage.length]);
  check('nothing lies there', left, [0, 0]);
  const { told } = await lookOf(tab, 'told');
  check('told', told.filter((one) => !/^invalid consent: .*Global Privacy Control/.test(one)), []);
  await tab.close();
  return { wrong };
}

/**
 * Private windows. Answers, too, how the profile is kept there.
 *
 * @param {object} device opened with `private`
 * @param {Awaited<ReturnType<typeof import('./site.mjs').openSite>>} site
 */
async function playPrivate(device, site) {
  const { wrong, check } = openList('private');
  let tab = await device.tab(site.url());
  check('at first', await lookFor(tab, NOTHING), NOTHING);
  await tab.evaluate(agreeAndView, 'rake');
  await tab.reload();
  const wanted = { consent: 'remembered', answer: 'granted', items: ['rake'], told: [] };
  check('the next page of the session', await lookFor(tab, wanted), wanted);
  const { stored, encrypted } = await lookOf(tab, 'stored', 'encrypted');
  check('as it says', [stored, [...new Set(await rowsAsTheyLie(tab))]], ['device', [encrypted ? 'sealed' : 'bare']]);

  await device.forget();
  tab = await device.tab(site.url());
  check('the next session', await lookFor(tab, NOTHING), NOTHING);
  const left = await tab.evaluate(async () => [(await indexedDB.databases()).length, localStorage.length]);
  check('nothing lies there', left, [0, 0]);
  // As on any device.
  await tab.evaluate(agreeAndView, 'hoe');
  await tab.evaluate(() => sotto.consent.withdraw());
  await tab.reload();
  const gone = { ...NOTHING, answer: 'refused' };
  check('withdrawn', await lookFor(tab, gone), gone);
  check('rows', await rowsLeft(tab) ?? [], []);
  await tab.close();
  return { wrong, stored, encrypted };
}

/** Runs in the page: what the browser says to whoever asks for storage. */
async function refusals() {
  const ask = async (work) => {
    try {
      return String(await work());
    } catch (error) {
      return error.name;
    }
  };
  return {
    localStorage: await ask(() => localStorage.length),
    indexedDB: await ask(() => new Promise((resolve, reject) => {
      const request = indexedDB.open('asked');
      request.onsuccess = () => resolve('opened');
      request.onerror = () => reject(request.error);
    })),
  };
}

/**
 * Storage refused, for the page under that address. Answers, too, what the browser says.
 *
 * @param {object} device
 * @param {string} url
 */
async function playRefused(device, url) {
  const { wrong, check } = openList('refused');
  const tab = await device.tab(url);
  const says = await tab.evaluate(refusals);
  check('it is refused', Object.values(says).filter((one) => !/Error$/.test(one)), []);
  check('at first', await lookFor(tab, NOTHING), NOTHING);
  for (const last of ['yes', 'erased', 'withdrawn']) {
    await tab.evaluate(agreeAndView, 'rake');
    const here = { consent: 'remembered', answer: 'granted', stored: 'memory', encrypted: false, items: ['rake'] };
    check('here', await lookFor(tab, here), here);
    const shown = await tab.evaluate(() => sotto.decide('recent').items.map(({ id }) => id));
    check('a decision is the shopper’s', shown, ['rake']);
    if (last === 'erased') {
      await tab.evaluate(() => sotto.profile.erase());
      check(last, await lookOf(tab, 'consent', 'items'), { consent: 'remembered', items: [] });
    }
    if (last === 'withdrawn') {
      await tab.evaluate(() => sotto.consent.withdraw());
      check(last, await lookOf(tab, 'consent', 'items', 'answer'), { consent: 'none', items: [], answer: 'refused' });
    }
    const { told } = await lookOf(tab, 'told');
    check('told once', [told.length, told.filter((one) => !TOLD.test(one))], [1, []]);
    await tab.reload();
    check(`after ${last}, the next page`, await lookFor(tab, NOTHING), NOTHING);
  }
  await tab.close();
  return { wrong, says };
}

/** Runs in the page: fills what the browser has for this origin, to the last bytes. */
async function fillUp({ database, local }) {
  const said = [];
  /** Each time with a connection of its own: Firefox closes the one that had no room. */
  const add = (bytes) => new Promise((resolve, reject) => {
    const opening = indexedDB.open('filler');
    opening.onupgradeneeded = () => opening.result.createObjectStore('rows', { autoIncrement: true });
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const transaction = opening.result.transaction('rows', 'readwrite');
      transaction.oncomplete = () => resolve(true);
      transaction.onabort = () => reject(transaction.error);
      transaction.objectStore('rows').add(bytes);
      opening.result.close();
    };
  });
  const tried = (error) => {
    said.push(error?.name);
    return false;
  };
  for (let size = database ? 1 << 20 : 0; size > 128; size >>= 2) {
    const bytes = new Uint8Array(size);
    for (let at = 0; at < size; at += 65536) crypto.getRandomValues(bytes.subarray(at, at + 65536));
    for (let many = 0; many < 64 && await add(bytes).catch(tried);) many++;
  }
  for (let size = local ? 1 << 22 : 0; size > 0; size >>= 1) {
    try {
      localStorage.setItem(`filler ${size}`, 'x'.repeat(size));
    } catch (error) {
      tried(error);
    }
  }
  return [...new Set(said)];
}

/** Runs in the page: there is room again. */
async function freeUp() {
  Object.keys(localStorage).filter((key) => key.startsWith('filler')).forEach((key) => localStorage.removeItem(key));
  await new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase('filler');
    request.onsuccess = resolve;
    request.onerror = () => reject(request.error);
  });
}

/**
 * A full disk: the database's, localStorage's or both. Answers, too, what the browser says to whoever fills it.
 *
 * @param {object} device
 * @param {Awaited<ReturnType<typeof import('./site.mjs').openSite>>} site
 * @param {{ engine: string, database: boolean, local: boolean }} what
 */
async function playFull(device, site, { engine, database, local }) {
  const { wrong, check } = openList(['full:', database && 'IndexedDB', local && 'localStorage'].filter(Boolean).join(' '));
  const says = new Set();
  for (const last of ['erase', 'withdraw']) {
    const place = await site.origin();
    const tab = await device.tab(place.empty);
    // Chromium remembers for a while how much an origin that has a database may keep.
    if (database) await device.limit?.(place.base, LITTLE);
    await tab.goto(place.url());
    await tab.evaluate(agreeAndView, 'rake');
    // WebKit has no limit that a test could set or reach: there the page's adding fails, as in ways.mjs.
    const fills = { database: database && engine !== 'webkit', local };
    await tab.goto(place.empty);
    for (const one of await tab.evaluate(fillUp, fills)) says.add(one);
    const cannotAdd = { way: 'QuotaExceededError', step: 1, always: true, only: 'add' };
    await tab.goto(database && engine === 'webkit' ? place.failing(cannotAdd) : place.url());

    await tab.evaluate(agreeAndView, 'hoe');
    const here = { consent: 'remembered', items: ['hoe', 'rake'], stored: database ? 'memory' : 'device' };
    check('here', await lookFor(tab, here), here);
    const { told } = await lookOf(tab, 'told');
    check('told', [told.length, told.filter((one) => !TOLD.test(one))], [database ? 1 : 0, []]);

    // Still full; what could not be saved was left, where there was room for it.
    await tab.goto(place.empty);
    await tab.goto(place.url());
    const { items } = await lookOf(tab, 'items');
    check('what was saved is there', items.includes('rake'), true);
    await tab.evaluate((what) => (what === 'erase' ? sotto.profile.erase() : sotto.consent.withdraw()), last);
    check(`${last}, here`, await lookOf(tab, 'items'), { items: [] });
    const heard = (await lookOf(tab, 'told')).told;
    check('told once', [heard.length < 2, heard.filter((one) => !TOLD.test(one))], [true, []]);

    const after = { consent: last === 'erase' ? 'remembered' : 'none', items: [] };
    for (const when of ['the next page', 'the next page that has room']) {
      await tab.goto(place.empty);
      if (when !== 'the next page') await tab.evaluate(freeUp);
      await tab.goto(place.url());
      check(`${last}, ${when}`, await lookFor(tab, after), after);
    }
    const rows = await rowsLeft(tab) ?? [];
    check(`${last}: rows`, last === 'erase' ? rows.length < 2 : rows.length === 0, true);
    await tab.close();
    place.close();
  }
  return { wrong, says: [...says] };
}

const full = (database, local) => (device, site, engine) => playFull(device, site, { engine, database, local });

/** All of them: how the browser is opened, what is played, and why an engine cannot. */
export const DENIALS = [
  { name: 'private windows', how: { private: true }, play: playPrivate },
  {
    name: 'private windows that send Global Privacy Control', how: { private: true, opposed: true }, play: playOpposed,
    not: { chromium: 'its private windows send none', webkit: 'its private windows send none' },
  },
  {
    name: 'storage refused by a setting', how: { refused: true },
    play: (device, site) => playRefused(device, site.url()),
    not: { webkit: 'WebKitGTK has no setting that refuses storage; the sandbox refuses it' },
  },
  { name: 'storage refused in a sandbox', how: {}, play: (device, site) => playRefused(device, site.sandboxed) },
  { name: 'IndexedDB full', how: { little: true }, play: full(true, false) },
  { name: 'localStorage full', how: { little: true }, play: full(false, true) },
  { name: 'both full', how: { little: true }, play: full(true, true) },
];
