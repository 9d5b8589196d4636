/**
 * place.js - a popover beside what opened it
 *
 * Where the browser has popovers it lies above everything, so that no shelf that scrolls can cut it
 * off; elsewhere it opens in place.
 */

/** Room between the two, and to the edge of the window. */
const GAP = 8;

/** Opens it. @param {HTMLElement} box @param {Element} opener */
export function openBeside(box, opener) {
  box.hidden = false;
  if (!('showPopover' in box)) return;
  box.popover = 'auto';
  box.showPopover();
  place(box, opener);
}

/** Below the opener, above it where there is no room; in the window in any case. */
function place(/** @type {HTMLElement} */ box, /** @type {Element} */ opener) {
  const { top, bottom, left, width } = opener.getBoundingClientRect();
  const { offsetWidth, offsetHeight } = box;
  const { clientWidth, clientHeight } = document.documentElement;
  const below = bottom + GAP + offsetHeight <= clientHeight;
  const y = below ? bottom + GAP : top - GAP - offsetHeight;
  const x = left + width / 2 - offsetWidth / 2;
  box.style.top = `${Math.max(GAP, Math.min(y, clientHeight - offsetHeight - GAP))}px`;
  box.style.left = `${Math.max(GAP, Math.min(x, clientWidth - offsetWidth - GAP))}px`;
}
