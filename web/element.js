/**
 * element.js - <sotto-slot>
 *
 * The element itself does next to nothing: it says that it is there, and answers what it shows. It
 * lives in the light DOM, so that the shop's styles apply and the shop's content is seen before,
 * and without, any script.
 */
import { decisionIn } from './render.js';

export const SLOT = 'sotto-slot';

/** Defines the element, once per page. false where the browser has no custom elements. */
export function defineSlot() {
  if (!globalThis.customElements) return false;
  if (!customElements.get(SLOT)) customElements.define(SLOT, slotClass());
  return true;
}

/** Made when asked for, since on a server there is no HTMLElement to extend. */
function slotClass() {
  return class SottoSlot extends HTMLElement {
    static observedAttributes = ['name'];

    get decision() {
      return decisionIn(this);
    }

    get state() {
      return this.decision ? 'sotto' : 'shop';
    }

    connectedCallback() {
      this.dispatchEvent(new Event(SLOT, { bubbles: true, composed: true }));
    }

    attributeChangedCallback() {
      // In no document, nobody hears of it.
      this.connectedCallback();
    }
  };
}
