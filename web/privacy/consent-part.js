/**
 * consent-part.js - whether this shop remembers, in words, and what changes it
 *
 * Buttons for remembering as a whole, and a box to tick for `measure`, the purpose of experiments: only
 * where there are some, and only while the shopper's word to this shop is what counts.
 */
import { button, make, setText, title } from './dom.js';

/** @typedef {import('./centre.js').Context} Context */
/** @typedef {import('./centre.js').Seen} Seen */

const OWN = ['api', 'shopper', 'gpc'];

/** Whose word it is. @param {import('./speak.js').Speaker} speak @param {string} source */
export const whose = ({ say }, source) =>
  say(OWN.includes(source) ? `source_${source}` : 'source_platform', { name: source });

/** @param {Seen} seen */
function stateOf({ state, details }) {
  if (details?.gpc) return 'Gpc';
  if (state === 'remembered') return 'Remembered';
  if (state === 'session') return 'Session';
  /** @type {Record<string, string>} */
  const names = { paused: 'Paused', refused: 'Refused', waiting: 'Waiting' };
  return names[details?.answer ?? ''] ?? 'Unasked';
}

/**
 * The box to tick for `measure`. Once it is there it stays, as long as its purpose can be had: who unticks
 * it finds it where it was.
 *
 * @param {Context} context
 * @param {HTMLElement} heading takes the focus when the box goes
 */
function compareBox({ speak: { say }, announce, act }, heading) {
  let offered = false;
  const box = make('input', { type: 'checkbox', 'data-do': 'compare',
    'aria-describedby': 'compare-note', onchange: choose });
  const element = make('div', { hidden: true },
    make('label', { class: 'check' }, box, make('span', {}, say('compare'))),
    make('p', { class: 'note', id: 'compare-note' }, say('compareNote')));

  function choose() {
    const wanted = box.checked;
    act(async ({ consent }) => {
      const { policy } = await consent.details() ?? {};
      // The yes to the rest stands, and so does the text that it was given to.
      if (wanted) await consent.grant({ measure: true }, policy || undefined);
      else await consent.withdraw('measure');
      const agreed = (await consent.details())?.purposes.measure;
      announce(say(agreed ? 'compared' : wanted ? 'notGranted' : 'comparedNot'));
    });
  }

  return {
    element,
    show(/** @type {Seen} */ { state, details, compares }) {
      const agreed = details?.purposes.measure === true;
      const ours = OWN.includes(details?.source ?? '') && details?.answer === 'granted';
      offered ||= compares || agreed;
      const hides = !(offered && ours && state !== 'none');
      const root = /** @type {ShadowRoot} */ (element.getRootNode());
      if (hides && root.activeElement === box) heading.focus();
      element.hidden = hides;
      box.checked = agreed;
    },
  };
}

/** @param {Context} context */
export function consentPart(context) {
  const { speak, level, announce, act, receipt } = context;
  const { say } = speak;
  const text = make('p', { class: 'lead', 'data-state': '' });
  const facts = make('dl', { class: 'facts' });
  const buttons = make('p', { class: 'buttons' });
  const all = {
    grant: button('grant', say('grant'), () => act(async (sotto) => {
      await sotto.consent.grant();
      announce(say(sotto.consent.state === 'none' ? 'notGranted' : 'granted'));
    }), { class: 'main' }),
    pause: button('pause', say('pause'), () => act(async (sotto) => {
      await sotto.consent.pause();
      announce(say('paused'));
    })),
    resume: button('resume', say('resume'), () => act(async (sotto) => {
      await sotto.consent.resume();
      announce(say('resumed'));
    })),
    withdraw: button('withdraw', say('withdraw'), () => act(async (sotto) => {
      await receipt('withdrawn', () => sotto.consent.withdraw());
    })),
  };

  /** @param {[string, string][]} rows */
  function showFacts(rows) {
    const mark = JSON.stringify(rows);
    if (facts.dataset.mark === mark) return;
    facts.dataset.mark = mark;
    facts.hidden = rows.length === 0;
    facts.replaceChildren(...rows.map(([name, value]) =>
      make('div', {}, make('dt', {}, say(name)), make('dd', {}, value))));
  }

  const heading = title(level, 'consent-title', say('consentTitle'));
  const compare = compareBox(context, heading);

  return {
    element: make('section', { 'aria-labelledby': 'consent-title' },
      heading, text, facts, compare.element, buttons),

    show(/** @type {Seen} */ seen) {
      const { details, kept } = seen;
      const state = stateOf(seen);
      text.dataset.state = state.toLowerCase();
      const until = details?.until ? speak.day(details.until) : '';
      setText(text, say(`state${state}`, { until }));

      /** @type {[string, string][]} */
      const rows = [];
      const holds = state === 'Remembered' || state === 'Session' || state === 'Paused';
      if (details?.since) rows.push(['since', speak.moment(details.since)]);
      if (until && holds) rows.push(['until', until]);
      if (details?.source && details.since) rows.push(['by', whose(speak, details.source)]);
      if (kept?.stored === 'device' || state === 'Paused') {
        rows.push(['where', say(kept?.encrypted ? 'whereEncrypted' : 'wherePlain')]);
      } else if (kept?.stored === 'memory') {
        rows.push(['where', say('whereMemory')]);
      }
      showFacts(rows);
      compare.show(seen);

      const wanted = state === 'Gpc' || state === 'Waiting' ? []
        : state === 'Paused' ? [all.resume, all.withdraw]
          : holds ? [all.pause, all.withdraw] : [all.grant];
      const root = /** @type {ShadowRoot} */ (buttons.getRootNode());
      const before = root.activeElement;
      const hadFocus = before !== null && buttons.contains(before);
      const shown = [...buttons.children];
      if (shown.length !== wanted.length || wanted.some((one, i) => shown[i] !== one)) {
        buttons.replaceChildren(...wanted);
        buttons.hidden = wanted.length === 0;
        if (hadFocus) {
          (wanted.find((one) => one === before) ?? wanted[0] ?? heading).focus();
        }
      }
    },
  };
}
