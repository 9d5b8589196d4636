/**
 * wasm-names.mjs - a module's exports by the names that the headers give them
 *
 * What a page needs first is exported by letters (src/bindings/wasm_exports.h), to save bytes; tests
 * have no need to save any.
 */
import { readFileSync } from 'node:fs';

const header = readFileSync(new URL('../src/bindings/wasm_exports.h', import.meta.url), 'utf8');
const letters = [...header.matchAll(/^SOTTO_PAGE\((\w)\)[^;(]*\b(sotto_wasm_\w+)\(/gm)];
if (letters.length < 10) throw new Error('wasm-names: what does wasm_exports.h export?');

export const named = (exports) => ({
  ...exports,
  ...Object.fromEntries(letters.filter(([, letter]) => exports[letter])
    .map(([, letter, name]) => [name, exports[letter]])),
});
