/**
 * profiles.mjs - devices of shoppers: what lies in their localStorage and in their database
 *
 *     WASM_OUT=wasm-out node tests/golden/profiles.mjs FOLDER
 *
 * A shopper of the garden (tests/web/support/garden.mjs) looks at things, fills a cart, buys and says
 * no to something. Her profile is written as each version of Sotto kept it: bare, and sealed with a
 * key, with and without a shelf; a file that she exported; and the records that stood beside it.
 * golden/profiles is what this wrote when the saved profile was version 1; that folder stays as it
 * is, whatever becomes of this file.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { rowsOf } from '../web/support/faults.mjs';
import { publish } from '../web/support/garden.mjs';
import { NOW, openBrowser, until } from '../web/support/page.mjs';

const NAME = 'sotto:garden';
const GENERATION = NOW * 1000 + 7;
const base64 = (bytes) => Buffer.from(bytes).toString('base64');

const browser = openBrowser(publish({ ranked: true }).files);
const page = await browser.visit({ seed: () => 0x5eed5eed5eed5eedn });
await page.consent.grant('remembered', 'summer');
const doings = [
  ['view', { item: 'spade' }], ['view', { item: 'rake' }], ['category_view', { category: 'Garden > Seeds' }],
  ['cart_add', { item: 'gloves', quantity: 2 }], ['purchase', { item: 'gloves', quantity: 2 }],
  ['wishlist', { item: 'pot' }], ['dismiss', { item: 'hoe' }], ['search', {}],
  ['cart_add', { item: 'no longer sold', quantity: 3 }], ['view', { item: 'tomato' }],
];
doings.forEach(([kind, about], i) => {
  page.setNow(NOW + 60 * i);
  page.track(kind, about);
});
const exported = await page.profile.export();
const [, saved] = await until(async () =>
  [...await rowsOf(NAME)].find(([, block]) => block.length === 10080));
page.stop();
const bare = saved.subarray(0, 7744);

const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, true, ['encrypt', 'decrypt']);
const rawKey = base64(await crypto.subtle.exportKey('raw', key));
async function seal(block) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return { iv: base64(iv), key: rawKey, data: base64(await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, block)) };
}

const holds = {
  consent: 'remembered',
  events: doings.map(([kind, { item, category, quantity = 1 }]) => [kind, item ?? category ?? '', quantity]).reverse(),
  cart: [['no longer sold', 3]],
  purchases: [['gloves', 1]],
};
const nothing = { consent: 'remembered', events: [], cart: [], purchases: [] };
/** As 0.1.0 wrote it, and as it is written since. */
const OLD = { [NAME]: '{"tier":"remembered","erased":0}' };
const YES = {
  [NAME]: JSON.stringify({
    erased: 1, tier: 'remembered', since: NOW, until: NOW + 180 * 86400, source: 'api', policy: 'summer',
    under: '',
  }),
  [`${NAME} receipts`]: JSON.stringify([[NOW, 'granted', 3, 'api', 0, 'summer']]),
};
const left = { [`${NAME} left 81c3f0`]: `[[1,"${'13'.repeat(9)}",1,${NOW + 900}]]` };

const devices = {
  'bare': {
    what: '0.1.0: the block as it is; the row of the save before was not swept away yet',
    local: OLD, rows: [[GENERATION - 1, { bytes: base64(new Uint8Array(0)) }], [GENERATION, { bytes: base64(bare) }]],
    holds,
  },
  'bare-new': {
    what: '0.1.0: a shopper who has just agreed',
    local: OLD, rows: [[GENERATION, { bytes: '' }]], holds: nothing,
  },
  'bare-left': {
    what: '0.1.0: a page was left before its last event was saved',
    local: { ...OLD, ...left }, rows: [[GENERATION, { bytes: base64(bare) }]],
    holds: { ...holds, events: [['view', `#${'13'.repeat(9)}`, 1], ...holds.events] },
  },
  'bare-shelf': {
    what: 'profile and shelf, in a browser that keeps no keys',
    local: YES, rows: [[GENERATION, { bytes: base64(saved) }]], holds,
  },
  'sealed': {
    what: 'sealed, no ranker in the bundle',
    local: YES, rows: [[GENERATION, await seal(bare)]], holds,
  },
  'sealed-shelf': {
    what: 'sealed, with a shelf; the save before is still there',
    local: YES, rows: [[GENERATION - 1, await seal(bare)], [GENERATION, await seal(saved)]], holds,
  },
  'sealed-new': {
    what: 'sealed: a shopper who has just agreed',
    local: YES, rows: [[GENERATION, await seal(new Uint8Array(0))]], holds: nothing,
  },
  'paused': {
    what: 'the shopper paused: what is kept is not used',
    local: { ...YES, [NAME]: YES[NAME].replace('"remembered"', '"paused"') },
    rows: [[GENERATION, await seal(saved)]], holds: { ...holds, consent: 'none' },
  },
  'erasing': {
    what: 'an erase was under way, the consent stands',
    local: { ...YES, [NAME]: YES[NAME].replace('"remembered"', '"erasing","then":"remembered"') },
    rows: [[GENERATION, await seal(saved)]], holds: nothing,
  },
  'refused': {
    what: 'a no, remembered',
    local: {
      [NAME]: JSON.stringify({ erased: 0, tier: 'refused', since: NOW, until: NOW + 180 * 86400, source: 'shopper' }),
      [`${NAME} receipts`]: JSON.stringify([[NOW, 'refused', 0, 'shopper', 0, '']]),
    },
    rows: [], holds: { ...nothing, consent: 'none' },
  },
};

const folder = process.argv[2];
mkdirSync(folder, { recursive: true });
for (const [name, { what, local, rows, holds: there }] of Object.entries(devices)) {
  writeFileSync(join(folder, `${name}.json`),
    `${JSON.stringify({ what, now_s: NOW + 3600, local, rows, holds: there }, null, 1)}\n`);
}
writeFileSync(join(folder, 'export.json'), `${JSON.stringify(
  { what: 'a file that the shopper took along', now_s: NOW + 3600, exported, holds }, null, 1)}\n`);
