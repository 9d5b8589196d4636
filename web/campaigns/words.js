/**
 * words.js - a verdict in words, for those who look after the shop
 *
 * By the numbers of sotto_rule in src/sotto_plan.h: what CampaignVerdict calls the rule, and a
 * sentence.
 */

/** What a detail may be. */
const NONE = 0xffffffff;

/**
 * @typedef {object} Detail
 * @property {number} detail as the core gave it
 * @property {(time_s: number) => string} time
 * @property {(index: number) => string} campaign the name of another campaign
 * @property {string | null} arm that the shopper is in
 */

const until = (/** @type {Detail} */ { detail, time }, /** @type {string} */ what) =>
  (detail ? `${what} until ${time(detail)}` : what);

/** @type {[import('../index.js').CampaignVerdict['rule'], (about: Detail) => string][]} */
const RULES = [
  ['shown', () => 'it is shown'],
  ['dates', ({ detail, time }) =>
    (detail ? `it starts at ${time(detail)}` : 'its dates are over')],
  ['consent', () => 'it needs a memory, and the shopper has agreed to none'],
  ['holdout', () => 'the shopper is among those who see no campaigns'],
  ['when', () => 'its “when” is not true of the shopper now'],
  ['trigger', ({ detail, time }) => (detail
    ? `no trigger has fired; the next one does by time alone at ${time(detail)}`
    : 'no trigger has fired')],
  ['offer', () => 'its offer was redeemed, is over, or the cart has not reached it'],
  ['experiment', ({ arm }) =>
    (arm === null ? 'the shopper is not in its experiment'
      : `the shopper is in the arm “${arm}” of its experiment`)],
  ['hours', (about) => until(about, 'these are not its hours')],
  ['pause', (about) => until(about, 'it pauses')],
  ['cap-session', () => 'it was shown as often as it may be in a session'],
  ['cap-day', (about) => until(about, 'it was shown as often as it may be on a day')],
  ['cap-ever', () => 'it was shown as often as it ever may be'],
  ['place-cap', (about) => until(about, 'its place has shown as many campaigns as it may')],
  ['items', () => 'its slot has fewer products than it needs'],
  ['quiet', (about) => until(about, 'these are quiet hours')],
  ['ceiling', (about) => until(about, 'the shopper was interrupted often enough')],
  ['group', ({ detail, campaign }) => `“${campaign(detail)}” of its group is shown`],
  ['place', ({ detail, campaign }) => (detail === NONE
    ? 'this page has no such place, or it cannot be drawn there now'
    : `“${campaign(detail)}” is shown at its place`)],
];

/** Rules whose detail is a time. */
const TIMED = new Set([
  'dates', 'trigger', 'hours', 'pause', 'cap-day', 'place-cap', 'quiet', 'ceiling',
]);

/** @param {number} rule @param {Detail} about */
export function sayVerdict(rule, about) {
  const [name, say] = RULES[rule] ?? RULES[4];
  const until_s = TIMED.has(name) && about.detail ? about.detail : null;
  return { rule: name, text: say(about), until: until_s };
}
