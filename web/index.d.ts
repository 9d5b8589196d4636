/**
 * Sotto in a page: the public interface.
 *
 * Opening is asynchronous, asking is not. Nothing here throws into the page once `start` has been
 * called: what goes wrong is reported to `onError` and the shop's own content stays.
 */

/** What a shopper did. `category_view` names a category, the others an item (or nothing). */
export type EventKind =
  | 'view' | 'click' | 'search' | 'cart_add' | 'cart_remove' | 'checkout' | 'purchase'
  | 'wishlist' | 'category_view' | 'dismiss';

export type Strategy =
  | 'similar' | 'bought-together' | 'for-you' | 'cart-cross-sell' | 'recently-viewed'
  | 'popular' | 'trending' | 'manual' | 'looks-like' | 'buy-again' | 'new' | 'viewed-then-bought';

export interface StartOptions {
  /** Folder that `sotto publish` wrote, default: the folder of the module itself. */
  base?: string | URL;
  /** Ed25519 public key, base64. When given, an unsigned or wrongly signed manifest is refused. */
  key?: string;
  /** Shop id; when given, a manifest of another shop is refused. */
  shop?: string;
  /** What this page is about; can be changed later by `page()`. */
  page?: PageContext;
  /** Told of every failure, once each. Default: nothing. */
  onError?: (error: SottoError) => void;
  /** Fill <sotto-slot> elements, now and when they appear. Default true. */
  slots?: boolean;
  /** Seconds since 1970; default Date.now() / 1000. For tests and replays. */
  now?: () => number;
  /** 64 random bits for a new profile; default crypto.getRandomValues. For tests and replays. */
  seed?: () => bigint;
  /** Where the profile is kept; default IndexedDB with memory as the fallback. For tests. */
  store?: ProfileStore;
}

export interface PageContext {
  /** The shop's ids of the items this page is about, the main one first. */
  items?: string[];
  /** The cart as the shop knows it; without it the cart follows cart_add, cart_remove, purchase. */
  cart?: string[];
  /** What kind of page it is, for campaigns: `product`, `cart`, ... or a word of the shop's own. */
  type?: string;
  /** The category it is about, by its whole path (`Shoes > Boots`), for campaigns. */
  category?: string;
}

/** Starts Sotto. Always resolves; `sotto.ready` tells whether there is a bundle to decide with. */
export function start(options?: StartOptions): Promise<Sotto>;

export interface Sotto {
  /** False if the bundle could not be had: decisions are empty, slots keep the shop's content. */
  readonly ready: boolean;
  readonly consent: Consent;
  readonly profile: Profile;

  /** Sets what the page is about and fills the slots again; what looks the same stays as it is. */
  page(context: PageContext): void;

  /**
   * Tells of an event. Before consent it is kept for this page view alone, in memory, so that a
   * grant on this page loses nothing. It counts at once; in a page's first moments, as soon as the
   * rest of Sotto is loaded. Never throws. Unknown items are remembered too (a later bundle may
   * know them). `quantity` is 1 unless given; of a cart_remove all there is.
   */
  track(kind: EventKind, event?: {
    item?: string; category?: string; quantity?: number;
    /** Of a search: how many products it found. 0 is what the trigger `no_results` waits for. */
    results?: number;
    /** Of a purchase: the code that was used, if it is one of an offer. The offer is not shown again. */
    code?: string;
  }): void;

  /**
   * Answers a slot by its name in the site file. Synchronous. Empty: keep your own content. Once the
   * ranker is loaded, its ranking for the shopper as they are now is part of the answer.
   */
  decide(slot: string, context?: PageContext): Decision;

  /** Fills <sotto-slot> elements below `root` (default document) again. Idempotent. */
  fill(root?: ParentNode): void;

  /** Hears what slots on this page show, and of changes. Returns the function that unsubscribes. */
  on(event: 'decision', listener: (decision: Decision) => void): () => void;
  on(event: 'profile' | 'consent', listener: () => void): () => void;

  /**
   * Segments, campaigns, experiments and offers, once they are loaded, which is after the first decision;
   * undefined if the bundle has none, or they could not be loaded.
   */
  readonly campaigns: Promise<Campaigns | undefined>;

  /** Puts the shop's own content back, removes listeners, closes the store. */
  stop(): void;
}

