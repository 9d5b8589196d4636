/**
 * garden.mjs - a shop of eight items, published into memory
 *
 *     const shop = publish();                 shop.files: name -> bytes, as a static host has them
 *     publish({ sequence: 8n, signed: true })  another manifest; shop.key is its public key
 *     publish({ ranked: true })                with a ranker, which finds basil and pot like a spade
 *     publish({ pictured: true })              with pictures of spade, rake and hoe
 *     publish({ consent: [[1, [1]]] })         with a record of whose word on consent counts (here TCF)
 *     publish({ consent, standing: null })     the same, by an earlier version
 *     publish({ plan: { campaigns: [...] } })  with a plan, as plan.mjs takes it
 *     publish({ items: { rake: { price: 1 } } })  with another catalogue
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { standingYes } from '../../reference/campaigns.mjs';
import { identityOf, u32, writeCampaigns, writeCatalogue, writeManifest, writeModel, writePictures }
  from '../../reference/write.mjs';
import { hash } from '../../reference/xxhash64.mjs';
import { writePlan } from './plan.mjs';
import { writeRanker } from './ranker.mjs';

const wasmOut = resolve(process.env.WASM_OUT ?? 'wasm-out');
const wasmFile = join(wasmOut, 'sotto.wasm');

/** Why the tests that need the core cannot run; false if they can. */
export const noCore = existsSync(wasmFile) ? false : `${wasmFile} is not there; run: make wasm`;
export const readCore = () => readFileSync(wasmFile);

const ids = ['spade', 'rake', 'hoe', 'gloves', 'tomato', 'basil', 'pot', 'gie\u00dfkanne (5 l)'];
const at = (id) => ids.indexOf(id);
const links = (table) => ids.map((id) => Object.entries(table[id] ?? {})
  .map(([target, code]) => [at(target), code]).sort((a, b) => a[0] - b[0]));

const model = writeModel({
  ids,
  popularity: [60, 50, 40, 55, 70, 65, 45, 20],
  tops: [{ kind: 1, items: ['tomato', 'basil', 'spade', 'gloves', 'rake', 'pot', 'hoe'].map(at) }],
  next: {
    rows: links({
      spade: { rake: 0, hoe: 1, gloves: 2 },
      rake: { spade: 0, hoe: 0 },
      tomato: { basil: 0, pot: 1, 'gie\u00dfkanne (5 l)': 2 },
      basil: { tomato: 0, pot: 0 },
      pot: { basil: 1, tomato: 1 },
    }),
    weights: [6, 3, 1], normalise: true, max_links: 4, group_bits: 2, bucket_count: 6,
  },
  together: {
    rows: links({ spade: { gloves: 0 }, tomato: { pot: 0 }, basil: { pot: 0 } }),
    weights: [30000], max_links: 3, group_bits: 0, bucket_count: 6,
  },
  position_weight: [65536, 32768, 16384, 8192],
  repeat_weight: [0, 6553, 6553, 6553],
});

const catalogueWith = (changes) => writeCatalogue({
  identity: identityOf(ids),
  items: [
    { title: 'Spade', category: 1, brand: 0, price: 1999, list_price: 2499, attributes: [0] },
    { title: 'Rake', category: 1, brand: 0, price: 1499 },
    { title: 'Hoe', category: 1, brand: 0, price: 1299, url: 'javascript:alert(1)' },
    { title: 'Gloves', category: 0, price: 799 },
    { title: 'Tomato <b>seeds</b>', category: 2, brand: 1, price: 299 },
    { title: 'Basil', category: 2, brand: 1, price: 249 },
    { title: 'Pot', category: 0, brand: 1, image: 'https://example.org/pot.png' },
    { title: '', category: 0, price: 899 },
  ].map((item, i) => ({ ...item, ...changes[ids[i]] })),
  templates: { url: '/p/{id}', image: '/pictures/{id}.svg' },
  categories: ['Garden', 'Garden > Tools', 'Garden > Seeds'],
  parents: [null, 0, 0],
  brands: ['Acme', 'Bloom'],
  tops: [['tomato', 'basil', 'spade'], ['spade', 'rake'], ['tomato', 'basil']].map((top) => top.map(at)),
  attribute_names: ['material'],
  attribute_values: [[0, 'steel']],
});

/** What the site says of a record of whose word on consent counts. */
function standingOf(consent) {
  const { 1: source, 2: flags, 3: policy } = Object.fromEntries(consent ?? []);
  return standingYes({ source: source?.[0], flags: flags?.[0], policy });
}

const campaignsWith = (consent, plan, standing = standingOf(consent)) => writeCampaigns({
  consent,
  plan: plan ? writePlan(plan) : [],
  site: [[1, 'garden'], [2, 'The Garden'], [3, 'EUR'], [4, 'en-GB'], [8, u32(30 * 86400)],
    ...(standing === null ? [] : [[10, u32(standing)]])],
  slots: [
    [[1, 'similar'], [2, [1]], [3, [5]], [12, 'Goes well with it']],
    [[1, 'for-you'], [2, [3]], [3, [5]]],
    [[1, 'recent'], [2, [5]], [3, [8]]],
    [[1, 'cart'], [2, [4]], [3, [4]]],
  ],
});

/** By id: what has the most signs in common with it is near. */
const signs = {
  spade: 0xffff, basil: 0xfffe, pot: 0xfffc, rake: 0x00ff, hoe: 0x0f0f, gloves: 0x3333, tomato: 0x0000,
  'gie\u00dfkanne (5 l)': 0x5555,
};
const ranker = writeRanker(ids, ids.map((id) => signs[id]));

/** Pictures of the first three, which are their names. */
const pictures = writePictures({
  item_count: ids.length, identity: identityOf(ids),
  pictures: ids.slice(0, 3).map((id, item) => ({ item, type: 2, bytes: new TextEncoder().encode(id) })),
});
const KINDS = ['', 'model', 'catalogue', 'campaigns', 'ranker', 'pictures'];

/** The whole bundle as a static host would have it. */
export function publish({
  sequence = 7n, expires_s = 0n, signed = false, ranked = false, pictured = false, consent = null,
  plan = null, items = {}, standing,
} = {}) {
  const parts = {
    model, catalogue: catalogueWith(items), campaigns: campaignsWith(consent, plan, standing),
    ...(ranked ? { ranker } : {}), ...(pictured ? { pictures } : {}),
  };
  const { bytes, public_key } = writeManifest({
    sequence, expires_s, signed, created_s: 1700000000n, shop: hash('garden'), identity: identityOf(ids),
    parts: Object.entries(parts).map(([name, part]) => [KINDS.indexOf(name), part]),
  });
  const files = new Map([['manifest.sotto', Uint8Array.from(bytes)]]);
  for (const [name, part] of Object.entries(parts)) {
    const digest = createHash('sha256').update(part).digest('hex').slice(0, 16);
    files.set(`${name}.${digest}.sotto`, Uint8Array.from(part));
  }
  for (const name of noCore ? [] : ['sotto.wasm', 'sotto-later.wasm', 'sotto-later-base.wasm']) {
    files.set(name, Uint8Array.from(readFileSync(join(wasmOut, name))));
  }
  return { files, key: public_key && Buffer.from(public_key).toString('base64'), parts };
}

/** The full name of a part's file. */
export const partName = (files, name) => [...files.keys()].find((one) => one.startsWith(name));
