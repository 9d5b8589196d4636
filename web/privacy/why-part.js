/**
 * why-part.js - why the products of this page are shown
 */
import { button, make, title } from './dom.js';
import { openRows } from './rows.js';

/** @typedef {import('./centre.js').Context} Context */
/** @typedef {import('./centre.js').Seen} Seen */
/** @typedef {import('../index.js').SottoSlotElement} SottoSlotElement */
/** @typedef {import('../index.js').DecidedItem} DecidedItem */
/** @typedef {{
 *   key: string, mark: string, item: DecidedItem, mayRefuse: boolean, planned: boolean,
 * }} Row
 */

/** @param {Context} context */
export function whyPart({ speak, level, announce, act }) {
  const { say } = speak;
  const nothing = make('p', { class: 'note' }, say('whyNothing'));
  const lists = make('div');
  /** @type {Map<string, ReturnType<typeof openRows<Row>>>} */
  const open = new Map();

  /** @param {Row} row */
  const draw = ({ item: { id, title: known, url, reasons }, mayRefuse, planned }) => {
    const name = known || id;
    const because = reasons.map(({ text }) => text).filter(Boolean);
    if (because.length === 0) because.push(say(planned ? 'whyCampaign' : 'whyShop'));
    const refuse = () => act(async (sotto) => {
      sotto.track('dismiss', { item: id });
      announce(say('dismissed', { name, list: say('dismissedTitle') }));
      sotto.fill();
    });
    return [
      make('span', { class: 'words' },
        make(url ? 'a' : 'span', { class: 'name', href: url || null }, name),
        make('span', { class: 'note' }, because.join(' · '))),
      ...(mayRefuse ? [button('notThis', say('notThis'), refuse,
        { class: 'quiet', 'aria-label': say('notThisOf', { name }) })] : []),
    ];
  };

  return {
    element: make('section', { 'aria-labelledby': 'why-title' },
      title(level, 'why-title', say('whyTitle')), nothing, lists),

    show(/** @type {Seen} */ { state }) {
      const slots = /** @type {SottoSlotElement[]} */ (
        [...document.querySelectorAll('sotto-slot, sotto-block')])
        .filter(({ decision, localName }) => decision
          && (localName === 'sotto-slot' || decision.items.length > 0));
      const names = slots.map(({ localName, decision }) =>
        (localName === 'sotto-slot' ? '' : 'campaign-') + decision?.slot);
      for (const [name, list] of open) {
        if (names.includes(name)) continue;
        list.element.remove();
        open.delete(name);
      }
      slots.forEach((slot, i) => {
        const { heading, items } = /** @type {import('../index.js').Decision} */ (slot.decision);
        const own = slot.querySelector('[data-sotto-heading]')?.textContent;
        const list = open.get(names[i]) ?? openRows({
          name: `why-${names[i]}`, title: heading || own || names[i], level: level + 1, draw,
          more: (count) => say('showAll', { n: count }),
        });
        open.set(names[i], list);
        if (list.element.parentNode !== lists) lists.append(list.element);
        const mayRefuse = state !== 'none';
        list.show(items.map((item) => ({
          key: item.id, item, mayRefuse, planned: slot.localName === 'sotto-block',
          mark: JSON.stringify([item.title, item.url, item.reasons, mayRefuse]),
        })));
      });
      nothing.hidden = slots.length > 0;
    },
  };
}
