/**
 * hostile.test.mjs - parts with wrong contents and right checksums
 *
 * A checksum keeps out accidents, not attackers. Bytes of random parts are changed and the
 * checksums made right again; the core must then refuse what the reference refuses, with the same
 * status. What opens is asked everything once: answers may be poor, but the core must come back
 * with them.
 */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { readCatalogue } from '../reference/catalogue.mjs';
import { readCampaigns } from '../reference/campaigns.mjs';
import { readModel } from '../reference/model.mjs';
import { openRanker } from '../reference/ranker.mjs';
import { refusal } from '../reference/read.mjs';
import { resealPart } from '../reference/write.mjs';
import { openWasmHost } from './host_wasm.mjs';
import { dice, randomBundle } from './random.mjs';
import { KINDS, STATUSES } from './script.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const wasi = path.join(
  process.env.WASM_OUT ?? path.join(here, '../../wasm-out'),
  'sotto-wasi.wasm',
);
const skip = !existsSync(wasi) && `${wasi} is not built`;
const first = Number(process.env.RANDOM_SEED ?? 1);
const count = Number(process.env.RANDOM_COUNT ?? 12);
const CHANGES = 60;

/**
 * Changes a byte, or a number of two or four, past the header; mostly near where sections begin.
 */
function change(bytes, { roll, pick, once_in }) {
  const view = new DataView(bytes.buffer);
  const row = 32 + 16 * roll(bytes[7]);
  const section = view.getUint32(row + 4, true);
  const size = view.getUint32(row + 8, true);
  const place = once_in(10)
    ? pick([12, 16, row, row + 4, row + 8])
    : section + roll(Math.max(1, Math.min(size, pick([8, 32, 4096]))));
  const at = Math.min(place, bytes.length - 1);
  const value = pick([0, 1, 2, 0x7f, 0x80, 0xff, roll(256)]);
  bytes[at] = once_in(3) ? bytes[at] + pick([1, 255]) : value;
  if (once_in(4) && at + 4 <= bytes.length)
    view.setUint32(at, pick([0, 0xffffffff, 0x80000000, bytes.length, n16(roll)]), true);
}

const n16 = (roll) => roll(65536);

/** Asks the core everything it can be asked of a bundle. */
function askEverything(host) {
  for (let index = 0; index < host.itemCount(); index++) {
    host.item(index);
    host.links(1, index);
    host.links(2, index);
  }
  host.categories();
  host.brands();
  host.templates();
  host.site();
  host.profileInit('00000000000000ff', 1000);
  const hashes = Array.from({ length: Math.min(host.itemCount(), 8) }, (_, i) => host.item(i).hash);
  hashes.forEach((hash, i) => host.track([1, 4, 7, 1][i % 4], hash, 1, 1000 + i));
  const page = hashes.map((_, i) => i).slice(0, 2);
  for (const { name } of host.slots()) {
    for (const cart of [null, page]) host.decide(name, page, cart, 1010);
  }
  host.rank(page, 32);
  host.shelve(1010, '00000000000000ff');
}

for (let seed = first; seed < first + count; seed++) {
  test(`parts of shop ${seed}, changed`, { skip }, async () => {
    const { files } = randomBundle(seed);
    const numbers = dice(seed + 4242);
    const host = await openWasmHost(wasi);
    const model = files.has('model') && readModel(files.get('model')).content;
    const readers = {
      model: readModel,
      catalogue: (bytes) => readCatalogue(bytes, [], model),
      campaigns: readCampaigns,
      ranker: (bytes) => openRanker(bytes, model),
    };
    const kinds = Object.keys(KINDS).filter((kind) => files.has(kind));
    for (let i = 0; i < CHANGES; i++) {
      const kind = numbers.pick(kinds);
      const bytes = Uint8Array.from(files.get(kind));
      change(bytes, numbers);
      resealSafely(bytes);
      const expected = refusal(readers[kind], bytes);
      host.open(files);
      const got = host.tryPart(KINDS[kind], bytes, files.get('model'));
      const said = `change ${i}: ${kind}: the core says ${STATUSES[got.status]} at ${got.offset}`;
      assert.equal(
        STATUSES[got.status].replace('-', ' '),
        expected.status,
        `${said}, expected ${expected.offset}`,
      );
      if (got.status === 0) askEverything(host);
    }
  });
}

/** Makes the checksums right, where the section table still lies in the file. */
function resealSafely(bytes) {
  const view = new DataView(bytes.buffer);
  const fits = (row) =>
    view.getUint32(row + 4, true) <= bytes.length && view.getUint32(row + 8, true) <= bytes.length;
  if (
    Array.from({ length: bytes[7] }, (_, i) => 32 + 16 * i).every(
      (row) => row + 16 <= bytes.length && fits(row),
    )
  ) {
    resealPart(bytes);
  }
}
