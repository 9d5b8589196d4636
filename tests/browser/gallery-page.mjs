/**
 * gallery-page.mjs - what tests of blocks do on the gallery's page
 */
import { after, before, beforeEach } from 'node:test';

import { openGallery } from './gallery.mjs';

/** A gallery for the tests of a file, as new for each of them. */
export function useGallery() {
  const gallery = {};
  before(async () => {
    Object.assign(gallery, await openGallery());
  });
  after(() => gallery.close?.());
  beforeEach(() => {
    gallery.seen.length = 0;
    gallery.posted.length = 0;
    gallery.answer(200);
  });
  return gallery;
}

/** Opens the page and listens to what its policy refuses. */
export async function open(page, { base }, path = '/') {
  await page.goto(base + path);
  await page.waitFor(() => window.gallery !== undefined);
  await page.evaluate(() => {
    window.refused = [];
    document.addEventListener('securitypolicyviolation', (event) => window.refused.push(`${event.effectiveDirective} ${event.blockedURI}`));
  });
}

export const draw = (page, name, changes) => page.evaluate((...about) => window.gallery.draw(...about), name, changes ?? {});
/** Goes to a button of the block and presses it, as a keyboard does. */
export async function press(page, selector) {
  await page.evaluate((wanted) => window.gallery.root.querySelector(wanted).focus(), selector);
  await page.press('Enter');
}
export const told = (page) => page.evaluate(() => window.gallery.told);
export const tick = (page) => page.evaluate(() => new Promise((done) => setTimeout(done, 60)));
/** What has the focus, through shadow roots. */
export const focused = (page) => page.evaluate(() => {
  let { activeElement } = document;
  while (activeElement?.shadowRoot?.activeElement) ({ activeElement } = activeElement.shadowRoot);
  return activeElement && (activeElement.id || activeElement.className || activeElement.localName);
});

/** How the page is without any block. */
export const bare = (page) => page.evaluate(() => [document.body.innerHTML, document.body.children.length,
  document.adoptedStyleSheets.length, document.querySelectorAll('style, [style]:not([style=""])').length]);
