/**
 * tabs.mjs - two to eight tabs of one shopper, doing at random what shoppers do, at the same time
 *
 * Half of what takes its time is not waited for before the next tab does something. Now and then all
 * come to rest; then oracle.mjs has its say, and all tabs must show the same.
 */
import { setTimeout as sleep } from 'node:timers/promises';

import { hash } from '../reference/xxhash64.mjs';
import { randomFrom } from '../silence/random.mjs';
import { consentAfter, fateOf, SETTLED } from './oracle.mjs';

const MOST_TABS = 8;
/** Things under way at the same time. */
const MOST_UNDERWAY = 4;
/** A profile has room for 256 events. */
const ROOM = 200;
/** From one rest to the next. */
const SPELL = 25;
/** As long as a tab is given to hear what another did. */
const HEARS_MS = 400;
const PATIENCE_MS = 30000;
/** The same where a device did not answer: the store leaves it alone for a while, and then for longer. */
const REST_MS = 60000;

/** What chance does, of a hundred. */
const TURNS = [
  ['track', 63], ['open', 7], ['close', 4], ['reload', 9], ['look', 4], ['forget', 4], ['export', 3],
  ['import', 1], ['erase', 2], ['withdraw', 1], ['grant', 2],
];

/** As an export names what the shop does not have. */
const nameOf = (id) => `hash:${hash(id).toString(16).padStart(16, '0')}`;

/**
 * Plays that many turns. Throws an error that names the seed if something does not hold; answers what
 * was done how often.
 *
 * @param {object} device
 * @param {Awaited<ReturnType<typeof import('./site.mjs').openSite>>} site
 * @param {{ seed: number, turns: number, say?: (text: string) => void }} how
 */
