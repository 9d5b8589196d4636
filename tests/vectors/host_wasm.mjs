/**
 * host_wasm.mjs - a host over the raw exports of a WebAssembly build
 *
 * Nothing but the headers of src/bindings: numbers go in, words come out of memory. A 64-bit value
 * is two words, low first. The same host drives the WASI module and the two that a page loads, the
 * second attached to the memory of the first.
 *
 * The modules of a page lack what only servers and tests ask. For that this host opens the WASI
 * module beside them, as `helper`.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { RULES } from '../reference/arbiter.mjs';
import { emptyLedger, ledgerBytes } from '../reference/ledger_bytes.mjs';
import { named } from '../wasm-names.mjs';
import { halves, u32List, writeScene } from './scene_wasm.mjs';
import { KINDS } from './script.mjs';

const ABI = 3;
const NONE = 0xffffffff;
const RANKER = KINDS.ranker;
const LONG = 5;
const SCRATCH = 15;
const SCRATCH_SIZE = 16384;
const PROFILE_SIZE = 7744;
const SHELF_SIZE = 2336;
const NO_SLOT = 9;
const LEDGER_SIZE = 9312;
const UNSOUND = 0xffffffff;
const VERDICT_WORDS = 5;

/** Texts, by the numbers of sotto_wasm_text_kind. */
const TEMPLATES = 3;
const ID = 6;
const NAMES = 7;

/** What is asked of the helper where a page's modules do not export it. */
const LENT = ['manifest', 'slots', 'itemCount', 'item', 'categories', 'links', 'rank'];

/**
 * A host over one module, or a page's two; `helper` is the file of a module that has all exports.
 */
export async function openWasmHost(file, helper, second = 'sotto-later.wasm') {
  const core = await instantiate(file);
  const state = start(core);
  if (core.sotto_wasm_attach) return makeHost(core, state);
  const beside = path.join(path.dirname(file), second);
  const later = await instantiate(beside, core.memory);
  const host = makeHost({ ...core, ...later }, state);
  const all = await instantiate(helper);
  const other = makeHost(all, start(all));
  return {
    ...host,
    open(files) {
      host.open(files);
      other.open(files);
    },
    tryManifest(bytes) {
      other.tryManifest(bytes);
      return host.tryManifest(bytes);
    },
    ...Object.fromEntries(LENT.map((name) => [name, other[name]])),
    /** The item as the page has it, with what only the helper tells. */
    item: (index) => ({ ...other.item(index), ...host.pageItem(index) }),
  };
}

async function instantiate(file, memory) {
  const module = await WebAssembly.compile(readFileSync(file));
  const imports = {};
  for (const { module: from, name, kind } of WebAssembly.Module.imports(module)) {
    imports[from] ??= {};
    imports[from][name] = kind === 'memory' ? memory : () => {
      throw new Error(`the core called ${from}.${name}`);
    };
  }
  const { exports } = await WebAssembly.instantiate(module, imports);
  exports._initialize?.();
  return named(exports);
}

function start(core) {
  const state = core.sotto_wasm_start(ABI);
  if (!state) throw new Error('another ABI');
  return state;
}

