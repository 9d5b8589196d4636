/**
 * decision.js - from the core's picks to what a page can draw
 *
 * The core answers with indexes; here they become titles, addresses, prices and reasons. One reader
 * is made for a bundle and lives as long as it does.
 */
import { priceFormat } from './price.js';
import { REASON_KINDS, reasonText } from './reasons.js';
import { safeUrl } from './url.js';

/** @typedef {import('./index.js').Decision} Decision */
/** @typedef {import('./index.js').DecidedItem} DecidedItem */
/** @typedef {import('./index.js').PageContext} PageContext */
/** @typedef {import('./runtime.js').Core} Core */
/** @typedef {import('./runtime.js').Pick} Pick */
/** @typedef {import('./runtime.js').PickReason} PickReason */

const TITLE = 0;
const URL_TEXT = 1;
const IMAGE = 2;
const ID = 3;
const TEMPLATE = 16;

const CATEGORIES = 0;
const BRANDS = 1;
const NO_ITEM = 0xffffffff;

/**
 * Reasons that rest on a category or a brand; the others rest on an item.
 *
 * @type {Record<string, number>}
 */
const LISTS = { category: CATEGORIES, brand: BRANDS, 'category-top': CATEGORIES };

/** By the numbers of sotto_strategy in src/sotto.h. */
const STRATEGIES = /** @type {import('./index.js').Strategy[]} */ ([
  '', 'similar', 'bought-together', 'for-you', 'cart-cross-sell', 'recently-viewed', 'popular',
  'trending', 'manual',
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
  const headings = core.slots();
  const price = priceFormat(site.locale, site.currency, site.decimals);

  const indexes = (/** @type {string[]} */ ids) =>
    ids.map((id) => core.find(String(id))).filter((index) => index >= 0);

  const idOf = (/** @type {number} */ index) => core.itemText(ID, index);

  /** A text of an item: its own, or the template of all. */
  const text = (/** @type {number} */ what, /** @type {number} */ index) =>
    core.itemText(what, index)
    || core.itemText(TEMPLATE + what, 0).replaceAll('{id}', () => encodeId(idOf(index)));

  function readReason(/** @type {PickReason} */ { kind: number, item, points }) {
    const kind = REASON_KINDS[number];
    const list = LISTS[kind];
    let about = '';
    let title = '';
    let name = '';
    if (list !== undefined) {
      about = core.name(list, item);
      name = leaf(about);
    } else if (item !== NO_ITEM) {
      about = idOf(item);
      name = title = text(TITLE, item);
    }
    return { kind, about, title, points, text: reasonText(sentences, number, name) };
  }

  /** @returns {DecidedItem} */
  function readItem(/** @type {Pick} */ { item, score, strategy, reasons }) {
    const facts = core.item(item);
    const attributes = /** @type {Record<string, string>} */ (Object.create(null));
    for (let i = 0; i < facts.attributeCount; i++) {
      const [name, value] = core.itemAttribute(item, i);
      attributes[name] = value;
    }
    return {
      id: idOf(item),
      title: text(TITLE, item),
      url: safeUrl(text(URL_TEXT, item)),
      image: safeUrl(text(IMAGE, item)),
      price: facts.price,
      priceText: price(facts.price),
      listPrice: facts.listPrice,
      listPriceText: price(facts.listPrice),
      category: core.name(CATEGORIES, facts.category),
      brand: core.name(BRANDS, facts.brand),
      inStock: facts.inStock,
      attributes,
      score,
      strategy: STRATEGIES[strategy],
      reasons: reasons.map(readReason),
    };
  }

  return {
    /** The title of an item by its index. */
    titleOf: (/** @type {number} */ index) => text(TITLE, index),

    /**
     * Throws a SottoError if there is no such slot.
     *
     * @param {string} slot
     * @param {PageContext} context
     * @param {number} now_s
     * @returns {Decision}
     */
    decide(slot, { items = [], cart }, now_s) {
      const picks = core.decide(slot, indexes(items), cart ? indexes(cart) : null, now_s);
      return { slot, heading: headings.get(slot) ?? '', items: picks.map(readItem) };
    },
  };
}
