/**
 * consent-tcf.test.mjs - the Transparency and Consent Framework, as a CMP really answers
 *
 * A stub queues what is asked until the CMP is there, then the CMP answers each listener at once and
 * with every change. One page can see all three event states, and the dialog more than once.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import * as adapter from '../../web/later/consent/tcf.js';
import { openPlatform, settle } from './support/platform.mjs';

/** A CMP; `say` sends data to everyone who listens. */
function openCmp(window, { stub = false } = {}) {
  const queue = [];
  const listeners = new Map();
  const asked = [];
  let next = 1;
  let last = { gdprApplies: undefined, cmpStatus: 'loaded' };
  const answer = (id, data) => listeners.get(id)?.({ listenerId: id, tcfPolicyVersion: 9, ...data }, true);
  function run(command, version, callback, parameter) {
    asked.push(command);
    assert.equal(version, 2);
    if (command === 'addEventListener') {
      const id = next++;
      listeners.set(id, callback);
      answer(id, last);
    } else if (command === 'removeEventListener') {
      callback(listeners.delete(parameter));
    }
  }
  window.__tcfapi = stub ? (...args) => queue.push(args) : run;
  return {
    listeners, asked, queue,
    load() {
      window.__tcfapi = run;
      queue.splice(0).forEach((args) => run(...args));
    },
    say(data) {
      last = { gdprApplies: true, cmpStatus: 'loaded', ...data };
      [...listeners.keys()].forEach((id) => answer(id, last));
    },
  };
}

const publisher = (...purposes) =>
  ({ publisher: { consents: Object.fromEntries(purposes.map((one) => [one, true])) } });
const all = publisher(1, 5, 6, 8);

test('the answer of an earlier page, once it is known', () => {
  const { window, told, listen } = openPlatform(adapter);
  const cmp = openCmp(window);
  listen();
  assert.deepEqual(told(), [], 'called back at once, with nothing yet');
  cmp.say({ eventStatus: 'tcloaded', ...all });
  assert.deepEqual(told(), ['store personalise measure']);
  assert.deepEqual(cmp.asked, ['addEventListener'], 'getTCData is not asked for');
});

test('a first visit: banner, choice, banner again, another choice', () => {
  const { window, told, listen } = openPlatform(adapter);
  const cmp = openCmp(window);
  listen();
  cmp.say({ eventStatus: 'cmpuishown', ...all });
  assert.deepEqual(told(), ['asking'], 'what stands in the data while the banner is up does not count');
  cmp.say({ eventStatus: 'useractioncomplete', ...publisher(1, 5, 6) });
  assert.deepEqual(told(), ['store personalise fresh']);
  cmp.say({ eventStatus: 'cmpuishown', ...publisher(1, 5, 6) });
  cmp.say({ eventStatus: 'useractioncomplete', ...publisher() });
  assert.deepEqual(told(), ['asking', 'no fresh']);
  cmp.say({ eventStatus: 'useractioncomplete', ...publisher() });
  assert.deepEqual(told(), ['no fresh'], 'twice is once more');
});

test('a choice made before anybody listened is fresh as well', () => {
  const { window, told, listen } = openPlatform(adapter);
  const cmp = openCmp(window);
  cmp.say({ eventStatus: 'useractioncomplete', ...all });
  listen();
  assert.deepEqual(told(), ['store personalise measure fresh']);
});

test('each purpose takes all of its own, and what is not there is denied', () => {
  const { window, told, listen } = openPlatform(adapter);
  const cmp = openCmp(window);
  listen();
  const rows = [
    [publisher(5, 6), 'personalise'], [publisher(1, 5), 'store'], [publisher(8), 'measure'],
    [{}, 'no'], [{ publisher: {} }, 'no'], [{ publisher: { consents: null } }, 'no'],
    [{ publisher: { consents: { 1: 'true', 5: 1, 6: 'yes' } } }, 'no'],
    [{ purpose: { consents: { 1: true, 5: true, 6: true } } }, 'no'],
    [{ publisher: { legitimateInterests: { 1: true, 5: true, 6: true } } }, 'no'],
    [{ vendor: { consents: { 1: true } } }, 'no'],
  ];
  for (const [data, expected] of rows) {
    cmp.say({ eventStatus: 'tcloaded', ...data });
    assert.deepEqual(told(), [expected], JSON.stringify(data));
  }
});

