/**
 * render.js - a decision in the place of the shop's own content, and back
 *
 * The shop's nodes are taken out and kept as they are, with their listeners; the items go in at the
 * very place, in one step, so that nothing moves twice. Templates and the heading's element stay
 * where they are. If somebody else, a framework say, has changed the place meanwhile, what is found
 * there now is the shop's content.
 */
import { fillTemplate } from './bind.js';
import { SottoError } from './errors.js';

/** @typedef {import('./index.js').Decision} Decision */
/** @typedef {{ ours: Node[], theirs: Node[] }} Swap */
/** @typedef {{ decision: Decision, mark: string, swaps: Swap[] }} Shown */

/** @type {WeakMap<Element, Shown>} */
const shown = new WeakMap();

/** What an element shows, null while it shows the shop's own content. */
export const decisionIn = (/** @type {Element} */ element) => shown.get(element)?.decision ?? null;

/** Everything that can be seen of a decision; what looks the same is not drawn again. */
const markOf = (/** @type {Decision} */ decision) => JSON.stringify(decision,
  (key, value) => (key === 'points' || key === 'score' ? undefined : value));

/**
 * Shows a decision in an element, its own content if the decision is empty. Answers whether that
 * changed anything.
 *
 * @param {Element} element
 * @param {Decision} decision
 */
export function show(element, decision) {
  if (decision.items.length === 0) return restore(element);
  const before = shown.get(element);
  const mark = markOf(decision);
  if (before?.mark === mark && before.swaps.every(inPlace)) return false;

  const template = element.querySelector('template');
  if (!template) throw new SottoError('no-template', decision.slot);
  const nodes = decision.items.flatMap((item) => fillTemplate(template, item));
  const heading = element.querySelector('[data-sotto-heading]');
  const box = element.querySelector('[data-sotto-items]') ?? element;

  restore(element);
  const stays = [template, heading];
  const swaps = [swap(box, nodes, (node) => stays.some((one) => node.contains(one)))];
  if (heading && decision.heading) {
    swaps.push(swap(heading, [document.createTextNode(decision.heading)], () => false));
  }
  shown.set(element, { decision, mark, swaps });
  element.setAttribute('state', 'sotto');
  return true;
}

/** Puts the shop's own content back. Answers whether that changed anything. */
export function restore(/** @type {Element} */ element) {
  const before = shown.get(element);
  before?.swaps.forEach(swapBack);
  if (element.getAttribute('state') !== 'shop') element.setAttribute('state', 'shop');
  return shown.delete(element);
}

/** @param {Swap} swap */
const inPlace = ({ ours }) => ours.every((node) => node.isConnected);

/**
 * @param {Element} box
 * @param {Node[]} ours
 * @param {(node: Node) => boolean} stays
 * @returns {Swap}
 */
function swap(box, ours, stays) {
  const theirs = [...box.childNodes].filter((node) => !stays(node));
  if (theirs.length > 0) theirs[0].before(...ours);
  else box.append(...ours);
  theirs.forEach((node) => node.remove());
  return { ours, theirs };
}

/** @param {Swap} swap */
function swapBack({ ours, theirs }) {
  const [first] = /** @type {ChildNode[]} */ (ours);
  if (first?.parentNode) first.before(...theirs);
  ours.forEach((node) => /** @type {ChildNode} */ (node).remove());
}
