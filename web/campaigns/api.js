/**
 * api.js - what the shop's own code may ask and say of campaigns
 *
 * index.d.ts has the promises (Campaigns). Nothing here throws into the page: a name that is not
 * planned is reported.
 */
import { inspect } from './inspect.js';
import { sayVerdict } from './words.js';

/** @typedef {import('../index.js').Campaigns} Campaigns */
/** @typedef {ReturnType<import('./moment.js').openMoment>} Moment */
/** @typedef {false | { verdicts: ReturnType<Moment['verdicts']>, segments: string[] }} Looked */
/** @typedef {'segments' | 'campaign' | 'exposure' | 'look'} News */

/**
 * @param {object} options
 * @param {import('../later/runtime.js').LaterCore} options.core
 * @param {import('../later/visit.js').Visit} options.visit
 * @param {ReturnType<import('./arms.js').openArms>} options.arms
 * @param {Moment} options.moment
 * @param {(ahead_s?: number) => Looked} options.look
 * @param {() => import('./moment.js').Scene} options.scene
 * @param {import('../later/plan.js').PlannedCampaign[]} options.campaigns
 * @param {(what: any, key: bigint) => void} options.note
 * @param {(event: News, news: unknown) => void} options.notice
 * @param {() => boolean} options.measures whether the shopper agreed to that
 * @param {() => void} options.ask
 * @param {() => number | null} options.next when it will be asked again
 * @param {(hash: bigint) => void} options.event
 * @param {import('../later/later.js').Fail} options.fail
 */
