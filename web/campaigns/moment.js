/**
 * moment.js - this moment, handed to the core, and what it says of it
 *
 * The scene lies in the core's memory as words, with its texts and lists in the room behind it;
 * what stands where is what src/bindings/wasm_plan.c asserts.
 */
/**
 * @typedef {{
 *   name: string, kind: 'number' | 'text' | 'truth', value: string | number | boolean,
 * }} AccountEntry
 */

/**
 * What sotto_scene in src/sotto_plan.h has, item indexes in place of ids.
 *
 * @typedef {object} Scene
 * @property {number} now_s
 * @property {string} path
 * @property {string} query
 * @property {string} type
 * @property {string} device
 * @property {string} language
 * @property {string} timezone
 * @property {string} referrer
 * @property {boolean} touch
 * @property {boolean} stored
 * @property {number[]} items
 * @property {string} category
 * @property {number[] | null} cart null: the profile's
 * @property {number} pageActive_s
 * @property {number} sessionActive_s
 * @property {number} idle_s
 * @property {number} scroll percent
 * @property {number} signals
 * @property {bigint[]} events
 * @property {AccountEntry[]} account
 * @property {{ experiment: bigint, arm: number }[]} forced
 * @property {number[]} unplaced campaigns that this page cannot show
 */

/**
 * @typedef {{
 *   rule: number, detail: number, arm: number, subject: number, exposed: boolean,
 * }} Verdict
 */

/** And one more, which the module fills in. */
const SCENE_WORDS = 36;
const SCENE_SIZE = 4 * SCENE_WORDS + 4;
const ROOM_SIZE = 24576;
/** The end of the room is for the campaigns that are shown. */
const SHOWING_SIZE = 4 * 256;
const VERDICT_WORDS = 5;
/** Lists and texts that are longer are cut off. */
const MOST_ITEMS = 256;
const MOST_EVENTS = 64;
const MOST_ACCOUNT = 32;
const PATH_SIZE = 256;
const QUERY_SIZE = 2048;
const NAME_SIZE = 256;
const VALUE_SIZE = 1024;
const ACCOUNT_SIZE = 32;
const FORCED_SIZE = 16;
const KINDS = { number: 1, text: 2, truth: 3 };
/** As far as a number in ten-thousandths goes. */
const LIMIT = 2 ** 46;

