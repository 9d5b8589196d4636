/**
 * shoppers.mjs - people with tastes
 *
 * A shopper likes one style most and a second one a little, has a price level, cares for a few
 * categories, and comes back more or less often. Nothing else about a shopper exists.
 */
import { KINDS } from './kinds.mjs';
import { STYLES } from './styles.mjs';

const STYLE_NAMES = Object.keys(STYLES);
const DAY_S = 86400;

/** When people shop: the share of a day's sessions in each hour, UTC. */
const HOURS = [
  2, 1, 1, 1, 1, 2, 4, 7, 9, 10, 11, 11, 13, 12, 10, 10, 11, 13, 16, 19, 22, 20, 13, 6,
];
const WEEKDAYS = [1.25, 1, 0.95, 0.95, 1, 0.9, 1.15];

/**
 * @param {import('./random.mjs').Chance} chance
 * @param {number} number from 1
 */
export function makeShopper(chance, number) {
  const favourite = chance.whole(0, STYLE_NAMES.length - 1);
  const second = (favourite + chance.whole(1, STYLE_NAMES.length - 1)) % STYLE_NAMES.length;
  const loyalty = chance.between(0.8, 0.97);
  const taste = Object.fromEntries(STYLE_NAMES.map((name, i) => [name,
    i === favourite ? loyalty : i === second ? (1 - loyalty) * 0.6 : (1 - loyalty) * 0.4 / 3]));

  // Two to four interests, each a kind and what goes with it.
  const interests = new Map();
  for (let i = chance.whole(2, 4); i > 0; i--) {
    const kind = chance.pick(KINDS);
    interests.set(kind.name, (interests.get(kind.name) ?? 0) + 1);
    kind.goes.slice(0, 2).forEach((name, rank) =>
      interests.set(name, (interests.get(name) ?? 0) + 0.5 / (rank + 1)));
  }
  return {
    id: `s${String(number).padStart(5, '0')}`, favourite: STYLE_NAMES[favourite], taste, interests,
    level: 1 + chance.weighted([0.4, 0.4, 0.2]), eager: chance.between(0.5, 1.5),
    sessionCount: 2 + chance.repeats(0.82, 30), firstDay: chance.next(),
    pause: chance.between(2, 16),
  };
}

/**
 * The start of each of a shopper's sessions, in seconds after the first midnight, in order. People
 * come and go: a shopper's first visit may lie before the logs and the last one after them, so that
 * the shop is about as busy on the last day as on the first.
 */
export function sessionTimes(chance, shopper, dayCount) {
  const days = [];
  let next = shopper.firstDay * (dayCount + 50) - 50;
  while (days.length < shopper.sessionCount) {
    days.push(Math.floor(next));
    next += shopper.pause * chance.between(0.1, 1.9);
  }
  if (!days.some((day) => day >= 0 && day < dayCount)) days.push(chance.whole(0, dayCount - 1));
  const weekly = (day) => WEEKDAYS[day % 7] / 1.25;
  return days
    .filter((day) => day >= 0 && day < dayCount)
    .map((day) => (chance.happens(weekly(day)) ? day : Math.min(dayCount - 1, day + 1)))
    .map((day) => day * DAY_S + chance.weighted(HOURS) * 3600 + chance.whole(0, 3599))
    .sort((a, b) => a - b)
    // Two visits within three quarters of an hour would be one.
    .filter((time, i, all) => i === 0 || time - all[i - 1] > 2700);
}
