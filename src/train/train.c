/*
 * train.c - from logs to the model part
 *
 *     files --> statistics --> sessions and baskets of a sample, sums of all --> build --> model,
 *                         \--> what was said of its items
 */
#include "train/train.h"

#include "train/build.h"
#include "train/gather.h"
#include "train/statistics_sequences.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

sotto_train_options sotto_train_defaults(void)
{
    return (sotto_train_options){.max_links = 20,
                                 .min_shoppers = 3,
                                 .session_gap_s = 1800,
                                 .tune = true,
                                 .effort = SOTTO_EFFORT_NORMAL,
                                 .seed = 1,
                                 .bot_clicks = 1000,
                                 .bot_per_minute = 100,
                                 .sample_events = SOTTO_SAMPLE_DEFAULT,
                                 .memory = SOTTO_MEMORY_DEFAULT};
}

static void tell(const sotto_train_options *options, const char *phase)
{
    if (options->progress_fn != NULL) {
        options->progress_fn(options->progress_context, phase, 0, 1);
    }
}

/* ---- counting -------------------------------------------------------------------------------- */

/* Rows have an order of their own only if each of them has a time. */
static bool all_have_time(const sotto_log_source *sources, size_t source_count)
{
    bool timed = source_count > 0;
    for (size_t i = 0; i < source_count; i++) {
        timed = timed && sources[i].columns.time != NULL;
    }
    return timed;
}

bool sotto_train_count(const sotto_log_source *sources, size_t source_count,
                       const sotto_train_options *options, bool whole, sotto_log_report *report,
                       FILE **statistics, sotto_train_fault *fault)
{
    const sotto_statistics_options counting = {
        options->session_gap_s, options->bot_clicks,    options->bot_per_minute,
        options->min_shoppers,  options->sample_events, options->memory};
    *statistics = NULL;
    memset(report, 0, sizeof *report);
    sotto_statistics_maker *maker =
        sotto_statistics_begin(&counting, all_have_time(sources, source_count), fault);
    if (maker == NULL) {
        return false;
    }
    if (!sotto_gather_rows(sources, source_count, options, sotto_statistics_add, maker, report,
                           fault)) {
        sotto_statistics_abandon(maker);
        return false;
    }
    *statistics = sotto_temp_file(fault);
    if (*statistics == NULL) {
        sotto_statistics_abandon(maker);
        return false;
    }
    tell(options, "counting");
    if (!sotto_statistics_finish(maker, whole, *statistics, fault)) {
        fclose(*statistics);
        *statistics = NULL;
        return false;
    }
    return true;
}

/* ---- the model ------------------------------------------------------------------------------- */

static bool describe_items(const sotto_book *book, const uint32_t *order, sotto_trained *trained)
{
    uint32_t count = book->ids.count;
    trained->items = calloc((size_t)count + 1, sizeof *trained->items);
    for (uint32_t index = 0; trained->items != NULL && index < count; index++) {
        uint32_t item = order[index];
        trained->items[index] = (sotto_trained_item){
            .title = sotto_book_title_of(book, item),
            .category = sotto_book_field_of(book, item, SOTTO_BOOK_CATEGORY),
            .brand = sotto_book_field_of(book, item, SOTTO_BOOK_BRAND),
            .url = sotto_book_field_of(book, item, SOTTO_BOOK_URL),
            .image = sotto_book_field_of(book, item, SOTTO_BOOK_IMAGE),
            .has_price = book->entries[item].has_price,
            .price = book->entries[item].price,
        };
    }
    return trained->items != NULL;
}

static sotto_left_out left_out(const sotto_statistics *of, sotto_bot_rule rule, uint32_t most)
{
    const sotto_bot_count *bots = &of->bots[rule];
    const sotto_visit *example = &bots->example;
    bool by_time = of->rules.by_time;
    return (sotto_left_out){bots->visits,
                            bots->events,
                            most,
                            example->event_count,
                            example->click_count,
                            by_time ? example->first : 0,
                            by_time ? example->last : 0};
}

/* How many shoppers there are, of whom the sample holds those below its limit. */
static uint64_t count_shoppers(const sotto_statistics *of)
{
    uint64_t sampled = 0;
    for (size_t i = 0; i < of->sample.count; i++) {
        const sotto_visit *visit = &of->sample.visits[i];
        sampled += i == 0 || visit[-1].shopper != visit->shopper ? 1 : 0;
    }
    if (of->sample_limit == UINT64_MAX) {
        return sampled;
    }
    double share = ldexp((double)of->sample_limit, -64);
    return share > 0 ? (uint64_t)((double)sampled / share) : 0;
}

static uint64_t sum_of(const uint64_t *totals, uint32_t count)
{
    uint64_t sum = 0;
    for (uint32_t i = 0; i < count; i++) {
        sum += totals[i];
    }
    return sum;
}

