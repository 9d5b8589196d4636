/**
 * consent.test.mjs - the machine: every transition, and what no sequence of inputs may lead to
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { begin, keepsDevice, NOTHING, recordOf, REST_S, step, tierOf, YES_S } from '../../web/later/consent.js';
import { openReceipts } from '../../web/later/receipts.js';
import { gpcOn, openRecord } from '../../web/later/record.js';
import { openBrowser } from './support/page.mjs';

const NOW = 1_800_000_000;
const DAY_S = 86400;
const API = { source: 'api', eachPage: false, policy: '1' };
const PLATFORM = { source: 'tcf', eachPage: false, policy: '1' };
const EACH = { ...PLATFORM, eachPage: true };
const ALL = { store: true, personalise: true, measure: true };
const BOTH = { store: true, personalise: true, measure: false };
const SESSION = { store: false, personalise: true, measure: false };

const empty = { kind: 'look', record: null, verdict: null, gpc: false };
const yes = (purposes = BOTH, fresh = false) => ({ kind: 'answer', purposes, fresh });
const no = (fresh = false) => yes(NOTHING, fresh);
const grant = (purposes = BOTH, policy) => ({ kind: 'grant', purposes, policy });
const [refuse, withdraw, pause, resume, asking, silent] =
  ['refuse', 'withdraw', 'pause', 'resume', 'asking', 'silent'].map((kind) => ({ kind }));
const gpc = { ...empty, gpc: true };

/** The state after some inputs, one second apart. */
function after(settings, inputs, look = empty) {
  let { state } = begin(look, NOW, settings);
  inputs.forEach((input, i) => {
    ({ state } = step(state, input, NOW + i, settings));
  });
  return state;
}

const STARTS = {
  'api unasked': [API, []],
  'api granted': [API, [grant()]],
  'api session': [API, [grant(SESSION)]],
  'api paused': [API, [grant(), pause]],
  'api refused': [API, [refuse]],
  'P waiting': [PLATFORM, []],
  'P granted': [PLATFORM, [yes()]],
  'P asking again': [PLATFORM, [yes(), asking]],
  'P silent': [PLATFORM, [yes(), silent]],
  'P new and silent': [PLATFORM, [silent]],
  'P paused': [PLATFORM, [yes(), pause]],
  'P refused by it': [PLATFORM, [no()]],
  'P taken back here': [PLATFORM, [yes(), withdraw]],
  'P GPC': [PLATFORM, [yes(), gpc]],
};
const INPUTS = {
  grant: grant(), 'grant more': grant(ALL), 'grant session': grant(SESSION), 'grant nothing': grant(NOTHING),
  refuse, withdraw,
  'withdraw measure': { kind: 'withdraw', purpose: 'measure' },
  'withdraw store': { kind: 'withdraw', purpose: 'store' },
  'withdraw personalise': { kind: 'withdraw', purpose: 'personalise' },
  pause, resume, asking, silent, yes: yes(), 'yes fresh': yes(BOTH, true), 'yes to all': yes(ALL),
  'yes, not store': yes(SESSION), no: no(), 'no fresh': no(true), gpc,
};

/**
 * What becomes of each start: the answer, the tier where it is not none, and the receipt. Inputs that are
 * not named change nothing.
 */
