/**
 * draw.js - a campaign onto the page, and off it again
 *
 *     CampaignView --> kind (carousel, popup, ...) or the shop's <template>
 *                        |
 *                        v
 *     <sotto-block> in its frame: in a place, over the page, at its top
 *
 * A block is one element, with a shadow root for what is ours and, if the shop has a template, the
 * shop's nodes in it, under the shop's styles. All goes in as text; addresses pass the allow-list;
 * styles are adopted sheets, which a strict policy allows. Removing the element removes everything.
 */
import { speaker } from '../privacy/speak.js';
import { make, setText } from '../privacy/dom.js';
import { listen } from './acts.js';
import { addressReader } from './address.js';
import { FORM } from './answer.js';
import { isClear } from './clear.js';
import { FRAMES } from './frames.js';
import { KINDS } from './kinds.js';
import { focused, hasFocus, mind } from './over.js';
import { closer, notice } from './pieces.js';
import { drawPictures } from './own-picture.js';
import { BASE } from './style.js';
import { fillShopTemplate, templateOf } from './template.js';
import { TEXTS as GERMAN } from './texts-de.js';
import { TEXTS as ENGLISH } from './texts-en.js';

export { isClear };
export { fillMessage } from './message.js';

/** A live region must be there before what it says; and what was said need not stay. */
const SAY_MS = 150;
const SAID_MS = 4000;

/** @typedef {import('../index.js').CampaignView} CampaignView */
/**
 * @typedef {object} Host
 * @property {Element | null} place the <sotto-place>, null for what lies over the page or at its top
 * @property {(what: 'dismissed' | 'clicked' | 'sent') => void} told
 * @property {(values: string[], question: string) => void} answered
 * @property {(minor: number) => string} money
 * @property {string} locale the shop's
 * @property {string} language of the page
 * @property {() => number} now seconds since 1970
 * @property {import('./template.js').Bind} bind fillTemplate of web/bind.js
 * @property {(address: string) => Promise<string>} picture where a campaign's own is in memory
 * @property {() => import('../index.js').HandOff | null} handOff who takes forms, if not the address
 */
/** @typedef {{ update(view: CampaignView): void, remove(): void }} Drawn */
/**
 * What a block may use while it draws.
 *
 * @typedef {object} Tools
 * @property {Host} host
 * @property {HTMLElement} element the block
 * @property {import('../privacy/speak.js').Speaker['say']} say
 * @property {string} language
 * @property {(address: string) => string} address what the allow-list lets through, else ''
 * @property {(text: string) => void} announce to those who hear the page
 * @property {(end: () => void) => void} stop to be called when this is drawn again, or removed
 * @property {(form: Element, thanks: string) => void} finish puts thanks in the place of a form
 * @property {() => void} remove
 * @property {() => void} dismiss removes, and says that the shopper did
 */

/**
 * What stands where, with its campaign: a place, the page or its top shows one.
 *
 * @type {Map<unknown, [string, Drawn]>}
 */
const shown = new Map();

/** @type {Map<string, CSSStyleSheet>} */
const sheets = new Map();

function sheetOf(/** @type {string} */ css) {
  const sheet = sheets.get(css) ?? new CSSStyleSheet();
  if (!sheets.has(css)) sheet.replaceSync(css);
  sheets.set(css, sheet);
  return sheet;
}

/**
 * The kind of a campaign, its frame and where that stands; null if it is no kind, or has no place.
 *
 * @param {CampaignView} view
 * @param {Host} host
 */
function framed({ block }, { place: given }) {
  const kind = KINDS.get(block);
  const frame = kind && (given ? kind.frame : kind.placeless ?? kind.frame);
  if (!frame || (frame === 'place' && !given)) return null;
  const over = frame === 'popup' || frame === 'slide';
  const place = over ? null : given;
  return { kind, frame, over, place, where: place ?? (over ? 'page' : 'top') };
}

/**
 * Draws a campaign. Null, and nothing is on the page, if there is nothing to draw or it may not be
 * laid over the page now. Throws what `host.bind` throws at a mistake in the shop's template. What
 * is drawn already is brought up to date.
 *
 * @param {CampaignView} view
 * @param {Host} host
 * @returns {Drawn | null}
 */
