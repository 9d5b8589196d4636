#include "test.h"

#include "format/part_write.h"
#include "train/rfm.h"

#include <math.h>
#include <stdlib.h>

#define DAY 86400u

/* Shopper i bought one thing, item i % 3, orders_of(i) times; the last time i days before the end. */
static sotto_sequences baskets_of(uint32_t shoppers, uint32_t orders_of(uint32_t), uint32_t last_s)
{
    sotto_sequences baskets = {0};
    for (uint32_t i = 0; i < shoppers; i++) {
        for (uint32_t order = 0; order < orders_of(i); order++) {
            CHECK(sotto_sequences_open(&baskets, i, last_s - (i + order) * DAY));
            CHECK(sotto_sequences_push(&baskets, i % 3));
        }
    }
    return baskets;
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

TEST(cells_end_at_the_thirds)
{
    sotto_train_fault fault;
    sotto_rfm rfm;
    sotto_sequences baskets = baskets_of(90, one_to_nine, 1000 * DAY);
    CHECK(sotto_rfm_learn(&baskets, NULL, 1000 * DAY, &rfm, &fault));
    CHECK_EQ(rfm.recency_s[0], 30 * DAY);
    CHECK_EQ(rfm.recency_s[1], 60 * DAY);
    CHECK_EQ(rfm.orders[0], 4);
    CHECK_EQ(rfm.orders[1], 7);
    CHECK_EQ(rfm.spent[0], 0);
    CHECK_EQ(rfm.spent[1], 0);
    sotto_sequences_free(&baskets);
}

TEST(thresholds_leave_no_cell_empty)
{
    sotto_train_fault fault;
    sotto_rfm rfm;
    sotto_sequences baskets = baskets_of(100, mostly_one, 1000 * DAY);
    CHECK(sotto_rfm_learn(&baskets, NULL, 1000 * DAY, &rfm, &fault));
    CHECK_EQ(rfm.orders[0], 2);
    CHECK_EQ(rfm.orders[1], 5);
    sotto_sequences_free(&baskets);
}

TEST(what_was_spent_counts_where_prices_are_known)
{
    sotto_train_fault fault;
    sotto_rfm rfm;
    sotto_sequences baskets = baskets_of(90, one_to_nine, 1000 * DAY);
    CHECK(sotto_rfm_learn(&baskets, prices, 1000 * DAY, &rfm, &fault));
    CHECK(rfm.spent[0] > 0);
    CHECK(rfm.spent[1] > rfm.spent[0]);
    CHECK_EQ(rfm.spent[1] % 5000, 0);      /* halves: sums of 10 and 20.5 */
    double unknown[3] = {NAN, NAN, 7};
    CHECK(sotto_rfm_learn(&baskets, unknown, 1000 * DAY, &rfm, &fault));
    CHECK_EQ(rfm.spent[1], 0);             /* most prices are not known */
    sotto_sequences_free(&baskets);
}

TEST(too_few_shoppers_say_nothing)
{
    sotto_train_fault fault;
    sotto_rfm rfm;
    sotto_sequences none = {0};
    CHECK(sotto_rfm_learn(&none, NULL, 0, &rfm, &fault));
    CHECK_EQ(rfm.orders[0], 0);
    sotto_sequences few = baskets_of(SOTTO_RFM_LEAST_SHOPPERS - 1, one_to_nine, 1000 * DAY);
    CHECK(sotto_rfm_learn(&few, prices, 1000 * DAY, &rfm, &fault));
    CHECK_EQ(rfm.orders[0], 0);
    CHECK_EQ(rfm.recency_s[1], 0);
    sotto_sequences_free(&few);
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
    sotto_rfm rfm = {{DAY, 9 * DAY}, {2, 3}, {123456, 99999999999}}, read = {0};
    sotto_section_list list = {0};
    CHECK(sotto_rfm_section(&rfm, &list, &fault));
    sotto_bytes part = part_of(&list);
    CHECK(sotto_rfm_read(part.bytes, &read));
    CHECK_EQ(memcmp(&rfm, &read, sizeof rfm), 0);
    free(part.bytes);

    rfm.orders[0] = 4;                     /* more than the cell above it */
    sotto_section_list_cut(&list, 0);
    CHECK(sotto_rfm_section(&rfm, &list, &fault));
    part = part_of(&list);
    CHECK(!sotto_rfm_read(part.bytes, &read));
    free(part.bytes);
    sotto_section_list_free(&list);
}