const TABLE = {
  'api unasked': {
    grant: 'granted remembered +granted', 'grant more': 'granted remembered +granted',
    'grant session': 'granted session +granted', refuse: 'refused +refused', gpc: 'refused',
  },
  'api granted': {
    'grant more': 'granted remembered +changed', 'grant session': 'granted session +changed',
    'grant nothing': 'refused +withdrawn',
    refuse: 'refused +withdrawn', withdraw: 'refused +withdrawn', pause: 'paused +paused',
    'withdraw store': 'granted session +changed', 'withdraw personalise': 'granted +changed',
    gpc: 'refused +withdrawn',
  },
  'api session': {
    grant: 'granted remembered +changed', 'grant more': 'granted remembered +changed',
    'grant nothing': 'refused +withdrawn', refuse: 'refused +withdrawn', withdraw: 'refused +withdrawn',
    'withdraw personalise': 'refused +withdrawn', pause: 'paused +paused', gpc: 'refused +withdrawn',
  },
  'api paused': {
    grant: 'granted remembered +resumed', 'grant more': 'granted remembered +changed',
    'grant session': 'granted session +changed', 'grant nothing': 'refused +withdrawn',
    refuse: 'refused +withdrawn', withdraw: 'refused +withdrawn', 'withdraw store': 'paused +changed',
    'withdraw personalise': 'paused +changed', resume: 'granted remembered +resumed',
    gpc: 'refused +withdrawn',
  },
  'api refused': {
    grant: 'granted remembered +granted', 'grant more': 'granted remembered +granted',
    'grant session': 'granted session +granted', gpc: 'refused',
  },
  'P waiting': {
    refuse: 'refused +refused', withdraw: 'refused +withdrawn', asking: 'waiting', silent: 'waiting',
    yes: 'granted remembered +granted', 'yes fresh': 'granted remembered +granted',
    'yes to all': 'granted remembered +granted', 'yes, not store': 'granted session +granted',
    no: 'refused', 'no fresh': 'refused +refused', gpc: 'refused',
  },
  'P granted': {
    refuse: 'refused +withdrawn', withdraw: 'refused +withdrawn', pause: 'paused +paused',
    'withdraw store': 'granted session +changed', 'withdraw personalise': 'granted +changed',
    asking: 'waiting', silent: 'waiting', 'yes to all': 'granted remembered +changed',
    'yes, not store': 'granted session +changed', yes: 'granted remembered',
    'yes fresh': 'granted remembered', no: 'refused +withdrawn', 'no fresh': 'refused +withdrawn',
    gpc: 'refused +withdrawn',
  },
  'P asking again': {
    refuse: 'refused +withdrawn', withdraw: 'refused +withdrawn', pause: 'paused +paused',
    'withdraw store': 'waiting +changed', 'withdraw personalise': 'waiting +changed',
    silent: 'waiting', yes: 'granted remembered', 'yes fresh': 'granted remembered',
    'yes to all': 'granted remembered +changed', 'yes, not store': 'granted session +changed',
    no: 'refused +withdrawn', 'no fresh': 'refused +withdrawn', gpc: 'refused +withdrawn',
  },
  'P silent': {
    refuse: 'refused +withdrawn', withdraw: 'refused +withdrawn', pause: 'paused +paused',
    'withdraw store': 'waiting +changed', 'withdraw personalise': 'waiting +changed',
    asking: 'waiting', 'yes fresh': 'granted remembered', 'yes, not store': 'waiting +changed',
    no: 'refused +withdrawn', 'no fresh': 'refused +withdrawn', gpc: 'refused +withdrawn',
  },
  'P new and silent': {
    refuse: 'refused +refused', withdraw: 'refused +withdrawn', asking: 'waiting',
    'yes fresh': 'granted remembered +granted', no: 'refused', 'no fresh': 'refused +refused', gpc: 'refused',
  },
  'P paused': {
    refuse: 'refused +withdrawn', withdraw: 'refused +withdrawn', 'withdraw store': 'paused +changed',
    'withdraw personalise': 'paused +changed', resume: 'granted remembered +resumed',
    silent: 'paused', yes: 'paused', 'yes fresh': 'paused', 'yes to all': 'paused +changed',
    'yes, not store': 'paused +changed', no: 'refused +withdrawn', 'no fresh': 'refused +withdrawn',
    gpc: 'refused +withdrawn',
  },
  'P refused by it': {
    refuse: 'refused +refused', withdraw: 'refused +withdrawn', asking: 'waiting',
    yes: 'granted remembered +granted',
    'yes fresh': 'granted remembered +granted', 'yes to all': 'granted remembered +granted',
    'yes, not store': 'granted session +granted', gpc: 'refused',
  },
  'P taken back here': { 'yes fresh': 'granted remembered +granted', gpc: 'refused' },
  'P GPC': { refuse: 'refused +refused', withdraw: 'refused +withdrawn' },
};