/** @param {import('../later/runtime.js').LaterCore} core with a plan */
export function openMoment(core) {
  const { raw: { bytesAt, wordsAt }, calls } = core;
  const plan = /** @type {import('../later/plan.js').Plan} */ (core.plan);
  const encoder = new TextEncoder();

  /** Puts things one behind the other into the room. */
  function openRoom(/** @type {number} */ start, /** @type {number} */ size) {
    let at = start;
    const end = start + size;
    /** Where so many bytes are free, aligned to 8; 0 if there is no more. */
    function take(/** @type {number} */ wanted) {
      const place = at + 7 & ~7;
      if (place + wanted > end) return 0;
      at = place + wanted;
      return place;
    }
    return {
      take,
      /** @param {string} text @param {number} most @returns {[number, number]} where, how long */
      text(text, most) {
        if (!text || at + most > end) return [0, 0];
        const { written } = encoder.encodeInto(text, bytesAt(at, most));
        at += written;
        return [at - written, written];
      },
      /** @param {number[]} words @returns {[number, number]} where, how many */
      words(words) {
        const place = take(4 * words.length);
        if (!place) return [0, 0];
        wordsAt(place, words.length).set(words);
        return [place, words.length];
      },
    };
  }
  /** @typedef {ReturnType<typeof openRoom>} Room */

  function putAccount(/** @type {Room} */ room, /** @type {AccountEntry[]} */ account) {
    const list = account.slice(0, MOST_ACCOUNT);
    const place = room.take(ACCOUNT_SIZE * list.length);
    if (!place) return [0, 0];
    list.forEach(({ name, kind, value }, i) => {
      const text = kind === 'text' ? String(value) : '';
      const scale = { text: 0, truth: 1, number: 10000 }[kind];
      const number = Math.round(Number(value) * scale);
      const bounded = BigInt(Math.min(Math.max(number || 0, -LIMIT), LIMIT));
      wordsAt(place + ACCOUNT_SIZE * i, ACCOUNT_SIZE / 4).set([
        ...room.text(name, NAME_SIZE), ...room.text(text, VALUE_SIZE), KINDS[kind], 0,
        Number(BigInt.asUintN(32, bounded)), Number(BigInt.asUintN(32, bounded >> 32n)),
      ]);
    });
    return [place, list.length];
  }

  const u64 = (/** @type {bigint} */ hash) => [Number(hash & 0xffffffffn), Number(hash >> 32n)];

  function putForced(/** @type {Room} */ room, /** @type {Scene['forced']} */ forced) {
    const words = forced.flatMap(({ experiment, arm }) => [...u64(experiment), arm, 0]);
    const [place] = room.words(words);
    return place ? [place, forced.length] : [0, 0];
  }

  function putUnplaced(/** @type {Room} */ room, /** @type {number[]} */ unplaced) {
    const bits = new Array(plan.campaignCount + 31 >> 5).fill(0);
    for (const campaign of unplaced) bits[campaign >> 5] |= 1 << (campaign & 31);
    return room.words(bits)[0];
  }

  return {
    /**
     * Gathers the moment: what is asked next is about it.
     *
     * @param {Scene} scene
     */
    look(scene) {
      const place = calls.sotto_wasm_scene();
      const room = openRoom(place + SCENE_SIZE, ROOM_SIZE - SHOWING_SIZE);
      const name = (/** @type {string} */ text) => room.text(text, NAME_SIZE);
      const words = [
        scene.now_s, core.utcOffset(scene.now_s),
        ...room.text(scene.path, PATH_SIZE), ...room.text(scene.query, QUERY_SIZE),
        ...name(scene.type), ...name(scene.device), ...name(scene.language),
        ...name(scene.timezone), ...name(scene.referrer),
        Number(scene.touch) | Number(scene.stored) << 8,
        ...room.words(scene.items.slice(0, MOST_ITEMS)),
        ...room.text(scene.category, VALUE_SIZE),
        ...room.words((scene.cart ?? []).slice(0, MOST_ITEMS)), Number(scene.cart !== null),
        scene.pageActive_s, scene.sessionActive_s, scene.idle_s, scene.scroll, scene.signals,
        ...putEvents(room, scene.events), ...putAccount(room, scene.account),
        ...putForced(room, scene.forced), putUnplaced(room, scene.unplaced),
      ];
      wordsAt(place, SCENE_WORDS).set(words);
      return calls.sotto_wasm_moment() === 0;
    },

    /** Names of the segments that the shopper is in. */
    segments() {
      const place = calls.sotto_wasm_segments();
      if (!place) return [];
      const bits = wordsAt(place, plan.segmentCount + 31 >> 5).slice();
      return Array.from({ length: plan.segmentCount }, (_, i) => i)
        .filter((i) => bits[i >> 5] >>> (i & 31) & 1).map((i) => plan.segmentName(i));
    },

    /**
     * What becomes of every campaign; null if that cannot be told.
     *
     * @param {number[]} showing
     */
    verdicts(showing) {
      const end = calls.sotto_wasm_scene() + SCENE_SIZE + ROOM_SIZE;
      const room = openRoom(end - SHOWING_SIZE, SHOWING_SIZE);
      const [list] = room.words(showing);
      const place = calls.sotto_wasm_arbitrate(list, showing.length);
      if (!place) return null;
      const [count, next_s, nextActive_s, ...words] =
        wordsAt(place, 3 + VERDICT_WORDS * plan.campaignCount).slice();
      /** @type {Verdict[]} */
      const verdicts = Array.from({ length: count }, (_, i) => {
        const [rule, detail, arm, subject, exposed] =
          words.slice(VERDICT_WORDS * i, VERDICT_WORDS * (i + 1));
        return { rule, detail, arm, subject, exposed: (exposed & 0xff) !== 0 };
      });
      return { next_s, nextActive_s, list: verdicts };
    },

    /** What the cart costs, in minor units, and its pieces. */
    cart() {
      const place = calls.sotto_wasm_cart();
      const [lo, hi, pieces] = place ? wordsAt(place, 3) : [0, 0, 0];
      return { total: hi * 2 ** 32 + lo, pieces };
    },

    /** The arm of an experiment, -1 if the shopper is in none. */
    arm: (/** @type {number} */ experiment) => calls.sotto_wasm_arm(experiment) | 0,
  };

  function putEvents(/** @type {Room} */ room, /** @type {bigint[]} */ events) {
    const list = events.slice(-MOST_EVENTS);
    const [place] = room.words(list.flatMap(u64));
    return place ? [place, list.length] : [0, 0];
  }
}
