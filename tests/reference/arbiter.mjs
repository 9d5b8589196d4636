/**
 * arbiter.mjs - CAMPAIGNS.md section 5: what is shown now, and the first rule that said no
 *
 * Each rule is a function that answers null, or [rule, detail]. All of them are asked of every campaign
 * in full; nothing is kept from one to the next but what was taken.
 */
import { armKey, armOf, forcedArm, isHeldOut } from './bucketing.mjs';
import { decide } from './decide.mjs';
import { evaluate, Moment } from './expressions.mjs';
import { ageOf } from './fold.mjs';
import { dayOf, dayShowings, interrupts, isNewExposure, sessionShowings } from './ledger.mjs';
import { keyOf } from './plan.mjs';
import { cartTotal, fire } from './triggers.mjs';

export const RULES = ['shown', 'dates', 'consent', 'holdout', 'when', 'trigger', 'offer', 'experiment', 'hours',
  'pause', 'cap-session', 'cap-day', 'cap-ever', 'place-cap', 'items', 'quiet', 'ceiling', 'group', 'place'];
const DAY = 86400;
const U32 = 0xffffffff;
const NONE = U32;
const WITHOUT_CONSENT = 2;
const FREE_SHIPPING = 3;

/** What expressions ask of a ledger, as expressions.mjs expects it. */
const spoken = (ledger) => ledger && {
  ...ledger,
  shown: { get: (name) => ledger.campaigns.find((one) => one?.key === keyOf(name))?.ever },
  answers: { includes: (text) => ledger.answers.some((one) => one?.key === keyOf(text)) },
};

export class Round {
  constructor({ bundle, plan, profile, ledger, scene, ranker = null, showing = [] }) {
    this.moment = new Moment(bundle, plan, profile, spoken(ledger), scene, ranker);
    Object.assign(this, { bundle, plan, profile, ledger, scene, showing });
    this.now = scene.now_s;
    const local = this.now + 60 * scene.offset_min;
    this.day = dayOf(this.now, scene.offset_min);
    this.second = ((local % DAY) + DAY) % DAY;
    this.minute = Math.floor((Math.max(0, local) % DAY) / 60);
    this.wakes = [];
    this.active = [];
  }

  entry(campaign) {
    return this.ledger?.campaigns.find((one) => one?.key === campaign.key) ?? null;
  }

  isShowing(campaign) {
    return this.showing.includes(campaign.name);
  }

  dayEnd(day) {
    return Math.max(0, Math.min(U32, (day + 1) * DAY - 60 * this.scene.offset_min));
  }

  minuteNext(minute) {
    let wait = minute * 60 - this.second;
    while (wait <= 0) wait += DAY;
    return Math.min(U32, this.now + (wait > DAY ? wait - DAY : wait));
  }

  isWithin(from, to) {
    if (from === to) return true;
    return from < to ? this.minute >= from && this.minute < to : this.minute >= from || this.minute < to;
  }

  /** Until when a pause lasts, 0 if it does not. */
  pauseEnd(time_s, pause_s) {
    return time_s === 0 || ageOf(time_s, this.now) >= pause_s ? 0 : Math.min(U32, time_s + pause_s);
  }

  isAhead(entry) {
    return dayOf(entry.shown_s, this.scene.offset_min) > this.day;
  }

  place({ block, place }) {
    if (block === 5 || block === 6) return 'over the page';
    if (place !== '') return `place ${place}`;
    return block === 7 || block === 8 ? 'at its top' : 'nowhere';
  }
}

const reached = (count, cap, top) => cap !== 0 && count >= Math.min(cap, top);

/* ---- Rules 1 to 14 ------------------------------------------------------------------------------ */

function needsMemory(campaign) {
  return [...campaign.caps, ...campaign.pauses, campaign.group].some((one) => one !== 0)
    || campaign.experiment !== null || interrupts(campaign)
    || campaign.triggers.some(({ kind }) => [3, 4, 9, 10, 11, 12].includes(kind));
}

const dates = (round, { campaign }) => {
  const [starts, ends] = campaign.dates;
  if (ends !== 0 && round.now >= ends) return ['dates', 0];
  return round.now < starts ? ['dates', starts] : null;
};

const consent = (round, { campaign }) =>
  (!round.ledger && (campaign.flags & WITHOUT_CONSENT) === 0 && needsMemory(campaign) ? ['consent', 0] : null);

const holdout = (round) =>
  (round.profile && isHeldOut(round.profile.seed, round.plan.holdout) ? ['holdout', 0] : null);

const when = (round, { campaign }) =>
  (campaign.when && evaluate(campaign.when, round.moment) !== true ? ['when', 0] : null);