for (const [name, [settings, inputs]] of Object.entries(STARTS)) {
  test(`every input to: ${name}`, () => {
    const start = after(settings, inputs);
    const before = `${start.answer} ${tierOf(start)}`;
    for (const [called, input] of Object.entries(INPUTS)) {
      const { state, receipt } = step(start, input, NOW + 100, settings);
      const tier = tierOf(state) === 'none' ? '' : ` ${tierOf(state)}`;
      const became = `${state.answer}${tier}${receipt ? ` +${receipt.what}` : ''}`;
      const expected = TABLE[name][called] ?? before.replace(' none', '');
      assert.equal(became, expected, `${name}, ${called}`);
      if (receipt) assert.deepEqual(receipt.purposes, state.purposes, `${name}, ${called}`);
      assert.ok(state.answer !== 'refused' || !keepsDevice(state));
    }
  });
}

test('a yes counts for 395 days, and until 180 without a visit', () => {
  let look = empty;
  let now_s = NOW;
  let { state } = step(after(API, []), grant(), now_s, API);
  assert.equal(state.until_s, NOW + REST_S);
  for (let visits = 0; ; visits++) {
    look = { ...empty, record: { erased: 0, ...recordOf(state, API) } };
    now_s += 100 * DAY_S;
    const next = begin(look, now_s, API);
    if (next.receipt) {
      assert.equal(next.receipt.what, 'expired');
      assert.equal(visits, 3, 'at 100, 200 and 300 days it counted');
      assert.deepEqual([next.state.answer, keepsDevice(next.state)], ['unasked', false]);
      break;
    }
    ({ state } = next);
    assert.equal(state.until_s, Math.min(now_s + REST_S, NOW + YES_S));
  }
  const rested = { ...empty, record: { erased: 0, ...recordOf(after(API, [grant()]), API) } };
  assert.equal(begin(rested, NOW + REST_S - 1, API).state.answer, 'granted');
  assert.equal(begin(rested, NOW + REST_S, API).receipt.what, 'expired');
});

test('a refusal is remembered for 180 days, written down or not', () => {
  const refused = after(API, [grant(), refuse]);
  const record = { erased: 0, ...recordOf(refused, API) };
  assert.equal(record.tier, 'refused');
  assert.equal(begin({ ...empty, record }, NOW + REST_S - 1, API).state.answer, 'refused');
  assert.equal(begin({ ...empty, record }, NOW + REST_S + 1, API).state.answer, 'unasked');
  const start = after(API, [grant()]);
  const { state, receipt } = step(start, withdraw, NOW, API);
  assert.equal(recordOf(state, API), null);
  const next = begin({ ...empty, verdict: receipt }, NOW + REST_S - 1, API).state;
  assert.deepEqual([next.answer, next.source, next.until_s], ['refused', 'shopper', NOW + REST_S]);
  assert.equal(begin({ ...empty, verdict: receipt }, NOW + REST_S, API).state.answer, 'unasked');
});

test('what the shopper took back stands on later pages, until a fresh choice', () => {
  const { receipt } = step(after(PLATFORM, [yes()]), withdraw, NOW, PLATFORM);
  const page = begin({ ...empty, verdict: receipt }, NOW + 300 * DAY_S, PLATFORM).state;
  assert.equal(step(page, yes(ALL), NOW, PLATFORM).state.answer, 'waiting');
  assert.equal(step(page, yes(BOTH, true), NOW, PLATFORM).state.answer, 'granted');

  const part = step(after(PLATFORM, [yes(ALL)]), { kind: 'withdraw', purpose: 'store' }, NOW, PLATFORM);
  assert.equal(part.receipt.source, 'shopper');
  const next = begin({ ...empty, verdict: part.receipt }, NOW + DAY_S, PLATFORM).state;
  assert.equal(tierOf(step(next, yes(ALL), NOW, PLATFORM).state), 'session', 'and no more than that');
  assert.equal(tierOf(step(next, yes(ALL, true), NOW, PLATFORM).state), 'remembered');
});

