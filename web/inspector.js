/**
 * inspector.js - <sotto-inspector>, for those who look after the shop
 *
 * What happens on this page as it happens, who the shopper is taken for, why each campaign shows or does
 * not, what would be so in an hour or in a week, and how the other arms of an experiment look. A page
 * loads it only when asked to:
 *
 *     https://shop.example/product?sotto-inspect
 *     (await import('/sotto/inspector.js')).inspect()         in the console
 *
 * It only looks. Nothing is written: a forced arm holds until the page is left, and looking ahead
 * changes neither the page nor what is kept. What it shows stays on the device as everything does.
 */
import { sottoOf, use } from './find.js';
import { openPanel } from './inspector/panel.js';
import { CSS } from './inspector/style.js';
import { adopt } from './privacy/dom.js';

export { use };

/** @typedef {import('./index.js').Sotto} Sotto */

class SottoInspector extends HTMLElement {
  /** @type {Sotto | Promise<Sotto> | undefined} */
  sotto;
  /** @type {ReturnType<typeof openPanel> | null} */
  #panel = null;
  /** Whether the element is in the page still when what it waited for is there. */
  #turn = 0;

  constructor() {
    super();
    adopt(this.attachShadow({ mode: 'open' }), CSS);
  }

  async connectedCallback() {
    const mine = ++this.#turn;
    const sotto = await sottoOf(this.sotto);
    const campaigns = await sotto.campaigns;
    if (mine !== this.#turn) return;
    this.#panel = openPanel(sotto, campaigns, () => this.remove());
    /** @type {ShadowRoot} */ (this.shadowRoot).replaceChildren(this.#panel.element);
    this.toggleAttribute('ready', true);
  }

  disconnectedCallback() {
    this.#turn++;
    this.#panel?.close();
    this.#panel = null;
  }
}

if (!customElements.get('sotto-inspector')) {
  customElements.define('sotto-inspector', SottoInspector);
}

/** Opens the inspector, of this Sotto or of the page's. Once is enough. */
export function inspect(/** @type {Sotto | Promise<Sotto> | undefined} */ sotto = undefined) {
  const there = document.querySelector('sotto-inspector');
  if (there) return there;
  const element = /** @type {SottoInspector} */ (document.createElement('sotto-inspector'));
  element.sotto = sotto;
  document.body.append(element);
  return element;
}
