/*
 * statistics_rows.h - statistics for tests, without files
 */
#ifndef SOTTO_TEST_STATISTICS_ROWS_H
#define SOTTO_TEST_STATISTICS_ROWS_H

#include "test.h"

#include "train/statistics_sequences.h"

static sotto_train_fault row_fault;

static inline sotto_text row_text(const char *text)
{
    return (sotto_text){text != NULL ? text : "", text != NULL ? strlen(text) : 0};
}

static inline sotto_statistics_maker *begin_rows(bool by_time)
{
    static const sotto_statistics_options options = {1800, 1000, 100, 8, 1000000,
                                                     (size_t)1 << 20};
    sotto_statistics_maker *maker = sotto_statistics_begin(&options, by_time, &row_fault);
    REQUIRE(maker != NULL);
    return maker;
}

static inline void put_row(sotto_statistics_maker *maker, sotto_log_kind kind, const char *shopper,
                           const char *session, const char *order, const char *item,
                           int64_t time_s)
{
    sotto_text none = {"", 0};
    sotto_log_row row = {.kind = kind, .item = row_text(item), .shopper = row_text(shopper),
                         .session = row_text(session), .order = row_text(order), .title = none,
                         .category = none, .brand = none, .url = none, .image = none,
                         .has_time = time_s >= 0, .time_s = time_s >= 0 ? time_s : 0,
                         .quantity = 1, .file = "test", .line = 1};
    REQUIRE(sotto_statistics_add(maker, &row, &row_fault));
}

/* Counts the rows, with nothing left open, and opens what was written. */
static inline void end_rows(sotto_statistics_maker *maker, sotto_statistics *statistics)
{
    FILE *file = sotto_temp_file(&row_fault);
    REQUIRE(file != NULL && sotto_statistics_finish(maker, true, file, &row_fault));
    REQUIRE(sotto_statistics_open_file(statistics, file, "rows", &row_fault));
}

#endif
