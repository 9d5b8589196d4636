/*
 * plan_pool.c - the strings and keys of a plan, each once
 *
 * Strings are found by a table of their hashes with as many free places as taken ones; a plan has
 * some thousands. Keys are few, and found by looking.
 */
#include "cli/plan_pool.h"

#include "base/fixed.h"
#include "cli/category.h"
#include "format/layout_plan.h"

#include <string.h>

#define FIRST_ROOM 64u

static uint32_t *slot_of(const cli_plan_pool *pool, const char *bytes, size_t size)
{
    uint32_t at = (uint32_t)sotto_hash(bytes, size) & (pool->slot_count - 1);
    for (;; at = (at + 1) & (pool->slot_count - 1)) {
        const sotto_string *string = &pool->strings[pool->slots[at]];
        if (pool->slots[at] == 0
            || (string->size == size && memcmp(string->bytes, bytes, size) == 0)) {
            return &pool->slots[at];
        }
    }
}

/* Twice the room, with everything in a new place. */
static void grow(cli_plan_pool *pool)
{
    uint32_t room = pool->string_room ? 2 * pool->string_room : FIRST_ROOM;
    sotto_string *strings = cli_pool_alloc(pool->memory, room, sizeof *strings);
    if (pool->string_count) {
        memcpy(strings, pool->strings, pool->string_count * sizeof *strings);
    }
    pool->strings = strings;
    pool->string_room = room;
    pool->slot_count = 2 * room;
    pool->slots = cli_pool_alloc(pool->memory, pool->slot_count, sizeof *pool->slots);
    for (uint32_t i = 1; i < pool->string_count; i++) {
        *slot_of(pool, strings[i].bytes, strings[i].size) = i;
    }
}

void cli_plan_pool_start(cli_plan_pool *pool, cli_pool *memory)
{
    memset(pool, 0, sizeof *pool);
    pool->memory = memory;
    grow(pool);
    pool->strings[pool->string_count++] = (sotto_string){"", 0};
}

uint32_t cli_plan_pool_string(cli_plan_pool *pool, const char *bytes, size_t size)
{
    if (size == 0) {
        return 0;
    }
    if (size > SOTTO_PLAN_MAX_STRING_SIZE) {
        return SOTTO_NONE;
    }
    uint32_t found = *slot_of(pool, bytes, size);
    if (found) {
        return found;
    }
    if (pool->string_count == SOTTO_PLAN_MAX_STRINGS) {
        return SOTTO_NONE;
    }
    if (pool->string_count == pool->string_room) {
        grow(pool);
    }
    *slot_of(pool, bytes, size) = pool->string_count;
    pool->strings[pool->string_count] =
        (sotto_string){cli_pool_copy(pool->memory, bytes, size), size};
    return pool->string_count++;
}

uint32_t cli_plan_pool_key(cli_plan_pool *pool, sotto_key_kind kind, sotto_text text)
{
    if (kind == SOTTO_KEY_CATEGORY) {
        text = cli_category_path(pool->memory, text);
    }
    uint64_t key = sotto_hash(text.bytes, text.size);
    for (uint32_t i = 0; i < pool->key_count; i++) {
        if (pool->keys[i] == key && pool->key_kinds[i] == kind) {
            return i;
        }
    }
    if (pool->key_count == SOTTO_PLAN_MAX_KEYS) {
        return SOTTO_NONE;
    }
    pool->keys[pool->key_count] = key;
    pool->key_kinds[pool->key_count] = (uint8_t)kind;
    pool->key_texts[pool->key_count] =
        (sotto_text){cli_pool_copy(pool->memory, text.bytes, text.size), text.size};
    return pool->key_count++;
}
