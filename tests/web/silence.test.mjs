/**
 * silence.test.mjs - what the files themselves say about what could leave the page
 *
 * One file asks the network, one for campaigns' pictures, and one sends the form that a shopper
 * fills in; nothing makes HTML of a string; the modules for pages import nothing but their memory;
 * and what is published is no more than that. What browsers really send is compared
 * in tests/silence.
 */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';

import { noCore, publish, readCore } from './support/garden.mjs';
import { noStorage, openBrowser } from './support/page.mjs';

const web = new URL('../../web/', import.meta.url);
const files = readdirSync(web, { recursive: true }).map(String).filter((name) => name.endsWith('.js'));

/** A file without its comments. */
const codeOf = (name) => readFileSync(new URL(name, web), 'utf8')
  .replace(/\/\*[^]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');

/** All the ways out of a page that a script has, and reading what it has no business with. */
const WAYS = new RegExp([
  'fetch\\b(?!\\.js|Bytes|File)', 'XMLHttpRequest', 'sendBeacon', 'WebSocket', 'WebTransport', 'EventSource',
  'RTC[A-Z]\\w+', 'fetchLater', 'importScripts', '\\w*Worker\\b', 'Image\\b', 'Audio\\b', 'FontFace',
  'PaymentRequest', 'caches\\b', 'Notification\\b', '\\w+Streaming\\b',
  'navigator\\b(?!\\)?\\??\\.(?:globalPrivacyControl|locks|clipboard|vendor))', 'document\\.cookie', 'cookieStore', '\\.ping\\b', '[\'"`]ping[\'"`]', 'ping\\s*:',
  '(?:window|globalThis|self)\\.open','location\\s*=[^=]', 'location\\.(?:assign|replace|reload|(?:href|search|host|hostname|pathname|port|protocol)\\s*=[^=])', '\\.submit\\(', 'requestSubmit', 'navigation\\.navigate',
  '(?:globalThis|window|self|document)\\s*(?:\\?\\.)?\\[', 'Reflect\\b', 'SharedStorage', 'sharedStorage', 'attributionReporting', 'ReportingObserver',
].map((way) => `(?<![\\w$])${way}`).join('|').replaceAll('(?<![\\w$])\\.', '\\.'));

/** What has the browser fetch by being in the page. */
const FETCHED = /\b(?:src|srcset|poster|imagesrcset|formaction|formAction)\b(?=\s*[:=,)'"\]])|\burl\(|@import|createElement(?:NS)?\(\s*(?:[^'"`)]*,\s*)?['"`](?:link|img|script|iframe|video|audio|object|embed|image|use|feImage|base|meta)\b|make\(\s*['"`](?:link|script|iframe|video|audio|object|embed|base|meta)\b|\brel\b\s*[:=]\s*['"`](?!noreferrer)|['"`]rel['"`]|xlink:href|speculationrules/g;

/** One script for each way out that anybody could think of. */
const PLANTED = [
  "fetch('/x')", 'const ask = fetch;', 'globalThis.fetch?.(url)', "globalThis['fe' + 'tch'](url)", 'Reflect.apply(f, null, [url])',
  'new XMLHttpRequest()', "navigator.sendBeacon('/x')", 'navigator?.["sendBeacon"]("/x")', "new WebSocket('wss://x')",
  "new EventSource('/x')", 'new RTCPeerConnection(config)', 'new WebTransport(url)', 'fetchLater(url)', "new Worker('/x')",
  "new SharedWorker('/x')", "navigator.serviceWorker.register('/x')", "importScripts('/x')", 'caches.open(name)',
  "new Image().src = '/x'", 'const Picture = Image;', "new Audio('/x')", "new FontFace('x', source)", "new Notification('x', { icon })",
  'WebAssembly.instantiateStreaming(answer)', 'image.src = address', "image.setAttribute('src', address)", 'image.srcset = address',
  "video.poster = '/x'", "style.background = 'url(/x)'", "sheet.replaceSync('@import \"/x\"')", "document.createElement('link')",
  "document.createElement('script')", "document.createElement('iframe')", "document.createElementNS(SVG, 'image')", "make('iframe', {})",
  "link.rel = 'preconnect'", "anchor.setAttribute('rel', 'prefetch')", "anchor.ping = '/x'", "anchor.setAttribute('ping', '/x')",
  "make('a', { ping: '/x' })", "script.type = 'speculationrules'", "use.setAttribute('xlink:href', '/x')", "button.formAction = '/x'",
  "location = '/x'", "location.href = '/x'", "location.search = '?x'", "location.assign('/x')", "location.replace('/x')",
  "window.open('/x')", "open('/x')", 'form.submit()', 'form.requestSubmit()', "navigation.navigate('/x')", 'document.cookie = seed',
  'cookieStore.set(name, seed)', 'new ReportingObserver(work)', 'sharedStorage.set(name, seed)', 'new PaymentRequest(methods, details)',
];
/** `open(...)` is the window's own, where a file has none that is called so. */
const opensWindow = (code) => /(?<![.\w$#])open\(/.test(code) && !/\b(?:function|const|let) open\b/.test(code);
const seesWay = (code) => new RegExp(WAYS, 'g').test(code) || new RegExp(FETCHED, 'g').test(code) || opensWindow(code);

test('each way out of a page would be seen', () => {
  assert.deepEqual(PLANTED.filter((code) => !seesWay(code)), []);
  assert.deepEqual(['this.#open(view)', 'store.open(name)', 'fetchBytes(url)', "import { x } from './fetch.js'"].filter(seesWay), []);
});

test('every folder of the page is read', () => {
  const folders = new Set(files.map((name) => name.replace(/[^/\\]*$/, '').slice(0, -1)));
  for (const name of ['', 'later', join('later', 'consent'), 'campaigns', 'blocks', 'inspector', 'privacy']) {
    assert.ok(folders.has(name), name);
  }
});

test('one file asks the network, one for campaigns’ pictures', () => {
  const asking = Object.fromEntries(files
    .map((name) => [name, codeOf(name).match(new RegExp(WAYS, 'g'))])
    .filter(([, ways]) => ways));
  // A form posts what the shopper fills in, when they send it; pictures of campaigns are asked for
  // whether they are shown or not; which device it is decides what is shown.
  const scene = join('campaigns', 'scene.js');
  assert.deepEqual(asking[scene].filter((way) => way !== 'navigator'), []);
  delete asking[scene];
  assert.deepEqual(asking, {
    'fetch.js': ['fetch'], [join('later', 'pictures.js')]: ['Image'],
    [join('blocks', 'hand-off.js')]: ['fetch'], [join('campaigns', 'pictures.js')]: ['fetch'],
  });
  assert.ok(files.length > 20, 'the files were found');
  assert.deepEqual(files.filter((name) => opensWindow(codeOf(name).replaceAll(/\basync open\(/g, ''))), []);
});

test('a form is sent where the shopper sends it, and nowhere else', () => {
  const code = codeOf('blocks/hand-off.js');
  assert.equal(code.match(/\bpost\(/g).length, 2, 'where it is made, and where it is called');
  const [, name] = /export function (\w+)\([^)]*\) \{(?:(?!\nexport )[^])*\bpost\(target, fields\)/.exec(code);
  assert.equal(name, 'sendForm');
  const callers = files.filter((file) => /\bsendForm\b/.test(codeOf(file)));
  assert.deepEqual(callers.sort(), [join('blocks', 'acts.js'), join('blocks', 'hand-off.js')]);
  const acts = codeOf('blocks/acts.js');
  assert.equal(acts.match(/sendForm\(/g).length, 1);
  assert.match(acts, /const submit = (?:(?!\n {2}\};)[^])*sendForm\(event,/, 'by the event of that name');
});

test('what the browser fetches by itself is a picture, where pictures go', () => {
  const found = Object.fromEntries(files
    .map((name) => [name, [...new Set(codeOf(name).match(FETCHED) ?? [])]])
    .filter(([, ways]) => ways.length > 0));
  assert.deepEqual(found, {
    'bind.js': ['src'], // the shop's template: an address passes url.js
    'sotto.js': ['src'], // which script element is this file's
    [join('blocks', 'own-picture.js')]: ['src'], // blob: addresses alone
    [join('blocks', 'pieces.js')]: ['src'], // products' pictures by address
    [join('blocks', 'template.js')]: ['src'], // finds what bind.js has bound
    [join('later', 'pictures.js')]: ['src'], // blob: addresses alone
  });
  assert.match(codeOf('blocks/pieces.js'), /src: address\(image\) \|\| null/);
});

test('a picture’s address is of bytes that are here', () => {
  const own = codeOf('campaigns/pictures.js');
  assert.match(own, /const source = URL\.createObjectURL\(bytes\);[^]*?return source;/);
  assert.equal(own.match(/\breturn\b(?! (?:source|''|known|\{))/g), null, 'and it gives nothing else');
  assert.match(codeOf('blocks/own-picture.js'), /picture\([^]*?\)\.then\(\(source\) => \{\s*if \(source\) image\.setAttribute\('src', source\)/);
  const code = codeOf('later/pictures.js');
  const [, given] = /\bnew Image\b[^]*?\.src = (\w+);/.exec(code);
  assert.match(code, new RegExp(`const ${given} = URL\\.createObjectURL\\(new Blob\\(`));
  assert.equal(code.match(/\.src\s*=[^=]/g).length, 1, 'no other is given one in this way');
});

test('what is imported is named by a constant', () => {
  for (const name of files.filter((one) => one !== 'server.js')) {
    for (const [, what] of codeOf(name).matchAll(/(?<![.\w$])import\(([^)]*)\)/g)) {
      assert.match(what, /^'(\.\.?\/[\w/-]+\.js|sotto\/inspector)'$/, name);
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

const wasmOut = resolve(process.env.WASM_OUT ?? 'wasm-out');
const importsOf = async (name) => WebAssembly.Module.imports(
  await WebAssembly.compile(readFileSync(join(wasmOut, name))));

test('the modules for pages import nothing but a memory', { skip: noCore }, async () => {
  assert.deepEqual(await importsOf('sotto.wasm'), []);
  for (const name of ['sotto-later.wasm', 'sotto-later-base.wasm']) {
    assert.deepEqual(await importsOf(name), [{ module: 'env', name: 'memory', kind: 'memory' }], name);
  }
  const all = readdirSync(wasmOut).filter((name) => name.endsWith('.wasm'));
  assert.equal(all.length, 4, `every module is looked at: ${all}`);
  // The one for servers is of WASI's making; web/server.js answers whatever it asks for with "no".
  for (const { module, name, kind } of await importsOf('sotto-wasi.wasm')) {
    assert.deepEqual([module, kind], ['wasi_snapshot_preview1', 'function'], name);
    assert.doesNotMatch(name, /^(sock|path|poll|random|clock)_/, 'no network, no files, no chance');
  }
});

const published = join(resolve(process.env.BUILD ?? 'build'), 'web');
const noBuild = existsSync(published) ? false : `${published} is not there; run: make web`;

test('of what is published one call asks the network, one for pictures, and one sends a form', { skip: noBuild }, () => {
  const scripts = readdirSync(published).filter((name) => name.endsWith('.js'));
  assert.ok(scripts.length >= 2, String(scripts));
  const calls = [];
  for (const name of scripts) {
    const code = readFileSync(join(published, name), 'utf8');
    for (const [way] of code.matchAll(new RegExp(WAYS, 'g'))) calls.push(`${name.replace(/-\w+/, '')}: ${way}`);
    for (const [, what] of code.matchAll(/(?<![.\w$])import\(([^)]*)\)/g)) {
      assert.match(what, /^(["'`])\.\/[\w-]+\.js\1$/, `${name} imports what it names`);
    }
  }
  assert.deepEqual(calls.sort(),
    ['director.js: fetch', 'director.js: fetch', 'director.js: navigator', 'later.js: Image', 'sotto.js: fetch']);
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
