/**
 * random_ranker.mjs - rankers that nobody would train
 *
 * Content for tests/reference/write_ranker.mjs over n items: every width and number of classes,
 * with and without each section, networks of a few odd features and of all, and extreme values
 * beside likely ones.
 */

const FEATURES = 38;
const BASKET_FEATURES = 27;
const times = (count, one) => Array.from({ length: count }, (_, i) => one(i));
const distinct = (list) => [...new Set(list)];
const REACH = 2097088;

/** @param {object} numbers dice of random.mjs  @param {number[]} popularity */
export function randomRanker(numbers, popularity, table) {
  const { roll, pick, once_in } = numbers;
  const n = popularity.length;
  const spread = (size) => roll(2 * size + 1) - size;
  const dimensions = pick([16, 16, 32, 32, 48, 64, 96, 128]);
  const class_count = 1 + roll(5);
  const leasts = distinct([...times(class_count - 1, () => 1 + roll(255)), 0]);
  leasts.sort((a, b) => b - a);
  const widths = once_in(2) ? [1, 2, 3, 4] : [0, 1, 2, 3, 4];
  const classes = leasts.map((least) => {
    const bits = pick(widths);
    const most = bits === 0 ? 0 : Math.floor(REACH / (2 ** bits - 1));
    const step = once_in(4) ? pick([0, 1, most]) : roll(400000 / 2 ** bits);
    return { least, bits, step: Math.min(most, step) };
  });
  const bits_of = (item) => classes.find(({ least }) => popularity[item] >= least).bits;
  const same = once_in(3); // many items alike, so that ties are met
  const patterns = times(4, () => times(dimensions, () => roll(16)));
  const codes = times(n, (item) => {
    const bits = bits_of(item);
    if (bits === 0) return [];
    const pattern = pick(patterns);
    return times(dimensions, (d) => (same ? pattern[d] : roll(16)) % 2 ** bits);
  });

  const block_bits = 6 + roll(2);
  const blocks = Math.ceil(n / 2 ** block_bits);
  const near = once_in(2)
    ? undefined
    : {
        block_bits,
        visit_count: pick([0, 1, 2, 1024]),
        step: pick([0, 1, 2000, Math.floor(REACH / 128)]),
        centroids: times(blocks, () => times(dimensions, () => roll(256) - 128)),
      };
  const hidden = pick([0, 0, 8, 16, 64, 128]);
  const i16 = (likely) => (once_in(20) ? pick([-32768, 32767]) : likely());
  const depth = () => i16(() => 4096 + spread(2000));
  const enco = {
    dimensions,
    position: times(1 + roll(20), () => (once_in(8) ? pick([-4194304, 4194304]) : spread(400000))),
    depth: times(1 + roll(8), () => times(dimensions, depth)),
    affinity: once_in(6) ? pick([-4194304, 4194304]) : spread(200000),
    bias: times(hidden, () => (once_in(12) ? pick([-4194304, 4194304]) : spread(20000))),
    scale_1: times(hidden, () => (once_in(20) ? 2 ** 24 : roll(120000))),
    scale_2: times(hidden === 0 ? 0 : dimensions, () => (once_in(20) ? 2 ** 24 : roll(40000))),
    weights_1: times(hidden, () => times(2 * dimensions, () => roll(256) - 128)),
    weights_2: times(hidden === 0 ? 0 : dimensions, () => times(hidden, () => roll(256) - 128)),
  };

  const network = (known) => randomNetwork({ ...numbers, spread }, known);
  const rhythm = once_in(3) ? undefined : times(n, () => (once_in(3) ? roll(4) : roll(256)));
  const basket = once_in(4)
    ? {}
    : {
        bskt: {
          decay: pick([0, 65536, 58982, roll(65537)]),
          popular: distinct(times(roll(30), () => roll(n))),
          network: network(BASKET_FEATURES),
        },
        bpop: {
          base: roll(pick([4000, 65536])),
          step: roll(pick([300, 65536])),
          popular: times(n, () => roll(256)),
          before: times(n, () => roll(256)),
        },
        blft: once_in(2)
          ? undefined
          : { base: roll(4000) - 2000, step: roll(500), codes: times(n, () => roll(16)) },
        rhyt: rhythm,
        blnk: once_in(3) ? undefined : table(),
      };
  const trees = once_in(3) ? randomTrees({ ...numbers, spread }, FEATURES) : undefined;
  const block_count = 1 + roll(pick([8, 64]));
  const clusters = 2 + roll(pick([3, 15]));
  const clus = once_in(2)
    ? undefined
    : {
        block_count,
        silhouette: spread(16384),
        davies_bouldin: roll(65536),
        shares: times(clusters, () => roll(65536)),
        centroids: times(clusters, () => times(block_count + 4, () => roll(128))),
        typical: times(clusters, () => distinct(times(roll(17), () => roll(n)))),
      };
  const with_vectors = !once_in(10);
  const with_encoder = with_vectors && !once_in(10);
  return {
    vect: with_vectors ? { dimensions, classes, codes } : undefined,
    near: with_vectors ? near : undefined,
    enco: with_encoder ? enco : undefined,
    rcnt: once_in(3)
      ? undefined
      : { offsets: times(16, () => i16(() => spread(2000))), codes: times(n, () => roll(16)) },
    rank: with_encoder && !trees && !once_in(6) ? network(FEATURES) : undefined,
    clus,
    ...basket,
    tree: with_encoder ? trees : undefined,
  };
}

