/**
 * reasons.js - why an item is shown, in a sentence for the shopper
 *
 * `@` stands for what the reason rests on: an item's title, a category, a brand. Other languages
 * than English are files of their own, taken by the language of the page.
 */

/** By the numbers of sotto_reason_kind in src/sotto.h. */
export const REASON_KINDS = /** @type {import('./index.js').Reason['kind'][]} */ ([
  '', 'viewed', 'together', 'seen', 'category', 'brand', 'popular', 'trending', 'pinned', 'manual',
  'category-top', 'viewed-then-bought', 'looks-like', 'new', 'bought-before',
]);

/** In the order of REASON_KINDS. @typedef {string[]} Sentences */

/** @type {Sentences} */
const ENGLISH = [
  '',
  'Often looked at after “@”',
  'Often bought with “@”',
  'You looked at this before',
  'You like to look at @',
  'You like @',
  'Popular in this shop',
  'Many look at this now',
  'Recommended by the shop',
  'Chosen by the shop',
  'Popular in @',
  'Often bought after a look at “@”',
  'Looks like “@”',
  'New in this shop',
  'You bought this before',
];

/**
 * The sentences for a language; English where it has none.
 *
 * @param {string} [language] BCP 47
 * @returns {Promise<Sentences>}
 */
export async function sentencesFor(language) {
  const isGerman = /^de\b/i.test(/** @type {string} */ (language));
  const german = isGerman && await import('./reasons-de.js').catch(() => null);
  return german ? german.SENTENCES : ENGLISH;
}
