/**
 * contract.test.mjs - index.d.ts is the truth
 *
 * The checker compares the types (make types); here the names that exist at run time are compared.
 */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';

import * as web from '../../web/index.js';
import * as snippet from '../../web/sotto.js';
import { noCore, publish } from './support/garden.mjs';
import { noStorage, openBrowser } from './support/page.mjs';

const declared = readFileSync(new URL('../../web/index.d.ts', import.meta.url), 'utf8');

/** The members of an interface, by name. */
function membersOf(name) {
  const body = declared.match(new RegExp(`interface ${name} \\{\\n([^]*?)\\n\\}`))[1]
    .replace(/\/\*\*[^]*?\*\//g, '');
  return [...new Set([...body.matchAll(/^ {2}(?:readonly )?(\w+)\??[(:]/gm)].map(([, member]) => member))].sort();
}

test('the exports are those that are declared', () => {
  const names = [...declared.matchAll(/^export (?:function|class|const) (\w+)/gm)].map(([, name]) => name);
  assert.deepEqual(Object.keys(web).sort(), names.sort());
  assert.deepEqual(Object.keys(snippet).sort(), [...names, 'started'].sort());
  assert.equal(snippet.started, null, 'without an element that asks for it nothing is started');
});

test('what is started has the members that are declared', { skip: noCore || noStorage }, async () => {
  const { start } = web;
  openBrowser(publish().files);
  const sotto = await start({ base: 'https://shop.example/sotto/' });
  assert.deepEqual(Object.keys(sotto).sort(), membersOf('Sotto'));
  assert.deepEqual(Object.keys(sotto.consent).sort(), membersOf('Consent'));
  assert.deepEqual(Object.keys(sotto.profile).sort(), membersOf('Profile'));
  const answer = sotto.decide('similar', { items: ['spade'] });
  assert.deepEqual(Object.keys(answer).sort(), membersOf('Decision'));
  assert.deepEqual(Object.keys(answer.items[0]).sort(), membersOf('DecidedItem'));
  assert.deepEqual(Object.keys(answer.items[0].reasons[0]).sort(), membersOf('Reason'));
  assert.deepEqual(Object.keys(await sotto.profile.export()).sort(), membersOf('ProfileExport'));
  sotto.stop();
});

test('errors have the members that are declared', () => {
  const error = new web.SottoError('damaged', 'model.x.sotto', 12, 'why');
  assert.ok(error instanceof Error);
  assert.deepEqual([error.name, error.code, error.file, error.offset],
    ['SottoError', 'damaged', 'model.x.sotto', 12]);
  assert.equal(error.message, 'damaged model.x.sotto at byte 12 why');
});

const libraries = new URL('../../node_modules/typescript/lib/', import.meta.url);
const noTypes = existsSync(libraries) ? false : 'the package typescript is not installed';

test('the names that the bundle shortens are ours alone', { skip: noTypes }, () => {
  const web = new URL('../../web/', import.meta.url);
  const own = readFileSync(new URL('inner-names.txt', web), 'utf8').trim().split('\n');
  assert.ok(own.length > 20);
  const wordsIn = (text) => text.match(/[\w$]+/g);
  const known = new Set(wordsIn(declared));
  for (const name of readdirSync(libraries).filter((one) => /^lib\..*\.d\.ts$/.test(one))) {
    wordsIn(readFileSync(new URL(name, libraries), 'utf8')).forEach((word) => known.add(word));
  }
  const files = readdirSync(web, { recursive: true }).map(String).filter((name) => name.endsWith('.js'));
  const code = files.map((name) => readFileSync(new URL(name, web), 'utf8')).join('\n')
    .replace(/\/\*[^]*?\*\//g, '');
  const used = new Set(wordsIn(code));
  for (const name of own) {
    assert.ok(!known.has(name), `${name} is a name of the shop's or the browser's as well`);
    assert.ok(used.has(name), `${name} is not used`);
    assert.ok(!new RegExp(`['"\`]${name}['"\`]`).test(code), `${name} is also a text`);
  }
});
