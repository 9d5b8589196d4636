/**
 * reader.test.mjs - the second reader reads what the small writer wrote
 *
 * The writer is given plain content and chosen oddities; the reader must give the content back.
 * Broken files must be refused at the byte the document names, and bad but safe ones must be called
 * not valid.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { readCatalogue } from './catalogue.mjs';
import { readManifest, verify } from './manifest.mjs';
import { readModel } from './model.mjs';
import { readProfile } from './profile.mjs';
import { readAny, refusal } from './read.mjs';
import {
  identityOf,
  resealPart,
  u64,
  writeCampaigns,
  writeCatalogue,
  writeManifest,
  writeModel,
  writePart,
  writeProfile,
} from './write.mjs';
import { hash } from './xxhash64.mjs';

/* A small generator of repeatable numbers. */
function dice(seed) {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function rowsOf(n, most, codes, roll) {
  return Array.from({ length: n }, () => {
    const targets = new Set(Array.from({ length: Math.min(roll(most + 1), n) }, () => roll(n)));
    return [...targets].sort((a, b) => a - b).map((target) => [target, roll(codes)]);
  });
}

function sampleModel(n, seed = 1) {
  const roll = dice(seed);
  return {
    ids: Array.from({ length: n }, (_, i) => (i % 7 === 0 ? `Tür-${i}-é` : `SKU${i}`)),
    popularity: Array.from({ length: n }, () => roll(256)),
    tops: [
      { kind: 1, items: n > 1 ? [0, n - 1] : [0] },
      { kind: 9, items: [0] },
      { kind: 2, items: [] },
    ],
    next: { rows: rowsOf(n, 20, 4, roll), weights: [900, 90, 9, 1], normalise: true },
    together: { rows: rowsOf(n, 5, 1, roll), weights: [65535], group_bits: 0, max_links: 5 },
    position_weight: [65536, 32768, 3],
    repeat_weight: [0, 1, 4194304],
    parameters: [
      [1, 5],
      [999, 77],
      [7, 0],
    ],
  };
}

const replaced = (list, index, value) => list.map((one, i) => (i === index ? value : one));

const problemsOf = (read, bytes) => {
  const problems = [];
  read(bytes, problems);
  return problems;
};

for (const n of [1, 2, 15, 16, 17, 100, 1000]) {
  test(`a model of ${n} items comes back as it went`, () => {
    const model = sampleModel(n, n);
    const problems = [];
    const { content, find } = readModel(writeModel(model), problems);
    assert.deepEqual(problems, []);
    assert.deepEqual(
      content.items.map(({ id }) => id),
      model.ids,
    );
    assert.deepEqual(
      content.items.map(({ popularity }) => popularity),
      model.popularity,
    );
    content.items.forEach(({ id }, i) => assert.equal(find(hash(id)), i));
    assert.equal(find(hash('no such item')), -1);
    model.next.rows.forEach((row, i) => {
      const total = row.reduce((sum, [, code]) => sum + model.next.weights[code], 0);
      const expected = row.map(([target, code]) => [
        target,
        Math.floor((model.next.weights[code] * 65536) / total),
      ]);
      assert.deepEqual(content.items[i].next, expected, `row ${i}`);
      assert.deepEqual(
        content.items[i].together,
        model.together.rows[i].map(([target]) => [target, 65535]),
      );
    });
    assert.deepEqual(content.tops, [model.tops[0], model.tops[2]]);
    assert.deepEqual(content.position_weight, [65536, 32768, 3]);
    assert.deepEqual(content.repeat_weight, [0, 1, 4194304]);
    assert.equal(content.parameters.next_mix, 5);
    assert.equal(content.parameters.together_mix, 16384);
    assert.equal(content.parameters.brand_weight, 0);
  });
}

test('every bucket_bits finds every item', () => {
  for (let bucket_bits = 0; bucket_bits <= 10; bucket_bits++) {
    assert.deepEqual(problemsOf(readModel, writeModel({ ...sampleModel(50), bucket_bits })), []);
  }
});

const catalogue = {
  identity: identityOf(['a', 'b']),
  new_ids: ['c', 'd'],
  items: [
    { title: 'Spade', price: 1999, list_price: 2499, category: 1, brand: 0, attributes: [0, 2] },
    { title: 'Größe', url: '/x', image: '/x.svg', in_stock: false },
    { listed: false, in_stock: false, attributes: [] },
    { price: 0, category: 0, attributes: [1] },
  ],
  templates: { url: '/p/{id}', image: '/i/{id}.svg' },
  categories: ['Garden', 'Garden > Tools'],
  parents: [null, 0],
  brands: ['Acme'],
  tops: [[3, 0], [0]],
  attribute_names: ['colour', 'size'],
  attribute_values: [
    [0, 'red'],
    [0, 'green'],
    [1, 'L'],
  ],
};

test('a catalogue comes back as it went', () => {
  const problems = [];
  const content = readCatalogue(writeCatalogue(catalogue), problems);
  assert.deepEqual(problems, []);
  assert.equal(content.item_count, 4);
  assert.equal(content.own_item_count, 2);
  assert.deepEqual(
    content.items.map(({ id }) => id),
    [null, null, 'c', 'd'],
  );
  assert.deepEqual(content.templates, { title: '', url: '/p/{id}', image: '/i/{id}.svg' });
  assert.deepEqual(
    content.categories.map(({ name, parent, top }) => [name, parent, top]),
    [
      ['Garden', null, [3, 0]],
      ['Garden > Tools', 0, [0]],
    ],
  );
  assert.deepEqual(content.items[0], {
    index: 0,
    id: null,
    hash: null,
    title: 'Spade',
    url: '',
    image: '',
    price: 1999,
    list_price: 2499,
    category: 1,
    brand: 0,
    listed: true,
    in_stock: true,
    attributes: [
      ['colour', 'red'],
      ['size', 'L'],
    ],
    next: [],
    together: [],
    viewed_bought: [],
    looks: [],
  });
  assert.deepEqual(content.news, []);
  assert.equal(content.items[1].price, null);
  assert.equal(content.items[3].price, 0);
  assert.equal(content.items[2].listed, false);
});

test('a catalogue brings the newest items and links of its own', () => {
  const table = (rows) => ({ max_links: 4, group_bits: 1, weights: [60000, 900], rows });
  const problems = [];
  const content = readCatalogue(
    writeCatalogue({
      ...catalogue,
      news: [3, 2],
      links: [table([[[2, 1]], [], [[0, 0]], []]), undefined, undefined, table([[], [[3, 0]], [], []])],
    }),
    problems,
  );
  assert.deepEqual(problems, []);
  assert.deepEqual(content.news, [3, 2]);
  assert.deepEqual(
    content.links.map(({ relation, link_count }) => [relation, link_count]),
    [
      [1, 2],
      [4, 1],
    ],
  );
  assert.deepEqual(content.items[0].next, [[2, 900]]);
  assert.deepEqual(content.items[2].next, [[0, 60000]]);
  assert.deepEqual(content.items[1].looks, [[3, 60000]]);
  assert.deepEqual(content.items[1].together, []);
});

const le = (size, value) =>
  Array.from({ length: size }, (_, i) => Math.floor(value / 256 ** i) % 256);

test('a manifest comes back as it went, and only its signer signed it', () => {
  const parts = [
    [1, Uint8Array.of(1, 2, 3)],
    [3, Uint8Array.of(4)],
  ];
  const plain = readManifest(writeManifest({ sequence: 7n, created_s: 1700000000n, parts }).bytes);
  assert.equal(plain.sequence, '0000000000000007');
  assert.equal(plain.signature, null);
  assert.deepEqual(
    plain.parts.map(({ kind, size }) => [kind, size]),
    [
      [1, 3],
      [3, 1],
    ],
  );
  assert.equal(
    plain.parts[0].sha256,
    '039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81',
  );
  const signed = writeManifest({ parts, signed: true });
  assert.equal(verify(signed.bytes, signed.public_key), true);
  const forged = Uint8Array.from(signed.bytes);
  forged.set(writeManifest({ sequence: 0n, parts, signed: true }).bytes.subarray(0, 24));
  assert.equal(refusal(readManifest, forged).status, 'ok');
  assert.equal(verify(forged, signed.public_key), false);
  assert.equal(verify(signed.bytes, writeManifest({ parts, signed: true }).public_key), false);
});

test('a profile comes back as it went, wherever its ring begins', () => {
  const events = Array.from({ length: 5 }, (_, i) => ({
    item: BigInt(i + 1),
    time_s: 100 + i,
    kind: 1,
    quantity: 1,
  }));
  for (const event_head of [undefined, 0, 3, 255]) {
    const problems = [];
    const content = readProfile(
      writeProfile({
        seed: 0x0123456789abcdefn,
        events,
        event_head,
        event_total: 99,
        cart: [
          { item: 9n, time_s: 5, quantity: 2 },
          { item: 3n, time_s: 6, quantity: 1 },
        ],
        purchases: [{ item: 4n, time_s: 7, times: 1, quantity: 3 }],
        brands: [{ key: 8n, value: 65536, time_s: 9 }],
      }),
      problems,
    );
    assert.deepEqual(problems, []);
    assert.deepEqual(
      content.events.map(({ time_s }) => time_s),
      [104, 103, 102, 101, 100],
    );
    assert.deepEqual(
      content.cart.map(({ quantity }) => quantity),
      [1, 2],
    );
    assert.equal(content.seed, '0123456789abcdef');
    assert.equal(content.event_total, 99);
  }
});

const samples = {
  model: writeModel(sampleModel(20)),
  catalogue: writeCatalogue(catalogue),
  campaigns: writeCampaigns({
    site: [[1, 'x']],
    slots: [
      [
        [1, 'home'],
        [2, [3]],
      ],
    ],
  }),
  manifest: writeManifest({ parts: [[1, Uint8Array.of(1)]] }).bytes,
  signed: writeManifest({ parts: [[1, Uint8Array.of(1)]], signed: true }).bytes,
};

for (const [name, bytes] of Object.entries(samples)) {
  test(`${name}: cut at every length, flipped in every bit, longer: refused`, () => {
    for (let size = 0; size < bytes.length; size++) {
      const { status, offset } = refusal(readAny, bytes.subarray(0, size));
      assert.deepEqual({ status, offset }, { status: 'truncated', offset: size });
    }
    for (let bit = 0; bit < 8 * bytes.length; bit++) {
      const flipped = Uint8Array.from(bytes);
      flipped[bit >> 3] ^= 1 << (bit & 7);
      assert.notEqual(refusal(readAny, flipped).status, 'ok', `bit ${bit}`);
    }
    for (const more of [1, 4, 1000]) {
      const longer = new Uint8Array(bytes.length + more);
      longer.set(bytes);
      assert.deepEqual(refusal(readAny, longer), { status: 'oversized', offset: bytes.length });
    }
    for (const version of [0, 2, 255, 65535]) {
      const other = Uint8Array.from(bytes);
      other.set(le(2, version), 4);
      assert.deepEqual(refusal(readAny, other), { status: 'wrong version', offset: 4 });
    }
  });
}

test('a profile, cut, flipped or longer, is refused', () => {
  const bytes = writeProfile({});
  for (const size of [0, 1, 63, 64, 7743]) {
    assert.deepEqual(refusal(readProfile, bytes.subarray(0, size)), {
      status: 'truncated',
      offset: size,
    });
  }
  for (let byte = 0; byte < bytes.length; byte += byte < 64 ? 1 : 97) {
    const flipped = Uint8Array.from(bytes);
    flipped[byte] ^= 0x10;
    assert.notEqual(refusal(readProfile, flipped).status, 'ok', `byte ${byte}`);
  }
});

/**
 * The refusal of a sample whose u32 at an offset was changed and whose checksums were made right
 * again.
 */
function changed(name, offset, value, size = 4) {
  const bytes = Uint8Array.from(samples[name]);
  bytes.set(le(size, value), offset);
  return refusal(readAny, resealPart(bytes));
}

test('values that cannot be are invalid at their own byte, right checksums or not', () => {
  const sections = Object.fromEntries(
    Object.entries(samples)
      .filter(([name]) => !/manifest|signed/.test(name))
      .map(([name, bytes]) => [
        name,
        Object.fromEntries(readAny(bytes).sections.map(({ tag, offset }) => [tag, offset])),
      ]),
  );
  const rows = [
    ['model', 12, 16777217, 4, 12],
    ['model', 28, 1, 4, 28],
    ['model', sections.model['IDS '] + 4, 25, 1],
    ['model', sections.model['IDS '] + 5, 6, 1],
    ['model', sections.model['IDS '] + 6, 1, 1],
    ['model', sections.model.TOPS, 17, 4],
    ['model', sections.model.TOPS + 8, 5000, 4],
    ['model', sections.model.TOPS + 28, 20, 4],
    ['model', sections.model.LNK1, 0, 1],
    ['model', sections.model.LNK1 + 1, 7, 1],
    ['model', sections.model.LNK1 + 2, 27, 1],
    ['model', sections.model.LNK1 + 3, 17, 1],
    ['model', sections.model.LNK1 + 4, 2, 1],
    ['model', sections.model.LNK1 + 8, 19, 4],
    ['model', sections.model.LNK1 + 20, 0, 2],
    ['model', sections.model.LNK1 + 22, 901, 2],
    ['model', sections.model.PARM, 0, 2],
    ['model', sections.model.PARM, 33, 2],
    ['model', sections.model.PARM + 2, 65, 2],
    ['model', sections.model.PARM + 4, 64 * 65536 + 1, 4],
    ['catalogue', sections.catalogue.COLS + 32, 2, 2],
    ['catalogue', sections.catalogue.COLS + 40, 1, 2],
    ['catalogue', sections.catalogue.COLS + 48, 4, 1],
    ['catalogue', sections.catalogue.CATP + 2, 1, 2],
    ['catalogue', sections.catalogue.CTOP + 12, 4, 4],
    ['catalogue', sections.catalogue.ATVN, 2, 2],
    ['campaigns', 12, 1, 4],
    ['campaigns', 16, 1, 4],
    ['campaigns', sections.campaigns.SLOT, 257, 4],
  ];
  for (const [name, offset, value, size] of rows) {
    assert.deepEqual(
      changed(name, offset, value, size),
      { status: 'invalid', offset },
      `${name} at ${offset}`,
    );
  }
});

test('unknown sections: capital refused, small passed over', () => {
  const model = sampleModel(3);
  assert.deepEqual(problemsOf(readAny, writeModel({ ...model, more: [['extr', [1, 2, 3]]] })), []);
  const bytes = writeModel({ ...model, more: [['Extr', [1, 2, 3]]] });
  assert.deepEqual(refusal(readAny, bytes), { status: 'invalid', offset: 32 + 16 * 6 });
  assert.equal(refusal(readAny, writePart(1, 0, 0n, [['POPU', []]])).status, 'invalid');
  const twice = writeModel({ ...model, more: [['POPU', [1, 2, 3]]] });
  assert.deepEqual(refusal(readAny, twice), { status: 'invalid', offset: 32 + 16 * 6 });
});

test('what opens but breaks a rule is called not valid', () => {
  const model = sampleModel(20);
  const invalid = (content) => problemsOf(readModel, writeModel(content)).length > 0;
  assert.equal(invalid(model), false);
  assert.equal(invalid({ ...model, ids: replaced(model.ids, 3, Uint8Array.of(0xff, 0x41)) }), true);
  assert.equal(invalid({ ...model, ids: replaced(model.ids, 3, 'x'.repeat(513)) }), true);
  assert.equal(invalid({ ...model, tops: [{ kind: 1, items: [3, 3] }] }), true);
  const bytes = writeModel(model);
  const { offset, size } = readModel(bytes).content.sections.find(({ tag }) => tag === 'LNK1');
  bytes.fill(0xff, offset + size - 8, offset + size);
  assert.equal(problemsOf(readModel, resealPart(bytes)).length > 0, true);
});