function makeHost(core, state) {
  let has_profile = false;
  let ledger = null;
  let scene = null;
  /** Whether the ledger is one that events are folded into, and the shopper's clock. */
  let live = false;
  let offset_min = 0;
  let manifest_bytes;
  if (!core.sotto_wasm_attach(state)) throw new Error('modules of two builds');
  const memory = () => new Uint8Array(core.memory.buffer);
  const words = (at, count) => [...new Uint32Array(core.memory.buffer, at >>> 0, count)];
  const bytesAt = (at, size) => memory().slice(at, at + size);
  const textAt = (at, size) =>
    new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytesAt(at, size));
  const hex64 = (low, high) =>
    high.toString(16).padStart(8, '0') + low.toString(16).padStart(8, '0');
  const orNull = (value) => (value === NONE ? null : value);

  function put(place, bytes) {
    const at = core.sotto_wasm_reserve(place, Math.max(bytes.length, 1)) >>> 0;
    if (at === 0) throw new Error(`no room for ${bytes.length} bytes`);
    memory().set(bytes, at);
    return at;
  }
  function scratch(bytes) {
    const at = core.sotto_wasm_reserve(SCRATCH, SCRATCH_SIZE) >>> 0;
    if (bytes.length > SCRATCH_SIZE) throw new Error('more than scratch holds');
    memory().set(bytes, at);
    return at;
  }
  const answer = (status) => ({
    status,
    offset: status === 0 ? 0 : words(state + PROFILE_SIZE + SHELF_SIZE, 1)[0],
  });
  function tryManifest(bytes) {
    put(0, bytes);
    manifest_bytes = bytes;
    return answer(core.sotto_wasm_open(0, bytes.length));
  }
  function tryPart(kind, bytes, model) {
    if (kind === KINDS.catalogue || kind === RANKER) mustOpen(1, model);
    return open(kind, bytes);
  }
  function open(kind, bytes) {
    const at = put(kind, bytes);
    return answer(
      kind === RANKER
        ? core.sotto_wasm_ranker_open(at, bytes.length)
        : core.sotto_wasm_open(kind, bytes.length),
    );
  }
  function mustOpen(kind, bytes) {
    const { status, offset } = open(kind, bytes);
    if (status !== 0) throw new Error(`part ${kind}: status ${status} at byte ${offset}`);
  }
  function readAll(what, now_s, count, one) {
    const found = [];
    for (;;) {
      const at = core.sotto_wasm_profile_read(what, found.length, now_s) >>> 0;
      if (at === 0) return found;
      found.push(one(words(at, count)));
    }
  }
  function text(kind, index) {
    const [at, size] = words(core.sotto_wasm_text(kind, index), 2);
    return textAt(at, size);
  }
  function nameAndHash(list, index) {
    const [at, size] = words(core.sotto_wasm_text(NAMES + list, index), 2);
    const [low, high] = words(core.sotto_wasm_hash(at, size), 2);
    return { name: textAt(at, size), hash: hex64(low, high) };
  }
  /** Writes ledger and scene, and gathers the moment of which programs are asked. */
  function gather() {
    if (!live) core.sotto_wasm_ledger_drop();
    if (has_profile && !live) {
      const [low, high] = words(state + 16, 2);
      const seed = (BigInt(high) << 32n) + BigInt(low);
      memory().set(ledgerBytes(ledger, seed), core.sotto_wasm_ledger() >>> 0);
      if (core.sotto_wasm_ledger_open(LEDGER_SIZE) !== 0) throw new Error('the ledger does not open');
    }
    writeScene(core.sotto_wasm_scene() >>> 0, memory(), scene);
    core.sotto_wasm_moment();
  }

  const named = (list, one) =>
    Array.from({ length: core.sotto_wasm_name_count(list) }, (_, index) => one(index));

  return {
    open(files) {
      const { status } = tryManifest(files.get('manifest'));
      if (status !== 0) throw new Error(`manifest: status ${status}`);
      for (const [name, kind] of Object.entries(KINDS)) {
        if (files.has(name)) mustOpen(kind, files.get(name));
      }
      if (core.sotto_wasm_plan_open && core.sotto_wasm_plan_open() !== 0)
        throw new Error('the plan does not open');
    },
    tryManifest,
    tryPart,
    tryProfile(bytes) {
      const at = state >>> 0;
      const before = bytesAt(at, PROFILE_SIZE);
      memory().set(bytes.subarray(0, PROFILE_SIZE), at);
      const result = answer(core.sotto_wasm_profile_open(bytes.length));
      memory().set(before, at);
      core.sotto_wasm_profile_open(PROFILE_SIZE);
      return result;
    },
    manifest() {
      const place = put(0, manifest_bytes);
      const at = core.sotto_wasm_manifest(place, manifest_bytes.length) >>> 0;
      const [count, ...rest] = words(at, 15);
      const of = (i) => hex64(rest[2 * i], rest[2 * i + 1]);
      return {
        sequence: of(0),
        created: of(1),
        expires: of(2),
        shop: of(3),
        identity: of(4),
        signed: rest[10],
        signature: rest[11] === 0 ? '-' : Buffer.from(bytesAt(rest[11], 64)).toString('hex'),
        key: rest[11] === 0 ? '-' : hex64(rest[12], rest[13]),
        parts: Array.from({ length: count }, (_, i) => {
          const [kind, size, sha256] = words(at + 60 + 12 * i, 3);
          return { kind, size, sha256: Buffer.from(bytesAt(sha256, 32)).toString('hex') };
        }),
      };
    },
    site() {
      const all = words(core.sotto_wasm_site(), 14);
      const text = (i) => textAt(all[2 * i], all[2 * i + 1]);
      return {
        shop_id: text(0),
        shop_name: text(1),
        currency: text(2),
        locale: text(3),
        price_decimals: all[8],
        just_bought_s: all[9],
        session_gap_s: all[10],
        retention_s: all[11],
        interest_half_life_s: all[12],
        standing_yes: all[13],
      };
    },
    slots() {
      return Array.from({ length: core.sotto_wasm_slot_count() }, (_, i) => {
        const slot = words(core.sotto_wasm_slot(i), 8);
        return {
          name: textAt(slot[0], slot[1]),
          heading: textAt(slot[2], slot[3]),
          count: slot[6],
          min: slot[7],
        };
      });
    },
    categories: () => named(0, (index) => ({
      ...nameAndHash(0, index),
      parent: orNull(core.sotto_wasm_category_parent(index) >>> 0),
    })),
    brands: () => named(1, (index) => ({ ...nameAndHash(1, index), parent: null })),
    itemCount: () => core.sotto_wasm_item_count() >>> 0,
    hash(bytes) {
      const at = bytes.length <= SCRATCH_SIZE ? scratch(bytes) : put(LONG, bytes);
      const [low, high] = words(core.sotto_wasm_hash(at, bytes.length), 2);
      return hex64(low, high);
    },
    find(id) {
      const index = core.sotto_wasm_item_find(scratch(id), id.length) >>> 0;
      return index === NONE ? -1 : index;
    },
    findHash(hex) {
      const index = core.sotto_wasm_item_find_hash(...halves(hex)) >>> 0;
      return index === NONE ? -1 : index;
    },
    /** What a page asks of an item. */
    pageItem(index) {
      const [price, list_price, category, brand, flags] = words(core.sotto_wasm_item(index), 5);
      const attributes = [];
      for (let at; (at = core.sotto_wasm_item_attribute(index, attributes.length)); ) {
        const [name, name_size, value, value_size] = words(at, 4);
        attributes.push([textAt(name, name_size), textAt(value, value_size)]);
      }
      return {
        id: text(ID, index),
        price: orNull(price),
        list_price: orNull(list_price),
        category: orNull(category),
        brand: orNull(brand),
        listed: (flags & 0xff) !== 0,
        in_stock: (flags & 0xff00) !== 0,
        title: text(0, index),
        url: text(1, index),
        image: text(2, index),
        attributes,
      };
    },
    item(index) {
      const [at, size] = words(core.sotto_wasm_text(ID, index), 2);
      const [low, high] = words(core.sotto_wasm_hash(at, size), 2);
      const { id, ...facts } = this.pageItem(index);
      const count = core.sotto_wasm_item_attribute_count(index);
      if (facts.attributes.length > count) throw new Error(`item ${index}: more than ${count}`);
      return {
        id,
        hash: hex64(low, high),
        popularity: core.sotto_wasm_item_popularity(index),
        ...facts,
      };
    },
    templates: () => ({
      title: text(TEMPLATES, 0),
      url: text(TEMPLATES + 1, 0),
      image: text(TEMPLATES + 2, 0),
    }),
    links(relation, index) {
      const at = core.sotto_wasm_item_links(relation, index) >>> 0;
      const count = words(at, 1)[0];
      return Array.from({ length: count }, (_, i) => words(at + 4 + 8 * i, 2));
    },
    rank(session, count) {
      const at = core.sotto_wasm_rank_next(scratch(u32List(session)), session.length, count);
      return words(at + 4, words(at, 1)[0]);
    },
    shelve(now_s, sequence) {
      if (core.sotto_wasm_shelve(...halves(sequence), now_s) !== 0) return null;
      return bytesAt((state >>> 0) + PROFILE_SIZE, SHELF_SIZE);
    },
    cannot: (command) =>
      command === 'next-basket'
      || (command === 'program' && !core.sotto_wasm_program)
      || (command === 'segments' && !core.sotto_wasm_segments)
      || (['new-ledger', 'told', 'look', 'look-at', 'seal-ledger'].includes(command) && !core.sotto_wasm_arbitrate),

    setLedger(given) {
      ledger = given;
    },
    setScene(given) {
      scene = given;
    },
    newLedger(offset) {
      if (core.sotto_wasm_ledger_init() !== 0) throw new Error('there is no ledger');
      live = true;
      offset_min = offset;
    },
    foldLedger(kind, hex, quantity, time_s) {
      if (live) core.sotto_wasm_ledger_fold(kind, ...halves(hex), quantity, time_s, offset_min);
    },
    ledgerBytes() {
      core.sotto_wasm_ledger_seal();
      return bytesAt(core.sotto_wasm_ledger() >>> 0, LEDGER_SIZE);
    },
    look(showing) {
      gather();
      const names = this.campaignNames();
      const indexes = showing.map((name) => names.indexOf(name));
      const at = core.sotto_wasm_arbitrate(scratch(u32List(indexes)), indexes.length) >>> 0;
      if (at === 0) throw new Error('no room for the slots');
      const [count, next_s, next_active_s] = words(at, 3);
      const list = Array.from({ length: count }, (_, i) => {
        const row = at + 12 + 4 * VERDICT_WORDS * i;
        const [rule, detail, arm, subject, exposed] = words(row, VERDICT_WORDS);
        return {
          name: names[i], rule: RULES[rule], detail, arm: orNull(arm),
          subject: subject === NONE ? null : this.item(subject).id, exposed: (exposed & 0xff) !== 0,
        };
      });
      return { list, next_s, next_active_s };
    },
    campaignNames() {
      const [, count] = words(core.sotto_wasm_plan_counts(), 2);
      return Array.from({ length: count }, (_, i) => textAt(...words(core.sotto_wasm_campaign(i), 2)));
    },
    program(bytes) {
      gather();
      const at = scratch(bytes);
      const found = core.sotto_wasm_program(at, bytes.length) >>> 0;
      return found === UNSOUND ? answer(1).offset : found === 1;
    },
    segments() {
      gather();
      const [count] = words(core.sotto_wasm_plan_counts(), 1);
      const bits = words(core.sotto_wasm_segments(), 8);
      return Array.from({ length: count }, (_, i) => {
        const [at, size] = words(core.sotto_wasm_segment_name(i), 2);
        return [textAt(at, size), ((bits[i >> 5] >>> (i & 31)) & 1) === 1];
      });
    },

    profileInit(seed, now_s) {
      core.sotto_wasm_profile_init(...halves(seed), now_s);
      has_profile = true;
      live = false;
      ledger = emptyLedger();
    },
    profileDrop() {
      core.sotto_wasm_profile_drop();
      has_profile = false;
      live = false;
      core.sotto_wasm_ledger_drop?.();
      ledger = null;
    },
    profileLoad(bytes) {
      memory().set(bytes, state >>> 0);
      const { status } = answer(core.sotto_wasm_profile_open(bytes.length));
      if (status !== 0) throw new Error(`profile: status ${status}`);
      has_profile = true;
    },
    hasProfile: () => has_profile,
    track: (kind, hex, quantity, now_s) =>
      core.sotto_wasm_track(kind, ...halves(hex), quantity, now_s),
    forget: (hex) => core.sotto_wasm_profile_forget_item(...halves(hex)),
    profileBytes() {
      core.sotto_wasm_profile_seal();
      return bytesAt(state >>> 0, PROFILE_SIZE);
    },
    summary() {
      const all = words(core.sotto_wasm_profile_read(0, 0, 0), 12);
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
      return {
        seed: hex64(all[0], all[1]),
        ...Object.fromEntries(fields.map((name, i) => [name, all[2 + i]])),
      };
    },
    events: () =>
      readAll(1, 0, 5, ([low, high, time_s, kind, quantity]) => ({
        item: hex64(low, high),
        time_s,
        kind,
        quantity,
      })),
    cart: () =>
      readAll(2, 0, 4, ([low, high, time_s, quantity]) => ({
        item: hex64(low, high),
        time_s,
        quantity,
      })),
    purchases: () =>
      readAll(3, 0, 5, ([low, high, time_s, times, quantity]) => ({
        item: hex64(low, high),
        time_s,
        times,
        quantity,
      })),
    interests: (what, now_s) =>
      readAll(what === 'category' ? 4 : 5, now_s, 4, ([low, high, value, time_s]) => ({
        key: hex64(low, high),
        value,
        time_s,
      })),
    decide(slot, page, cart, now_s) {
      const name = new TextEncoder().encode(slot);
      const lists = 64 + name.length;
      const at = scratch(Uint8Array.from([...name]));
      const page_at = (at + lists + 7) & ~7;
      memory().set(u32List(page), page_at);
      const cart_at = page_at + 4 * page.length;
      if (cart) memory().set(u32List(cart), cart_at);
      const found = core.sotto_wasm_decide(
        at,
        name.length,
        page_at,
        page.length,
        cart_at,
        cart ? cart.length : NONE,
        now_s,
      );
      if (!found) return { status: NO_SLOT, picks: [] };
      const picks = Array.from({ length: words(found + 8, 1)[0] }, (_, i) => {
        const [item, score, strategy, count, ...reasons] = words(found + 12 + 64 * i, 16);
        return {
          item,
          score,
          strategy,
          reasons: Array.from({ length: count }, (_unused, r) => ({
            kind: reasons[3 * r],
            item: orNull(reasons[3 * r + 1]),
            points: reasons[3 * r + 2],
          })),
        };
      });
      return { status: 0, picks };
    },
  };
}
