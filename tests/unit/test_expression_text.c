#include "test.h"

#include "cli/expression.h"
#include "cli/expression_text.h"
#include "format/layout_plan.h"
#include "format/plan_write.h"
#include "sample_bundle.h"

static const char *const segment_names[] = {"boots", "bargains"};
static const char *const campaign_names[] = {"hello"};
static const char *const questions[] = {"Which size?"};
static const char *const account_names[] = {"points", "tier", "trade"};
static const uint8_t account_kinds[] = {SOTTO_ACCOUNT_NUMBER, SOTTO_ACCOUNT_TEXT,
                                        SOTTO_ACCOUNT_TRUTH};

static struct {
    cli_pool          memory;
    cli_plan_pool     pool;
    sample            shop;
    struct sotto_plan plan;
} shop;

static void enter(void)
{
    memset(&shop, 0, sizeof shop);
    sample_open(&shop.shop);
    cli_plan_pool_start(&shop.pool, &shop.memory);
}

static void leave(void)
{
    cli_pool_free(&shop.memory);
    sample_close(&shop.shop);
}

static bool compile(const char *text, cli_expression *expression)
{
    const cli_expression_scope scope = {
        .pool = &shop.pool,
        .price_decimals = 2,
        .segments = {segment_names, 2},
        .campaigns = {campaign_names, 1},
        .questions = {questions, 1},
        .account = {account_names, 3},
        .account_kinds = account_kinds,
    };
    return cli_expression_compile(&scope, text, strlen(text), expression);
}

static uint32_t string(const char *text)
{
    return cli_plan_pool_string(&shop.pool, text, strlen(text));
}

/* Opens a plan whose one campaign asks this, with what is shared behind the two segments. */
static void publish(sotto_program_content when, const sotto_program_content *shared, uint32_t count)
{
    static const uint8_t touch[] = {0x12, 3, 0};
    sotto_fault fault = {0, ""};
    sotto_segment_content segments[8] = {
        {string("boots"), {touch, sizeof touch}}, {string("bargains"), {touch, sizeof touch}},
    };
    for (uint32_t i = 0; i < count; i++) {
        segments[2 + i].program = shared[i];
    }
    sotto_campaign_content campaign = {
        .name = string("hello"), .place = string("top"), .block = SOTTO_INLINE, .priority = 50,
        .experiment = SOTTO_NONE, .offer = SOTTO_NONE, .when = when,
    };
    sotto_plan_content content = sotto_plan_defaults();
    content.strings = shop.pool.strings;
    content.string_count = shop.pool.string_count;
    content.keys = shop.pool.keys;
    content.key_kinds = shop.pool.key_kinds;
    content.key_count = shop.pool.key_count;
    content.segments = segments;
    content.segment_count = 2 + count;
    content.campaigns = &campaign;
    content.campaign_count = 1;
    free(shop.shop.campaigns.bytes);
    shop.shop.campaigns = sample_campaigns_with(&content);
    sample_must(sotto_bundle_open(&shop.shop.bundle, SOTTO_CAMPAIGNS, shop.shop.campaigns.bytes,
                                  shop.shop.campaigns.size, &fault), fault.what);
    sample_must(sotto_plan_open(&shop.plan, &shop.shop.bundle, &fault), fault.what);
}

static const char *text_of_campaign(void)
{
    const char *text = cli_expression_text(&shop.memory, &shop.plan, &shop.shop.bundle,
                                           sotto_campaign_get(&shop.plan, 0).when);
    return text ? text : "";
}

/* Compiles, writes and compiles again: the same program. The text in between. */
static const char *again(const char *text)
{
    cli_expression first;
    cli_expression second = {0};
    ROW("%.200s", text);
    bool compiled = compile(text, &first);
    CHECK(compiled);
    if (!compiled) {
        return "";
    }
    publish((sotto_program_content){first.bytes, first.size}, NULL, 0);
    const char *written = text_of_campaign();
    bool back = compile(written, &second);
    bool same = back && first.size == second.size
             && memcmp(first.bytes, second.bytes, first.size) == 0;
    if (!same) {
        CHECK_STR(written, text);
    }
    return written;
}

static void check(const char *text, const char *written)
{
    enter();
    CHECK_STR(again(text), written);
    leave();
}

#define CHECK_SAME(text) check(text, text)

