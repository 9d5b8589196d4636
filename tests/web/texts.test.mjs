/**
 * texts.test.mjs - what is said in one language is said in the other, with the same things in it
 */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';

import { REASON_KINDS, sentencesFor } from '../../web/reasons.js';

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
      if (text !== 'Code:') assert.notDeepEqual(german[key], text, `${key} is still English`); // a German word as well
      if (pluralsIn(text) !== 'one text') assert.equal(pluralsIn(german[key]), pluralsIn(text), key);
    }
  });
}

test('the reasons: English and German', async () => {
  const [english, german] = await Promise.all(['en', 'de'].map((language) => sentencesFor(language)));
  assert.deepEqual([english.length, german.length], [REASON_KINDS.length, REASON_KINDS.length]);
  english.forEach((text, i) => {
    assert.equal(german[i].includes('@'), text.includes('@'), text);
    if (i > 0) assert.notEqual(german[i], text);
  });
});

test('no language is left out of the test', () => {
  const files = readdirSync(new URL('../../web/', import.meta.url), { recursive: true }).map(String)
    .filter((name) => /-(?:de|en)\.js$/.test(name)).map((name) => name.replaceAll('\\', '/')).sort();
  assert.deepEqual(files, ['blocks/texts-de.js', 'blocks/texts-en.js', 'privacy/texts-de.js', 'privacy/texts-en.js',
    'privacy/why-de.js', 'privacy/why-en.js', 'reasons-de.js']);
});
