/**
 * experiments-tab.js - the shopper's arm of each experiment, and how the others look
 *
 * An arm that is forced holds for this page load; nothing of it is counted or kept.
 */
import { make } from '../privacy/dom.js';
import { openTable } from './table.js';

const dayOf = (/** @type {string | null} */ time) =>
  (time ? new Date(time).toLocaleString() : 'not yet');

/** @type {import('./panel.js').OpenTab} */
export function experimentsTab(sotto, campaigns) {
  const table = openTable('Experiments', ['experiment', 'arms: tries, wins', 'arm'],
    'There are no experiments.');
  const offers = openTable('Offers', ['offer', 'given', 'redeemed'], 'There are no offers.');
  /** @type {Map<string, HTMLSelectElement>} */
  const choices = new Map();

  /** @param {import('../index.js').CampaignsInspection['experiments'][number]} experiment */
  function choiceOf({ name, arms, arm, forced }) {
    let choice = choices.get(name);
    if (!choice) {
      choice = make('select', {
        'aria-label': `Arm of ${name}`,
        onchange: (event) => campaigns.force(name, event.target.value || null),
      }, make('option', { value: '' }), ...arms.map((one) =>
        make('option', { value: one.name }, `forced: ${one.name}`)));
      choices.set(name, choice);
    }
    choice.options[0].textContent = forced ? 'as the hash says' : arm ?? 'in none';
    choice.value = forced ? arm ?? '' : '';
    return choice;
  }

  return {
    name: 'Experiments',
    element: make('div', {}, table.element, offers.element),
    show() {
      const { experiments, offers: known } = campaigns.inspect();
      table.show(experiments.map((experiment) => ({
        key: experiment.name,
        mark: experiment.arm === null ? 'no' : 'yes',
        cells: [experiment.name, experiment.arms.map(({ name, weight, tries, wins }) =>
          `${name} ${weight / 100} %: ${tries}, ${wins}`).join('; '), choiceOf(experiment)],
      })));
      offers.show(known.map(({ name, kind, given, redeemed }) => ({
        key: name, mark: redeemed ? 'no' : 'yes',
        cells: [`${name} (${kind})`, dayOf(given), dayOf(redeemed)],
      })));
    },
  };
}