export function openApi(options) {
  const {
    core, visit, arms, moment, look, scene, campaigns, note, notice, measures, ask, next, event, fail,
  } = options;
  const plan = /** @type {import('../later/plan.js').Plan} */ (core.plan);
  const ID = 6;
  const NONE = 0xffffffff;
  /** @type {[News, Function][]} */
  let listeners = [];
  /** @type {import('./moment.js').AccountEntry[]} */
  let account = [];
  /** Who takes what is handed off. @type {import('../index.js').HandOff | null} */
  let taker = null;
  /**
   * What was answered on this page, for those whom nothing remembers.
   *
   * @type {Map<string, string[]>}
   */
  const answers = new Map();
  /** Arms whose exposure was told on this page. */
  const told = new Set();

  const questionOf = (/** @type {string} */ question, /** @type {string} */ value) =>
    core.hash(`${question}\0${value}`);

  /** The options of a question, of whichever campaign asks it. */
  const optionsOf = (/** @type {string} */ question) => campaigns
    .filter(({ block, index }) => block === 'quiz' && plan.field(index, 'question') === question)
    .flatMap(({ index }) => plan.field(index, 'options').split('\0').slice(0, -1));

  /** @template T @param {T} otherwise @param {() => T} work @returns {T} */
  function guarded(otherwise, work) {
    try {
      return work();
    } catch (error) {
      fail('unexpected', 'campaigns', String(error));
      return otherwise;
    }
  }

  /** The number of an experiment; reported if there is none of that name. */
  function experimentOf(/** @type {string} */ name) {
    const index = arms.indexOf(String(name));
    if (index < 0) fail('invalid', 'campaigns', String(name));
    return index;
  }

  function armOf(/** @type {number} */ experiment) {
    return experiment >= 0 && look() ? moment.arm(experiment) : -1;
  }

  /** The shopper is in an arm, and sees what it says, or would: counted, if they agreed to that. */
  function exposed(/** @type {number} */ experiment, /** @type {number} */ arm) {
    const { name, arms: names } = plan.experiment(experiment);
    if (!measures() || arms.isForced(experiment) || names[arm] === undefined) return;
    const key = arms.key(experiment, arm);
    if (visit.active) note('exposure', key);
    if (told.has(key)) return;
    told.add(key);
    notice('exposure', { experiment: name, arm: names[arm] });
  }

  /** A success of an experiment that counts those, in the arm that the shopper was exposed in. */
  function won(/** @type {number} */ experiment, /** @type {string} */ by) {
    const { winBy, arms: names } = plan.experiment(experiment);
    if (winBy !== by || arms.isForced(experiment) || !visit.active || !measures()) return;
    const start_s = by === 'purchase' ? core.sessionStart() : 1;
    names.forEach((_, arm) => {
      const key = arms.key(experiment, arm);
      if (core.exposed(key) >= start_s) note('win', key);
    });
  }

  const everyExperiment = (/** @type {(experiment: number) => void} */ work) => {
    for (let i = 0; i < plan.experimentCount; i++) work(i);
  };

  /** @param {(offer: import('../later/plan.js').PlannedOffer) => boolean} wanted */
  function redeem(wanted) {
    let found = false;
    for (let i = 0; i < plan.offerCount; i++) {
      if (!wanted(plan.offer(i))) continue;
      found = true;
      if (plan.offer(i).kind !== 'free-shipping') note('redeemed', plan.offer(i).key);
    }
    return found;
  }

  const time = (/** @type {number} */ time_s) => new Date(time_s * 1000).toISOString();

  function verdicts(ahead_s = 0) {
    const found = look(Math.max(Math.trunc(Number(ahead_s)) || 0, 0));
    if (!found || !found.verdicts) return [];
    return found.verdicts.list.map(({ rule, detail, arm, subject }, index) => {
      const { name, block, place, experiment } = campaigns[index];
      const armName = experiment < 0 ? null : plan.experiment(experiment).arms[arm] ?? null;
      const campaign = (/** @type {number} */ i) => campaigns[i]?.name ?? '';
      return {
        campaign: name, block, place,
        ...sayVerdict(rule, { detail, time, campaign, arm: armName }),
        arm: armName,
        subject: subject === NONE ? null : core.text(ID, subject),
      };
    });
  }

  /** @type {Campaigns} */
  const campaignsApi = {
    segments: () => guarded(/** @type {string[]} */ ([]), () => {
      const found = look();
      return found ? found.segments : [];
    }),
    account: (attributes) => guarded(undefined, () => {
      const kinds = new Map(plan.account().map(({ name, kind }) => [name, kind]));
      account = Object.entries(attributes ?? {}).flatMap(([name, value]) => {
        const kind = kinds.get(name);
        if (!kind) fail('invalid', 'account', name);
        return kind ? [{ name, kind, value }] : [];
      });
      ask();
    }),
    event: (name) => guarded(undefined, () => event(core.hash(String(name)))),
    arm: (experiment) => guarded(null, () => {
      const index = experimentOf(experiment);
      return index < 0 ? null : plan.experiment(index).arms[armOf(index)] ?? null;
    }),
    expose: (experiment) => guarded(null, () => {
      const index = experimentOf(experiment);
      const arm = armOf(index);
      if (arm < 0) return null;
      exposed(index, arm);
      return plan.experiment(index).arms[arm] ?? null;
    }),
    win: (experiment) => guarded(undefined, () => {
      const index = experimentOf(experiment);
      if (index >= 0) won(index, 'call');
    }),
    redeem: (offer) => guarded(undefined, () => {
      if (!redeem(({ name }) => name === offer)) fail('invalid', 'campaigns', String(offer));
      ask();
    }),
    verdicts: (ahead) =>
      guarded(/** @type {import('../index.js').CampaignVerdict[]} */ ([]), () => verdicts(ahead)),
    inspect: () => inspect({ core, arms, moment, look, scene, campaigns, next }),
    force: (experiment, arm) => guarded(undefined, () => {
      arms.force(String(experiment), arm === null ? null : String(arm));
      ask();
    }),
    handOff: (take) => {
      taker = typeof take === 'function' ? take : null;
      return () => {
        if (taker === take) taker = null;
      };
    },
    on(/** @type {any} */ wanted, /** @type {Function} */ listener) {
      const entry = /** @type {[News, Function]} */ ([wanted, listener]);
      listeners = [...listeners, entry];
      return () => {
        listeners = listeners.filter((one) => one !== entry);
      };
    },
  };

  return {
    campaigns: campaignsApi,
    account: () => account,

    /** What the shop's own function makes of a form; null where it has none. */
    handOff: () => taker && (async (/** @type {import('../index.js').HandOffForm} */ form) => {
      try {
        return await taker?.(form);
      } catch (error) {
        fail('listener', 'hand-off', String(error));
        return false;
      }
    }),

    exposed,
    won,

    /** Something was bought, maybe with a code. */
    bought(/** @type {unknown} */ code) {
      if (code !== undefined) redeem(({ codes }) => codes.includes(String(code)));
      everyExperiment((experiment) => won(experiment, 'purchase'));
    },

    /** What was answered to a question, '' if nothing is known. */
    answered(/** @type {string} */ question) {
      const here = answers.get(question);
      const known = here ?? optionsOf(question).filter((value) =>
        core.answered(questionOf(question, value)));
      return known.join(', ');
    },

    /**
     * A question was answered; what was said of it before counts no longer.
     *
     * @param {string} question
     * @param {string[]} values
     * @param {boolean} counts
     */
    answer(question, values, counts) {
      answers.set(question, values);
      if (!counts) return;
      for (const value of optionsOf(question)) {
        if (!values.includes(value)) note('unanswer', questionOf(question, value));
      }
      note(values.length > 0 ? 'answer' : 'unanswer', core.hash(question));
      for (const value of values) note('answer', questionOf(question, value));
    },

    emit(/** @type {News} */ wanted, /** @type {unknown} */ news) {
      for (const [one, listener] of listeners) {
        if (one !== wanted) continue;
        try {
          listener(news);
        } catch (error) {
          fail('listener', wanted, String(error));
        }
      }
    },
  };
}