/** Trees of every shape: balanced, and as long as they may be to one side. */
function randomTrees({ roll, pick, once_in, spread }, known) {
  const lean = pick(['left', 'right', 'any']);
  const value = () => (once_in(20) ? pick([-128, 127]) : spread(60));
  const threshold = () => (once_in(20) ? pick([-32768, 32767]) : pick([0, 2048, spread(9000)]));
  const tree = () => {
    const splits = [];
    const add = (count) => {
      if (count === 0) return;
      const left = lean === 'any' ? roll(count) : lean === 'left' ? count - 1 : 0;
      splits.push([roll(known), left, threshold(), value()]);
      add(left);
      add(count - 1 - left);
    };
    const count = 1 + roll(pick([3, 31, 63]));
    add(count);
    return { scale: roll(13), splits, leaves: times(count + 1, value) };
  };
  return {
    vector_count: pick([0, 1, 20, 110, 256]),
    table_count: pick([0, 5, 60, 256]),
    session_count: pick([0, 12, 20]),
    shift: pick([0, 8, 12, 24]),
    trees: times(1 + roll(pick([1, 8, 40])), tree),
  };
}

/** A network whose sums stay in 31 bits, whatever is rolled. */
function randomNetwork({ roll, pick, once_in, spread }, known) {
  const features = times(known, (i) => i);
  const kept = once_in(2) ? features : features.filter(() => !once_in(pick([2, 4])));
  if (kept.length === 0) kept.push(roll(known));
  const hidden = 4 * roll(pick([3, 9, 17]));
  const shift_1 = pick([0, 8, 11, 15]);
  const within = (count, most) => {
    const size = () => Math.min(32767, pick([10, 1500, most]));
    const weights = times(count, () => (once_in(5) ? 0 : spread(size())));
    const sum = weights.reduce((a, b) => a + Math.abs(b), 0);
    return sum <= most ? weights : weights.map((weight) => Math.trunc((weight * most) / sum));
  };
  return {
    vector_count: pick([0, 1, 5, 20, 110, 256]),
    table_count: pick([0, 1, 5, 60, 256]),
    session_count: pick([0, 1, 12, 20]),
    shift_1,
    shift_2: pick([0, 8, 11, 15]),
    features: kept,
    scaling: kept.map(() => ({
      mean: once_in(12) ? pick([-2147483648, 2147483647]) : spread(3000),
      factor: once_in(12) ? pick([0, 2 ** 26]) : roll(pick([4000, 200000])),
    })),
    bias: times(hidden, () => (once_in(12) ? pick([-1048576, 1048576]) : spread(6000))),
    weights_1: times(hidden, () => within(kept.length, 98303)),
    weights_2: within(hidden, 32700),
    skip: within(kept.length, 32700 * 2),
  };
}
