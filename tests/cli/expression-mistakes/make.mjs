import { writeFileSync } from 'node:fs';

const whens = {
  'no-such-name': 'cart.totl >= 40 and cart.total < 60',
  'no-such-function': 'cuont(view) > 3',
  'no-such-segment': 'segment("richh")',
  'no-such-campaign': 'seen_campaign("nothing") > 1',
  'no-such-account': 'account("teir") == "gold"',
  'no-such-event': 'count(veiw, within: 7d) > 3',
  'no-such-argument': 'count(view, catgory: "Boots") > 3',
  'text-and-number': 'visits == "three"',
  'truth-and-number': 'touch == 1',
  'less-of-texts': 'device < "phone"',
  'whole-is-number': 'visits + 1',
  'not-a-truth': 'visits and touch',
  'never-ends': 'count(view, within: 7d) >= 3 and (touch or ',
  'text-never-ends': 'page.path starts "/boots',
  'closes-nothing': 'touch) and returning',
  'one-thousand-deep': '('.repeat(1000) + 'touch' + ')'.repeat(1000),
  'too-long': 'touch or '.repeat(1000) + 'touch',
  'too-long-compiled': 'spent > 3.5 or '.repeat(250) + 'touch',
  'chain': '1 < visits < 3',
  'other-signs': 'touch && returning',
  'one-equals-sign': 'visits = 3',
  'word-without-quotes': 'device == phone',
  'over-lines': 'touch\nand returning\nand visits >> 3\nand true',
  'far-along': `${'touch or '.repeat(20)}visit > 3 or ${'touch or '.repeat(20)}touch`,
  'letters-of-all-kinds': 'page.path contains "größe ✓" and page.pfad == "x"',
  empty: '',
  blank: '  \n ',
  'four-decimals': 'item.price > 1.00001',
  span: 'session.age > 3 days',
  proto: '__proto__ == constructor',
  rich: 'spent > 100',
};
const site = (segments) => JSON.stringify({
  sotto: 1, shop: { id: 'demo' }, feed: { file: 'p.csv', columns: { id: 'id' } }, account: { tier: 'text' }, segments,
}, null, 1);
writeFileSync('site.json', site(Object.fromEntries(Object.entries(whens).map(([name, when]) => [name, { when }]))));
writeFileSync('one.json', site({ one: { when: whens['no-such-name'] } }));
