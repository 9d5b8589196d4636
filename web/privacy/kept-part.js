/**
 * kept-part.js - what is remembered, in lists that a shopper understands
 *
 * An export tells what happened, one event after the other; here each product stands once, with all
 * that was done with it, and can be forgotten. So can interests and answers. What only keeps the
 * shop's messages from being repeated is told, and goes with an erase.
 */
import { button, make, setText, title } from './dom.js';
import { openRows } from './rows.js';
import { sizeOf } from './size.js';

/** @typedef {import('./centre.js').Context} Context */
/** @typedef {import('./centre.js').Seen} Seen */
/** @typedef {import('../index.js').ProfileExport} ProfileExport */
/**
 * @typedef {object} Line
 * @property {string} key
 * @property {string} mark
 * @property {string} name
 * @property {string} note
 * @property {number} [share] how strong it is, of the strongest
 * @property {() => void} [forget] undefined: not by itself
 * @property {'forget' | 'takeBack'} verb
 */
/** @typedef {Omit<Line, 'mark' | 'verb'> & { verb?: Line['verb'] }} NewLine */

/** What was done with a product, as it is told, in this order. */
const DEEDS = /** @type {const} */ ([
  ['view', 'didView'], ['click', 'didClick'], ['wishlist', 'didWishlist'], ['cart_add', 'didCart'],
  ['cart_remove', 'didTakeOut'], ['checkout', 'didCheckout'], ['purchase', 'didPurchase'],
]);

/**
 * Products with all that was done with them, the latest first.
 *
 * @param {ProfileExport['events']} events
 */
function byItem(events) {
  /** @type {Map<string, ProfileExport['events']>} */
  const items = new Map();
  for (const event of events) {
    if (!event.item || event.kind === 'category_view') continue;
    items.set(event.item, [...items.get(event.item) ?? [], event]);
  }
  return [...items.values()];
}

