/**
 * centre.js - the parts of the privacy centre, drawn from what Sotto says, and again when it changes
 */
import { consentPart } from './consent-part.js';
import { erasePart, takePart } from './data-part.js';
import { make } from './dom.js';
import { keptPart } from './kept-part.js';
import { eraseAndLook, receiptPart, receiptsPart } from './receipts-part.js';
import { whyPart } from './why-part.js';

/** @typedef {import('../index.js').Sotto} Sotto */
/**
 * What there is to show.
 *
 * @typedef {object} Seen
 * @property {Sotto['consent']['state']} state
 * @property {import('../index.js').ConsentDetails | undefined} details
 * @property {import('../index.js').ProfileExport | undefined} kept
 * @property {boolean} compares whether the shop runs experiments
 */
/**
 * What a part is given.
 *
 * @typedef {object} Context
 * @property {import('./speak.js').Speaker} speak
 * @property {number} level of the parts' titles
 * @property {(text: string) => void} announce says it to those who listen to the page, and shows it until
 *   something else is done; none takes it away
 * @property {(work: (sotto: Sotto) => Promise<void>) => void} act and shows what came of it
 * @property {(what: 'erased' | 'withdrawn', erase: () => Promise<void>) => Promise<void>} receipt
 */

/**
 * @param {Sotto} sotto
 * @param {import('./speak.js').Speaker} speak
 * @param {number} level
 */
export function openCentre(sotto, speak, level) {
  const status = make('p', { class: 'status', role: 'status', 'aria-live': 'polite' });
  let open = true;
  let waiting = false;
  let compares = false;

  /** @type {Context} */
  const context = {
    speak,
    level,
    announce(text) {
      status.replaceChildren(text ? make('span', {}, text) : '');
    },
    act: (work) => {
      context.announce('');
      work(sotto).then(show);
    },
    async receipt(what, erase) {
      const sentences = await eraseAndLook(speak, sotto, what, erase);
      await show();
      own.hand(sentences);
    },
  };
  const own = receiptPart(context);
  const parts = [consentPart(context), keptPart(context), whyPart(context), takePart(context),
    erasePart(context), own, receiptsPart(context)];

  async function show() {
    const [kept, details] = await Promise.all([sotto.profile.export(), sotto.consent.details()]);
    if (!open) return;
    const seen = { kept, details, compares, state: sotto.consent.state };
    parts.forEach((part) => part.show(seen));
  }

  /** One drawing a frame, however much changes. */
  function changed() {
    if (waiting || !open) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      show();
    });
  }

  // Campaigns come after all else: nothing waits for them.
  sotto.campaigns.then((campaigns) => {
    compares = (campaigns?.inspect().experiments.length ?? 0) > 0;
    if (compares) changed();
  });

  const offs = [sotto.on('profile', changed), sotto.on('consent', changed),
    sotto.on('decision', changed)];
  return {
    elements: [...parts.map(({ element }) => element), status],
    show,
    close() {
      open = false;
      offs.forEach((off) => off());
    },
  };
}
