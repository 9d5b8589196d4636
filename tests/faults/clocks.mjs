/**
 * clocks.mjs - a shopper whose clock jumps from page to page
 *
 * Years back, years ahead, to 1970, before it, to 2100 and past what a profile can date. Whatever it
 * says, no page hears of an error, consent does not come back by itself, and by a clock that is right
 * again nothing lies in the future.
 */
import { randomFrom } from '../silence/random.mjs';
import { clearDevice } from './lay.mjs';
import { NAME } from './site.mjs';

const DAY_S = 86400;
/** Where all begins: early in 2027. */
export const NOW = 1800000000;
/** The start of 2026: clocks before it were reset. */
const PLAUSIBLE_S = 1767225600;

/** Where a clock may stand, from where it stood. */
const JUMPS = {
  'a minute': (now_s) => now_s + 60,
  'a session’s gap': (now_s) => now_s + 2 * 3600,
  'two days back': (now_s) => now_s - 2 * DAY_S,
  'a year back': (now_s) => now_s - 365 * DAY_S,
  'past what is kept': (now_s) => now_s + 40 * DAY_S,
  'past the consent': (now_s) => now_s + 400 * DAY_S,
  '1970': () => 0,
  'before 1970': () => -DAY_S,
  '2100': () => 4102444800,
  'past all dates of a profile': () => 2 ** 32 + 5,
  'the end of all dates': () => 8.64e12 - 1e6,
  'the right time': () => NOW,
};

/** What happens on one page, and what it must be like there. */
async function visit() {
  const { sotto, told } = globalThis;
  const before = sotto.consent.state;
  const { answer } = await sotto.consent.details();
  await sotto.consent.receipts();
  sotto.track('view', { item: 'spade' });
  sotto.track('purchase', { item: 'rake' });
  const { events, sessions, updatedAt } = await sotto.profile.export();
  sotto.decide('recent');
  return { before, answer, count: events.length, at: events.map(({ at }) => at), sessions, updatedAt, told: [...told] };
}

/**
 * Jumps that many times. Answers what is wrong, in words.
 *
 * @param {Awaited<ReturnType<typeof import('./devices.mjs')['devices'][0]['open']>>} device
 * @param {Awaited<ReturnType<typeof import('./site.mjs').openSite>>} site
 */
export async function jumpAbout(device, site, { seed, jumps }) {
  const random = randomFrom(seed);
  const wrong = [];
  const tab = await device.tab(site.empty);
  await tab.evaluate(clearDevice, NAME);
  let agreed = false;
  let now_s = NOW;
  const path = [];
  for (let i = 0; i <= jumps; i++) {
    const name = i === jumps ? 'the right time' : random.pick(Object.keys(JUMPS));
    now_s = JUMPS[name](now_s);
    path.push(name);
    await tab.goto(site.empty);
    await tab.goto(site.url(now_s));
    const seen = await tab.evaluate(visit);
    const where = `seed ${seed}: ${path.slice(-4).join(', ')}`;
    if (seen.told.length > 0) wrong.push(`${where}: the page hears ${seen.told}`);
    if (!agreed && (seen.before !== 'none' || seen.answer === 'granted')) wrong.push(`${where}: consent came back`);
    if (agreed && seen.before === 'none' && seen.answer === 'granted') wrong.push(`${where}: neither yes nor no`);
    agreed = seen.before === 'remembered';
    // By a clock that can be believed nothing is of the future.
    const latest_ms = (now_s + 2 * DAY_S) * 1000;
    if (now_s >= PLAUSIBLE_S && now_s < 3345062400 && seen.at.some((at) => Date.parse(at) > latest_ms)) {
      wrong.push(`${where}: events of the future: ${seen.at}`);
    }
    // What is erased, taken back or agreed to next.
    if (random.chance(0.3) || !agreed) {
      const wants = random.pick(agreed ? ['withdraw', 'refuse'] : ['grant', 'grant', 'refuse']);
      const state = await tab.evaluate(async (what) => {
        await sotto.consent[what]();
        return sotto.consent.state;
      }, wants);
      if (state !== (wants === 'grant' ? 'remembered' : 'none')) wrong.push(`${where}: ${wants} leads to ${state}`);
      agreed = wants === 'grant';
    }
  }
  await tab.close();
  return wrong;
}
