#include "test.h"

#include "moments.h"

#include "decisions/standing.h"

enum { DAY = 86400 };

static const char *word_of(sotto_text text)
{
    static char word[32];
    memcpy(word, text.bytes, text.size);
    word[text.size] = '\0';
    return word;
}

/* Somebody who bought so often, for so much, so many days ago. */
static void bought(uint32_t orders, uint32_t spent, uint32_t days)
{
    here.ledger.order_count = orders;
    here.ledger.spent = spent;
    here.ledger.order_s = SAMPLE_NOW - days * DAY;
}

TEST(the_nine_cells)
{
    static const char *const names[3][3] = {
        {"lost", "fading", "cannot-lose"},
        {"curious", "regular", "loyal"},
        {"new-customer", "promising", "champion"},
    };
    static const uint32_t days[] = {91, 90, 30}, orders[] = {1, 2, 4};
    moment_enter();
    CHECK_STR(word_of(sotto_rfm_name(moment_now())), "");
    CHECK_EQ(sotto_recency_cell(moment_now()), 0);
    CHECK_EQ(sotto_frequency_cell(moment_now()), 0);
    for (uint32_t r = 0; r < 3; r++) {
        for (uint32_t f = 0; f < 3; f++) {
            bought(orders[f], 0, days[r]);
            ROW("%u days, %u orders", days[r], orders[f]);
            CHECK_EQ(sotto_recency_cell(moment_now()), r + 1);
            CHECK_EQ(sotto_frequency_cell(moment_now()), f + 1);
            CHECK_STR(word_of(sotto_rfm_name(moment_now())), names[r][f]);
        }
    }
    here.without_ledger = true;
    CHECK_STR(word_of(sotto_rfm_name(moment_now())), "");
    moment_leave();
}

TEST(cells_by_what_was_spent)
{
    moment_enter();
    here.plan.rules.by_spent = true;
    here.plan.rules.spent[0] = 5000;
    here.plan.rules.spent[1] = 20000;
    bought(50, 4999, 1);
    CHECK_EQ(sotto_frequency_cell(moment_now()), 1);
    bought(1, 5000, 1);
    CHECK_EQ(sotto_frequency_cell(moment_now()), 2);
    bought(1, 20000, 1);
    CHECK_EQ(sotto_frequency_cell(moment_now()), 3);
    /* An order of tomorrow is one of now. */
    here.ledger.order_s = SAMPLE_NOW + DAY;
    CHECK_EQ(sotto_recency_cell(moment_now()), 3);
    moment_leave();
}

/*
 * Came first `first` days ago, `visits` times in all, the last time before this one `last` days
 * ago.
 */
static void visited(uint32_t first, uint32_t visits, uint32_t last)
{
    shopper.profile.created_s = SAMPLE_NOW - first * DAY;
    shopper.profile.session_count = visits;
    shopper.profile.session_start_s = SAMPLE_NOW;
    shopper.profile.event_count = shopper.profile.event_head = 0;
    sotto_history_add(&shopper.profile, &(sotto_event){1, SAMPLE_NOW - last * DAY, SOTTO_VIEW, 1});
    sotto_history_add(&shopper.profile, &(sotto_event){1, SAMPLE_NOW, SOTTO_VIEW, 1});
}

TEST(lifecycles)
{
    static const struct {
        uint32_t    first, visits, last, orders;
        const char *name;
    } rows[] = {
        {90, 2, 61, 0, "lost"},              /* of one visit no pause is known: 7 days */
        {90, 2, 60, 0, "at-risk"},
        {90, 2, 22, 0, "at-risk"},
        {90, 2, 21, 0, "active"},
        {161, 7, 61, 0, "lost"},             /* 100 days, five pauses: 20 each */
        {261, 7, 61, 0, "at-risk"},          /* 40 each: 61 is more than 60 */
        {261, 6, 61, 0, "active"},           /* 50 each */
        {361, 12, 61, 0, "lost"},            /* 30 each: 61 is more than 2 times 30 */
        {362, 12, 62, 5, "lost"},
        {371, 12, 61, 0, "at-risk"},         /* 31 each: not more than 62, more than 46.5 */
        {371, 12, 40, 5, "loyal"},           /* 33.1 each: 40 is less than 49.6 */
        {30, 9, 3, 0, "active"},
        {30, 10, 3, 0, "loyal"},
        {30, 3, 3, 3, "loyal"},
        {30, 3, 3, 2, "active"},
    };
    moment_enter();
    for (size_t i = 0; i < SOTTO_ARRAY_COUNT(rows); i++) {
        ROW("first %u, %u visits, last %u", rows[i].first, rows[i].visits, rows[i].last);
        visited(rows[i].first, rows[i].visits, rows[i].last);
        here.ledger.order_count = rows[i].orders;
        CHECK_STR(word_of(sotto_lifecycle_name(moment_now())), rows[i].name);
    }
    moment_leave();
}

TEST(beginners)
{
    uint32_t time_s;
    moment_enter();
    CHECK_STR(word_of(sotto_lifecycle_name(moment_now())), "new");
    CHECK(!sotto_last_visit(&here.moment, &time_s));
    shopper_did(SOTTO_VIEW, 1);
    CHECK_STR(word_of(sotto_lifecycle_name(moment_now())), "new");
    here.ledger.order_count = 1;
    CHECK_STR(word_of(sotto_lifecycle_name(moment_now())), "active");
    shopper.unknown = true;
    CHECK_STR(word_of(sotto_lifecycle_name(moment_now())), "new");
    moment_leave();
}

TEST(a_visit_whose_events_are_gone_counts_by_number_alone)
{
    moment_enter();
    shopper.profile.session_count = 3;
    shopper.profile.session_start_s = SAMPLE_NOW;
    sotto_history_add(&shopper.profile, &(sotto_event){1, SAMPLE_NOW, SOTTO_VIEW, 1});
    CHECK_STR(word_of(sotto_lifecycle_name(moment_now())), "active");
    moment_leave();
}