export async function playTabs(device, site, { seed, turns, say = () => {} }) {
  const random = randomFrom(seed);
  const counts = Object.fromEntries(TURNS.map(([what]) => [what, 0]));
  let clock = 0;
  let named = 0;
  let tabs = [];
  /** Tracked since the last rest, and what was there then. */
  let events = [];
  let all = [];
  let gone = new Set();
  let texts = [];
  let consent = 'none';
  let turnedAt_ms = 0;
  let underway = new Set();
  let history = [];
  const judged = { must: 0, not: 0, may: 0 };

  async function open() {
    const tab = await device.tab(site.url());
    tabs.push(Object.assign(tab, { number: ++named, busy: Promise.resolve(), talks: new Set() }));
    return tab;
  }

  /** Does something that takes its time, and writes it down. */
  async function act(tab, what, code, args = [], more = {}) {
    const done = { what, tab: tab.number, from: ++clock, to: Infinity, ok: false, ids: new Set(), ...more };
    all.push(done);
    const [agreed, answer] = await tab.evaluate(`(async () => {
      const agreed = sotto.consent.state !== 'none';
      return [agreed, await (${code})(${args.map((one) => JSON.stringify(one))})];
    })()`);
    Object.assign(done, { agreed, ok: answer !== false, to: ++clock });
    if (what !== 'forget') turnedAt_ms = Date.now();
  }

  const steps = {
    async track(tab) {
      const id = `m${seed}-${++named}`;
      const event = { id, name: nameOf(id), tab: tab.number, from: ++clock };
      const calm = all.every((one) => one.what === 'forget' || one.to < Infinity)
        && Date.now() - turnedAt_ms > HEARS_MS;
      events.push(Object.assign(event, { to: Infinity, certain: false, agreed: false }));
      const state = await tab.evaluate((item) => {
        const before = sotto.consent.state;
        sotto.track('view', { item });
        return before;
      }, id);
      Object.assign(event, { to: ++clock, agreed: state !== 'none', certain: calm && state === 'remembered' });
    },
    open: async () => (tabs.length < MOST_TABS ? open() : undefined),
    async close(tab) {
      if (tabs.length <= 2) return;
      tabs = tabs.filter((one) => one !== tab);
      await tab.close();
    },
    reload: (tab) => tab.reload(),
    look: (tab) => tab.evaluate(LOOK),
    async forget(tab) {
      const mine = events.filter(({ tab: of }) => of === tab.number || of === SETTLED);
      if (mine.length === 0) return;
      const { id, name } = random.pick(mine);
      await act(tab, 'forget', '(name) => sotto.profile.forgetItem(name)', [name], { id });
    },
    async export(tab) {
      const text = await tab.evaluate('sotto.profile.export().then((all) => JSON.stringify(all))');
      const { block, events: there } = JSON.parse(text);
      if (block) texts = [...texts, { text, names: there.map(({ item }) => item) }].slice(-4);
    },
    async import(tab) {
      if (texts.length === 0) return;
      const { text, names } = random.pick(texts);
      const ids = new Set(names);
      await act(tab, 'import', '(text) => sotto.profile.import(text)', [text], { ids });
    },
    erase: (tab) => act(tab, 'erase', '() => sotto.profile.erase()'),
    withdraw: (tab) => act(tab, 'withdraw', '() => sotto.consent.withdraw()'),
    grant: (tab) => act(tab, 'grant', '() => sotto.consent.grant()'),
  };

  /** What every tab shows. */
  const shown = () => Promise.all(tabs.map((tab) => tab.evaluate(`(async () => {
    (${LOOK})();
    const { events, stored } = await sotto.profile.export();
    return { state: sotto.consent.state, stored, told, items: events.map(({ item }) => item).sort() };
  })()`)));

  /** All is done; then nothing may be missing, nothing may be too much, and all tabs are alike. */
  async function rest() {
    await Promise.all(underway);
    const wanted = consentAfter(consent, all);
    // An import names what an export named.
    const fates = events.map((event) => ({ ...event, fate: fateOf({ ...event, id: event.name }, all.map(
      (one) => (one.id ? { ...one, id: nameOf(one.id) } : one))) }));
    const must = fates.filter(({ fate }) => fate === 'must').map(({ name }) => name);
    const not = new Set([...gone, ...fates.filter(({ fate }) => fate === 'not').map(({ name }) => name)]);
    for (const one of all) if (one.what === 'import') one.ids.forEach((name) => gone.has(name) && not.delete(name));
    let wrong;
    let seen;
    let heard;
    const began = Date.now();
    do {
      seen = await shown();
      wrong = faultsOf(seen, { wanted, must, not });
      heard = [...new Set(seen.flatMap(({ told }) => told))].map((told) => `a page hears ${told}`);
      if (wrong.length === 0) break;
      await sleep(200);
      // What memory took over is shared when the device answers again.
    } while (Date.now() - began < (heard.length > 0 ? REST_MS : PATIENCE_MS));
    wrong.unshift(...heard);
    if (wrong.length > 0) {
      const about = [...events.filter(({ name }) => wrong.join().includes(name)), ...all];
      const views = seen.map(({ state, stored, items }) => `${state} ${stored} ${items.length}`);
      throw new Error(`seed ${seed}: ${wrong.slice(0, 6).join('; ')}\ntabs: ${views.join(', ')}\n${
        about.map((one) => JSON.stringify({ ...one, ids: one.ids?.size })).join('\n')}\n${history.join(' ')}`);
    }
    const [{ state, items }] = seen;
    judged.must += must.length;
    judged.not += not.size;
    judged.may += fates.length - must.length;
    consent = state;
    const there = new Set(state === 'none' ? [] : items);
    for (const { name } of events) if (!there.has(name)) gone.add(name);
    for (const name of there) gone.delete(name);
    const waiting = state === 'none' ? seen.flatMap((one) => one.items) : [];
    events = [...new Map(fates.map((event) => [event.name, event])).values()]
      .filter(({ name }) => there.has(name) || waiting.includes(name))
      .map((event) => ({ ...event, from: 0, to: 0,
        ...(there.has(event.name) ? { tab: SETTLED, certain: true, agreed: true } : {}) }));
    for (const { name } of events) gone.delete(name);
    all = [];
    history = [];
  }

  await open();
  await steps.grant(tabs[0]);
  await open();
  await rest();
  for (let turn = 1; turn <= turns; turn++) {
    let [what] = chosen(random);
    if (events.length > ROOM) what = 'erase';
    // Most of the time there is consent, or there is nothing to see.
    if (what === 'track' && consentAfter(consent, all) === 'none' && random.chance(0.3)) what = 'grant';
    const tab = random.pick(tabs);
    counts[what]++;
    history.push(`${turn}:${what}@${tab.number}`);
    // Nobody talks to a tab that is on its way to another page, and it goes when all are done talking.
    const leaves = what === 'reload' || what === 'close';
    const step = Promise.all([tab.busy, ...(leaves ? tab.talks : [])])
      .then(() => (tabs.includes(tab) ? steps[what](tab) : undefined));
    if (leaves) tab.busy = step;
    tab.talks.add(step);
    underway.add(step);
    step.then(() => [tab.talks, underway].forEach((set) => set.delete(step)), () => {});
    if (what === 'open' || underway.size >= MOST_UNDERWAY || random.chance(0.5)) await Promise.all(underway);
    if (turn % SPELL === 0 || turn === turns) {
      await rest();
      say(`${turn} turns, ${tabs.length} tabs, ${consent}, ${events.length} events; ${judged.must} must, ${judged.not} not, ${judged.may} may`);
    }
  }
  await Promise.all(tabs.map((tab) => tab.close()));
  return { ...counts, ...judged };
}

/** The tab is seen again, also where only one of them can be in front. */
const LOOK = `() => {
  Object.defineProperty(document, 'visibilityState', { configurable: true, value: 'visible' });
  document.dispatchEvent(new Event('visibilitychange'));
  delete document.visibilityState;
}`;

function chosen(random) {
  let left = random.below(100);
  return TURNS.find(([, share]) => (left -= share) < 0);
}

/** What is wrong with what the tabs show, in words. */
function faultsOf(seen, { wanted, must, not }) {
  const wrong = [];
  const states = new Set(seen.map(({ state }) => state));
  if (states.size > 1) wrong.push(`tabs disagree: ${[...states]}`);
  const [{ state, items }] = seen;
  if (wanted && state !== wanted) wrong.push(`consent is ${state}, and was left ${wanted}`);
  for (const one of seen) {
    const there = new Set(one.items);
    if (there.size !== one.items.length) wrong.push('an event counts twice');
    for (const name of not) if (there.has(name)) wrong.push(`${name} is back`);
    if (state === 'none') continue;
    for (const name of must) if (!there.has(name)) wrong.push(`${name} is lost`);
    if (one.items.join() !== items.join()) wrong.push('tabs show different events');
  }
  return wrong;
}
