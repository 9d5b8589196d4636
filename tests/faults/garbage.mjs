/**
 * garbage.mjs - devices as no version of Sotto left them
 *
 * Whatever lies there, the page hears of nothing but, at most, a damaged profile; what it has is the
 * profile that lies there or a new one, and a yes only if there is one; it keeps what it is told from then
 * on, and a withdrawal leaves nothing.
 */
import { randomFrom } from '../silence/random.mjs';
import { golden } from '../web/support/golden.mjs';
import { NAME } from './site.mjs';

const KEY = 1800000000007;
const YES = { [NAME]: '{"tier":"remembered","erased":0}' };
const devices = Object.fromEntries(golden().map((one) => [one.file.replace('.json', ''), one]));
const base64 = (bytes) => Buffer.from(bytes).toString('base64');
const whole = Buffer.from(devices['bare-shelf'].rows.at(-1)[1].bytes, 'base64');
const sealed = devices['sealed-shelf'].rows.at(-1)[1];

const bytesOf = (random, size) => Uint8Array.from({ length: size }, () => random.below(256));
/** With some of its bits turned. */
function spoilt(random, bytes, bits) {
  const copy = Uint8Array.from(bytes);
  for (let i = 0; i < bits; i++) copy[random.below(copy.length)] ^= 1 << random.below(8);
  return copy;
}

/** What a page can make of it: the profile that is there, a new one, or, without a yes, none. */
const OLD = devices['bare-shelf'].holds;
const NEW = { consent: 'remembered', events: [], cart: [], purchases: [] };
const NONE = { ...NEW, consent: 'none' };

/**
 * @param {object} device
 * @param {typeof NEW} holds
 * @param {typeof NEW} [lies] what a yes may have the page find there
 */
const holding = (device, holds, lies = holds) => ({ ...device, holds, lies });
const rows = (row, key = KEY) => holding({ local: YES, rows: [[key, row]] }, NEW);
const bytes = (all) => rows({ bytes: base64(all) });
const old = (device) => holding(device, OLD);
const record = (text, holds = NONE) =>
  holding({ local: { [NAME]: text }, rows: [[KEY, { bytes: base64(whole) }]] }, holds, holds === NONE ? OLD : holds);
const beside = (local) =>
  old({ local: { ...YES, ...local }, rows: [[KEY, { bytes: base64(whole) }]] });
/** Records that are a yes for all that: everything else is none. */
const YESES = {
  '{"tier":"remembered","erased":1e999,"until":"x","since":{}}': OLD,
  '{"tier":"remembered","sequence":[1],"kept":"yes"}': OLD,
  // It was to be erased, and the yes to stand.
  '{"tier":"erasing","then":"remembered","erased":"many"}': NEW,
};

/** What an engine does not let anybody store: WebKit's automation is a private session. */
const UNSTORABLE = { webkit: ['blob'] };

/**
 * All of them that can be laid out there, by what is wrong: devices of lay.mjs, with what they hold.
 *
 * @param {number} seed
 * @param {string} engine
 */
export function garbage(seed, engine) {
  const random = randomFrom(seed);
  const text = (size) => String.fromCharCode(...bytesOf(random, size).map((code) => 32 + code % 95));
  return {
    'random bytes': bytes(bytesOf(random, 7744)),
    'random bytes, of a whole block': bytes(bytesOf(random, 10080)),
    'one byte': bytes(bytesOf(random, 1)),
    'truncated': bytes(whole.subarray(0, random.between(1, 7743))),
    'one bit': bytes(spoilt(random, whole.subarray(0, 7744), 1)),
    'a shelf that is spoilt': old(bytes([...whole.subarray(0, 7744), ...spoilt(random, whole.subarray(7744), 400)])),
    'more behind it': old(bytes([...whole, ...bytesOf(random, 3000)])),
    'a later version': bytes([...whole.subarray(0, 4), 2, 0, ...whole.subarray(6)]),
    'giant': rows({ made: 'giant' }),
    'sealed, cut off': rows({ ...sealed, data: sealed.data.slice(0, 400) }),
    'sealed, with a bit turned': rows({ ...sealed, data: base64(spoilt(random, Buffer.from(sealed.data, 'base64'), 1)) }),
    'sealed with another key': rows({ ...sealed, key: base64(bytesOf(random, 32)) }),
    'sealed, but too short': rows({ made: 'sealedShort' }),
    ...Object.fromEntries(['undefined', 'date', 'buffer', 'floats', 'map', 'blob', 'list', 'keyless', 'wrongKey', 'otherKind']
      .filter((made) => !UNSTORABLE[engine]?.includes(made))
      .map((made) => [`a row of another shape: ${made}`, rows({ made })])),
    ...Object.fromEntries([null, 5, 7744, true, 'abc', '', {}, [1, 2], { data: 1 }, { how: 1, key: 2, data: 3 }, { length: 9 }]
      .map((value) => [`a row of another shape: ${JSON.stringify(value)}`, rows({ value })])),
    'a key that is a text': old(rows({ bytes: base64(whole) }, text(5))),
    'a key that is a list': old(rows({ bytes: base64(whole) }, [3, 'x'])),
    'a key that is a date': old(rows({ bytes: base64(whole) }, { made: 'date' })),
    'an endless key': old(rows({ bytes: base64(whole) }, { made: 'infinity' })),
    'a key below all': old(rows({ bytes: base64(whole) }, -5)),
    'a later database': { ...bytes(whole), version: 7 },
    'a database without our rows': { ...rows({ value: 1 }, 1), store: 'others' },
    'keys inside the rows': { ...rows({ value: { id: 5 } }, 0), options: { keyPath: 'id' } },
    ...Object.fromEntries(['', 'null', '0', '5', '""', '[]', '{}', '{"tier":5}', '{"tier":"none"}', '{"tier":"__proto__"}',
      '{"tier":"remembered","erased":1e999,"until":"x","since":{}}', '{"tier":"remembered","since":-1e300,"until":1e300}',
      '{"tier":"refused","since":1e300}', '{"tier":"paused","policy":{"a":[1]},"source":7}',
      '{"tier":"erasing","then":{"tier":1}}', '{"tier":"erasing","then":"remembered","erased":"many"}',
      '{"tier":"remembered","sequence":[1],"kept":"yes"}', '\u0000\uffff', text(50), text(5000)]
      .map((one) => [`a record that says ${one.slice(0, 60)}`, record(one, YESES[one])])),
    'leftovers of another make': beside(Object.fromEntries(['x', '[', '5', 'null', '{}', '[[]]', '[5,null,"a"]', '[[1]]',
      '[["1","2","3","4"]]', '[[1,"-5",1,1800000000]]', '[[1,"99999999999999999999999",1,1]]', '[[1,"1.5",1,1]]',
      '[[300,"5",1,1800000000]]', '[[0,"5",99,1800000000]]', '[[1,"7",1e9,1800000000]]', '[[1,"7",1,1e300]]', text(300)]
      .map((one, i) => [`${NAME} left ${i}`, one]))),
    'receipts of another make': beside({ [`${NAME} receipts`]: '[[1e300,"granted",3],[null],5,{"a":1},["x","withdrawn"],[1,2,3,4,5,6]]' }),
    'receipts that are none': beside({ [`${NAME} receipts`]: text(2000) }),
  };
}
