/**
 * controls.mjs - can this test fail? Each leak of leaks.mjs, let loose on two shoppers
 *
 * A leak counts as caught if the two are told apart, or if a mark of one of them is found in what left
 * the browser. By what it was caught is told: the proxy, the browser's log, a datagram, a name looked
 * up, a mark.
 *
 * Names and datagrams are only known when a browser has ended, so for these leaks (`alone`) each of
 * the two has one of their own.
 */
import { openDatagrams } from './datagrams.mjs';
import { difference, everythingOf, isBrowsersOwn } from './compare.mjs';
import { needlesOf, search } from './markers.mjs';
import { makeProfile } from './profiles.mjs';
import { randomFrom } from './random.mjs';
import { OWN } from './recorder.mjs';
import { play, prepare } from './rounds.mjs';

/** Slow enough that nothing differs but by the leak; rounds without a leak say so. */
const CALM_MS = 40;

/**
 * @param {object} at { engine, executable, recorder, shop, layout, parts, browser, alone }
 * @param {ReturnType<typeof import('./rounds.mjs').makeRound>} round
 * @param {string} name of a leak
 * @returns {Promise<string[] | null>} by what it was caught; empty if it was not, null if the
 *   engine has not what the leak needs
 */
export async function control(at, round, name) {
  const { engine, executable, recorder, shop, alone } = at;
  const datagrams = await openDatagrams();
  const random = randomFrom(round.seed + 1);
  prepare(recorder, round, { name, origin: recorder.origin, udpPort: datagrams.port });
  const shoppers = [];
  try {
    for (const kind of ['small', 'middle']) {
      const profile = makeProfile(random, round.clock_s, shop, kind);
      const browser = alone ? await engine.open(executable, recorder, { hidden: true }) : at.browser;
      let did;
      let hidden = { names: [], datagrams: [] };
      try {
        ({ leak: did } = await play({ ...at, browser }, round, profile, ['leak'], CALM_MS));
      } finally {
        if (alone) hidden = await browser.close();
      }
      shoppers.push({ profile, did, names: hidden.names,
        datagrams: [...datagrams.take(), ...hidden.datagrams] });
    }
  } finally {
    datagrams.close();
  }
  return shoppers.some(({ did }) => did.leaked === 'absent') ? null : caughtBy(...shoppers);
}

/** What a leak can have caused: nothing of the shop's own, whose order is another in each run. */
const isLeak = ({ url }) => !SHOPS.test(url.replace(/^http:\/\/127\.0\.0\.1:\d+/, ''));
const SHOPS = new RegExp(`^/(?!${OWN.slice(1)})|^${OWN}leak\\.js$`);
const leaksOf = ({ seen, log, hints }) => ({
  hints,
  seen: seen.filter(isLeak).map((one) => ({ ...one, wave: 0 })),
  log: { sent: log.sent.filter(isLeak), cached: log.cached.filter((url) => isLeak({ url })) },
});

/** Names that the browser looks up for itself come when they come. */
const own = (names) => names.filter((url) => !isBrowsersOwn({ url })).sort();

function caughtBy(one, other) {
  const by = [];
  const differs = difference(leaksOf(one.did), leaksOf(other.did));
  if (differs) by.push(differs.replace(/,.*/s, ''));
  if (process.env.TRACE) console.error(differs, one.names, other.names);
  // Numbers of a transaction are drawn by chance; the sizes and what is readable are not.
  const said = ({ datagrams }) => datagrams.map((bytes) => bytes.toString('latin1'))
    .map((text) => (text.match(/[ -~]{16,}/g) ?? []).sort().join(' ')).sort();
  if (String([...new Set(said(one))]) !== String([...new Set(said(other))])) by.push('datagrams');
  if (String(own(one.names)) !== String(own(other.names))) by.push('names looked up');
  for (const { profile, did, names, datagrams } of [one, other]) {
    const left = [...everythingOf(did), ...names, ...datagrams];
    if (search(needlesOf(profile.marks), left).length > 0) {
      by.push('a mark');
      break;
    }
  }
  return by;
}
