/**
 * answer.js - what a platform's names allow
 *
 * A purpose is allowed if all of its names are; an empty list allows nothing, and so does a name
 * that the platform does not know.
 *
 * @param {import('../consent-source.js').Names} names
 * @param {(name: string) => unknown} allows
 * @param {boolean} fresh
 */
export function answerOf(names, allows, fresh) {
  const all = (/** @type {string[]} */ list) =>
    list.length > 0 && list.every((name) => allows(name) === true);
  const { store, personalise, measure } = names;
  return { store: all(store), personalise: all(personalise), measure: all(measure), fresh };
}

/** The names of all purposes. */
export const namesIn = (/** @type {import('../consent-source.js').Names} */ names) =>
  [...new Set([...names.store, ...names.personalise, ...names.measure])];
