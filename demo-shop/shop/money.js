/** money.js - cents as a shopper reads them */

const format = new Intl.NumberFormat('en-IE', { style: 'currency', currency: 'EUR' });

/** @param {number} cents */
export const money = (cents) => format.format(cents / 100);
