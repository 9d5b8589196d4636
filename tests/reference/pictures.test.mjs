/**
 * pictures.test.mjs - the second reader of pictures, on what is right and what cannot be
 *
 * The broken parts are those of tests/risk/test_hostile_pictures.c, with the same offsets.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { readPictures } from './pictures.mjs';
import { readAny, refusal } from './read.mjs';
import { resealPart, writePictures } from './write.mjs';

const encode = (text) => new TextEncoder().encode(text);
const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const letters = (letter, size) => new Uint8Array(size).fill(letter.charCodeAt(0));
const sample = () => writePictures({
  item_count: 42,
  pictures: [[0, 5], [3, 1], [31, 12], [32, 2], [41, 3]].map(([item, size], i) =>
    ({ item, type: i + 1, bytes: letters('abcde'[i], size) })),
});

test('each item has its own', () => {
  const bytes = writePictures({
    item_count: 70,
    pictures: [
      { item: 1, type: 1, bytes: encode('<?xml version="1.0"?>\n<!-- a mug --><svg xmlns="..."/>') },
      { item: 64, type: 2, bytes: PNG },
    ],
  });
  const problems = [];
  const { file, item_count, pictures } = readAny(bytes, problems);
  assert.deepEqual([file, item_count], ['pictures', 70]);
  assert.deepEqual(pictures.map(({ item, type, size }) => [item, type, size]),
    [[1, 'image/svg+xml', 54], [64, 'image/png', 8]]);
  assert.deepEqual(problems, []);
  readAny(sample(), problems);
  assert.equal(problems.length, 5, 'letters are no pictures');
});

test('what cannot be is refused at its byte', () => {
  const start = new DataView(sample().buffer).getUint32(36, true);
  const [has, offsets, types] = [4, 12, 36];
  for (const [what, at, size, value, fault] of [
    ['more pictures than there are', 0, 4, 6, 0],
    ['fewer', 0, 4, 4, 0],
    ['too many by far', 0, 4, 0xffffffff, 0],
    ['one item too many', has, 4, 0x8000000b, 0],
    ['an item past the last', has + 4, 4, 0x601, has + 4],
    ['the last bit of all', has + 4, 4, 0x80000201, has + 4],
    ['it does not begin at 0', offsets, 4, 1, offsets],
    ['it goes back', offsets + 4, 4, 7, offsets + 8],
    ['it ends past the end', offsets + 20, 4, 24, offsets + 20],
    ['it ends before', offsets + 20, 4, 22, offsets + 20],
    ['an offset of 4 GiB', offsets + 8, 4, 0xffffffff, offsets + 8],
    ['no type', types, 1, 0, types],
    ['a type of tomorrow', types + 4, 1, 6, types + 4],
  ]) {
    const bytes = sample();
    const view = new DataView(bytes.buffer);
    if (size === 4) view.setUint32(start + at, value, true);
    else bytes[start + at] = value;
    assert.deepEqual(refusal(readPictures, resealPart(bytes)), { status: 'invalid', offset: start + fault }, what);
  }
});

test('another catalogue’s are refused', () => {
  const identity = '0000000000000000';
  const read = (catalogue) => refusal((bytes) => readPictures(bytes, [], catalogue), sample());
  assert.deepEqual(read({ item_count: 42, identity }), { status: 'ok', offset: 0 });
  assert.deepEqual(read({ item_count: 41, identity }), { status: 'mismatch', offset: 12 });
  assert.deepEqual(read({ item_count: 42, identity: '1'.repeat(16) }), { status: 'mismatch', offset: 16 });
});
