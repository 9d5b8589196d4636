/**
 * plain.mjs - the ranking of sotto_rank_next, in plain JavaScript over typed arrays
 *
 * What a good JavaScript programmer would write instead of a WebAssembly core: links as three flat
 * arrays, uncompressed, with a score for every item of the shop and a list of those that were met. It
 * gives the very same answers, so the two can be compared.
 */

/** @param tables see tables.mjs; runs in Node and in pages */
export function plainRanking(tables) {
  const { position, repeat, mixes, popularityWeight, popularity, popular, hashHigh, hashLow } = tables;
  const scores = new Float64Array(popularity.length);
  const isMet = new Uint8Array(popularity.length);
  const met = new Uint32Array(popularity.length);
  let metCount = 0;

  function add(item, points) {
    if (isMet[item] === 0) {
      isMet[item] = 1;
      met[metCount++] = item;
      scores[item] = 0;
    }
    scores[item] = Math.min(scores[item] + points, 0xFFFFFFFF);
  }

  /** The events of a session by item: how much its links count, and what it brings itself. */
  function sourcesOf(session) {
    const sources = new Map();
    const count = Math.min(session.length, position.length);
    for (let age = 0; age < count; age++) {
      const item = session[age];
      let source = sources.get(item);
      if (!source) sources.set(item, (source = { factors: [0, 0], repeat: repeat[age] }));
      for (let relation = 0; relation < mixes.length; relation++) {
        source.factors[relation] += Math.floor((position[age] * mixes[relation]) / 65536);
      }
    }
    return sources;
  }

  function addLinks({ starts, targets, weights }, item, factor) {
    for (let i = starts[item]; i < starts[item + 1]; i++) {
      add(targets[i], Math.floor((factor * weights[i]) / 65536));
    }
  }

  function isBefore(a, b) {
    if (scores[a] !== scores[b]) return scores[a] > scores[b];
    if (hashHigh[a] !== hashHigh[b]) return hashHigh[a] < hashHigh[b];
    return hashLow[a] < hashLow[b];
  }

  /** Writes the best `count` of what was met, by insertion; returns how many. */
  function takeBest(count, items) {
    let found = 0;
    for (let i = 0; i < metCount; i++) {
      const item = met[i];
      if (found === count && !isBefore(item, items[count - 1])) continue;
      let place = found < count ? found++ : count - 1;
      while (place > 0 && isBefore(item, items[place - 1])) {
        items[place] = items[place - 1];
        place--;
      }
      items[place] = item;
    }
    return found;
  }

  /** Ranks for a session, the latest item first; writes to `items`, returns how many. */
  return function rankNext(session, count, items) {
    for (const [item, source] of sourcesOf(session)) {
      tables.links.forEach((links, relation) => {
        if (source.factors[relation] > 0) addLinks(links, item, source.factors[relation]);
      });
      if (source.repeat > 0) add(item, source.repeat);
    }
    if (popularityWeight > 0) {
      for (let i = 0; i < metCount; i++) {
        add(met[i], Math.min(popularityWeight * popularity[met[i]], 0xFFFFFFFF));
      }
    }
    let written = takeBest(count, items);
    for (let i = 0; written < count && i < popular.length; i++) {
      if (isMet[popular[i]] === 0) items[written++] = popular[i];
    }
    for (let i = 0; i < metCount; i++) isMet[met[i]] = 0;
    metCount = 0;
    return written;
  };
}
