/**
 * host_wasm.mjs - a host over the raw exports of a WebAssembly build
 *
 * Nothing but src/bindings/wasm_exports.h: numbers go in, words come out of memory. A 64-bit value
 * is two words, low first. The same host drives the browser's module and the WASI one.
 *
 * The browser's module lacks what a page seldom needs. For that a page opens the WASI module beside
 * it and hands the profile over and back; so does this host, with `helper`.
 */
import { readFileSync } from 'node:fs';

import { KINDS } from './script.mjs';

const NONE = 0xffffffff;
const SCRATCH = 15;
const SCRATCH_SIZE = 16384;
const PROFILE_SIZE = 7744;

/** What is asked of the helper where a module does not export it. */
const LENT = {
  itemCount: 'sotto_wasm_item_count',
  findHash: 'sotto_wasm_item_find_hash',
  links: 'sotto_wasm_item_links',
  rank: 'sotto_wasm_rank_next',
  forget: 'sotto_wasm_profile_forget_item',
  summary: 'sotto_wasm_profile_read',
  events: 'sotto_wasm_profile_read',
  cart: 'sotto_wasm_profile_read',
  purchases: 'sotto_wasm_profile_read',
  interests: 'sotto_wasm_profile_read',
};

/** A host over one module; `helper` is the file of a module that has all exports. */
export async function openWasmHost(file, helper) {
  const core = await instantiate(file);
  const host = makeHost(core);
  const missing = Object.keys(LENT).filter((name) => !core[LENT[name]]);
  if (missing.length === 0) return host;
  const other = makeHost(await instantiate(helper));
  const lent = missing.map((name) => [
    name,
    (...given) => {
      if (host.hasProfile()) other.profileLoad(host.profileBytes());
      const answer = other[name](...given);
      if (name === 'forget') host.profileLoad(other.profileBytes());
      return answer;
    },
  ]);
  return {
    ...host,
    open(files) {
      host.open(files);
      other.open(files);
    },
    ...Object.fromEntries(lent),
  };
}

async function instantiate(file) {
  const module = await WebAssembly.compile(readFileSync(file));
  const imports = {};
  for (const { module: from, name } of WebAssembly.Module.imports(module)) {
    imports[from] ??= {};
    imports[from][name] = () => {
      throw new Error(`the core called ${from}.${name}`);
    };
  }
  const { exports: core } = await WebAssembly.instantiate(module, imports);
  core._initialize?.();
  if (core.sotto_wasm_abi() !== 1) throw new Error('another ABI');
  return core;
}

