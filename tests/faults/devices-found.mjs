/**
 * devices-found.mjs - a page on a device as it was found, in a browser: old, or full of garbage
 *
 * Nothing is cleaned: each device is an origin of its own, on which nothing was before. A deletion would
 * have to wait for the pages of the last one, which may still hold the database. Nor does anything hang on
 * how long a page takes. One that asks for a consent it has, `grant()`, is told when all it knows is
 * saved; and what a page makes of its device is asked for until it is as it should be, since an erase may
 * have to be finished first, and a first look gives up after a second.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';

import { factsOf, golden } from '../web/support/golden.mjs';
import { garbage } from './garbage.mjs';
import { layDevice } from './lay.mjs';
import { NAME } from './site.mjs';

/** What may be said of a device on which something is not as it should be. */
const TELLABLE = /^damaged profile/;
/** An early moment of 2027, by which no device of the past is too old. */
const NOW = 1800003600;
/** When to give up on a page; no test measures it. */
const PATIENCE_MS = 15000;
const NONE = { consent: 'none', events: [], cart: [], purchases: [] };

/** Lays the device out under an origin of its own, and opens the page on it. */
async function openOn(tab, site, device, now_s) {
  const { empty, url } = await site.origin();
  await tab.goto(empty);
  await tab.evaluate(layDevice, device, NAME);
  await tab.goto(url(now_s));
}

/** Everything the page knows, with all that can be asked for. */
const look = async () => {
  const details = await sotto.consent.details();
  const receipts = await sotto.consent.receipts();
  const all = await sotto.profile.export();
  return {
    ...all, consent: sotto.consent.state, agreed: details?.answer === 'granted',
    whole: sotto.ready && Boolean(details && receipts), told: [...told],
  };
};

/** The same, once the page has what it should, or did not come to it in time. */
async function lookFor(tab, wanted) {
  for (const end = Date.now() + PATIENCE_MS; ; await sleep(15)) {
    const seen = await tab.evaluate(look);
    if (isDeepStrictEqual(factsOf(seen), wanted) || Date.now() > end) return seen;
  }
}

/** Has the page take in an event, and waits until it is saved. */
const goOn = async () => {
  await sotto.consent.grant();
  sotto.track('view', { item: 'basil' });
  await sotto.consent.grant();
  const all = await sotto.profile.export();
  return { ...all, consent: sotto.consent.state, told: [...told] };
};

const leftAfterWithdrawal = async () => {
  await sotto.consent.withdraw();
  const local = Object.keys(localStorage).filter((key) => !key.endsWith(' receipts'));
  return { consent: sotto.consent.state, databases: (await indexedDB.databases()).length, local, told: [...told] };
};

/** What the device holds once the shopper has agreed, and looked at basil. */
const withBasil = (holds) =>
  ({ ...holds, consent: 'remembered', events: [['view', 'basil', 1], ...holds.events] });

/** Collects what is not as it should be, in words. */
function openList(name) {
  const wrong = [];
  return {
    wrong,
    check(what, found, ...wanted) {
      if (wanted.some((one) => isDeepStrictEqual(found, one))) return;
      wrong.push(`${name}: ${what}: ${JSON.stringify(found)} in place of ${wanted.map((one) => JSON.stringify(one)).join(' or ')}`);
    },
  };
}

/**
 * A device of a past version: what it holds must be there, and be gone on from, be it saved or left by the
 * page before.
 */
async function findOld(tab, site, { file, now_s, local, rows, holds }) {
  const { wrong, check } = openList(file);
  await openOn(tab, site, { local, rows: rows.length > 0 ? rows : null }, now_s);
  check('at first', factsOf(await lookFor(tab, holds)), holds);
  if (holds.consent === 'remembered') {
    await tab.evaluate(() => sotto.track('view', { item: 'basil' }));
    await tab.reload();
    // What the page that was left did not save, this one saves, sealed.
    const after = await tab.evaluate(async () => {
      await sotto.consent.grant();
      const all = await sotto.profile.export();
      return { ...all, consent: sotto.consent.state };
    });
    check('gone on', factsOf(after), withBasil(holds));
    check('encrypted', after.encrypted, true);
  }
  check('told', await tab.evaluate(() => told), []);
  return wrong;
}

/** A device full of garbage: `holds` is what the page can make of it, `lies` what is there for a new yes. */
async function findGarbage(tab, site, name, { holds, lies, ...device }) {
  const { wrong, check } = openList(name);
  await openOn(tab, site, device, NOW);
  const first = await lookFor(tab, holds);
  check('at first', factsOf(first), holds);
  check('a yes', first.agreed, holds.consent === 'remembered');
  check('all can be asked for', first.whole, true);
  const then = await tab.evaluate(goOn);
  check('gone on', factsOf(then), withBasil(holds), withBasil(lies));
  check('kept', [then.stored, then.encrypted], ['device', true]);
  check('told', then.told.filter((one) => !TELLABLE.test(one)), []);
  check('told of damage', then.told.length < 2, true);

  await tab.reload();
  const next = await lookFor(tab, factsOf(then));
  check('the next page', factsOf(next), factsOf(then));
  check('the next page is told', next.told, []);
  const gone = { consent: 'none', databases: 0, local: [], told: [] };
  check('withdrawn', await tab.evaluate(leftAfterWithdrawal), gone);

  await tab.reload();
  const last = await tab.evaluate(look);
  check('the page after that', factsOf(last), NONE);
  check('a yes that came back', last.agreed, false);
  check('the page after that is told', last.told, []);
  return wrong;
}

/**
 * Has a browser find all the old devices, and of the garbage each `every`th, from the `first` on. Answers
 * what is wrong, in words, and how many were full of garbage.
 *
 * @param {Awaited<ReturnType<typeof import('./devices.mjs')['devices'][0]['open']>>} device
 * @param {Awaited<ReturnType<typeof import('./site.mjs').openSite>>} site
 * @param {{ engine: string, seed: number, every?: number, first?: number }} options
 */
export async function findAll(device, site, { engine, seed, every = 1, first = 0 }) {
  const tab = await device.tab(site.empty);
  const pieces = Object.entries(garbage(seed, engine)).filter((_, i) => i % every === first % every);
  const all = [
    ...golden().map((one) => [one.file, () => findOld(tab, site, one)]),
    ...pieces.map(([what, one]) => [what, () => findGarbage(tab, site, what, one)]),
  ];
  const wrong = [];
  for (const [what, find] of all) {
    // One that breaks off does not keep the next from being found.
    wrong.push(...await find().catch((error) => [`${what}: ${error.message}`]));
  }
  return { wrong, many: pieces.length };
}
