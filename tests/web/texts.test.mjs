/**
 * texts.test.mjs - what is said in one language is said in the other, with the same things in it
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';

const PLACES = /\{\w+\}/g;

/** The names in braces, of all plural forms. */
const placesIn = (text) => [...new Set(JSON.stringify(text).match(PLACES) ?? [])].sort();
const pluralsIn = (text) => (typeof text === 'string' ? 'one text' : Object.keys(text).sort().join(' '));

for (const name of ['privacy/texts', 'privacy/why', 'blocks/texts']) {
  test(`${name}: English and German`, async () => {
    const [english, german] = await Promise.all(['en', 'de'].map(async (language) =>
      (await import(`../../web/${name}-${language}.js`)).TEXTS));
    assert.deepEqual(Object.keys(german).sort(), Object.keys(english).sort());
    assert.ok(Object.keys(english).length > 5);
    for (const [key, text] of Object.entries(english)) {
      assert.deepEqual(placesIn(german[key]), placesIn(text), key);
      assert.ok(pluralsIn(german[key]).length > 0 && JSON.stringify(german[key]).length > 2, key);
      if (pluralsIn(text) !== 'one text') assert.equal(pluralsIn(german[key]), pluralsIn(text), key);
    }
  });
}