export function drawBlock(view, host) {
  const found = framed(view, host);
  if (!found) return null;
  const { kind, frame, over, place, where } = found;
  const [campaign, before] = shown.get(where) ?? [];
  if (before && campaign === view.campaign) {
    before.update(view);
    return before;
  }
  if (over && !isClear()) return null;

  const drawn = open(view, { ...host, place }, kind, frame, where);
  if (!drawn) return null;
  before?.remove();
  drawn.enter();
  shown.set(where, [view.campaign, drawn]);
  return drawn;
}

/**
 * Whether there is something to draw: it is drawn aside, and seen by nobody. Throws as drawBlock does.
 *
 * @param {CampaignView} view
 * @param {Host} host
 */
export function canDraw(view, host) {
  const found = framed(view, host);
  const drawn = found
    && open(view, { ...host, place: found.place }, found.kind, found.frame, found.where);
  drawn?.remove();
  return drawn !== null;
}

/**
 * @param {CampaignView} view
 * @param {Host} host
 * @param {import('./kinds.js').Kind} kind
 * @param {import('./kinds.js').Kind['frame']} framing
 * @param {unknown} where
 */
function open(view, host, kind, framing, where) {
  const { place, language } = host;
  const frame = FRAMES[framing];
  const element = /** @type {import('../index.js').SottoBlockElement} */ (
    document.createElement('sotto-block'));
  const root = element.attachShadow({ mode: 'open' });
  const status = make('p', { role: 'status', class: 'hidden' });
  const speak = speaker(/^de\b/i.test(language) ? GERMAN : ENGLISH, language);
  /** @type {(() => void)[]} */
  let stops = [];
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let saying;
  /** @type {Node[]} */
  let theirs = [];
  /** @type {HTMLElement | null} */
  let cameFrom = null;
  /** @type {CampaignView | null} */
  let waiting = null;
  let finished = false;
  let removed = false;

  /** @type {Tools} */
  const tools = {
    host, element, say: speak.say, language: speak.language, address: addressReader(host.bind),
    announce(text) {
      clearTimeout(saying);
      saying = setTimeout(() => {
        setText(status, text);
        saying = setTimeout(() => setText(status, ''), SAID_MS);
      }, SAY_MS);
    },
    stop: (end) => void stops.push(end),
    finish(form, thanks) {
      finished = true;
      const said = make('p', { class: 'thanks', part: 'thanks', tabindex: -1 }, thanks);
      form.replaceWith(said);
      said.focus();
    },
    remove,
    dismiss() {
      if (removed) return;
      remove();
      host.told('dismissed');
    },
  };

  /** The body of the block, and the shop's nodes in it; null if there is nothing to draw. */
  function fill(/** @type {CampaignView} */ next) {
    element.decision = decisionOf(next);
    const template = templateOf(next, place);
    const nodes = template ? fillShopTemplate(template, next, host.bind) : [];
    const own = template ? [make('slot'), saysNotice(nodes, next) ? null : notice(next, tools)]
      : kind.draw(next, tools);
    if (!own) return null;
    if (framing === 'place' && !template && next.close) own.push(closer(next, tools));
    const css = [BASE + FORM, frame.css, template ? '' : kind.css];
    root.adoptedStyleSheets = css.filter(Boolean).map(sheetOf);
    element.replaceChildren(...nodes);
    body.replaceChildren(...own.filter((one) => one !== null));
    body.dataset.tone = next.tone;
    drawPictures(root, element, host.picture);
    const titled = body.querySelector('#heading') !== null;
    const box = root.querySelector('[part=block]') ?? body;
    label(box, titled, next);
    return nodes;
  }

  function draw(/** @type {CampaignView} */ next) {
    stops.splice(0).forEach((end) => end());
    view = next;
    return fill(next);
  }

  const body = make(framing === 'place' ? 'section' : 'div', {
    class: 'body', part: framing === 'place' ? 'block' : 'body',
  });
  root.append(...frame.make(body, view, tools), status);
  const nodes = draw(view);
  if (!nodes) {
    stops.forEach((end) => end());
    return null;
  }
  element.setAttribute('campaign', view.campaign);
  element.setAttribute('block', view.block);
  element.toggleAttribute('over', !place);
  const close = root.querySelector('button.close');
  if (close && element.querySelector('[data-sotto-close]')) close.remove();

  listen(element, root, () => view, tools);
  element.addEventListener('focusin', ({ relatedTarget }) => {
    const before = relatedTarget instanceof HTMLElement && !element.contains(relatedTarget);
    if (before) cameFrom = relatedTarget;
  });
  element.addEventListener('focusout', () => setTimeout(() => {
    if (waiting && !removed && !hasFocus(element)) update(waiting);
  }));
  const popup = framing === 'popup';
  let unmind = () => {};

  /** Onto the page: the shop's own content leaves the place in the same step. */
  function enter() {
    if (place) {
      theirs = [...place.childNodes].filter((node) => !(node instanceof HTMLTemplateElement));
      if (theirs.length > 0) /** @type {ChildNode} */ (theirs[0]).before(element);
      else place.append(element);
      theirs.forEach((node) => /** @type {ChildNode} */ (node).remove());
    } else if (where === 'top') document.body.prepend(element);
    else document.body.append(element);
    // Pictures inside the bundle are drawn wherever they are told of.
    element.dispatchEvent(new Event('sotto-block', { bubbles: true, composed: true }));
    if (framing === 'place') return;
    if (where === 'page' || popup) unmind = mind(element, tools.dismiss, popup);
    if (popup) {
      cameFrom = focused();
      /** @type {HTMLElement} */ (root.querySelector('dialog')).focus({ preventScroll: true });
    } else {
      tools.announce(spoken(view));
    }
  }

  /** What the shopper has the focus in, or has sent, is left as it is. @type {Drawn['update']} */
  function update(next) {
    if (removed || finished || JSON.stringify(next) === JSON.stringify(view)) return;
    waiting = hasFocus(element) ? next : null;
    if (waiting) return;
    const shelf = root.querySelector('.shelf');
    const at = shelf?.scrollLeft ?? 0;
    const said = spoken(view);
    if (!draw(next)) return remove();
    root.querySelector('.shelf')?.scrollTo({ left: at, behavior: 'instant' });
    if (framing === 'top' && spoken(next) !== said) tools.announce(spoken(next));
  }

  function remove() {
    if (removed) return;
    removed = true;
    const had = hasFocus(element);
    stops.forEach((end) => end());
    stops = [];
    clearTimeout(saying);
    unmind();
    if (shown.get(where)?.[1] === drawn) shown.delete(where);
    // If somebody else has changed the place meanwhile, that is the shop's content now.
    if (place && element.parentNode === place) element.replaceWith(...theirs);
    else element.remove();
    if (had && cameFrom?.isConnected) cameFrom.focus({ preventScroll: true });
  }

  const drawn = { update, remove, enter };
  return drawn;
}

/** What it shows, as a slot's decision says it. @returns {import('../index.js').Decision} */
const decisionOf = (/** @type {CampaignView} */ { campaign, heading, subject, items }) =>
  ({ slot: campaign, heading, items: subject ? [subject, ...items] : items });

/** @param {Element} box @param {boolean} titled @param {CampaignView} view */
function label(box, titled, { heading, text, question }) {
  box.toggleAttribute('aria-labelledby', titled);
  if (titled) box.setAttribute('aria-labelledby', 'heading');
  const name = titled ? '' : heading || text || question;
  if (name) box.setAttribute('aria-label', name);
  else box.removeAttribute('aria-label');
}

/** Whether the shop's own nodes carry the notice already. */
const saysNotice = (/** @type {Node[]} */ nodes, /** @type {CampaignView} */ { notice: wanted }) =>
  nodes.some(({ textContent }) => textContent?.includes(wanted));

const spoken = (/** @type {CampaignView} */ { heading, text }) =>
  [heading, text].filter(Boolean).join('. ');
