/**
 * scene_wasm.mjs - what a page tells of its moment, as the modules take it
 *
 * src/bindings/wasm_plan.h has the struct: words, and behind them, on multiples of eight, what they point at.
 */
import { xxhash64 } from '../reference/xxhash64.mjs';

const SCENE_SIZE = 37 * 4;

const hex64ofBig = (value) => value.toString(16).padStart(16, '0');

/** The words of 64-bit values in hexadecimal, low first. */
export const halves = (hex) => [parseInt(hex.slice(8), 16), parseInt(hex.slice(0, 8), 16)];

export const u32List = (numbers) => new Uint8Array(Uint32Array.from(numbers).buffer);

/**
 * @param {number} start where they want it
 * @param {Uint8Array} memory of the modules
 * @param {object} scene as script.mjs reads it
 */
export function writeScene(start, memory, scene) {
  let room = start + SCENE_SIZE;
  const put = (bytes) => {
    const at = (room + 7) & ~7;
    memory.set(bytes, at);
    room = at + bytes.length;
    return at;
  };
  const text = (bytes) =>
    bytes === '' ? [0, 0] : [put(Uint8Array.from(bytes, (one) => one.charCodeAt(0))), bytes.length];
  const list = (numbers) => [put(u32List(numbers)), numbers.length];
  /** Rows of a hash and perhaps a number, in 8 or 16 bytes. */
  const longs = (rows) => [
    put(u32List(rows.flatMap(([hex, ...more]) => [...halves(hex), ...more.flatMap((one) => [one, 0])]))),
    rows.length,
  ];
  const hashHex = (bytes) =>
    hex64ofBig(xxhash64(Uint8Array.from(bytes, (one) => one.charCodeAt(0))));
  const accounts = scene.account.flatMap(({ name, type, value }) => {
    const number = type === 'T' ? 0n : BigInt(value);
    return [
      ...text(name),
      ...(type === 'T' ? text(value) : [0, 0]),
      ' NTB'.indexOf(type),
      0,
      Number(BigInt.asUintN(32, number)),
      Number(BigInt.asUintN(32, number >> 32n)),
    ];
  });
  const all = [
    scene.now_s,
    scene.offset_min,
    ...['path', 'query', 'type', 'device', 'language', 'timezone', 'referrer'].flatMap((name) =>
      text(scene[name])),
    scene.touch ? 1 : 0,
    ...list(scene.page),
    ...text(scene.category),
    ...list(scene.cart ?? []),
    scene.cart ? 1 : 0,
    scene.active_s,
    scene.session_active_s,
    scene.idle_s,
    scene.scroll,
    (scene.exit ? 1 : 0) + (scene.no_results ? 2 : 0),
    ...longs(scene.happened.map((hex) => [hex])),
    put(u32List(accounts)),
    scene.account.length,
    ...longs(scene.forced.map(({ name, arm }) => [hashHex(name), arm])),
    put(u32List(Array.from({ length: 8 }, (_, word) => scene.unplaced
      .filter((one) => one >> 5 === word).reduce((bits, one) => bits | (1 << (one & 31)), 0)))),
    0,
  ];
  if (all.length * 4 !== SCENE_SIZE) throw new Error('another scene');
  memory.set(u32List(all), start);
}
