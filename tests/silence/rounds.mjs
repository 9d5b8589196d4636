/**
 * rounds.mjs - shoppers who differ in nothing but their profile
 *
 * A round is one script at one clock with one seed, one product looked at and one basket, done by
 * several shoppers, each with a profile of their own. Each is compared with the one before: n shoppers
 * make n - 1 pairs, and if those are all alike, so are all others. Two who were shown the same prove
 * nothing; such a pair does not count.
 *
 * A browser on a busy machine may be late with something, and then two runs of the same shopper
 * differ as well. So a script that two shoppers did differently is done again by both of them, more
 * slowly, up to six times, until neither did anything that the other never does (compare.mjs). What is
 * their profile's doing never comes out alike, however often they try. How often that was is told.
 */
import { LEAK_PATH, leakScript } from './leaks.mjs';
import {
  countOf, difference, differenceOfAll, everythingOf, isBrowsersOwn,
} from './compare.mjs';
import { fixedScript } from './fixed.mjs';
import { needlesOf, search } from './markers.mjs';
import { makeProfile } from './profiles.mjs';
import { randomFrom } from './random.mjs';
import { OWN } from './recorder.mjs';
import { EMPTY_PAGE, SCRIPTS, walk } from './script.mjs';

/** How long a browser is given between two answers when asked again; at first its engine says. */
const CALM_MS = [60, 200, 500, 500, 1000, 1000];
const JAVASCRIPT = 'text/javascript; charset=utf-8';

/** What all shoppers of a round have in common. */
export function makeRound(seed, clock_s, { products }) {
  const random = randomFrom(BigInt(seed) + 0x51e4ce00n);
  const inStock = products.filter(({ stock }) => stock > 0);
  return {
    seed,
    clock_s,
    product: random.pick(inStock).id,
    basket: random.chance(0.5) ? [{ id: random.pick(inStock).id, quantity: random.between(1, 3) }] : [],
  };
}

/** Lays out what the tests add to the shop's pages, for a round and, if there is one, a leak. */
export function prepare(recorder, round, leak) {
  // An icon of its own, or the browser asks for one when it pleases.
  recorder.lay(EMPTY_PAGE, 'text/html; charset=utf-8',
    '<!doctype html><link rel="icon" href="data:,"><title>Empty</title>');
  let markup = '';
  if (leak) {
    recorder.lay(LEAK_PATH, JAVASCRIPT, leakScript(leak.name, leak));
    markup = `<script type="module" src="${LEAK_PATH}"></script>`;
  }
  recorder.setHead(fixedScript(round), markup);
}

/**
 * Plays a round.
 *
 * @param {object} at { engine, browser, recorder, shop, layout, parts }
 * @param {ReturnType<typeof makeRound>} round
 * @param {number} count of shoppers
 * @param {(script: string, result: object) => void} tell about each pair and script
 */
export async function playRound(at, round, count, tell) {
  const random = randomFrom(round.seed);
  prepare(at.recorder, round);
  let before = null;
  for (let i = 0; i < count; i++) {
    const profile = makeProfile(random, round.clock_s, at.shop);
    const shopper = { profile, did: await play(at, round, profile, SCRIPTS, at.engine.calm_ms) };
    const needles = needlesOf(profile.marks);
    for (const script of SCRIPTS) {
      const did = shopper.did[script];
      const result = {
        requests: countOf(did),
        own: did.seen.filter(isBrowsersOwn),
        marks: search(needles, everythingOf(did)),
        direct: did.seen.filter(({ via }) => via === 'direct').length,
      };
      if (before) Object.assign(result, await compare(at, round, before, shopper, script));
      tell(script, result);
    }
    before = shopper;
  }
}

async function compare(at, round, one, other, script) {
  const [here, there] = [[one.did[script]], [other.did[script]]];
  const different = String(JSON.stringify(here[0].shown)) !== JSON.stringify(there[0].shown);
  const first = difference(here[0], there[0]);
  let differs = first;
  for (const calm_ms of CALM_MS) {
    if (!differs) break;
    here.unshift(await again(at, round, one, script, calm_ms));
    there.unshift(await again(at, round, other, script, calm_ms));
    differs = differenceOfAll(here, there);
  }
  return { pair: true, different, differs, again: first, kinds: [one.profile.kind, other.profile.kind] };
}

/** A script by itself; what is warm needs what made it so. */
async function again(at, round, { profile }, script, calm_ms) {
  const scripts = script === 'cold' ? ['cold'] : ['cold', script];
  return (await play(at, round, profile, scripts, calm_ms))[script];
}

export async function play({ browser, recorder, layout, parts }, round, profile, scripts, calm_ms) {
  const shopper = await browser.shopper();
  recorder.pace({ calm_ms, settle: shopper.settled });
  try {
    return await walk(shopper, recorder, { layout, profile, round, parts, scripts });
  } finally {
    recorder.pace({ settle: async () => {} });
    await shopper.close();
    recorder.take();
  }
}
