/**
 * host_face.mjs - hosts over the JavaScript face's own way to the core
 *
 * A page opens sotto.wasm through web/runtime.js and then sotto-later.wasm through web/later; a
 * server opens sotto-wasi.wasm through web/whole.js. Neither asks the core for everything a vector
 * file can ask: what they cannot say (`cannot`) is left as it stands in the file, since other hosts
 * say it.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { FORGET, readBlock } from '../../web/later/block.js';
import { laterRuntime } from '../../web/later/runtime.js';
import { openRuntime } from '../../web/runtime.js';
import { wholeRuntime } from '../../web/whole.js';
import { xxhash64 } from '../reference/xxhash64.mjs';
import { KINDS, STATUSES } from './script.mjs';

/* The face hashes texts, of up to a quarter of the scratch memory. */
const TEXT_SIZE = 4096;
/* Texts, by the numbers of sotto_wasm_text_kind. */
const TEMPLATES = 3;
const ID = 6;
const NAMES = 7;
const UNSAID = [
  'manifest',
  'site',
  'slots',
  'categories',
  'find',
  'find-hash',
  'links',
  'hash-bytes',
  'attributes',
  'shelve',
  'next-basket',
  'ledger',
  'scene',
  'program',
  'segments',
  'new-ledger',
  'told',
  'look',
  'look-at',
  'seal-ledger',
];
const UNSAID_BY_PAGES = [...UNSAID, 'bundle', 'rank', 'summary', 'interests'];

const hex64 = (value) => value.toString(16).padStart(16, '0');
const hash64 = (hex) => BigInt(`0x${hex}`);
const orNull = (value) => (value === 0xffffffff ? null : value);

/** What a server can say beyond a page. */
function wholeSays(core) {
  const readAll = (what, now_s, fields) => {
    const found = [];
    for (
      let row = core.profileRead(what, 0, now_s);
      row;
      row = core.profileRead(what, found.length, now_s)
    ) {
      found.push(
        Object.fromEntries(
          fields.map((name, i) => [name, i === 0 ? hex64(row.hash) : row.words[i - 1]]),
        ),
      );
    }
    return found;
  };
  return {
    itemCount: () => core.itemCount(),
    slots: () => Array.from({ length: core.slotCount() }),
    rank: (session, count) => core.rankNext(session, count),
    forget: (hex) => core.forget(hash64(hex)),
    summary() {
      const fields = [
        'created',
        'updated',
        'session_start',
        'sessions',
        'event_total',
        'events',
        'cart',
        'purchases',
        'categories',
        'brands',
      ];
      const { hash, words } = core.profileRead(0, 0, 0);
      return {
        seed: hex64(hash),
        ...Object.fromEntries(fields.map((name, i) => [name, words[i]])),
      };
    },
    events: () => readAll(1, 0, ['item', 'time_s', 'kind', 'quantity']),
    cart: () => readAll(2, 0, ['item', 'time_s', 'quantity']),
    purchases: () => readAll(3, 0, ['item', 'time_s', 'times', 'quantity']),
    interests: (what, now_s) =>
      readAll(what === 'category' ? 4 : 5, now_s, ['key', 'value', 'time_s']),
  };
}

/** What a page says by reading the saved block itself. */
function pageSays(core) {
  const kept = () =>
    Object.entries(readBlock(core.profileBlock()))
      .filter(([name]) => ['events', 'cart', 'purchases'].includes(name))
      .reduce((sum, [, list]) => sum + list.length, 0);
  const list = (name) => () =>
    readBlock(core.profileBlock())[name].map(({ item, ...rest }) => ({
      item: hex64(item),
      ...rest,
    }));
  return {
    itemCount: () => 0,
    slots: () => [],
    forget(hex) {
      const before = kept();
      core.forget(hash64(hex), FORGET.item);
      return before - kept();
    },
    events: list('events'),
    cart: list('cart'),
    purchases: list('purchases'),
  };
}

/** A host as a page has it; `whole`: as a server has it. */
export async function openFaceHost(file, { whole = false } = {}) {
  const { instance } = await WebAssembly.instantiate(readFileSync(file), {});
  if (whole) {
    const core = wholeRuntime(instance);
    return { ...faceHost(core, UNSAID), ...wholeSays(core) };
  }
  const page = openRuntime(instance);
  const later = await WebAssembly.instantiate(
    readFileSync(path.join(path.dirname(file), 'sotto-later.wasm')),
    { env: { memory: page.raw.memory } },
  );
  const core = laterRuntime(page, later.instance);
  return { ...faceHost(core, UNSAID_BY_PAGES), ...pageSays(core) };
}

function faceHost(core, unsaid) {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

  /** A SottoError as status and offset. */
  function attempt(call) {
    try {
      call();
      return { status: 0, offset: 0 };
    } catch (error) {
      if (!STATUSES.includes(error.code)) throw error;
      return { status: STATUSES.indexOf(error.code), offset: error.offset };
    }
  }
  const names = (list) =>
    Array.from({ length: core.nameCount(list) }, (_, index) => {
      const name = core.text(NAMES + list, index);
      return { name, hash: hex64(core.hash(name)) };
    });
  const openPart = (kind, bytes) =>
    kind === KINDS.ranker && core.openRanker ? core.openRanker(bytes) : core.openPart(kind, bytes);
  const openAll = (files) => {
    core.openManifest(files.get('manifest'));
    for (const [name, kind] of Object.entries(KINDS)) {
      if (files.has(name)) openPart(kind, files.get(name));
    }
  };

  return {
    cannot: (command, [about]) =>
      unsaid.includes(command) || (/^refus/.test(command) && about === 'profile'),
    open: openAll,
    tryManifest: (bytes) => attempt(() => core.openManifest(bytes)),
    tryPart: (kind, bytes, model) =>
      attempt(() => {
        if (kind === KINDS.catalogue || kind === KINDS.ranker) core.openPart(KINDS.model, model);
        openPart(kind, bytes);
      }),
    categories: () => names(0),
    brands: () => names(1),
    hash: (bytes) =>
      hex64(bytes.length > TEXT_SIZE ? xxhash64(bytes) : core.hash(decoder.decode(bytes))),
    find: (bytes) => core.find(decoder.decode(bytes)),
    findHash: (hex) => core.findHash(hash64(hex)),
    item: (index) => ({
      id: core.text(ID, index),
      title: core.text(0, index),
      url: core.text(1, index),
      image: core.text(2, index),
      attributes: Object.entries(core.attributes(index)),
    }),
    templates: () => ({
      title: core.text(TEMPLATES, 0),
      url: core.text(TEMPLATES + 1, 0),
      image: core.text(TEMPLATES + 2, 0),
    }),

    profileInit: (seed, now_s) => core.profileInit(hash64(seed), now_s),
    profileDrop: () => core.profileDrop(),
    /** Its bytes are the face's own affair. */
    shelve(now_s, sequence) {
      core.shelve(hash64(sequence), now_s);
      return null;
    },
    track: (kind, hex, quantity, now_s) => core.track(kind, hash64(hex), quantity, now_s),
    profileBytes: () => core.profileBlock(),
    decide(slot, page, cart, now_s) {
      let picks = [];
      const { status } = attempt(() => {
        picks = core.decide(slot, page, cart, now_s).picks;
      });
      return {
        status,
        picks: picks.map(({ reasons, ...pick }) => ({
          ...pick,
          reasons: reasons.map((reason) => ({ ...reason, item: orNull(reason.item) })),
        })),
      };
    },
  };
}
