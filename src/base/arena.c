/*
 * arena.c - one number that goes up, and back to a mark
 *
 * What is taken is rounded up to 8 bytes, so everything in the arena is aligned as long as the
 * block is.
 */
#include "base/arena.h"

void sotto_arena_init(sotto_arena *arena, void *block, size_t size)
{
    SOTTO_ASSERT(((uintptr_t)block & 7u) == 0);
    *arena = (sotto_arena){block, size, 0};
}

void *sotto_arena_take(sotto_arena *arena, size_t size)
{
    size_t left = arena->size - arena->used;
    size_t space = sotto_arena_space(size);
    if (space < size || space > left) {
        return NULL;
    }
    void *taken = arena->bytes + arena->used;
    arena->used += space;
    return taken;
}

void sotto_arena_rewind(sotto_arena *arena, size_t mark)
{
    SOTTO_ASSERT(mark <= arena->used);
    arena->used = mark;
}
