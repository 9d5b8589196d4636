/**
 * page-events.js - what may change where and whether a campaign can be shown
 */
import { readAddress } from './scene.js';
import { definePlace, PLACE } from './place.js';

/** In the page's address: somebody who looks after the shop wants to see why. */
const INSPECT = 'sotto-inspect';

/**
 * Asks whenever the page changed: a place appeared, the focus moved on, a route of a single-page
 * application was taken. Returns the function that stops it.
 *
 * @param {() => void} ask
 */
export function watchPageEvents(ask) {
  const controller = new AbortController();
  const { document, navigation } = /** @type {any} */ (globalThis);
  if (document?.addEventListener) {
    const options = { signal: controller.signal };
    definePlace();
    for (const event of [PLACE, 'DOMContentLoaded', 'focusout', 'visibilitychange']) {
      document.addEventListener(event, ask, options);
    }
    for (const event of ['popstate', 'pageshow', 'focus']) {
      globalThis.addEventListener?.(event, ask, options);
    }
    // Not in every browser; without it a route counts when the shop calls page().
    navigation?.addEventListener?.('currententrychange', ask, options);
  }
  return () => controller.abort();
}

/** Opens the inspector if the address asks for it. */
export function inspectIfAsked(/** @type {import('../later/later.js').Fail} */ fail) {
  if (!globalThis.document || !readAddress().query.includes(INSPECT)) return;
  // By the package's own name: `make web` makes it the file beside the one that this is bundled into, an
  // element of its own as the privacy centre is; a shop's bundler finds it in package.json.
  import('sotto/inspector').then((it) => it.inspect())
    .catch((/** @type {unknown} */ error) => fail('network', 'inspector.js', String(error)));
}
