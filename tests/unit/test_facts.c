#include "test.h"

#include "moments.h"

#include "model/ranker.h"

enum { DAY = 86400 };

static int64_t number_of(sotto_fact_number fact)
{
    return sotto_fact_number_get(moment_now(), fact);
}

/* A text; "(nothing)" if it is nothing. */
static const char *fact_of(sotto_fact_text fact)
{
    static char text[2000];
    sotto_text found = sotto_fact_text_get(moment_now(), fact);
    if (found.bytes == NULL) {
        return "(nothing)";
    }
    memcpy(text, found.bytes, found.size);
    text[found.size] = '\0';
    return text;
}

static bool truth_of(sotto_fact_truth fact)
{
    return sotto_fact_truth_get(moment_now(), fact);
}

TEST(of_nobody_little_is_known)
{
    static const int64_t expected[SOTTO_FACT_NUMBERS] = {
        [SOTTO_CART_IDLE] = SOTTO_NOTHING, [SOTTO_ITEM_PRICE] = SOTTO_NOTHING,
        [SOTTO_ITEM_LIST_PRICE] = SOTTO_NOTHING, [SOTTO_ITEM_DISCOUNT] = SOTTO_NOTHING,
        [SOTTO_ITEM_SEEN] = SOTTO_NOTHING, [SOTTO_SESSION_AGE] = SOTTO_NOTHING,
        [SOTTO_SINCE_VISIT] = SOTTO_NOTHING, [SOTTO_SINCE_ORDER] = SOTTO_NOTHING,
        [SOTTO_RECENCY] = SOTTO_NOTHING, [SOTTO_FREQUENCY] = SOTTO_NOTHING,
        /* 15 June 2025, 15:06 */
        [SOTTO_HOUR] = 150000, [SOTTO_MINUTE] = 60000, [SOTTO_DAY] = 150000,
        [SOTTO_MONTH] = 60000, [SOTTO_YEAR] = 20250000,
    };
    static const char *const texts[SOTTO_FACT_TEXTS] = {
        [SOTTO_PAGE_PATH] = "(nothing)", [SOTTO_PAGE_TYPE] = "", [SOTTO_RFM] = "",
        [SOTTO_LIFECYCLE] = "new", [SOTTO_CLUSTER_NAME] = "", [SOTTO_DEVICE] = "(nothing)",
        [SOTTO_LANGUAGE] = "(nothing)", [SOTTO_REGION] = "(nothing)",
        [SOTTO_TIMEZONE] = "(nothing)", [SOTTO_REFERRER] = "(nothing)", [SOTTO_WEEKDAY] = "sun",
    };
    moment_enter();
    shopper.unknown = true;
    for (int fact = 0; fact < SOTTO_FACT_NUMBERS; fact++) {
        ROW("number %d", fact);
        CHECK_EQ(number_of((sotto_fact_number)fact), expected[fact]);
    }
    for (int fact = 0; fact < SOTTO_FACT_TEXTS; fact++) {
        ROW("text %d", fact);
        CHECK_STR(fact_of((sotto_fact_text)fact), texts[fact]);
    }
    for (int fact = 0; fact < SOTTO_FACT_TRUTHS; fact++) {
        ROW("truth %d", fact);
        CHECK_EQ(truth_of((sotto_fact_truth)fact), fact == SOTTO_FIRST_VISIT);
    }
    moment_leave();
}

TEST(the_cart)
{
    moment_enter();
    moment_event(SOTTO_CART_ADD, 3, SAMPLE_NOW - 90, 2);
    moment_event(SOTTO_CART_ADD, 5, SAMPLE_NOW - 60, 1);
    CHECK_EQ(number_of(SOTTO_CART_TOTAL), 2 * 130000 + 150000);
    CHECK_EQ(number_of(SOTTO_CART_ITEMS), 20000);
    CHECK_EQ(number_of(SOTTO_CART_QUANTITY), 30000);
    CHECK_EQ(number_of(SOTTO_CART_IDLE), 600000);
    moment_leave();
}

