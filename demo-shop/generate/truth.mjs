/**
 * truth.mjs - what was planted, so that a test can ask whether it was found
 */

export function plantTrends(chance, products) {
  const able = products.filter((p) => p.stock > 0 && p.addedDay < 0 && p.season >= 0);
  return new Set(chance.shuffled(able).slice(0, 6).map((p) => p.id).sort());
}

export function truthOf({ seed, until, dayCount, products, complements, trending, events, dirt }) {
  const counts = {};
  for (const { event } of events) counts[event] = (counts[event] ?? 0) + 1;
  const groupBy = (key) => {
    const groups = {};
    for (const p of products) (groups[p[key]] ??= []).push(p.id);
    return groups;
  };
  return {
    seed, until, days: dayCount,
    // Best first: what a good model shows under "bought together".
    complements: Object.fromEntries([...complements].map(([id, list]) =>
      [id, [...list].sort((a, b) => b.weight - a.weight).map((c) => c.id)])),
    styles: groupBy('style'),
    kinds: groupBy('kind'),
    variants: Object.fromEntries(
      Object.entries(groupBy('group')).filter(([, ids]) => ids.length > 1)),
    consumables: Object.fromEntries(products.filter((p) => p.lasts).map((p) => [p.id, p.lasts])),
    season: Object.fromEntries(products.filter((p) => p.season).map((p) => [p.id, p.season])),
    trending: [...trending],
    events: counts,
    dirt,
  };
}
