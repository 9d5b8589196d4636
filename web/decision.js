/**
 * decision.js - from the core's picks to what a page can draw
 *
 * The core answers with indexes; here they become titles, addresses, prices and reasons. One reader
 * is made for a bundle and lives as long as it does.
 */
import { priceFormat } from './price.js';
import { REASON_KINDS } from './reasons.js';
import { NONE } from './runtime.js';
import { safeUrl } from './url.js';

/** @typedef {import('./index.js').Decision} Decision */
/** @typedef {import('./index.js').DecidedItem} DecidedItem */
/** @typedef {import('./index.js').PageContext} PageContext */
/** @typedef {import('./runtime.js').Core} Core */
/** @typedef {import('./runtime.js').Pick} Pick */
/** @typedef {import('./runtime.js').PickReason} PickReason */

/** Texts, by the numbers of sotto_wasm_text_kind in src/bindings/wasm_exports.h. */
const TITLE = 0;
const URL_TEXT = 1;
const IMAGE = 2;
const TEMPLATE = 3;
const ID = 6;
const CATEGORY = 7;
const BRAND = 8;
/** A flag of an item. */
const IN_STOCK = 0x100;

/**
 * Reasons that rest on a category or a brand; the others rest on an item.
 *
 * @type {Record<string, number>}
 */
const NAMED = { category: CATEGORY, brand: BRAND, 'category-top': CATEGORY };

/** By the numbers of sotto_strategy in src/sotto.h. */
const STRATEGIES = /** @type {import('./index.js').Strategy[]} */ ([
  '', 'similar', 'bought-together', 'for-you', 'cart-cross-sell', 'recently-viewed', 'popular',
  'trending', 'manual', 'looks-like', 'buy-again', 'new', 'viewed-then-bought',
]);

/** Percent-encoding that leaves the unreserved characters of RFC 3986 alone and no others. */
const encodeId = (/** @type {string} */ id) => encodeURIComponent(id).replace(/[!'()*]/g,
  (letter) => '%' + letter.charCodeAt(0).toString(16).toUpperCase());

/** The last level of a category's path. */
const leaf = (/** @type {string} */ path) => path.replace(/^.* > /, '');

/**
 * @param {Core} core with an open bundle
 * @param {import('./reasons.js').Sentences} sentences
 */
export function decisionReader(core, sentences) {
  const site = core.site();
  const format = priceFormat(site.locale, site.currency, site.decimals);

  const known = (/** @type {number} */ price) => (price === NONE ? null : price);
  const priceText = (/** @type {number} */ price) => (price === NONE ? '' : format(price));

  const indexes = (/** @type {string[]} */ ids) =>
    ids.map((id) => core.find(String(id))).filter((index) => index >= 0);

  const idOf = (/** @type {number} */ index) => core.text(ID, index);

  /** A text of an item: its own, or the template of all. */
  const text = (/** @type {number} */ what, /** @type {number} */ index) =>
    core.text(what, index)
    || core.text(TEMPLATE + what, 0).replaceAll('{id}', () => encodeId(idOf(index)));

  function readReason(/** @type {PickReason} */ { kind: number, item, points }) {
    const kind = REASON_KINDS[number];
    const names = NAMED[kind];
    let about = '';
    let title = '';
    let name = '';
    if (names) {
      about = core.text(names, item);
      name = leaf(about);
    } else if (item !== NONE) {
      about = idOf(item);
      title = text(TITLE, item);
      name = title || about;
    }
    return { kind, about, title, points, text: sentences[number].replace('@', () => name) };
  }

  /** @returns {DecidedItem} */
  function readItem(/** @type {Pick} */ { item, score, strategy, reasons }) {
    const [price, listPrice, category, brand, flags] = core.item(item);
    return {
      id: idOf(item),
      title: text(TITLE, item),
      url: safeUrl(text(URL_TEXT, item)),
      image: safeUrl(text(IMAGE, item)),
      price: known(price),
      priceText: priceText(price),
      listPrice: known(listPrice),
      listPriceText: priceText(listPrice),
      category: core.text(CATEGORY, category),
      brand: core.text(BRAND, brand),
      inStock: (flags & IN_STOCK) !== 0,
      attributes: core.attributes(item),
      score,
      strategy: STRATEGIES[strategy],
      reasons: reasons.map(readReason),
    };
  }

  return {
    /** The title of an item by its index. */
    titleOf: (/** @type {number} */ index) => text(TITLE, index),
    /** An item as a page can draw it, whatever it was picked for. */
    readItem,
    formatPrice: format,

    /**
     * Throws a SottoError if there is no such slot.
     *
     * @param {string} slot
     * @param {PageContext} context
     * @param {number} now_s
     * @returns {Decision}
     */
    decide(slot, { items = [], cart }, now_s) {
      const { heading, picks } =
        core.decide(slot, indexes(items), cart ? indexes(cart) : null, now_s);
      return { slot, heading, items: picks.map(readItem) };
    },
  };
}
