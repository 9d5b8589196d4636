/**
 * speak.js - texts with something in them, in the shopper's language
 *
 * A text is a string, or one string for each plural form that the language has:
 *
 *     { one: '{n} product', other: '{n} products' }
 *
 * `{name}` is replaced by the value of that name, `{n}` by the number, written as the language does.
 */

/** @typedef {string | Partial<Record<Intl.LDMLPluralRule, string>>} Text */
/** @typedef {ReturnType<typeof speaker>} Speaker */

/** The language that holds for an element. */
export const languageOf = (/** @type {Element} */ element) =>
  element.closest('[lang]')?.getAttribute('lang') || document.documentElement.lang || 'en';

/**
 * @param {Record<string, Text>} texts
 * @param {string} language BCP 47; English where the browser does not know it
 */
export function speaker(texts, language) {
  const known = isKnown(language) ? language : 'en';
  const plural = new Intl.PluralRules(known);
  const number = new Intl.NumberFormat(known);
  const day = new Intl.DateTimeFormat(known, { dateStyle: 'long' });
  const moment = new Intl.DateTimeFormat(known, { dateStyle: 'long', timeStyle: 'short' });

  /** @param {string} name @param {Record<string, string | number>} [values] */
  function say(name, values = {}) {
    const text = texts[name] ?? '';
    const form = typeof text === 'string' ? text
      : text[plural.select(Number(values.n))] ?? text.other ?? '';
    return form.replace(/\{(\w+)\}/g, (_, key) => {
      const value = values[key] ?? '';
      return typeof value === 'number' ? number.format(value) : value;
    });
  }

  return {
    say,
    day: (/** @type {string} */ at) => day.format(new Date(at)),
    moment: (/** @type {string} */ at) => moment.format(new Date(at)),
    language: known,
  };
}

function isKnown(/** @type {string} */ language) {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(language).length > 0;
  } catch {
    return false;
  }
}
