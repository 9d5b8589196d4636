/**
 * reasons.js - why an item is shown, in a sentence for the shopper
 *
 * A sentence with `@` names what the reason rests on: an item's title, a category, a brand. Where
 * that has no name the second sentence of the pair is said. Other languages than English are files
 * of their own, taken by the language of the page.
 */

/** By the numbers of sotto_reason_kind in src/sotto.h. */
export const REASON_KINDS = /** @type {import('./index.js').Reason['kind'][]} */ ([
  '', 'viewed', 'together', 'seen', 'category', 'brand', 'popular', 'trending', 'pinned', 'manual',
  'category-top',
]);

/** In the order of REASON_KINDS, one or two each. @typedef {string[][]} Sentences */

/** @type {Sentences} */
const ENGLISH = [
  [''],
  ['Often looked at after “@”', 'Often looked at next'],
  ['Often bought with “@”', 'Often bought together'],
  ['You looked at this before'],
  ['You like to look at @', 'From a category you like'],
  ['You like @', 'From a brand you like'],
  ['Popular in this shop'],
  ['Many look at this now'],
  ['Recommended by the shop'],
  ['Chosen by the shop'],
  ['Popular in @', 'Popular in its category'],
];

/**
 * The sentences for a language; English where it has none.
 *
 * @param {string} language BCP 47
 * @returns {Promise<Sentences>}
 */
export async function sentencesFor(language) {
  const german = /^de\b/i.test(language) && await import('./reasons-de.js').catch(() => null);
  return german ? german.SENTENCES : ENGLISH;
}

/**
 * @param {Sentences} sentences
 * @param {number} kind
 * @param {string} name what it rests on, '' if that has no name
 */
export function reasonText(sentences, kind, name) {
  const [named, plain = named] = sentences[kind] ?? [''];
  return name ? named.replace('@', () => name) : plain;
}
