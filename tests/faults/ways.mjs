/**
 * ways.mjs - every step of the device's storage failing in every way, in a browser
 *
 * A shopper does something on a page of which one step of IndexedDB fails, or all from one step on
 * (failing.js); the page is left, and the next one, undisturbed, is asked what there is. Each time the
 * device is an origin of its own. Whatever failed:
 *
 *     an event that was tracked is there; what was erased, forgotten or taken back is not; an import was
 *     done or not, as it said; consent is what the shopper said last; the first decision is theirs or a
 *     stranger's; and no page hears of anything but, once, that memory is used
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';

import { rowsLeft } from './killed.mjs';
import { NAME } from './site.mjs';

const NAMES = [
  'UnknownError', 'QuotaExceededError', 'AbortError', 'VersionError', 'SecurityError', 'DataCloneError',
];

/** How a step can fail; failing.js says what each means. */
export const WAYS = [
  ...NAMES, ...NAMES.map((name) => `throws ${name}`), 'never settles', 'blocked', 'never told', 'forced close',
];

/** No way fails what is not done; so the number of steps is counted. */
const NO_FAULT = { way: 'UnknownError', step: 1e9 };
/** Where everything fails: from which step on. */
const FROM = [1, 2, 3];
/** When to give up on a page; no test measures it. */
const PATIENCE_MS = 15000;
const TOLD = /^storage sotto:garden: /;
const STRANGER = [];

/**
 * What shoppers do: what is on the device `before`, and what the page and the next one have `after`. An import
 * that is `refused` leaves what was there. The work itself is in `play`.
 */
const SCENES = {
  arrive: { before: ['rake'], after: ['hoe', 'pot', 'rake'] },
  // While an erase is owed nothing is saved, nor left for the next page.
  erase: { before: ['hoe', 'rake'], after: ['pot'], perhaps: [] },
  withdraw: { before: ['hoe', 'rake'], after: [], consent: 'none' },
  grant: { before: null, after: ['rake'] },
  import: { before: ['rake'], after: ['basil', 'tomato'], refused: ['rake'] },
  forget: { before: ['hoe', 'rake'], after: ['hoe'] },
};

/** Runs in the page: what is on the device when the scene begins, all of it saved. */
async function prepare(before) {
  const { sotto, told } = globalThis;
  await sotto.consent.grant();
  ['basil', 'tomato'].forEach((item) => sotto.track('view', { item }));
  globalThis.exported = JSON.stringify(await sotto.profile.export());
  await sotto.profile.erase();
  before.forEach((item) => sotto.track('view', { item }));
  await sotto.consent.grant();
  return [(await sotto.profile.export()).stored, ...told];
}

/** Runs in the page: the scene, with what may fail in it. */
async function play(scene, { way, step, always }) {
  const { exported, faults, first, sotto, told } = globalThis;
  const track = (item) => sotto.track('view', { item });
  const work = {
    arrive: async () => ['hoe', 'pot'].forEach(track),
    erase: async () => {
      await sotto.profile.erase();
      track('pot');
    },
    withdraw: () => sotto.consent.withdraw(),
    grant: () => {
      track('rake');
      return sotto.consent.grant();
    },
    import: () => sotto.profile.import(exported),
    forget: () => sotto.profile.forgetItem('rake'),
  };
  if (scene !== 'arrive') faults.arm(way, step, always);
  const answer = await faults.finish(work[scene]());
  const { stored, events } = await faults.finish(sotto.profile.export());
  await faults.rest();
  return {
    answer, first, stored, told, steps: faults.steps(), reached: faults.reached(),
    consent: sotto.consent.state, items: events.map(({ item }) => item).sort(),
  };
}

/** Runs in the next page: all that can be asked for, and what lies on the device. */
async function look(name) {
  const { sotto, told } = globalThis;
  const { answer } = await sotto.consent.details();
  const { events } = await sotto.profile.export();
  return {
    consent: sotto.consent.state, agreed: answer === 'granted', told,
    items: events.map(({ item }) => item).sort(),
    left: Object.keys(localStorage).filter((key) => key.startsWith(`${name} left`)).length,
  };
}

