/**
 * place.js - <sotto-place>
 *
 * Where campaigns that do not lie over the page are shown. Like <sotto-slot> the element does next
 * to nothing: it says that it is there, and what it shows.
 */

export const PLACE = 'sotto-place';

/** What places show: names of campaigns. @type {WeakMap<Element, string>} */
const shown = new WeakMap();

/** Defines the element, once per page. */
export function definePlace() {
  if (!globalThis.customElements || customElements.get(PLACE)) return;
  customElements.define(PLACE, class SottoPlace extends HTMLElement {
    static get observedAttributes() {
      return ['name'];
    }

    get campaign() {
      return shown.get(this) ?? null;
    }

    get state() {
      return this.campaign === null ? 'shop' : 'sotto';
    }

    connectedCallback() {
      if (this.getAttribute('state') === null) this.setAttribute('state', this.state);
      this.dispatchEvent(new Event(PLACE, { bubbles: true, composed: true }));
    }

    attributeChangedCallback() {
      if (this.isConnected) this.connectedCallback();
    }
  });
}

/** The places of the page by their names; of several with one name the first. */
export function findPlaces() {
  /** @type {Map<string, Element>} */
  const places = new Map();
  for (const element of globalThis.document?.querySelectorAll(PLACE) ?? []) {
    const name = element.getAttribute('name') ?? '';
    if (!places.has(name)) places.set(name, element);
  }
  return places;
}

/** @param {Element | null} element @param {string | null} campaign null: the shop's own content */
export function mark(element, campaign) {
  if (!element) return;
  if (campaign === null) shown.delete(element);
  else shown.set(element, campaign);
  element.setAttribute('state', campaign === null ? 'shop' : 'sotto');
}
