/**
 * bind.js - a decided item into a copy of the shop's template
 *
 * `data-sotto="href:url text:title"` says what goes where. Only the targets below exist; everything
 * goes in as text, no string is ever read as HTML, and addresses pass the allow-list of url.js.
 */
import { SottoError } from './errors.js';
import { safeUrl } from './url.js';

/** @typedef {import('./index.js').DecidedItem} DecidedItem */

const ADDRESSES = /^(href|src)$/;
const TARGETS =
  /^(text|hidden-unless|href|src|alt|title|value|datetime|aria-label|data-(?!sotto)[a-z0-9-]+)$/;
/** Elements whose addresses are code or frames. */
const REFUSED = /^(script|iframe|frame|object|embed|base|link|style|meta)$/i;

/**
 * A copy of the template with the item in it.
 *
 * @param {HTMLTemplateElement} template
 * @param {DecidedItem} item
 * @returns {Node[]}
 */
export function fillTemplate(template, item) {
  const copy = document.importNode(template.content, true);
  for (const element of copy.querySelectorAll('[data-sotto]')) {
    const list = /** @type {string} */ (element.getAttribute('data-sotto'));
    for (const binding of list.split(/\s+/).filter(Boolean)) bind(element, binding, item);
  }
  return [...copy.childNodes];
}

/** @param {Element} element @param {string} binding @param {DecidedItem} item */
function bind(element, binding, item) {
  const [target, name = ''] = binding.split(/:(.*)/s);
  const value = valueOf(item, name);
  if (value === undefined || !TARGETS.test(target) || REFUSED.test(element.localName)) {
    throw new SottoError('invalid', '', -1, `data-sotto ${binding}`);
  }
  if (target === 'text') {
    element.textContent = value;
  } else if (target === 'hidden-unless') {
    element.toggleAttribute('hidden', !value);
  } else {
    const text = ADDRESSES.test(target) ? safeUrl(value) : value;
    if (text) element.setAttribute(target, text);
    else element.removeAttribute(target);
  }
}

/** The value a binding names as text, undefined if there is no such name. */
function valueOf(/** @type {DecidedItem} */ item, /** @type {string} */ name) {
  if (name === 'reason') return item.reasons[0]?.text ?? '';
  if (name.startsWith('attributes.')) return item.attributes[name.slice(11)] ?? '';
  if (!Object.hasOwn(item, name)) return undefined;
  const value = item[/** @type {keyof DecidedItem} */ (name)];
  return value === null || value === false ? '' : String(value);
}
