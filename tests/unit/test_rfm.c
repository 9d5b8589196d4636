#include "test.h"

#include "format/part_write.h"
#include "train/rfm.h"

#include <math.h>
#include <stdlib.h>

#define DAY 86400u

static sotto_visit_event bought(uint32_t item, uint32_t pieces, uint32_t time_s)
{
    return (sotto_visit_event){
        time_s, (uint32_t)SOTTO_LOG_PURCHASE << 30 | sotto_code_of_pieces(pieces) << 24 | item,
        0, 0};
}

static void visit(sotto_visits *visits, uint32_t shopper, const sotto_visit_event *events,
                  size_t count)
{
    sotto_visit one = {.shopper = shopper, .first = events[0].time,
                       .last = events[count - 1].time, .event_count = count};
    CHECK(sotto_visits_add(visits, &one, events));
}

/* Shopper i bought item i % 3, orders_of(i) times, a day apart, the last i days before the end. */
static sotto_visits orders_by(uint32_t shoppers, uint32_t orders_of(uint32_t), uint32_t last_s)
{
    sotto_visits visits = {0};
    for (uint32_t i = 0; i < shoppers; i++) {
        for (uint32_t order = 0; order < orders_of(i); order++) {
            sotto_visit_event event = bought(i % 3, 1, last_s - (i + order) * DAY);
            visit(&visits, i, &event, 1);
        }
    }
    sotto_visits_sort(&visits);
    return visits;
}

static uint32_t one_to_nine(uint32_t shopper)
{
    return 1 + shopper / 10;
}

static uint32_t mostly_one(uint32_t shopper)
{
    return shopper < 85 ? 1 : shopper < 95 ? 2 : 5;
}

static const double prices[3] = {10, 20.5, NAN};

static sotto_rfm learn(sotto_visits *visits, const double *by_item)
{
    sotto_train_fault fault;
    sotto_rfm rfm;
    CHECK(sotto_rfm_learn(visits, by_item, 0, 1000 * DAY, &rfm, &fault));
    sotto_visits_free(visits);
    return rfm;
}

TEST(cells_end_at_the_thirds)
{
    sotto_visits visits = orders_by(90, one_to_nine, 1000 * DAY);
    sotto_rfm rfm = learn(&visits, NULL);
    CHECK_EQ(rfm.recency_s[0], 30 * DAY);
    CHECK_EQ(rfm.recency_s[1], 60 * DAY);
    CHECK_EQ(rfm.orders[0], 4);
    CHECK_EQ(rfm.orders[1], 7);
    CHECK_EQ(rfm.spent[0], 0);
    CHECK_EQ(rfm.spent[1], 0);
}

TEST(thresholds_leave_no_cell_empty)
{
    sotto_visits visits = orders_by(100, mostly_one, 1000 * DAY);
    sotto_rfm rfm = learn(&visits, NULL);
    CHECK_EQ(rfm.orders[0], 2);
    CHECK_EQ(rfm.orders[1], 5);
}

TEST(what_was_spent_counts_where_prices_are_known)
{
    sotto_visits visits = orders_by(90, one_to_nine, 1000 * DAY);
    sotto_rfm rfm = learn(&visits, prices);
    CHECK(rfm.spent[0] > 0);
    CHECK(rfm.spent[1] > rfm.spent[0]);
    CHECK_EQ(rfm.spent[1] % 5000, 0);      /* halves: sums of 10 and 20.5 */
    double unknown[3] = {NAN, NAN, 7};
    visits = orders_by(90, one_to_nine, 1000 * DAY);
    rfm = learn(&visits, unknown);
    CHECK_EQ(rfm.spent[1], 0);             /* most prices are not known */
}

/* As the ledger on the device has it: CAMPAIGNS.md section 2. */
TEST(pieces_count_and_half_an_hour_is_one_order)
{
    sotto_visits visits = {0};
    for (uint32_t i = 0; i < 90; i++) {
        sotto_visit_event events[] = {
            bought(0, 1 + i, 500 * DAY), bought(1, 2, 500 * DAY), bought(1, 1, 500 * DAY + 1800),
            bought(0, 1, 500 * DAY + 3601),
        };
        visit(&visits, i, events, SOTTO_ARRAY_COUNT(events));
    }
    sotto_rfm rfm = learn(&visits, prices);
    CHECK_EQ(rfm.orders[0], 2);
    /* 31 pieces have the code of 32, 61 that of 64, and 71.5 is what else was bought. */
    CHECK_EQ(rfm.spent[0], (10 * 32 + 715 / 10) * 10000 + 5000);
    CHECK_EQ(rfm.spent[1], (10 * 64 + 715 / 10) * 10000 + 5000);
}

