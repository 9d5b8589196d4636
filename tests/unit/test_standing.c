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
        {99, 2, 85, 0, "lost"},              /* no pause is known yet: the shop's 14 days */
        {99, 2, 84, 0, "at-risk"},
        {99, 2, 43, 0, "at-risk"},
        {99, 2, 42, 0, "active"},
        {152, 8, 61, 0, "at-risk"},          /* 91 days, six pauses, and the shop's: 15 each */
        {136, 8, 45, 0, "active"},
        {137, 8, 46, 0, "at-risk"},
        {90, 40, 43, 5, "lost"},             /* below 2 each: 7 it is */
        {90, 40, 42, 5, "at-risk"},
        {90, 40, 22, 5, "at-risk"},
        {90, 40, 21, 5, "loyal"},
        {391, 5, 91, 0, "lost"},             /* 78 each, but 90 days are remembered */
        {391, 5, 90, 0, "at-risk"},
        {391, 5, 45, 0, "active"},
        {30, 9, 3, 0, "active"},
        {30, 10, 3, 0, "loyal"},
        {30, 3, 3, 3, "loyal"},
        {30, 3, 3, 2, "active"},
    };
    moment_enter();
    shopper.shop.bundle.campaigns.site.retention_s = 90 * DAY;
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

TEST(the_rhythm_of_a_slow_shop)
{
    moment_enter();
    shopper.shop.bundle.campaigns.site.retention_s = 395 * DAY;
    here.plan.rules.rhythm_s = 40 * DAY;
    visited(150, 2, 121);
    CHECK_STR(word_of(sotto_lifecycle_name(moment_now())), "at-risk");
    visited(150, 2, 120);
    CHECK_STR(word_of(sotto_lifecycle_name(moment_now())), "active");
    visited(250, 2, 241);
    CHECK_STR(word_of(sotto_lifecycle_name(moment_now())), "lost");
    here.plan.rules.rhythm_s = UINT32_MAX;
    CHECK_STR(word_of(sotto_lifecycle_name(moment_now())), "at-risk");   /* 241 of 395 days */
    moment_leave();
}

/* Somebody of so many visits, the first so many days ago, who has events of this one alone. */
static void came_again(uint32_t first, uint32_t visits)
{
    shopper.shop.bundle.campaigns.site.retention_s = 90 * DAY;
    shopper.profile.created_s = SAMPLE_NOW - first * DAY;
    shopper.profile.session_count = visits;
    shopper.profile.session_start_s = SAMPLE_NOW;
    sotto_history_add(&shopper.profile, &(sotto_event){1, SAMPLE_NOW, SOTTO_VIEW, 1});
}

TEST(who_was_away_longer_than_is_remembered_is_lost)
{
    uint32_t time_s = 0;
    moment_enter();
    came_again(200, 3);
    CHECK(sotto_last_visit(moment_now(), &time_s));
    CHECK_EQ(SAMPLE_NOW - time_s, 90 * DAY + 1);
    CHECK_STR(word_of(sotto_lifecycle_name(moment_now())), "lost");
    here.ledger.order_count = 9;
    CHECK_STR(word_of(sotto_lifecycle_name(moment_now())), "lost");
    moment_leave();
}

TEST(what_else_leaves_no_events_says_nothing)
{
    uint32_t time_s;
    moment_enter();
    came_again(90, 3);                     /* no older than the retention: asked to forget */
    CHECK(!sotto_last_visit(moment_now(), &time_s));
    CHECK_STR(word_of(sotto_lifecycle_name(moment_now())), "active");
    shopper.profile.created_s -= DAY;
    CHECK(sotto_last_visit(moment_now(), &time_s));
    shopper.profile.session_count = 1;     /* the first visit has none before it */
    CHECK(!sotto_last_visit(moment_now(), &time_s));
    shopper.profile.session_count = 3;
    for (uint32_t i = 1; i < SOTTO_PROFILE_EVENTS; i++) {
        sotto_history_add(&shopper.profile, &(sotto_event){1, SAMPLE_NOW, SOTTO_VIEW, 1});
    }
    CHECK(!sotto_last_visit(moment_now(), &time_s));   /* it may have been dropped for room */
    moment_leave();
}
