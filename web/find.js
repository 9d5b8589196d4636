/**
 * find.js - the Sotto that runs on this page
 *
 * The snippet's is there with its file. One that a shop started itself is found once it has loaded
 * its later half (later/let-find.js); `use(sotto)`, or the property `sotto` of an element, hands it
 * over without waiting for that.
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
globalThis.document?.addEventListener?.('sotto-here', (event) =>
  found(/** @type {CustomEvent<Sotto>} */ (event).detail));
globalThis.document?.dispatchEvent?.(new CustomEvent('sotto-find', {
  detail: (/** @type {Sotto} */ sotto) => found(sotto),
}));

/** The elements of this page are about this Sotto. */
export const use = (/** @type {Sotto | Promise<Sotto>} */ sotto) => {
  Promise.resolve(sotto).then(found);
};

/** Waits for it, for ever if there is none: the element then stays empty. */
export const sottoOf = (/** @type {Sotto | Promise<Sotto> | undefined} */ own) =>
  Promise.resolve(own ?? here);
