/**
 * script.mjs - runs a vector file against a host and gives it back with the host's answers
 *
 * The commands are in README.md. A host is one build of the core, or the reference, behind plain
 * values: it knows nothing of the text. Lines that begin with `>` are dropped; everything else is
 * copied; after each command come the answers as lines that begin with `>`. A file passes when it
 * comes back as it was. The answers to commands that a host has no way to ask for (`host.cannot`)
 * stay as they stand.
 */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

import { emptyLedger } from '../reference/ledger_bytes.mjs';
import { textBytes } from '../reference/expressions.mjs';
import { xxhash64 } from '../reference/xxhash64.mjs';
import { everyMutation, spoil } from './mutations.mjs';
import { lineOf, wordsOf } from './words.mjs';

export const KINDS = { model: 1, catalogue: 2, campaigns: 3, ranker: 4 };
export const EVENTS = [
  '',
  'view',
  'click',
  'search',
  'cart_add',
  'cart_remove',
  'checkout',
  'purchase',
  'wishlist',
  'category_view',
  'dismiss',
];
export const STRATEGIES = [
  '',
  'similar',
  'bought-together',
  'for-you',
  'cart-cross-sell',
  'recently-viewed',
  'popular',
  'trending',
  'manual',
  'looks-like',
  'buy-again',
  'new',
  'viewed-then-bought',
];
export const REASONS = [
  '',
  'viewed',
  'together',
  'seen',
  'category',
  'brand',
  'popular',
  'trending',
  'pinned',
  'manual',
  'category-top',
  'viewed-then-bought',
  'looks-like',
  'new',
  'bought-before',
];
export const RELATIONS = ['', 'next', 'together', 'viewed-then-bought', 'looks-like'];
export const STATUSES = [
  'ok',
  'truncated',
  'not-sotto',
  'wrong-version',
  'wrong-kind',
  'damaged',
  'invalid',
  'oversized',
  'mismatch',
  'no-slot',
  'no-room',
];
const NO_HASH = '0'.repeat(16);
const NONE = 0xffffffff;
/** What campaigns tell of: numbers go on where EVENTS ends. */
const FIRST_TOLD = 11;
const TOLD = ['impression', 'campaign-dismiss', 'campaign-click', 'given', 'redeemed', 'exposure', 'win', 'answer',
  'unanswer', 'dwell'];

/** What changes a host's state: done even where its answer stays as it stands. */
const DONE_UNSAID = ['bundle', 'shelve'];

/** Runs the text of a vector file; `golden` is the folder with the bundles. */
export function runScript(text, host, golden) {
  const run = { host, golden, files: new Map() };
  const lines = [];
  let keep = false;
  for (const line of text.replace(/\n$/, '').split('\n')) {
    if (line.startsWith('>')) {
      if (keep) lines.push(line);
      continue;
    }
    lines.push(line);
    if (line === '' || line.startsWith('#')) continue;
    const [command, ...words] = wordsOf(line);
    keep = host.cannot?.(command, words) ?? false;
    if (keep && !DONE_UNSAID.includes(command)) continue;
    if (!COMMANDS[command]) throw new Error(`no such command: ${line}`);
    const answers = COMMANDS[command](run, words) ?? [];
    if (!keep) lines.push(...answers.map((answer) => `> ${lineOf(answer)}`));
  }
  return `${lines.join('\n')}\n`;
}