TEST(parentheses_stand_where_they_must)
{
    CHECK_SAME("touch or returning and remembered");
    CHECK_SAME("(touch or returning) and remembered");
    CHECK_SAME("touch or (returning or remembered)");
    check("(touch or returning) or remembered", "touch or returning or remembered");
    check("((touch)) and (hour >= 9)", "touch and hour >= 9");
    CHECK_SAME("not touch and not (hour >= 22 or hour < 7)");
    CHECK_SAME("not (hour >= 22)");
    check("not hour >= 22", "not (hour >= 22)");
    CHECK_SAME("(touch == returning) != (hour > 3 and touch)");
    CHECK_SAME("hour + minute * 2 - day / 3 > 4 % 3");
    CHECK_SAME("(hour + minute) * 2 > hour - (minute - day)");
    CHECK_SAME("hour / (minute / day) == -(hour * 2)");
    CHECK_SAME("-3 - -hour < -(3) + min(hour, -minute + 1)");
}

TEST(values_read_as_they_were_written)
{
    check("cart.total >= 40.00 and cart.total < 19.95", "cart.total >= 40 and cart.total < 19.95");
    check("since(purchase) > 90 * 86400 or since_visit >= 604800",
          "since(purchase) > 90 * 86400 or since_visit >= 7d");
    CHECK_SAME("30s < page.active and session.age > 36h and since_order < 90m and cart.idle > 0");
    check("spent > 214748364.8", "spent > 214748364 + 0.8");
    CHECK_SAME("spent > 214748.3647 and orders > 2147483647");
    CHECK_SAME("page.scroll > 0.0001 and page.scroll > -0.5");
    check("page.path starts '/a\"b\\\\c' or page.type == 'it\\'s\\n'",
          "page.path starts \"/a\\\"b\\\\c\" or page.type == \"it's\\n\"");
    CHECK_SAME("device in [\"phone\", \"tablet\"] and hour not in [9, 12.5, -1]");
    CHECK_SAME("page.path ends \"x\" and query(\"from\") != \"mail\" or page.path contains \"\"");
}

TEST(functions_read_as_they_were_written)
{
    CHECK_SAME("segment(\"boots\") and seen_campaign(\"hello\") < 3");
    CHECK_SAME("answered(\"Which size?\") and not answered(\"Which size?\", \"M\")");
    CHECK_SAME("account(\"points\") > 3 and account(\"tier\") == \"gold\" and account(\"trade\")");
    CHECK_SAME("floor(spent / 2) == round(max(spent, 2.5))");
    check("count(view, within: 4w, here: true, under: 50, from: 0.5) >= 1",
          "count(view, here: true, under: 50, from: 0.5, within: 28d) >= 1");
    CHECK_SAME("most(any, on_sale: true, this_session: true) + days(dismiss) > 1");
}

/* What the catalogue has is written by its name. */
TEST(names_are_those_of_the_catalogue)
{
    enter();
    const sotto_bundle *bundle = &shop.shop.bundle;
    sotto_text category = sotto_category_name(bundle, 0);
    sotto_text brand = sotto_brand_name(bundle, 0);
    sotto_text item = sotto_item_id(bundle, 5);
    const char *text = cli_pool_print(
        &shop.memory, "count(view, category: \"%.*s\", brand: \"%.*s\", within: 7d) >= 3 and "
        "in_cart(item: \"%.*s\")", (int)category.size, category.bytes, (int)brand.size,
        brand.bytes, (int)item.size, item.bytes);
    CHECK_STR(again(text), text);
    leave();
}

TEST(a_name_that_nothing_tells_is_a_hash)
{
    cli_expression expression;
    enter();
    CHECK(compile("interest(brand: 'Nobody') >= 40%", &expression));
    publish((sotto_program_content){expression.bytes, expression.size}, NULL, 0);
    CHECK_STR(text_of_campaign(),
              cli_pool_print(&shop.memory, "interest(brand: #%016llx) >= 0.4",
                             (unsigned long long)sotto_hash("Nobody", 6)));
    leave();
}

/* What is kept once is written wherever it is asked for, in parentheses where it must be. */
TEST(what_is_shared_is_written_out)
{
    static const uint8_t either[] = {0x12, 3, 0x52, 2, 0x12, 4, 0};
    static const uint8_t both[] = {0x13, 2, 0x51, 2, 0x12, 2, 0};
    static const uint8_t when[] = {0x13, 3, 0x51, 2, 0x13, 2, 0};
    const sotto_program_content shared[] = {{either, sizeof either}, {both, sizeof both}};
    enter();
    publish((sotto_program_content){when, sizeof when}, shared, 2);
    CHECK_STR(text_of_campaign(),
              "(touch or remembered) and returning and (touch or remembered)");
    leave();
}

