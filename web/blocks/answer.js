/**
 * answer.js - one question, answered on the device
 *
 * The answer goes to the profile, if there is one, and nowhere else: the form has no address, and
 * what it would submit is kept from being submitted.
 */
import { make } from '../privacy/dom.js';

/** @typedef {import('../index.js').CampaignView} CampaignView */
/** @typedef {import('./draw.js').Tools} Tools */

/** The tone that lets a quiz take several answers. */
const SEVERAL = 'several';

/** @param {CampaignView} view @param {Tools} tools */
export function answerForm({ question, options, button, tone }, { say }) {
  if (!question || options.length < 2) return null;
  const type = tone === SEVERAL ? 'checkbox' : 'radio';
  return make('form', { 'data-sotto-quiz': true, part: 'form', class: 'form' },
    make('fieldset', {},
      make('legend', { part: 'question', class: 'question' }, question),
      make('div', { class: 'options' }, ...options.map((option) =>
        make('label', { part: 'option', class: 'option' },
          make('input', { type, name: 'answer', value: option }), option)))),
    make('button', { type: 'submit', part: 'button', class: 'button' }, button || say('answer')));
}

/**
 * @param {Event} event
 * @param {HTMLFormElement} form
 * @param {CampaignView} view
 * @param {Tools} tools
 */
export function sendAnswer(event, form, { question, thanks }, { say, announce, finish, host }) {
  event.preventDefault();
  const values = new FormData(form).getAll('answer').map(String);
  if (values.length === 0) {
    announce(say('chooseOne'));
    /** @type {HTMLElement | null} */ (form.querySelector('input'))?.focus();
    return;
  }
  finish(form, thanks || say('thanks'));
  host.answered(values, question);
}

export const FORM = `
.form { display: grid; gap: 0.9rem; justify-items: start; }
fieldset { border: 0; margin: 0; padding: 0; min-width: 0; width: 100%; }
legend { padding: 0; }
.question { font-weight: 600; padding: 0 0 0.6rem; }
.options { display: flex; flex-wrap: wrap; gap: 0.5rem; }
.option {
  display: flex; align-items: center; gap: 0.55rem; padding: 0.45rem 0.9rem 0.45rem 0.7rem; min-height: 2.75rem;
  border: 1px solid color-mix(in srgb, currentColor 45%, transparent); border-radius: var(--radius); cursor: pointer; overflow-wrap: anywhere;
}
.option:hover { background: var(--tint); }
.option:has(:checked) { border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent); }
.option:has(:focus-visible) { outline: 2px solid var(--accent); outline-offset: 2px; }
.option input { accent-color: var(--sotto-accent, auto); width: 1.1rem; height: 1.1rem; margin: 0; flex: none; outline: none; }
.field { display: grid; gap: 0.3rem; width: min(100%, 26rem); }
.field input {
  width: 100%; min-height: 2.75rem; padding: 0.5rem 0.8rem; border-radius: var(--radius); background: Field; color: FieldText;
  border: 1px solid color-mix(in srgb, FieldText 62%, transparent);
}
.ticks { display: grid; gap: 0.1rem; }
.ticks .option { border: 0; padding: 0.2rem 0; min-height: 2.25rem; }
.ticks .option:has(:checked) { box-shadow: none; }
.ticks .option:hover { background: none; }
.thanks { font-weight: 600; }
.problem { border-inline-start: 3px solid currentColor; padding-inline-start: 0.8rem; }
`;
