/**
 * sessions.mjs - what a shopper does in one visit
 *
 * A visit has a purpose (a kind of product). The shopper looks at some, to taste; now and then
 * looks aside, at what goes with the thing or at something else; puts things in the cart, with
 * complements; and buys, or does not. Consumables are bought again when they have run out.
 */

const DAY_S = 86400;

/** Of most kinds one buys one. */
const HIGHEST_QUANTITY = {
  mug: 6, plate: 8, bowl: 6, tumbler: 6, wineglass: 6, chair: 4, towel: 4, seeds: 4,
  tea: 3, coffee: 3, soil: 3, planter: 3, candle: 2,
};

export class Simulator {
  /**
   * @param {object} world products by id, complements by id, demand
   * @param {(event: object) => void} emit takes {time, shopper, session, event, ...}
   */
  constructor(world, emit) {
    Object.assign(this, world);
    this.emit = emit;
    this.orderCount = 0;
  }

  visit(chance, shopper, session, start) {
    const visit = { shopper, session, time: start, day: Math.floor(start / DAY_S), seen: new Set(),
      cart: new Map(), last: undefined };
    const due = this.runOut(shopper, visit.day);
    if (due) this.rebuy(chance, visit, due);
    this.browse(chance, visit);
    this.leave(chance, visit);
  }

  say(visit, event, more) {
    const { time, shopper, session } = visit;
    this.emit({ time, shopper: shopper.id, session, event, ...more });
  }

  /** A consumable that this shopper has bought and must by now have used up. */
  runOut(shopper, day) {
    for (const [id, boughtDay] of shopper.stocked ?? []) {
      const product = this.byId.get(id);
      if (day - boughtDay >= product.lasts * 0.8) return product;
    }
    return undefined;
  }

  rebuy(chance, visit, product) {
    visit.shopper.stocked.delete(product.id);
    if (chance.happens(0.25)) return;
    this.look(chance, visit, product);
    this.addToCart(chance, visit, product);
  }

  browse(chance, visit) {
    const { shopper, day } = visit;
    let kind = this.demand.pickKind(chance, shopper, day);
    if (chance.happens(0.22)) this.search(chance, visit, kind);
    const talkedAbout = this.demand.pickTalkedAbout(chance, shopper, day);
    if (talkedAbout) this.look(chance, visit, talkedAbout);
    for (let left = 2 + chance.repeats(0.8, 22); left > 0; left--) {
      const product = this.nextProduct(chance, visit, kind);
      if (!product) break;
      this.look(chance, visit, product);
      kind = product.kind;
      const interest = this.demand.want(shopper, product, day) / (product.appeal + 0.3);
      if (product.stock > 0 && chance.happens(0.05 + 0.42 * interest * shopper.eager)) {
        this.addToCart(chance, visit, product);
        this.addComplements(chance, visit, product);
        kind = this.demand.pickKind(chance, shopper, day);
      }
    }
  }

  /** Another of the same kind, another colour, what goes with it, or something else altogether. */
  nextProduct(chance, visit, kind) {
    const { shopper, day, seen, last } = visit;
    const roll = chance.next();
    if (last && roll < 0.1) {
      const companion = this.pickComplement(chance, last, day);
      if (companion && !seen.has(companion.id)) return companion;
    }
    if (last && roll < 0.24) {
      const colour = this.byGroup.get(last.group).find((p) => !seen.has(p.id) && p.addedDay <= day);
      if (colour) return colour;
    }
    const aside = roll > 0.72 ? this.demand.pickKind(chance, shopper, day) : kind;
    return this.demand.pickProduct(chance, shopper, aside, day, seen);
  }

  pickComplement(chance, product, day) {
    const list = this.complements.get(product.id);
    const i = chance.weighted(list.map(
      ({ id, weight }) => (this.byId.get(id).addedDay > day ? 0 : weight)));
    return i < 0 ? undefined : this.byId.get(list[i].id);
  }

  search(chance, visit, kind) {
    const { noun } = this.demand.byKind.get(kind)[0].kindRow;
    const ending = noun.endsWith('ss') ? 'es' : noun.endsWith('s') ? '' : 's';
    const words = [noun, `${visit.shopper.favourite} ${noun}`, noun + ending];
    this.say(visit, 'search', { item: null, query: chance.pick(words) });
    visit.time += chance.whole(4, 20);
  }

  look(chance, visit, product) {
    this.say(visit, 'view', { item: product.id, price: product.cents });
    visit.seen.add(product.id);
    visit.last = product;
    visit.time += 8 + Math.floor(chance.next() ** 2.5 * 160);
  }

  addToCart(chance, visit, product) {
    const most = HIGHEST_QUANTITY[product.kind] ?? 1;
    const quantity = most === 1 ? 1 : chance.happens(0.45) ? 1 : chance.whole(2, most);
    visit.cart.set(product.id, quantity);
    this.say(visit, 'cart_add', { item: product.id, quantity, price: product.cents });
    visit.time += chance.whole(3, 30);
  }

  addComplements(chance, visit, product) {
    for (let n = chance.repeats(0.55, 4); n > 0; n--) {
      const companion = this.pickComplement(chance, product, visit.day);
      if (!companion || visit.cart.has(companion.id) || companion.stock === 0) continue;
      this.look(chance, visit, companion);
      if (chance.happens(0.8)) this.addToCart(chance, visit, companion);
    }
  }

  leave(chance, visit) {
    for (const id of [...visit.cart.keys()]) {
      if (!chance.happens(0.07)) continue;
      visit.cart.delete(id);
      this.say(visit, 'cart_remove', { item: id });
    }
    if (visit.cart.size === 0 || !chance.happens(0.62)) return;
    visit.time += chance.whole(60, 300);
    const order = `O${String(100000 + this.orderCount++)}`;
    visit.shopper.stocked ??= new Map();
    for (const [id, quantity] of visit.cart) {
      const product = this.byId.get(id);
      this.say(visit, 'purchase', { item: id, quantity, price: product.cents, order });
      if (product.lasts) visit.shopper.stocked.set(id, visit.day);
    }
  }
}
