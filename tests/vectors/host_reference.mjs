/**
 * host_reference.mjs - a host over the second reader: slow, obvious, written from the documents
 * alone
 *
 * What the vector files say is right because this host says the same. It shares no code with the
 * core.
 */
import { readManifest } from '../reference/manifest.mjs';
import { bytesOf, faded, fold, forgetItem, newProfile } from '../reference/fold.mjs';
import { openBundle } from '../reference/bundle.mjs';
import { readCatalogue } from '../reference/catalogue.mjs';
import { decide } from '../reference/decide.mjs';
import { RELATIONS } from '../reference/links.mjs';
import { rankBasket } from '../reference/basket.mjs';
import { openRanker } from '../reference/ranker.mjs';
import { rankWith } from '../reference/rerank.mjs';
import { shelve } from '../reference/shelf.mjs';
import { readCampaigns } from '../reference/campaigns.mjs';
import { arbitrate } from '../reference/arbiter.mjs';
import { bytesOfLedger, foldLedger, newLedger } from '../reference/ledger.mjs';
import { readPlan } from '../reference/plan.mjs';
import { evaluate, Moment, segmentsOf } from '../reference/expressions.mjs';
import { emptyLedger } from '../reference/ledger_bytes.mjs';
import { readModel } from '../reference/model.mjs';
import { readProfile } from '../reference/profile.mjs';
import { refusal } from '../reference/read.mjs';
import { hash, xxhash64 } from '../reference/xxhash64.mjs';
import { hex64 } from '../reference/bytes.mjs';
import { STATUSES } from './script.mjs';

export function openReferenceHost() {
  let files = new Map();
  let bundle = openBundle({});
  let model = null;
  let ranker = null;
  let profile = null;
  let shelf = null;
  let plan = null;
  let ledger = null;
  let scene = null;
  /** A ledger that events are folded into, and the shopper's clock. */
  let live = null;
  let offset_min = 0;

  const numbered = ({ status, offset }) => ({
    status: STATUSES.indexOf(status.replace(' ', '-')),
    offset,
  });
  const newest = (list) => [...list].reverse();
  const moment = () => new Moment(bundle, plan, profile, profile && ledger, scene, ranker);

  return {
    open(given) {
      files = given;
      model = files.has('model') ? readModel(files.get('model')).content : null;
      bundle = openBundle(Object.fromEntries(files));
      ranker = files.has('ranker') ? openRanker(files.get('ranker'), model) : null;
      plan = files.has('campaigns') ? readPlan(files.get('campaigns')) : null;
    },
    tryManifest: (bytes) => numbered(refusal(readManifest, bytes)),
    tryProfile: (bytes) => numbered(refusal(readProfile, bytes)),
    tryPart(kind, bytes) {
      const read = [
        null,
        readModel,
        (spoiled) => readCatalogue(spoiled, [], model),
        readCampaigns,
        (spoiled) => openRanker(spoiled, model),
      ][kind];
      return numbered(refusal(read, bytes));
    },
    manifest() {
      const all = readManifest(files.get('manifest'));
      return {
        sequence: all.sequence,
        created: all.created_s,
        expires: all.expires_s,
        shop: all.shop,
        identity: all.identity,
        signed: all.signed_size,
        signature: all.signature ?? '-',
        key: all.key_id ?? '-',
        parts: all.parts,
      };
    },
    site: () => bundle.site,
    slots: () => bundle.slots,
    categories: () => bundle.categories,
    brands: () => bundle.brands,
    itemCount: () => bundle.items.length,
    hash: (bytes) => hex64(xxhash64(bytes)),
    find: (id) => bundle.find(hex64(hash(id))),
    findHash: (hex) => bundle.find(hex),
    item: (index) => bundle.items[index],
    templates: () => bundle.templates,
    links: (relation, index) => bundle.items[index][RELATIONS[relation - 1][1]],
    rank: (session, count) => rankWith(bundle, ranker, session, count),
    rankBasket: (baskets, now_s, count) => rankBasket(ranker?.basket, baskets, now_s, count),
    shelve(now_s, sequence) {
      if (!ranker || !profile) return null;
      shelf = shelve(bundle, ranker, profile, now_s, sequence);
      return shelf;
    },

    profileInit(seed, now_s) {
      profile = newProfile(seed, now_s);
      ledger = emptyLedger();
      live = null;
      shelf = null;
    },
    profileDrop() {
      profile = null;
      ledger = null;
      live = null;
      shelf = null;
    },
    track(kind, item, quantity, time_s) {
      if (profile) fold(profile, bundle, { kind, item, quantity, time_s });
    },
    forget(item) {
      shelf = null;
      return forgetItem(profile, item);
    },
    profileBytes: () => bytesOf(profile),
    summary: () => ({
      seed: profile.seed,
      created: profile.created_s,
      updated: profile.updated_s,
      session_start: profile.session_start_s,
      sessions: profile.session_count,
      event_total: profile.event_total,
      events: profile.events.length,
      cart: profile.cart.length,
      purchases: profile.purchases.length,
      categories: profile.categories.length,
      brands: profile.brands.length,
    }),
    events: () => newest(profile.events),
    cart: () => newest(profile.cart),
    purchases: () => newest(profile.purchases),
    interests(what, now_s) {
      const list = what === 'category' ? profile.categories : profile.brands;
      const { interest_half_life_s } = bundle.site;
      return newest(list).map((one) => ({
        ...one,
        value: faded(one, now_s, interest_half_life_s),
      }));
    },
    setLedger(given) {
      ledger = given;
    },
    setScene(given) {
      scene = given;
    },
    newLedger(offset) {
      live = newLedger(profile, bundle);
      offset_min = offset;
    },
    foldLedger(kind, item, quantity, time_s) {
      if (live) foldLedger(live, plan, bundle, profile, { kind, item, quantity, time_s }, offset_min);
    },
    ledgerBytes: () => bytesOfLedger(live),
    look(showing) {
      const asked = { bundle, plan, profile: live && profile, ledger: live, scene, ranker, showing };
      const { list, ...next } = arbitrate({ ...asked, scene: { ...scene, shelf } });
      return { list: list.map((one) => ({ ...one, subject: one.subject?.id ?? null })), ...next };
    },
    program: (bytes) => evaluate(bytes, moment()),
    segments() {
      const found = segmentsOf(moment());
      const named = plan.segments.filter(({ name }) => name !== 0);
      return named.map(({ name }, i) => [plan.strings[name], found[i]]);
    },
    decide(slot_name, page, cart, now_s) {
      const slot = bundle.slots.find(({ name }) => name === slot_name);
      if (!slot) return { status: STATUSES.indexOf('no-slot'), picks: [] };
      return { status: 0, picks: decide(bundle, profile, { page, cart, now_s, shelf }, slot) };
    },
  };
}
