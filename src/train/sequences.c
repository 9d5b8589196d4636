/*
 * sequences.c - sessions and baskets out of single events
 *
 * Both are the same work: sort the events so that those which may belong together are neighbours,
 * then cut between neighbours that do not. What differs is the name of the group and where to cut:
 *
 *               group                               cut, where the group is a shopper
 *     session   session, else shopper, else order   at a long pause
 *     basket    order, else shopper                 at a pause of a minute
 *
 * Afterwards sequences are put in order of their start, because what is tuned and what is tested
 * must be later than what it is tuned on.
 */
#include "train/sequences.h"

#include <stdlib.h>
#include <string.h>

#define BASKET_GAP_S 60u

typedef enum grouping { BY_SESSION, BY_SHOPPER, BY_ORDER } grouping;

/* An event with the group it belongs to, ready for sorting. */
typedef struct member {
    uint64_t group; /* grouping << 32 | number */
    uint32_t time_s, arrival;
    uint32_t item, shopper;
} member;

bool sotto_sequences_open(sotto_sequences *sequences, uint32_t shopper, uint32_t time_s)
{
    if (sequences->count == sequences->room) {
        uint32_t room = sequences->room * 2 + 1024;
        size_t *starts = realloc(sequences->starts, ((size_t)room + 1) * sizeof *starts);
        sequences->starts = starts != NULL ? starts : sequences->starts;
        uint32_t *shoppers = realloc(sequences->shoppers, room * sizeof *shoppers);
        sequences->shoppers = shoppers != NULL ? shoppers : sequences->shoppers;
        uint32_t *times_s = realloc(sequences->times_s, room * sizeof *times_s);
        sequences->times_s = times_s != NULL ? times_s : sequences->times_s;
        if (starts == NULL || shoppers == NULL || times_s == NULL) {
            return false;
        }
        if (sequences->count == 0) {
            starts[0] = 0;
        }
        sequences->room = room;
    }
    uint32_t at = sequences->count++;
    sequences->shoppers[at] = shopper;
    sequences->times_s[at] = time_s;
    sequences->starts[at + 1] = sequences->starts[at];
    return true;
}

bool sotto_sequences_push(sotto_sequences *sequences, uint32_t item)
{
    size_t at = sequences->starts[sequences->count];
    if (at == sequences->item_room) {
        size_t room = sequences->item_room * 2 + 4096;
        uint32_t *items = realloc(sequences->items, room * sizeof *items);
        if (items == NULL) {
            return false;
        }
        sequences->items = items;
        sequences->item_room = room;
    }
    sequences->items[at] = item;
    sequences->starts[sequences->count] = at + 1;
    return true;
}

void sotto_sequences_free(sotto_sequences *sequences)
{
    free(sequences->items);
    free(sequences->starts);
    free(sequences->shoppers);
    free(sequences->times_s);
    memset(sequences, 0, sizeof *sequences);
}

static int compare_members(const void *a, const void *b)
{
    const member *x = a, *y = b;
    if (x->group != y->group) {
        return x->group < y->group ? -1 : 1;
    }
    if (x->time_s != y->time_s) {
        return x->time_s < y->time_s ? -1 : 1;
    }
    return x->arrival < y->arrival ? -1 : 1;
}

static uint64_t group_of(grouping by, uint32_t number)
{
    return (uint64_t)by << 32 | number;
}

static uint64_t session_group(const sotto_events *events, const sotto_log_entry *entry)
{
    if (entry->session != SOTTO_NO_GROUP) {
        return group_of(BY_SESSION, entry->session);
    }
    bool shopper_tells = entry->named && events->has_time;
    if (entry->order != SOTTO_NO_GROUP && !shopper_tells) {
        return group_of(BY_ORDER, entry->order);
    }
    return group_of(BY_SHOPPER, entry->shopper);
}

static uint64_t basket_group(const sotto_log_entry *entry)
{
    return entry->order != SOTTO_NO_GROUP ? group_of(BY_ORDER, entry->order)
                                          : group_of(BY_SHOPPER, entry->shopper);
}

typedef struct span {
    size_t   start, end;
    uint32_t time_s, arrival; /* of its first event */
} span;

