#include "statistics_rows.h"

#include "train/material.h"

#define ITEMS 40

static sotto_statistics statistics;
static sotto_sequences sessions, baskets;
static uint32_t *starts_at;
static sotto_train_fault fault;

static uint32_t next_dice(uint32_t sides)
{
    static uint64_t state = 7;
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((state >> 33) % sides);
}

/* Forty days of a shop, no two rows of a shopper at the same second. */
static const sotto_material *material(void)
{
    static sotto_material made;
    if (made.items != NULL) {
        return &made;
    }
    sotto_statistics_maker *maker = begin_rows(true);
    for (int visit = 0; visit < 1500; visit++) {
        char shopper[16], item[16], order[16];
        int64_t time_s = 1700000000 + visit * 2400 + (int)next_dice(600);
        snprintf(shopper, sizeof shopper, "p%u", next_dice(200));
        snprintf(order, sizeof order, "o%d", visit);
        for (uint32_t k = 1 + next_dice(6); k > 0; k--, time_s += 1 + next_dice(60)) {
            snprintf(item, sizeof item, "i%u", next_dice(ITEMS));
            put_row(maker, SOTTO_LOG_VIEW, shopper, NULL, NULL, item, time_s);
        }
        for (uint32_t k = next_dice(4); k > 0; k--) {
            snprintf(item, sizeof item, "i%u", next_dice(ITEMS));
            put_row(maker, SOTTO_LOG_PURCHASE, shopper, NULL, order, item, time_s++);
        }
    }
    end_rows(maker, &statistics);
    REQUIRE(sotto_statistics_sequences(&statistics, &sessions, &baskets, &starts_at));
    made = (sotto_material){.items = &statistics.book.ids, .sessions = &sessions,
                            .baskets = &baskets, .statistics = &statistics,
                            .starts_at = starts_at};
    return &made;
}

/* The sum over all slices. */
static uint32_t met(const sotto_pairs *pairs, uint32_t row, uint32_t other, uint32_t direction,
                    uint32_t distance)
{
    uint32_t sum = 0;
    for (size_t i = pairs->starts[row]; i < pairs->starts[row + 1]; i++) {
        uint32_t key = pairs->pairs[i].key;
        bool same = key >> 8 == other && (key & SOTTO_PAIR_BEFORE) == direction
                    && (key >> 4 & 7) == distance;
        sum += same ? pairs->pairs[i].count : 0;
    }
    return sum;
}

static void check_same(const sotto_pairs *a, const sotto_pairs *b)
{
    CHECK_EQ(a->sequence_count, b->sequence_count);
    for (uint32_t row = 0; row < a->item_count; row++) {
        uint64_t counts_a = 0, counts_b = 0;
        for (uint32_t slice = 0; slice < SOTTO_PAIR_SLICES; slice++) {
            counts_a += a->counts[row * SOTTO_PAIR_SLICES + slice];
            counts_b += b->counts[row * SOTTO_PAIR_SLICES + slice];
        }
        CHECK_EQ(counts_a, counts_b);
        for (size_t i = a->starts[row] + 1; i < a->starts[row + 1]; i++) {
            CHECK(a->pairs[i].key > a->pairs[i - 1].key);
        }
        for (uint32_t other = 0; other < a->item_count; other++) {
            for (uint32_t distance = 0; distance < SOTTO_PAIR_DISTANCES; distance++) {
                for (uint32_t direction = 0; direction <= 128; direction += 128) {
                    CHECK_EQ(met(a, row, other, direction, distance),
                             met(b, row, other, direction, distance));
                }
            }
        }
    }
}

TEST(sums_of_the_file_are_those_of_its_sessions_while_the_sample_holds_all)
{
    const sotto_material *from = material();
    sotto_pairs of_file, of_sessions;
    uint32_t tail = sotto_material_tail(from), last = sessions.count;
    REQUIRE(sotto_material_pairs(from, SOTTO_PAIRS_NEXT, SOTTO_SPAN_ALL, 1, &of_file, &fault));
    REQUIRE(sotto_pairs_of_sessions(&sessions, 0, last, from->items->count, 1, &of_sessions));
    check_same(&of_file, &of_sessions);
    sotto_pairs_free(&of_file);
    sotto_pairs_free(&of_sessions);
    REQUIRE(sotto_material_pairs(from, SOTTO_PAIRS_NEXT, SOTTO_SPAN_OLDER, 1, &of_file, &fault));
    REQUIRE(sotto_pairs_of_sessions(&sessions, 0, tail, from->items->count, 1, &of_sessions));
    check_same(&of_file, &of_sessions);
    sotto_pairs_free(&of_file);
    sotto_pairs_free(&of_sessions);
    REQUIRE(sotto_material_pairs(from, SOTTO_PAIRS_TOGETHER, SOTTO_SPAN_ALL, 2, &of_file, &fault));
    REQUIRE(sotto_pairs_of_baskets(&baskets, 0, baskets.count, from->items->count, 2,
                                   &of_sessions));
    check_same(&of_file, &of_sessions);
    CHECK_EQ(of_file.unsupported, of_sessions.unsupported);
    sotto_pairs_free(&of_file);
    sotto_pairs_free(&of_sessions);
}