/* Sound, and no compiler's; or so long that nobody wrote it. */
TEST(what_no_text_compiles_to_has_none)
{
    static const uint8_t deep[] = {0x12, 3, 0x12, 3, 0x51, 5, 0x12, 3, 0x4E, 0x12, 3, 0x4E, 0};
    static const uint8_t odd_events[] = {0x20, 5, 0, 0, 0x02, 2, 0x45, 0};
    static uint8_t twice[4][3 * 300];
    sotto_program_content shared[4];
    enter();
    publish((sotto_program_content){deep, sizeof deep}, NULL, 0);
    CHECK_STR(text_of_campaign(), "");
    publish((sotto_program_content){odd_events, sizeof odd_events}, NULL, 0);
    CHECK_STR(text_of_campaign(), "");
    for (uint32_t i = 0; i < 4; i++) {
        uint32_t size = 0;
        for (uint32_t k = 0; k < 300; k++) {
            twice[i][size++] = i ? 0x13 : 0x12;
            twice[i][size++] = (uint8_t)(i ? 1 + i : 3);
            if (k > 0) {
                twice[i][size++] = 0x4E;
            }
        }
        twice[i][size++] = 0;
        shared[i] = (sotto_program_content){twice[i], size};
    }
    static const uint8_t when[] = {0x13, 5, 0};
    publish((sotto_program_content){when, sizeof when}, shared, 4);
    CHECK_STR(text_of_campaign(), "");
    leave();
}

/* ---- Any expression -------------------------------------------------------------------------- */

static uint64_t rolls;

static uint32_t roll(uint32_t count)
{
    rolls = rolls * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(rolls >> 40) % count;
}

static const char *number(uint32_t depth)
{
    static const char *const leaves[] = {
        "hour", "since_visit", "cart.total", "3", "-2.5", "7d", "40%", "since(purchase)",
        "count(view, within: 90s, category: 'Home > Garden')", "- spent", "214748.3648", "70368744177664",
    };
    static const char *const signs[] = {"+", "-", "*", "/", "%"};
    uint32_t kind = depth ? roll(5) : 0;
    return kind < 2    ? leaves[roll(12)]
         : kind == 2 ? cli_pool_print(&shop.memory, "(%s) %s (%s)", number(depth - 1),
                                      signs[roll(5)], number(depth - 1))
         : kind == 3 ? cli_pool_print(&shop.memory, "-(%s)", number(depth - 1))
                     : cli_pool_print(&shop.memory, "max(%s, %s)", number(depth - 1),
                                      number(depth - 1));
}

static const char *truth(uint32_t depth)
{
    static const char *const leaves[] = {
        "touch", "true", "segment('boots')", "page.path starts '/'", "answered('Which size?', 'M')",
        "hour in [1, 2]", "weekday not in ['sat']", "in_cart(brand: 'Cedar')",
    };
    static const char *const orders[] = {"==", "!=", "<", "<=", ">", ">="};
    static const char *const joins[] = {"(%s) and (%s)", "(%s) or (%s)", "(%s) == (%s)",
                                        "%s and %s", "%s or %s"};
    uint32_t kind = depth ? roll(8) : roll(2);
    return kind == 0   ? leaves[roll(8)]
         : kind == 1 ? cli_pool_print(&shop.memory, "%s %s %s", number(depth), orders[roll(6)],
                                      number(depth))
         : kind == 2 ? cli_pool_print(&shop.memory, "not (%s)", truth(depth - 1))
                     : cli_pool_print(&shop.memory, joins[kind - 3], truth(depth - 1),
                                      truth(depth - 1));
}

TEST(any_expression_compiles_to_the_same_again)
{
    uint32_t compiled = 0;
    for (uint64_t seed = 1; seed <= 2000; seed++) {
        cli_expression expression;
        enter();
        rolls = seed;
        const char *text = truth(4);
        if (compile(text, &expression)) {
            const char *once = again(text);
            CHECK_STR(again(once), once);
            compiled++;
        }
        leave();
    }
    CHECK(compiled > 1000);
}
