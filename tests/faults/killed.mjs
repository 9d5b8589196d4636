/**
 * killed.mjs - the browser killed while a page saves, and what the next page finds
 *
 * A page does one thing after the other, as fast as it is saved, and tells of each step in the
 * console; at a moment that chance picks every process of the browser is killed. Then the browser is
 * started again on the same folder. A few milliseconds are hard to hit, so half of the pages come to a
 * standstill by themselves, right after they asked something of the device: the first thing after what
 * is to be looked at began, or the second, and so on. Some stand still for so long that what
 * localStorage holds by then is on the disk as well, which takes Chromium five seconds.
 *
 * What is done can be read off the profile. Each event is a purchase whose quantity counts up from 1
 * within a life; an erase begins the next life, and lives take turns between two sets of products. So a
 * whole profile has the quantities 1, 2, 3, ... without a gap, all of one set, and as many purchases
 * of each product as events of it. A mix of two profiles has not.
 */
import { readProfile } from '../reference/profile.mjs';
import { hash } from '../reference/xxhash64.mjs';
import { randomFrom } from '../silence/random.mjs';
import { NAME } from './site.mjs';

const SETS = [['spade', 'rake', 'hoe'], ['tomato', 'basil', 'pot']];
const setOf = new Map(SETS.flatMap((items, set) =>
  items.map((item) => [hash(item).toString(16).padStart(16, '0'), set])));
/** Longer than any save under load takes, shorter than what the browser itself puts off. */
const LATEST_MS = 400;
/** More than an erase and what follows it ask of the device. */
const MOST_STEPS = 14;
/** What they take at least. */
const STEPS_MS = 100;
/** When localStorage is on the disk. */
const WRITTEN_MS = 6000;
/** How often each is killed. */
const SCENES = ['save', 'save', 'save', 'erase', 'erase', 'withdraw', 'withdraw', 'grant'];

/**
 * What runs in the page, until the end.
 *
 * @param {string} scene
 * @param {number} at which event
 * @param {number} stop before which answer of the device it stands still; 0: it does not
 */
async function work(scene, at, stop, sets, life) {
  const say = (what, ...more) => console.log('faults', what, ...more);
  const { add } = IDBObjectStore.prototype;
  let rows = 0;
  let saves = 0;
  IDBObjectStore.prototype.add = function told(row, ...key) {
    const request = add.call(this, row, ...key);
    const number = ++rows;
    const block = row.data && crypto.subtle.decrypt(row.how, row.key, row.data);
    this.transaction.addEventListener('complete', async () => {
      if (request.error) return;
      const bytes = new Uint8Array(await (block ?? row));
      if (bytes.length === 0) return;
      say('saved', number, btoa(String.fromCharCode(...bytes.subarray(0, 7744))));
      saves++;
    });
    return request;
  };
  let many = (await sotto.profile.export()).events.length;
  const step = async () => {
    const items = sets[life % sets.length];
    sotto.track('purchase', { item: items[many % items.length], quantity: ++many });
    await new Promise((done) => requestIdleCallback(done, { timeout: 5 }));
  };
  for (let i = 0; i < at; i++) await step();
  while (stop && saves === 0) await step();
  say('begin', scene);
  // That has to be heard first.
  await new Promise((done) => setTimeout(done, 20));
  let asked = 0;
  for (const [kind, name] of [[IDBFactory, 'open'], [IDBFactory, 'deleteDatabase'], [IDBTransaction, 'commit']]) {
    const { [name]: real } = kind.prototype;
    kind.prototype[name] = function stopping(...about) {
      const answer = real.apply(this, about);
      if (++asked === stop) for (const end = Date.now() + 20000; Date.now() < end;);
      return answer;
    };
  }
  if (scene === 'erase') {
    life++;
    many = 0;
    await sotto.profile.erase();
    say('done', scene);
  }
  if (scene === 'withdraw' || scene === 'grant') {
    await sotto.consent.withdraw();
    say('done', 'withdraw');
    if (scene === 'withdraw') return;
    life++;
    many = 0;
    // Killed from here on there may be a yes again: the shopper's last word.
    await sotto.consent.grant();
  }
  while (many < 250) await step();
}

/**
 * Reads a profile and the life it is of. Throws if it is not a whole one.
 *
 * @param {Uint8Array} block
 */
export function lifeIn(block) {
  const problems = [];
  const { events, purchases } = readProfile(block, problems);
  const wrong = (what) => new Error(`not a whole profile: ${what}: `
    + JSON.stringify(events.map(({ item, quantity }) => [setOf.get(item), quantity])));
  if (problems.length > 0) throw wrong(problems);
  const set = setOf.get(events[0]?.item);
  const inOrder = events.map(({ quantity }) => quantity).sort((a, b) => a - b);
  if (inOrder.some((quantity, i) => quantity !== i + 1)) throw wrong('a gap');
  if (events.some(({ item }) => setOf.get(item) !== set)) throw wrong('two lives');
  for (const { item, times, quantity } of purchases) {
    const of = events.filter((event) => event.item === item);
    if (of.length !== times) throw wrong(`${times} purchases of ${of.length}`);
    if (of.reduce((sum, event) => sum + event.quantity, 0) !== quantity) throw wrong('another sum');
  }
  if (purchases.reduce((sum, { times }) => sum + times, 0) !== events.length) throw wrong('purchases');
  return { set, count: events.length };
}

