/**
 * random.mjs - chance that can be repeated
 *
 * One seed, many independent streams: `stream('prices')` gives the same numbers whatever the other
 * parts of the generator draw, so that adding a product kind does not reshuffle every shopper.
 * The generator is sfc32, seeded with an FNV-1a hash of the seed and the stream's name.
 */

const hash = (text, basis) => {
  let h = basis >>> 0;
  for (let i = 0; i < text.length; i++) {
    h = Math.imul(h ^ text.charCodeAt(i), 0x01000193) >>> 0;
  }
  return h;
};

/** @param {number} seed @returns {(name: string) => Chance} */
export const randomStreams = (seed) => (name) => new Chance(`${seed}/${name}`);

export class Chance {
  constructor(key) {
    this.a = hash(key, 0x811c9dc5);
    this.b = hash(key, 0x9747b28c);
    this.c = hash(key, 0x85ebca6b);
    this.d = 1;
    for (let i = 0; i < 16; i++) this.next();
  }

  /** A number in [0, 1). */
  next() {
    const t = (((this.a + this.b) | 0) + this.d) | 0;
    this.d = (this.d + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (this.c << 21) | (this.c >>> 11);
    this.c = (this.c + t) | 0;
    return (t >>> 0) / 4294967296;
  }

  between(low, high) { return low + (high - low) * this.next(); }

  /** A whole number from low to high, both included. */
  whole(low, high) { return low + Math.floor(this.next() * (high - low + 1)); }

  happens(probability) { return this.next() < probability; }

  pick(list) { return list[Math.floor(this.next() * list.length)]; }

  /** The index of one weight, chosen in proportion; -1 if all are zero. */
  weighted(weights) {
    let total = 0;
    for (const w of weights) total += w;
    if (total <= 0) return -1;
    let left = this.next() * total;
    for (let i = 0; i < weights.length; i++) {
      left -= weights[i];
      if (left < 0) return i;
    }
    return weights.length - 1;
  }

  /** How often something is repeated when each repetition has this probability. */
  repeats(probability, most) {
    let n = 0;
    while (n < most && this.happens(probability)) n++;
    return n;
  }

  shuffled(list) {
    const out = [...list];
    for (let i = out.length - 1; i > 0; i--) {
      const j = Math.floor(this.next() * (i + 1));
      [out[i], out[j]] = [out[j], out[i]];
    }
    return out;
  }
}
