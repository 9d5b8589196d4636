/**
 * ledger.js - what campaigns did with this shopper, byte by byte
 *
 * docs/FORMAT.md section 9 in JavaScript, for what the core in a page does not do: telling the
 * shopper what is kept, and seeing whether something that a page left behind is in it already. The
 * core writes the ledger and decides by it.
 */

/** Behind the profile and the shelf. */
export const LEDGER_AT = 7744 + 2336;
export const LEDGER_SIZE = 9312;

/** What happens to campaigns, by the numbers of sotto_ledger_event in src/sotto_plan.h. */
export const HAPPENED = {
  impression: 11, dismissed: 12, clicked: 13, given: 14, redeemed: 15, exposure: 16, win: 17,
  answer: 18, unanswer: 19, dwell: 20,
};

/** Where each table begins, how large an entry is, how many there are. */
const TABLES = /** @type {Record<string, [number, number, number]>} */ ({
  campaigns: [96, 24, 256], answers: [6240, 16, 32], watched: [6752, 16, 32],
  dwell: [7264, 16, 32], arms: [7776, 16, 64], offers: [8800, 16, 32],
});

/** The ledger in a saved block; null if there is none. @param {Uint8Array | null} block */
export const ledgerIn = (block) =>
  (block && block.length >= LEDGER_AT + LEDGER_SIZE
    ? block.subarray(LEDGER_AT, LEDGER_AT + LEDGER_SIZE) : null);

/** Everything in the ledger. */
export function readLedger(/** @type {Uint8Array} */ ledger) {
  const view = viewOf(ledger);
  const u16 = (/** @type {number} */ at) => view.getUint16(at, true);
  const u32 = (/** @type {number} */ at) => view.getUint32(at, true);
  /**
   * @template T
   * @param {string} name
   * @param {(at: number) => T} read what stands behind the key
   */
  const table = (name, read) => {
    const [start, size, count] = TABLES[name];
    return Array.from({ length: count }, (_, i) => start + size * i)
      .map((at) => ({ key: view.getBigUint64(at, true), ...read(at + 8) }))
      .filter(({ key }) => key !== 0n);
  };
  return {
    session_start_s: u32(24),
    session_active_s: u32(28),
    order_count: u32(44),
    spent: u32(48),
    campaigns: table('campaigns', (at) => ({
      shown_s: u32(at), dismissed_s: u32(at + 4), ever: u16(at + 8), session: ledger[at + 10],
      day: ledger[at + 11], clicked: ledger[at + 12],
    })),
    answers: table('answers', (at) => ({ time_s: u32(at) })),
    watched: table('watched', (at) => ({ price: u32(at), time_s: u32(at + 4) })),
    dwell: table('dwell', (at) => ({ active_s: u32(at), time_s: u32(at + 4) })),
    arms: table('arms', (at) => ({ exposed_s: u32(at), tries: u16(at + 4), wins: u16(at + 6) })),
    offers: table('offers', (at) => ({ given_s: u32(at), redeemed_s: u32(at + 4) })),
  };
}

/** When the session began, and behind it the active time in it. */
const SESSION = 24;
/** Kinds whose time the ledger keeps: the table and where in an entry it stands. */
const TIMED = /** @type {Record<number, [string, number]>} */ ({
  [HAPPENED.impression]: ['campaigns', 8], [HAPPENED.dismissed]: ['campaigns', 12],
  [HAPPENED.exposure]: ['arms', 8], [HAPPENED.dwell]: ['dwell', 12],
});

/**
 * Whether something that happened is surely in the ledger. Where it cannot be told the answer is
 * no: an impression that counts twice is better than one that is lost. Time is spent in one tab at
 * once, so it is in if the session has come as far as with it.
 *
 * @param {Uint8Array | null} ledger
 * @param {Pick<import('./visit.js').Entry, 'kind' | 'item' | 'time_s' | 'reached'>} entry
 */
export function isFolded(ledger, { kind, item, time_s, reached }) {
  const [name, place] = TIMED[kind] ?? [];
  if (!ledger || !name || place === undefined) return false;
  const view = viewOf(ledger);
  if (kind === HAPPENED.dwell && reached) {
    const [session_s, active_s] = reached;
    const now_s = view.getUint32(SESSION, true);
    if (now_s === session_s) return view.getUint32(SESSION + 4, true) >= active_s;
    // A session that is over is not counted any more: only a product's time is.
    if (item === 0n) return now_s > session_s;
  }
  if (item === 0n) return false;
  const [start, size, count] = TABLES[name];
  return Array.from({ length: count }, (_, i) => start + size * i).some((at) =>
    view.getBigUint64(at, true) === item
    && view.getUint32(at + place, true) === Math.max(time_s, 1));
}

/** Since when the shopper is known to be in an arm; 0 if they are not. */
export function exposedIn(/** @type {Uint8Array} */ ledger, /** @type {bigint} */ key) {
  const { arms } = readLedger(ledger);
  return arms.find((arm) => arm.key === key)?.exposed_s ?? 0;
}

/** Takes out what was counted only to measure: exposures and wins. The checksum is to be made anew. */
export function forgetMeasured(/** @type {Uint8Array} */ ledger) {
  const [start, size, count] = TABLES.arms;
  ledger.fill(0, start, start + size * count);
}

/** Whether a question was answered so. @param {Uint8Array} ledger @param {bigint} key */
export const answeredIn = (ledger, key) =>
  readLedger(ledger).answers.some((answer) => answer.key === key);

/** Where times stand: in the head, and in an entry of each table. */
const HEAD_TIMES = [24, 40, 52, 56];
const ENTRY_TIMES = /** @type {Record<string, number[]>} */ ({
  campaigns: [8, 12], answers: [8], watched: [12], dwell: [12], arms: [8], offers: [8, 12],
});
/** The day of the latest campaign that interrupted. */
const DAY = 36;
const DAY_S = 86400;

const timesOf = () => Object.entries(TABLES).flatMap(([name, [start, size, count]]) =>
  Array.from({ length: count }, (_, i) => start + size * i)
    .flatMap((at) => ENTRY_TIMES[name].map((place) => at + place))).concat(HEAD_TIMES);

const viewOf = (/** @type {Uint8Array} */ ledger) =>
  new DataView(ledger.buffer, ledger.byteOffset, ledger.length);

/** Whether something in the ledger is later than that: a pause from it might never end. */
export function isLedgerAhead(/** @type {Uint8Array} */ ledger, /** @type {number} */ latest_s) {
  const view = viewOf(ledger);
  return view.getUint32(DAY, true) > latest_s / DAY_S + 1
    || timesOf().some((at) => view.getUint32(at, true) > latest_s);
}

/** Has what is later than now be of now. The checksum is to be made anew. */
export function pullLedgerBack(/** @type {Uint8Array} */ ledger, /** @type {number} */ now_s) {
  const view = viewOf(ledger);
  for (const at of timesOf()) {
    const time_s = view.getUint32(at, true);
    // The last bit of a time may say something else.
    if (time_s > now_s) view.setUint32(at, now_s - ((now_s + time_s) & 1), true);
  }
  view.setUint32(DAY, Math.min(view.getUint32(DAY, true), Math.floor(now_s / DAY_S)), true);
}
