/**
 * find.js - the Sotto that runs on this page
 *
 * The snippet's is found by itself. A shop that calls `start` hands its own over: `use(sotto)`, or
 * the property `sotto` of an element.
 */
import { started } from './sotto.js';

/** @typedef {import('./index.js').Sotto} Sotto */

/** @type {(sotto: Sotto) => void} */
let found = () => {};
/** @type {Promise<Sotto>} */
const here = new Promise((resolve) => {
  found = resolve;
});
started?.then(found);

/** The elements of this page are about this Sotto. */
export const use = (/** @type {Sotto | Promise<Sotto>} */ sotto) => {
  Promise.resolve(sotto).then(found);
};

/** Waits for it, for ever if there is none: the element then stays empty. */
export const sottoOf = (/** @type {Sotto | Promise<Sotto> | undefined} */ own) =>
  Promise.resolve(own ?? here);