/** Who is shown what: docs/CAMPAIGNS.md. Nothing here throws into the page. */
export interface Campaigns {
  /** Names of the segments this shopper is in at the moment. */
  segments(): string[];
  /** What the shop knows of a signed-in shopper, as the site file declares it. Used, never kept. */
  account(attributes: Record<string, string | number | boolean>): void;
  /** Something happened that a trigger `event` may wait for. */
  event(name: string): void;
  /** The arm of an experiment that this shopper is in, null if in none. Does not count as exposure. */
  arm(experiment: string): string | null;
  /**
   * The page shows a shopper what their arm says: counts the exposure, if they agreed to `measure`. Answers
   * the arm.
   */
  expose(experiment: string): string | null;
  /** What a bandit, or the shop's own measuring, counts as success, of those who agreed to `measure`. */
  win(experiment: string): void;
  /** The shop's checkout took the code: the offer is not shown again. */
  redeem(offer: string): void;
  /**
   * For those who look after the shop: every campaign of this page, and what became of it. With `ahead`, what
   * would be said so many seconds from now if nothing else happened: nothing is shown or kept of it.
   */
  verdicts(ahead?: number): CampaignVerdict[];
  /** For those who look after the shop: everything the verdicts rest on. Copies, JSON-ready. */
  inspect(): CampaignsInspection;
  /** An arm for this page load, whatever the hash says; null takes it back. Nothing is counted. */
  force(experiment: string, arm: string | null): void;
  /**
   * Has the shop's own function take what shoppers hand off in a form, for a newsletter tool that wants it
   * another way than a form posts it: nothing is posted then. Returns the function that ends it.
   */
  handOff(take: HandOff): () => void;
  on(event: 'segments', listener: (names: string[]) => void): () => void;
  on(event: 'campaign', listener: (news: {
    campaign: string; what: 'shown' | 'removed' | 'dismissed' | 'clicked' | 'answered' | 'sent';
  }) => void): () => void;
  on(event: 'exposure', listener: (exposure: { experiment: string; arm: string }) => void):
    () => void;
  /** Every look at the campaigns of this page: after an event, a signal, an alarm. */
  on(event: 'look', listener: () => void): () => void;
}

/**
 * Takes a form that the shopper sent. What it answers, or what a promise of it resolves to, is what the
 * block says: `false`, a Response that is not `ok`, or a rejection, that it did not work; all else that it did.
 */
export type HandOff = (form: HandOffForm) => unknown;

/** What a form shows, and nothing else. */
export interface HandOffForm {
  /** The hand-off, and where it goes, as the site file names them. */
  name: string;
  address: string;
  campaign: string;
  /** The fields that the shopper saw, by name: `email`, and `item` with the ids of the products that are ticked. */
  values: Record<string, string[]>;
}

export interface CampaignsInspection {
  segments: { name: string; in: boolean }[];
  experiments: {
    name: string; arm: string | null; forced: boolean;
    arms: { name: string; weight: number; tries: number; wins: number }[];
  }[];
  offers: { name: string; kind: string; given: string | null; redeemed: string | null }[];
  /** What the ledger knows of each campaign; times in ISO 8601. */
  ledger: {
    campaign: string; ever: number; session: number; day: number; clicked: number;
    shownAt: string | null; dismissedAt: string | null;
  }[];
  /** What the page knows of this moment, by the names of docs/EXPRESSIONS.md where it has them. */
  scene: Record<string, string | number | boolean>;
  /** When the next look is due by time alone, seconds since 1970; null if it is not. */
  next: number | null;
}

export interface CampaignVerdict {
  campaign: string;
  block: BlockKind;
  place: string;
  /** 'shown', or the first rule that said no: docs/CAMPAIGNS.md section 5. */
  rule: 'shown' | 'dates' | 'consent' | 'holdout' | 'when' | 'trigger' | 'offer' | 'experiment' | 'hours'
    | 'pause' | 'cap-session' | 'cap-day' | 'cap-ever' | 'place-cap' | 'items' | 'quiet' | 'ceiling'
    | 'group' | 'place';
  /** In words, with the time, the arm or the other campaign it is about. */
  text: string;
  /** Seconds since 1970 at which that may change by time alone; null if it does not. */
  until: number | null;
  /** The arm of its experiment, the item it is about. */
  arm: string | null;
  subject: string | null;
}