function trigger(round, verdict) {
  const { campaign } = verdict;
  if (round.isShowing(campaign)) return null;
  const last = round.entry(campaign)?.shown_s ?? 0;
  const { fired, subject, at_s, active_s } = fire(round.moment, campaign, last);
  if (fired) {
    verdict.subject = subject;
    return null;
  }
  if (Number.isFinite(active_s)) round.active.push(active_s);
  return ['trigger', Number.isFinite(at_s) ? at_s : 0];
}

function offer(round, { campaign }) {
  const given = round.plan.offers[campaign.offer];
  if (!given) return null;
  if (given.ends_s !== 0 && round.now >= given.ends_s) return ['offer', 0];
  if (given.kind === FREE_SHIPPING) return null;
  const known = round.ledger?.offers.find((one) => one?.key === given.key);
  return known?.redeemed_s || cartTotal(round.moment) < given.threshold ? ['offer', 0] : null;
}

function experiment(round, verdict) {
  const { campaign } = verdict;
  if (!campaign.experiment) return null;
  const { number, arms } = campaign.experiment;
  verdict.arm = armOf(round.plan.experiments[number], round.profile, round.ledger, round.scene);
  if (verdict.arm === null) return ['experiment', NONE];
  return (arms >> verdict.arm) % 2 === 0 ? ['experiment', verdict.arm] : null;
}

const hours = (round, { campaign: { hours: [from, to] } }) =>
  (round.isWithin(from, to) ? null : ['hours', round.minuteNext(from)]);

function pause(round, { campaign }) {
  const [dismissed, purchase, shown] = campaign.pauses;
  const entry = round.entry(campaign);
  const until = Math.max(
    round.pauseEnd(round.ledger?.order_s ?? 0, purchase),
    round.pauseEnd(entry?.dismissed_s ?? 0, dismissed),
    round.pauseEnd(entry?.shown_s ?? 0, shown),
  );
  return until === 0 ? null : ['pause', until];
}

function caps(round, { campaign }) {
  const entry = round.entry(campaign);
  const [session, day, ever] = campaign.caps;
  const { offset_min } = round.scene;
  if (!entry) return null;
  if (reached(sessionShowings(entry, round.profile), session, 255)) return ['cap-session', 0];
  if (day !== 0 && round.isAhead(entry))
    return ['cap-day', round.dayEnd(dayOf(entry.shown_s, offset_min) - 1)];
  if (reached(dayShowings(entry, round.day, offset_min), day, 255)) return ['cap-day', round.dayEnd(round.day)];
  return reached(entry.ever, ever, 65535) ? ['cap-ever', 0] : null;
}

function placeCaps(round, { campaign }) {
  const own = round.place(campaign);
  for (const rule of round.plan.places.filter(({ name }) => own === `place ${name}`)) {
    const entries = round.plan.campaigns.filter((one) => round.place(one) === own)
      .map((one) => round.entry(one)).filter(Boolean);
    const sum = (count) => entries.reduce((all, entry) => all + count(entry), 0);
    if (reached(sum((entry) => sessionShowings(entry, round.profile)), rule.session, 65535))
      return ['place-cap', 0];
    if (rule.day !== 0 && entries.some((entry) => round.isAhead(entry))) return ['place-cap', 0];
    if (reached(sum((entry) => dayShowings(entry, round.day, round.scene.offset_min)), rule.day, 65535))
      return ['place-cap', 0];
  }
  return null;
}

function items(round, { campaign, subject }) {
  if (!campaign.slot || subject || round.plan.offers[campaign.offer]?.items.length > 0) return null;
  const { bundle, profile, scene } = round;
  const slot = bundle.slots.find(({ name }) => name === campaign.slot.name);
  const context = { page: scene.page, cart: scene.cart, now_s: round.now, shelf: scene.shelf ?? null };
  const count = slot ? decide(bundle, profile, context, slot).length : 0;
  return count < campaign.slot.least ? ['items', 0] : null;
}

const unplaced = (round, { index }) => (round.scene.unplaced.includes(index) ? ['place', NONE] : null);

const first = (rules, round, verdict) => {
  for (const rule of rules) {
    const said = rule(round, verdict);
    if (said) return said;
  }
  return null;
};

/* ---- Rules 15 to 18 ----------------------------------------------------------------------------- */

