/**
 * truth.test.mjs - whether the trained demo shop found what was planted in its logs
 *
 * The demo shop's shoppers are made by chance from tastes and habits that truth.json tells. A model
 * that learned from what they did must know, for most products, the companions that were planted, and
 * must keep to a taste when it says what is looked at next. Asked of the published part itself, by the
 * reader that was written from the format's document alone.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { linksOf, model, truth } from './published.mjs';

const share = (part, whole) => part / whole;

test('every article that sold is in the model, and no test article', () => {
  assert.ok(model.items.length > 350, `${model.items.length} items`);
  for (const { id } of model.items) assert.doesNotMatch(id, /^(TEST|OLD)-/);
});

test('for most products a planted companion is among the first three bought together', () => {
  let found = 0;
  let asked = 0;
  for (const [id, companions] of Object.entries(truth.complements)) {
    const links = linksOf(id, 'together');
    if (links.length < 4) continue; // too few baskets held it
    asked++;
    found += links.slice(0, 3).some((link) => companions.includes(link)) ? 1 : 0;
  }
  assert.ok(asked > 100, `${asked} products have companions`);
  assert.ok(share(found, asked) > 0.7, `${found} of ${asked} found a planted companion`);
});

test('what is looked at next keeps to the taste of what was looked at', () => {
  const styleOf = new Map(Object.entries(truth.styles)
    .flatMap(([style, ids]) => ids.map((id) => [id, style])));
  let kept = 0;
  let asked = 0;
  for (const { id } of model.items) {
    for (const link of linksOf(id, 'next').slice(0, 5)) {
      asked++;
      kept += styleOf.get(link) === styleOf.get(id) ? 1 : 0;
    }
  }
  // Five styles of about the same size: chance would keep a fifth.
  assert.ok(share(kept, asked) > 0.4, `${kept} of ${asked} links keep the style`);
});

test('what was made to trend is trending', () => {
  const trending = model.tops.find(({ kind }) => kind === 2)?.items ?? [];
  const ids = trending.slice(0, 20).map((item) => model.items[item].id);
  const found = truth.trending.filter((id) => ids.includes(id));
  assert.ok(found.length >= truth.trending.length / 2, `${found.length} of ${truth.trending.length}`);
});
