/**
 * message.js - what a campaign says, with its variables filled in
 *
 *     {title}                                              a variable
 *     {count, plural, =0 {no mugs} one {# mug} other {# mugs}}
 *     {{ and }}                                            braces that are meant
 *
 * The plural is the part of ICU MessageFormat that shops use: forms by number (`=0`) or by the
 * plural rules of the locale, with `#` for the number, and messages inside them, where a `}` always
 * closes. A text is read once, from left to right; one that is not such a message is shown as it
 * was written, since a shopper is better off with odd braces than with nothing.
 */

/**
 * A text, a number, or a number with its own way of writing it, such as money. Null: there is
 * nothing worth saying, and so the whole message is the empty text.
 *
 * @typedef {string | number | { number: number, text: string } | null} Value
 */

/** Messages within messages; nobody writes four. */
const DEEPEST = 8;
/** An answer is asked for by its question, whatever that is. */
const NAME = /\s*(answer:[^{},\n]{1,256}|[a-zA-Z][\w.-]*)\s*/y;
const PLURAL = /,\s*plural\s*,/y;
const FORM = /\s*(=\d{1,9}|zero|one|two|few|many|other)\s*\{/y;
const END = /\s*\}/y;
const PLAIN = /[^{}#]+/y;

class NoMessage extends Error {}

/**
 * @param {string} text
 * @param {Record<string, Value>} values
 * @param {string} locale BCP 47; English where the browser does not know it
 */
export function fillMessage(text, values, locale) {
  if (!/[{}]/.test(text)) return text;
  try {
    return read(text, values, isKnown(locale) ? locale : 'en');
  } catch (error) {
    if (error instanceof NoMessage) return text;
    throw error;
  }
}

/** @param {string} text @param {Record<string, Value>} values @param {string} locale */
function read(text, values, locale) {
  let at = 0;

  /** What the pattern finds here, which is then behind us. */
  function take(/** @type {RegExp} */ pattern) {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found) at = pattern.lastIndex;
    return found;
  }

  /** A name that is not there says nothing; nor does what every object has from birth. */
  function valueOf(/** @type {string} */ name) {
    const value = Object.hasOwn(values, name) ? values[name] : '';
    if (typeof value === 'number') {
      return { number: value, text: new Intl.NumberFormat(locale).format(value) };
    }
    return typeof value === 'string' ? { number: Number(value || NaN), text: value } : value;
  }

  /** As far as the brace that closes it, or to the end. Null: nothing worth saying. */
  function message(/** @type {number} */ depth, /** @type {string} */ hash) {
    if (depth > DEEPEST) throw new NoMessage();
    /** @type {(string | null)[]} */
    const said = [];
    while (at < text.length && !(depth > 0 && text[at] === '}')) {
      const sign = text[at];
      if (sign === '#') {
        said.push(depth > 0 ? hash : sign);
        at++;
      } else if (sign !== '{' && sign !== '}') {
        said.push(/** @type {RegExpExecArray} */ (take(PLAIN))[0]);
      } else if (text[at + 1] === sign) {
        said.push(sign);
        at += 2;
      } else {
        at++;
        if (sign === '}') throw new NoMessage();
        said.push(argument(depth));
      }
    }
    return said.includes(null) ? null : said.join('');
  }

  /** Behind the opening brace. @param {number} depth */
  function argument(depth) {
    const name = take(NAME)?.[1].trimEnd();
    if (!name) throw new NoMessage();
    const value = valueOf(name);
    if (take(END)) return value && value.text;
    if (!take(PLURAL)) throw new NoMessage();
    const number = value ? value.number : NaN;
    /** @type {Map<string, string | null>} */
    const forms = new Map();
    for (let form = take(FORM); form; form = take(FORM)) {
      forms.set(form[1], message(depth + 1, value ? value.text : ''));
      if (!take(END)) throw new NoMessage();
    }
    if (!take(END) || !forms.has('other')) throw new NoMessage();
    const rule = Number.isNaN(number) ? 'other' : new Intl.PluralRules(locale).select(number);
    const form = [`=${number}`, rule, 'other'].find((which) => forms.has(which));
    return value && /** @type {string | null} */ (forms.get(String(form)));
  }

  return message(0, '') ?? '';
}

function isKnown(/** @type {string} */ locale) {
  try {
    return Intl.PluralRules.supportedLocalesOf(locale).length > 0;
  } catch {
    return false;
  }
}
