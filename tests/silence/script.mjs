/**
 * script.mjs - what every shopper does, up to the first click on a product
 *
 *     cold          nothing in the cache: the home page, a product, the basket, the account
 *     warm          the same four, from the cache
 *     erasing       home; the profile is erased; a product
 *     withdrawing   home; consent is taken back; a product
 *     acting        home, and the basket: all that a shopper can do with what is shown and kept, and that
 *                   sends nothing: buy, nearly leave, close what campaigns show, fill in their forms, "why
 *                   this?" and "not this", pause and go on, forget, take along, bring back; then the
 *                   privacy centre
 *
 * Never twice the same address: WebKit takes that for half a reload, and whether it then asks again
 * for what it has depends on whether the page had finished loading by a hair.
 *
 * Before each of the last three the profile is laid into the browser anew. It is written as a page
 * of the shop would have left it there (web/later/store.js): the entries of localStorage that a consent
 * makes, and one row with the block. That is done on an empty page and given to the browser by its
 * driver, so nothing of it passes through the network.
 */
import { setTimeout as sleep } from 'node:timers/promises';

import { OWN } from './recorder.mjs';

export const SCRIPTS = ['cold', 'warm', 'erasing', 'withdrawing', 'acting'];

/** When to give up on a page; no test measures it. */
const PATIENCE_MS = 60000;
const ANSWER_MS = 8000;
/** A page is over when nothing was under way for so long. */
const REST_MS = 120;
/** On one page of each script the shopper stays: what a timer sends belongs to the traffic as well. */
const STAY_MS = 1300;

export const EMPTY_PAGE = `${OWN}empty.html`;

const withSotto = (body) =>
  `import('/recommend.js').then(({ started }) => started).then(async (sotto) => { ${body} })`;

/** A driver need not wait until the page before is gone. */
const isComplete = (url) =>
  `location.href.replace(/#.*/, '') === ${JSON.stringify(url)} && document.readyState === 'complete'`;

/**
 * True when Sotto has decided and all that a page asks for is there. Not asked before the page is
 * complete: to import its script is to run it, if it did not run yet.
 */
const isOver = (url, parts) => `${isComplete(url)} && ${withSotto(`
  const have = performance.getEntriesByType('resource').map(({ name }) => name);
  return ${JSON.stringify(parts)}.every((part) => have.some((name) => name.includes(part)));`)}`;

const SHOWN = `Object.fromEntries([...document.querySelectorAll('sotto-slot')].map((slot) => [
  slot.getAttribute('name'), (slot.getAttribute('state') === 'sotto' ? 'sotto ' : 'shop ')
    + [...slot.querySelectorAll('[data-item]')].map((card) => card.dataset.item).join(' ')])
  .concat([...document.querySelectorAll('sotto-block')].map((block) => [\`campaign \${block.getAttribute('campaign')}\`, true])))`;

/** What shoppers do with what they see, each with their own. Answers what was there to act on. */
const ACTS = (product) => `
  const found = new Set();
  const next = () => new Promise((done) => setTimeout(done, 60));
  const press = (elements, name) => elements.forEach((one) => {
    found.add(name);
    one?.click();
  });
  const inBlocks = (selector) => [...document.querySelectorAll('sotto-block')].flatMap((block) =>
    [...(block.shadowRoot ?? block).querySelectorAll(selector)]);
  sotto.track('view', { item: '${product}' });
  sotto.track('cart_add', { item: '${product}' });
  document.dispatchEvent(new MouseEvent('mouseout', { clientY: -1, relatedTarget: null }));
  dispatchEvent(new Event('scroll'));
  await next();
  for (const field of inBlocks('input[type=email]')) {
    found.add('form');
    field.value = 'shopper@silence.example';
    field.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
  }
  press(inBlocks('[data-sotto-copy]'), 'copy');
  for (const quiz of inBlocks('form[data-sotto-quiz]')) {
    quiz.querySelector('input')?.click();
    press([quiz.querySelector('[type=submit]')], 'answer');
  }
  await next();
  press(inBlocks('[data-sotto-close]'), 'close');
  const [why] = document.querySelectorAll('sotto-slot[state=sotto] sotto-why');
  press([why?.shadowRoot.querySelector('button')].filter(Boolean), 'why');
  await next();
  press([why?.shadowRoot.querySelector('[data-do=not-this]')].filter(Boolean), 'not this');
  document.activeElement?.blur();
  await next();
  const kept = await sotto.profile.export();
  await sotto.consent.pause();
  await sotto.consent.resume();
  for (const { item } of kept.events.slice(0, 2)) await sotto.profile.forgetItem(item);
  for (const { kind, name } of kept.interests.slice(0, 2)) await sotto.profile.forgetInterest(kind, name);
  await sotto.profile.explain('${product}');
  await sotto.profile.reseed([{ item: '${product}', quantity: 1, at: Date.now() - 9e8 }]);
  if (await sotto.profile.import(JSON.stringify(kept))) found.add('import');
  await sotto.consent.grant({ measure: true });
  (await sotto.campaigns)?.expose('lamp-wording');
  (await sotto.campaigns)?.win('lamp-wording');
  await next();
  return [...found].sort();`;

/** What is in the privacy centre, pressed but for what leaves the page. */
const CENTRE = `(async () => {
  const centre = document.querySelector('sotto-privacy');
  for (const name of ['compare', 'pause', 'resume', 'forget', 'takeBack', 'erase', 'erase-no', 'withdraw']) {
    centre?.shadowRoot.querySelector('[data-do="' + name + '"]')?.click();
    await new Promise((done) => setTimeout(done, 60));
  }
  return Boolean(centre);
})()`;

