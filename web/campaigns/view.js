/**
 * view.js - what a campaign has to show, as plain values
 *
 * Texts with their variables filled in (docs/CAMPAIGNS.md section 8), products as every slot
 * decides them, amounts in the shop's currency. blocks/ draws it; it never asks the core.
 */

/** @typedef {import('../index.js').CampaignView} CampaignView */
/** @typedef {import('../index.js').DecidedItem} DecidedItem */
/** @typedef {Record<string, string | number | { number: number, text: string } | null>} Values */
/** @typedef {(text: string, values: any, locale: string) => string} FillMessage */

const DAY_S = 86400;
/** Texts in which variables stand. */
const TEXTS = /** @type {const} */ ([
  'heading', 'text', 'button', 'alt', 'close', 'notice', 'thanks',
]);
const PLAIN = /** @type {const} */ (['url', 'image', 'tone', 'template', 'question']);
/** Published aggregates of a product, as attributes of the feed. */
const AGGREGATES = /** @type {const} */ (['views', 'buyers']);

/**
 * The day on which something is over, in words. An end at midnight in UTC is the end of a date, so
 * that date is told; any other is told as the shopper's clock has it.
 *
 * @param {number} ends_s
 * @param {string} locale
 */
export function endText(ends_s, locale) {
  const timeZone = ends_s % DAY_S === 0 ? 'UTC' : undefined;
  try {
    return new Intl.DateTimeFormat(locale || 'en', { dateStyle: 'long', timeZone })
      .format(new Date((ends_s - 1) * 1000));
  } catch {
    return new Date((ends_s - 1) * 1000).toISOString().slice(0, 10);
  }
}

/**
 * Whether the block is about one product: the one that the core names, or the page's, where figures
 * of it are told or a form would be about nothing else.
 *
 * @param {import('../later/plan.js').PlannedCampaign} campaign
 * @param {number} subject
 * @param {DecidedItem[]} items
 * @param {string} handOff
 */
const isAbout = ({ block }, subject, items, handOff) => subject >= 0 || block === 'proof'
  || (handOff !== '' && items.length === 0);

/**
 * @param {object} options
 * @param {import('../later/runtime.js').LaterCore} options.core
 * @param {ReturnType<import('../decision.js').decisionReader>} options.reader
 * @param {FillMessage} options.fillMessage
 * @param {(slot: string) => DecidedItem[]} options.decide
 * @param {() => import('../index.js').PageContext} options.context
 * @param {() => { total: number, pieces: number }} options.cart
 * @param {(question: string) => string} options.answered what was answered, '' if nothing
 */
export function openViews({ core, reader, fillMessage, decide, context, cart, answered }) {
  const plan = /** @type {import('../later/plan.js').Plan} */ (core.plan);
  const { locale } = core.site();
  const money = (/** @type {number} */ minor) =>
    ({ number: minor, text: reader.formatPrice(minor) });
  const item = (/** @type {number} */ index) =>
    reader.readItem({ item: index, score: 0, strategy: 0, reasons: [] });
  const pageItem = () =>
    context().items?.map((id) => core.find(String(id))).find((i) => i >= 0) ?? -1;

  /** What is in the cart, as item indexes. */
  function cartItems() {
    const { cart: given } = context();
    const items = given ? given.map((id) => core.find(String(id)))
      : core.cart().map((line) => core.findHash(line.item));
    return [...new Set(items)].filter((index) => index >= 0);
  }

  /**
   * @param {import('../later/plan.js').PlannedOffer | null} offer
   * @param {number} index
   * @param {number} total
   */
  function offerView(offer, index, total) {
    if (!offer) return null;
    const missing = offer.kind === 'free-shipping' ? Math.max(offer.threshold - total, 0) : 0;
    return /** @type {NonNullable<CampaignView['offer']>} */ ({
      name: offer.name, kind: offer.kind, code: plan.code(index), label: offer.label,
      threshold: offer.threshold, missing,
      missingText: reader.formatPrice(missing), thresholdText: reader.formatPrice(offer.threshold),
    });
  }

  /** @returns {DecidedItem[]} */
  function itemsOf(/** @type {import('../later/plan.js').PlannedCampaign} */ campaign) {
    if (campaign.slot) return decide(campaign.slot);
    const bundle = campaign.offer < 0 ? [] : plan.offer(campaign.offer).items;
    if (bundle.length > 0) return bundle.map(item);
    return campaign.block === 'cart-reminder' ? cartItems().map(item) : [];
  }

  return {
    locale,
    money: reader.formatPrice,
    itemsOf,

    /**
     * @param {import('../later/plan.js').PlannedCampaign} campaign
     * @param {{ subject: number, arm: number }} verdict
     * @param {DecidedItem[]} items
     * @returns {CampaignView}
     */
    make(campaign, verdict, items) {
      const subject = verdict.subject | 0; // an item index, -1 if it is about none
      const { experiment } = campaign;
      const field = (/** @type {Parameters<typeof plan.field>[1]} */ name) =>
        plan.field(campaign.index, name);
      const { total, pieces } = cart();
      const planned = campaign.offer < 0 ? null : plan.offer(campaign.offer);
      const offer = offerView(planned, campaign.offer, total);
      const ends = Math.min(...[campaign.ends_s, planned?.ends_s ?? 0].filter(Boolean), Infinity);
      const about = subject >= 0 ? subject : pageItem();
      const product = about >= 0 ? item(about) : null;

      /** @type {Values} */
      const values = {
        shop: plan.shopName(),
        title: product?.title ?? '',
        price: product?.priceText ?? '',
        was: product?.listPriceText ?? '',
        items: items.length,
        cart: money(total), count: pieces,
        missing: money(offer?.missing ?? 0), threshold: money(offer?.threshold ?? 0),
        code: offer?.code ?? '', offer: offer?.label ?? '',
        ends: ends < Infinity ? endText(ends, locale) : '',
      };
      for (const name of AGGREGATES) {
        const number = Math.trunc(Number(product?.attributes[name]));
        values[name] = number > 0 ? number : null;
      }
      const fill = (/** @type {string} */ text) => {
        for (const [, question] of text.matchAll(/\{answer:([^{},]*)/g)) {
          values[`answer:${question}`] = answered(question);
        }
        return text && fillMessage(text, values, locale);
      };

      const handOff = field('handOff');
      return /** @type {CampaignView} */ ({
        campaign: campaign.name, block: campaign.block, place: campaign.place,
        ...Object.fromEntries(TEXTS.map((name) => [name, fill(field(name))])),
        ...Object.fromEntries(PLAIN.map((name) => [name, field(name)])),
        options: field('options').split('\0').slice(0, -1),
        items,
        subject: isAbout(campaign, subject, items, handOff) ? product : null,
        offer,
        ends: ends < Infinity ? ends : null,
        arm: experiment < 0 ? null : plan.experiment(experiment).arms[verdict.arm] ?? null,
        handOff: plan.handOffs().find(({ name }) => name === handOff) ?? null,
      });
    },
  };
}
