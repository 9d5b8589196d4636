/*
 * arena.h - scratch space in memory the caller lends
 *
 * memory    The caller's block, handed out from its start on. Nothing is given back one by one:
 *           whoever marks the arena rewinds it.
 * lifetime  As long as the block.
 * threads   One at a time.
 */
#ifndef SOTTO_BASE_ARENA_H
#define SOTTO_BASE_ARENA_H

#include "base/base.h"

typedef struct sotto_arena {
    uint8_t *bytes;
    size_t   size;
    size_t   used;
} sotto_arena;

/* `block` is aligned to 8. */
void sotto_arena_init(sotto_arena *arena, void *block, size_t size);

/*
 * `size` bytes aligned to 8, not cleared. NULL if there is no room; the arena is then as it was.
 */
void *sotto_arena_take(sotto_arena *arena, size_t size);

static inline size_t sotto_arena_mark(const sotto_arena *arena)
{
    return arena->used;
}

/* Gives back all that was taken since the mark. */
void sotto_arena_rewind(sotto_arena *arena, size_t mark);

/* How much of an arena a thing of `size` bytes takes, for adding up what to lend. */
static inline size_t sotto_arena_space(size_t size)
{
    return (size + 7) & ~(size_t)7;
}

#endif
