/**
 * privacy.test.mjs - the privacy centre and "why this?", as shoppers use them, in every engine
 *
 * By hand, by keyboard alone and in German; what is erased is gone, and what was exported can be
 * brought back.
 */
import assert from 'node:assert/strict';
import { after, before, beforeEach } from 'node:test';

import { products, truth } from '../demo/published.mjs';
import { engines, inEveryBrowser } from './browsers.mjs';
import { openShop } from './shop.mjs';
import { allow, filled, lookAt, productPath, remembered, sotto, until, visit } from './shopper.mjs';

const looked = truth.styles.nordic.filter((id) => truth.kinds.plate.includes(id)
  || truth.kinds.mug.includes(id) || truth.kinds.teapot.includes(id)).slice(0, 3);
const titleOf = (id) => products.products.find((product) => product.id === id).title;

let shop;
before(async () => {
  shop = await openShop();
});
after(() => shop?.close());
beforeEach(() => shop.reset());

/** Calls `code` with the shadow root of the page's privacy centre. */
const inside = (code) => `(${code})(document.querySelector('[data-test=privacy]').shadowRoot`;
const centre = (page, code, ...args) =>
  page.evaluate([inside(code), ...args.map((value) => JSON.stringify(value))].join(', ') + ')');
const waitInside = (page, code, ...args) =>
  page.waitFor([inside(code), ...args.map((value) => JSON.stringify(value))].join(', ') + ')');

/** Goes to the account page and waits for the centre. */
async function openAccount(page) {
  await visit(page, shop, '/account.html');
  await page.waitFor(() => document.querySelector('[data-test=privacy][ready]') !== null);
}

/** A shopper who agreed and looked at three products, on her account page. */
async function openWithHistory(page) {
  await visit(page, shop, '/index.html');
  await allow(page);
  await lookAt(page, shop, looked);
  await openAccount(page);
  await waitInside(page, (root) => root.querySelectorAll('[data-list=seen] li').length === 3);
}

const press = (page, name) => waitInside(page, (root, wanted) => {
  const button = root.querySelector(`[data-do=${wanted}]`);
  if (!button || button.hidden || button.disabled) return false;
  button.focus();
  button.click();
  return true;
}, name);

const listed = (page, name) => centre(page, (root, wanted) =>
  [...root.querySelectorAll(`[data-list=${wanted}] li`)].map((row) => row.dataset.key), name);
const status = (page, pattern) => waitInside(page, (root, wanted) =>
  new RegExp(wanted).test(root.querySelector('[role=status]').textContent), pattern);
/** What has the focus inside the centre: the name of its button, or the id of a title. */
const focused = (root) => {
  const { activeElement } = root;
  const row = activeElement?.closest('li')?.dataset.key;
  return activeElement && [activeElement.dataset.do ?? activeElement.id, row].filter(Boolean).join(' ');
};
const focusIs = (page, wanted) => waitInside(page,
  `(root, wanted) => (${focused})(root) === wanted`, wanted);

inEveryBrowser('what was said goes as soon as something else is done', async (page) => {
  await openWithHistory(page);
  await press(page, 'pause');
  await status(page, 'Paused');
  await press(page, 'erase');
  assert.equal(await centre(page, (root) => root.querySelector('[role=status]').textContent), '',
    'it does not stand over the question');
});

/** Keeps what the page offers as a download. */
const catchFiles = (page) => page.evaluate(() => {
  globalThis.caught = [];
  const make = URL.createObjectURL;
  URL.createObjectURL = (blob) => {
    // A campaign's picture may come meanwhile.
    if (!blob.type.startsWith('image/')) globalThis.caught.push(blob);
    return make(blob);
  };
});
const lastFile = (page) => page.waitFor(() => globalThis.caught.at(-1)?.text());

/** What of an export does not depend on the moment. */
function lasting(text) {
  const { receipts, interests, ...rest } = JSON.parse(text);
  return { ...rest, interests: interests.map(({ kind, name, at }) => ({ kind, name, at })) };
}

