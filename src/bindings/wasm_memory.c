/*
 * wasm_memory.c - the one place of the core where memory comes from
 *
 * A WebAssembly module has one stretch of memory, which grows by pages of 64 KiB. Whatever is taken
 * gets pages of its own: a page of the shop opens three or four files, so what is left over is
 * little. Nothing is freed, since what is opened stays open.
 *
 * A native build of the bindings, for tests, hands out a static buffer instead, and so shows what
 * happens when there is no more.
 */
#include "bindings/wasm_memory.h"

#ifdef __wasm__

uint8_t *sotto_wasm_memory_take(uint32_t pages)
{
    size_t page = __builtin_wasm_memory_grow(0, pages);
    return page == SIZE_MAX ? NULL : (uint8_t *)(page << 16);
}

#else

uint8_t *sotto_wasm_memory_take(uint32_t pages)
{
    enum { PAGE_SIZE = 65536, ALL = 128 };
    static _Alignas(8) uint8_t memory[ALL][PAGE_SIZE];
    static uint32_t taken;
    if (pages > ALL - taken) {
        return NULL;
    }
    taken += pages;
    return memory[taken - pages];
}

#endif
