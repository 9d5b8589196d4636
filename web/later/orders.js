/**
 * orders.js - what the shop's own order history says of a shopper whom the browser has forgotten
 *
 * Orders become purchases at the time they were made, oldest first. Those of one item on one day are
 * one purchase, and one that is not newer than what the profile has of the item is passed over: so
 * telling the same history at every sign-in, in every tab, changes nothing after the first time.
 */

/** As many as a page's log holds. */
const MOST = 256;
const DAY_S = 86400;

/**
 * @param {unknown} orders as reseed() takes them; what cannot be read is passed over
 * @param {(text: string) => bigint} hash
 * @param {number} now_s
 * @param {number} oldest_s
 * @returns {{ item: bigint, quantity: number, time_s: number }[]}
 */
export function readOrders(orders, hash, now_s, oldest_s) {
  /** @type {Map<string, { item: bigint, quantity: number, time_s: number }>} */
  const purchases = new Map();
  for (const order of Array.isArray(orders) ? orders : []) {
    const { item, quantity = 1, at } = order ?? {};
    const time_s = Math.floor(new Date(at ?? NaN).getTime() / 1000);
    const many = Math.trunc(Number(quantity)) || 0;
    const counts = time_s >= oldest_s && time_s <= now_s && many > 0;
    if (!counts || item === undefined || item === '') continue;
    const key = `${Math.floor(time_s / DAY_S)} ${item}`;
    const same = purchases.get(key);
    purchases.set(key, {
      item: hash(String(item)),
      quantity: Math.min(many + (same?.quantity ?? 0), 65535),
      time_s: Math.max(time_s, same?.time_s ?? 0),
    });
  }
  return [...purchases.values()].sort((a, b) => a.time_s - b.time_s).slice(-MOST);
}