TEST(the_pages_item)
{
    static const uint32_t five[] = {5}, twelve[] = {12}, seven[] = {7};
    moment_enter();
    here.scene.page_item_count = 1;
    here.scene.page_items = five;
    moment_event(SOTTO_VIEW, 5, SAMPLE_NOW - 90, 2);
    moment_event(SOTTO_CLICK, 5, SAMPLE_NOW - 80, 2);
    moment_event(SOTTO_CART_ADD, 5, SAMPLE_NOW - 70, 2);
    moment_event(SOTTO_VIEW, 6, SAMPLE_NOW - 60, 2);
    CHECK_EQ(number_of(SOTTO_ITEM_PRICE), 150000);
    CHECK_EQ(number_of(SOTTO_ITEM_LIST_PRICE), 990000);
    CHECK_EQ(number_of(SOTTO_ITEM_DISCOUNT), 10000 - 1515);    /* 1500 / 9900 is 0.1515 */
    CHECK_EQ(number_of(SOTTO_ITEM_SEEN), 20000);
    CHECK(truth_of(SOTTO_ITEM_IN_STOCK));
    here.scene.page_items = twelve;
    CHECK(number_of(SOTTO_ITEM_PRICE) == SOTTO_NOTHING);
    CHECK(number_of(SOTTO_ITEM_LIST_PRICE) == SOTTO_NOTHING);
    CHECK_EQ(number_of(SOTTO_ITEM_DISCOUNT), 0);
    CHECK_EQ(number_of(SOTTO_ITEM_SEEN), 0);
    here.scene.page_items = seven;
    CHECK(!truth_of(SOTTO_ITEM_IN_STOCK));
    moment_leave();
}

TEST(the_page)
{
    static char path[301];
    moment_enter();
    memset(path, 'p', 300);
    here.scene.path = text_of(path);
    here.scene.page_type = text_of("product");
    here.scene.device = text_of("phone");
    here.scene.language = text_of("de-AT");
    here.scene.timezone = text_of("America/Argentina/Salta");
    here.scene.referrer = text_of("search");
    here.scene.page_active_s = 12;
    here.scene.idle_s = UINT32_MAX;
    here.scene.scroll_percent = 42;
    CHECK_EQ(strlen(fact_of(SOTTO_PAGE_PATH)), SOTTO_PATH_MAX_SIZE);
    CHECK_STR(fact_of(SOTTO_PAGE_TYPE), "product");
    CHECK_STR(fact_of(SOTTO_DEVICE), "phone");
    CHECK_STR(fact_of(SOTTO_LANGUAGE), "de");
    CHECK_STR(fact_of(SOTTO_REGION), "America");
    CHECK_STR(fact_of(SOTTO_TIMEZONE), "America/Argentina/Salta");
    CHECK_STR(fact_of(SOTTO_REFERRER), "search");
    CHECK_EQ(number_of(SOTTO_PAGE_ACTIVE), 120000);
    CHECK_EQ(number_of(SOTTO_PAGE_IDLE), (int64_t)UINT32_MAX * 10000);
    CHECK_EQ(number_of(SOTTO_PAGE_SCROLL), 4200);
    here.scene.scroll_percent = 101;
    here.scene.language = text_of("de");
    here.scene.timezone = text_of("UTC");
    CHECK_EQ(number_of(SOTTO_PAGE_SCROLL), 10000);
    CHECK_STR(fact_of(SOTTO_LANGUAGE), "de");
    CHECK_STR(fact_of(SOTTO_REGION), "UTC");
    moment_leave();
}

TEST(sessions)
{
    moment_enter();
    moment_event(SOTTO_VIEW, 1, SAMPLE_NOW - 3 * DAY, 1);
    moment_event(SOTTO_CART_ADD, 1, SAMPLE_NOW - 3 * DAY + 30, 1);
    CHECK(truth_of(SOTTO_FIRST_VISIT) && !truth_of(SOTTO_RETURNING));
    moment_event(SOTTO_VIEW, 2, SAMPLE_NOW - 100, 1);
    moment_event(SOTTO_CLICK, 3, SAMPLE_NOW - 50, 1);
    moment_event(SOTTO_SEARCH, 4, SAMPLE_NOW - 40, 1);
    here.ledger.session_start_s = SAMPLE_NOW - 100;
    here.ledger.session_active_s = 40;
    here.scene.session_active_s = 5;
    CHECK_EQ(number_of(SOTTO_VISITS), 20000);
    CHECK(!truth_of(SOTTO_FIRST_VISIT) && truth_of(SOTTO_RETURNING) && truth_of(SOTTO_REMEMBERED));
    CHECK_EQ(number_of(SOTTO_SESSION_AGE), 1000000);
    CHECK_EQ(number_of(SOTTO_SESSION_VIEWS), 20000);
    CHECK_EQ(number_of(SOTTO_SESSION_ACTIVE), 450000);
    CHECK_EQ(number_of(SOTTO_SINCE_VISIT), (3 * DAY - 130) * (int64_t)10000);
    here.ledger.session_start_s--;
    CHECK_EQ(number_of(SOTTO_SESSION_ACTIVE), 50000);
    /* Set back by a year, the clock shows a time at which nothing has happened yet: all is now. */
    here.scene.now_s = SAMPLE_NOW - 365 * DAY;
    CHECK_EQ(number_of(SOTTO_SESSION_AGE), 0);
    CHECK_EQ(number_of(SOTTO_SESSION_VIEWS), 30000);
    CHECK(number_of(SOTTO_SINCE_VISIT) == SOTTO_NOTHING);
    moment_leave();
}

