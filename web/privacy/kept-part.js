/**
 * kept-part.js - what is remembered, in lists that a shopper understands
 *
 * An export tells what happened, one event after the other; here each product stands once, with all
 * that was done with it, and can be forgotten.
 */
import { button, make, setText, title } from './dom.js';
import { openRows } from './rows.js';

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
 * @property {() => void} forget
 * @property {'forget' | 'takeBack'} verb
 * @property {boolean} fixed it cannot be forgotten now
 */
/** @typedef {Omit<Line, 'mark' | 'verb' | 'fixed'> & { verb?: Line['verb'] }} NewLine */

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

  let fixed = false;
  /** @param {NewLine} line @returns {Line} */
  const line = (line) => ({
    verb: 'forget', ...line, fixed,
    mark: `${line.name}\n${line.note}\n${line.share?.toFixed(2) ?? ''}\n${fixed}`,
  });

  /** @param {Line} row */
  const draw = ({ name, note, share, forget, verb, fixed }) => [
    make('span', { class: 'name' }, name, share === undefined ? null
      : make('meter', { min: 0, max: 1, value: share.toFixed(2), 'aria-hidden': 'true' })),
    make('span', { class: 'note' }, note),
    ...(fixed ? [] : [button(verb, say(verb), forget,
      { class: 'quiet', 'aria-label': say(`${verb}Of`, { name }) })]),
  ];

  const rows = (/** @type {string} */ name) => openRows({
    name, draw, title: say(`${name}Title`), level: level + 1,
    more: (count) => say('showAll', { n: count }),
  });
  const lists = {
    seen: rows('seen'), cart: rows('cart'), bought: rows('bought'), interests: rows('interests'),
    dismissed: rows('dismissed'),
  };
  const nothing = make('p', { class: 'note', 'data-nothing': true }, say('keptNothing'));
  const searches = make('p', { class: 'note' });
  const paused = make('p', { class: 'note' }, say('keptPaused'));

  /** @param {ProfileExport['events']} events of one product */
  function seenLine(events) {
    const [{ item, at }] = events;
    const name = nameOf(events[0]);
    const deeds = DEEDS.map(([kind, text]) => {
      const n = events.filter((event) => event.kind === kind).length;
      return n > 0 ? say(text, { n }) : '';
    });
    const note = [...deeds.filter(Boolean), say('last', { day: speak.day(at) })].join(', ');
    return line({ key: item, name, note, forget: forgetItem(item, name) });
  }

  /** @param {ProfileExport['interests']} interests */
  function interestLines(interests) {
    const strongest = Math.max(...interests.map(({ strength }) => strength), Number.MIN_VALUE);
    const strongestFirst = [...interests].sort((a, b) => b.strength - a.strength);
    return strongestFirst.map(({ kind, name: id, strength }) => {
      const name = id.startsWith('hash:') ? say('unknownName', { name: id.slice(5, 11) }) : id;
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
      nothing, paused, ...Object.values(lists).map(({ element }) => element), searches),

    show(/** @type {Seen} */ { kept, details }) {
      // A pause is of reading and adding both; what is to be forgotten is written anew.
      fixed = details?.answer === 'paused';
      const { events = [], cart = [], purchases = [], interests = [] } = kept ?? {};
      const items = byItem(events);
      const seen = items.map((all) => all.filter(({ kind }) => kind !== 'dismiss'));
      const refused = items.filter(([latest]) => latest.kind === 'dismiss');
      lists.seen.show(seen.filter(({ length }) => length > 0).map(seenLine));
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
        note: [say('boughtTimes', { n: one.times }), say('last', { day: speak.day(one.lastAt) })]
          .join(', '),
        forget: forgetItem(one.item, nameOf(one)),
      })));
      lists.interests.show(interestLines(interests));
      const n = events.filter(({ kind }) => kind === 'search').length;
      setText(searches, n > 0 ? say('searches', { n }) : '');
      searches.hidden = n === 0;
      paused.hidden = !fixed || (kept?.block ?? '') === '';
      nothing.hidden = n + items.length + cart.length + purchases.length + interests.length > 0;
    },
  };
}