function makeHost(core) {
  let has_profile = false;
  const memory = () => new Uint8Array(core.memory.buffer);
  const words = (at, count) => [...new Uint32Array(core.memory.buffer, at >>> 0, count)];
  const bytesAt = (at, size) => memory().slice(at, at + size);
  const textAt = (at, size) =>
    new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytesAt(at, size));
  const hex64 = (low, high) =>
    high.toString(16).padStart(8, '0') + low.toString(16).padStart(8, '0');
  const halves = (hex) => [parseInt(hex.slice(8), 16), parseInt(hex.slice(0, 8), 16)];
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
    offset: status === 0 ? 0 : core.sotto_wasm_fault_offset() >>> 0,
  });
  function tryManifest(bytes) {
    put(0, bytes);
    return answer(core.sotto_wasm_open_manifest(bytes.length));
  }
  function tryPart(kind, bytes, model) {
    if (kind === 2) mustOpen(1, model);
    put(kind, bytes);
    return answer(core.sotto_wasm_open(kind, bytes.length));
  }
  function mustOpen(kind, bytes) {
    put(kind, bytes);
    const { status, offset } = answer(core.sotto_wasm_open(kind, bytes.length));
    if (status !== 0) throw new Error(`part ${kind}: status ${status} at byte ${offset}`);
  }
  function u32List(numbers) {
    return new Uint8Array(Uint32Array.from(numbers).buffer);
  }
  function readAll(what, now_s, count, one) {
    const found = [];
    for (;;) {
      const at = core.sotto_wasm_profile_read(what, found.length, now_s) >>> 0;
      if (at === 0) return found;
      found.push(one(words(at, count)));
    }
  }
  function names(list, fields) {
    const count = words(core.sotto_wasm_name(list, NONE), 1)[0];
    return Array.from({ length: count }, (_, index) => {
      const [at, size, parent] = words(core.sotto_wasm_name(list, index), 3);
      const [low, high] = words(core.sotto_wasm_hash(at, size), 2);
      return fields({ name: textAt(at, size), hash: hex64(low, high), parent: orNull(parent) });
    });
  }
  function itemText(what, index) {
    const [at, size] = words(core.sotto_wasm_item_text(what, index), 2);
    return textAt(at, size);
  }

  return {
    open(files) {
      const { status } = tryManifest(files.get('manifest'));
      if (status !== 0) throw new Error(`manifest: status ${status}`);
      for (const [name, kind] of Object.entries(KINDS)) {
        if (files.has(name)) mustOpen(kind, files.get(name));
      }
    },
    tryManifest,
    tryPart,
    tryProfile(bytes) {
      const at = core.sotto_wasm_profile() >>> 0;
      const before = bytesAt(at, PROFILE_SIZE);
      memory().set(bytes.subarray(0, PROFILE_SIZE), at);
      const result = answer(core.sotto_wasm_profile_open(bytes.length));
      memory().set(before, at);
      core.sotto_wasm_profile_open(PROFILE_SIZE);
      return result;
    },
    manifest() {
      const at = core.sotto_wasm_manifest() >>> 0;
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
      const all = words(core.sotto_wasm_site(), 13);
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
      };
    },
    slots() {
      const count = words(core.sotto_wasm_slot(NONE), 1)[0];
      return Array.from({ length: count }, (_, i) => {
        const slot = words(core.sotto_wasm_slot(i), 6);
        return {
          name: textAt(slot[0], slot[1]),
          heading: textAt(slot[2], slot[3]),
          count: slot[4],
          min: slot[5],
        };
      });
    },
    categories: () => names(0, (name) => name),
    brands: () => names(1, (name) => name),
    itemCount: () => core.sotto_wasm_item_count() >>> 0,
    hash(bytes) {
      const at = bytes.length <= SCRATCH_SIZE ? scratch(bytes) : put(4, bytes);
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
    item(index) {
      const [price, list_price, category, brand, flags, popularity, low, high, count] = words(
        core.sotto_wasm_item(index),
        9,
      );
      return {
        id: itemText(3, index),
        hash: hex64(low, high),
        popularity,
        price: orNull(price),
        list_price: orNull(list_price),
        category: orNull(category),
        brand: orNull(brand),
        listed: (flags & 1) !== 0,
        in_stock: (flags & 2) !== 0,
        title: itemText(0, index),
        url: itemText(1, index),
        image: itemText(2, index),
        attributes: Array.from({ length: count }, (_, i) => {
          const [name, name_size, value, value_size] = words(
            core.sotto_wasm_item_attribute(index, i),
            4,
          );
          return [textAt(name, name_size), textAt(value, value_size)];
        }),
      };
    },
    templates: () => ({ title: itemText(16, 0), url: itemText(17, 0), image: itemText(18, 0) }),
    links(relation, index) {
      const at = core.sotto_wasm_item_links(relation, index) >>> 0;
      const count = words(at, 1)[0];
      return Array.from({ length: count }, (_, i) => words(at + 4 + 8 * i, 2));
    },
    rank(session, count) {
      const found = core.sotto_wasm_rank_next(scratch(u32List(session)), session.length, count);
      return words(core.sotto_wasm_answer(), found);
    },

    profileInit(seed, now_s) {
      core.sotto_wasm_profile_init(...halves(seed), now_s);
      has_profile = true;
    },
    profileDrop() {
      core.sotto_wasm_profile_drop();
      has_profile = false;
    },
    profileLoad(bytes) {
      memory().set(bytes, core.sotto_wasm_profile() >>> 0);
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
      return bytesAt(core.sotto_wasm_profile() >>> 0, PROFILE_SIZE);
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
      const status = core.sotto_wasm_decide(
        at,
        name.length,
        page_at,
        page.length,
        cart_at,
        cart ? cart.length : NONE,
        now_s,
      );
      if (status !== 0) return { status, picks: [] };
      const answer_at = core.sotto_wasm_answer() >>> 0;
      const picks = Array.from({ length: words(answer_at, 1)[0] }, (_, i) => {
        const [item, score, strategy, count, ...reasons] = words(answer_at + 4 + 80 * i, 20);
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
      return { status, picks };
    },
  };
}
