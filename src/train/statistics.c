/*
 * statistics.c - opening a statistics file
 *
 *     opening (12 bytes) | head | items | sums | sample | open visits
 *
 * Five stretches of blocks, always in this order. Opening steps over the sums, the largest of them,
 * and reads the rest.
 */
#include "train/statistics.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define OPENING_SIZE 12u

void sotto_statistics_close(sotto_statistics *statistics)
{
    sotto_coverage_free(&statistics->coverage);
    sotto_book_free(&statistics->book);
    sotto_visits_free(&statistics->sample);
    sotto_visits_free(&statistics->open);
    if (statistics->file != NULL) {
        fclose(statistics->file);
    }
    free(statistics->name);
    memset(statistics, 0, sizeof *statistics);
}

/* Reads `count` numbers, none above its limit. */
static bool take_numbers(sotto_block_reader *reader, uint64_t *numbers, const uint64_t *limits,
                         size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!sotto_blocks_take(reader, 0, &numbers[i])) {
            return false;
        }
        if (numbers[i] > limits[i]) {
            return sotto_blocks_bad(reader, "its head has a number that is out of range");
        }
    }
    return true;
}

static bool read_bots(sotto_statistics *to, sotto_block_reader *reader)
{
    static const uint64_t limits[] = {UINT64_MAX, UINT64_MAX, UINT32_MAX,
                                      UINT32_MAX, UINT64_MAX, UINT64_MAX};
    for (unsigned rule = 1; rule < SOTTO_BOT_RULES; rule++) {
        sotto_bot_count *bots = &to->bots[rule];
        uint64_t n[6];
        if (!sotto_blocks_take(reader, 0, &bots->visits)) {
            return false;
        }
        if (bots->visits == 0) {
            continue;
        }
        if (!take_numbers(reader, n, limits, 6)) {
            return false;
        }
        bots->events = n[0];
        bots->example = (sotto_visit){.shopper = n[1], .first = (uint32_t)n[2],
                                      .last = (uint32_t)n[3], .event_count = n[4],
                                      .click_count = n[5], .bare = true};
    }
    return true;
}

static bool read_head(sotto_statistics *to, sotto_block_reader *reader)
{
    static const uint64_t limits[12] = {1, UINT32_MAX, UINT32_MAX, UINT32_MAX, SOTTO_SUPPORT_MOST,
                                        UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX,
                                        UINT32_MAX, UINT32_MAX};
    uint64_t n[12];
    bool found;
    if (!sotto_blocks_next(reader, &found)) {
        return false;
    }
    if (!found) {
        return sotto_blocks_bad(reader, "has no head");
    }
    if (!take_numbers(reader, n, limits, 12)
        || !sotto_coverage_read(&to->coverage, n[0] == 1, reader, 0) || !read_bots(to, reader)) {
        return false;
    }
    if (n[4] == 0) {
        return sotto_blocks_bad(reader, "its head has a number that is out of range");
    }
    to->rules = (sotto_visit_rules){n[0] == 1, (uint32_t)n[1], (uint32_t)n[2], (uint32_t)n[3]};
    to->support = (uint32_t)n[4];
    to->sample_events = n[5];
    to->sample_limit = n[6];
    memcpy(to->kind_counts, &n[7], sizeof to->kind_counts);
    to->first = (uint32_t)n[10];
    to->last = (uint32_t)n[11];
    to->slices = sotto_slices_of(&to->coverage);
    to->cells = sotto_cells_of(&to->coverage);
    return sotto_blocks_skip(reader);
}

/* Visits have been checked one by one; their times must be covered, and their order right. */
static bool check_visits(const sotto_statistics *of, const sotto_visits *visits,
                         sotto_block_reader *reader)
{
    for (size_t i = 0; i < visits->count; i++) {
        const sotto_visit *visit = &visits->visits[i];
        bool in_order = i == 0 || visit[-1].shopper < visit->shopper
                        || (visit[-1].shopper == visit->shopper && visit[-1].first <= visit->first);
        if (sotto_unit_of(&of->coverage, visit->first) < of->coverage.first
            || sotto_unit_of(&of->coverage, visit->last) > of->coverage.last || !in_order) {
            return sotto_blocks_bad(reader, "a visit is at a time that is not covered");
        }
    }
    return true;
}

/* Reads one stretch of blocks that begins where the last one ended. */
typedef bool (*stretch_fn)(sotto_statistics *to, sotto_block_reader *reader);

static bool read_items(sotto_statistics *to, sotto_block_reader *reader)
{
    return sotto_book_read(&to->book, reader);
}