static bool summarise(const sotto_material *material, sotto_train_summary *summary,
                      sotto_train_fault *fault)
{
    const sotto_statistics *of = material->statistics;
    sotto_series sessions = {0}, baskets = {0};
    bool good = sotto_material_series(material, SOTTO_SERIES_SESSIONS, SOTTO_SPAN_ALL, &sessions,
                                      fault)
                && sotto_material_series(material, SOTTO_SERIES_BASKETS, SOTTO_SPAN_ALL, &baskets,
                                         fault);
    summary->event_count = sum_of(of->kind_counts, 3);
    summary->shopper_count = count_shoppers(of);
    summary->shoppers_estimated = of->sample_limit != UINT64_MAX;
    summary->sample_event_count = of->sample.event_count;
    summary->crowds = left_out(of, SOTTO_BOT_CROWD, SOTTO_VISIT_EVENTS);
    summary->clicks = left_out(of, SOTTO_BOT_CLICKS, of->rules.bot_clicks);
    summary->fast = left_out(of, SOTTO_BOT_FAST, of->rules.bot_per_minute);
    if (good) {
        summary->session_count = sum_of(sessions.totals, sessions.cell_count);
        summary->basket_count = sum_of(baskets.totals, baskets.cell_count);
    }
    sotto_series_free(&sessions);
    sotto_series_free(&baskets);
    return good;
}

/* Opens the file; what is still open in it is counted now, into a second file. */
static bool open_whole(sotto_statistics *statistics, FILE *file, const char *name,
                       const sotto_train_options *options, sotto_train_fault *fault)
{
    if (!sotto_statistics_open_file(statistics, file, name, fault)) {
        return false;
    }
    if (statistics->open.count == 0) {
        return true;
    }
    FILE *whole = sotto_temp_file(fault);
    if (whole == NULL) {
        return false;
    }
    sotto_statistics *parts[1] = {statistics};
    if (!sotto_statistics_join(parts, 1, options->memory, true, whole, fault)) {
        fclose(whole);
        return false;
    }
    sotto_statistics_close(statistics);
    return sotto_statistics_open_file(statistics, whole, name, fault);
}

static bool make(sotto_statistics *statistics, const sotto_train_options *options,
                 sotto_trained *trained, sotto_train_fault *fault)
{
    sotto_sequences sessions = {0}, baskets = {0};
    uint32_t *order = NULL, *starts_at = NULL;
    bool good = sotto_statistics_sequences(statistics, &sessions, &baskets, &starts_at)
                || sotto_fault_set(fault, "not enough memory for the sampled sessions");
    const sotto_material material = {.items = &statistics->book.ids, .sessions = &sessions,
                                     .baskets = &baskets, .statistics = statistics,
                                     .starts_at = starts_at};
    good = good && summarise(&material, &trained->summary, fault)
           && sotto_build(&material, options, &trained->model, &order, &trained->summary, fault);
    if (good && !describe_items(&statistics->book, order, trained)) {
        good = sotto_fault_set(fault, "not enough memory for %u items",
                               statistics->book.ids.count);
    }
    free(order);
    free(starts_at);
    sotto_sequences_free(&sessions);
    sotto_sequences_free(&baskets);
    return good;
}

bool sotto_train_make(FILE *file, const char *name, const sotto_train_options *options,
                      sotto_trained *trained, sotto_train_fault *fault)
{
    memset(trained, 0, sizeof *trained);
    sotto_statistics *statistics = calloc(1, sizeof *statistics);
    if (statistics == NULL) {
        fclose(file);
        return sotto_fault_set(fault, "not enough memory");
    }
    fseeko(file, 0, SEEK_END);
    trained->summary.statistics_size = (uint64_t)ftello(file);
    trained->memory = statistics; /* the items' texts stand there */
    bool good = open_whole(statistics, file, name, options, fault);
    if (good && statistics->book.ids.count == 0) {
        good = sotto_fault_set(fault, "%s: holds no item", name);
    }
    good = good && make(statistics, options, trained, fault);
    if (!good) {
        sotto_trained_free(trained);
    }
    return good;
}

bool sotto_train(const sotto_log_source *sources, size_t source_count,
                 const sotto_train_options *options, sotto_trained *trained,
                 sotto_train_fault *fault)
{
    sotto_log_report report;
    FILE *statistics;
    memset(trained, 0, sizeof *trained);
    bool good = sotto_train_count(sources, source_count, options, true, &report, &statistics, fault)
                && sotto_train_make(statistics, "statistics", options, trained, fault);
    trained->report = report;
    return good;
}

void sotto_trained_free(sotto_trained *trained)
{
    if (trained->memory != NULL) {
        sotto_statistics_close(trained->memory);
        free(trained->memory);
    }
    free(trained->model.bytes);
    free(trained->items);
    sotto_log_report_free(&trained->report);
    memset(trained, 0, sizeof *trained);
}
