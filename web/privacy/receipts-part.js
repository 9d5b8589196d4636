/**
 * receipts-part.js - the receipt of an erase, and what was agreed when
 */
import { whose } from './consent-part.js';
import { button, make, title } from './dom.js';
import { saveFile } from './save-file.js';
import { notesIn, sizeOf } from './size.js';

/** @typedef {import('./centre.js').Seen} Seen */
/**
 * Does what erases, looks again afterwards, and answers what was found, in sentences.
 *
 * @param {import('./speak.js').Speaker} speak
 * @param {import('../index.js').Sotto} sotto
 * @param {'erased' | 'withdrawn'} what
 * @param {() => Promise<void>} erase
 */
export async function eraseAndLook({ say, moment }, sotto, what, erase) {
  const before = await sotto.profile.export();
  await erase();
  const after = await sotto.profile.export();
  const left = sizeOf(after);
  const lists = before ?? { events: [], cart: [], purchases: [], interests: [] };
  return [
    say(what === 'erased' ? 'receiptErased' : 'receiptWithdrawn',
      { moment: moment(new Date().toISOString()), shop: before?.shop ?? '' }),
    say('receiptBefore', {
      events: say('nEvents', { n: lists.events.length }),
      cart: say('nCart', { n: lists.cart.length }),
      purchases: say('nPurchases', { n: lists.purchases.length }),
      interests: say('nInterests', { n: lists.interests.length }),
      notes: say('nNotes', { n: before ? notesIn(before) : 0 }),
    }),
    left > 0 ? say('receiptLeft', { n: left }) : say('receiptNothing'),
    ...(sotto.consent.state === 'none' ? [] : [say('receiptStays')]),
  ];
}

/** @param {Pick<import('./centre.js').Context, 'speak' | 'level'>} context */
export function receiptPart({ speak, level }) {
  const { say } = speak;
  const heading = title(level, 'receipt-title', say('receiptTitle'));
  const lines = make('div');
  /** @type {string[]} */
  let sentences = [];
  const save = button('save-receipt', say('saveReceipt'), () => {
    const text = [say('receiptTitle'), '', ...sentences, ''].join('\n');
    saveFile('receipt.txt', 'text/plain', text);
  });
  const element = make('section',
    { class: 'receipt', 'aria-labelledby': 'receipt-title', hidden: true },
    heading, lines, make('p', { class: 'buttons' }, save));
  return {
    element,
    show() {},
    /** Shows it, and takes the focus there. */
    hand(/** @type {string[]} */ news) {
      sentences = news;
      lines.replaceChildren(...news.map((text) => make('p', {}, text)));
      element.hidden = false;
      heading.focus();
    },
  };
}

/** @param {Pick<import('./centre.js').Context, 'speak' | 'level'>} context */
export function receiptsPart({ speak, level }) {
  const { say } = speak;
  const list = make('ul', { role: 'list', class: 'rows receipts' });
  const nothing = make('p', { class: 'note' }, say('receiptsNothing'));
  let mark = '';
  return {
    element: make('section', { 'aria-labelledby': 'receipts-title' },
      title(level, 'receipts-title', say('receiptsTitle')),
      nothing, list),

    show(/** @type {Seen} */ { kept }) {
      const receipts = kept?.receipts ?? [];
      nothing.hidden = receipts.length > 0;
      if (mark === JSON.stringify(receipts)) return;
      mark = JSON.stringify(receipts);
      list.replaceChildren(...receipts.map(({ at, what, purposes, source, gpc, policy }) => {
        const granted = Object.entries(purposes).filter(([, yes]) => yes);
        const notes = [
          ...granted.map(([name]) => say(`purpose_${name}`)),
          whose(speak, source),
          gpc && source !== 'gpc' ? say('withSignal') : '',
          policy ? say('policy', { name: policy }) : '',
        ];
        const name = `${speak.moment(at)}: ${say(`what_${what}`)}`;
        return make('li', {}, make('span', { class: 'name' }, name),
          make('span', { class: 'note' }, notes.filter(Boolean).join(' · ')));
      }));
    },
  };
}