const COMMANDS = {
  bundle(run, [name]) {
    const folder = path.join(run.golden, name);
    const manifest = readFileSync(path.join(folder, 'manifest.sotto'));
    run.files = new Map([['manifest', Uint8Array.from(manifest)]]);
    for (const file of readdirSync(folder)) {
      const kind = file.split('.')[0];
      if (KINDS[kind]) run.files.set(kind, Uint8Array.from(readFileSync(path.join(folder, file))));
    }
    return open(run);
  },
  manifest({ host }) {
    const { parts, ...fields } = host.manifest();
    return [
      ...Object.entries(fields),
      ...parts.map(({ kind, size, sha256 }) => ['part', kind, size, sha256]),
    ];
  },
  site: ({ host }) => Object.entries(host.site()),
  slots: ({ host }) =>
    host.slots().map(({ name, heading, count, min }) => [name, heading, count, min]),
  categories: ({ host }) =>
    host.categories().map(({ name, parent }) => [name, orDash(host.categories()[parent]?.name)]),
  brands: ({ host }) => host.brands().map(({ name }) => [name]),

  hash: ({ host }, [text = '']) => [[host.hash(new TextEncoder().encode(text))]],
  'hash-bytes': ({ host }, [count]) => [
    [host.hash(Uint8Array.from({ length: Number(count) }, (_, i) => (i * 7 + 3) & 0xff))],
  ],
  find({ host }, [id]) {
    const index = host.find(new TextEncoder().encode(id));
    return index < 0 ? [['unknown']] : [itemWords(host, index)];
  },
  'find-hash'({ host }, [hash]) {
    const index = host.findHash(hash);
    return index < 0 ? [['unknown']] : [itemWords(host, index)];
  },
  texts({ host }, [id]) {
    const { title, url, image } = host.item(known(host, id));
    const templates = host.templates();
    return [
      ['title', title, templates.title],
      ['url', url, templates.url],
      ['image', image, templates.image],
    ];
  },
  attributes: ({ host }, [id]) => host.item(known(host, id)).attributes,
  links({ host }, [relation, id]) {
    const links = host.links(RELATIONS.indexOf(relation), known(host, id));
    return links.map(([item, weight]) => [host.item(item).id, weight]);
  },
  rank({ host }, [count, ...ids]) {
    const session = ids.map((id) => known(host, id));
    return host.rank(session, Number(count)).map((item) => [host.item(item).id]);
  },
  'next-basket'({ host }, [count, now, ...words]) {
    const baskets = [];
    for (let i = 0; i < words.length; i++) {
      if (words[i] !== 'basket') baskets.at(-1).items.push(known(host, words[i]));
      else baskets.push({ time_s: words[++i] === '-' ? null : Number(words[i]), items: [] });
    }
    return host.rankBasket(baskets, Number(now), Number(count)).map((item) => [host.item(item).id]);
  },
  shelve({ host }, [now, sequence = '1']) {
    const shelf = host.shelve(Number(now), sequence.padStart(16, '0'));
    return shelf ? shelfWords(host, shelf) : [['nothing']];
  },

  profile({ host }, [seed, time]) {
    host.profileInit(seed, Number(time));
  },
  'no-profile'({ host }) {
    host.profileDrop();
  },
  event({ host }, [kind, about, time, quantity = '1']) {
    const hash = hashOf(host, about);
    host.track(EVENTS.indexOf(kind), hash, Number(quantity), Number(time));
    host.foldLedger?.(EVENTS.indexOf(kind), hash, Number(quantity), Number(time));
  },
  forget: ({ host }, [id]) => [[host.forget(host.hash(new TextEncoder().encode(id)))]],
  seal: ({ host }) => [[host.hash(host.profileBytes())]],
  summary: ({ host }) => Object.entries(host.summary()),
  events: ({ host }) =>
    host
      .events()
      .map(({ item, time_s, kind, quantity }) => [
        EVENTS[kind],
        kind === 9 ? nameOf(host.categories(), item) : idOf(host, item),
        time_s,
        quantity,
      ]),
  cart: ({ host }) =>
    host.cart().map(({ item, time_s, quantity }) => [idOf(host, item), time_s, quantity]),
  purchases: ({ host }) =>
    host
      .purchases()
      .map(({ item, time_s, times, quantity }) => [idOf(host, item), time_s, times, quantity]),
  interests({ host }, [now]) {
    const words = (what, names) =>
      host
        .interests(what, Number(now))
        .map(({ key, value, time_s }) => [what, nameOf(names, key), value, time_s]);
    return [...words('category', host.categories()), ...words('brand', host.brands())];
  },

  ask({ host }, [slot, now, ...words]) {
    const context = { page: [], cart: null };
    let list = 'page';
    for (const word of words) {
      if (word === 'page' || word === 'cart') {
        list = word;
        context[list] = [];
      } else {
        context[list].push(known(host, word));
      }
    }
    const { status, picks } = host.decide(slot, context.page, context.cart, Number(now));
    if (status !== 0) return [[STATUSES[status]]];
    return picks.length === 0 ? [['nothing']] : picks.map((pick) => pickWords(host, pick));
  },

  ledger({ host }, words) {
    host.setLedger(ledgerOf(words));
  },
  scene({ host }, [now, offset, ...words]) {
    host.setScene(sceneOf(host, Number(now), Number(offset), words));
  },
  program({ host }, [hex]) {
    const answer = host.program(Uint8Array.from(Buffer.from(hex, 'hex')));
    return [typeof answer === 'boolean' ? [answer] : ['unsound', answer]];
  },
  segments: ({ host }) => host.segments().filter(([, holds]) => holds).map(([name]) => [name]),

  'new-ledger'({ host }, [offset = '0']) {
    host.newLedger(Number(offset));
  },
  told({ host }, [kind, about, time, quantity = '1']) {
    const number = FIRST_TOLD + TOLD.indexOf(kind);
    if (number < FIRST_TOLD) throw new Error(`nobody tells of ${kind}`);
    host.foldLedger(number, hashOf(host, about), Number(quantity), Number(time));
  },
  look({ host }, showing) {
    const { list, next_s, next_active_s } = host.look(showing.map(textBytes));
    return [...list.map(verdictWords), ['next', next_s, next_active_s]];
  },
  'look-at'({ host }, names) {
    return host.look([]).list.filter(({ name }) => names.includes(name)).map(verdictWords);
  },
  'seal-ledger': ({ host }) => [[host.hash(host.ledgerBytes())]],

  refuse(run, [kind, ...mutation]) {
    const { status, offset } = refusal(run, kind, mutation);
    run.host.open(run.files);
    return [[STATUSES[status], offset]];
  },
  refusals(run, [kind]) {
    const lines = [];
    let refused = 0;
    for (const mutation of everyMutation(fileOf(run, kind).length)) {
      const { status, offset } = refusal(run, kind, mutation);
      refused += status === 0 ? 0 : 1;
      lines.push(`${mutation.join(' ')} ${STATUSES[status]} ${offset}\n`);
    }
    run.host.open(run.files);
    return [
      [
        refused,
        'of',
        lines.length,
        'refused',
        run.host.hash(new TextEncoder().encode(lines.join(''))),
      ],
    ];
  },
};

