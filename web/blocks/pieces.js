/**
 * pieces.js - what blocks are made of
 *
 * Each answers an element, or null where the campaign says nothing of the kind. Every `part` can be
 * styled by the shop; what a piece does when it is pressed is in acts.js, by the same attributes
 * that a shop's own template uses.
 */
import { make } from '../privacy/dom.js';
import { OWN_PICTURE } from './own-picture.js';

/** @typedef {import('../index.js').CampaignView} CampaignView */
/** @typedef {import('../index.js').DecidedItem} DecidedItem */
/** @typedef {import('./draw.js').Tools} Tools */
/** @typedef {(view: CampaignView, tools: Tools) => Element | null} Piece */

/** Nothing to see where it is not loaded. */
const WHY = /** @type {'span'} */ (/** @type {string} */ ('sotto-why'));

/** @type {Piece} */
export const heading = (view) => (view.heading
  ? make('h2', { part: 'heading', id: 'heading' }, view.heading) : null);

/** @type {Piece} */
export const text = (view) => (view.text
  ? make('p', { part: 'text', class: 'text' }, view.text) : null);

/** A personalised price or discount says so: always, and last. @type {Piece} */
export const notice = (view) => (view.notice
  ? make('p', { part: 'notice', class: 'notice' }, view.notice) : null);

/**
 * The button: a link, since it leads somewhere, without an address of its own to the product it is
 * about. Where there is none it closes, and says that it is understood.
 *
 * @type {Piece}
 */
export function action({ button, url, subject }, { address }) {
  const wanted = url || subject?.url || '';
  const href = address(wanted);
  if (!button || (wanted && !href)) return null;
  const [tag, more] = href ? /** @type {const} */ (['a', { href }])
    : /** @type {const} */ (['button', { type: 'button', 'data-sotto-close': true }]);
  return make(tag, { part: 'button', class: 'button', ...more }, button);
}

/** @type {Piece} */
export const closer = ({ close }, { say }) => make('button', {
  part: 'close', class: 'close', type: 'button', 'data-sotto-close': true,
  'aria-label': close || say('close'),
});

/** The offer's code, and a button that copies it. @type {Piece} */
export function code({ offer }, { say }) {
  if (!offer?.code) return null;
  return make('p', { part: 'offer', class: 'offer' },
    make('span', { class: 'hidden' }, `${say('code')} `),
    make('code', { part: 'code' }, offer.code),
    make('button', { part: 'copy', class: 'button quiet', type: 'button', 'data-sotto-copy': true,
      'aria-label': say('copyOf', { code: offer.code }) }, say('copy')));
}

/**
 * The campaign's picture, else that of the product it is about, or of the first it shows. One
 * without words is decoration.
 *
 * @type {Piece}
 */
export function picture({ image, alt, subject, items }, { address }) {
  if (address(image)) {
    return make('img', { part: 'picture', class: 'picture', alt, [OWN_PICTURE]: image });
  }
  const product = subject ?? items[0];
  return product ? pictureOf(product, 'picture', address) : null;
}

/**
 * A product's picture: from its address, or, with pictures inside the bundle, by whose it is. Its
 * name stands beside it.
 *
 * @param {DecidedItem} item
 * @param {string} part
 * @param {Tools['address']} address
 */
export const pictureOf = ({ id, image }, part, address) => make('img', {
  part, class: part, src: address(image) || null, alt: '', 'data-sotto-picture': id,
});

/**
 * Products as links, without a list around them. One that was chosen by a decision can say why, on
 * a page that has web/why.js.
 *
 * @param {DecidedItem[]} items @param {Tools} tools
 */
export const cards = (items, { address, say }) => items.map((item) => {
  const { id, title, url, brand, priceText, listPriceText, price, listPrice, reasons } = item;
  const was = listPriceText && (price ?? 0) < (listPrice ?? 0) ? listPriceText : '';
  return make('li', { part: 'item', class: 'item', 'data-item': id },
    make('a', { part: 'item-link', class: 'item-link', href: address(url) || null },
      pictureOf(item, 'item-picture', address),
      make('span', { class: 'item-words' },
        brand ? make('span', { part: 'item-brand', class: 'quiet' }, brand) : null,
        make('span', { part: 'item-title', class: 'item-title' }, title || id)),
      priceText ? make('span', { part: 'item-price', class: 'price' }, priceText,
        was ? make('span', { class: 'hidden' }, say('was')) : null,
        was ? make('s', { part: 'item-was', class: 'quiet' }, was) : null) : null),
    reasons.length > 0 ? make(WHY, { part: 'item-why', compact: true }) : null);
});

/** The same as a list. @param {CampaignView} view @param {Tools} tools @param {string} kind */
export const list = ({ items }, tools, kind) => items.length > 0
  ? make('ul', { part: 'items', class: `items ${kind}` }, ...cards(items, tools)) : null;

/** What most blocks end with, in this order. @param {CampaignView} view @param {Tools} tools */
export const closing = (view, tools) => {
  const button = action(view, tools);
  const offer = code(view, tools);
  const row = offer || button ? make('div', { class: 'row' }, offer, button) : null;
  return [row, notice(view, tools)];
};
