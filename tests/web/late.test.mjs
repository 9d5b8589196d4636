/**
 * late.test.mjs - tabs on a device that answers late, and sometimes too late
 *
 * Random turns of up to eight pages, of whose steps some take up to three times as long as anybody waits
 * for. No event is lost and none is counted twice, nothing of before an erase comes back, and the page
 * hears of nothing but that memory is used. Time passes when nothing else happens, so that hours are
 * played in seconds. SEEDS=200 has it play as many times, from FROM=1.
 */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { randomFrom } from '../silence/random.mjs';
import { layFaultsUnderPages } from './support/faults.mjs';
import { noCore, publish } from './support/garden.mjs';
import { NOW, noStorage, openBrowser } from './support/page.mjs';
import { slowDown } from './support/slow.mjs';

const skip = noCore || noStorage;
const { files } = skip ? {} : publish();
const ITEMS = ['spade', 'rake', 'hoe', 'gloves', 'tomato', 'basil', 'pot'];
const MOST_TABS = 8;
/** A profile remembers 256 events. */
const TURNS = 300;
/** A page's memory is tried for so long: its rests are 15 s, 30 s, a minute, ... */
const MOST_LOOKS = 60;
const LOOK_MS = 5000;
const SEEDS = Number(process.env.SEEDS ?? 3);
const FROM = Number(process.env.FROM ?? 1);

const faults = skip ? null : await layFaultsUnderPages(files);
after(() => faults?.lift());

/**
 * A device with pages in it, and what is expected of its profile: all that was `tracked` since the last
 * erase, or, once an erase met other pages, at least what the shopper did on pages that know of it.
 */
class Device {
  browser = openBrowser(files);
  pages = [];
  tracked = [];
  /** Before an erase. */
  erased = new Set();
  /** Pages that know of the last erase, and what was tracked there; null: there were no others. */
  knowing = null;
  sure = [];

  async open() {
    const page = await faults.finish(this.browser.visit());
    await faults.rest();
    this.pages.push(page);
    this.knowing?.add(page);
    return page;
  }

  track(page, second, item) {
    // Leftovers are told apart by the second; shoppers are not faster than that.
    page.setNow(NOW + second);
    page.track('view', { item });
    this.tracked.push(`${second} ${item}`);
    if (this.knowing?.has(page)) this.sure.push(`${second} ${item}`);
  }

  stop(page) {
    this.pages.splice(this.pages.indexOf(page), 1);
    this.leave(page);
  }

  leave(page) {
    page.stop();
    assert.deepEqual(page.told.filter(({ code }) => code !== 'storage'), []);
  }

  async erase(page) {
    const erasing = faults.finish(page.profile.erase());
    this.tracked.forEach((event) => this.erased.add(event));
    this.tracked = [];
    this.sure = [];
    if (this.pages.length > 1) this.knowing = new Set([page]);
    await erasing;
  }

  /** What a next page finds. */
  async saved() {
    const reader = await faults.finish(this.browser.visit());
    const { events } = await faults.finish(reader.profile.export());
    this.leave(reader);
    await faults.rest();
    return events.map(({ at, item }) => `${Date.parse(at) / 1000 - NOW} ${item}`);
  }

  /** Every page writes what it has, sooner or later. One page goes on. */
  async settle(where) {
    this.pages.splice(0).forEach((page) => this.leave(page));
    const wanted = this.knowing ? this.sure : this.tracked;
    let found = [];
    for (let looks = 0; looks < MOST_LOOKS; looks++) {
      await faults.pass(LOOK_MS);
      found = await this.saved();
      if (wanted.every((event) => found.includes(event))) break;
    }
    assert.deepEqual(wanted.filter((event) => !found.includes(event)), [], `${where}: lost`);
    assert.deepEqual(found.filter((event) => this.erased.has(event)), [], `${where}: came back`);
    assert.equal(new Set(found).size, found.length, `${where}: counted twice`);
    if (!this.knowing) assert.equal(found.length, wanted.length, where);
    // What a page that had not heard of an erase did since may still come.
    this.knowing &&= new Set();
    this.sure = found;
    await this.open();
  }
}

/**
 * @param {number} seed
 * @param {object} how
 * @param {number} how.oneOf so many steps of the device one is late
 * @param {boolean} how.among erases are done by any page, others are open beside it
 */
async function play(seed, { oneOf, among }) {
  const where = `FROM=${seed}`;
  const { below, pick } = randomFrom(seed);
  const device = new Device();
  const first = await device.open();
  await faults.finish(first.consent.grant());
  let late = 0;
  const end = slowDown(randomFrom(-seed), oneOf);
  try {
    for (let turn = 0; turn < TURNS; turn++) {
      const { pages } = device;
      const page = pick(pages);
      const what = below(100);
      if (what < 70) device.track(page, turn, pick(ITEMS));
      else if (what < 80 && pages.length < MOST_TABS) await device.open();
      else if (what < 90 && pages.length > 1) device.stop(page);
      else if (what === 90 && among) await device.erase(page);
      else if (what < 92) {
        await device.settle(`${where}, turn ${turn}`);
        if (!among) await device.erase(device.pages[0]);
      } else await (below(2) ? faults.pass(below(6000)) : faults.rest());
    }
    await device.settle(where);
  } finally {
    device.pages.forEach((page) => page.stop());
    // What is late comes to an end before the next device is played on.
    await faults.pass();
    late = end();
    faults.forget();
  }
  assert.ok(late > 0, 'some steps were late');
}

for (const [what, how] of Object.entries({
  'one of 25 steps is late': { oneOf: 25, among: false },
  'one of six is': { oneOf: 6, among: false },
  'one of 25, with erases among open tabs': { oneOf: 25, among: true },
  'one of six, with the same': { oneOf: 6, among: true },
})) {
  test(what, { skip, timeout: 3600000 }, async () => {
    for (let seed = FROM; seed < FROM + SEEDS; seed++) await play(seed, how);
  });
}
