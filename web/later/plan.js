/**
 * plan.js - what merchandisers planned, as plain values
 *
 * The core reads the plan; here it becomes names and numbers, each thing when it is asked for. What
 * stands where in the words is what src/bindings/wasm_plan.c asserts.
 */

/** @typedef {NonNullable<ReturnType<typeof readPlan>>} Plan */
/** @typedef {ReturnType<Plan['campaign']>} PlannedCampaign */
/** @typedef {ReturnType<Plan['offer']>} PlannedOffer */

export const NONE = 0xffffffff;

/** By the numbers of sotto_block_kind in src/sotto_plan.h. */
export const BLOCKS = /** @type {import('../index.js').BlockKind[]} */ (/** @type {any} */ ([
  '', 'carousel', 'grid', 'hero', 'inline', 'popup', 'slide-in', 'bar', 'shipping-bar', 'countdown',
  'proof', 'cart-reminder', 'recent', 'quiz',
]));
const OFFERS = /** @type {const} */ ([
  '', 'code', 'vouchers', 'free-shipping', 'bundle', 'early-access',
]);
/** By the keys of fields, FORMAT.md 5c. */
export const FIELDS = /** @type {const} */ ([
  '', 'heading', 'text', 'button', 'url', 'image', 'alt', 'close', 'notice', 'template', 'question',
  'options', 'handOff', 'thanks', 'tone',
]);
const ACCOUNT_KINDS = /** @type {const} */ (['', 'number', 'text', 'truth']);
/** Triggers of deadlines: viewed-not-added, cart-idle, visit, return, back-in-stock, price-drop. */
const DEADLINES = [3, 4, 9, 10, 11, 12];
const WIN_BY = /** @type {const} */ (['click', 'purchase', 'call']);
const OVER_THE_PAGE = ['popup', 'slide-in', 'quiz'];

/** Reads each thing once. @template T @param {(index: number) => T} read */
function once(read) {
  /** @type {T[]} */
  const known = [];
  return (/** @type {number} */ index) => known[index] ??= read(index);
}

/**
 * Null if there is nothing planned.
 *
 * @param {import('../runtime.js').Core['raw']} raw
 * @param {Record<string, (...numbers: number[]) => number>} core its calls
 */
export function readPlan({ bytesAt, wordsAt }, core) {
  const at = core.sotto_wasm_plan_counts();
  const [segments, campaigns, experiments, offers, idle_s, sessionGap_s] =
    at ? wordsAt(at, 6) : [0, 0, 0, 0, 0, 0];
  if (segments + campaigns + experiments + offers === 0) return null;
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  /** The text whose address and size these are. */
  const decode = (/** @type {number} */ place, /** @type {number} */ size) =>
    decoder.decode(bytesAt(place, size));
  const text = (/** @type {number} */ place) => {
    const [bytes, size] = wordsAt(place, 2);
    return decode(bytes, size);
  };
  const key = (/** @type {number} */ lo, /** @type {number} */ hi) =>
    BigInt(hi) << 32n | BigInt(lo);
  const optional = (/** @type {number} */ number) => (number === NONE ? -1 : number);

  return {
    segmentCount: segments,
    campaignCount: campaigns,
    experimentCount: experiments,
    offerCount: offers,
    idle_s,
    sessionGap_s,

    segmentName: once((index) => text(core.sotto_wasm_segment_name(index))),

    campaign: once((index) => {
      const words = [...wordsAt(core.sotto_wasm_campaign(index), 43)];
      const [pauses, caps] = [words.slice(29, 32), words.slice(26, 29)];
      const block = BLOCKS[words[6]] ?? '';
      const place = decode(words[2], words[3]);
      const overPage = place === '' && OVER_THE_PAGE.includes(block);
      return {
        index,
        name: decode(words[0], words[1]),
        place,
        key: key(words[4], words[5]),
        block,
        ends_s: words[25],
        /** Of several tabs one must show it: CAMPAIGNS.md section 4. */
        isClaimed: [...pauses, ...caps].some((limit) => limit > 0) || overPage
          || Array.from({ length: words[23] }, (_, i) => words[11 + 3 * i])
            .some((kind) => DEADLINES.includes(kind)),
        /** It would cover what stands there. */
        coversPage: overPage,
        experiment: optional(words[35]),
        arms: words[36],
        offer: optional(words[37]),
        slot: decode(words[38], words[39]),
      };
    }),

    /** A text of a campaign, as it was written; '' if it says nothing there. */
    field: (/** @type {number} */ index, /** @type {typeof FIELDS[number]} */ name) =>
      text(core.sotto_wasm_campaign_field(index, FIELDS.indexOf(name))),

    experiment: once((index) => {
      const words = [...wordsAt(core.sotto_wasm_experiment(index), 54)];
      return {
        name: decode(words[0], words[1]),
        winBy: WIN_BY[words[8]] ?? 'call',
        arms: Array.from({ length: words[13] }, (_, i) =>
          decode(words[14 + 5 * i], words[15 + 5 * i])),
        /** Of 10,000. */
        weights: Array.from({ length: words[13] }, (_, i) => words[16 + 5 * i]),
      };
    }),

    offer: once((index) => {
      const words = [...wordsAt(core.sotto_wasm_offer(index), 13)];
      const codes = Array.from({ length: words[10] }, (_, i) =>
        text(core.sotto_wasm_offer_code_at(index, i)));
      return {
        name: decode(words[0], words[1]),
        label: decode(words[2], words[3]),
        key: key(words[4], words[5]),
        kind: OFFERS[words[6]],
        ends_s: words[7],
        threshold: words[8],
        codes,
        items: Array.from({ length: words[12] }, (_, i) =>
          core.sotto_wasm_offer_item(index, i) >>> 0).filter((item) => item !== NONE),
      };
    }),

    shopName: () => text(core.sotto_wasm_shop_name()),

    /** The code of an offer for the shopper as they are now. */
    code: (/** @type {number} */ index) => text(core.sotto_wasm_offer_code(index)),

    /** Names and addresses that forms may be posted to. */
    handOffs: () => listOf((i) => {
      const place = core.sotto_wasm_hand_off(i);
      return place ? { name: text(place), address: text(place + 8) } : null;
    }),

    /** What the shop may say of a signed-in shopper, with its type. */
    account: () => listOf((i) => {
      const place = core.sotto_wasm_account(i);
      return place ? { name: text(place), kind: ACCOUNT_KINDS[wordsAt(place + 8, 1)[0]] } : null;
    }),
  };
}

/** @template T @param {(index: number) => T | null} read null past the end @returns {T[]} */
function listOf(read) {
  /** @type {T[]} */
  const all = [];
  for (let one; (one = read(all.length)) !== null;) all.push(one);
  return all;
}
