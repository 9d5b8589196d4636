/*
 * eval_shop.c - a shop's own logs, read to be held back in part
 */
#include "train/eval_shop.h"

#include "train/eval_cost.h"
#include "train/statistics_sequences.h"

#include <stdlib.h>
#include <string.h>

/* The same statistics as for training, but with everybody in the sample. */
static bool open_statistics(const sotto_log_source *sources, size_t source_count,
                            const sotto_train_options *options, sotto_statistics *statistics,
                            sotto_log_report *report, sotto_train_fault *fault)
{
    sotto_train_options all = *options;
    FILE *file;
    all.sample_events = UINT64_MAX;
    return sotto_train_count(sources, source_count, &all, true, report, &file, fault)
           && sotto_statistics_open_file(statistics, file, "statistics", fault);
}

bool sotto_eval_shop_read(const sotto_log_source *sources, size_t source_count,
                          const sotto_train_options *options, sotto_eval_shop *shop,
                          sotto_log_report *report, sotto_train_fault *fault)
{
    sotto_statistics statistics = {0};
    uint32_t *starts_at = NULL;
    memset(shop, 0, sizeof *shop);
    double begun_s = sotto_eval_now_s();
    bool good = open_statistics(sources, source_count, options, &statistics, report, fault);
    if (good) {
        good = (sotto_statistics_sequences(&statistics, &shop->sessions, &shop->baskets,
                                           &starts_at)
                && sotto_statistics_events(&statistics, &shop->events))
               || sotto_fault_set(fault, "not enough memory for %llu rows",
                                  (unsigned long long)report->rows_kept);
    }
    free(starts_at);
    sotto_statistics_close(&statistics);
    shop->seconds = sotto_eval_now_s() - begun_s;
    return good;
}

void sotto_eval_shop_free(sotto_eval_shop *shop)
{
    sotto_sequences_free(&shop->sessions);
    sotto_sequences_free(&shop->baskets);
    sotto_events_free(&shop->events);
}

uint32_t sotto_eval_shop_cut(uint32_t count)
{
    return count - (uint32_t)(count * SOTTO_EVAL_TAIL);
}

sotto_sequences sotto_eval_shop_before(const sotto_eval_shop *shop, const sotto_sequences *others,
                                       const sotto_sequences *sequences, uint32_t cut)
{
    sotto_sequences older = *others;
    if (!shop->events.has_time) {
        older.count = (uint32_t)((uint64_t)others->count * cut / sequences->count);
        return older;
    }
    older.count = 0;
    while (older.count < others->count
           && others->times_s[older.count] < sequences->times_s[cut]) {
        older.count++;
    }
    return older;
}
