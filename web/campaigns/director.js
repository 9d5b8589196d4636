/**
 * director.js - has campaigns shown, and taken off
 *
 *     event, signal, alarm, page(), consent -> ask -> the core's verdicts -> draw, update, remove
 *
 * Asking anew is cheap and changes nothing by itself, so it is done after everything that may
 * matter. What is shown for the first time and must not be shown in two tabs is claimed (claims.js).
 * Without consent there is nothing to claim with; the page is then on its own.
 *
 * Loaded, with blocks/, by every page whose bundle has a plan, whoever the shopper is. Nothing that
 * is shown asks for anything; pictures.js has what campaigns name, shown or not.
 */
import { canDraw, drawBlock, fillMessage, isClear } from '../blocks/draw.js';
import { openActive } from './active.js';
import { openAlarm } from './alarm.js';
import { openApi } from './api.js';
import { openArms } from './arms.js';
import { openClaims } from './claims.js';
import { openGuard } from './guard.js';
import { openMoment } from './moment.js';
import { inspectIfAsked, watchPageEvents } from './page-events.js';
import { openCampaignPictures } from './pictures.js';
import { findPlaces, mark } from './place.js';
import { readAddress, readSurroundings } from './scene.js';
import { NO_RESULTS, openSignals } from './signals.js';
import { openThanks } from './thanks.js';
import { openViews } from './view.js';

export { readTimeZone } from './scene.js';

/**
 * @typedef {Pick<typeof import('../blocks/draw.js'),
 *   'canDraw' | 'drawBlock' | 'isClear' | 'fillMessage'>} Drawing
 */
/** @typedef {import('../later/plan.js').PlannedCampaign} PlannedCampaign */
/** @typedef {import('./moment.js').Verdict} Verdict */
/** @typedef {'dismissed' | 'clicked' | 'sent'} What what a shopper does with a block */
/**
 * @typedef {object} Shown
 * @property {NonNullable<ReturnType<Drawing['drawBlock']>>} block
 * @property {Element | null} place
 * @property {import('../index.js').DecidedItem[]} items
 * @property {string} look what was drawn, for telling whether that has changed
 * @property {Verdict} verdict
 */

/** Numbers of sotto_rule. */
const SHOWN = 0;
const PLACE_RULE = 18;
const NONE = 0xffffffff;
const VIEW = 1;
const SEARCH = 3;
const PURCHASE = 7;
/** Time is told to the ledger once there is so much. */
const STEP_S = 15;
/** Drawing goes on in a new task after this. */
const TASK_MS = 5;
/** Asked again at least so often. */
const AGAIN_S = 60;
/** Something is in the way of what would cover the page: it is looked at again then. */
const CLEAR_MS = 1000;

/**
 * @param {object} options
 * @param {import('../later/runtime.js').LaterCore} options.core with a plan
 * @param {import('../later/visit.js').Visit} options.visit
 * @param {import('../later/keeper.js').Keeper} options.keeper
 * @param {{ readonly listens: boolean, readonly measures: boolean }} options.consent
 * @param {ReturnType<import('../decision.js').decisionReader>} options.reader
 * @param {typeof import('../bind.js').fillTemplate} options.bind
 * @param {() => import('../index.js').PageContext} options.context
 * @param {string} options.name of what is kept on the device
 * @param {() => number} options.now
 * @param {import('../later/later.js').Fail} options.fail
 * @param {() => Promise<boolean>} options.mayShow whether the page may show pictures from memory
 * @param {Drawing} [options.drawing]
 * @param {string} [options.timezone]
 */
