/**
 * tables.mjs - what the plain ranking works on: a model, as the reference reader prints it, in flat
 * arrays
 */

/** Arrays that go over JSON to a page; `tablesFrom` makes them typed again. */
export function tablesOf(model) {
  const { items, tops, parameters } = model;
  return {
    position: model.position_weight,
    repeat: model.repeat_weight,
    mixes: [parameters.next_mix, parameters.together_mix],
    popularityWeight: parameters.popularity_weight,
    popularity: items.map((item) => item.popularity),
    popular: tops.find(({ kind }) => kind === 1)?.items ?? [],
    hashHigh: items.map(({ hash }) => parseInt(hash.slice(0, 8), 16)),
    hashLow: items.map(({ hash }) => parseInt(hash.slice(8), 16)),
    links: ['next', 'together'].map((relation) => flat(items.map((item) => item[relation]))),
  };
}

function flat(rows) {
  const starts = [0];
  for (const row of rows) starts.push(starts.at(-1) + row.length);
  return {
    starts,
    targets: rows.flatMap((row) => row.map(([target]) => target)),
    weights: rows.flatMap((row) => row.map(([, weight]) => weight)),
  };
}

export function tablesFrom(plain) {
  const numbers = (list) => Uint32Array.from(list);
  return {
    ...plain,
    position: numbers(plain.position),
    repeat: numbers(plain.repeat),
    popularity: numbers(plain.popularity),
    popular: numbers(plain.popular),
    hashHigh: numbers(plain.hashHigh),
    hashLow: numbers(plain.hashLow),
    links: plain.links.map(({ starts, targets, weights }) => ({
      starts: numbers(starts), targets: numbers(targets), weights: numbers(weights),
    })),
  };
}
