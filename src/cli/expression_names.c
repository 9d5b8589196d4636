/*
 * expression_names.c - everything that expressions can speak of: docs/EXPRESSIONS.md 3 and 4
 */
#include "cli/expression_names.h"

#include "base/base.h"
#include "cli/nearest.h"

#include <string.h>

static const char *const rfm_cells[] = {
    "new-customer", "promising", "champion", "curious", "regular", "loyal", "lost", "fading",
    "cannot-lose", NULL,
};
static const char *const lifecycles[] = {"new", "active", "loyal", "at-risk", "lost", NULL};
static const char *const devices[] = {"phone", "tablet", "desktop", NULL};
static const char *const referrers[] = {"none", "own", "search", "social", "mail", "other", NULL};
static const char *const weekdays[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun", NULL};

const cli_fact cli_facts[] = {
    {"cart.total", CLI_NUMBER_TYPE, SOTTO_CART_TOTAL, NULL},
    {"cart.items", CLI_NUMBER_TYPE, SOTTO_CART_ITEMS, NULL},
    {"cart.quantity", CLI_NUMBER_TYPE, SOTTO_CART_QUANTITY, NULL},
    {"cart.idle", CLI_NUMBER_TYPE, SOTTO_CART_IDLE, NULL},
    {"item.price", CLI_NUMBER_TYPE, SOTTO_ITEM_PRICE, NULL},
    {"item.list_price", CLI_NUMBER_TYPE, SOTTO_ITEM_LIST_PRICE, NULL},
    {"item.discount", CLI_NUMBER_TYPE, SOTTO_ITEM_DISCOUNT, NULL},
    {"item.in_stock", CLI_TRUTH_TYPE, SOTTO_ITEM_IN_STOCK, NULL},
    {"item.seen", CLI_NUMBER_TYPE, SOTTO_ITEM_SEEN, NULL},
    {"page.path", CLI_TEXT_TYPE, SOTTO_PAGE_PATH, NULL},
    {"page.type", CLI_TEXT_TYPE, SOTTO_PAGE_TYPE, NULL},
    {"page.active", CLI_NUMBER_TYPE, SOTTO_PAGE_ACTIVE, NULL},
    {"page.idle", CLI_NUMBER_TYPE, SOTTO_PAGE_IDLE, NULL},
    {"page.scroll", CLI_NUMBER_TYPE, SOTTO_PAGE_SCROLL, NULL},
    {"session.active", CLI_NUMBER_TYPE, SOTTO_SESSION_ACTIVE, NULL},
    {"session.age", CLI_NUMBER_TYPE, SOTTO_SESSION_AGE, NULL},
    {"session.views", CLI_NUMBER_TYPE, SOTTO_SESSION_VIEWS, NULL},
    {"visits", CLI_NUMBER_TYPE, SOTTO_VISITS, NULL},
    {"first_visit", CLI_TRUTH_TYPE, SOTTO_FIRST_VISIT, NULL},
    {"returning", CLI_TRUTH_TYPE, SOTTO_RETURNING, NULL},
    {"since_visit", CLI_NUMBER_TYPE, SOTTO_SINCE_VISIT, NULL},
    {"orders", CLI_NUMBER_TYPE, SOTTO_ORDERS, NULL},
    {"spent", CLI_NUMBER_TYPE, SOTTO_SPENT, NULL},
    {"since_order", CLI_NUMBER_TYPE, SOTTO_SINCE_ORDER, NULL},
    {"recency", CLI_NUMBER_TYPE, SOTTO_RECENCY, NULL},
    {"frequency", CLI_NUMBER_TYPE, SOTTO_FREQUENCY, NULL},
    {"rfm", CLI_TEXT_TYPE, SOTTO_RFM, rfm_cells},
    {"lifecycle", CLI_TEXT_TYPE, SOTTO_LIFECYCLE, lifecycles},
    {"cluster", CLI_TEXT_TYPE, SOTTO_CLUSTER_NAME, NULL},
    {"device", CLI_TEXT_TYPE, SOTTO_DEVICE, devices},
    {"touch", CLI_TRUTH_TYPE, SOTTO_TOUCH, NULL},
    {"language", CLI_TEXT_TYPE, SOTTO_LANGUAGE, NULL},
    {"region", CLI_TEXT_TYPE, SOTTO_REGION, NULL},
    {"timezone", CLI_TEXT_TYPE, SOTTO_TIMEZONE, NULL},
    {"referrer", CLI_TEXT_TYPE, SOTTO_REFERRER, referrers},
    {"hour", CLI_NUMBER_TYPE, SOTTO_HOUR, NULL},
    {"minute", CLI_NUMBER_TYPE, SOTTO_MINUTE, NULL},
    {"weekday", CLI_TEXT_TYPE, SOTTO_WEEKDAY, weekdays},
    {"day", CLI_NUMBER_TYPE, SOTTO_DAY, NULL},
    {"month", CLI_NUMBER_TYPE, SOTTO_MONTH, NULL},
    {"year", CLI_NUMBER_TYPE, SOTTO_YEAR, NULL},
    {"remembered", CLI_TRUTH_TYPE, SOTTO_REMEMBERED, NULL},
};
const uint32_t cli_fact_count = SOTTO_ARRAY_COUNT(cli_facts);

const cli_function cli_functions[] = {
    {"count", "count(view, within: 7d)", CLI_CALL_EVENTS, SOTTO_OP_COUNT},
    {"pieces", "pieces(purchase)", CLI_CALL_EVENTS, SOTTO_OP_PIECES},
    {"items", "items(view, on_sale: true)", CLI_CALL_EVENTS, SOTTO_OP_ITEMS},
    {"days", "days(view, within: 4w)", CLI_CALL_EVENTS, SOTTO_OP_DAYS},
    {"since", "since(purchase)", CLI_CALL_EVENTS, SOTTO_OP_SINCE},
    {"most", "most(view, within: 2d)", CLI_CALL_EVENTS, SOTTO_OP_MOST},
    {"interest", "interest(category: \"A > B\")", CLI_CALL_INTEREST, SOTTO_OP_INTEREST},
    {"in_cart", "in_cart(brand: \"C\")", CLI_CALL_THING, SOTTO_OP_IN_CART},
    {"page_is", "page_is(category: \"A > B\")", CLI_CALL_THING, SOTTO_OP_PAGE_IS},
    {"segment", "segment(\"name\")", CLI_CALL_SEGMENT, SOTTO_OP_SEGMENT},
    {"answered", "answered(\"question\", \"value\")", CLI_CALL_ANSWERED, SOTTO_OP_ANSWERED},
    {"account", "account(\"name\")", CLI_CALL_ACCOUNT, SOTTO_OP_ACCOUNT_TEXT},
    {"query", "query(\"utm_source\")", CLI_CALL_QUERY, SOTTO_OP_QUERY},
    {"seen_campaign", "seen_campaign(\"name\")", CLI_CALL_SEEN, SOTTO_OP_SEEN_CAMPAIGN},
    {"min", "min(a, b)", CLI_CALL_TWO, SOTTO_OP_MIN},
    {"max", "max(a, b)", CLI_CALL_TWO, SOTTO_OP_MAX},
    {"floor", "floor(a)", CLI_CALL_ONE, SOTTO_OP_FLOOR},
    {"round", "round(a)", CLI_CALL_ONE, SOTTO_OP_ROUND},
};
const uint32_t cli_function_count = SOTTO_ARRAY_COUNT(cli_functions);

#define KIND(kind) (1u << ((kind) - 1))

const cli_event_name cli_event_names[] = {
    {"view", KIND(SOTTO_VIEW) | KIND(SOTTO_CLICK)},
    {"click", KIND(SOTTO_CLICK)},
    {"search", KIND(SOTTO_SEARCH)},
    {"cart_add", KIND(SOTTO_CART_ADD)},
    {"cart_remove", KIND(SOTTO_CART_REMOVE)},
    {"checkout", KIND(SOTTO_CHECKOUT)},
    {"purchase", KIND(SOTTO_PURCHASE)},
    {"wishlist", KIND(SOTTO_WISHLIST)},
    {"category_view", KIND(SOTTO_CATEGORY_VIEW)},
    {"dismiss", KIND(SOTTO_DISMISS)},
    {"any", KIND(SOTTO_DISMISS + 1) - 1},
};
const uint32_t cli_event_name_count = SOTTO_ARRAY_COUNT(cli_event_names);

const char *const cli_narrow_names[CLI_NARROW_COUNT] = {
    "item", "category", "brand", "here", "on_sale", "under", "from", "within", "this_session",
};

const char *cli_type_words(cli_type type)
{
    return type == CLI_NUMBER_TYPE ? "a number" : type == CLI_TEXT_TYPE ? "a text" : "a truth";
}

static bool is_name(sotto_text text, const char *name)
{
    return strlen(name) == text.size && memcmp(name, text.bytes, text.size) == 0;
}

const cli_fact *cli_fact_find(sotto_text name)
{
    for (uint32_t i = 0; i < cli_fact_count; i++) {
        if (is_name(name, cli_facts[i].name)) {
            return &cli_facts[i];
        }
    }
    return NULL;
}

const cli_function *cli_function_find(sotto_text name)
{
    for (uint32_t i = 0; i < cli_function_count; i++) {
        if (is_name(name, cli_functions[i].name)) {
            return &cli_functions[i];
        }
    }
    return NULL;
}

const cli_event_name *cli_event_find(sotto_text name)
{
    for (uint32_t i = 0; i < cli_event_name_count; i++) {
        if (is_name(name, cli_event_names[i].name)) {
            return &cli_event_names[i];
        }
    }
    return NULL;
}

const char *cli_name_nearest(const char *name)
{
    const char *names[SOTTO_ARRAY_COUNT(cli_facts) + SOTTO_ARRAY_COUNT(cli_functions)];
    size_t count = 0;
    for (uint32_t i = 0; i < cli_fact_count; i++) {
        names[count++] = cli_facts[i].name;
    }
    for (uint32_t i = 0; i < cli_function_count; i++) {
        names[count++] = cli_functions[i].name;
    }
    return cli_nearest(name, names, count);
}