inEveryBrowser('the centre tells what is remembered, and forgets one thing at a time', async (page) => {
  await openWithHistory(page);
  const text = await centre(page, (root) => root.querySelector('[data-list=seen]').textContent);
  for (const id of looked) assert.ok(text.includes(titleOf(id)), titleOf(id));
  assert.deepEqual(await listed(page, 'seen'), [...looked].reverse(), 'the latest first');

  // The focus goes to the next row, to the one before after the last, to the title after the only one.
  const [third, second, first] = await listed(page, 'seen');
  const forget = (key) => centre(page, (root, wanted) => {
    const button = root.querySelector(`[data-list=seen] [data-key="${wanted}"] button`);
    button.focus();
    button.click();
  }, key);
  await forget(third);
  await focusIs(page, `forget ${second}`);
  await status(page, 'is forgotten');
  await until(page, async (it, gone) => (await it.profile.export()).events.every(({ item }) => item !== gone), third);
  await forget(first);
  await focusIs(page, `forget ${second}`);
  await forget(second);
  await focusIs(page, 'sotto-seen');

  const [interest] = await listed(page, 'interests');
  await centre(page, (root) => root.querySelector('[data-list=interests] button').click());
  await waitInside(page, (root, gone) => ![...root.querySelectorAll('[data-list=interests] li')]
    .some((row) => row.dataset.key === gone), interest);
  await remembered(page);
  await page.reload();
  await page.waitFor(() => document.querySelector('[data-test=privacy][ready]') !== null);
  assert.deepEqual(await listed(page, 'seen'), []);
  assert.ok(!(await listed(page, 'interests')).includes(interest));
  assert.deepEqual(shop.violations, [], 'the policy was kept');
});

inEveryBrowser('pausing keeps what is there, adds nothing, and lets single things go', async (page) => {
  await openWithHistory(page);
  await press(page, 'pause');
  await waitInside(page, (root) => root.querySelector('[data-state=paused]') !== null);
  assert.deepEqual(await listed(page, 'seen'), [...looked].reverse(), 'it is still told');
  const [gone, ...stay] = [...looked].reverse();
  await centre(page, (root, key) => root.querySelector(`[data-list=seen] [data-key="${key}"] button`).click(), gone);
  await status(page, 'is forgotten');
  await waitInside(page, (root) => root.querySelectorAll('[data-list=seen] li').length === 2);
  await visit(page, shop, productPath(truth.kinds.candle[0]));
  await openAccount(page);
  await waitInside(page, (root) => root.querySelector('[data-state=paused]') !== null);
  assert.deepEqual(await listed(page, 'seen'), stay);
  await press(page, 'resume');
  await waitInside(page, (root) => root.querySelector('[data-state=remembered]') !== null);
  await waitInside(page, (root) => root.querySelectorAll('[data-list=seen] li button').length === 2);
  assert.deepEqual(await listed(page, 'seen'), stay);
});