export type BlockKind = 'carousel' | 'grid' | 'hero' | 'inline' | 'popup' | 'slide-in' | 'bar'
  | 'shipping-bar' | 'countdown' | 'proof' | 'cart-reminder' | 'recent' | 'quiz';

/** What a block has to show: what the shop's own `<template>` can bind as well. */
export interface CampaignView {
  campaign: string;
  block: BlockKind;
  place: string;
  /** Texts with their variables filled in; '' where the campaign says nothing. */
  heading: string; text: string; button: string; url: string; image: string; alt: string;
  close: string; notice: string; thanks: string; tone: string; template: string;
  question: string; options: string[];
  items: DecidedItem[];
  /** The product it is about. */
  subject: DecidedItem | null;
  offer: {
    name: string; kind: 'code' | 'vouchers' | 'free-shipping' | 'bundle' | 'early-access';
    code: string; label: string; threshold: number;
    /** Free shipping: minor units that are missing, 0 if it is reached. */
    missing: number; missingText: string; thresholdText: string;
  } | null;
  /** The published end of the campaign or its offer, seconds since 1970; null if it has none. */
  ends: number | null;
  handOff: { name: string; address: string } | null;
  arm: string | null;
}

/**
 * <sotto-place name="home-top">the shop's own content</sotto-place>: where campaigns that are not over the
 * page are shown. What stands inside stays until there is a campaign, and comes back after it.
 */
export interface SottoPlaceElement extends HTMLElement {
  readonly campaign: string | null;
  readonly state: 'shop' | 'sotto';
}

export interface Decision {
  slot: string;
  heading: string;
  items: DecidedItem[];
}

export interface DecidedItem {
  id: string;
  title: string;
  /** Only http(s) and same-scheme relative addresses; anything else is ''. */
  url: string;
  /** '' as well with pictures inside the bundle: see `data-sotto-picture` in docs/API.md. */
  image: string;
  /** In minor units (cents), null if unknown. `priceText` has it in the shop's currency, locale. */
  price: number | null;
  priceText: string;
  listPrice: number | null;
  listPriceText: string;
  category: string;
  brand: string;
  inStock: boolean;
  attributes: Record<string, string>;
  /** Q16, as the core gave it: for tests and curiosity, not for shoppers. */
  score: number;
  strategy: Strategy;
  reasons: Reason[];
}

export interface Reason {
  kind: 'viewed' | 'together' | 'seen' | 'category' | 'brand' | 'popular' | 'trending' | 'pinned'
    | 'manual' | 'category-top' | 'viewed-then-bought' | 'looks-like' | 'new' | 'bought-before';
  /** The item, category or brand it rests on, by id or name; '' if none. */
  about: string;
  /** The title of that item where there is one. */
  title: string;
  points: number;
  /** A sentence for the shopper, in the page's language where it is known (English, German). */
  text: string;
}

/**
 * What a shopper can agree to. `store` without `personalise` keeps nothing: there is no use for it.
 * `measure` is about experiments: who saw which arm, and what came of it.
 */
export type Purpose = 'store' | 'personalise' | 'measure';

/**
 * What the shopper agreed to. Every method has the page do it, at once if the rest of Sotto is loaded;
 * none throws. `state` follows from the purposes: `remembered` takes store and personalise, `session`
 * personalise alone. docs/API.md has the whole machine.
 */
export interface Consent {
  /**
   * 'none': nothing beyond this page view. 'session': in memory. 'remembered': on the device. A page that
   * finds an erase which was cut short has 'none' until it has gone about it; `consent` tells.
   */
  readonly state: 'none' | 'session' | 'remembered';
  /**
   * The shopper said yes, to the shop itself or in the privacy centre. Resolves when it is on the device
   * (or when memory had to do). `policy` names the text they saw, for the receipt.
   */
  grant(what?: 'session' | 'remembered' | Partial<Record<Purpose, boolean>>, policy?: string):
    Promise<void>;
  /** The shopper said no. What is kept is erased, and that they said no is remembered for 180 days. */
  refuse(): Promise<void>;
  /**
   * Takes a yes back, or one purpose of it; erases at once what it was kept for. Resolves when nothing is
   * left. It stands until the shopper says yes again, whatever a consent platform goes on saying.
   */
  withdraw(purpose?: Purpose): Promise<void>;
  /** Nothing is used and nothing is added until `resume`; what is kept stays as it is. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  details(): Promise<ConsentDetails | undefined>;
  /** What was agreed and taken back on this device, newest first; 16 at most, 395 days at most. */
  receipts(): Promise<ConsentReceipt[] | undefined>;
}

