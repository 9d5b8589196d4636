/**
 * silence.test.mjs - what the files themselves say about what could leave the page
 *
 * One file may ask the network; nothing makes HTML of a string; the module for pages imports
 * nothing. What browsers really send is compared in tests/browser.
 */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';

import { noCore, publish, readCore } from './support/garden.mjs';
import { noStorage, openBrowser } from './support/page.mjs';

const web = new URL('../../web/', import.meta.url);
const files = readdirSync(web, { recursive: true }).map(String).filter((name) => name.endsWith('.js'));

/** A file without its comments. */
const codeOf = (name) => readFileSync(new URL(name, web), 'utf8')
  .replace(/\/\*[^]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');

test('one file may ask the network', () => {
  const ways = /\b(fetch\s*\(|XMLHttpRequest|sendBeacon|WebSocket|EventSource|RTCPeer|fetchLater|importScripts|Worker\b|new Image|navigator\b|document\.cookie)/;
  const asking = files.filter((name) => ways.test(codeOf(name)));
  assert.deepEqual(asking, ['fetch.js']);
  assert.ok(files.length > 20, 'the files were found');
});

test('what is imported is named by a constant', () => {
  for (const name of files.filter((one) => one !== 'server.js')) {
    for (const [, what] of codeOf(name).matchAll(/\bimport\(([^)]*)\)/g)) {
      assert.match(what, /^'\.\/[\w/-]+\.js'$/, name);
    }
  }
});

test('no string becomes HTML or code', () => {
  const ways = /innerHTML|outerHTML|insertAdjacentHTML|document\.write|srcdoc|createContextualFragment|DOMParser|\beval\b|new Function|setHTML|setTimeout\(\s*['"`]/;
  const making = files.filter((name) => ways.test(codeOf(name)));
  assert.deepEqual(making, []);
});

test('what loads later imports nothing from the first half', () => {
  const later = files.filter((name) => /^later[/\\]/.test(name));
  assert.ok(later.length > 5);
  for (const name of later) {
    for (const [, from] of codeOf(name).matchAll(/\bfrom '([^']*)'/g)) assert.match(from, /^\.\/[\w-]+\.js$/, name);
  }
});

test('the modules for pages import nothing but a memory', { skip: noCore }, async () => {
  assert.deepEqual(WebAssembly.Module.imports(await WebAssembly.compile(readCore())), []);
});

test('two shoppers ask for the same, in the same order', { skip: noCore || noStorage }, async () => {
  const seen = [];
  for (const items of [['spade', 'rake'], ['tomato', 'basil', 'pot'], []]) {
    const browser = openBrowser(publish().files);
    const first = await browser.visit();
    await first.consent.grant();
    items.forEach((item) => first.track('view', { item }));
    await first.profile.export();
    first.stop();
    const second = await browser.visit();
    second.decide('for-you');
    second.decide('recent');
    await second.profile.erase();
    await second.consent.withdraw();
    second.stop();
    seen.push(JSON.stringify(browser.asked));
  }
  assert.equal(new Set(seen).size, 1);
  const browser = openBrowser(publish().files);
  for (let i = 0; i < 2; i++) {
    const page = await browser.visit();
    await page.profile.export();
    page.stop();
  }
  assert.equal(JSON.stringify(browser.asked), seen[0], 'nor does it show whether there is consent');
});