/** @param {Context} context */
export function keptPart({ speak, level, announce, act }) {
  const { say } = speak;

  const nameOf = (/** @type {{ item: string, title: string }} */ { item, title }) =>
    title || (item.startsWith('hash:') ? say('unknownItem', { name: item.slice(5, 11) }) : item);

  /** @param {string} item @param {string} name @param {import('../index.js').EventKind} [kind] */
  const forgetItem = (item, name, kind) => () => act(async (sotto) => {
    await sotto.profile.forgetItem(item, kind);
    announce(say(kind ? 'tookBack' : 'forgotten', { name }));
  });

  /** @param {NewLine} line @returns {Line} */
  const line = (line) => ({
    verb: 'forget', ...line, mark: `${line.name}\n${line.note}\n${line.share?.toFixed(2) ?? ''}`,
  });

  /** @param {Line} row */
  const draw = ({ name, note, share, forget, verb }) => [
    make('span', { class: 'words' },
      make('span', { class: 'name' }, name, share === undefined ? null
        : make('meter', { min: 0, max: 1, value: share.toFixed(2), 'aria-hidden': 'true' })),
      make('span', { class: 'note' }, note)),
    ...(forget ? [button(verb, say(verb), forget,
      { class: 'quiet', 'aria-label': say(`${verb}Of`, { name }) })] : []),
  ];

  const rows = (/** @type {string} */ name) => openRows({
    name, draw, title: say(`${name}Title`), level: level + 1,
    more: (count) => say('showAll', { n: count }),
  });
  const lists = {
    seen: rows('seen'), cart: rows('cart'), bought: rows('bought'), interests: rows('interests'),
    dismissed: rows('dismissed'), answers: rows('answers'), messages: rows('messages'),
    offers: rows('offers'), trials: rows('trials'),
  };
  const nothing = make('p', { class: 'note', 'data-nothing': true }, say('keptNothing'));
  const searches = make('p', { class: 'note' });

  const last = (/** @type {string | null} */ at) => (at ? say('last', { day: speak.day(at) }) : '');
  const joined = (/** @type {string[]} */ notes) => notes.filter(Boolean).join(', ');
  /** What the bundle does not know is a hash. */
  const named = (/** @type {string} */ id) =>
    (id.startsWith('hash:') ? say('unknownName', { name: id.slice(5, 11) }) : id);

  /**
   * @param {{ item: string, title: string, at: string }} one
   * @param {ProfileExport['events']} events of that product
   * @param {ProfileExport} kept
   */
  function seenLine(one, events, { attention, watched }) {
    const { item } = one;
    const name = nameOf(one);
    const deeds = DEEDS.map(([kind, text]) => {
      const n = events.filter((event) => event.kind === kind).length;
      return n > 0 ? say(text, { n }) : '';
    });
    const n = attention.find((other) => other.item === item)?.seconds ?? 0;
    const note = joined([
      ...deeds, n > 0 ? say('didStay', { n }) : '',
      watched.some((other) => other.item === item) ? say('didWatch') : '', last(one.at),
    ]);
    return line({ key: item, name, note, forget: forgetItem(item, name) });
  }

  /** Products of which something is known, the latest first. @param {ProfileExport} kept */
  function seenLines(kept) {
    const events = new Map(byItem(kept.events.filter(({ kind }) => kind !== 'dismiss'))
      .map((all) => [all[0].item, all]));
    const rest = [...kept.attention, ...kept.watched]
      .filter(({ item }) => item && !events.has(item));
    const others = new Map(rest.map((one) => [one.item, one]));
    return [
      ...[...events.values()].map((all) => seenLine(all[0], all, kept)),
      ...[...others.values()].map((one) => seenLine(one, [], kept)),
    ];
  }

  /** @param {ProfileExport['answers']} answers */
  function answerLines(answers) {
    const questions = [...new Set(answers.map(({ question }) => question))];
    return questions.map((id) => {
      const all = answers.filter(({ question }) => question === id);
      const name = named(id);
      const said = all.map(({ answer }) => answer).filter(Boolean);
      return line({
        key: id, name, note: joined([...said, last(all[0].at)]),
        forget: () => act(async (sotto) => {
          await sotto.profile.forgetInterest('answer', id);
          announce(say('forgotten', { name }));
        }),
      });
    });
  }

  /** @param {ProfileExport} kept */
  function showLedger({ answers, campaigns, offers, experiments }) {
    lists.answers.show(answerLines(answers));
    lists.messages.show(campaigns.map(({ campaign, times, clicks, shownAt, dismissedAt }) => line({
      key: campaign, name: named(campaign),
      note: joined([
        say('shownTimes', { n: times }), clicks > 0 ? say('didClick', { n: clicks }) : '',
        dismissedAt ? say('closedOn', { day: speak.day(dismissedAt) }) : '', last(shownAt),
      ]),
    })));
    lists.offers.show(offers.map(({ offer, givenAt, redeemedAt }) => line({
      key: offer, name: named(offer),
      note: joined([
        givenAt ? say('givenOn', { day: speak.day(givenAt) }) : '',
        redeemedAt ? say('redeemedOn', { day: speak.day(redeemedAt) }) : '',
      ]),
    })));
    lists.trials.show(experiments.map(({ experiment, arm, since, wins }, i) => line({
      key: `${experiment} ${arm} ${i}`, name: named(experiment),
      note: joined([
        arm ? say('trialArm', { name: arm }) : '',
        since ? say('sinceDay', { day: speak.day(since) }) : '',
        wins > 0 ? say('trialWins', { n: wins }) : '',
      ]),
    })));
  }

  /** @param {ProfileExport['interests']} interests */
  function interestLines(interests) {
    const strongest = Math.max(...interests.map(({ strength }) => strength), Number.MIN_VALUE);
    const strongestFirst = [...interests].sort((a, b) => b.strength - a.strength);
    return strongestFirst.map(({ kind, name: id, strength }) => {
      const name = named(id);
      return line({
        key: `${kind} ${id}`, name, note: say(kind), share: strength / strongest,
        forget: () => act(async (sotto) => {
          await sotto.profile.forgetInterest(kind, id);
          announce(say('forgotten', { name }));
        }),
      });
    });
  }

  return {
    element: make('section', { 'aria-labelledby': 'kept-title' },
      title(level, 'kept-title', say('keptTitle')),
      nothing, ...Object.values(lists).map(({ element }) => element), searches),

    show(/** @type {Seen} */ { kept }) {
      if (!kept) return;
      const { events, cart, purchases, interests } = kept;
      const refused = byItem(events).filter(([latest]) => latest.kind === 'dismiss');
      lists.seen.show(seenLines(kept));
      lists.dismissed.show(refused.map(([event]) => {
        const name = nameOf(event);
        return line({
          key: event.item, name, note: speak.day(event.at), verb: 'takeBack',
          forget: forgetItem(event.item, name, 'dismiss'),
        });
      }));
      lists.cart.show(cart.map((one) => line({
        key: one.item, name: nameOf(one), note: say('pieces', { n: one.quantity }),
        forget: forgetItem(one.item, nameOf(one)),
      })));
      lists.bought.show(purchases.map((one) => line({
        key: one.item, name: nameOf(one),
        note: joined([say('boughtTimes', { n: one.times }), last(one.lastAt)]),
        forget: forgetItem(one.item, nameOf(one)),
      })));
      lists.interests.show(interestLines(interests));
      showLedger(kept);
      const n = events.filter(({ kind }) => kind === 'search').length;
      setText(searches, n > 0 ? say('searches', { n }) : '');
      searches.hidden = n === 0;
      nothing.hidden = sizeOf(kept) > 0;
    },
  };
}