test('a platform’s old no takes nothing from the shopper’s own, and a fresh one takes its place', () => {
  const own = after(PLATFORM, [yes(), refuse]);
  const old = step(own, no(), NOW + 5, PLATFORM).state;
  assert.deepEqual([old.source, old.until_s, old.noted], ['shopper', own.until_s, true]);
  assert.equal(recordOf(old, PLATFORM).tier, 'refused', 'it is remembered as before');
  const fresh = step(own, no(true), NOW + 5, PLATFORM).state;
  assert.deepEqual([fresh.source, fresh.until_s], ['tcf', null]);
  const its = step(after(PLATFORM, [no()]), no(), NOW + 5, PLATFORM).state;
  assert.deepEqual([its.source, its.since_s], ['tcf', NOW + 5]);
});

test('a change of policy ends a yes, and a platform\'s standing yes with it', () => {
  for (const settings of [API, PLATFORM]) {
    const given = settings === API ? grant() : yes();
    const record = { erased: 0, ...recordOf(after(settings, [given]), settings) };
    const later = { ...settings, policy: '2' };
    const { state, receipt } = begin({ ...empty, record }, NOW + 1, later);
    assert.equal(receipt.what, 'expired');
    assert.equal(keepsDevice(state), false);
    if (settings === PLATFORM) {
      assert.equal(tierOf(step(state, yes(), NOW, later).state), 'none');
      assert.equal(tierOf(step(state, yes(BOTH, true), NOW, later).state), 'remembered');
    }
    assert.equal(begin({ ...empty, record }, NOW + 1, { ...settings, policy: undefined }).receipt, null);
  }
  const shown = after(API, [grant(BOTH, 'summer')]);
  assert.deepEqual([shown.policy, recordOf(shown, API).under], ['summer', '1']);
  const record = { erased: 0, ...recordOf(shown, API) };
  assert.equal(begin({ ...empty, record }, NOW + 1, API).state.policy, 'summer');
});

test('a receipt says by whose word, and to which text', () => {
  const granted = after(API, [grant(BOTH, 'summer')]);
  const told = (state, input, settings = API) => step(state, input, NOW + 9, settings).receipt;
  assert.equal(told(granted, grant(BOTH, 'summer')), null, 'the same once more is no news');
  const other = told(granted, grant(BOTH, 'winter'));
  assert.deepEqual([other.what, other.policy, other.source], ['changed', 'winter', 'api'], 'another text is');
  assert.equal(told(granted, grant(ALL)).policy, '1', 'who says no text has shown the site’s');
  for (const [settings, given] of [[API, grant()], [PLATFORM, yes()]]) {
    const start = after(settings, [given]);
    const paused = step(start, pause, NOW, settings);
    assert.deepEqual([paused.receipt.source, told(paused.state, resume, settings).source], ['shopper', 'shopper']);
  }
  const standing = after(PLATFORM, [yes()]);
  const moved = { ...PLATFORM, policy: undefined };
  assert.equal(step(standing, yes(ALL), NOW, moved).state.policy, '1', 'a standing yes stays with its text');
  assert.equal(step(standing, yes(ALL, true), NOW, { ...PLATFORM, policy: '2' }).state.policy, '2');
});

test('asked on each page, nothing counts before the answer, and the device says "waiting"', () => {
  const granted = after(EACH, [yes()]);
  const record = { erased: 0, ...recordOf(granted, EACH) };
  assert.equal(record.tier, 'waiting');
  const { state } = begin({ ...empty, record }, NOW + 10, EACH);
  assert.deepEqual([state.answer, tierOf(state), keepsDevice(state)], ['waiting', 'none', true]);
  assert.equal(step(state, yes(), NOW + 11, EACH).receipt, null);
  assert.equal(tierOf(step(state, yes(), NOW + 11, EACH).state), 'remembered');
  assert.equal(step(granted, { ...empty, record }, NOW + 11, EACH).state.answer, 'granted', 'here it was given');
  const was = { ...empty, record: { ...record, tier: 'remembered' } };
  assert.equal(begin(was, NOW, EACH).state.answer, 'waiting');
  const api = { ...API, eachPage: true };
  const asked = begin({ ...empty, record: { ...record, source: 'api' } }, NOW, api).state;
  assert.equal(asked.answer, 'waiting');
  const { state: again, receipt } = step(asked, grant(), NOW + 1, api);
  assert.deepEqual([tierOf(again), receipt, again.since_s], ['remembered', null, record.since]);
});

