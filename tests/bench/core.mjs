/**
 * core.mjs - the WebAssembly module with nothing around it, for measuring; runs in Node and in pages
 */
const ABI = 3;
const MODEL = 1;
const SCRATCH = 15;
const SCRATCH_SIZE = 16384;

export async function openCore(wasm, model) {
  const { instance } = await WebAssembly.instantiate(wasm);
  const core = instance.exports;
  const { a: start, b: reserve, c: openAt, e: itemFind } = core;     // the letters of wasm_exports.h
  if (start(ABI) === 0) throw new Error(`the module is not of ABI ${ABI}`);
  const scratch = reserve(SCRATCH, SCRATCH_SIZE);
  const open = (bytes) => {
    const place = reserve(MODEL, bytes.length);
    new Uint8Array(core.memory.buffer).set(bytes, place);
    const status = openAt(MODEL, bytes.length);
    if (status !== 0) throw new Error(`the model does not open: status ${status}`);
  };
  open(model);

  return {
    /** Copies a model in and opens it again. */
    open,
    /** Finds items by the shop's own ids. */
    find(id) {
      const bytes = new TextEncoder().encode(id);
      new Uint8Array(core.memory.buffer).set(bytes, scratch);
      return itemFind(scratch, bytes.length) >>> 0;
    },
    /** As in plain.mjs. What a call costs, copying in and out, is part of it. */
    rankNext(session, count, items) {
      new Uint32Array(core.memory.buffer, scratch, session.length).set(session);
      const ranked = core.sotto_wasm_rank_next(scratch, session.length, count);
      const [found] = new Uint32Array(core.memory.buffer, ranked, 1);
      items.set(new Uint32Array(core.memory.buffer, ranked + 4, found));
      return found;
    },
  };
}
