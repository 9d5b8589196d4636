/**
 * campaigns-tab.js - every campaign of the page: shown, or the first rule that said no
 *
 * And the same for later: what would be said in an hour, if nothing else happened.
 */
import { make } from '../privacy/dom.js';
import { about, openTable } from './table.js';

const AHEAD = /** @type {[string, number][]} */ ([
  ['now', 0], ['10 s', 10], ['1 min', 60], ['10 min', 600], ['1 h', 3600], ['1 day', 86400],
  ['7 days', 604800], ['30 days', 2592000],
]);

/** Words for styles, and the order of the rows. */
const RANKS = { yes: 0, wait: 1, no: 2 };
const markOf = (/** @type {import('../index.js').CampaignVerdict} */ { rule, until }) =>
  (rule === 'shown' ? 'yes' : until !== null ? 'wait' : 'no');

/** @type {import('./panel.js').OpenTab} */
export function campaignsTab(sotto, campaigns) {
  const table = openTable('Campaigns: shown, waiting for a time, not shown',
    ['campaign', 'what', 'verdict'], 'There is no such campaign.');
  const choice = make('select', { onchange: show },
    ...AHEAD.map(([text, seconds]) => make('option', { value: seconds }, text)));
  const note = make('p', { class: 'note', role: 'status' });
  const filter = make('input', {
    type: 'search', oninput: show, 'aria-label': 'Only those with', placeholder: 'name or rule',
  });

  function show() {
    const ahead = Number(choice.value);
    const { next, ledger } = campaigns.inspect();
    const counts = new Map(ledger.map((entry) => [entry.campaign, entry]));
    const wanted = filter.value.toLowerCase();
    const verdicts = campaigns.verdicts(ahead)
      .filter(({ campaign, rule }) => `${campaign} ${rule}`.includes(wanted))
      .sort((a, b) => RANKS[markOf(a)] - RANKS[markOf(b)]);
    note.textContent = ahead > 0 ? 'What would be, if nothing else happened. Nothing is changed by looking.'
      : next === null ? 'Nothing changes by time alone.' : `Time alone may change something ${about(next)}.`;
    table.show(verdicts.map((verdict) => {
      const { campaign, block, place, text, until, arm, subject } = verdict;
      const seen = counts.get(campaign);
      const details = [
        until !== null && about(until), arm !== null && `arm ${arm}`,
        subject !== null && `about ${subject}`,
        seen && `shown ${seen.session} / ${seen.day} / ${seen.ever}`,
        seen?.dismissedAt && `dismissed ${about(Date.parse(seen.dismissedAt) / 1000)}`,
      ].filter(Boolean).join(', ');
      return {
        key: campaign,
        mark: markOf(verdict),
        cells: [campaign, place ? `${block} at ${place}` : block,
          details ? `${text} (${details})` : text],
      };
    }));
  }

  return {
    name: 'Campaigns',
    element: make('div', {},
      make('p', { class: 'controls' }, make('label', {}, 'Look ahead ', choice), filter),
      note, table.element,
      make('p', { class: 'note' }, 'shown: in this session / today / ever')),
    show,
  };
}