test('the string\'s own purposes count if the site says so, and the publisher says nothing', () => {
  const { window, told, listen } = openPlatform(adapter);
  const cmp = openCmp(window);
  listen({}, { tcfPurposes: true });
  const purpose = { consents: { 1: true, 5: true, 6: true, 8: true } };
  for (const own of [{}, { publisher: { consents: {} } }]) {
    cmp.say({ eventStatus: 'tcloaded', purpose, ...own });
    assert.deepEqual(told(), ['store personalise measure']);
  }
  cmp.say({ eventStatus: 'tcloaded', purpose, publisher: { consents: { 1: false, 5: true, 6: true } } });
  assert.deepEqual(told(), ['personalise'], 'the publisher has the last word');
});

test('names of the site\'s own, and purposes of the publisher\'s own', () => {
  const { window, told, listen } = openPlatform(adapter);
  const cmp = openCmp(window);
  listen({ personalise: ['custom:2'], measure: [] });
  cmp.say({ eventStatus: 'tcloaded', publisher: { consents: { 1: true }, customPurpose: { consents: { 2: true } } } });
  assert.deepEqual(told(), ['store personalise']);
  cmp.say({ eventStatus: 'tcloaded', ...all });
  assert.deepEqual(told(), ['store'], 'and an empty list allows nothing');
});

test('where the publisher\'s country treats the first purpose in its own way, nothing is stored', () => {
  const { window, told, listen } = openPlatform(adapter);
  const cmp = openCmp(window);
  listen();
  cmp.say({ eventStatus: 'tcloaded', purposeOneTreatment: true, ...all });
  assert.deepEqual(told(), ['personalise measure']);
});

test('where nobody is asked, nobody said yes', () => {
  const { window, told, listen } = openPlatform(adapter);
  const cmp = openCmp(window);
  listen();
  cmp.say({ gdprApplies: false, eventStatus: 'tcloaded', ...all });
  assert.deepEqual(told(), ['absent']);
  cmp.say({ gdprApplies: undefined, eventStatus: 'tcloaded', ...all });
  assert.deepEqual(told(), []);
});

test('a CMP that failed, and answers that are none', () => {
  const { window, told, listen } = openPlatform(adapter);
  const cmp = openCmp(window);
  listen();
  cmp.say({ cmpStatus: 'error', eventStatus: 'tcloaded', ...all });
  assert.deepEqual(told(), ['broken']);
  const heard = cmp.listeners.get(1);
  heard(null, false);
  heard({}, false);
  heard(undefined, true);
  assert.deepEqual(told(), ['broken', 'broken', 'broken']);
  heard({ get gdprApplies() { throw new Error('in the CMP'); } }, true);
  assert.deepEqual(told(), ['broken']);
  cmp.say({ eventStatus: 'something else', ...all });
  assert.deepEqual(told(), []);
});

test('a stub that is answered late, or never', () => {
  const { window, told, listen } = openPlatform(adapter);
  const cmp = openCmp(window, { stub: true });
  const stop = listen();
  assert.deepEqual([told(), cmp.queue.length], [[], 1]);
  cmp.load();
  cmp.say({ eventStatus: 'tcloaded', ...all });
  assert.deepEqual(told(), ['store personalise measure']);
  stop();
});

test('one that comes after us, one that throws, and none', async () => {
  const { window, told, listen } = openPlatform(adapter);
  const stop = listen();
  const cmp = openCmp(window);
  cmp.say({ eventStatus: 'tcloaded', ...all });
  await settle(450);
  assert.deepEqual(told(), ['store personalise measure']);
  stop();

  const other = openPlatform(adapter);
  other.window.__tcfapi = () => {
    throw new Error('no');
  };
  other.listen();
  assert.deepEqual(other.told(), ['broken']);

  const none = openPlatform(adapter);
  const end = none.listen();
  await settle(250);
  end();
  assert.deepEqual(none.told(), []);
});

test('once stopped it takes its listener off, also one that was only queued', () => {
  const { window, told, listen } = openPlatform(adapter);
  const cmp = openCmp(window);
  listen()();
  assert.equal(cmp.listeners.size, 0);
  cmp.say({ eventStatus: 'tcloaded', ...all });

  const stub = openCmp(window, { stub: true });
  listen()();
  stub.load();
  assert.equal(stub.listeners.size, 0);
  assert.deepEqual(told(), []);
});
