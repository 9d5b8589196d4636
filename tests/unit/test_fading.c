#include "log_rows.h"

#include "train/fading.h"

#include <math.h>

#define DAY 86400u

static void make_series(const sotto_sequences *sessions, uint32_t item_count, sotto_series *series)
{
    sotto_train_fault fault = {{0}, {0}};
    sotto_intern items = {.count = item_count};
    sotto_material material = {.items = &items, .sessions = sessions};
    REQUIRE(sotto_material_series(&material, SOTTO_SERIES_SESSIONS, SOTTO_SPAN_ALL, series,
                                  &fault));
}

static void meet(sotto_sequences *sessions, uint32_t day, uint32_t item)
{
    REQUIRE(sotto_sequences_open(sessions, sessions->count, DAY * (day + 100)));
    REQUIRE(sotto_sequences_push(sessions, item));
}

TEST(what_is_a_half_life_old_counts_half)
{
    sotto_sequences sessions = {0};
    sotto_series series;
    double sums[2];
    meet(&sessions, 0, 0);
    meet(&sessions, 100, 1);
    make_series(&sessions, 2, &series);
    double all = sotto_fading_sums(&series, 50.0 * DAY, sums);
    CHECK(fabs(sums[0] - 0.25) < 0.01);
    CHECK(fabs(sums[1] - 1) < 0.01);
    CHECK(fabs(all - sums[0] - sums[1]) < 1e-9);
    sotto_series_free(&series);
    sotto_sequences_free(&sessions);
}

TEST(the_same_weeks_a_year_before_have_a_say)
{
    sotto_sequences sessions = {0};
    sotto_series series;
    double sums[3] = {0};
    for (uint32_t day = 0; day < 500; day++) { /* 0 always, 1 a year ago, 2 half a year ago */
        meet(&sessions, day, 0);
        if (day > 499 - 364 && day < 499 - 364 + 14) {
            meet(&sessions, day, 1);
        }
        if (day > 300 && day < 314) {
            meet(&sessions, day, 2);
        }
    }
    make_series(&sessions, 3, &series);
    sotto_fading_add_season(&series, 0.1, 1000, sums);
    CHECK(sums[1] > 20 && sums[0] > 20 && sums[2] == 0);
    CHECK(fabs(sums[0] + sums[1] - 100) < 1e-6); /* a tenth of all */
    sotto_series_free(&series);
    sotto_sequences_free(&sessions);
}

TEST(short_logs_have_no_season)
{
    sotto_sequences sessions = {0};
    sotto_series series;
    double sums[1] = {0};
    for (uint32_t day = 0; day < 360; day++) {
        meet(&sessions, day, 0);
    }
    make_series(&sessions, 1, &series);
    sotto_fading_add_season(&series, 0.1, 1000, sums);
    CHECK_EQ(sums[0] > 0, 0);
    sotto_series_free(&series);
    sotto_sequences_free(&sessions);
}

TEST(a_steady_shop_forgets_slowly_and_a_changing_one_fast)
{
    double chosen[2];
    for (uint32_t changing = 0; changing < 2; changing++) {
        sotto_sequences sessions = {0};
        sotto_series series;
        uint32_t state = 7;
        for (uint32_t day = 0; day < 300; day++) {
            for (uint32_t i = 0; i < 20; i++) {
                state = state * 1664525u + 1013904223u;
                uint32_t steady = (state >> 16) % 400 * ((state >> 8) % 400) / 400;
                meet(&sessions, day, changing ? (day / 6 * 31 + i) % 400 : steady);
            }
        }
        make_series(&sessions, 400, &series);
        chosen[changing] = sotto_fading_choose(&series);
        sotto_series_free(&series);
        sotto_sequences_free(&sessions);
    }
    CHECK(chosen[0] > 40.0 * DAY);
    CHECK(chosen[1] < 10.0 * DAY);
}

TEST(a_series_too_short_to_try_keeps_half_of_itself)
{
    sotto_sequences sessions = {0};
    sotto_series series;
    for (uint32_t day = 0; day < 10; day++) {
        meet(&sessions, day, 0);
    }
    make_series(&sessions, 1, &series);
    CHECK(fabs(sotto_fading_choose(&series) - 4.5 * DAY) < 1.0 * DAY);
    sotto_series_free(&series);
    sotto_sequences_free(&sessions);
}
