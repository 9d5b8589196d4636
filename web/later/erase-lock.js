/**
 * erase-lock.js - a tab erases, and the others wait until it has
 *
 * A second erase would take what was saved since the first, so only one that a page did not live to see
 * is done again. The browser's locks tell the two apart: a page that is gone holds none.
 */
import { LIMIT_MS } from './database.js';
import { within } from './within.js';

/** @param {string} name of what is kept on the device @param {Promise<unknown>} erasing */
export function holdWhile(name, erasing) {
  globalThis.navigator?.locks?.request(name, { mode: 'shared' }, () => erasing).catch(() => {});
}

/** Resolves when no other tab is erasing any more. @param {string} name */
export async function othersErase(name) {
  const locks = globalThis.navigator?.locks;
  if (locks) await within(locks.request(name, () => {}), LIMIT_MS).catch(() => {});
}
