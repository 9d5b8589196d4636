/**
 * scene.js - what the page knows of this moment without having been told
 *
 * docs/EXPRESSIONS.md section 3: device, language, time zone, where the shopper came from.
 * Everything is read here, used on this device, and kept nowhere.
 */

const SEARCH = sites('google bing duckduckgo yahoo ecosia qwant startpage yandex baidu naver '
  + 'seznam search.brave kagi');
const SOCIAL = sites('facebook instagram threads twitter x t pinterest reddit tiktok linkedin lnkd '
  + 'youtube youtu vk mastodon bsky snapchat whatsapp telegram',
  '(com|co|org|in|be|net|app|social|ru|me|de)$');
const MAIL = /(^|\.)(mail|webmail|outlook|gmail)\.|^com\.google\.android\.gm$/;

/** Hosts that end so, under whatever is in front of it. */
function sites(/** @type {string} */ names, top = '') {
  return new RegExp(`(^|\\.)(${names.replaceAll('.', '\\.').replaceAll(' ', '|')})\\.${top}`);
}

/**
 * The class of the page before this one.
 *
 * @param {string} referrer
 * @param {string} host this page's
 */
export function referrerClass(referrer, host) {
  if (!referrer) return 'none';
  /** @type {URL} */
  let from;
  try {
    from = new URL(referrer);
  } catch {
    return 'other';
  }
  const name = from.hostname.replace(/^(www|m|l|lm|out)\./, '');
  if (from.host === host) return 'own';
  if (MAIL.test(from.hostname)) return 'mail';
  if (SEARCH.test(name)) return 'search';
  return SOCIAL.test(name) ? 'social' : 'other';
}

/**
 * What the shopper holds in their hand, as far as the browser says.
 *
 * @param {{
 *   userAgent?: string, maxTouchPoints?: number, userAgentData?: { mobile?: boolean },
 * }} navigator
 */
export function deviceOf({ userAgent = '', maxTouchPoints = 0, userAgentData }) {
  if (/iPad|Tablet|PlayBook|Silk(?!.*Mobile)|Android(?!.*Mobile)/i.test(userAgent)) return 'tablet';
  // Safari on an iPad says that it is a Mac; no Mac has a touch screen.
  if (/Macintosh/.test(userAgent) && maxTouchPoints > 1) return 'tablet';
  if (userAgentData?.mobile || /Mobi|iPhone|iPod/i.test(userAgent)) return 'phone';
  return 'desktop';
}

/**
 * The first time a browser takes some milliseconds to say, whatever else there is to do; where it has
 * Temporal, a fifth of that.
 */
export const readTimeZone = () => {
  try {
    return /** @type {any} */ (globalThis).Temporal?.Now.timeZoneId()
      ?? Intl.DateTimeFormat().resolvedOptions().timeZone ?? '';
  } catch {
    return '';
  }
};

/** What stays the same while the page is open. */
export function readSurroundings(timezone = readTimeZone()) {
  const { document, navigator, location, matchMedia } = globalThis;
  return {
    device: deviceOf(navigator ?? {}),
    touch: matchMedia?.('(pointer: coarse)').matches ?? false,
    language: (navigator?.language ?? '').split('-')[0].toLowerCase(),
    timezone,
    referrer: referrerClass(document?.referrer ?? '', location?.host ?? ''),
  };
}

/** What a navigation within the page changes. */
export const readAddress = () => ({
  path: globalThis.location?.pathname ?? '',
  query: globalThis.location?.search?.slice(1) ?? '',
});
