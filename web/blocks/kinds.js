/**
 * kinds.js - the blocks there are
 */
import { bar } from './bar.js';
import { carousel, recent } from './carousel.js';
import { cartReminder } from './cart-reminder.js';
import { countdown } from './countdown.js';
import { grid } from './grid.js';
import { hero } from './hero.js';
import { inline } from './inline.js';
import { popup, slideIn } from './popup.js';
import { proof } from './proof.js';
import { quiz } from './quiz.js';
import { shippingBar } from './shipping-bar.js';

/** @typedef {import('../index.js').CampaignView} CampaignView */
/** @typedef {import('./draw.js').Tools} Tools */
/**
 * A kind of block: its frame, its styles, and what stands in its body. Null: there is nothing to
 * draw.
 *
 * @typedef {object} Kind
 * @property {'place' | 'popup' | 'slide' | 'top'} frame
 * @property {'popup'} [placeless] its frame where the campaign names no place
 * @property {string} css
 * @property {(view: CampaignView, tools: Tools) => (Element | null)[] | null} draw
 */

/** @type {Map<string, Kind>} */
export const KINDS = new Map([
  ['carousel', carousel], ['grid', grid], ['hero', hero], ['inline', inline], ['popup', popup],
  ['slide-in', slideIn], ['bar', bar], ['shipping-bar', shippingBar], ['countdown', countdown],
  ['proof', proof], ['cart-reminder', cartReminder], ['recent', recent], ['quiz', quiz],
]);
