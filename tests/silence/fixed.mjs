/**
 * fixed.mjs - the same clock and the same chance for every shopper
 *
 * A script that runs before any other of a page. The clock stands still at a time of the round, half
 * a minute later on each page; whatever is drawn by chance comes from the round's seed and the
 * number of the page. What is measured (performance.now) goes on, since it cannot be the same in two
 * runs; nothing that is asked for may follow from it. The same script writes down what the page hints at
 * to the browser.
 */

/** The text of the script for a round. @param {{ clock_s: number, seed: number }} round */
export const fixedScript = ({ clock_s, seed }) => `
(${fix})(${clock_s}, ${seed >>> 0});
`;

function fix(clock_s, seed) {
  const PAGES = 'silence pages';
  const page = Number(sessionStorage.getItem(PAGES) ?? 0);
  sessionStorage.setItem(PAGES, String(page + 1));

  // Hints to the browser (rel=dns-prefetch and its like) may be followed where no test can see it.
  globalThis.silenceHints = [];
  const note = (node) => {
    if (node.localName === 'link' || node.type === 'speculationrules') {
      globalThis.silenceHints.push(`${node.rel ?? ''} ${node.href ?? node.text}`);
    }
  };
  new MutationObserver((records) => {
    for (const { target, addedNodes } of records) [target, ...addedNodes].forEach(note);
  }).observe(document, { subtree: true, childList: true, attributes: true });

  const now_ms = (clock_s + 30 * page) * 1000;
  const RealDate = Date;
  class FixedDate extends RealDate {
    constructor(...given) {
      super(...(given.length === 0 ? [now_ms] : given));
    }

    static now() {
      return now_ms;
    }
  }
  globalThis.Date = FixedDate;

  // Mulberry32.
  let state = (seed + 0x9e3779b9 * page) | 0;
  const draw = () => {
    state = (state + 0x6d2b79f5) | 0;
    let word = Math.imul(state ^ (state >>> 15), state | 1);
    word ^= word + Math.imul(word ^ (word >>> 7), word | 61);
    return (word ^ (word >>> 14)) >>> 0;
  };
  Math.random = () => draw() / 2 ** 32;
  Crypto.prototype.getRandomValues = function getRandomValues(array) {
    const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
    for (let i = 0; i < bytes.length; i++) bytes[i] = draw();
    return array;
  };
  Crypto.prototype.randomUUID = function randomUUID() {
    const hex = Array.from({ length: 32 }, () => (draw() & 15).toString(16)).join('');
    return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-8$4-$5');
  };
}
