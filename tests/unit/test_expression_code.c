/*
 * test_expression_code.c - expressions from their text to what they are worth
 *
 * Each text is compiled, written into a campaigns part, opened as a page opens it, and evaluated as a
 * segment. Who has neither profile nor catalogue is asked; the scene says the rest.
 */
#include "test.h"

#include "cli/expression.h"
#include "cli/expression_code.h"
#include "cli/expression_lex.h"
#include "format/plan_write.h"

static cli_pool memory;

static sotto_text text_of(const char *text)
{
    return (sotto_text){text, strlen(text)};
}

/* Of the shopper's clock it is Wednesday, 25 November 2026, 08:05. */
static sotto_scene scene_for_tests(void)
{
    static const sotto_account_entry account[] = {
        {{"tier", 4}, {"gold", 4}, SOTTO_ACCOUNT_TEXT, 0},
        {{"points", 6}, {NULL, 0}, SOTTO_ACCOUNT_NUMBER, 125000},
        {{"trade", 5}, {NULL, 0}, SOTTO_ACCOUNT_TRUTH, 1},
    };
    return (sotto_scene){
        .now_s = 1795590300, .utc_offset_min = 60,
        .path = text_of("/shoes/boots"), .query = text_of("?utm_source=news%20letter&empty="),
        .page_type = text_of("category"), .device = text_of("phone"), .language = text_of("de"),
        .timezone = text_of("Europe/Berlin"), .referrer = text_of("search"), .touch = true,
        .page_active_s = 25, .idle_s = 3, .scroll_percent = 60,
        .account = account, .account_count = 3,
    };
}

/* 1 or 0; -1 if it does not compile, -2 if its bytes do not open. */
static int worth(const char *text)
{
    static const char *const names[] = {"tier", "points", "trade"};
    static const uint8_t kinds[] = {SOTTO_ACCOUNT_TEXT, SOTTO_ACCOUNT_NUMBER, SOTTO_ACCOUNT_TRUTH};
    static cli_plan_pool pool;
    cli_plan_pool_start(&pool, &memory);
    cli_expression_scope scope = {.pool = &pool, .price_decimals = 2, .account = {names, 3},
                                  .account_kinds = kinds};
    cli_expression expression;
    ROW("%.100s", text);
    if (!cli_expression_compile(&scope, text, strlen(text), &expression)) {
        return -1;
    }
    sotto_segment_content segment = {cli_plan_pool_string(&pool, "it", 2),
                                     {expression.bytes, expression.size}};
    sotto_plan_content plan = sotto_plan_defaults();
    plan.strings = pool.strings;
    plan.string_count = pool.string_count;
    plan.keys = pool.keys;
    plan.key_kinds = pool.key_kinds;
    plan.key_count = pool.key_count;
    plan.segments = &segment;
    plan.segment_count = 1;
    sotto_campaigns_content campaigns = {.interest_half_life_s = 1, .price_decimals = 2,
                                         .plan = &plan};
    sotto_bytes part = {NULL, 0};
    const char *why = "";
    if (sotto_campaigns_write(&campaigns, &part, &why) != SOTTO_OK) {
        printf("%s\n", why);
        return -2;
    }
    sotto_bundle *bundle = cli_pool_alloc(&memory, 1, sotto_bundle_size());
    sotto_bundle_init(bundle);
    sotto_plan *opened = cli_pool_alloc(&memory, 1, sotto_plan_size());
    void *moment = cli_pool_alloc(&memory, 1, sotto_moment_size());
    sotto_scene scene = scene_for_tests();
    int result = -2;
    if (sotto_bundle_open(bundle, SOTTO_CAMPAIGNS, part.bytes, part.size, NULL) == SOTTO_OK
        && sotto_plan_open(opened, bundle, NULL) == SOTTO_OK) {
        sotto_moment *now = sotto_moment_init(moment, opened, bundle, NULL, NULL, &scene);
        result = (int)(sotto_segments(now)[0] & 1);
    }
    free(part.bytes);
    cli_pool_free(&memory);
    memory = (cli_pool){0};
    return result;
}

typedef struct row {
    const char *text;
    int         worth;
} row;

static void check_rows(const row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        CHECK_EQ(worth(rows[i].text), rows[i].worth);
    }
}

#define CHECK_ROWS(rows) check_rows(rows, sizeof(rows) / sizeof((rows)[0]))

TEST(arithmetic)
{
    static const row rows[] = {
        {"1 + 2 * 3 == 7", 1}, {"(1 + 2) * 3 == 9", 1}, {"10 - 3 - 2 == 5", 1},
        {"7 % 4 == 3", 1}, {"-7 % 4 == -3", 1}, {"-7 / 2 == -3.5", 1}, {"1 / 3 == 0.3333", 1},
        {"- - 3 == 3", 1}, {"2 - -3 == 5", 1}, {"40% == 0.4", 1}, {"50 * 10% == 5", 1},
        {"min(3, 2) == 2 and max(3, 2) == 3", 1},
        {"floor(2.7) == 2 and floor(-2.1) == -3", 1}, {"round(2.5) == 3 and round(-2.5) == -3", 1},
        {"1 / 0 == 1 / 0", 0}, {"1 / 0 != 1", 0}, {"not (1 / 0 > 1)", 1},
        {"1 % 0 in [0, 1]", 0}, {"1h == 60m and 1w == 7d and 2m == 120s", 1},
    };
    CHECK_ROWS(rows);
}

