/**
 * acts.js - what a block does when it is pressed, whoever drew it
 *
 *     data-sotto-close       closes; the shopper does not want it now
 *     data-sotto-copy        copies the offer's code
 *     <a href>               leads there, and counts as a click
 *     <form data-sotto-quiz>, <form data-sotto-hand-off>     answer.js, hand-off.js
 *
 * One listener for all of it, so that removing a block leaves none behind. What is pressed in a
 * <sotto-why> is that element's own.
 */
import { sendAnswer } from './answer.js';
import { sendForm } from './hand-off.js';
import { setText } from '../privacy/dom.js';

/** How long "Copied" stands on the button. */
const COPIED_MS = 2500;

/** @typedef {import('./draw.js').Tools} Tools */

/**
 * @param {Element} element the block
 * @param {ShadowRoot} root
 * @param {() => import('../index.js').CampaignView} viewOf
 * @param {Tools} tools
 */
export function listen(element, root, viewOf, tools) {
  element.addEventListener('click', (event) => {
    const path = event.composedPath();
    if (path.some((one) => one instanceof Element && one.localName === 'sotto-why')) return;
    const pressed = path.find((one) => one instanceof Element
      && one.matches('[data-sotto-close], [data-sotto-copy], a[href]'));
    if (!(pressed instanceof HTMLElement)) return;
    if (pressed.hasAttribute('data-sotto-close')) tools.dismiss();
    else if (!pressed.hasAttribute('data-sotto-copy')) tools.host.told('clicked');
    else copy(pressed, viewOf().offer?.code ?? '', tools);
  });
  const submit = (/** @type {Event} */ event) => {
    const { target } = event;
    if (event.defaultPrevented || !(target instanceof HTMLFormElement)) return;
    if ('sottoQuiz' in target.dataset) sendAnswer(event, target, viewOf(), tools);
    else if ('sottoHandOff' in target.dataset) sendForm(event, target, viewOf(), tools);
  };
  // This event does not leave a shadow root.
  root.addEventListener('submit', submit);
  element.addEventListener('submit', submit);
}

/** @param {HTMLElement} button @param {string} text @param {Tools} tools */
async function copy(button, text, { say, announce, stop }) {
  if (!text) return;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const shown = button.parentElement?.querySelector('code');
    if (shown) getSelection()?.selectAllChildren(shown);
    return announce(say('copyByHand'));
  }
  const label = button.dataset.label ??= button.textContent ?? '';
  setText(button, say('copied'));
  announce(say('copied'));
  const timer = setTimeout(() => setText(button, label), COPIED_MS);
  stop(() => clearTimeout(timer));
}
