/**
 * clear.js - may something be laid over the page now?
 *
 * Not over a question about consent, nor over a dialog that the shopper has open, and not while
 * they are typing: what pops up then is in the way of something they chose to do. A shop marks its
 * own banner with `data-sotto-keep-clear`; those of the usual platforms are known by their ids.
 */

const KEEP_CLEAR = [
  '[data-sotto-keep-clear]', 'dialog[open]', '[aria-modal="true"]',
  '#onetrust-banner-sdk', '#onetrust-pc-sdk', '#CybotCookiebotDialog', '#usercentrics-root',
  '#usercentrics-cmp-ui', '#didomi-popup', '#didomi-notice', '#shopify-pc__banner',
  '[id^="sp_message_container"]',
].join();
const TYPING = 'textarea, select, '
  + 'input:not([type=button], [type=submit], [type=checkbox], [type=radio])';

/** Whether there is something of it to be seen. */
function isSeen(/** @type {Element} */ element) {
  const { width, height } = element.getBoundingClientRect();
  return width > 0 && height > 0 && getComputedStyle(element).visibility === 'visible';
}

export function isClear() {
  const active = /** @type {HTMLElement | null} */ (document.activeElement);
  if (active?.matches(TYPING) || active?.isContentEditable) return false;
  return ![...document.querySelectorAll(KEEP_CLEAR)].some(isSeen);
}
