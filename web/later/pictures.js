/**
 * pictures.js - pictures of what is shown, without asking anybody for them
 *
 * Whoever serves the picture of a recommended product learns what was recommended. So the shop may
 * publish small pictures of its products with the bundle: every page fetches all of them, whoever
 * the shopper is and whatever the slots show, and what is shown gets its own from memory.
 *
 *     slot is filled     <img data-sotto="src:image">              no address, so no src
 *     told whose it is   <img ... data-sotto-picture="SKU-1">      here, or by the shop itself
 *     and drawn          <img ... src="blob:...">
 *
 * A Blob is made only of what is on the page, and let go when it is no longer there. Slots are
 * watched rather than asked: they are filled by the first half, which knows nothing of this file.
 */
import { readPictures } from './picture-file.js';

const SLOT = 'sotto-slot';
/** Campaigns are drawn in shadow roots of their own. */
const BLOCK = 'sotto-block';
const MARK = 'data-sotto-picture';
const BOUND = 'img[data-sotto~="src:image"]';
const MARKED = `img[${MARK}]`;
/** Drawing goes on in a new task after this. */
const TASK_MS = 4;
/** One pixel, which every page tries first: is it allowed to show what it has? */
const PIXEL = 'R0lGODlhAQABAAAAACwAAAAAAQABAAACAkwBADs=';

/** @typedef {Document | ShadowRoot} Root */

/**
 * Watches the page's slots. Answers the functions that load the pictures and that end it.
 *
 * @param {object} options
 * @param {() => Promise<Uint8Array>} options.fetchPictures
 * @param {(id: string) => number} options.find the index of an item, -1 if there is none
 * @param {() => Promise<boolean>} [options.mayShow] tries it, once for all who ask
 * @param {import('./later.js').Fail} options.fail
 */
export function openPictures({ fetchPictures, find, mayShow: may = mayShow, fail }) {
  /** @type {import('./picture-file.js').PictureFile | null} */
  let file = null;
  /** Addresses of what is on the page, by item. @type {Map<number, string>} */
  const addresses = new Map();
  /** @type {Set<Root>} */
  const roots = new Set();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let rest;
  const observer = new MutationObserver((records) => {
    if (records.some(concernsElements)) draw();
  });

  function watch(/** @type {Root} */ root) {
    if (roots.has(root)) return;
    roots.add(root);
    observer.observe(root, {
      subtree: true, childList: true, attributes: true, attributeFilter: ['state', MARK],
    });
  }

  /** The address of an item's picture, '' if there is none. */
  function addressOf(/** @type {number} */ item) {
    const picture = addresses.has(item) ? null : file?.of(item);
    if (picture) {
      const { bytes, type } = picture;
      addresses.set(item, URL.createObjectURL(new Blob([/** @type {any} */ (bytes)], { type })));
    }
    return addresses.get(item) ?? '';
  }

  /** Gives every picture that is on the page its source; lets go of those that are not any more. */
  function draw() {
    const end = performance.now() + TASK_MS;
    const shown = new Set();
    clearTimeout(rest);
    for (const root of roots) {
      if (!root.isConnected) roots.delete(root);
      root.querySelectorAll(SLOT).forEach(mark);
      for (const image of file ? root.querySelectorAll(MARKED) : []) {
        const item = find(image.getAttribute(MARK) ?? '');
        shown.add(item);
        give(image, addressOf(item));
        if (performance.now() > end) {
          rest = setTimeout(draw);
          observer.takeRecords();
          return;
        }
      }
    }
    for (const [item, address] of addresses) {
      if (!shown.has(item)) {
        URL.revokeObjectURL(address);
        addresses.delete(item);
      }
    }
    observer.takeRecords(); // what was done here is no news
  }

  const appeared = (/** @type {Event} */ event) => {
    const [slot] = /** @type {Element[]} */ (event.composedPath());
    watch(/** @type {Root} */ (slot.getRootNode()));
  };
  const blockAppeared = (/** @type {Event} */ event) => {
    const { shadowRoot } = /** @type {Element} */ (event.composedPath()[0]);
    if (shadowRoot) watch(shadowRoot);
    draw();
  };
  rootsIn(document).forEach(watch);
  document.addEventListener(SLOT, appeared);
  document.addEventListener(BLOCK, blockAppeared);
  draw();

  return {
    async load() {
      const bytes = await fetchPictures();
      const read = readPictures(bytes);
      if (!read) return fail('invalid', 'pictures');
      if (!await may()) return fail('unsupported', 'pictures', 'img-src has no blob:');
      if (roots.size === 0) return; // stopped meanwhile
      file = read;
      draw();
    },

    stop() {
      clearTimeout(rest);
      observer.disconnect();
      document.removeEventListener(SLOT, appeared);
      document.removeEventListener(BLOCK, blockAppeared);
      for (const root of roots) root.querySelectorAll(MARKED).forEach((image) => give(image, ''));
      roots.clear();
      addresses.forEach((address) => URL.revokeObjectURL(address));
      addresses.clear();
      file = null;
    },
  };
}

/** Not if only words were written. @param {MutationRecord} record */
const concernsElements = ({ type, addedNodes, removedNodes }) => type === 'attributes'
  || [...addedNodes, ...removedNodes].some(({ nodeType }) => nodeType === 1);

/** A document, or shadow root, and all shadow roots in it. @returns {Root[]} */
const rootsIn = (/** @type {Root} */ root) => [root, ...[...root.querySelectorAll('*')].flatMap(
  ({ shadowRoot }) => (shadowRoot ? rootsIn(shadowRoot) : []))];

/**
 * Says of each picture in a filled slot whose it is: a slot has its template's pictures once an item,
 * in the order of its items. Said at once, so that a script that copies them later copies it too.
 */
function mark(/** @type {any} */ slot) {
  const { decision } = slot;
  const each = slot.querySelector('template')?.content.querySelectorAll(BOUND).length;
  const images = decision && each ? slot.querySelectorAll(BOUND) : [];
  if (images.length !== each * decision?.items.length) return;
  images.forEach((/** @type {Element} */ image, /** @type {number} */ i) => {
    const { id } = decision.items[Math.floor(i / each)];
    if (image.getAttribute(MARK) !== id) image.setAttribute(MARK, id);
  });
}

/** An image that has a source of its own keeps it. */
function give(/** @type {Element} */ image, /** @type {string} */ address) {
  const has = image.getAttribute('src') ?? '';
  if (has === address || (has && !has.startsWith('blob:'))) return;
  if (address) image.setAttribute('src', address);
  else image.removeAttribute('src');
}

/** Whether the page's Content-Security-Policy lets it show what is in memory. @returns {Promise<boolean>} */
export function mayShow() {
  const bytes = Uint8Array.from(atob(PIXEL), (letter) => letter.charCodeAt(0));
  const address = URL.createObjectURL(new Blob([bytes], { type: 'image/gif' }));
  const image = new Image();
  /** @type {Promise<boolean>} */
  const tried = new Promise((resolve) => {
    image.onload = () => resolve(true);
    image.onerror = () => resolve(false);
  });
  image.src = address;
  return tried.finally(() => URL.revokeObjectURL(address));
}
