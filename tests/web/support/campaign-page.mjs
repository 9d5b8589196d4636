/**
 * campaign-page.mjs - pages with campaigns, in Node
 *
 * What index.js does up to later.js, over the module that has all calls; blocks are drawn by
 * nobody, but kept in a list, and answer as real ones would.
 */
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { readConsented } from '../../../web/consented.js';
import { decisionReader } from '../../../web/decision.js';
import { fillMessage } from '../../../web/blocks/message.js';
import { openLater } from '../../../web/later/later.js';
import { openRuntime } from '../../../web/runtime.js';
import { sentencesFor } from '../../../web/reasons.js';
import { readSaved } from '../../../web/saved.js';
import { closeDocument, h, openDocument } from './dom.mjs';
import { publish } from './garden.mjs';
import { openBrowser } from './page.mjs';
import { quiet, takeTime } from './time.mjs';

// Tabs of one process listen to one window.
EventEmitter.defaultMaxListeners = 0;

const NAME = 'sotto:garden';
const START = 1_800_000_000;
const wasm = join(resolve(process.env.WASM_OUT ?? 'wasm-out'), 'sotto-wasi.wasm');
let module;

async function newInstance() {
  module ??= await WebAssembly.compile(readFileSync(wasm));
  const imports = {};
  for (const wanted of WebAssembly.Module.imports(module)) {
    (imports[wanted.module] ??= {})[wanted.name] = () => 52;
  }
  return WebAssembly.instantiate(module, imports);
}

/**
 * One device, whose time a test holds; to be closed.
 *
 * @param {object} plan as plan.mjs takes it
 */
export function openDevice(plan, { locks = true, places = ['home'] } = {}) {
  const bundle = publish({ plan });
  const browser = openBrowser(bundle.files, { locks });
  const time = takeTime(START);
  const document = openDocument();
  const window = new EventTarget();
  globalThis.addEventListener = (...args) => window.addEventListener(...args);
  const onDocument = new EventTarget();
  document.addEventListener = (...args) => onDocument.addEventListener(...args);
  for (const name of places) document.body.append(h('sotto-place', { name }, h('p', {}, 'the shop’s own')));
  let seeds = 0n;

  /** Opens a page. */
  async function visit({ page: about = {}, stuck = () => false, broken = () => false } = {}) {
    const instance = await newInstance();
    const core = openRuntime(instance);
    [bundle.parts.model, bundle.parts.catalogue, bundle.parts.campaigns]
      .forEach((part, i) => core.openPart(i + 1, part));
    const told = [];
    const news = [];
    const drawn = [];
    let context = about;
    const consented = readConsented(NAME);
    const remembered = consented?.tier === 'remembered';
    const saved = remembered ? await readSaved(NAME).catch(() => null) : null;
    const active = !!saved?.block && core.profileOpen(saved.block, time.now() - core.site().retention_s);
    const reader = decisionReader(core, await sentencesFor('en'));
    const opening = openLater({
      beginning: {
        core, tier: remembered ? 'remembered' : 'none', active, saved, now: time.now, seed: () => ++seeds,
      },
      load: async () => instance,
      fetchPart: async () => { throw new Error('there is none'); },
      manifest: { parts: [], sequence: 1n },
      name: NAME,
      fail: (code, file, detail) => told.push(`${code} ${file} ${detail ?? ''}`),
      emit: () => {},
      fill: () => {},
      reader,
      bind: () => [],
      context: () => context,
      drawing: {
        fillMessage,
        isClear: () => !stuck(),
        canDraw(view) {
          if (broken(view)) throw new Error('no-such-word');
          return true;
        },
        drawBlock(view, host) {
          const one = { view, host, on: true };
          drawn.push(one);
          return {
            update(next) { one.view = next; },
            remove() { one.on = false; },
          };
        },
      },
    });
    await quiet();
    const later = await opening;
    await time.pass(1);
    let campaigns;
    let planning = true;
    later.planned().then((planned) => {
      campaigns = planned;
      planning = false;
    });
    // It is opened in steps, each in a task of its own.
    while (planning) await time.pass(0);
    await time.pass(0);
    campaigns?.on('campaign', ({ campaign, what }) => news.push(`${campaign} ${what}`));
    return {
      later, campaigns, told, news, drawn,
      /** Names of what is on the page. */
      shown: () => drawn.filter(({ on }) => on).map(({ view }) => view.campaign),
      /** How often something was drawn, ever. */
      count: (name) => drawn.filter(({ view }) => view.campaign === name).length,
      block: (name) => drawn.findLast(({ view, on }) => on && view.campaign === name),
      /** Does with a block what the shopper would. */
      async act(name, what) {
        const one = drawn.findLast(({ view, on }) => on && view.campaign === name);
        if (what === 'dismissed') one.on = false;
        one.host.told(what);
        await time.pass(0);
      },
      rule: (name) => campaigns.verdicts().find(({ campaign }) => campaign === name),
      async page(next) {
        context = next;
        later.turned();
        await quiet();
        await time.pass(0);
      },
      async track(kind, event = {}) {
        later.track(kind, event, time.now());
        await quiet();
        await time.pass(0);
      },
      async grant(what = 'remembered') {
        await Promise.all([later.grant(what), quiet(), time.pass(0)]);
        await time.pass(0);
      },
      async close() {
        later.stop();
        await quiet();
      },
      /** The page is gone as when a browser is killed: nothing of it runs any more. */
      async leave() {
        later.stop();
        await quiet();
      },
    };
  }

  return {
    browser, time, document, visit,
    /** A sign of life, or whatever else the window hears. */
    fire: (type, about = {}) => window.dispatchEvent(Object.assign(new Event(type), about)),
    fireDocument: (type, about = {}) => onDocument.dispatchEvent(Object.assign(new Event(type), about)),
    close() {
      time.giveBack();
      closeDocument();
      delete globalThis.addEventListener;
    },
  };
}