TEST(codes_of_pieces_are_near)
{
    for (uint32_t code = 0; code < 64; code++) {
        CHECK_EQ(sotto_code_of_pieces(sotto_pieces_of_code(code)), code);
    }
    for (uint32_t pieces = 1; pieces <= 131072; pieces += 1 + pieces / 100) {
        double coded = sotto_pieces_of_code(sotto_code_of_pieces(pieces));
        ROW("%u", pieces);
        CHECK(fabs(coded - pieces) <= pieces / 8.0);
    }
    CHECK_EQ(sotto_code_of_pieces(0), 0);
    CHECK_EQ(sotto_code_of_pieces(0.4), 0);
    CHECK_EQ(sotto_code_of_pieces(1e300), 63);
    CHECK_EQ(sotto_code_of_pieces(NAN), 0);
}

/* Shoppers who came `visits` times, every so many days. */
static sotto_visits comers(uint32_t shoppers, uint32_t times, uint32_t every)
{
    sotto_visits visits = {0};
    for (uint32_t i = 0; i < shoppers; i++) {
        for (uint32_t time = 0; time < times; time++) {
            sotto_visit_event view = {(1 + time * every) * DAY, i % 3, 0, 0};
            visit(&visits, i, &view, 1);
        }
    }
    return visits;
}

TEST(a_shops_rhythm_is_the_median_pause)
{
    sotto_visits visits = comers(60, 3, 20);
    sotto_rfm rfm = learn(&visits, NULL);
    CHECK_EQ(rfm.rhythm_s, 20 * DAY);
    CHECK_EQ(rfm.orders[0], 0);            /* nobody bought */
    visits = comers(60, 3, 83);
    CHECK_EQ(learn(&visits, NULL).rhythm_s, 83 * DAY);
    visits = comers(60, 3, 84);            /* of 1,000 days that is more than a twelfth */
    CHECK_EQ(learn(&visits, NULL).rhythm_s, 0);
    visits = comers(59, 3, 20);
    CHECK_EQ(learn(&visits, NULL).rhythm_s, 0);
    visits = comers(600, 1, 20);           /* nobody came back */
    CHECK_EQ(learn(&visits, NULL).rhythm_s, 0);
}

TEST(too_few_shoppers_say_nothing)
{
    sotto_visits none = {0};
    CHECK_EQ(learn(&none, NULL).orders[0], 0);
    sotto_visits few = orders_by(SOTTO_RFM_LEAST_SHOPPERS - 1, one_to_nine, 1000 * DAY);
    sotto_rfm rfm = learn(&few, prices);
    CHECK_EQ(rfm.orders[0], 0);
    CHECK_EQ(rfm.recency_s[1], 0);
}

/* A model part of nothing but the sections of a list. */
static sotto_bytes part_of(const sotto_section_list *list)
{
    sotto_part_writer writer;
    sotto_bytes part = {0};
    sotto_part_begin(&writer, SOTTO_MODEL, 0, list->count);
    sotto_part_sections(&writer, list);
    CHECK_EQ(sotto_part_finish(&writer, 0, NULL, &part, NULL), SOTTO_OK);
    return part;
}

TEST(the_section_is_read_as_written)
{
    sotto_train_fault fault;
    sotto_rfm rfm = {{DAY, 9 * DAY}, {2, 3}, {123456, 99999999999}, 30 * DAY}, read = {0};
    sotto_section_list list = {0};
    CHECK(sotto_rfm_section(&rfm, &list, &fault));
    sotto_bytes part = part_of(&list);
    CHECK(sotto_rfm_read(part.bytes, &read));
    for (int cell = 0; cell < 2; cell++) {
        CHECK_EQ(read.recency_s[cell], rfm.recency_s[cell]);
        CHECK_EQ(read.orders[cell], rfm.orders[cell]);
        CHECK_EQ(read.spent[cell], rfm.spent[cell]);
    }
    CHECK_EQ(read.rhythm_s, rfm.rhythm_s);
    free(part.bytes);

    rfm.orders[0] = 4;                     /* more than the cell above it */
    sotto_section_list_cut(&list, 0);
    CHECK(sotto_rfm_section(&rfm, &list, &fault));
    part = part_of(&list);
    CHECK(!sotto_rfm_read(part.bytes, &read));
    free(part.bytes);
    sotto_section_list_free(&list);
}