function ceiling(round, taken) {
  const { ledger, plan, profile, now } = round;
  const fresh = taken.filter((one) => interrupts(one.campaign) && !round.isShowing(one.campaign)).length;
  const same = ledger && ledger.session_start_s === profile.session_start_s;
  if (reached(fresh + (same ? ledger.session_count : 0), plan.ceiling_session, Infinity)) return ['ceiling', 0];
  if (plan.ceiling_day !== 0 && ledger && ledger.day > round.day)
    return ['ceiling', round.dayEnd(ledger.day - 1)];
  const today = ledger && ledger.day === round.day ? ledger.day_count : 0;
  if (reached(fresh + today, plan.ceiling_day, Infinity)) return ['ceiling', round.dayEnd(round.day)];
  if (fresh > 0 && plan.gap_s > 0) return ['ceiling', Math.min(U32, now + plan.gap_s)];
  const until = round.pauseEnd(ledger?.interrupted_s ?? 0, plan.gap_s)
    || round.pauseEnd(ledger?.order_s ?? 0, plan.after_purchase_s);
  return until ? ['ceiling', until] : null;
}

function competes(round, verdict, taken) {
  const { campaign } = verdict;
  const { plan } = round;
  if (interrupts(campaign) && !(round.isShowing(campaign) && !verdict.absent)) {
    const { quiet_from, quiet_to } = plan;
    if (quiet_from !== quiet_to && round.isWithin(quiet_from, quiet_to))
      return ['quiet', round.minuteNext(quiet_to)];
    const said = ceiling(round, taken);
    if (said) return said;
  }
  const group = taken.find((one) => campaign.group !== 0 && one.campaign.group === campaign.group);
  if (group) return ['group', group.index];
  const place = taken.find((one) => round.place(one.campaign) === round.place(campaign));
  return place ? ['place', place.index] : null;
}

function inOrder(round) {
  const key = (verdict) => {
    const entry = round.entry(verdict.campaign);
    const showing = round.isShowing(verdict.campaign) && !verdict.absent;
    return [showing ? 0 : 1, -verdict.campaign.priority, entry?.ever ?? 0, entry?.shown_s ?? 0, verdict.index];
  };
  return (a, b) => {
    const [x, y] = [key(a), key(b)];
    const at = x.findIndex((one, i) => one !== y[i]);
    return at < 0 ? 0 : x[at] - y[at];
  };
}

/** Whether an exposure is to be told. */
function isExposure(round, { campaign, arm }) {
  if (!round.ledger || !campaign.experiment || arm === null) return false;
  const tested = round.plan.experiments[campaign.experiment.number];
  const known = round.ledger.arms.find((one) => one?.key === armKey(tested, arm));
  return !forcedArm(tested, round.scene) && isNewExposure(known, round.profile, tested.allocation);
}

/* ---- All of it ---------------------------------------------------------------------------------- */

const WHETHER = [dates, consent, holdout, when, trigger, offer, experiment];
const HOW_MUCH = [hours, pause, caps, placeCaps, items, unplaced];
const WAKING = ['dates', 'trigger', 'hours', 'pause', 'cap-day', 'quiet', 'ceiling'];

/** { list: [{ name, rule, detail, arm, subject, exposed }], next_s, next_active_s } */
export function arbitrate(asked) {
  const round = new Round(asked);
  const verdicts = round.plan.campaigns.map((campaign, index) => {
    const verdict = { campaign, index, arm: null, subject: null, exposed: false, absent: false };
    verdict.said = first(WHETHER, round, verdict);
    verdict.absent = verdict.said?.[0] === 'experiment' && verdict.arm !== null;
    if (verdict.said && !verdict.absent) return verdict;
    const stays = round.isShowing(campaign) && !verdict.absent;
    const more = stays ? null : first(HOW_MUCH, round, verdict);
    if (!verdict.absent) verdict.said = more;
    verdict.competes = !more;
    return verdict;
  });
  const taken = [];
  for (const verdict of verdicts.filter((one) => one.competes).sort(inOrder(round))) {
    const { campaign } = verdict;
    round.wakes.push(campaign.dates[1], round.plan.offers[campaign.offer]?.ends_s ?? 0);
    const said = competes(round, verdict, taken);
    verdict.exposed = !said && isExposure(round, verdict);
    if (verdict.absent) continue;
    verdict.said = said;
    if (!said) taken.push(verdict);
  }
  for (const { said } of verdicts) if (said && WAKING.includes(said[0])) round.wakes.push(said[1]);
  const wakes = round.wakes.filter((time_s) => time_s > round.now);
  return {
    list: verdicts.map(({ campaign, said, arm, subject, exposed }) => ({
      name: campaign.name, rule: said?.[0] ?? 'shown', detail: said?.[1] ?? 0, arm, subject, exposed,
    })),
    next_s: wakes.length > 0 ? Math.min(...wakes) : 0,
    next_active_s: round.active.length > 0 ? Math.min(...round.active) : 0,
  };
}