export interface ConsentDetails {
  /**
   * 'unasked': the shop may ask. 'waiting': its consent platform has not said yet, or is asking.
   * 'paused': by the shopper. 'refused': do not ask again before `until`.
   */
  answer: 'unasked' | 'waiting' | 'granted' | 'paused' | 'refused';
  purposes: Record<Purpose, boolean>;
  /** Whose word it is, by its name in the site file. */
  source: ConsentSource | 'shopper' | 'gpc';
  /** Global Privacy Control is on: the answer is no, whatever else was said. */
  gpc: boolean;
  /** ISO 8601; null where nothing was said. After `until` it counts no longer. */
  since: string | null;
  until: string | null;
  policy: string;
}

export type ConsentSource =
  | 'api' | 'tcf' | 'google' | 'shopify' | 'onetrust' | 'cookiebot' | 'usercentrics' | 'didomi';

export interface ConsentReceipt {
  at: string;
  what: 'granted' | 'changed' | 'refused' | 'withdrawn' | 'erased' | 'paused' | 'resumed' | 'expired';
  purposes: Record<Purpose, boolean>;
  source: ConsentDetails['source'];
  gpc: boolean;
  policy: string;
}

export interface Profile {
  /**
   * Everything that is kept, in words: JSON-ready, documented in docs/API.md. Undefined if the code
   * for it, which is loaded after the first decision, could not be loaded; `onError` has heard of it.
   */
  export(): Promise<ProfileExport | undefined>;
  /**
   * Takes over an exported profile, as text or as the object, in place of what is kept. Answers whether it
   * was one of this shop that could be read; otherwise everything is as it was. Needs consent.
   */
  import(exported: string | object): Promise<boolean | undefined>;
  /** Forgets everything but the consent itself. Resolves when nothing is left. */
  erase(): Promise<void>;
  /**
   * Forgets one item by the shop's id (or the `hash:` that `export` has). With a kind, only what the
   * shopper did of that kind: `forgetItem(id, 'dismiss')` takes a "not this" back.
   */
  forgetItem(item: string, kind?: EventKind): Promise<void>;
  /**
   * Forgets one interest, by its name as `export` has it (or the `hash:` it has there); of kind
   * 'answer' everything that was answered to the question of that name.
   */
  forgetInterest(kind: 'category' | 'brand' | 'answer', name: string): Promise<void>;
  /** Why this page shows an item to this shopper; undefined if the bundle does not know it. */
  explain(item: string): Promise<Explanation | undefined>;
  /**
   * What the shop's own order history says of a signed-in shopper, for a profile that the browser has
   * forgotten. Orders that are in the profile already are passed over. Needs consent. Answers how many
   * purchases were new.
   */
  reseed(orders: { item: string; quantity?: number; at: string | number }[]):
    Promise<number | undefined>;
}

export interface Explanation {
  item: string;
  title: string;
  /** Slots of this page that show it now. */
  slots: string[];
  /** As the decisions of this page had them, best first; sentences for the shopper. */
  reasons: Reason[];
  /** What the shopper did with it, newest first. */
  events: ProfileExport['events'];
}

export interface ProfileExport {
  format: 'sotto-profile';
  version: 1;
  shop: string;
  consent: 'none' | 'session' | 'remembered';
  stored: 'nowhere' | 'memory' | 'device';
  /** Whether what is on the device is encrypted with a key that scripts can use and not read. */
  encrypted: boolean;
  createdAt: string | null;
  updatedAt: string | null;
  sessions: number;
  events: { kind: EventKind; item: string; title: string; at: string; quantity: number }[];
  cart: { item: string; title: string; quantity: number; at: string }[];
  purchases: { item: string; title: string; times: number; quantity: number; lastAt: string }[];
  interests: { kind: 'category' | 'brand'; name: string; strength: number; at: string }[];
  /** What campaigns did; all of these are empty where the shop plans none. */
  campaigns: {
    campaign: string; times: number; clicks: number; shownAt: string | null;
    dismissedAt: string | null;
  }[];
  offers: { offer: string; givenAt: string | null; redeemedAt: string | null }[];
  experiments: { experiment: string; arm: string; since: string | null; wins: number }[];
  /** `answer` is '' where it is only known that the question was answered. */
  answers: { question: string; answer: string; at: string }[];
  /** How long a product was really looked at. */
  attention: { item: string; title: string; seconds: number; at: string }[];
  /** What it cost (minor units), and whether it was there, when it was last looked at. */
  watched: { item: string; title: string; price: number | null; inStock: boolean; at: string }[];
  receipts: ConsentReceipt[];
  /** The saved block itself, base64: docs/FORMAT.md section 7. */
  block: string;
  /** What campaigns did, base64: docs/FORMAT.md section 9; '' if there is nothing. */
  ledger: string;
}

