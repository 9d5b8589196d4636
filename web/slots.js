/**
 * slots.js - the <sotto-slot> elements of a page
 *
 * They are filled when the document has been read, when they appear later, and when asked. A slot
 * that the shopper has the focus in is not touched until the focus has left.
 */
import { SLOT, defineSlot } from './element.js';
import { SottoError } from './errors.js';
import { decisionIn, restore, show } from './render.js';
import { pause } from './pause.js';

/** Filling goes on in a new task after this. */
const TASK_MS = 5;

/** @typedef {import('./index.js').Decision} Decision */

/**
 * @param {object} options
 * @param {(slot: string) => Decision} options.decide
 * @param {(decision: Decision) => void} options.decided a slot shows something else than before
 * @param {(error: unknown) => void} options.report
 */
export function openSlots({ decide, decided, report }) {
  let open = true;

  function fillOne(/** @type {Element} */ element) {
    if (element.contains(document.activeElement)) {
      // Once, however often this is asked for meanwhile.
      element.addEventListener('focusout', later, { once: true });
      return;
    }
    try {
      const decision = decide(element.getAttribute('name') ?? '');
      if (show(element, decision)) decided(decision);
    } catch (error) {
      restore(element);
      report(error);
    }
  }

  /** The focus has gone somewhere once the event is over. */
  function later(/** @type {Event} */ { currentTarget }) {
    setTimeout(() => open && fillOne(/** @type {Element} */ (currentTarget)));
  }

  /** @param {Iterable<Element>} elements */
  async function fillAll(elements) {
    let began = performance.now();
    for (const element of elements) {
      if (!open) return;
      fillOne(element);
      if (performance.now() - began > TASK_MS) {
        await pause();
        began = performance.now();
      }
    }
  }

  const fill = (/** @type {ParentNode} */ root = document) => {
    if (open && document.readyState !== 'loading') fillAll(root.querySelectorAll(SLOT));
  };
  const fillDocument = () => fill();
  const appeared = (/** @type {Event} */ event) => {
    const [element] = /** @type {Element[]} */ (event.composedPath());
    if (document.readyState !== 'loading') fillAll([element]);
  };

  if (!defineSlot()) {
    report(new SottoError('unsupported', 'customElements'));
    open = false;
  } else {
    document.addEventListener(SLOT, appeared);
    document.addEventListener('DOMContentLoaded', fillDocument);
    fill();
  }

  return {
    fill,

    /** Tells again what the slots show now. */
    retell(/** @type {(decision: Decision) => void} */ listener) {
      for (const element of document.querySelectorAll(SLOT)) {
        const decision = decisionIn(element);
        if (decision) listener(decision);
      }
    },

    stop() {
      if (!open) return;
      open = false;
      document.removeEventListener(SLOT, appeared);
      document.removeEventListener('DOMContentLoaded', fillDocument);
      document.querySelectorAll(SLOT).forEach(restore);
    },
  };
}