static bool skip_sums(sotto_statistics *to, sotto_block_reader *reader)
{
    to->sums_offset = reader->offset;
    return sotto_blocks_skip(reader);
}

static bool read_sample(sotto_statistics *to, sotto_block_reader *reader)
{
    return sotto_visits_read(&to->sample, reader, to->book.ids.count, NULL, 0)
           && check_visits(to, &to->sample, reader);
}

static bool read_open(sotto_statistics *to, sotto_block_reader *reader)
{
    return sotto_visits_read(&to->open, reader, to->book.ids.count, NULL, 0)
           && check_visits(to, &to->open, reader);
}

static bool check_opening(sotto_statistics *statistics, sotto_train_fault *fault)
{
    uint8_t opening[OPENING_SIZE];
    rewind(statistics->file);
    if (fread(opening, 1, sizeof opening, statistics->file) != sizeof opening
        || memcmp(opening, "sottosta", 8) != 0) {
        sotto_fault_set(fault, "%s: is no statistics file", statistics->name);
        return sotto_fault_hint(fault, "sotto train --statistics FILE writes one");
    }
    if (opening[8] != 1 || opening[9] != 0 || opening[10] != 0 || opening[11] != 0) {
        return sotto_fault_set(fault, "%s: is a statistics file of version %u; this sotto reads 1",
                               statistics->name, opening[8]);
    }
    return true;
}

static bool read_all(sotto_statistics *to, sotto_train_fault *fault)
{
    static const struct {
        stretch_fn read;
        uint32_t   column_count;
    } stretches[] = {{read_head, 1},
                     {read_items, SOTTO_BOOK_COLUMNS},
                     {skip_sums, SOTTO_SUM_COLUMNS},
                     {read_sample, SOTTO_VISIT_COLUMNS},
                     {read_open, SOTTO_VISIT_COLUMNS}};
    uint64_t offset = OPENING_SIZE;
    bool good = true;
    struct stat status;
    for (size_t i = 0; good && i < sizeof stretches / sizeof *stretches; i++) {
        sotto_block_reader reader;
        sotto_blocks_read_at(&reader, to->name, fileno(to->file), offset, stretches[i].column_count,
                          fault);
        good = stretches[i].read(to, &reader);
        offset = reader.offset;
        sotto_blocks_close(&reader);
    }
    if (good && (fstat(fileno(to->file), &status) != 0 || (uint64_t)status.st_size != offset)) {
        good = sotto_fault_set(fault, "%s: goes on behind its end (at byte %llu)", to->name,
                               (unsigned long long)offset);
    }
    return good;
}

bool sotto_statistics_open_file(sotto_statistics *statistics, FILE *file, const char *name,
                                sotto_train_fault *fault)
{
    memset(statistics, 0, sizeof *statistics);
    statistics->file = file;
    statistics->name = strdup(name);
    return (statistics->name != NULL || sotto_fault_set(fault, "%s: not enough memory", name))
           && check_opening(statistics, fault) && read_all(statistics, fault);
}

bool sotto_statistics_open(sotto_statistics *statistics, const char *path,
                           sotto_train_fault *fault)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        memset(statistics, 0, sizeof *statistics);
        return sotto_fault_set(fault, "%s: %s", path, strerror(errno));
    }
    return sotto_statistics_open_file(statistics, file, path, fault);
}

bool sotto_statistics_sums(const sotto_statistics *statistics, sotto_sum_row_fn row_fn,
                           void *context, sotto_train_fault *fault)
{
    uint32_t count = statistics->book.ids.count;
    uint32_t *same = malloc(((size_t)count + 1) * sizeof *same);
    sotto_sum_reader *reader = malloc(sizeof *reader);
    bool good = (same != NULL && reader != NULL)
                || sotto_fault_set(fault, "%s: not enough memory", statistics->name);
    for (uint32_t i = 0; good && i < count; i++) {
        same[i] = i;
    }
    if (good) {
        const sotto_sum_map map = {
            .items = same, .item_count = count, .slices = {0, 0, 0, statistics->slices.count},
            .cells = {0, 0, 0, statistics->cells.count}, .support = statistics->support};
        sotto_sum_reader_open(reader, statistics->name, fileno(statistics->file),
                              statistics->sums_offset, statistics->support, &map, fault);
        do {
            good = sotto_sum_reader_next(reader)
                   && (!reader->has_row || row_fn(context, &reader->row, fault));
        } while (good && reader->has_row);
        sotto_sum_reader_close(reader);
    }
    free(same);
    free(reader);
    return good;
}