inEveryBrowser('what campaigns did is told, and their products answer why', async (page) => {
  await openWithHistory(page);
  await visit(page, shop, '/index.html');
  const block = `document.querySelector('sotto-place[name=home-below] sotto-block')`;
  const why = `${block}?.shadowRoot.querySelector('.item sotto-why')`;
  await page.waitFor(`Boolean(${why}?.shadowRoot?.querySelector('.open'))`);
  // A shelf that was drawn again meanwhile is shut: so it is opened until it is open.
  const said = await page.waitFor(`(() => {
    const root = ${why}.shadowRoot;
    if (root.querySelector('[data-do=close]')) return root.querySelector('.box').textContent;
    if (!root.pressed) root.querySelector('.open').click();
    root.pressed = true;
    return '';
  })()`);
  assert.match(said, /Why you see this:/);
  const item = await page.evaluate(`${why}.closest('[data-item]').dataset.item`);
  const { slots, reasons } = await sotto(page, (it, id) => it.profile.explain(id), item);
  const campaign = await page.evaluate(`${block}.getAttribute('campaign')`);
  assert.ok(slots.includes(campaign), String(slots));
  assert.ok(reasons.length > 0);
  await page.evaluate(`${why}.shadowRoot.querySelector('[data-do=not-this]').click()`);
  await until(page, async (it, id) => (await it.profile.export()).events
    .some(({ kind, item: of }) => kind === 'dismiss' && of === id), item);

  await openAccount(page);
  await waitInside(page, (root, key) => root.querySelector(`[data-list=messages] [data-key="${key}"]`) !== null, campaign);
  const told = await centre(page, (root) => root.querySelector('[data-list=messages]').textContent);
  assert.match(told, /shown (once|\d+ times)/);
  assert.doesNotMatch(told, /\{|undefined/);
  await press(page, 'erase');
  await press(page, 'erase-yes');
  await focusIs(page, 'receipt-title');
  assert.match(await centre(page, (root) => root.querySelector('.receipt').textContent),
    /\d+ notes? on what you were shown\..*nothing is left/);
  assert.deepEqual(await listed(page, 'messages'), []);
  assert.deepEqual(shop.violations, [], 'the policy was kept');
});

inEveryBrowser('exported, erased with a receipt, brought back', async (page) => {
  await openWithHistory(page);
  await catchFiles(page);
  await press(page, 'export');
  const exported = await lastFile(page);
  assert.equal(JSON.parse(exported).format, 'sotto-profile');
  assert.equal(lasting(exported).events.length, 3);

  await press(page, 'erase');
  await focusIs(page, 'erase-yes');
  await press(page, 'erase-yes');
  await focusIs(page, 'receipt-title');
  assert.deepEqual(await listed(page, 'seen'), []);
  await press(page, 'save-receipt');
  const receipt = await page.waitFor(() => globalThis.caught.length > 1 && globalThis.caught.at(-1).text());
  assert.match(receipt, /Erased: 3 things you did/);
  assert.match(receipt, /nothing is left/);
  await waitInside(page, (root) => /erased/.test(root.querySelector('.receipts').textContent));

  const bringBack = (text) => centre(page, (root, content) => {
    const files = new DataTransfer();
    files.items.add(new File([content], 'profile.json', { type: 'application/json' }));
    const input = root.querySelector('input[type=file]');
    input.files = files.files;
    input.dispatchEvent(new Event('change'));
  }, text);
  await bringBack('{"format":"sotto-profile","version":1,"shop":"osier-ash","block":"AAAA"}');
  await status(page, 'could not be read');
  assert.deepEqual(await listed(page, 'seen'), []);
  await bringBack(exported);
  await status(page, 'is read');
  await waitInside(page, (root) => root.querySelectorAll('[data-list=seen] li').length === 3);
  await press(page, 'export');
  await page.waitFor(() => globalThis.caught.length > 2);
  assert.deepEqual(lasting(await lastFile(page)), lasting(exported));
  await remembered(page);
  assert.deepEqual(shop.violations, [], 'the policy was kept');
});

inEveryBrowser('the keyboard alone is enough', async (page) => {
  await openWithHistory(page);
  await centre(page, (root) => root.querySelector('#consent-title').focus());
  const tabTo = async (wanted) => {
    for (let presses = 0; presses < 60; presses++) {
      if (await centre(page, `(root, wanted) => (${focused})(root) === wanted`, wanted)) return;
      await page.press('Tab');
    }
    assert.fail(`${wanted} is not reached`);
  };
  await tabTo('pause');
  await page.press('Enter');
  await focusIs(page, 'resume');
  await page.press('Space');
  await focusIs(page, 'pause');
  const [, second] = looked;
  await tabTo(`forget ${second}`);
  await page.press('Enter');
  await focusIs(page, `forget ${looked[0]}`);
  await tabTo('erase');
  await page.press('Enter');
  await focusIs(page, 'erase-yes');
  await page.press('Escape');
  await focusIs(page, 'erase');
  assert.equal((await listed(page, 'seen')).length, 2, 'nothing was erased');
  await page.press('Enter');
  await focusIs(page, 'erase-yes');
  await page.press('Enter');
  await focusIs(page, 'receipt-title');
});

/** The box for `measure`: undefined while it is not there to be seen. */
const compares = (root) => {
  const box = root.querySelector('[data-do=compare]');
  return box.closest('div').hidden ? undefined : box.checked;
};
const comparesIs = (page, wanted) => waitInside(page, `(root, wanted) => (${compares})(root) === wanted`, wanted);
const purposes = (page) => sotto(page, async (it) => (await it.consent.details()).purposes);

inEveryBrowser('versions of the shop are compared while a box is ticked, and no longer', async (page) => {
  await openWithHistory(page);
  await sotto(page, (it) => it.consent.grant('remembered', 'summer'));
  await comparesIs(page, false);
  await centre(page, (root) => root.querySelector('[data-do=compare]').focus());
  assert.match(await centre(page, ({ activeElement: box }) =>
    `${box.labels[0].textContent}: ${box.getRootNode().getElementById(box.getAttribute('aria-describedby')).textContent}`),
  /^Also compare versions of the shop: Counts, on this device only/);
  await page.press('Space');
  await status(page, 'are compared, on this device');
  assert.deepEqual(await purposes(page), { store: true, personalise: true, measure: true });
  assert.equal(await sotto(page, async (it) => (await it.consent.details()).policy), 'summer', 'the text of the first yes');

  await visit(page, shop, '/index.html');
  await until(page, async (it) => (await it.profile.export()).experiments.length > 0);
  await remembered(page);
  await openAccount(page);
  await comparesIs(page, true);
  assert.deepEqual(await centre(page, (root) => [...root.querySelectorAll('[data-list=trials] .name')]
    .map((name) => name.textContent)), ['home-shelf']);

  // Only its own counts go with it, and the focus stays.
  await centre(page, (root) => root.querySelector('[data-do=compare]').focus());
  await page.press('Space');
  await status(page, 'no longer compared');
  await comparesIs(page, false);
  await focusIs(page, 'compare');
  assert.deepEqual(await purposes(page), { store: true, personalise: true, measure: false });
  await waitInside(page, (root) => root.querySelectorAll('[data-list=trials] li').length === 0);
  assert.deepEqual(await listed(page, 'seen'), [...looked].reverse());

  // It follows what is said elsewhere, and is not there while nothing is counted anyway.
  await sotto(page, (it) => it.consent.grant({ measure: true }));
  await comparesIs(page, true);
  await sotto(page, (it) => it.consent.pause());
  await waitInside(page, (root) => root.querySelector('[data-do=compare]').closest('div').hidden);
  await focusIs(page, 'consent-title');
  await press(page, 'resume');
  await comparesIs(page, true);
  await press(page, 'withdraw');
  await focusIs(page, 'receipt-title');
  await waitInside(page, (root) => root.querySelector('[data-do=compare]').closest('div').hidden);
  assert.deepEqual(shop.violations, [], 'the policy was kept');
});

inEveryBrowser('a box for comparing is there for experiments, or to untick; not where a platform has the say', async (page) => {
  await openAccount(page);
  const boxOf = (details, experiments) => sotto(page, `async (it, details, experiments) => {
    const element = document.createElement('sotto-privacy');
    element.sotto = {
      ...it, campaigns: Promise.resolve(experiments ? { inspect: () => ({ experiments }) } : undefined),
      consent: { ...it.consent, state: 'remembered', details: async () => ({
        answer: 'granted', gpc: false, since: null, until: null, policy: '', ...details,
        purposes: { store: true, personalise: true, measure: details.measure },
      }) },
    };
    document.body.append(element);
    while (!element.hasAttribute('ready')) await new Promise(requestAnimationFrame);
    // What comes of the campaigns is drawn in a frame, if anything does.
    for (let frames = 0; frames < 3; frames++) await new Promise(requestAnimationFrame);
    const checked = (${compares})(element.shadowRoot);
    element.remove();
    return checked ?? 'none';
  }`, details, experiments);
  const one = [{ name: 'wording' }];
  assert.equal(await boxOf({ source: 'api', measure: false }, one), false);
  assert.equal(await boxOf({ source: 'api', measure: false }, []), 'none');
  assert.equal(await boxOf({ source: 'api', measure: false }, null), 'none');
  assert.equal(await boxOf({ source: 'api', measure: true }, null), true);
  assert.equal(await boxOf({ source: 'tcf', measure: true }, one), 'none');
});

inEveryBrowser('it speaks German, and what the shop would rather say', async (page) => {
  await openWithHistory(page);
  await page.evaluate(() => document.querySelector('[data-test=privacy]').setAttribute('lang', 'de'));
  await waitInside(page, (root) => root.querySelector('#kept-title').textContent === 'Was gemerkt ist');
  const text = await centre(page, (root) => root.textContent);
  assert.match(text, /einmal angesehen, .*zuletzt am \d+\. \w+ \d{4}/);
  assert.doesNotMatch(text, /\{\w+\}|undefined|remember/);
  await page.evaluate(() => {
    document.querySelector('[data-test=privacy]').texts = { pause: 'Kurz <b>ruhen</b>' };
  });
  await waitInside(page, (root) => root.querySelector('[data-do=pause]').textContent === 'Kurz <b>ruhen</b>');
});

inEveryBrowser('everything has a name, and nothing is wider than the window', async (page) => {
  await openWithHistory(page);
  await comparesIs(page, false);
  const wrong = await centre(page, (root) => {
    const nameOf = (element) =>
      (element.getAttribute('aria-label') ?? (element.labels?.[0] ?? element).textContent).trim();
    const controls = [...root.querySelectorAll('button, a, input')]
      .filter((one) => !one.closest('[aria-hidden=true]'));
    const levels = [...root.querySelectorAll('h1, h2, h3, h4, h5, h6')].map(({ localName }) => Number(localName[1]));
    const ids = [...root.querySelectorAll('[aria-labelledby], [aria-describedby]')].flatMap((one) =>
      ['aria-labelledby', 'aria-describedby'].map((name) => one.getAttribute(name)).filter(Boolean));
    return [
      ...controls.filter((one) => !nameOf(one)).map(({ outerHTML }) => outerHTML),
      ...controls.filter((one) => !nameOf(one).toLowerCase().includes(one.textContent.trim().split(' ')[0].toLowerCase()))
        .map(({ outerHTML }) => `another name than its text: ${outerHTML}`),
      ...levels.filter((level, i) => i > 0 && level > levels[i - 1] + 1).map((level) => `level ${level} left one out`),
      ...ids.filter((id) => !root.getElementById(id)).map((id) => `no ${id}`),
      ...[...root.querySelectorAll('section')].filter((one) => !one.hasAttribute('aria-labelledby')).map(() => 'a section'),
    ];
  });
  assert.deepEqual(wrong, []);
  // As narrow as 320 pixels, and from right to left.
  await page.evaluate(() => {
    const box = document.querySelector('[data-test=privacy]');
    box.dir = 'rtl';
    box.style.inlineSize = '288px';
  });
  const wide = await centre(page, (root) => [...root.querySelectorAll('section *')]
    .filter((one) => one.getBoundingClientRect().width > 288.5).map(({ outerHTML }) => outerHTML.slice(0, 80)));
  assert.deepEqual(wide, []);
});

inEveryBrowser('a recommendation answers why, and takes a no', async (page) => {
  await visit(page, shop, '/index.html');
  await allow(page);
  await lookAt(page, shop, looked);
  await visit(page, shop, '/index.html');
  const { items: [, id] } = await filled(page, 'home-for-you');
  const selector = `sotto-slot[name=home-for-you] [data-item="${id}"] sotto-why`;
  await page.waitFor((wanted) =>
    Boolean(document.querySelector(wanted)?.shadowRoot?.querySelector('.open')), selector);
  const why = (code, ...args) => page.waitFor(`(${code})(${[`document.querySelector(${JSON.stringify(selector)})?.shadowRoot`,
    ...args.map((value) => JSON.stringify(value))].join(', ')})`);
  const open = () => why((root) => {
    root.querySelector('.open').focus();
    root.querySelector('.open').click();
    return true;
  });
  const hasFocus = (name) => why((root, wanted) => root.activeElement?.dataset.do === wanted, name);

  assert.equal(await why((root) => root.querySelector('.open').getAttribute('aria-label')), `Why this? ${titleOf(id)}`);
  await open();
  await hasFocus('not-this');
  const told = await why((root) => root.querySelector('.box').textContent);
  assert.ok(told.includes(titleOf(id)));
  assert.match(told, /Often|like|Popular|looked/);
  await page.press('Escape');
  await why((root) => root.querySelector('.box').hidden && root.activeElement?.className === 'open');
  assert.equal(await why((root) => root.querySelector('.open').getAttribute('aria-expanded')), 'false');

  await open();
  await hasFocus('not-this');
  await page.press('Enter');
  await hasFocus('undo');
  assert.match(await why((root) => root.querySelector('[role=status]').textContent), /will not be shown/);
  await page.press('Enter');
  await hasFocus('not-this');
  assert.equal((await sotto(page, (it) => it.profile.export())).events.filter(({ kind }) => kind === 'dismiss').length, 0);
  await page.press('Enter');
  await hasFocus('undo');
  const still = await page.evaluate((wanted) => document.querySelector(wanted) !== null, selector);
  assert.ok(still, 'nothing moves while the focus is in the slot');
  // Once the shopper has gone elsewhere another product takes its place.
  await page.press('Escape');
  await page.evaluate(() => document.querySelector('.brand').focus());
  await page.waitFor((wanted) => document.querySelector(wanted) === null, selector);
  assert.equal((await filled(page, 'home-for-you')).items.includes(id), false);

  await openAccount(page);
  await waitInside(page, (root) => root.querySelectorAll('[data-list=dismissed] li').length === 1);
  await centre(page, (root) => root.querySelector('[data-list=dismissed] button').click());
  await until(page, async (it) => (await it.profile.export()).events.every(({ kind }) => kind !== 'dismiss'));
  assert.deepEqual(shop.violations, [], 'the policy was kept');
});

inEveryBrowser('who does not use the centre does not load it', async (page) => {
  await visit(page, shop, '/index.html');
  assert.ok(!shop.seen.some(({ path }) => path.endsWith('/sotto/privacy.js')));
}, { only: engines.filter(({ name }) => name === 'chromium') });