/** What a shopper bought, was shown and answered. */
function ledgerOf(words) {
  const ledger = emptyLedger();
  for (let i = 0; i < words.length; ) {
    const next = () => words[++i];
    const what = words[i];
    if (what === 'orders') {
      [ledger.orders, ledger.spent, ledger.order_s] = [next(), next(), next()].map(Number);
    } else if (what === 'active') {
      [ledger.session_start_s, ledger.active_s] = [next(), next()].map(Number);
    } else if (what === 'shown') {
      ledger.shown.set(textBytes(next()), Number(next()));
    } else if (what === 'answered') {
      ledger.answers.push(textBytes(next()));
    } else {
      throw new Error(`no such thing in a ledger: ${what}`);
    }
    i++;
  }
  return ledger;
}

const SCENE_TEXTS = ['path', 'query', 'type', 'device', 'language', 'timezone', 'referrer', 'category'];
const SCENE_NUMBERS = ['active', 'session-active', 'idle', 'scroll'];

/** A moment on a page; texts are strings of one character a byte. */
function sceneOf(host, now_s, offset_min, words) {
  const scene = {
    now_s, offset_min, touch: false, page: [], cart: null, account: [], exit: false, no_results: false,
    happened: [], forced: [], unplaced: [],
  };
  for (const name of SCENE_TEXTS) scene[name] = '';
  const numbers = Object.fromEntries(SCENE_NUMBERS.map((name) => [name, 0]));
  for (let i = 0; i < words.length; i++) {
    const what = words[i];
    if (SCENE_TEXTS.includes(what)) scene[what] = textBytes(words[++i]);
    else if (what in numbers) numbers[what] = Number(words[++i]);
    else if (what === 'touch') scene.touch = true;
    else if (what === 'exit') scene.exit = true;
    else if (what === 'no-results') scene.no_results = true;
    else if (what === 'happened') scene.happened.push(hashOf(host, words[++i]));
    else if (what === 'forced')
      scene.forced.push({ name: textBytes(words[++i]), arm: Number(words[++i]) });
    else if (what === 'unplaced') scene.unplaced.push(Number(words[++i]));
    else if (what === 'page') scene.page.push(known(host, words[++i]));
    else if (what === 'no-cart') scene.cart = [];
    else if (what === 'cart') scene.cart = [...(scene.cart ?? []), known(host, words[++i])];
    else if (['number', 'text', 'truth'].includes(what)) {
      const name = textBytes(words[++i]);
      const value = words[++i];
      scene.account.push({
        name,
        type: { number: 'N', text: 'T', truth: 'B' }[what],
        value: { number: () => BigInt(value), text: () => textBytes(value), truth: () => value === '1' }[what](),
      });
    } else throw new Error(`no such thing in a scene: ${what}`);
  }
  return {
    ...scene,
    active_s: numbers.active,
    session_active_s: numbers['session-active'],
    idle_s: numbers.idle,
    scroll: numbers.scroll,
  };
}

