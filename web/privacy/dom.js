/**
 * dom.js - elements without markup strings
 *
 * @typedef {string | boolean | number | null | undefined | ((event: any) => void)} Value
 */

/**
 * Makes an element. `onclick` and its like listen, true is an empty attribute; false, null and
 * undefined are none.
 *
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, Value>} [attributes]
 * @param {...(Node | string | null)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(name, String(value));
    }
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** A title that can take the focus. */
export const title = (/** @type {number} */ level, /** @type {string} */ id,
  /** @type {string} */ text) =>
  make(/** @type {'h2'} */ (`h${level}`), { id, tabindex: -1 }, text);

/**
 * A button; its name is for styles and tests.
 *
 * @param {string} name
 * @param {string} text
 * @param {() => void} onclick
 * @param {Record<string, Value>} [more]
 */
export const button = (name, text, onclick, more) =>
  make('button', { type: 'button', 'data-do': name, onclick, ...more }, text);

/** Changes the text only if it differs: a screen reader speaks what is set, not what is new. */
export function setText(/** @type {Element} */ element, /** @type {string} */ text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Takes styles over without an inline style, which a strict policy would refuse. */
export function adopt(/** @type {ShadowRoot} */ root, /** @type {string} */ css) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [sheet];
}
