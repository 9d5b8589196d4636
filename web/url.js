/**
 * url.js - which addresses may reach the page
 *
 * Web addresses and those relative to the page. What a `javascript:` or `data:` address could do is
 * not something a catalogue should be able to do.
 */

/**
 * The address as it was given, or '' if it is not one of the allowed.
 *
 * @param {string} address
 */
export function safeUrl(address) {
  try {
    const base = globalThis.document?.baseURI ?? 'https://shop.invalid/';
    return /^https?:$/.test(new URL(address, base).protocol) ? address : '';
  } catch {
    return '';
  }
}
