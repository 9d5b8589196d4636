/**
 * dom.js - elements without markup strings, so that the page can forbid markup strings
 */

/**
 * @param {string} tag
 * @param {Record<string, string | boolean | ((event: Event) => void)>} attributes `onclick` listens
 * @param {...(Node | string)} children
 */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== false && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

/** The one element of the page with this data attribute: `part('title')` is [data-title]. */
export const part = (name, root = document) => root.querySelector(`[data-${name}]`);

/** Shows a page whose script has put in what belongs in it; until then it would jump (base.css). */
export const reveal = () => part('loading')?.removeAttribute('data-loading');
