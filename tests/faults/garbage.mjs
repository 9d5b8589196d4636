/**
 * garbage.mjs - devices as no version of Sotto left them
 *
 * Whatever lies there, the page hears of nothing but, at most, a damaged profile; it starts anew, keeps
 * what it is told from then on, and a withdrawal leaves nothing.
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

const rows = (row, key = KEY) => ({ local: YES, rows: [[key, row]] });
const bytes = (all) => rows({ bytes: base64(all) });
const record = (text) => ({ local: { [NAME]: text }, rows: [[KEY, { bytes: base64(whole) }]] });
const beside = (local) => ({ local: { ...YES, ...local }, rows: [[KEY, { bytes: base64(whole) }]] });

/** All of them, by what is wrong. @param {number} seed */
export function garbage(seed) {
  const random = randomFrom(seed);
  const text = (size) => String.fromCharCode(...bytesOf(random, size).map((code) => 32 + code % 95));
  return {
    'random bytes': bytes(bytesOf(random, 7744)),
    'random bytes, of a whole block': bytes(bytesOf(random, 10080)),
    'one byte': bytes(bytesOf(random, 1)),
    'truncated': bytes(whole.subarray(0, random.between(1, 7743))),
    'one bit': bytes(spoilt(random, whole.subarray(0, 7744), 1)),
    'a shelf that is spoilt': bytes([...whole.subarray(0, 7744), ...spoilt(random, whole.subarray(7744), 400)]),
    'more behind it': bytes([...whole, ...bytesOf(random, 3000)]),
    'a later version': bytes([...whole.subarray(0, 4), 2, 0, ...whole.subarray(6)]),
    'giant': rows({ made: 'giant' }),
    'sealed, cut off': rows({ ...sealed, data: sealed.data.slice(0, 400) }),
    'sealed, with a bit turned': rows({ ...sealed, data: base64(spoilt(random, Buffer.from(sealed.data, 'base64'), 1)) }),
    'sealed with another key': rows({ ...sealed, key: base64(bytesOf(random, 32)) }),
    'sealed, but too short': rows({ made: 'sealedShort' }),
    ...Object.fromEntries(['undefined', 'date', 'buffer', 'floats', 'map', 'blob', 'list', 'keyless', 'wrongKey', 'otherKind']
      .map((made) => [`a row of another shape: ${made}`, rows({ made })])),
    ...Object.fromEntries([null, 5, 7744, true, 'abc', '', {}, [1, 2], { data: 1 }, { how: 1, key: 2, data: 3 }, { length: 9 }]
      .map((value) => [`a row of another shape: ${JSON.stringify(value)}`, rows({ value })])),
    'a key that is a text': rows({ bytes: base64(whole) }, text(5)),
    'a key that is a list': rows({ bytes: base64(whole) }, [3, 'x']),
    'a key that is a date': rows({ bytes: base64(whole) }, { made: 'date' }),
    'an endless key': rows({ bytes: base64(whole) }, { made: 'infinity' }),
    'a key below all': rows({ bytes: base64(whole) }, -5),
    'a later database': { local: YES, version: 7, rows: [[KEY, { bytes: base64(whole) }]] },
    'a database without our rows': { local: YES, store: 'others', rows: [[1, { value: 1 }]] },
    'keys inside the rows': { local: YES, options: { keyPath: 'id' }, rows: [[0, { value: { id: 5 } }]] },
    ...Object.fromEntries(['', 'null', '0', '5', '""', '[]', '{}', '{"tier":5}', '{"tier":"none"}', '{"tier":"__proto__"}',
      '{"tier":"remembered","erased":1e999,"until":"x","since":{}}', '{"tier":"remembered","since":-1e300,"until":1e300}',
      '{"tier":"refused","since":1e300}', '{"tier":"paused","policy":{"a":[1]},"source":7}',
      '{"tier":"erasing","then":{"tier":1}}', '{"tier":"erasing","then":"remembered","erased":"many"}',
      '{"tier":"remembered","sequence":[1],"kept":"yes"}', '\u0000\uffff', text(50), text(5000)]
      .map((one) => [`a record that says ${one.slice(0, 60)}`, record(one)])),
    'leftovers of another make': beside(Object.fromEntries(['x', '[', '5', 'null', '{}', '[[]]', '[5,null,"a"]', '[[1]]',
      '[["1","2","3","4"]]', '[[1,"-5",1,1800000000]]', '[[1,"99999999999999999999999",1,1]]', '[[1,"1.5",1,1]]',
      '[[300,"5",1,1800000000]]', '[[0,"5",99,1800000000]]', '[[1,"7",1e9,1800000000]]', '[[1,"7",1,1e300]]', text(300)]
      .map((one, i) => [`${NAME} left ${i}`, one]))),
    'receipts of another make': beside({ [`${NAME} receipts`]: '[[1e300,"granted",3],[null],5,{"a":1},["x","withdrawn"],[1,2,3,4,5,6]]' }),
    'receipts that are none': beside({ [`${NAME} receipts`]: text(2000) }),
  };
}
