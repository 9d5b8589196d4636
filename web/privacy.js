/**
 * privacy.js - <sotto-privacy>, the shopper's page
 *
 *     <script type="module" src="/sotto/privacy.js"></script>
 *     <sotto-privacy></sotto-privacy>
 *
 * What is remembered, why products are shown, and everything a shopper may do about it: forget one
 * thing, pause, take along, bring back, erase. A page that does not use it never loads it. It talks to
 * the Sotto that the snippet started; a shop that calls `start` hands over its own by `use(sotto)`, or
 * as the element's property `sotto`.
 *
 *     level="3"                   level of the titles; default 2
 *     lang="de"                   here or around it; English and German are there
 *     element.texts = { ... }     other words, or another language: privacy/texts-en.js has the names
 *
 * It lives in a shadow root, so that the shop's styles and it leave each other alone; privacy/style.js
 * has the custom properties by which it takes on the shop's look.
 */
import { openCentre } from './privacy/centre.js';
import { adopt } from './privacy/dom.js';
import { sottoOf, use } from './find.js';
import { languageOf, speaker } from './privacy/speak.js';
import { CSS } from './privacy/style.js';
import { TEXTS } from './privacy/texts-en.js';

export { use };

/** @typedef {import('./index.js').Sotto} Sotto */
/** @typedef {Record<string, import('./privacy/speak.js').Text>} Texts */

/** @param {string} language @returns {Promise<Texts>} */
async function textsOf(language) {
  const german = /^de\b/i.test(language) && await import('./privacy/texts-de.js').catch(() => null);
  return german ? german.TEXTS : TEXTS;
}

class SottoPrivacy extends HTMLElement {
  static observedAttributes = ['lang', 'level'];
  /** @type {Sotto | Promise<Sotto> | undefined} */
  #sotto;
  /** @type {Texts} */
  #texts = {};
  /** @type {ReturnType<typeof openCentre> | null} */
  #centre = null;
  /** Counts the drawings from the start: of two at once the later one stays. */
  #drawing = 0;

  constructor() {
    super();
    adopt(this.attachShadow({ mode: 'open' }), CSS);
  }

  get sotto() {
    return this.#sotto;
  }

  set sotto(sotto) {
    this.#sotto = sotto;
    this.#draw();
  }

  get texts() {
    return this.#texts;
  }

  set texts(texts) {
    this.#texts = { ...texts };
    this.#draw();
  }

  connectedCallback() {
    // What was set before the element was defined hides what is defined here.
    for (const name of /** @type {const} */ (['sotto', 'texts'])) {
      if (!Object.hasOwn(this, name)) continue;
      const value = this[name];
      delete this[name];
      Object.assign(this, { [name]: value });
    }
    this.#draw();
  }

  disconnectedCallback() {
    this.#drawing++;
    this.#centre?.close();
    this.#centre = null;
  }

  attributeChangedCallback() {
    this.#draw();
  }

  async #draw() {
    if (!this.isConnected) return;
    const mine = ++this.#drawing;
    const language = languageOf(this);
    const [sotto, texts] = await Promise.all([sottoOf(this.#sotto), textsOf(language)]);
    if (mine !== this.#drawing) return;
    const level = Math.min(Math.max(Math.trunc(Number(this.getAttribute('level'))) || 2, 1), 5);
    const speak = speaker({ ...texts, ...this.#texts }, language);
    const centre = openCentre(sotto, speak, level);
    await centre.show();
    if (mine !== this.#drawing) return centre.close();
    this.#centre?.close();
    this.#centre = centre;
    /** @type {ShadowRoot} */ (this.shadowRoot).replaceChildren(...centre.elements);
    this.toggleAttribute('ready', true);
  }
}

if (!customElements.get('sotto-privacy')) customElements.define('sotto-privacy', SottoPrivacy);
