/**
 * over.js - the manners of what lies over the page
 *
 * A popup takes the focus, keeps it while it is open, and gives it back; Escape, the button and a
 * press beside it close it. It is a <dialog> that is not modal: a modal one would lie over, and
 * shut off, even the shop's question about consent. The page behind it goes on scrolling.
 */

const CAN_FOCUS = 'a[href], button:not([disabled]), input:not([disabled]), select, textarea, '
  + 'summary, [tabindex]:not([tabindex="-1"])';

/** What has the focus, also inside shadow roots. */
export function focused(/** @type {Document | ShadowRoot} */ root = document) {
  let { activeElement } = root;
  while (activeElement?.shadowRoot?.activeElement) ({ activeElement } = activeElement.shadowRoot);
  return /** @type {HTMLElement | null} */ (activeElement);
}

/** Whether the focus is in the block, its shadow root or the shop's nodes in it. */
export const hasFocus = (/** @type {Element} */ element) =>
  element.contains(document.activeElement) || element.getRootNode() instanceof ShadowRoot
    && element.contains(/** @type {ShadowRoot} */ (element.getRootNode()).activeElement);

/** All that the Tab key reaches in a block, in order. */
function reachable(/** @type {Element} */ element) {
  const root = /** @type {ShadowRoot} */ (element.shadowRoot);
  const theirs = (/** @type {Element} */ why) =>
    [...why.shadowRoot?.querySelectorAll(CAN_FOCUS) ?? []];
  const all = (/** @type {ParentNode} */ where) =>
    [...where.querySelectorAll(`${CAN_FOCUS}, slot, sotto-why`)]
      .flatMap((one) => (one.localName === 'sotto-why' ? theirs(one) : [one]));
  return all(root)
    .flatMap((one) => (one.localName === 'slot' ? all(element) : [one]))
    .filter((one) => one.getClientRects().length > 0)
    .map((one) => /** @type {HTMLElement} */ (one));
}

/**
 * Escape closes; with `keep`, Tab goes round inside.
 *
 * @param {HTMLElement} element the block
 * @param {() => void} dismiss
 * @param {boolean} keep
 */
export function mind(element, dismiss, keep) {
  const pressed = (/** @type {KeyboardEvent} */ event) => {
    if (event.defaultPrevented || event.isComposing) return;
    const inside = hasFocus(element);
    if (event.key === 'Escape' && (inside || keep && isNowhere())) {
      event.preventDefault();
      event.stopPropagation();
      dismiss();
    } else if (keep && event.key === 'Tab' && inside) {
      const all = reachable(element);
      const at = all.indexOf(/** @type {HTMLElement} */ (focused()));
      const edge = event.shiftKey ? at <= 0 : at === all.length - 1;
      if (!edge || all.length === 0) return;
      event.preventDefault();
      all[event.shiftKey ? all.length - 1 : 0].focus();
    }
  };
  document.addEventListener('keydown', pressed);
  return () => document.removeEventListener('keydown', pressed);
}

/** The focus is nowhere in particular: a press on the page's background takes it there. */
const isNowhere = () => !document.activeElement || document.activeElement === document.body;
