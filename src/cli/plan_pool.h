/*
 * Plan pool - the strings and keys of a plan, each once
 *
 * Names, texts, codes and what expressions ask for stand in two lists of the campaigns part
 * (FORMAT.md 5c), and all else says their numbers.
 *
 * memory    All of it is the pool's.
 */
#ifndef SOTTO_CLI_PLAN_POOL_H
#define SOTTO_CLI_PLAN_POOL_H

#include "cli/pool.h"
#include "format/write.h"
#include "model/plan.h"

typedef struct cli_plan_pool {
    cli_pool     *memory;
    sotto_string *strings;         /* the first is the empty one */
    uint32_t      string_count, string_room;
    uint32_t     *slots;           /* by hash: a string's number, 0 = free */
    uint32_t      slot_count;
    uint64_t      keys[SOTTO_PLAN_MAX_KEYS];
    uint8_t       key_kinds[SOTTO_PLAN_MAX_KEYS];
    sotto_text    key_texts[SOTTO_PLAN_MAX_KEYS];
    uint32_t      key_count;
} cli_plan_pool;

void cli_plan_pool_start(cli_plan_pool *pool, cli_pool *memory);

/* The number of a string, SOTTO_NONE if it is too long or there are too many. */
uint32_t cli_plan_pool_string(cli_plan_pool *pool, const char *bytes, size_t size);

/*
 * The number of an item, category or brand, by the shop's own id or name; SOTTO_NONE if there are
 * too many. A category is written in its one way first.
 */
uint32_t cli_plan_pool_key(cli_plan_pool *pool, sotto_key_kind kind, sotto_text text);

#endif
