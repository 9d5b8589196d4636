/**
 * why.js - <sotto-why>, "why this?" and "not this" on a recommendation
 *
 *     <script type="module" src="/sotto/why.js"></script>
 *     <template> ... <sotto-why data-sotto="data-item:id"></sotto-why> ... </template>
 *
 * A button in the shop's template that opens the reasons, as the decision of its slot has them (or of
 * the campaign whose block it stands in: there every chosen product has one), and lets the shopper say no to the item. The no is an event, `dismiss`, and can be taken back as long as
 * the box is open (and in the privacy centre at any time). The slot fills again when the focus has
 * left it, so nothing moves under the shopper's hands.
 *
 *     item="SKU-1"     which item; else data-item, here or around it
 *     compact          a small round button with a question mark
 *     centre="/account.html#privacy"   adds a link to the privacy centre
 */
import { adopt, button, make } from './privacy/dom.js';
import { sottoOf, use } from './find.js';
import { openBeside } from './privacy/place.js';
import { languageOf, speaker } from './privacy/speak.js';
import { TEXTS } from './privacy/why-en.js';
import { CSS } from './privacy/why-style.js';

export { use };

/** @typedef {import('./index.js').Sotto} Sotto */
/** @typedef {Record<string, import('./privacy/speak.js').Text>} Texts */

/** @param {string} language @returns {Promise<Texts>} */
async function textsOf(language) {
  const german = /^de\b/i.test(language) && await import('./privacy/why-de.js').catch(() => null);
  return german ? german.TEXTS : TEXTS;
}

class SottoWhy extends HTMLElement {
  static observedAttributes = ['item', 'data-item', 'compact', 'lang'];
  /** @type {Sotto | Promise<Sotto> | undefined} */
  sotto;
  /** @type {Texts} */
  texts = {};
  #speak = speaker(TEXTS, 'en');
  #button = button('open', '', () => this.#toggle(),
    { class: 'open', 'aria-expanded': 'false', 'aria-controls': 'box' });
  #text = make('div');
  #status = make('p', { role: 'status' });
  #buttons = make('p', { class: 'buttons' });
  #link = make('p', { class: 'centre' });
  #box = make('div', { class: 'box', id: 'box', role: 'group', hidden: true,
    onkeydown: (event) => event.key === 'Escape' && this.#escape(event),
    ontoggle: (event) => event.newState === 'closed' && this.#closed() },
  this.#text, this.#status, this.#buttons, this.#link);

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open' });
    adopt(root, CSS);
    root.append(this.#button, this.#box);
  }

  connectedCallback() {
    this.#label();
  }

  attributeChangedCallback() {
    if (this.isConnected) this.#label();
  }

  get #item() {
    const around = this.closest('[data-item]');
    return this.getAttribute('item') ?? around?.getAttribute('data-item') ?? '';
  }

  /** The slot around it, or the block of a campaign, which may have it in its shadow root. */
  get #place() {
    const root = this.getRootNode();
    const around = this.closest('sotto-slot, sotto-block')
      ?? (root instanceof ShadowRoot ? root.host.closest('sotto-block') : null);
    return /** @type {import('./index.js').SottoSlotElement | null} */ (around);
  }

  /** The item as it is shown there. */
  get #shown() {
    return this.#place?.decision?.items.find(({ id }) => id === this.#item);
  }

  async #label() {
    const language = languageOf(this);
    this.#speak = speaker({ ...await textsOf(language), ...this.texts }, language);
    const { say } = this.#speak;
    this.#button.textContent = this.hasAttribute('compact') ? '?' : say('why');
    // A slot knows what it shows once all of it is in place.
    await null;
    const name = this.#shown?.title || this.#item;
    this.#button.setAttribute('aria-label', say('whyOf', { name }));
    this.#box.setAttribute('aria-label', say('whyOf', { name }));
  }

  async #toggle() {
    if (!this.#box.hidden) return this.#close();
    const sotto = await sottoOf(this.sotto);
    const told = this.#shown ?? await sotto.profile.explain(this.#item);
    this.#tell(told?.title || this.#item, told?.reasons ?? [], sotto);
    this.#button.setAttribute('aria-expanded', 'true');
    openBeside(this.#box, this.#button);
    /** @type {HTMLElement} */ (this.#buttons.firstElementChild).focus();
  }

  /** @param {string} name @param {import('./index.js').Reason[]} reasons @param {Sotto} sotto */
  #tell(name, reasons, sotto) {
    const { say } = this.#speak;
    const mayRefuse = sotto.consent.state !== 'none';
    const sentences = [...new Set(reasons.map(({ text }) => text).filter(Boolean))];
    const because = make('ul', {}, ...sentences.map((text) => make('li', {}, text)));
    this.#text.replaceChildren(make('p', { class: 'title' }, name), ...(sentences.length > 0
      ? [make('p', {}, say('shownSince')), because]
      : [make('p', {}, say(this.#place?.localName === 'sotto-block' ? 'byCampaign' : 'sameForAll'))]));
    if (!mayRefuse) this.#text.append(make('p', {}, say('allowFirst')));
    this.#status.textContent = '';
    const close = button('close', say('close'), () => this.#close());
    const no = button('not-this', say('notThis'), () => this.#refuse(name, sotto));
    this.#buttons.replaceChildren(...(mayRefuse ? [no, close] : [close]));
    const centre = this.getAttribute('centre');
    this.#link.replaceChildren(...(centre ? [make('a', { href: centre }, say('centre'))] : []));
    this.#link.hidden = !centre;
  }

  #refuse(/** @type {string} */ name, /** @type {Sotto} */ sotto) {
    const { say } = this.#speak;
    const item = this.#item;
    const undo = button('undo', say('undo'), async () => {
      await sotto.profile.forgetItem(item, 'dismiss');
      this.toggleAttribute('dismissed', false);
      const { reasons = [] } = this.#shown ?? {};
      this.#tell(name, reasons, sotto);
      this.#status.textContent = say('undone', { name });
      /** @type {HTMLElement} */ (this.#buttons.firstElementChild).focus();
    });
    sotto.track('dismiss', { item });
    this.toggleAttribute('dismissed', true);
    this.#text.replaceChildren(make('p', { class: 'title' }, name));
    this.#buttons.firstElementChild?.replaceWith(undo);
    // With the focus in it the slot waits; a click alone does not focus everywhere.
    undo.focus();
    this.#status.textContent = say('noted', { name });
    sotto.fill();
  }

  #close() {
    if (this.#box.matches(':popover-open')) this.#box.hidePopover();
    else this.#closed();
    this.#button.focus();
  }

  #escape(/** @type {Event} */ event) {
    event.preventDefault();
    event.stopPropagation();
    this.#close();
  }

  #closed() {
    this.#box.hidden = true;
    this.#button.setAttribute('aria-expanded', 'false');
  }
}

if (!customElements.get('sotto-why')) customElements.define('sotto-why', SottoWhy);