TEST(seconds_that_do_not_fit_are_the_most_there_are)
{
    moment_enter();
    here.ledger.session_start_s = shopper.profile.session_start_s;
    here.ledger.session_active_s = UINT32_MAX;
    here.scene.session_active_s = UINT32_MAX;
    CHECK_EQ(number_of(SOTTO_SESSION_ACTIVE), SOTTO_DECIMAL_MAX);
    moment_leave();
}

TEST(orders)
{
    moment_enter();
    CHECK(number_of(SOTTO_SINCE_ORDER) == SOTTO_NOTHING);
    here.ledger.order_count = 2;
    here.ledger.spent = 12345;
    here.ledger.order_s = SAMPLE_NOW - 31 * DAY;
    CHECK_EQ(number_of(SOTTO_ORDERS), 20000);
    CHECK_EQ(number_of(SOTTO_SPENT), 1234500);
    CHECK_EQ(number_of(SOTTO_SINCE_ORDER), 31 * DAY * (int64_t)10000);
    CHECK_EQ(number_of(SOTTO_RECENCY), 20000);
    CHECK_EQ(number_of(SOTTO_FREQUENCY), 20000);
    CHECK_STR(fact_of(SOTTO_RFM), "regular");
    CHECK_STR(fact_of(SOTTO_LIFECYCLE), "active");
    moment_leave();
}

TEST(the_clock)
{
    moment_enter();
    here.scene.utc_offset_min = 9 * 60 + 30;
    CHECK_EQ(number_of(SOTTO_HOUR), 0);
    CHECK_EQ(number_of(SOTTO_MINUTE), 360000);
    CHECK_EQ(number_of(SOTTO_DAY), 160000);
    CHECK_STR(fact_of(SOTTO_WEEKDAY), "mon");
    moment_leave();
}

/* Two kinds: those who like the first half of the shop, and those who like the second. */
TEST(the_name_of_the_cluster)
{
    static const uint8_t centroids[2 * 6] = {127, 0, 0, 0, 16, 8, 0, 127, 0, 0, 16, 8};
    sotto_ranker ranker;
    moment_enter();
    memset(&ranker, 0, sizeof ranker);
    ranker.clusters = (sotto_clusters){.count = 2, .item_count = SAMPLE_ITEMS, .block_count = 2,
                                       .centroids = centroids};
    shopper.shop.bundle.ranker = &ranker;
    CHECK_STR(fact_of(SOTTO_CLUSTER_NAME), "");
    for (uint32_t i = 0; i < 8; i++) {
        shopper_did(SOTTO_VIEW, 30 + i);
    }
    CHECK_STR(fact_of(SOTTO_CLUSTER_NAME), "1");
    here.plan.rules.clusters[0] = text_of("readers");
    here.plan.rules.clusters[1] = text_of("runners");
    here.plan.rules.cluster_count = 1;
    CHECK_STR(fact_of(SOTTO_CLUSTER_NAME), "1");
    here.plan.rules.cluster_count = 2;
    CHECK_STR(fact_of(SOTTO_CLUSTER_NAME), "runners");
    here.moment.cluster = 15;                /* it was worked out; no need to do so again */
    CHECK_MEM((const uint8_t *)sotto_fact_text_get(&here.moment, SOTTO_CLUSTER_NAME).bytes,
              (const uint8_t *)"15", 2);
    moment_leave();
}
