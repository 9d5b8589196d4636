/**
 * demand.mjs - how much somebody wants a product on a given day
 *
 *     want = appeal * taste * price fit * interest * season * trend     (0 before it is on sale)
 *
 * Seasonality is a straight line over the period. A trend is a product that everybody talks about
 * in the last two weeks; it is written into the truth.
 */

const PRICE_FIT = [1, 0.4, 0.12];
const TREND_DAYS = 14;

export class Demand {
  /** @param {object[]} products @param {Set<string>} trending ids */
  constructor(products, dayCount, trending) {
    this.dayCount = dayCount;
    this.trending = trending;
    this.trendingProducts = products.filter((p) => trending.has(p.id));
    this.byKind = new Map();
    for (const p of products) {
      if (!this.byKind.has(p.kind)) this.byKind.set(p.kind, []);
      this.byKind.get(p.kind).push(p);
    }
    this.kinds = [...this.byKind.keys()];
  }

  /** What a day does to a product, whoever looks at it. */
  dayFactor(product, day) {
    if (product.addedDay > day) return 0;
    const progress = day / this.dayCount;
    const season = Math.max(0.12, 1 + product.season * 0.8 * (2 * progress - 1));
    const risen = this.trending.has(product.id) && day > this.dayCount - TREND_DAYS;
    const news = product.addedDay > 0 && day - product.addedDay < 10 ? 1.6 : 1;
    return season * news * (risen ? 3.5 : 1);
  }

  want(shopper, product, day) {
    const price = PRICE_FIT[Math.abs(product.level - shopper.level)];
    const taste = 0.005 + shopper.taste[product.style];
    return product.appeal * taste * price * this.dayFactor(product, day);
  }

  /** What a shopper has heard of elsewhere; undefined on most visits. */
  pickTalkedAbout(chance, shopper, day) {
    if (day <= this.dayCount - TREND_DAYS || !chance.happens(0.12)) return undefined;
    return this.trendingProducts[chance.weighted(
      this.trendingProducts.map((p) => 0.2 + shopper.taste[p.style]))];
  }

  /** Which kind a shopper comes for. */
  pickKind(chance, shopper, day) {
    return this.kinds[chance.weighted(this.kinds.map((name) => {
      const sample = this.byKind.get(name)[0];
      const season = Math.max(0.12, 1 + sample.season * 0.8 * ((2 * day) / this.dayCount - 1));
      return (0.05 + (shopper.interests.get(name) ?? 0)) * season;
    }))];
  }

  /** A product of a kind, to this shopper's taste; undefined if there is none left. */
  pickProduct(chance, shopper, kindName, day, seen) {
    const candidates = this.byKind.get(kindName);
    const i = chance.weighted(candidates.map(
      (p) => (seen.has(p.id) ? 0 : this.want(shopper, p, day))));
    return i < 0 ? undefined : candidates[i];
  }
}
