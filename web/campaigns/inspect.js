/**
 * inspect.js - everything the verdicts rest on, for those who look after the shop
 */

/** @typedef {import('../index.js').CampaignsInspection} CampaignsInspection */

/** A text's kind in the core: the shop's own id of an item. */
const ID = 6;

const iso = (/** @type {number | undefined} */ time_s) =>
  (time_s ? new Date(time_s * 1000).toISOString() : null);

/**
 * @param {object} options
 * @param {import('../later/runtime.js').LaterCore} options.core
 * @param {ReturnType<import('./arms.js').openArms>} options.arms
 * @param {import('./api.js').Moment} options.moment
 * @param {() => import('./api.js').Looked} options.look
 * @param {() => import('./moment.js').Scene} options.scene
 * @param {import('../later/plan.js').PlannedCampaign[]} options.campaigns
 * @param {() => number | null} options.next
 * @returns {CampaignsInspection}
 */
export function inspect({ core, arms, moment, look, scene, campaigns, next }) {
  const plan = /** @type {import('../later/plan.js').Plan} */ (core.plan);
  const found = look();
  const inside = new Set(found ? found.segments : []);
  const ledger = core.ledgerRead();
  const range = (/** @type {number} */ length) => Array.from({ length }, (_, i) => i);
  const now = scene();
  const { total, pieces } = moment.cart();
  return {
    segments: range(plan.segmentCount).map((i) =>
      ({ name: plan.segmentName(i), in: inside.has(plan.segmentName(i)) })),
    experiments: range(plan.experimentCount).map((i) => {
      const { name, arms: names, weights } = plan.experiment(i);
      return {
        name,
        arm: names[moment.arm(i)] ?? null,
        forced: arms.isForced(i),
        arms: names.map((arm, number) => {
          const known = ledger?.arms.find(({ key }) => key === arms.key(i, number));
          return {
            name: arm, weight: weights[number], tries: known?.tries ?? 0, wins: known?.wins ?? 0,
          };
        }),
      };
    }),
    offers: range(plan.offerCount).map((i) => {
      const { name, kind, key: wanted } = plan.offer(i);
      const known = ledger?.offers.find(({ key }) => key === wanted);
      return { name, kind, given: iso(known?.given_s), redeemed: iso(known?.redeemed_s) };
    }),
    ledger: (ledger?.campaigns ?? []).flatMap(({ key, shown_s, dismissed_s, ...counts }) => {
      const campaign = campaigns.find((one) => one.key === key)?.name;
      return campaign === undefined ? []
        : [{ campaign, ...counts, shownAt: iso(shown_s), dismissedAt: iso(dismissed_s) }];
    }),
    scene: {
      time: new Date(now.now_s * 1000).toISOString(),
      'page.path': now.path,
      'page.type': now.type,
      'page.category': now.category,
      'page.items': now.items.map((item) => core.text(ID, item)).join(' '),
      'page.active': now.pageActive_s,
      'page.idle': now.idle_s,
      'page.scroll': now.scroll / 100,
      query: now.query,
      referrer: now.referrer,
      device: now.device,
      touch: now.touch,
      language: now.language,
      timezone: now.timezone,
      'cart.total': total / 10 ** core.site().decimals,
      'cart.quantity': pieces,
      events: now.events.length,
      stored: now.stored,
      ...Object.fromEntries(now.account.map(({ name, value }) => [`account.${name}`, value])),
    },
    next: next(),
  };
}