TEST(large_numbers_arrive_whole)
{
    static const row rows[] = {
        {"214748.3648 - 214748 == 0.3648", 1}, {"2147483647 + 1 == 2147483648", 1},
        {"7036874417 - 7036874416 == 1", 1}, {"-7036874417.5 + 7036874417 == -0.5", 1},
        {"3000000000.25 * 2 == 6000000000.5", 1}, {"-214748.3648 in [-214748.3648]", 1},
        {"214748.3647 in [1, 214748.3647]", 1}, {"99999.9999 > 99999.9998", 1},
    };
    CHECK_ROWS(rows);
}

TEST(truths_and_their_order)
{
    static const row rows[] = {
        {"true or false and false", 1}, {"(true or false) and false", 0},
        {"not true or true", 1}, {"not (true or true)", 0}, {"not not true", 1},
        {"false or false or true", 1}, {"true and true and false", 0},
        {"false and 1 / 0 > 1 or true", 1}, {"true == true and true != false", 1},
        {"(1 < 2) == (2 < 3)", 1}, {"(true and (false or (true and (false or true))))", 1},
    };
    CHECK_ROWS(rows);
}

TEST(texts)
{
    static const row rows[] = {
        {"page.path == '/shoes/boots'", 1}, {"page.path starts '/shoes'", 1},
        {"page.path ends 'boots'", 1}, {"page.path contains 'oes/b'", 1},
        {"page.path contains ''", 1}, {"page.path ends 'shoes'", 0},
        {"'a\\\"b' == \"a\\\"b\"", 1}, {"'a\\nb' contains '\\n'", 1},
        {"device in ['phone', 'tablet']", 1}, {"device not in ['phone', 'tablet']", 0},
        {"device not in ['desktop']", 1}, {"language == 'de' and region == 'Europe'", 1},
        {"timezone ends 'Berlin' and referrer == 'search'", 1}, {"page.type == 'category'", 1},
        {"query('utm_source') == 'news letter'", 1}, {"query('empty') == ''", 1},
        {"query('nothing') == ''", 0}, {"query('nothing') != ''", 0},
        {"query('nothing') in ['']", 0}, {"query('nothing') not in ['']", 1},
    };
    CHECK_ROWS(rows);
}

TEST(facts_of_the_scene)
{
    static const row rows[] = {
        {"hour == 8 and minute == 5 and weekday == 'wed'", 1},
        {"day == 25 and month == 11 and year == 2026", 1},
        {"hour >= 22 or hour < 7", 0}, {"touch", 1}, {"page.active == 25 and page.idle == 3", 1},
        {"page.scroll == 60%", 1}, {"remembered", 0}, {"visits == 0 or visits == 1", 1},
        {"cart.total == 0 and cart.items == 0", 1}, {"cart.idle > 0", 0}, {"not (cart.idle > 0)", 1},
        {"account('tier') == 'gold'", 1}, {"account('points') == 12.5", 1}, {"account('trade')", 1},
        {"count(view) == 0", 1}, {"since(purchase) > 0", 0}, {"most(view) == 0", 1},
        {"orders == 0 and spent == 0", 1}, {"rfm == ''", 1}, {"recency >= 1", 0},
        {"answered('Which size?')", 0}, {"in_cart(item: 'A')", 0}, {"interest(brand: 'B') > 0", 0},
    };
    CHECK_ROWS(rows);
}

TEST(long_ones_run_to_their_end)
{
    char text[4096] = "";
    size_t used = 0;
    for (int i = 0; i < 300; i++) {
        used += (size_t)snprintf(text + used, sizeof text - used, "1 + ");
    }
    snprintf(text + used, sizeof text - used, "1 == 301");
    CHECK_EQ(worth(text), 1);
    used = 0;
    for (int i = 0; i < 300; i++) {
        used += (size_t)snprintf(text + used, sizeof text - used, "false or ");
    }
    snprintf(text + used, sizeof text - used, "true");
    CHECK_EQ(worth(text), 1);
    used = 0;
    for (int i = 0; i < 31; i++) {
        used += (size_t)snprintf(text + used, sizeof text - used, "1 + (");
    }
    used += (size_t)snprintf(text + used, sizeof text - used, "1");
    for (int i = 0; i < 31; i++) {
        used += (size_t)snprintf(text + used, sizeof text - used, ")");
    }
    snprintf(text + used, sizeof text - used, " == 32");
    CHECK_EQ(worth(text), 1);
}

/* Jumps of more than 127 bytes have a longer way. */
TEST(a_right_side_may_be_of_any_length)
{
    for (int count = 1; count < 60; count++) {
        char text[4096] = "true and (";
        for (int i = 0; i < count; i++) {
            strcat(text, "visits > 214.5 or ");
        }
        strcat(text, "touch) and not (false or touch and hour > 12)");
        CHECK_EQ(worth(text), 1);
    }
}
