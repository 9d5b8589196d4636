/**
 * ledger_bytes.mjs - FORMAT.md section 9: a ledger of what expressions ask of one
 */
import { u16, u32, u64 } from './write.mjs';
import { check, hash } from './xxhash64.mjs';

const SIZE = 9312;
const CAMPAIGNS = 96;
const ANSWERS = 6240;

export const emptyLedger = () => ({
  orders: 0,
  spent: 0,
  order_s: 0,
  session_start_s: 0,
  active_s: 0,
  shown: new Map(),
  answers: [],
});

/** @param {bigint} seed the profile's; names and answers are strings of one character a byte */
export function ledgerBytes(ledger, seed) {
  const bytes = new Uint8Array(SIZE);
  const put = (at, list) => bytes.set(list, at);
  const key = (text) => u64(hash(Uint8Array.from(text, (one) => one.charCodeAt(0))));
  put(0, [...new TextEncoder().encode('SOTG'), ...u16(1)]);
  put(8, u32(SIZE));
  put(16, [...u64(seed), ...u32(ledger.session_start_s), ...u32(ledger.active_s)]);
  put(44, [...u32(ledger.orders), ...u32(ledger.spent), ...u32(ledger.order_s)]);
  [...ledger.shown].forEach(([name, ever], i) =>
    put(CAMPAIGNS + 24 * i, [...key(name), ...u32(1), ...u32(0), ...u16(ever)]));
  ledger.answers.forEach((text, i) => put(ANSWERS + 16 * i, [...key(text), ...u32(1)]));
  put(12, u32(check(bytes.subarray(16))));
  return bytes;
}
