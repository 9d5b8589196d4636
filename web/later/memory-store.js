/**
 * memory-store.js - where the profile is kept when the device may or can not
 *
 * @param {{ block: Uint8Array | null, generation: number }} [start]
 * @returns {import('../index.js').ProfileStore}
 */
export function memoryStore({ block, generation } = { block: null, generation: 1 }) {
  return {
    kind: 'memory',
    load: async () => ({ block, generation }),
    async save(next, expected) {
      if (expected !== generation) return null;
      block = next;
      return ++generation;
    },
    async erase() {
      block = null;
      generation++;
      return true;
    },
    close() {},
  };
}
