/**
 * sotto.js - the snippet
 *
 *     <script type="module" src="/sotto/sotto.js" data-start data-shop="demo"></script>
 *
 * Loaded by a script element with `data-start` it starts by itself. Other scripts of the page get
 * at what was started by importing the same address: `const sotto = await started`. Nothing becomes
 * global unless `data-global="name"` asks for it.
 *
 *     data-base     folder that `sotto publish` wrote; default: the folder of this file
 *     data-shop     shop id                       data-key     public key, base64
 *     data-item     the item this page is about   data-track   an event to tell of it, such as view
 *     data-global   name of a global that becomes the started Sotto
 */
import { SottoError, start } from './index.js';

export { SottoError, start };

/** A module does not know which element loaded it, but that element knows the module's address. */
function ownElement() {
  if (!globalThis.document) return undefined;
  const scripts = /** @type {NodeListOf<HTMLScriptElement>} */ (
    document.querySelectorAll('script[data-start]'));
  return [...scripts].find(({ src }) => src === import.meta.url);
}

async function startFrom(/** @type {HTMLScriptElement} */ { dataset }) {
  const { base, shop, key, item, track, global } = dataset;
  const sotto = await start({
    base, shop, key,
    page: item ? { items: [item] } : {},
    onError: (error) => console.warn(`sotto: ${error.message}`),
  });
  if (track) sotto.track(/** @type {import('./index.js').EventKind} */ (track), { item });
  if (global) Object.assign(globalThis, { [global]: sotto });
  return sotto;
}

const element = ownElement();

/** What the snippet started; null if it was not asked to. */
export const started = element ? startFrom(element) : null;
