/*
 * pool.c - a list of blocks
 *
 * Small requests share a block; a large one gets a block of its own behind the current one.
 */
#include "cli/pool.h"

#include "cli/report.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK_SIZE 65536u
#define ALIGNMENT  16u

typedef struct cli_pool_block {
    struct cli_pool_block *next;
    size_t                 used, size;
    max_align_t            bytes[];
} cli_pool_block;

static _Noreturn void out_of_memory(void)
{
    cli_error("out of memory");
    exit(CLI_REFUSED);
}

static cli_pool_block *block_make(size_t size)
{
    cli_pool_block *block = calloc(1, sizeof *block + size);
    if (!block) {
        out_of_memory();
    }
    block->size = size;
    return block;
}

static void *block_take(cli_pool_block *block, size_t size)
{
    void *taken = (char *)block->bytes + block->used;
    block->used += size;
    return taken;
}

void *cli_pool_alloc(cli_pool *pool, size_t count, size_t size)
{
    if (size && count > (SIZE_MAX / 2) / size) {
        out_of_memory();
    }
    size_t wanted = (count * size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    cli_pool_block *first = pool->blocks;
    if (first && first->size - first->used >= wanted) {
        return block_take(first, wanted);
    }
    if (first && wanted > BLOCK_SIZE / 4) {
        cli_pool_block *own = block_make(wanted);
        own->next = first->next;
        first->next = own;
        return block_take(own, wanted);
    }
    cli_pool_block *block = block_make(wanted > BLOCK_SIZE ? wanted : BLOCK_SIZE);
    block->next = first;
    pool->blocks = block;
    return block_take(block, wanted);
}

char *cli_pool_copy(cli_pool *pool, const char *bytes, size_t size)
{
    char *copy = cli_pool_alloc(pool, size + 1, 1);
    if (size) {
        memcpy(copy, bytes, size);
    }
    return copy;
}

char *cli_pool_print(cli_pool *pool, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    char *text;
    int size = vasprintf(&text, format, values);
    va_end(values);
    if (size < 0) {
        out_of_memory();
    }
    char *copy = cli_pool_copy(pool, text, (size_t)size);
    free(text);
    return copy;
}

void cli_pool_free(cli_pool *pool)
{
    while (pool->blocks) {
        cli_pool_block *next = pool->blocks->next;
        free(pool->blocks);
        pool->blocks = next;
    }
}

void *cli_array_grow(void *array, size_t count, size_t *room, size_t size)
{
    if (count < *room) {
        return array;
    }
    size_t wanted = *room ? *room * 2 : 64;
    void *grown = reallocarray(array, wanted, size);
    if (!grown) {
        out_of_memory();
    }
    *room = wanted;
    return grown;
}