/** What the page hinted at to the browser, beyond what stands in its own markup or not. */
const HINTS = "globalThis.silenceHints.map((hint) => location.pathname + ': ' + hint)";

/** Lays a profile, and the shop's own basket, into an empty browser. */
const layInto = ({ name, stores, entries, block, basket }) => `(async () => {
  localStorage.clear();
  for (const [key, value] of ${JSON.stringify(entries)}) localStorage.setItem(key, value);
  localStorage.setItem('osier-ash basket', ${JSON.stringify(JSON.stringify(basket))});
  const opening = indexedDB.open(${JSON.stringify(name)}, 1);
  const database = await new Promise((resolve, reject) => {
    opening.onupgradeneeded = () => {
      for (const one of ${JSON.stringify(stores)}) opening.result.createObjectStore(one);
    };
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = reject;
  });
  const bytes = Uint8Array.from(atob('${block.toString('base64')}'), (one) => one.charCodeAt(0));
  await new Promise((resolve, reject) => {
    const writing = database.transaction('profile', 'readwrite');
    const rows = writing.objectStore('profile');
    const last = rows.openKeyCursor(null, 'prev');
    last.onsuccess = () => {
      rows.put(bytes, Number(last.result?.key ?? 1000000000000) + 1);
      writing.commit();
    };
    writing.oncomplete = resolve;
    writing.onabort = reject;
  });
  database.close();
  return true;
})()`;

/** What a consent leaves in the browser, found out by giving one: the layout is the product's own. */
export async function learnLayout(shopper, recorder, parts) {
  await open(shopper, recorder, '/index.html', parts);
  await shopper.evaluate(withSotto("await sotto.consent.grant('remembered'); return true;"));
  await waitFor(shopper, withSotto("return (await sotto.profile.export()).stored === 'device';"));
  return shopper.evaluate(`(async () => {
    const entries = Object.entries(localStorage).filter(([key]) => key.startsWith('sotto:'));
    const name = 'sotto:osier-ash';
    const database = await new Promise((resolve, reject) => {
      const opening = indexedDB.open(name, 1);
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = reject;
    });
    const stores = [...database.objectStoreNames];
    database.close();
    return { name, stores, entries };
  })()`);
}

/**
 * Has a shopper go through the scripts.
 *
 * @returns {Promise<Record<string, { seen: object[], log: string[], shown: object[] }>>}
 */
export async function walk(shopper, recorder, { layout, profile, round, parts, scripts = SCRIPTS }) {
  const pages = ['/index.html', `/product.html?id=${round.product}`, '/cart.html', '/account.html'];
  const outcome = {};
  let shown = [];
  let hints = [];
  /** 'done', or 'absent' if the engine has not what the leak needs. */
  let leaked;

  const lay = async () => {
    await shopper.goto(recorder.url(EMPTY_PAGE));
    await waitFor(shopper, isComplete(recorder.url(EMPTY_PAGE)));
    await shopper.evaluate(layInto({ ...layout, block: profile.block, basket: round.basket }));
    await recorder.quiet(REST_MS);
    recorder.take();
    await shopper.takeLog();
    shown = [];
    hints = [];
  };
  const visit = async (path) => {
    await open(shopper, recorder, path, parts);
    shown.push(await shopper.evaluate(SHOWN));
    hints.push(...await shopper.evaluate(HINTS));
  };
  const stay = async () => {
    await sleep(STAY_MS);
    await recorder.quiet(REST_MS);
    hints.push(...await shopper.evaluate(HINTS));
  };
  const over = async (script) => {
    const log = await shopper.takeLog();
    outcome[script] = { seen: recorder.take(), log, shown, hints, leaked };
    shown = [];
    hints = [];
  };

  const play = {
    async cold() {
      for (const path of pages) await visit(path);
    },
    async warm() {
      for (const path of pages) await visit(path);
      await stay();
    },
    async erasing() {
      await lay();
      await visit(pages[0]);
      await shopper.evaluate(withSotto('await sotto.profile.erase(); return true;'));
      await stay();
      await visit(pages[1]);
    },
    async withdrawing() {
      await lay();
      await visit(pages[0]);
      await shopper.evaluate(withSotto('await sotto.consent.withdraw(); return true;'));
      await stay();
      await visit(pages[1]);
    },
  };
  play.acting = async () => {
    await lay();
    for (const path of [pages[0], pages[2]]) {
      await visit(path);
      shown.push({ acted: await shopper.evaluate(withSotto(ACTS(round.product))) });
      await recorder.quiet(REST_MS);
    }
    await stay();
    await visit(pages[3]);
    await shopper.evaluate(CENTRE);
    await stay();
  };
  /** For controls.mjs: the home page, until the leak that stands in it is done. */
  play.leak = async () => {
    await open(shopper, recorder, pages[0], parts);
    leaked = await waitFor(shopper, 'globalThis.leaked');
    await stay();
  };

  await lay();
  for (const script of scripts) {
    await play[script]();
    await over(script);
  }
  return outcome;
}

async function open(shopper, recorder, path, parts) {
  const url = recorder.url(path);
  await shopper.goto(url);
  await waitFor(shopper, isOver(url, parts));
  await recorder.quiet(REST_MS);
}

/** Asks until the answer is truthy. A page between two documents cannot answer. */
async function waitFor(shopper, script) {
  const end = Date.now() + PATIENCE_MS;
  let last;
  for (;;) {
    try {
      // A page that is being replaced may never answer.
      last = await Promise.race([shopper.evaluate(script), sleep(ANSWER_MS)]);
      if (last) return last;
    } catch (error) {
      last = error;
    }
    if (Date.now() > end) throw new Error(`never came true: ${script}; last: ${last?.message ?? last}`);
    await sleep(25);
  }
}