/**
 * Plays a scene once. Answers what is wrong, in words, and how many steps there were.
 *
 * @param {object} tab
 * @param {Awaited<ReturnType<typeof import('./site.mjs').openSite>>} site
 * @param {keyof typeof SCENES} scene
 * @param {{ way: string, step: number, always?: boolean }} fault
 */
async function playOnce(tab, site, scene, fault) {
  const { before, after, refused, perhaps, consent = 'remembered' } = SCENES[scene];
  const wrong = [];
  const check = (what, found, ...wanted) => {
    if (wanted.some((one) => isDeepStrictEqual(found, one))) return;
    wrong.push(`${what}: ${JSON.stringify(found)} in place of ${wanted.map((one) => JSON.stringify(one)).join(' or ')}`);
  };
  const place = await site.origin();
  await tab.goto(place.failing());
  if (before) check('before', await tab.evaluate(prepare, before), ['device']);
  if (scene === 'arrive') {
    await tab.goto(site.empty);
    await tab.goto(place.failing(fault));
  }
  const here = await tab.evaluate(play, scene, fault);
  if (scene === 'arrive') check('the first decision', here.first, before, STRANGER);
  check('consent here', here.consent, consent);
  const done = here.answer === false ? refused : after;
  // What memory took over from may be nothing: then this page knows of what happens on it alone.
  const own = here.stored === 'memory' ? done.filter((item) => !before?.includes(item)) : done;
  check('here', here.items, done, own);
  check('told', here.told.filter((one) => !TOLD.test(one)), []);
  check('told once', here.told.length < 2, true);

  await tab.goto(site.empty);
  await tab.goto(place.url());
  // Of an import that reached memory alone, or of one that failed, the device has the old profile or the new one.
  const others = refused && (here.stored !== 'device' || !here.answer) ? [after, refused] : [];
  const choices = [done, perhaps, ...others].filter(Boolean);
  const wanted = choices.map((items) =>
    ({ consent, items, agreed: consent === 'remembered', told: [], left: 0, rows: 0 }));
  let next;
  for (const end = Date.now() + PATIENCE_MS; ; await sleep(15)) {
    next = await tab.evaluate(look, NAME);
    // Without consent what lies there may hold nothing.
    next.rows = consent === 'none' ? (await rowsLeft(tab))?.length ?? 0 : 0;
    if (wanted.some((one) => isDeepStrictEqual(next, one)) || Date.now() > end) break;
  }
  check('the next page', next, ...wanted);
  await tab.goto(site.empty);
  place.close();
  return { wrong, steps: here.steps, reached: here.reached };
}

/**
 * Plays every scene with each of its steps failing in each way; of all that, each `every`th from the
 * `first` on. Answers what is wrong, in words, and how often something failed.
 *
 * @param {Awaited<ReturnType<typeof import('./devices.mjs')['devices'][0]['open']>>} device
 * @param {Awaited<ReturnType<typeof import('./site.mjs').openSite>>} site
 * @param {{ every?: number, first?: number, say?: (text: string) => void }} [options]
 */
export async function failAll(device, site, { every = 1, first = 0, say = () => {} } = {}) {
  const tab = await device.tab(site.empty, { front: true });
  const wrong = [];
  const steps = {};
  let many = 0;
  let reached = 0;
  for (const scene of Object.keys(SCENES)) {
    const dry = await playOnce(tab, site, scene, NO_FAULT);
    wrong.push(...dry.wrong.map((text) => `${scene}, undisturbed: ${text}`));
    steps[scene] = dry.steps;
    const all = WAYS.flatMap((way) => [
      ...Array.from({ length: dry.steps }, (_, i) => ({ way, step: i + 1 })),
      ...FROM.map((step) => ({ way, step, always: true })),
    ]);
    for (const fault of all.filter((_, i) => i % every === first % every)) {
      const where = `${scene}, step ${fault.step}${fault.always ? ' and after' : ''}: ${fault.way}`;
      const began = Date.now();
      try {
        const one = await playOnce(tab, site, scene, fault);
        many++;
        reached += Number(one.reached);
        wrong.push(...one.wrong.map((text) => `${where}: ${text}`));
        say(`${where}: ${one.wrong.join('; ') || 'ok'} ${Date.now() - began}`);
      } catch (error) {
        wrong.push(`${where}: ${error.message}`);
        say(wrong.at(-1));
      }
    }
  }
  return { wrong, many, reached, steps };
}