static int compare_spans(const void *a, const void *b)
{
    const span *x = a, *y = b;
    if (x->time_s != y->time_s) {
        return x->time_s < y->time_s ? -1 : 1;
    }
    return x->arrival < y->arrival ? -1 : x->arrival > y->arrival ? 1 : 0;
}

/* Cuts sorted members into spans, in order of their start. Returns how many. */
static size_t cut_spans(const member *members, size_t count, uint32_t gap_s, span *spans)
{
    size_t span_count = 0;
    for (size_t i = 0; i < count; i++) {
        bool by_shopper = members[i].group >> 32 == BY_SHOPPER;
        bool same = i > 0 && members[i].group == members[i - 1].group
                    && !(by_shopper && members[i].time_s - members[i - 1].time_s > gap_s);
        if (!same) {
            spans[span_count++] = (span){i, i, members[i].time_s, members[i].arrival};
        }
        span *last = &spans[span_count - 1];
        last->end = i + 1;
        last->arrival = members[i].arrival < last->arrival ? members[i].arrival : last->arrival;
    }
    qsort(spans, span_count, sizeof *spans, compare_spans);
    return span_count;
}

/* `last_in` remembers, for each item, the basket it was last put into: the same one is a repeat. */
static bool copy_spans(const member *members, const span *spans, size_t span_count,
                       uint32_t *last_in, sotto_sequences *sequences)
{
    for (size_t i = 0; i < span_count; i++) {
        if (!sotto_sequences_open(sequences, members[spans[i].start].shopper, spans[i].time_s)) {
            return false;
        }
        for (size_t j = spans[i].start; j < spans[i].end; j++) {
            uint32_t item = members[j].item;
            if (last_in != NULL && last_in[item] == sequences->count) {
                continue;
            }
            if (last_in != NULL) {
                last_in[item] = sequences->count;
            }
            if (!sotto_sequences_push(sequences, item)) {
                return false;
            }
        }
    }
    return true;
}

static bool make(member *members, size_t count, uint32_t gap_s, uint32_t *last_in,
                 sotto_sequences *sequences)
{
    qsort(members, count, sizeof *members, compare_members);
    span *spans = malloc((count + 1) * sizeof *spans);
    if (spans == NULL) {
        return false;
    }
    size_t span_count = cut_spans(members, count, gap_s, spans);
    bool good = copy_spans(members, spans, span_count, last_in, sequences);
    free(spans);
    return good;
}

bool sotto_sessions_make(sotto_events *events, uint32_t gap_s, sotto_sequences *sessions)
{
    memset(sessions, 0, sizeof *sessions);
    bool views_only = events->kind_counts[SOTTO_LOG_VIEW] * 5 >= events->count;
    member *members = malloc((events->count + 1) * sizeof *members);
    if (members == NULL) {
        return false;
    }
    size_t count = 0;
    for (size_t i = 0; i < events->count; i++) {
        const sotto_log_entry *entry = &events->entries[i];
        if (!views_only || entry->kind == SOTTO_LOG_VIEW) {
            members[count++] = (member){session_group(events, entry), entry->time_s, entry->arrival,
                                        entry->item, entry->shopper};
        }
    }
    bool good = make(members, count, gap_s, NULL, sessions);
    free(members);
    return good;
}

bool sotto_baskets_make(sotto_events *events, uint32_t gap_s, sotto_sequences *baskets)
{
    memset(baskets, 0, sizeof *baskets);
    bool bought = events->kind_counts[SOTTO_LOG_PURCHASE] > 0;
    member *members = malloc((events->count + 1) * sizeof *members);
    uint32_t *last_in = calloc((size_t)events->items.count + 1, sizeof *last_in);
    size_t count = 0;
    for (size_t i = 0; members != NULL && i < events->count; i++) {
        const sotto_log_entry *entry = &events->entries[i];
        if (entry->kind == (bought ? SOTTO_LOG_PURCHASE : SOTTO_LOG_CART)) {
            uint64_t group = bought ? basket_group(entry) : session_group(events, entry);
            members[count++] = (member){group, entry->time_s, entry->arrival, entry->item,
                                        entry->shopper};
        }
    }
    bool good = members != NULL && last_in != NULL
                && make(members, count, bought ? BASKET_GAP_S : gap_s, last_in, baskets);
    free(members);
    free(last_in);
    return good;
}