/**
 * Where profile bytes live: a block of docs/FORMAT.md section 7, with or without the shelf of section
 * 8 behind it. Implementations never reject: they answer null or false.
 */
export interface ProfileStore {
  readonly kind: 'device' | 'memory';
  /** Whether what it keeps is encrypted. */
  readonly encrypted?: boolean;
  /** The saved block, null if there is none, and the generation to save it back with (never 0). */
  load(): Promise<{ block: Uint8Array | null; generation: number }>;
  /** Saves if the generation is still `generation`; answers the new one, null if it lost the race. */
  save(block: Uint8Array, generation: number): Promise<number | null>;
  /** Removes everything; resolves when it is gone, with false if that could not be done. */
  erase(): Promise<boolean>;
  close(): void;
}

/** A status of the core, or a failure of the page's own, with where it happened. */
export class SottoError extends Error {
  /** A pinned name such as 'truncated', 'network' or 'signature': the table in docs/API.md. */
  readonly code: string;
  /** The file it is about, '' if none. */
  readonly file: string;
  /** Byte offset in that file, -1 if none. */
  readonly offset: number;
}

/**
 * <sotto-slot name="home-for-you">
 *   <template> ... one item ... </template>
 *   the shop's own content
 * </sotto-slot>
 *
 * The template is cloned once per item. In it, `data-sotto` binds: a list of `target:value`
 * separated by spaces, where target is `text` or one of the attributes href, src, alt, title,
 * value, datetime, aria-label, data-*, and value is a key of DecidedItem, `reason` (the first
 * reason's text) or `attributes.NAME`. `hidden-unless:KEY` hides an element whose value is empty.
 * Everything goes in as text; addresses pass an allow-list. An element with `data-sotto-heading`
 * inside the slot gets the heading. An element with `data-sotto-items` inside the slot takes the
 * items; otherwise they take the place of the shop's content.
 */
export interface SottoSlotElement extends HTMLElement {
  readonly decision: Decision | null;
  /** 'shop' while the shop's own content shows, 'sotto' once filled (also as attribute `state`). */
  readonly state: 'shop' | 'sotto';
}

/** A campaign as it is drawn. What a template of the shop's makes of it stands inside. */
export interface SottoBlockElement extends HTMLElement {
  /** The products it is about and shows; `slot` is the campaign's name. */
  decision: Decision | null;
}

/**
 * <sotto-privacy level="3" lang="de">, of privacy.js: the shopper's page. Empty until there is a Sotto:
 * the page's, one handed over by `use(sotto)` of the same file, or the property.
 */
export interface SottoPrivacyElement extends HTMLElement {
  sotto: Sotto | Promise<Sotto> | undefined;
  /** Other words for what it says; the names are in web/privacy/texts-en.js. */
  texts: Record<string, string | Partial<Record<Intl.LDMLPluralRule, string>>>;
}

/**
 * <sotto-why item="SKU-1">, of why.js: a button that answers "why this?" and takes a "not this". Without
 * `item` it is about the closest `data-item`. `compact` makes it a small round button; `centre` is the
 * address of the page with the privacy centre.
 */
export interface SottoWhyElement extends HTMLElement {
  sotto: Sotto | Promise<Sotto> | undefined;
  texts: Record<string, string | Partial<Record<Intl.LDMLPluralRule, string>>>;
}

/** What `document.querySelector('sotto-slot')` is, and its like. */
declare global {
  interface HTMLElementTagNameMap {
    'sotto-slot': SottoSlotElement;
    'sotto-place': SottoPlaceElement;
    'sotto-block': SottoBlockElement;
    'sotto-privacy': SottoPrivacyElement;
    'sotto-why': SottoWhyElement;
  }
}
