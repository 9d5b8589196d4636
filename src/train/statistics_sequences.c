/*
 * statistics_sequences.c - the sampled shoppers' sessions and baskets
 *
 * Visits lie shopper by shopper; what is tuned and tested must be later than what it is tuned on,
 * so sequences are put in order of their start, those of one instant by shopper.
 */
#include "train/statistics_sequences.h"

#include "base/base.h"

#include <stdlib.h>
#include <string.h>

bool sotto_statistics_use_others(const sotto_statistics *statistics)
{
    const uint64_t *kinds = statistics->kind_counts;
    uint64_t all = kinds[SOTTO_LOG_VIEW] + kinds[SOTTO_LOG_CART] + kinds[SOTTO_LOG_PURCHASE];
    return kinds[SOTTO_LOG_VIEW] < all / 5 + (all % 5 > 0 ? 1 : 0);
}

bool sotto_statistics_use_carts(const sotto_statistics *statistics)
{
    return statistics->kind_counts[SOTTO_LOG_PURCHASE] == 0;
}

typedef struct made_sequence {
    uint32_t time, shopper, number;
    size_t   start, count;
} made_sequence;

/* Sequences of one kind, in the order they were cut. */
typedef struct made_list {
    made_sequence *sequences;
    size_t         count, room;
    uint32_t      *items;
    size_t         item_count, item_room;
} made_list;

typedef struct sequence_making {
    made_list sessions, baskets;
    bool      use_others, use_carts;
    uint32_t  shopper;
} sequence_making;

static bool add(made_list *list, uint32_t time, uint32_t shopper, const uint32_t *items,
                size_t count)
{
    if (list->count == list->room) {
        size_t room = list->room * 2 + 1024;
        made_sequence *sequences = realloc(list->sequences, room * sizeof *sequences);
        if (sequences == NULL) {
            return false;
        }
        list->sequences = sequences;
        list->room = room;
    }
    if (list->item_count + count > list->item_room) {
        size_t room = (list->item_count + count) * 2 + 4096;
        uint32_t *grown = realloc(list->items, room * sizeof *grown);
        if (grown == NULL) {
            return false;
        }
        list->items = grown;
        list->item_room = room;
    }
    memcpy(list->items + list->item_count, items, count * sizeof *items);
    list->sequences[list->count] =
        (made_sequence){time, shopper, (uint32_t)list->count, list->item_count, count};
    list->count++;
    list->item_count += count;
    return true;
}

static bool take(void *context, sotto_cut_kind kind, const sotto_visit *visit,
                 const uint32_t *times, const uint32_t *items, size_t count)
{
    sequence_making *making = context;
    (void)visit;
    if (kind == SOTTO_CUT_VIEWS || (kind == SOTTO_CUT_OTHERS && making->use_others)) {
        return add(&making->sessions, times[0], making->shopper, items, count);
    }
    if (kind == (making->use_carts ? SOTTO_CUT_CART : SOTTO_CUT_BASKET)) {
        return add(&making->baskets, times[0], making->shopper, items, count);
    }
    return true;
}

static int compare_made(const void *a, const void *b)
{
    const made_sequence *x = a, *y = b;
    if (x->time != y->time) {
        return x->time < y->time ? -1 : 1;
    }
    return x->number < y->number ? -1 : x->number > y->number ? 1 : 0;
}

static bool arrange(made_list *list, bool by_time, sotto_sequences *sequences)
{
    bool good = true;
    if (list->count == 0) {
        return true;
    }
    qsort(list->sequences, list->count, sizeof *list->sequences, compare_made);
    for (size_t i = 0; good && i < list->count; i++) {
        const made_sequence *made = &list->sequences[i];
        good = sotto_sequences_open(sequences, made->shopper, by_time ? made->time : 0);
        for (size_t k = 0; good && k < made->count; k++) {
            good = sotto_sequences_push(sequences, list->items[made->start + k]);
        }
    }
    return good;
}

static bool cut_sample(const sotto_statistics *statistics, sequence_making *making)
{
    sotto_cutter cutter = {0};
    bool good = true;
    const sotto_visits *sample = &statistics->sample;
    for (size_t i = 0; good && i < sample->count; i++) {
        const sotto_visit *visit = &sample->visits[i];
        making->shopper += i > 0 && visit[-1].shopper != visit->shopper ? 1 : 0;
        good = visit->bare
               || sotto_visit_cut(&cutter, &statistics->rules, visit,
                                  sample->events + visit->start, take, making);
    }
    sotto_cutter_free(&cutter);
    return good;
}

bool sotto_statistics_sequences(const sotto_statistics *statistics, sotto_sequences *sessions,
                                sotto_sequences *baskets, uint32_t **starts_at)
{
    sequence_making making = {.use_others = sotto_statistics_use_others(statistics),
                              .use_carts = sotto_statistics_use_carts(statistics)};
    bool by_time = statistics->rules.by_time;
    memset(sessions, 0, sizeof *sessions);
    memset(baskets, 0, sizeof *baskets);
    bool good = cut_sample(statistics, &making) && arrange(&making.sessions, by_time, sessions)
                && arrange(&making.baskets, by_time, baskets);
    *starts_at = malloc((making.sessions.count + 1) * sizeof **starts_at);
    good = good && *starts_at != NULL;
    for (size_t i = 0; good && i < making.sessions.count; i++) {
        (*starts_at)[i] = making.sessions.sequences[i].time;
    }
    free(making.sessions.sequences);
    free(making.sessions.items);
    free(making.baskets.sequences);
    free(making.baskets.items);
    return good;
}

/* ---- what is known besides -------------------------------------------------------------------- */

static bool note(sotto_events *events, sotto_text text, uint32_t *place)
{
    *place = SOTTO_NO_GROUP;
    return text.size == 0 || sotto_intern_add(&events->facts, text, place);
}

static bool note_item(const sotto_book *book, uint32_t item, sotto_events *events)
{
    sotto_item_notes *notes = &events->notes[item];
    uint32_t number;
    *notes = (sotto_item_notes){.has_price = book->entries[item].has_price,
                                .price = book->entries[item].price};
    return sotto_intern_add(&events->items, sotto_intern_get(&book->ids, item), &number)
           && note(events, sotto_book_title_of(book, item), &notes->title)
           && note(events, sotto_book_field_of(book, item, SOTTO_BOOK_CATEGORY), &notes->category)
           && note(events, sotto_book_field_of(book, item, SOTTO_BOOK_BRAND), &notes->brand)
           && note(events, sotto_book_field_of(book, item, SOTTO_BOOK_URL), &notes->url)
           && note(events, sotto_book_field_of(book, item, SOTTO_BOOK_IMAGE), &notes->image);
}

bool sotto_statistics_events(const sotto_statistics *statistics, sotto_events *events)
{
    uint32_t count = statistics->book.ids.count;
    sotto_events_init(events);
    events->has_time = statistics->rules.by_time;
    events->notes = calloc((size_t)count + 1, sizeof *events->notes);
    events->notes_room = count + 1;
    for (unsigned kind = 0; kind < SOTTO_ARRAY_COUNT(statistics->kind_counts); kind++) {
        events->kind_counts[kind] = statistics->kind_counts[kind];
        events->count += (size_t)statistics->kind_counts[kind];
    }
    bool good = events->notes != NULL;
    for (uint32_t item = 0; good && item < count; item++) {
        good = note_item(&statistics->book, item, events);
    }
    return good;
}
