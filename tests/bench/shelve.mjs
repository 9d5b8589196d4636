/**
 * shelve.mjs - how long the two modules of a page rank for one shopper; runs in Node and in pages
 *
 * shelve.c does the same natively, and came to the same hash.
 */
const ABI = 3;
const MODEL = 1;
const RANKER = 4;
const SCRATCH = 15;
const PROFILE_SIZE = 7744;
const SHELF_SIZE = 2336;
const SHOPPERS = 20;
const LOOKS = 20;
const NOW_S = 1800000000;
const VIEW = 1;
/** Pages that are opened to see how long the first shelf takes, before the engine knows the code. */
const PAGES = 3;
const STACK_SIZE = 16384;
const UNTOUCHED = 0xa5;
/** Clocks of browsers are coarse: so many are measured together. */
const BATCH = 4;

/** Milliseconds that `work` takes. */
function spent(work) {
  const start = performance.now();
  work();
  return performance.now() - start;
}

/**
 * The modules with a shop in them. `stackTop` is where the later one's stack begins to grow down, if
 * that is to be watched.
 */
async function openModules({ page, later, model, ranker }, stackTop) {
  const { instance } = await WebAssembly.instantiate(page);
  const { memory, a: start, b: reserve, c: open, d: hashOf } = instance.exports;   // wasm_exports.h
  const state = start(ABI);
  const stack = () => new Uint8Array(memory.buffer, stackTop - STACK_SIZE, STACK_SIZE);
  if (stackTop) stack().fill(UNTOUCHED);
  const beside = await WebAssembly.instantiate(later, { env: { memory } });
  const core = beside.instance.exports;
  if (!state || !core.sotto_wasm_attach(state)) throw new Error('modules of two builds');
  const put = (place, bytes) => {
    const at = reserve(place, bytes.length);
    new Uint8Array(memory.buffer).set(bytes, at);
    return at;
  };
  put(MODEL, model);
  if (open(MODEL, model.length) !== 0) throw new Error('the model does not open');
  const at = put(RANKER, ranker);
  let status;
  const openMs = spent(() => {
    status = core.sotto_wasm_ranker_open(at, ranker.length);
  });
  if (status !== 0) throw new Error(`the ranker does not open: status ${status}`);
  return {
    openMs,
    /** Has a shopper, who did nothing yet, look at items. */
    look(shopper, items) {
      core.sotto_wasm_profile_init(shopper, 0, NOW_S);
      for (let i = 0; i < LOOKS; i++) {
        const id = new TextEncoder().encode(`i${(shopper * 7919 + i * 104729) % items}`);
        const hashAt = hashOf(put(SCRATCH, id), id.length);
        const [low, high] = new Uint32Array(memory.buffer, hashAt, 2);
        core.sotto_wasm_track(VIEW, low, high, 1, NOW_S + i);
      }
    },
    shelve: () => core.sotto_wasm_shelve(1, 0, NOW_S + 60),
    shelf: () => new Uint8Array(memory.buffer, state + PROFILE_SIZE, SHELF_SIZE),
    /** How much of the later module's stack was never touched. */
    stackLeft: () => stack().findIndex((byte) => byte !== UNTOUCHED),
  };
}

/**
 * Microseconds for a shelf; milliseconds of the longest tasks of a page that has just loaded, opening
 * and the first shelf; the hash of all shelves; what is left of the stack.
 *
 * @param {{ page: BufferSource, later: BufferSource, model: Uint8Array, ranker: Uint8Array }} files
 * @param {number} items how many there are
 * @param {number} turnMs
 * @param {number} [stackTop]
 */
export async function raceShelves(files, items, turnMs, stackTop) {
  let openMs = Infinity;
  let firstMs = Infinity;
  let modules;
  for (let page = 0; page < PAGES; page++) {
    modules = await openModules(files, stackTop);
    modules.look(0, items);
    openMs = Math.min(openMs, modules.openMs);
    firstMs = Math.min(firstMs, spent(modules.shelve));
  }
  const { look, shelve, shelf, stackLeft } = modules;
  for (const end = performance.now() + turnMs / 2; performance.now() < end;) shelve();

  let hash = 2166136261;
  let bestUs = 0;
  for (let shopper = 0; shopper < SHOPPERS; shopper++) {
    look(shopper, items);
    shelve();
    for (const byte of shelf()) hash = Math.imul(hash ^ byte, 16777619);
    // The best of many short turns is what it takes when nothing else wants the processor.
    let best = Infinity;
    for (const end = performance.now() + turnMs / SHOPPERS; performance.now() < end;) {
      best = Math.min(best, spent(() => {
        for (let i = 0; i < BATCH; i++) shelve();
      }));
    }
    bestUs += best * 1000 / BATCH / SHOPPERS;
  }
  return { us: bestUs, openMs, firstMs, answers: hash >>> 0, stackLeft: stackTop && stackLeft() };
}
