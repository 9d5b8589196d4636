/**
 * profile.mjs - FORMAT.md section 7: the saved profile
 */
import { Fault, hex64, must } from './bytes.mjs';
import { matchSize, readStart } from './part.mjs';
import { check } from './xxhash64.mjs';

export const PROFILE_SIZE = 7744;
export const RING = 256;

export function readProfile(bytes, problems = []) {
  const head = readStart(bytes, 64, 'SOTP');
  head.reserved(2);
  must(head.u32('size') === PROFILE_SIZE, 8, 'size');
  matchSize(bytes, PROFILE_SIZE);
  if (head.u32('check') !== check(bytes.subarray(16))) throw new Fault('damaged', 12, 'check');

  const seed = hex64(head.u64('seed'));
  const [created_s, updated_s, session_start_s, session_count, event_total] = head.u32s(5);
  const limited = (limit, what) => {
    const at = head.at;
    const value = head.u16(what);
    must(value <= limit, at, what);
    return value;
  };
  const event_head = limited(RING - 1, 'event_head');
  const event_count = limited(RING, 'event_count');
  const cart_count = limited(32, 'cart_count');
  const purchase_count = limited(128, 'purchase_count');
  const category_count = limited(32, 'category_count');
  const brand_count = limited(32, 'brand_count');
  head.reserved(8);

  const ring = head.list(RING, () => {
    const event = { item: hex64(head.u64()), time_s: head.u32(), kind: head.u8() };
    head.reserved(1);
    return { ...event, quantity: head.u16() };
  });
  const table = (size, count, name, one) => {
    const all = head.list(size, one);
    all.slice(count).forEach((entry, i) => {
      if (Object.values(entry).some((value) => value !== 0 && value !== hex64(0n))) {
        problems.push(`${name}: entry ${count + i} is past the count and not zero`);
      }
    });
    const used = all.slice(0, count);
    const key = (entry) => entry.item ?? entry.key;
    if (new Set(used.map(key)).size !== count) problems.push(`${name}: one stands twice`);
    return used.sort((a, b) => (key(a) < key(b) ? -1 : 1));
  };
  const cart = table(32, cart_count, 'cart', () => {
    const line = { item: hex64(head.u64()), time_s: head.u32(), quantity: head.u16() };
    head.reserved(2);
    return line;
  });
  const purchases = table(128, purchase_count, 'purchases', () => ({
    item: hex64(head.u64()),
    time_s: head.u32(),
    times: head.u16(),
    quantity: head.u16(),
  }));
  const interest = () => ({ key: hex64(head.u64()), value: head.u32(), time_s: head.u32() });
  const categories = table(32, category_count, 'categories', interest);
  const brands = table(32, brand_count, 'brands', interest);

  const events = Array.from(
    { length: event_count },
    (_, age) => ring[(event_head - 1 - age + 2 * RING) % RING],
  );
  for (const event of events) {
    if (event.kind < 1 || event.kind > 10) problems.push(`an event of kind ${event.kind}`);
  }
  const unused = Array.from(
    { length: RING - event_count },
    (_, i) => ring[(event_head + i) % RING],
  );
  if (unused.some(({ item, time_s, kind }) => item !== hex64(0n) || time_s || kind)) {
    problems.push('events: an entry past the count is not zero');
  }
  return {
    file: 'profile',
    version: 1,
    size: PROFILE_SIZE,
    seed,
    created_s,
    updated_s,
    session_start_s,
    session_count,
    event_total,
    events,
    cart,
    purchases,
    categories,
    brands,
  };
}
