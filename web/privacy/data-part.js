/**
 * data-part.js - take it along, bring it back, erase it
 */
import { button, make, title } from './dom.js';
import { saveFile } from './save-file.js';

/** @typedef {import('./centre.js').Context} Context */
/** @typedef {import('./centre.js').Seen} Seen */

/** No profile in words is as large; a larger file is not even read. */
const MOST = 1 << 20;

/** @param {Context} context */
export function takePart({ speak, level, announce, act }) {
  const { say } = speak;
  const file = make('input', { type: 'file', accept: '.json,application/json', class: 'file',
    tabindex: -1, 'aria-hidden': 'true', onchange: bringBack });
  const needs = make('p', { class: 'note' }, say('importNeeds'));
  const bring = button('import', say('import'), () => file.click());

  function bringBack() {
    const [chosen] = file.files ?? [];
    if (!chosen) return;
    act(async (sotto) => {
      const text = chosen.size <= MOST ? await chosen.text().catch(() => '') : '';
      file.value = '';
      announce(say(await sotto.profile.import(text) ? 'imported' : 'notImported'));
    });
  }

  const take = button('export', say('export'), () => act(async (sotto) => {
    const kept = await sotto.profile.export();
    if (!kept) return;
    const text = JSON.stringify(kept, null, 2);
    saveFile(`${kept.shop || 'shop'}-profile.json`, 'application/json', text);
    announce(say('exported'));
  }));

  return {
    element: make('section', { 'aria-labelledby': 'take-title' },
      title(level, 'take-title', say('takeTitle')),
      make('p', {}, say('takeText')), make('p', { class: 'buttons' }, take, bring), needs, file),

    show(/** @type {Seen} */ { state }) {
      bring.disabled = state === 'none';
      needs.hidden = state !== 'none';
    },
  };
}

/** @param {Context} context */
export function erasePart({ speak, level, announce, act, receipt }) {
  const { say } = speak;
  const yes = button('erase-yes', say('eraseYes'), () => act(async (sotto) => {
    ask(false);
    await receipt('erased', () => sotto.profile.erase());
  }), { class: 'danger', 'aria-describedby': 'erase-sure' });
  const no = button('erase-no', say('eraseNo'), keep);
  const sure = make('div', {
    class: 'sure', role: 'group', 'aria-labelledby': 'erase-sure', hidden: true,
    onkeydown: (/** @type {KeyboardEvent} */ event) => event.key === 'Escape' && escape(event),
  }, make('p', { id: 'erase-sure' }, say('eraseSure')), make('p', { class: 'buttons' }, yes, no));
  const erase = button('erase', say('erase'), () => {
    announce('');
    ask(true);
    yes.focus();
  });

  function ask(/** @type {boolean} */ asking) {
    sure.hidden = !asking;
    erase.hidden = asking;
  }

  /** It is answered here: a dialog around the centre stays open. */
  function escape(/** @type {Event} */ event) {
    event.stopPropagation();
    keep();
  }

  function keep() {
    ask(false);
    erase.focus();
    announce(say('eraseNot'));
  }

  return {
    element: make('section', { 'aria-labelledby': 'erase-title' },
      title(level, 'erase-title', say('eraseTitle')),
      make('p', {}, say('eraseText')), make('p', { class: 'buttons' }, erase), sure),
    show() {},
  };
}
