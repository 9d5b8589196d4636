/*
 * statistics_make.c - from rows to a statistics file
 *
 *     rows --> items numbered, shoppers hashed --> spool --> visits --> counter --> file
 *
 * Who a shopper is: the shopper the row names, else its session, else its order, else nobody but
 * this row. A letter in front keeps a shopper "7" apart from an order "7". Only hashes go further.
 */
#include "train/statistics_count.h"
#include "train/statistics_spool.h"

#include <stdlib.h>
#include <string.h>

struct sotto_statistics_maker {
    sotto_statistics  head;
    sotto_spool       spool;
    size_t            memory;
    uint64_t          rows;
    sotto_train_fault *fault;
};

sotto_statistics_maker *sotto_statistics_begin(const sotto_statistics_options *options,
                                               bool by_time, sotto_train_fault *fault)
{
    sotto_statistics_maker *maker = calloc(1, sizeof *maker);
    if (maker == NULL) {
        sotto_fault_set(fault, "not enough memory");
        return NULL;
    }
    maker->memory = options->memory < SOTTO_MEMORY_LEAST ? SOTTO_MEMORY_LEAST : options->memory;
    maker->fault = fault;
    maker->head.rules = (sotto_visit_rules){by_time, options->session_gap_s, options->bot_clicks,
                                            options->bot_per_minute};
    maker->head.support = options->support < SOTTO_SUPPORT_DEFAULT ? SOTTO_SUPPORT_DEFAULT
                          : options->support > SOTTO_SUPPORT_MOST  ? SOTTO_SUPPORT_MOST
                                                                   : options->support;
    maker->head.sample_events = options->sample_events;
    maker->head.sample_limit = UINT64_MAX;
    sotto_coverage_begin(&maker->head.coverage, by_time);
    sotto_spool_begin(&maker->spool, by_time, maker->memory / 2, fault);
    return maker;
}

static uint64_t shopper_of(const sotto_log_row *row)
{
    char key[SOTTO_MAX_ID_SIZE + 24];
    sotto_text name = row->shopper;
    key[0] = 'c';
    if (name.size == 0) {
        name = row->session;
        key[0] = 's';
    }
    if (name.size == 0) {
        name = row->order;
        key[0] = 'o';
    }
    size_t size = 1;
    if (name.size == 0) { /* this row alone: what it says is its name */
        name = row->item;
        key[0] = 'r';
        memcpy(key + 1, &row->time_s, sizeof row->time_s);
        size += sizeof row->time_s;
    }
    memcpy(key + size, name.bytes, name.size);
    uint64_t hash = sotto_hash(key, size + name.size);
    return hash == UINT64_MAX ? 0 : hash;
}

/* A name's hash, 0 only for none. */
static uint32_t short_hash(sotto_text name)
{
    uint32_t hash = name.size == 0 ? 0 : (uint32_t)sotto_hash(name.bytes, name.size);
    return hash + (name.size > 0 && hash == 0 ? 1 : 0);
}

bool sotto_statistics_add(void *context, const sotto_log_row *row, sotto_train_fault *fault)
{
    sotto_statistics_maker *maker = context;
    sotto_statistics *head = &maker->head;
    bool by_time = head->rules.by_time;
    uint32_t time = by_time ? (uint32_t)row->time_s : (uint32_t)maker->rows, item;
    if (maker->rows >= UINT32_MAX - 1) {
        return sotto_fault_set(fault, "%s:%llu: more rows than can be counted in one run",
                               row->file, (unsigned long long)row->line);
    }
    sotto_log_row noted = *row;
    if (!sotto_book_note(&head->book, &noted, time, &item)
        || !sotto_coverage_add(&head->coverage, sotto_unit_of(&head->coverage, time))) {
        return sotto_fault_set(fault, "%s:%llu: not enough memory for the logs", row->file,
                               (unsigned long long)row->line);
    }
    if (head->book.ids.count > SOTTO_MAX_ITEMS) {
        return sotto_fault_set(fault, "%s:%llu: more items than one model can hold", row->file,
                               (unsigned long long)row->line);
    }
    head->first = maker->rows == 0 || time < head->first ? time : head->first;
    head->last = maker->rows == 0 || time > head->last ? time : head->last;
    head->kind_counts[row->kind]++;
    maker->rows++;
    uint32_t code = row->kind == SOTTO_LOG_PURCHASE ? sotto_code_of_pieces(row->quantity) : 0;
    sotto_spooled spooled = {shopper_of(row),
                             {time, (uint32_t)row->kind << 30 | code << 24 | item,
                              short_hash(row->session), short_hash(row->order)}};
    return sotto_spool_add(&maker->spool, &spooled);
}

static bool settle(void *context, const sotto_visit *visit, const sotto_visit_event *events)
{
    return sotto_counter_settle(context, visit, events);
}

/* A visit's rows at one second are put in order before they are counted. */
static bool settle_in_order(void *context, const sotto_visit *visit,
                            const sotto_visit_event *events)
{
    sotto_visits one = {0};
    if (events == NULL) {
        return settle(context, visit, NULL);
    }
    bool good = sotto_visits_add(&one, visit, events)
                || sotto_fault_set(((sotto_counter *)context)->fault, "not enough memory");
    good = good && settle(context, visit, one.events);
    sotto_visits_free(&one);
    return good;
}

bool sotto_statistics_finish(sotto_statistics_maker *maker, bool whole, FILE *file,
                             sotto_train_fault *fault)
{
    sotto_counter counter = {.head = maker->head};
    sotto_spool *spool = &maker->spool;
    uint32_t count = counter.head.book.ids.count;
    uint32_t *order = sotto_book_order(&counter.head.book);
    uint32_t *numbers = malloc(((size_t)count + 1) * sizeof *numbers);
    bool good = (order != NULL && numbers != NULL)
                || sotto_fault_set(fault, "not enough memory for %u items", count);
    for (uint32_t place = 0; good && place < count; place++) {
        numbers[order[place]] = place;
    }
    good = good && sotto_counter_begin(&counter, maker->memory, whole, fault)
           && sotto_spool_drain(spool, sotto_visit_gap(&counter.head.rules), numbers,
                                settle_in_order, &counter);
    sotto_spool_free(spool);
    good = good && sotto_counter_write(&counter, order, NULL, 0, file);
    sotto_counter_end(&counter);
    free(order);
    free(numbers);
    free(maker);
    return good;
}

void sotto_statistics_abandon(sotto_statistics_maker *maker)
{
    sotto_spool_free(&maker->spool);
    sotto_statistics_close(&maker->head);
    free(maker);
}
