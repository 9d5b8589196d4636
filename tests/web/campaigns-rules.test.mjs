/**
 * campaigns-rules.test.mjs - experiments, offers, answers and the arbiter, as a page uses them
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { openDevice } from './support/campaign-page.mjs';
import { noCore } from './support/garden.mjs';
import { noStorage } from './support/page.mjs';
import { text } from './support/plan.mjs';

const skip = noCore || noStorage;
const free = { ceiling: [0, 0], gap: 0, after_purchase: 0 };
const ALL = { store: true, personalise: true, measure: true };

function onDevice(title, plan, body, options) {
  test(title, { skip }, async () => {
    const device = openDevice(plan, options);
    try {
      await body(device);
    } finally {
      device.close();
    }
  });
}

const tone = {
  rules: free,
  experiments: [{ name: 'tone', arms: [['plain', 5000], ['warm', 5000]] }],
  campaigns: [{ name: 'warm', block: 'popup', experiment: 'tone', arms: 2, triggers: [['event', 0, 'go']] }],
};

onDevice('an exposure is told and counted once, in either arm, and not before it would be seen', tone,
  async (device) => {
    const seen = new Set();
    for (let shopper = 0; shopper < 12 && seen.size < 2; shopper++) {
      const page = await device.visit();
      const exposures = [];
      page.campaigns.on('exposure', ({ experiment, arm }) => exposures.push(`${experiment} ${arm}`));
      await page.grant({ personalise: true, measure: true });
      const arm = page.campaigns.arm('tone');
      seen.add(arm);
      await device.time.pass(1);
      assert.deepEqual(exposures, [], 'the trigger has not fired in either arm');
      page.campaigns.event('go');
      await device.time.pass(1);
      assert.deepEqual(page.shown(), arm === 'warm' ? ['warm'] : []);
      assert.deepEqual(exposures, [`tone ${arm}`]);
      page.campaigns.event('go');
      await device.time.pass(1);
      assert.equal(exposures.length, 1);
      const told = await page.later.export();
      assert.deepEqual(told.experiments.map((one) => [one.experiment, one.arm, one.wins]),
        [['tone', arm, 0]]);
      if (arm === 'warm') {
        await page.act('warm', 'clicked');
        assert.equal((await page.later.export()).experiments[0].wins, 1);
      }
      await page.close();
    }
    assert.equal(seen.size, 2);
  });

onDevice('without a yes to measuring, arms are shown and nothing is counted or told', tone, async (device) => {
  const page = await device.visit();
  const exposures = [];
  page.campaigns.on('exposure', (one) => exposures.push(one));
  await page.grant();
  const arm = page.campaigns.arm('tone');
  page.campaigns.event('go');
  await device.time.pass(1);
  assert.deepEqual(page.shown(), arm === 'warm' ? ['warm'] : [], 'the arm is shown all the same');
  assert.equal(page.campaigns.expose('tone'), arm);
  if (arm === 'warm') await page.act('warm', 'clicked');
  page.campaigns.win('tone');
  assert.deepEqual([exposures, (await page.later.export()).experiments], [[], []]);

  await page.grant({ measure: true });
  page.campaigns.expose('tone');
  assert.deepEqual(exposures, [{ experiment: 'tone', arm }], 'from the yes on it counts');
  assert.equal((await page.later.export()).experiments.length, 1);
  await page.close();
});

for (const how of ['here', 'while the shopper pauses', 'in another tab', 'by an import']) {
  onDevice(`measuring taken back ${how} takes what it counted, and nothing else`, tone, async (device) => {
    const page = await device.visit();
    await page.grant(ALL);
    await page.track('view', { item: 'rake' });
    page.campaigns.expose('tone');
    await device.time.pass(3);
    const before = await page.later.export();
    assert.equal(before.experiments.length, 1);
    const other = how === 'in another tab' ? await device.visit() : null;
    if (how === 'while the shopper pauses') await Promise.all([page.later.pause(), device.time.pass(1)]);
    await Promise.all([(other ?? page).later.withdraw('measure'), device.time.pass(3)]);
    if (other) device.fire('storage', { key: 'sotto:garden' });
    await device.time.pass(1);
    if (how === 'by an import') assert.equal(await page.later.import(before), true);
    await device.time.pass(3);
    for (const one of other ? [page, other] : [page]) {
      const { experiments, events } = await one.later.export();
      assert.deepEqual([experiments, events.map(({ item }) => item)], [[], ['rake']]);
    }
    await Promise.all([page, other].map((one) => one?.close()));
    const next = await device.visit();
    if (how === 'while the shopper pauses') await Promise.all([next.later.resume(), device.time.pass(1)]);
    assert.deepEqual((await next.later.export()).experiments, [], 'nor does the next page know of it');
    const { rows } = device.browser.local;
    assert.equal([...rows.keys()].some((key) => key.includes(' left ')), false);
    await next.close();
  });
}

onDevice('a forced arm shows what it shows and counts nothing', tone, async (device) => {
  const page = await device.visit();
  await page.grant(ALL);
  for (const arm of ['plain', 'warm']) {
    page.campaigns.force('tone', arm);
    page.campaigns.event('go');
    await device.time.pass(1);
    assert.equal(page.campaigns.arm('tone'), arm);
    assert.deepEqual(page.shown(), arm === 'warm' ? ['warm'] : []);
  }
  await page.act('warm', 'clicked');
  const { campaigns, experiments } = await page.later.export();
  assert.deepEqual([campaigns, experiments], [[], []]);
  page.campaigns.force('tone', 'neither');
  assert.match(page.told.join(), /^invalid campaigns tone:neither/);
  await page.close();
});

onDevice('the address forces an arm, for this page load', tone, async (device) => {
  globalThis.location = { pathname: '/', search: '?x=1&sotto-force=tone:warm', host: 'shop.example' };
  try {
    const page = await device.visit();
    await page.grant('session');
    assert.equal(page.campaigns.arm('tone'), 'warm');
    assert.equal(page.campaigns.inspect().experiments[0].forced, true);
    await page.close();
  } finally {
    delete globalThis.location;
  }
});

onDevice('wins by purchase count where the arm was seen in this session', {
  ...tone,
  experiments: [{ ...tone.experiments[0], win: 'purchase' }],
}, async (device) => {
  const page = await device.visit();
  await page.grant({ personalise: true, measure: true });
  await page.track('purchase', { item: 'pot' });
  page.campaigns.event('go');
  await device.time.pass(1);
  assert.equal((await page.later.export()).experiments[0].wins, 0, 'what was bought before does not count');
  await page.track('purchase', { item: 'rake' });
  await page.track('purchase', { item: 'hoe' });
  assert.equal((await page.later.export()).experiments[0].wins, 1, 'one success for one exposure');
  await page.close();
});

onDevice('an offer that was redeemed is not shown again', {
  rules: free,
  offers: [{ name: 'ten', codes: ['TEN'], label: '10 % off' }],
  campaigns: [
    { name: 'first', block: 'popup', offer: 'ten' },
    { name: 'second', block: 'inline', place: 'home', offer: 'ten' },
  ],
}, async (device) => {
  const page = await device.visit();
  await page.grant();
  assert.deepEqual(page.shown().sort(), ['first', 'second']);
  assert.equal(page.block('first').view.offer.code, 'TEN');
  await page.track('purchase', { item: 'rake', code: 'TEN' });
  assert.deepEqual(page.shown(), []);
  await page.close();
  const next = await device.visit();
  assert.equal(next.rule('first').rule, 'offer');
  await next.close();
});

onDevice('what was answered is known to expressions, and can be changed', {
  rules: free,
  segments: [
    { name: 'asked', when: [0x17, text('Which size?'), 0] },
    { name: 'medium', when: [0x17, text('Which size?\0M'), 0] },
    { name: 'large', when: [0x17, text('Which size?\0L'), 0] },
  ],
  campaigns: [
    { name: 'size', block: 'quiz', place: 'home', question: 'Which size?', options: 'S\0M\0L\0' },
    { name: 'note', block: 'bar', text: 'For size {answer:Which size?}' },
  ],
}, async (device) => {
  const page = await device.visit();
  await page.grant();
  assert.deepEqual(page.block('size').view.options, ['S', 'M', 'L']);
  page.block('size').host.answered(['M'], 'Which size?');
  await device.time.pass(1);
  assert.deepEqual(page.campaigns.segments(), ['asked', 'medium']);
  assert.equal(page.block('note').view.text, 'For size M');
  page.block('size').host.answered(['L'], 'Which size?');
  await device.time.pass(1);
  assert.deepEqual(page.campaigns.segments(), ['asked', 'large']);
  await page.close();
  const next = await device.visit();
  assert.deepEqual(next.campaigns.segments(), ['asked', 'large']);
  assert.equal(next.block('note').view.text, 'For size L');
  await next.close();
});

onDevice('what the shop says of an account is used as it was declared, and never kept', {
  rules: { ...free, account: [['points', 1], ['tier', 2], ['trade', 3]] },
  segments: [
    // account("points") >= 12.5
    { name: 'rich', when: [0x14, text('points'), 0x01, 0x90, 0xa1, 0x0f, 0x45, 0] },
    { name: 'gold', when: [0x15, text('tier'), 0x05, text('gold'), 0x48, 0] },
    { name: 'trade', when: [0x16, text('trade'), 0] },
  ],
}, async (device) => {
  const page = await device.visit();
  assert.deepEqual(page.campaigns.segments(), []);
  page.campaigns.account({ points: 12.5, tier: 'gold', trade: true, other: 'x' });
  assert.deepEqual(page.campaigns.segments(), ['rich', 'gold', 'trade']);
  assert.deepEqual(page.told, ['invalid account other']);
  page.campaigns.account({ points: 12.4999, tier: 'Gold', trade: false });
  assert.deepEqual(page.campaigns.segments(), []);
  await page.close();
  assert.equal([...device.browser.local.rows].length, 0);
});

onDevice('a page without the place neither shows nor counts; a busy one waits', {
  rules: free,
  campaigns: [
    { name: 'elsewhere', block: 'hero', place: 'checkout', group: 1, priority: 90 },
    { name: 'here', block: 'hero', place: 'home', group: 1 },
    { name: 'over', block: 'popup' },
  ],
}, async (device) => {
  let stuck = true;
  const page = await device.visit({ stuck: () => stuck });
  await page.grant('session');
  assert.deepEqual(page.shown(), ['here']);
  assert.match(page.rule('elsewhere').text, /no such place/);
  stuck = false;
  await device.time.pass(2);
  assert.deepEqual(page.shown().sort(), ['here', 'over'], 'looked at again when what was in the way has gone');
  await page.close();
});

onDevice('nothing is shown while nobody looks', {
  rules: free, campaigns: [{ name: 'hello', block: 'popup', triggers: [['inactive', 30]] }],
}, async (device) => {
  const page = await device.visit();
  await page.grant('session');
  device.document.visibilityState = 'hidden';
  device.fireDocument('visibilitychange');
  await device.time.pass(100, () => {}, 10000);
  assert.deepEqual(page.shown(), []);
  device.document.visibilityState = 'visible';
  device.fireDocument('visibilitychange');
  await device.time.pass(28);
  assert.deepEqual(page.shown(), [], 'to come back is a sign of life');
  await device.time.pass(4);
  assert.deepEqual(page.shown(), ['hello']);
  await page.close();
});

onDevice('verdicts ahead change nothing', {
  rules: free,
  campaigns: [{ name: 'forgot', block: 'popup', triggers: [['viewed-not-added', 600]] }],
}, async (device) => {
  const page = await device.visit();
  await page.grant('session');
  await page.track('view', { item: 'rake' });
  const { rule, until, text: words } = page.rule('forgot');
  assert.equal(rule, 'trigger');
  assert.equal(until, device.time.now() + 600 - 0);
  assert.match(words, /fires? by time alone|by time alone at/);
  const [ahead] = page.campaigns.verdicts(601);
  assert.deepEqual([ahead.rule, ahead.subject], ['shown', 'rake']);
  assert.deepEqual(page.shown(), []);
  await device.time.pass(1);
  assert.equal(page.rule('forgot').rule, 'trigger');
  assert.equal(page.campaigns.inspect().next <= device.time.now() + 60, true);
  await page.close();
});

onDevice('without locks, too, it is shown', {
  rules: free, campaigns: [{ name: 'hello', block: 'popup', caps: [1, 0, 0] }],
}, async (device) => {
  const page = await device.visit();
  await page.grant();
  assert.deepEqual(page.shown(), ['hello']);
  await page.close();
}, { locks: false });

onDevice('two hundred campaigns, all of them answered for', {
  campaigns: Array.from({ length: 200 }, (_, i) => ({
    name: `campaign-${i}`, block: i % 2 ? 'popup' : 'hero', place: i % 2 ? '' : 'home',
    triggers: [['dwell', 600, 0], ['viewed-not-added', 600], ['scroll', 90]],
  })),
}, async (device) => {
  const page = await device.visit();
  await page.grant('session');
  for (const item of ['rake', 'hoe', 'spade', 'pot']) await page.track('view', { item });
  assert.equal(page.campaigns.verdicts().length, 200);
  await page.close();
});
