/**
 * dirt.mjs - what real exports look like
 *
 * About one row in a hundred is spoilt, in the ways rows are spoilt in life. The counts go into the
 * truth, so that a test can compare them with what the cleaning reports.
 */

const BAD_TIMES = ['0000-00-00', 'yesterday', '2026-13-41T25:61:00Z', ''];

const SPOIL = {
  missing_item: (row) => { delete row.item; },
  unknown_item: (row, chance) => { row.item = `OLD-${chance.whole(100, 999)}`; },
  test_item: (row) => { row.item = 'TEST-0001'; row.shopper = 's00000'; },
  bad_time: (row, chance) => { row.time = chance.pick(BAD_TIMES); },
  bad_quantity: (row) => { row.quantity = -1; },
};

/** Weights: unknown ids and test rows are the common dirt; broken dates are rarer. */
const KINDS = [['missing_item', 2], ['unknown_item', 3], ['test_item', 2], ['bad_time', 2],
  ['bad_quantity', 1]];

/** Spoils a share of the rows in place; answers how many of each kind. */
export function soil(chance, rows, share) {
  const counts = Object.fromEntries(KINDS.map(([name]) => [name, 0]));
  for (const row of rows) {
    if (row.event === 'search' || !chance.happens(share)) continue;
    const [name] = KINDS[chance.weighted(KINDS.map(([, weight]) => weight))];
    SPOIL[name](row, chance);
    counts[name]++;
  }
  return counts;
}
