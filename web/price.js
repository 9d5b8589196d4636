/**
 * price.js - amounts as the shop's customers write them
 *
 * @param {string} locale BCP 47
 * @param {string} currency ISO 4217
 * @param {number} decimals how many digits of the minor units stand behind the point
 * @returns {(minor: number) => string}
 */
export function priceFormat(locale, currency, decimals) {
  /** @type {Intl.NumberFormat | undefined} */
  let format;
  return (minor) => {
    format ??= numberFormat(locale, currency, decimals);
    return format.format(minor / 10 ** decimals);
  };
}

/** A shop may have written a locale or a currency that this browser does not know. */
function numberFormat(/** @type {string} */ locale, /** @type {string} */ currency,
  /** @type {number} */ decimals) {
  const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  try {
    return new Intl.NumberFormat(locale, { style: 'currency', currency, ...digits });
  } catch {
    return new Intl.NumberFormat('en', digits);
  }
}
