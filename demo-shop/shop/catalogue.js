/**
 * catalogue.js - the shop's products, as its own pages know them
 *
 * A real shop's server would render these pages. This one is a static folder, so each page reads
 * the same file, which the browser keeps.
 */

export class Catalogue {
  constructor({ products }) {
    this.products = products;
    this.byId = new Map(products.map((product) => [product.id, product]));
  }

  get(id) { return this.byId.get(id); }

  /** Everything in "Kitchen" or, more narrowly, in "Kitchen > Mugs". */
  inCategory(path) {
    return this.products.filter((p) => p.category === path || p.category.startsWith(`${path} > `));
  }

  /** The parts of a department, in the order of the catalogue. */
  partsOf(department) {
    return [...new Set(this.inCategory(department).map((p) => p.category))];
  }

  /** What the lines of a basket come to, in cents; what is no longer sold counts nothing. */
  totalOf(lines) {
    return lines.reduce((sum, { id, quantity }) => sum + (this.get(id)?.price ?? 0) * quantity, 0);
  }

  variantsOf(product) { return this.products.filter((p) => p.group === product.group); }

  /** Products that have every word, best match first: a word in the title counts most. */
  search(text) {
    const words = text.toLowerCase().split(/\s+/).filter(Boolean)
      .map((word) => (word.length > 3 ? word.replace(/s$/, '') : word));
    if (words.length === 0) return [];
    const found = [];
    for (const product of this.products) {
      const title = product.title.toLowerCase();
      const { brand, category, style, colour, material } = product;
      const rest = [brand, category, style, colour, material]
        .join(' ').toLowerCase();
      let score = 0;
      for (const word of words) {
        const points = title.includes(word) ? 3 : rest.includes(word) ? 1 : 0;
        if (points === 0) { score = -1; break; }
        score += points;
      }
      if (score > 0) found.push({ product, score });
    }
    return found.sort((a, b) => b.score - a.score).map(({ product }) => product);
  }
}

/** @returns {Promise<Catalogue>} */
export async function loadCatalogue() {
  const answer = await fetch('/products.json');
  if (!answer.ok) throw new Error(`products.json: ${answer.status}`);
  return new Catalogue(await answer.json());
}
