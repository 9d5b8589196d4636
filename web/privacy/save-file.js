/**
 * save-file.js - a file for the shopper, made here and asked of nobody
 */
import { make } from './dom.js';

/** Longer than a browser takes to begin the download. */
const KEPT_MS = 10000;

/** @param {string} name @param {string} type @param {string} text */
export function saveFile(name, type, text) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  make('a', { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), KEPT_MS);
}