/** What a page that was opened anew has, by its own export. */
async function lookAgain(tab) {
  const seen = await tab.evaluate(async (name) => {
    const { block, stored } = await sotto.profile.export();
    const record = localStorage.getItem(name);
    // Until it has the device to itself, a page that meets half an erase has nothing, and says so.
    const answer = async () => (await sotto.consent.details()).answer;
    for (const end = Date.now() + 5000; Date.now() < end;) {
      if (sotto.consent.state !== 'none' || await answer() !== 'granted') break;
      await new Promise((done) => setTimeout(done, 10));
    }
    return { state: sotto.consent.state, block, stored, told, record };
  }, NAME);
  const block = seen.block ? Uint8Array.from(Buffer.from(seen.block, 'base64')) : null;
  return { ...seen, block, life: block && lifeIn(block) };
}

/** The rows that lie on the device and hold something; undefined if there is no database. */
export const rowsLeft = (tab) => tab.evaluate(async (name) => {
  const done = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const opening = indexedDB.open(name);
  // Where there is none, none is made. (Firefox does not list databases where there is no room left.)
  opening.onupgradeneeded = () => opening.transaction.abort();
  const database = await done(opening).catch(() => null);
  if (!database) return undefined;
  const rows = await done(database.transaction('profile').objectStore('profile').getAll());
  database.close();
  const left = [];
  for (const row of rows) {
    const bytes = new Uint8Array(row.data ? await crypto.subtle.decrypt(row.how, row.key, row.data) : row);
    if (bytes.length > 0) left.push(btoa(String.fromCharCode(...bytes.subarray(0, 7744))));
  }
  return left;
}, NAME);

/** The databases of this origin besides the profile's: an erase that is not finished marks itself by one. */
const othersLeft = (tab) => tab.evaluate(async (name) =>
  (await indexedDB.databases()).map((one) => one.name).filter((one) => one !== name), NAME);

/** The browser has what it keeps on its disk when it has ended by itself. */
async function settle(device, site) {
  const tab = await device.tab(site.url());
  await tab.evaluate(async () => {
    await sotto.consent.grant();
    await sotto.profile.erase();
  });
  await tab.goto(site.empty);
  await device.quit();
  await device.start();
}

/**
 * Kills the browser once. Answers what was found, for the count; throws what must not be.
 *
 * @param {Awaited<ReturnType<typeof import('./devices.mjs').openDevice>>} device
 * @param {Awaited<ReturnType<typeof import('./site.mjs').openSite>>} site
 * @param {number} seed
 */
export async function killOnce(device, site, seed) {
  const random = randomFrom(seed);
  const scene = random.pick(SCENES);
  const at = random.between(1, 60);
  const soon_ms = random.below(LATEST_MS);
  const stop = random.chance(0.5) ? random.between(1, MOST_STEPS) : 0;
  const wait_ms = stop && random.chance(0.2) ? WRITTEN_MS : soon_ms + (stop && STEPS_MS);
  await settle(device, site);
  const tab = await device.tab(site.url());
  tab.evaluate(`void (${work})(${[scene, at, stop, SETS, 0].map((one) => JSON.stringify(one))})`).catch(() => {});
  const has = (what) => tab.heard.some((text) => text.startsWith(`faults ${what}`));
  await tab.waitFor(() => true);
  for (const end = Date.now() + 20000; !has('begin') && Date.now() < end;) await pause(1);
  if (!has('begin')) throw new Error(`the page did not get there: ${tab.heard.slice(-3)}`);
  await pause(wait_ms);
  await device.kill();

  const said = tab.heard.filter((text) => text.startsWith('faults ')).map((text) => text.split(' ').slice(1));
  const saved = said.filter(([what]) => what === 'saved')
    .map(([, number, text]) => ({ number: Number(number), block: Buffer.from(text, 'base64') }))
    .sort((a, b) => a.number - b.number);
  const done = has('done');
  const where = `seed ${seed}: ${scene} after ${at} events${stop ? `, up to step ${stop}` : ''}${done ? ', which was done' : ''}`;
  const fail = (what) => {
    throw new Error(`${where}: ${what}`);
  };

  await device.start();
  const next = await device.tab(site.url());
  const found = await lookAgain(next);
  if (found.told.length > 0) fail(`the page hears ${found.told}`);
  const lastSaved = saved.length > 0 ? lifeIn(saved.at(-1).block) : null;
  const { state, life } = found;

  if (scene === 'save' || scene === 'erase') {
    if (state !== 'remembered') fail(`consent is ${state}`);
  } else if (scene === 'withdraw' && done && state !== 'none') fail('consent came back');
  if (state === 'none') {
    if (life) fail('a profile without consent');
  } else if (life?.count > 0) {
    if (life.set !== 0 && (scene === 'save' || scene === 'withdraw')) fail('a life that was not begun');
    if (life.set === 0 && done) fail(`what was erased is back: ${life.count} events`);
  }
  // What was saved for sure is there, unless it was erased since.
  const old = lastSaved && state === 'remembered'
    && (scene === 'save' || lastSaved.set === 1) && (life?.set !== lastSaved.set || life.count < lastSaved.count);
  if (old) fail(`${lastSaved.count} events were saved, ${life?.count} are there`);
  // Half an erase is finished by now: nothing lies about that no page would read.
  for (const end = Date.now() + 5000; ; await pause(20)) {
    const rows = await rowsLeft(next);
    // A row that was not swept away any more goes with the next save; it is of this life, or of none yet.
    const lives = rows?.map((row) => lifeIn(Buffer.from(row, 'base64')))
      .filter(({ count }) => count > 0).map(({ set }) => set) ?? [];
    const others = await othersLeft(next);
    const whole = state === 'none' ? !rows : rows && lives.every((set) => set === life?.set);
    if (whole && others.length === 0) break;
    if (Date.now() > end) fail(`rows of the lives ${lives} and ${others} are left, consent is ${state}`);
  }
  await next.goto(site.empty);
  return { scene, done, state, saves: saved.length };
}

const pause = (ms) => new Promise((resolve) => {
  setTimeout(resolve, ms);
});