test('a yes through another source counts no longer', () => {
  const byPlatform = { erased: 0, ...recordOf(after(PLATFORM, [yes()]), PLATFORM) };
  assert.equal(begin({ ...empty, record: byPlatform }, NOW, API).receipt.what, 'expired');
  const byShop = { erased: 0, ...recordOf(after(API, [grant()]), API) };
  const moved = begin({ ...empty, record: byShop }, NOW, PLATFORM);
  assert.deepEqual([moved.state.answer, keepsDevice(moved.state), moved.receipt], ['waiting', true, null]);
  assert.equal(tierOf(step(moved.state, yes(), NOW, PLATFORM).state), 'remembered');
});

test('settings that cannot be read leave a platform\'s yes unused', () => {
  const unknown = { source: 'tcf', eachPage: false, policy: undefined, unknown: true };
  const record = { erased: 0, ...recordOf(after(PLATFORM, [yes()]), PLATFORM) };
  const { state, receipt } = begin({ ...empty, record }, NOW, unknown);
  assert.deepEqual([state.answer, tierOf(state), keepsDevice(state), receipt], ['waiting', 'none', true, null]);
  assert.equal(recordOf(state, unknown), undefined, 'and what stands there is left');
});

test('clocks that jump', () => {
  const granted = after(API, [grant()]);
  const record = { erased: 0, ...recordOf(granted, API) };
  const reset = begin({ ...empty, record }, 1000, API);
  assert.deepEqual([reset.receipt, reset.state.until_s, reset.state.since_s],
    [null, record.until, record.since], 'a clock that was reset changes nothing');
  assert.equal(begin({ ...empty, record }, NOW - 5 * DAY_S, API).receipt, null);
  const ahead = { ...record, since: NOW + 4000 * DAY_S, until: NOW + 4180 * DAY_S };
  assert.equal(begin({ ...empty, record: ahead }, NOW, API).state.until_s, NOW + REST_S, 'no later for that');
  const { state } = step(begin(empty, 1000, API).state, grant(), 1000, API);
  assert.deepEqual([state.since_s, recordOf(state, API).until], [null, undefined]);
  const undated = { ...empty, record: { erased: 0, ...recordOf(state, API) } };
  assert.equal(begin(undated, NOW, API).state.until_s, NOW + REST_S, 'it counts from the first better clock');
  for (const junk of [{ since: 'x', until: {} }, { since: NaN, until: null }, { until: 1e300 }]) {
    const there = begin({ ...empty, record: { erased: 0, tier: 'remembered', policy: '1', ...junk } }, NOW, API);
    assert.deepEqual([there.receipt, there.state.until_s], [null, NOW + REST_S]);
  }
});

/** Small and the same every time. */
function dice(seed) {
  let state = seed;
  return (count) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * count);
  };
}

const meet = (a, b) => Object.fromEntries(Object.keys(a).map((one) => [one, a[one] && b[one]]));
const within = (a, b) => Object.keys(a).every((one) => !a[one] || b[one]);