TEST(the_tail_is_the_latest_twelfth_or_a_little_more)
{
    uint32_t tail = sotto_material_tail(material());
    CHECK(tail < sessions.count - sessions.count * 8 / 100);
    CHECK(tail > sessions.count - sessions.count * 16 / 100);
    for (uint32_t i = 1; i < sessions.count; i++) {
        CHECK(sessions.times_s[i - 1] <= sessions.times_s[i]);
    }
}

TEST(series_add_up_to_what_was_met)
{
    const sotto_material *from = material();
    sotto_material plain = *from; /* the same counted from the sessions */
    plain.statistics = NULL;
    for (int kind = SOTTO_SERIES_EVENTS; kind <= SOTTO_SERIES_BASKETS; kind++) {
        sotto_series a, b;
        ROW("kind %d", kind);
        REQUIRE(sotto_material_series(from, (sotto_series_kind)kind, SOTTO_SPAN_ALL, &a, &fault));
        REQUIRE(sotto_material_series(&plain, (sotto_series_kind)kind, SOTTO_SPAN_ALL, &b,
                                      &fault));
        uint32_t *sums_a = sotto_series_sums(&a), *sums_b = sotto_series_sums(&b);
        for (uint32_t item = 0; item < from->items->count; item++) {
            CHECK_EQ(sums_a[item], sums_b[item]);
            for (size_t at = a.starts[item] + 1; at < a.starts[item + 1]; at++) {
                CHECK(a.cells[at] > a.cells[at - 1] && a.cells[at] < a.cell_count);
            }
        }
        uint64_t all_a = 0, all_b = 0;
        for (uint32_t cell = 0; cell < SOTTO_SUM_CELLS; cell++) {
            all_a += cell < a.cell_count ? a.totals[cell] : 0;
            all_b += cell < b.cell_count ? b.totals[cell] : 0;
        }
        CHECK_EQ(all_a, all_b);
        CHECK(a.by_time && a.now > a.first && a.first >= a.cell_start);
        CHECK(a.now < a.cell_start + a.cell_count * a.cell_width);
        free(sums_a);
        free(sums_b);
        sotto_series_free(&a);
        sotto_series_free(&b);
    }
}

TEST(what_is_bought_after_it_was_viewed_is_counted_once_a_visit)
{
    sotto_statistics few;
    sotto_statistics_maker *maker = begin_rows(true);
    for (int i = 0; i < 3; i++) {
        char shopper[16];
        snprintf(shopper, sizeof shopper, "p%d", i);
        int64_t at = 1700000000 + i * 100000;
        put_row(maker, SOTTO_LOG_VIEW, shopper, NULL, NULL, "a", at);
        put_row(maker, SOTTO_LOG_VIEW, shopper, NULL, NULL, "a", at + 10);
        put_row(maker, SOTTO_LOG_VIEW, shopper, NULL, NULL, "b", at + 20);
        put_row(maker, SOTTO_LOG_PURCHASE, shopper, NULL, "o", "b", at + 30);
        put_row(maker, SOTTO_LOG_VIEW, shopper, NULL, NULL, "c", at + 40);
        put_row(maker, SOTTO_LOG_PURCHASE, shopper, NULL, "o", "b", at + 90000); /* another day */
    }
    end_rows(maker, &few);
    sotto_sequences views, bought;
    uint32_t *when;
    sotto_pairs pairs;
    REQUIRE(sotto_statistics_sequences(&few, &views, &bought, &when));
    const sotto_material of = {.items = &few.book.ids, .sessions = &views, .baskets = &bought,
                               .statistics = &few, .starts_at = when};
    REQUIRE(sotto_material_pairs(&of, SOTTO_PAIRS_VIEWED_BOUGHT, SOTTO_SPAN_ALL, 3, &pairs,
                                 &fault));
    uint32_t a = sotto_intern_find(&few.book.ids, row_text("a"));
    uint32_t b = sotto_intern_find(&few.book.ids, row_text("b"));
    uint32_t c = sotto_intern_find(&few.book.ids, row_text("c"));
    CHECK_EQ(met(&pairs, a, b, 0, 0), 3);
    CHECK_EQ(met(&pairs, b, a, 0, 0) + met(&pairs, b, a, 128, 0), 0);
    CHECK_EQ(met(&pairs, c, b, 0, 0), 0); /* viewed afterwards */
    CHECK_EQ(pairs.starts[3], 3); /* one sum each time */
    CHECK_EQ(pairs.sequence_count, 6);
    sotto_pairs_free(&pairs);
    CHECK(!sotto_material_pairs(&of, SOTTO_PAIRS_NEXT, SOTTO_SPAN_ALL, 9, &pairs, &fault));
    CHECK(strstr(fault.message, "8 shoppers") != NULL);
    sotto_sequences_free(&views);
    sotto_sequences_free(&bought);
    free(when);
    sotto_statistics_close(&few);
}
