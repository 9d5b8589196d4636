/**
 * devices-found.mjs - a page on a device as it was found, in a browser: old, or full of garbage
 */
import { factsOf } from '../web/support/golden.mjs';
import { clearDevice, layDevice } from './lay.mjs';
import { NAME } from './site.mjs';

/** What may be said of a device on which something is not as it should be. */
const TELLABLE = /^damaged profile/;

/** Lays the device out, and opens the page on it. */
async function openOn(tab, site, device, now_s) {
  await tab.goto(site.empty);
  await tab.evaluate(clearDevice, NAME);
  await tab.evaluate(layDevice, device, NAME);
  await tab.goto(site.url(now_s));
}

const exported = async () => ({ ...await sotto.profile.export(), consent: sotto.consent.state });

/**
 * A device of a past version: what it holds must be there, and be gone on from.
 *
 * @returns {Promise<string[]>} what is wrong, in words
 */
export async function findOld(tab, site, { file, now_s, local, rows, holds }) {
  const wrong = [];
  const same = (found, wanted, what) => {
    if (JSON.stringify(found) !== JSON.stringify(wanted)) {
      wrong.push(`${file}: ${what}: ${JSON.stringify(found)} in place of ${JSON.stringify(wanted)}`);
    }
  };
  await openOn(tab, site, { local, rows: rows.length > 0 ? rows : null }, now_s);
  same(factsOf(await tab.evaluate(exported)), holds, 'at first');
  if (holds.consent === 'remembered') {
    await tab.evaluate(() => sotto.track('view', { item: 'basil' }));
    await tab.reload();
    // What the page that was left did not save, the next one saves, sealed.
    const after = await tab.waitFor(async () => {
      const all = await sotto.profile.export();
      return all.events[0]?.item === 'basil' && all.encrypted
        && { ...all, consent: sotto.consent.state };
    });
    same(factsOf(after), { ...holds, events: [['view', 'basil', 1], ...holds.events] }, 'gone on');
  }
  same(await tab.evaluate(() => told), [], 'told');
  return wrong;
}

/** A device full of garbage. The answer is the same. */
export async function findGarbage(tab, site, name, device, now_s) {
  const wrong = [];
  await openOn(tab, site, device, now_s);
  const outcome = await tab.evaluate(async () => {
    const before = sotto.consent.state;
    const details = await sotto.consent.details();
    const receipts = await sotto.consent.receipts();
    const first = await sotto.profile.export();
    await sotto.consent.grant();
    sotto.track('view', { item: 'basil' });
    const then = await sotto.profile.export();
    return {
      before, known: Boolean(details && receipts && first), ready: sotto.ready, state: sotto.consent.state,
      latest: then?.events[0]?.item, stored: then?.stored, told: [...told],
    };
  });
  const { known, ready, state, latest, stored, told } = outcome;
  if (!known || !ready || state !== 'remembered' || latest !== 'basil' || stored !== 'device'
    || told.length > 1 || told.some((one) => !TELLABLE.test(one))) {
    wrong.push(`${name}: ${JSON.stringify(outcome)}`);
  }
  // What was found is there until what came after it has been saved.
  await tab.waitFor(async () => (await sotto.profile.export()).encrypted);
  await tab.reload();
  const next = await tab.evaluate(async () => ({
    state: sotto.consent.state, latest: (await sotto.profile.export()).events[0]?.item, told: [...told],
  }));
  if (next.state !== 'remembered' || next.latest !== 'basil' || next.told.length > 0) {
    wrong.push(`${name}, the next page: ${JSON.stringify(next)}`);
  }
  const left = await tab.evaluate(async () => {
    await sotto.consent.withdraw();
    return [sotto.consent.state, (await indexedDB.databases()).length, told.length,
      Object.keys(localStorage).filter((key) => !key.endsWith(' receipts')).length].join();
  });
  if (left !== 'none,0,0,0') wrong.push(`${name}, withdrawn: ${left}`);
  return wrong;
}
