/*
 * test_plan_pool.c - strings and keys, each once
 */
#include "test.h"

#include "cli/plan_pool.h"
#include "format/layout_plan.h"

static cli_pool memory;
static cli_plan_pool pool;

static uint32_t key(sotto_key_kind kind, const char *text)
{
    return cli_plan_pool_key(&pool, kind, (sotto_text){text, strlen(text)});
}

TEST(the_first_string_is_the_empty_one)
{
    cli_plan_pool_start(&pool, &memory);
    CHECK_EQ(cli_plan_pool_string(&pool, "", 0), 0);
    CHECK_EQ(cli_plan_pool_string(&pool, "a", 1), 1);
    CHECK_EQ(cli_plan_pool_string(&pool, "a\0b", 3), 2);
    CHECK_EQ(cli_plan_pool_string(&pool, "a", 1), 1);
    CHECK_EQ(pool.string_count, 3);
    CHECK_EQ(pool.strings[2].size, 3);
}

TEST(as_many_as_the_format_takes)
{
    char text[16];
    cli_plan_pool_start(&pool, &memory);
    for (uint32_t i = 1; i < SOTTO_PLAN_MAX_STRINGS; i++) {
        snprintf(text, sizeof text, "%u", i);
        if (cli_plan_pool_string(&pool, text, strlen(text)) != i) {
            CHECK_EQ(i, 0);
            break;
        }
    }
    CHECK_EQ(cli_plan_pool_string(&pool, "one more", 8), SOTTO_NONE);
    CHECK_EQ(cli_plan_pool_string(&pool, "4711", 4), 4711);
}

TEST(a_string_has_a_size)
{
    static char text[SOTTO_PLAN_MAX_STRING_SIZE + 1];
    memset(text, 'x', sizeof text);
    cli_plan_pool_start(&pool, &memory);
    CHECK_EQ(cli_plan_pool_string(&pool, text, sizeof text - 1), 1);
    CHECK_EQ(cli_plan_pool_string(&pool, text, sizeof text), SOTTO_NONE);
}

TEST(keys_are_of_a_kind_and_categories_written_one_way)
{
    cli_plan_pool_start(&pool, &memory);
    CHECK_EQ(key(SOTTO_KEY_CATEGORY, "A > B"), 0);
    CHECK_EQ(key(SOTTO_KEY_CATEGORY, " A>B>"), 0);
    CHECK_EQ(key(SOTTO_KEY_BRAND, "A > B"), 1);
    CHECK_EQ(key(SOTTO_KEY_ITEM, "A > B"), 2);
    CHECK_EQ(key(SOTTO_KEY_BRAND, "A > B"), 1);
    CHECK(pool.keys[0] == sotto_hash("A > B", 5));
}

TEST(as_many_keys_as_the_format_takes)
{
    char text[16];
    cli_plan_pool_start(&pool, &memory);
    for (uint32_t i = 0; i < SOTTO_PLAN_MAX_KEYS; i++) {
        snprintf(text, sizeof text, "%u", i);
        CHECK_EQ(key(SOTTO_KEY_ITEM, text), i);
    }
    CHECK_EQ(key(SOTTO_KEY_ITEM, "one more"), SOTTO_NONE);
    CHECK_EQ(key(SOTTO_KEY_ITEM, "7"), 7);
    cli_pool_free(&memory);
}