test('2,000 random sequences: nothing without a yes, nothing left after a no', () => {
  const next = dice(4);
  const some = () => ({ store: next(3) > 0, personalise: next(3) > 0, measure: next(2) > 0 });
  const purposes = ['store', 'personalise', 'measure'];
  const seen = new Set();
  for (let turn = 0; turn < 2000; turn++) {
    const settings = [API, { ...API, eachPage: true }, PLATFORM, EACH][next(4)];
    let now_s = NOW;
    /** The device: the record, the receipts, and whether a profile is there. */
    let record = null;
    let verdict = null;
    let profile = false;
    /** What the last words allow at most, told by a simpler rule; and what they bar. */
    let word = NOTHING;
    let bar = null;
    let state;

    const note = (receipt) => {
      if (!receipt || receipt.what === 'paused' || receipt.what === 'resumed') return;
      verdict = receipt;
    };
    const settle = () => {
      if (tierOf(state) === 'remembered') profile = true;
      if (!keepsDevice(state)) profile = false;
      const written = recordOf(state, settings);
      if (written !== undefined) record = written && { erased: 0, ...written };
    };
    const load = (isGpc) => {
      const { state: loaded, receipt } = begin({ kind: 'look', record, verdict, gpc: isGpc }, now_s, settings);
      state = loaded;
      note(receipt);
      if (receipt) word = bar = NOTHING;
      settle();
      if (settings.eachPage) assert.equal(tierOf(state), 'none', 'each page is asked');
    };
    load(false);

    for (let i = 0; i < 12; i++) {
      now_s += [1, 60, DAY_S, 30 * DAY_S, 200 * DAY_S][next(5)] * (next(4) > 0 ? 1 : 0);
      const kind = ['grant', 'refuse', 'withdraw', 'pause', 'resume', 'asking', 'answer', 'answer', 'silent',
        'load', 'load', 'gpc'][next(12)];
      seen.add(kind);
      if (kind === 'load' || kind === 'gpc') {
        load(kind === 'gpc');
        if (kind === 'gpc') word = NOTHING;
      } else {
        const input = { kind };
        if (kind === 'grant') input.purposes = some();
        if (kind === 'withdraw') input.purpose = [undefined, ...purposes][next(4)];
        if (kind === 'answer') Object.assign(input, { purposes: some(), fresh: next(3) === 0 });
        const { gpc: hadGpc, purposes: had } = state;
        const { state: became, receipt } = step(state, input, now_s, settings);
        state = became;
        note(receipt);
        if (kind === 'grant' && settings.source === 'api' && !hadGpc) {
          word = { ...word, ...Object.fromEntries(Object.entries(input.purposes)) };
          bar = null;
        }
        if (kind === 'answer' && settings.source !== 'api' && !hadGpc) {
          if (input.fresh) bar = null;
          word = bar ? meet(input.purposes, bar) : input.purposes;
        }
        if (kind === 'refuse' || (kind === 'withdraw' && !input.purpose)) word = bar = NOTHING;
        if (kind === 'withdraw' && input.purpose && had[input.purpose]) {
          word = { ...word, [input.purpose]: false };
          bar = meet(bar ?? ALL, word);
        }
        settle();
        if (kind === 'refuse' || (kind === 'withdraw' && !input.purpose)) {
          assert.deepEqual([tierOf(state), profile, keepsDevice(state)], ['none', false, false]);
          assert.ok(record === null || record.tier === 'refused');
        }
      }
      const kept = record !== null && record.tier !== 'refused';
      const holds = {
        'no more than was agreed to': within(state.purposes, word),
        'no profile without a yes': !profile || (word.store && word.personalise),
        'no profile without a record': !profile || kept,
        'no record without a yes': !kept || keepsDevice(state),
        'nothing is used but under a yes': tierOf(state) === 'none'
          || (state.answer === 'granted' && !state.gpc && !state.silent),
        'until 180 days from now': !record?.until || record.until <= now_s + REST_S,
        'until 395 days from then': !kept || !record.until || record.until <= record.since + YES_S,
      };
      for (const [what, is] of Object.entries(holds)) {
        if (!is) assert.fail(`${what}: turn ${turn}, step ${i}, ${kind}: ${JSON.stringify([state, word, record])}`);
      }
    }
  }
  assert.equal(seen.size, 10);
});

