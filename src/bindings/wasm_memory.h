/*
 * wasm_memory.h - the one place of the core where memory comes from
 *
 * memory    Taken from the module's own memory, which grows; never given back.
 */
#ifndef SOTTO_BINDINGS_WASM_MEMORY_H
#define SOTTO_BINDINGS_WASM_MEMORY_H

#include "base/base.h"

/* That many pages of 64 KiB, one after the other, or NULL if there are no more. */
uint8_t *sotto_wasm_memory_take(uint32_t pages);

/*
 * sotto_rank_scratch_size() bytes to rank in, always the same ones (wasm_later.c); NULL if there is no
 * room.
 */
void *sotto_wasm_rank_scratch(void);

#endif