export function openDirector(options) {
  const {
    core, visit, keeper, consent, reader, bind, context, name, now, fail, mayShow,
    drawing = { canDraw, drawBlock, fillMessage, isClear },
  } = options;
  const guarded = openGuard(fail);
  const plan = /** @type {import('../later/plan.js').Plan} */ (core.plan);
  const campaigns = Array.from({ length: plan.campaignCount }, (_, i) => plan.campaign(i));
  const moment = openMoment(core);
  const surroundings = readSurroundings(options.timezone);
  const signals = openSignals({ touch: surroundings.touch, changed: ask });
  const active = openActive({ idle_s: plan.idle_s, ring: ask, told: tellStep });
  const alarm = openAlarm(now, ask);
  const arms = openArms({ plan, hash: core.hash, fail });
  const pictures = openCampaignPictures({
    addresses: () => campaigns.filter(({ ends_s }) => !ends_s || ends_s > now())
      .map(({ index }) => plan.field(index, 'image')),
    mayShow, fail,
  });
  const claims = openClaims({
    name, keeper, decide: decideAgain, draws, ask, fail,
    wanted: (list) => freshIn(list).filter(needsClaim),
    count: (index) => note('impression', campaigns[index].key),
    show: (index, verdict) => showing.has(index) || show(index, verdict, false),
  });
  const views = openViews({
    core, reader, context, fillMessage: drawing.fillMessage, cart: moment.cart,
    answered: (question) => api.answered(question),
    decide(slot) {
      visit.shelve();
      return guarded(() => reader.decide(slot, context(), now()).items) ?? [];
    },
  });

  /** @type {Map<number, Shown>} */
  const showing = new Map();
  /** Not again on this page view: dismissed, erased, or they did not draw. @type {Set<number>} */
  let gone = new Set();
  /** Nor on a later one, while nothing remembers that they were dismissed. @type {Set<number>} */
  const refused = new Set();
  /** Custom events of this page view. @type {bigint[]} */
  let events = [];
  /** What was answered or sent: it says thanks for a while, whatever its rules now say. */
  const thanks = openThanks(ask);
  let stopped = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let asked;
  /** This page view is known to the profile. */
  let begun = false;
  /** Products are decided anew when the page is about something else. */
  let stale = false;
  let seed = seedNow();
  let about = aboutNow();
  let segments = '';
  /** When it will be asked again, seconds since 1970. */
  let next = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let clearing;

  const api = openApi({
    core, visit, arms, moment, look, scene, campaigns, note, notice, ask, fail,
    measures: () => consent.measures,
    next: () => next || null,
    event(hash) {
      events.push(hash);
      ask();
    },
  });

  function seedNow() {
    return visit.active ? core.profileSeed() : undefined;
  }

  /** What makes this a page view of its own. */
  function aboutNow() {
    const { items = [], type = '', category = '' } = context();
    return JSON.stringify([readAddress().path, items, type, category]);
  }

  /**
   * Something happened to a campaign, an offer, an arm.
   *
   * @param {Parameters<typeof visit.note>[0]} what
   * @param {bigint} key
   */
  function note(what, key, quantity = 1) {
    if (!consent.listens) return;
    visit.note(what, key, quantity);
    keeper.touch();
  }

  const counts = (/** @type {PlannedCampaign} */ { experiment }) => !arms.isForced(experiment);

  // ---- Time -------------------------------------------------------------------------------------

  /** Tells the ledger of the time that was spent since it was last told. */
  function tell() {
    if (stopped || !consent.listens) return;
    const seconds = active.take();
    const [item] = JSON.parse(about)[1];
    if (seconds > 0) note('dwell', item === undefined ? 0n : core.hash(String(item)), seconds);
  }

  function tellStep() {
    if (visit.active && active.untold_s() >= STEP_S) tell();
  }

  /** The page may be about something else: then a new page view begins. */
  function turned() {
    const next = aboutNow();
    stale = true;
    if (next !== about) {
      tell();
      about = next;
      active.turn();
      signals.turn();
      events = [];
      begun = false;
      gone = visit.active ? new Set() : new Set(refused);
    }
    ask();
  }

  // ---- Asking -----------------------------------------------------------------------------------

  function ask() {
    if (stopped) return;
    asked ??= setTimeout(() => {
      asked = undefined;
      guarded(run);
    });
  }

  const isHidden = () => globalThis.document?.visibilityState === 'hidden';
  const indexesOf = (/** @type {string[]} */ ids) =>
    ids.map((id) => core.find(String(id))).filter((index) => index >= 0);

  /** Campaigns that this page cannot show now. */
  function unplaced() {
    const places = findPlaces();
    const isClear = !globalThis.document || drawing.isClear();
    return campaigns.filter(({ index, place, coversPage }) => {
      if (showing.has(index)) return false;
      const element = places.get(place);
      const drawable = place === '' ? isClear || !coversPage
        : element !== undefined && !element.contains(document.activeElement);
      return !drawable || gone.has(index);
    }).map(({ index }) => index);
  }

  /**
   * This moment, or what it will be like if nothing happens.
   *
   * @returns {import('./moment.js').Scene}
   */
  function scene(ahead_s = 0) {
    const { items = [], cart, type = '', category = '' } = context();
    return {
      now_s: now() + ahead_s, ...surroundings, ...readAddress(),
      type: String(type), category: String(category), stored: keeper.stored === 'device',
      items: indexesOf(items), cart: cart ? indexesOf(cart) : null,
      pageActive_s: active.page_s(), sessionActive_s: active.untold_s(),
      idle_s: active.idle_s() + ahead_s, scroll: signals.scroll, signals: signals.signals,
      events, account: api.account(), forced: arms.forced(), unplaced: unplaced(),
    };
  }

  /** Has the core look at this moment. */
  function look(ahead_s = 0) {
    if (!moment.look(scene(ahead_s))) return false;
    const verdicts = moment.verdicts([...showing.keys(), ...claims.all()]);
    return { verdicts, segments: moment.segments() };
  }

  /**
   * A page view is the shopper's visit, though they do nothing on it: where it is the first in a
   * while, a session begins.
   */
  function begin() {
    if (begun || !visit.active || !consent.listens) return;
    begun = true;
    if (!core.eventTotal() || Math.abs(now() - core.profileUpdated()) > plan.sessionGap_s) {
      visit.add({ kind: VIEW, item: 0n, quantity: 1, time_s: visit.timeOf(now()) });
      keeper.touch();
    }
  }

  function run() {
    if (stopped) return;
    if (aboutNow() !== about) turned();
    cleared();
    begin();
    tellStep();
    const found = look();
    if (!found || !found.verdicts) return;
    const names = JSON.stringify(found.segments);
    if (names !== segments) notice('segments', found.segments);
    segments = names;

    const { list, next_s, nextActive_s } = found.verdicts;
    list.forEach(({ exposed, arm, rule }, index) => {
      if (exposed && rule !== SHOWN && !isHidden()) api.exposed(campaigns[index].experiment, arm);
    });
    const fresh = freshIn(list);
    for (const index of [...showing.keys()]) {
      if (list[index].rule === SHOWN) update(index, list[index]);
      else if (!thanks.has(index)) remove(index);
    }
    stale = false;
    if (!isHidden()) {
      const began = performance.now();
      for (const index of fresh.filter((one) => !needsClaim(one))) {
        show(index, list[index], true);
        // What is left is shown in a task of its own.
        if (performance.now() - began > TASK_MS) {
          ask();
          break;
        }
      }
      if (fresh.some(needsClaim)) claims.claim();
    }
    // Expressions may say something else at any minute: hours, ages of events.
    next = Math.min(next_s || Infinity, now() + AGAIN_S);
    alarm.set(next);
    active.ringIn(nextActive_s);
    waitForClear(list);
    notice('look', undefined);
  }

  const freshIn = (/** @type {Verdict[]} */ list) => campaigns.map(({ index }) => index)
    .filter((index) => list[index].rule === SHOWN && !showing.has(index) && !claims.has(index));

  /** Whether something waits for what is in its way to go: no event tells of that. */
  function waitForClear(/** @type {Verdict[]} */ list) {
    clearTimeout(clearing);
    const waits = list.some(({ rule, detail }, index) => rule === PLACE_RULE && detail === NONE
      && campaigns[index].coversPage && !gone.has(index));
    clearing = waits && !isHidden() ? setTimeout(ask, CLEAR_MS) : undefined;
  }

  /** Another profile has taken this one's place, or it was erased: nothing of before stays. */
  function cleared() {
    const next = seedNow();
    if (seed !== undefined && next !== undefined && next !== seed) {
      for (const index of [...showing.keys()]) {
        remove(index);
        gone.add(index);
      }
    }
    seed = next ?? seed;
  }

  // ---- Showing ----------------------------------------------------------------------------------

  const needsClaim = (/** @type {number} */ index) => visit.tier === 'remembered' && visit.active
    && campaigns[index].isClaimed && counts(campaigns[index]);

  function decideAgain() {
    if (stopped || isHidden()) return null;
    cleared();
    const found = look();
    return found && found.verdicts ? found.verdicts.list : null;
  }

  /** What a campaign shows now, where, and for whom it is drawn. @param {number} index @param {Verdict} verdict */
  function prepare(index, verdict) {
    const campaign = campaigns[index];
    const place = campaign.place === '' ? null : findPlaces().get(campaign.place) ?? null;
    const items = views.itemsOf(campaign);
    const host = {
      place, bind, now, money: views.money, locale: views.locale,
      language: globalThis.document?.documentElement?.lang ?? '',
      picture: pictures.of, handOff: api.handOff,
      told: (/** @type {What} */ what) => void guarded(() => told(index, what)),
      answered: (/** @type {string[]} */ values, /** @type {string} */ question) =>
        void guarded(() => answered(index, values, question)),
    };
    return { campaign, place, items, host, view: views.make(campaign, verdict, items) };
  }

  function giveUp(/** @type {number} */ index) {
    gone.add(index);
    ask();
    return false;
  }

  /** Whether there is something to draw. @param {number} index @param {Verdict} verdict */
  function draws(index, verdict) {
    const { view, host } = prepare(index, verdict);
    return guarded(() => drawing.canDraw(view, host)) || giveUp(index);
  }

  /** @param {number} index @param {Verdict} verdict @param {boolean} counted not counted yet */
  function show(index, verdict, counted) {
    const { campaign, place, items, host, view } = prepare(index, verdict);
    const block = guarded(() => drawing.drawBlock(view, host));
    if (!block) return giveUp(index);
    showing.set(index, { block, place, items, look: JSON.stringify(view), verdict });
    mark(place, campaign.name);
    if (counts(campaign)) {
      if (counted) note('impression', campaign.key);
      if (view.offer?.code) note('given', plan.offer(campaign.offer).key);
      if (verdict.exposed) api.exposed(campaign.experiment, verdict.arm);
    }
    notice('campaign', { campaign: campaign.name, what: 'shown' });
    return true;
  }

  /** @param {number} index @param {Verdict} verdict */
  function update(index, verdict) {
    const shown = /** @type {Shown} */ (showing.get(index));
    if (shown.place && !shown.place.isConnected) {
      // Drawn anew by the shop: what stood there stands in the new one, and counts as before.
      guarded(() => forgetShown(index)?.block.remove());
      if (findPlaces().has(campaigns[index].place)) return void show(index, verdict, false);
      notice('campaign', { campaign: campaigns[index].name, what: 'removed' });
      return ask();
    }
    // It goes on being about what it was about when it came.
    const subject = shown.verdict.subject;
    const items = stale ? views.itemsOf(campaigns[index]) : shown.items;
    const view = views.make(campaigns[index], { ...verdict, subject }, items);
    const next = JSON.stringify(view);
    if (next === shown.look) return;
    showing.set(index, { ...shown, items, look: next });
    guarded(() => shown.block.update(view));
  }

  function forgetShown(/** @type {number} */ index) {
    const shown = showing.get(index);
    showing.delete(index);
    mark(shown?.place ?? null, null);
    return shown;
  }

  function remove(/** @type {number} */ index) {
    const shown = forgetShown(index);
    guarded(() => shown?.block.remove());
    if (shown) notice('campaign', { campaign: campaigns[index].name, what: 'removed' });
  }

  function told(/** @type {number} */ index, /** @type {What} */ what) {
    const shown = showing.get(index);
    if (!shown || stopped) return;
    const campaign = campaigns[index];
    if (what === 'dismissed') {
      forgetShown(index);
      gone.add(index);
      refused.add(index);
    }
    if (what === 'sent') thanks.begin(index);
    else if (counts(campaign)) {
      note(what, campaign.key);
      if (what === 'clicked' && campaign.experiment >= 0) api.won(campaign.experiment, 'click');
    }
    notice('campaign', { campaign: campaign.name, what });
    ask();
  }

  /** @param {number} index @param {string[]} values @param {string} question */
  function answered(index, values, question) {
    if (stopped) return;
    api.answer(question, values.map(String), counts(campaigns[index]));
    notice('campaign', { campaign: campaigns[index].name, what: 'answered' });
    thanks.begin(index);
    ask();
  }

  function notice(/** @type {import('./api.js').News} */ event, /** @type {unknown} */ news) {
    api.emit(event, news);
  }

  // ---- The page ---------------------------------------------------------------------------------

  const unwatch = guarded(() => watchPageEvents(ask));
  ask();
  inspectIfAsked(fail);

  return {
    campaigns: api.campaigns,
    ask,
    turned,
    tell: () => void guarded(tell),
    loadPictures: pictures.load,

    /**
     * Something the shop told of.
     *
     * @param {{ kind: number }} event
     * @param {{ results?: unknown, code?: unknown }} about
     */
    happened({ kind }, { results, code }) {
      if (kind === SEARCH && results === 0) signals.give(NO_RESULTS);
      if (kind === PURCHASE) guarded(() => api.bought(code));
      ask();
    },

    stop() {
      tell();
      stopped = true;
      for (const index of [...showing.keys()]) remove(index);
      clearTimeout(asked);
      clearTimeout(clearing);
      unwatch?.();
      alarm.stop();
      active.stop();
      signals.stop();
      pictures.stop();
    },
  };
}
