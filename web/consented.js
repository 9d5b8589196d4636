/**
 * consented.js - did the shopper agree, on an earlier page?
 *
 * A few bytes in localStorage, written once the shopper has said yes or no and never before:
 *
 *     sotto:demo  ->  {"tier":"remembered","erased":0,"until":1801440000,"sequence":"17"}
 *
 * Reading them, and what the shop says of consent now, tells whether there is a profile to open, without
 * opening anything. Other tabs hear of a change by the browser's storage event. While an erase is under
 * way the tier is "erasing": should the page be gone before it is done, the next one finishes it.
 * later/consent.js has the other tiers, and all that is written besides; under none of them is anything
 * opened here.
 */

/** @param {string} name @returns {import('./later/consent.js').Kept | null} */
export function readConsented(name) {
  try {
    const said = JSON.parse(/** @type {string} */ (localStorage.getItem(name)));
    const opposed = /** @type {any} */ (navigator).globalPrivacyControl;
    return opposed || said.until < Date.now() / 1000 ? null : said;
  } catch {
    return null;
  }
}

/**
 * Whether it is a yes that counts before its source has spoken on this page: `standing_yes` in
 * docs/FORMAT.md section 5. Any other waits for later/consent.js.
 *
 * @param {ReturnType<typeof readConsented>} said
 * @param {import('./runtime.js').Core} core with the campaigns
 */
export const stands = (said, core) => said?.tier === 'remembered' && core.site().standing_yes
  === core.check(`${said.source ?? 'api'} ${said.under ?? said.policy ?? ''}`);

/**
 * Takes consent back without the care of later/keeper.js, for a page that could not load it. The 0 tells
 * the next page to do it properly.
 */
export function eraseBare(/** @type {string} */ name) {
  localStorage[name] = 0;
  indexedDB.deleteDatabase(name);
}