function verdictWords({ name, rule, detail, arm, subject, exposed }) {
  const words = [name, rule, detail === NONE ? '-' : detail, orDash(arm), orDash(subject)];
  return exposed ? [...words, 'exposed'] : words;
}

function hashOf(host, about) {
  return about === '-' ? NO_HASH : host.hash(new TextEncoder().encode(about));
}

/** Opens the files at hand and says what they hold. */
function open({ host, files }) {
  host.open(files);
  return [
    [
      'items',
      host.itemCount(),
      'slots',
      host.slots().length,
      'categories',
      host.categories().length,
      'brands',
      host.brands().length,
    ],
  ];
}

function fileOf({ host, files }, kind) {
  return kind === 'profile' ? host.profileBytes() : files.get(kind);
}

function refusal(run, kind, mutation) {
  const { host } = run;
  const spoiled = spoil(fileOf(run, kind), mutation);
  if (kind === 'manifest') return host.tryManifest(spoiled);
  if (kind === 'profile') return host.tryProfile(spoiled);
  return host.tryPart(KINDS[kind], spoiled, run.files.get('model'));
}

function orDash(value) {
  return value === undefined || value === null || value === '' ? '-' : value;
}

function known(host, id) {
  const index = host.find(new TextEncoder().encode(id));
  if (index < 0) throw new Error(`no such item: ${id}`);
  return index;
}

/** An item of the profile: its id, or # and its hash if the bundle does not know it. */
function idOf(host, hash) {
  if (hash === NO_HASH) return '-';
  const index = host.findHash(hash);
  return index < 0 ? `#${hash}` : host.item(index).id;
}

function nameOf(names, key) {
  return names.find(({ hash }) => hash === key)?.name ?? `#${key}`;
}

/** What stands on a shelf, and the hash of its bytes. */
function shelfWords(host, bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const item = (at) => idOf(host, view.getBigUint64(at, true).toString(16).padStart(16, '0'));
  const entries = (name, count, from) =>
    Array.from({ length: count }, (_, i) => {
      const at = from + 24 * i;
      return [name, item(at), view.getUint32(at + 16, true), REASONS[bytes[at + 20]], item(at + 8)];
    });
  const cluster = view.getUint16(24, true);
  return [
    ['kind', cluster === 0xffff ? '-' : cluster],
    ...entries('for-you', bytes[6], 32),
    ...entries('again', bytes[7], 1568),
    [xxhash64(bytes).toString(16).padStart(16, '0')],
  ];
}

function itemWords(host, index) {
  const item = host.item(index);
  return [
    index,
    item.id,
    item.hash,
    'popularity',
    item.popularity,
    'price',
    orDash(item.price),
    'list-price',
    orDash(item.list_price),
    'category',
    orDash(host.categories()[item.category]?.name),
    'brand',
    orDash(host.brands()[item.brand]?.name),
    item.listed ? 'listed' : 'unlisted',
    item.in_stock ? 'in-stock' : 'sold-out',
  ];
}

function pickWords(host, { item, score, strategy, reasons }) {
  const category = (index) => host.categories()[index].name;
  const about = { 4: category, 5: (index) => host.brands()[index].name, 10: category };
  const words = reasons.flatMap(({ kind, item: of, points }) => [
    REASONS[kind],
    of === null ? '-' : (about[kind] ?? ((index) => host.item(index).id))(of),
    points,
  ]);
  return [host.item(item).id, score, STRATEGIES[strategy], ...words];
}
