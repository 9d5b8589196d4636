/**
 * arms.js - arms that are forced, for those who look after the shop
 *
 *     https://shop.example/?sotto-force=popup-wording:warm,layout:b
 *
 * For this page load, whatever the hash says; nothing is counted. It shows only what any shopper
 * may see, so anybody may do it.
 */

const PARAMETER = 'sotto-force';

/**
 * @param {object} options
 * @param {import('../later/plan.js').Plan} options.plan
 * @param {(text: string) => bigint} options.hash
 * @param {import('../later/later.js').Fail} options.fail
 */
export function openArms({ plan, hash, fail }) {
  const experiments = Array.from({ length: plan.experimentCount }, (_, i) => plan.experiment(i));
  /** Arms by experiment. @type {Map<number, number>} */
  const forced = new Map();

  const indexOf = (/** @type {string} */ name) => experiments.findIndex((one) => one.name === name);

  /** @param {string} experiment @param {string | null} arm */
  function force(experiment, arm) {
    const index = indexOf(experiment);
    const number = arm === null ? 0 : experiments[index]?.arms.indexOf(arm) ?? -1;
    if (index < 0 || number < 0) return fail('invalid', 'campaigns', `${experiment}:${arm}`);
    if (arm === null) forced.delete(index);
    else forced.set(index, number);
  }

  const asked = new URLSearchParams(globalThis.location?.search ?? '').getAll(PARAMETER);
  for (const pair of asked.flatMap((value) => value.split(','))) {
    const [experiment, arm] = pair.split(':');
    if (arm !== undefined) force(experiment, arm);
  }

  return {
    force,
    indexOf,
    isForced: (/** @type {number} */ experiment) => forced.has(experiment),

    /** As the core takes them. */
    forced: () => [...forced].map(([experiment, arm]) =>
      ({ experiment: hash(experiments[experiment].name), arm })),

    /** The key of an arm in the ledger. */
    key: (/** @type {number} */ experiment, /** @type {number} */ arm) =>
      hash(`${experiments[experiment].name}\0${experiments[experiment].arms[arm]}`),
  };
}
