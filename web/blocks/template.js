/**
 * template.js - the shop's own <template>, which always wins
 *
 * By the campaign's `template` (an id), or inside the <sotto-place>: one with the block's kind as
 * `data-block`, else one without. It is bound as those of slots are (web/bind.js), by the words of
 * CampaignView; what belongs to the offer, or to the product it is about, is reached by a dot:
 *
 *     <h3 data-sotto="text:heading"></h3>
 *     <b data-sotto="text:offer.code hidden-unless:offer.code"></b>
 *     <ul data-sotto-items><template><li data-sotto="text:title"></li></template></ul>
 *
 * But for the picture of the campaign itself: `src:image` is left to own-picture.js.
 */
import { withoutSource } from './own-picture.js';

/** What a dot reaches. */
const OFFER = ['name', 'kind', 'code', 'label', 'missingText', 'thresholdText'];
const PRODUCT = ['id', 'title', 'url', 'image', 'priceText', 'listPriceText', 'category', 'brand'];

/** @typedef {import('../index.js').CampaignView} CampaignView */
/** @typedef {(template: HTMLTemplateElement, values: any) => Node[]} Bind */

/**
 * @param {CampaignView} view
 * @param {Element | null} place
 * @returns {HTMLTemplateElement | null}
 */
export function templateOf({ template, block }, place) {
  const named = template ? document.getElementById(template) : null;
  if (named instanceof HTMLTemplateElement) return named;
  const inside = /** @type {HTMLTemplateElement[]} */ (
    [...place?.children ?? []].filter((child) => child.localName === 'template'));
  return inside.find(({ dataset }) => dataset.block === block)
    ?? inside.find(({ dataset }) => dataset.block === undefined) ?? null;
}

/**
 * The shop's nodes with the campaign in them.
 *
 * @param {HTMLTemplateElement} template
 * @param {CampaignView} view
 * @param {Bind} bind
 */
export function fillShopTemplate(template, view, bind) {
  const box = document.createElement('div');
  const own = withoutSource(template, view.image);
  box.append(...marked(bind(own, wordsOf(view)), 'subject.image', view.subject?.id ?? ''));
  repeat(box, '[data-sotto-items]', view.items, bind);
  repeat(box, '[data-sotto-options]', view.options.map((option) => ({ option })), bind);
  return [...box.childNodes];
}

/** @param {Element} box @param {string} selector @param {any[]} each @param {Bind} bind */
function repeat(box, selector, each, bind) {
  for (const list of box.querySelectorAll(selector)) {
    const one = list.querySelector('template');
    if (!one) continue;
    one.replaceWith(...each.flatMap((values) => marked(bind(one, values), 'image', values.id)));
  }
}

/** Pictures inside the bundle are found by whose they are: web/later/pictures.js. */
function marked(/** @type {Node[]} */ nodes, /** @type {string} */ word, /** @type {string} */ id) {
  const box = document.createElement('div');
  box.append(...nodes);
  for (const image of id ? box.querySelectorAll(`img[data-sotto~="src:${word}"]`) : []) {
    image.setAttribute('data-sotto-picture', id);
  }
  return nodes;
}

/** All that a template can name, without any depth: `offer.code` is a name. */
function wordsOf(/** @type {CampaignView} */ view) {
  const { offer, subject, items, options, ends, handOff, ...texts } = view;
  /** @type {Record<string, unknown>} */
  const words = {
    ...texts,
    offer: offer?.label ?? '',
    subject: subject?.title ?? '',
    items: items.length || '',
    options: options.join(', '),
    ends: ends === null ? '' : new Date(ends * 1000).toISOString(),
    handOff: handOff?.address ?? '',
    attributes: subject?.attributes ?? {},
    reasons: subject?.reasons ?? [],
  };
  for (const name of OFFER) words[`offer.${name}`] = offer?.[/** @type {'code'} */ (name)] ?? '';
  for (const name of PRODUCT) words[`subject.${name}`] = subject?.[/** @type {'id'} */ (name)] ?? '';
  return words;
}