test('receipts: sixteen, none older than 395 days, whatever stands there', () => {
  const { local } = openBrowser(new Map());
  let now_s = NOW;
  const receipts = openReceipts('sotto:x', () => now_s);
  const receipt = { at_s: NOW, what: 'granted', purposes: BOTH, source: 'api', gpc: false, policy: 'p' };
  assert.equal(receipts.verdict(), null);
  for (let i = 0; i < 20; i++) receipts.add({ ...receipt, at_s: NOW + i }, true);
  receipts.add({ ...receipt, at_s: NOW + 20, what: 'paused' }, true);
  assert.equal(JSON.parse(local.getItem('sotto:x receipts')).length, 16);
  assert.deepEqual(receipts.list()[0], {
    at: new Date((NOW + 20) * 1000).toISOString(), what: 'paused', purposes: BOTH, source: 'api', gpc: false,
    policy: 'p',
  });
  assert.equal(receipts.verdict().at_s, NOW + 19, 'a pause says nothing of what is agreed to');
  now_s = NOW + 15 + YES_S;
  assert.equal(receipts.list().length, 5);
  receipts.tidy();
  assert.equal(JSON.parse(local.getItem('sotto:x receipts')).length, 5);
  now_s = NOW + 30 + YES_S;
  receipts.tidy();
  assert.equal(local.getItem('sotto:x receipts'), null);

  receipts.add({ ...receipt, at_s: now_s }, false);
  assert.equal(local.rows.size, 0, 'not all are for the device');
  assert.equal(receipts.list().length, 1);
  receipts.add({ ...receipt, at_s: now_s, what: 'withdrawn' }, true);
  assert.equal(JSON.parse(local.getItem('sotto:x receipts')).length, 2);
  for (const junk of ['', 'x', '{}', 'null', '[1,[],[1],["a","granted"],[1e300,"granted",3],[1,"eaten",3]]']) {
    local.setItem('sotto:x receipts', junk);
    assert.deepEqual(receipts.list(), []);
    assert.equal(receipts.verdict(), null);
  }
  local.refused = true;
  receipts.add({ ...receipt, at_s: now_s }, true);
  assert.equal(receipts.list().length, 1, 'they last as long as the page');
});

test('the record is read as it is, and an erase under way is part of it', () => {
  const { local } = openBrowser(new Map());
  const record = openRecord('sotto:x');
  for (const junk of ['', 'x', 'null', '5', '"a"', '[]', '{"tier":3}']) {
    local.setItem('sotto:x', junk);
    assert.deepEqual([record.read(), record.keeps(), record.takenBack()], [null, false, false], junk);
  }
  local.setItem('sotto:x', '{"tier":"remembered","erased":"x","until":1}');
  assert.deepEqual(record.read(), { tier: 'remembered', erased: 0, until: 1 });
  record.amend({ sequence: '7' });
  record.settle({ tier: 'paused', since: 5 });
  assert.deepEqual(record.read(), { erased: 0, sequence: '7', tier: 'paused', since: 5 });
  record.begin({ ...record.read(), erased: 1 });
  assert.deepEqual([record.read().tier, record.agreed().tier, record.keeps()], ['erasing', 'paused', true]);
  record.settle({ tier: 'remembered' });
  assert.deepEqual([record.read().tier, record.agreed()],
    ['erasing', { erased: 1, sequence: '7', tier: 'remembered' }]);
  record.finish();
  assert.deepEqual(record.read(), { erased: 1, sequence: '7', tier: 'remembered' });
  record.begin(null);
  assert.equal(record.agreed(), null);
  record.finish();
  assert.equal(local.getItem('sotto:x'), null);
  local.setItem('sotto:x', '0');
  assert.deepEqual([record.takenBack(), record.read().tier, record.agreed()], [true, 'erasing', null]);
  local.refused = true;
  assert.equal(record.settle({ tier: 'remembered' }), false);
  assert.equal(record.read().tier, 'remembered', 'for this page');
});

test('Global Privacy Control is a true, and nothing else', () => {
  for (const [value, on] of [[true, true], [false, false], ['1', false], [undefined, false]]) {
    Object.defineProperty(globalThis.navigator, 'globalPrivacyControl', { value, configurable: true });
    assert.equal(gpcOn(), on);
  }
  delete globalThis.navigator.globalPrivacyControl;
});
