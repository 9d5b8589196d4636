/*
 * shortlist.c - the candidates worth a closer look
 *
 * Three sources of them, one after the other, each item once:
 *
 *     nearest     the items whose vectors are nearest to the session
 *     links       those that get the most from the links of the session's items
 *     session     the latest items themselves, for people come back
 *
 * Links are added up by the same functions as for a page's first decision, which know nothing of
 * vectors; a repeat counts for nothing here, for that is among the features. The table of
 * candidates that they leave behind says which item is how far linked, and keeps, in the place
 * where the order would be, which entry of the shortlist an item has become.
 */
#include "ranking/shortlist.h"

#include "base/exponent.h"
#include "ranking/score.h"
#include "ranking/select.h"

enum {
    NOT_LISTED = 0,
    MEAN_OF = 40                   /* so many of the nearest say where the answer may be */
};

/* The entry of an item, if it is linked and listed; numbers of entries are one more. */
static uint16_t *mark_of(sotto_candidates *candidates, uint32_t number)
{
    return &candidates->heap[number];
}

/* Compares an entry with the points, and with each item of the session. */
static void compare(sotto_shortlist_entry *entry, const sotto_shortlist *shortlist,
                    const sotto_session *session, const sotto_vectors *vectors)
{
    int16_t numbers[SOTTO_VECTOR_MAX_DIMENSIONS];
    int32_t dots[SOTTO_POINTS];
    uint32_t step = sotto_vectors_numbers(vectors, entry->item, numbers);
    uint32_t point_count = sotto_max_u32(SOTTO_POINT_LAST + session->count, SOTTO_POINTS_KEPT);
    sotto_dot_points(shortlist->points, numbers, vectors->dimensions, point_count, dots);
    for (uint32_t point = 0; point < SOTTO_POINTS_KEPT; point++) {
        entry->cosines[point] = sotto_dot_cosine(dots[point], step);
    }
    entry->like_age = SOTTO_ENCODER_MAX_HISTORY;
    for (uint32_t age = 0; age < session->count; age++) {
        int32_t like = sotto_dot_cosine(dots[SOTTO_POINT_LAST + age], step);
        if (session->items[age] != entry->item
            && (entry->like_age == SOTTO_ENCODER_MAX_HISTORY || like > entry->like)) {
            entry->like = like;
            entry->like_age = age;
        }
    }
}

static sotto_shortlist_entry *add(sotto_rank_scratch *scratch, const sotto_ranker *ranker,
                                  uint32_t item, uint32_t number)
{
    sotto_shortlist *shortlist = &scratch->shortlist;
    sotto_shortlist_entry *entry = &shortlist->list[shortlist->count++];
    *entry = (sotto_shortlist_entry){.item = item};
    compare(entry, shortlist, &scratch->session, &ranker->vectors);
    if (number != SOTTO_NO_CANDIDATE) {
        entry->links = scratch->tables.candidates.list[number].score;
        *mark_of(&scratch->tables.candidates, number) = (uint16_t)shortlist->count;
    }
    return entry;
}

/* Adds up what the links of the session's items give, those of items without vectors too. */
static void follow_links(sotto_rank_scratch *scratch, const sotto_bundle *bundle,
                         const uint32_t *session, uint32_t session_count)
{
    const sotto_parameters *parameters = sotto_bundle_parameters(bundle);
    sotto_sources *sources = &scratch->tables.sources;
    uint32_t count = sotto_min_u32(session_count, parameters->history_count);
    sources->count = 0;
    for (uint32_t age = 0; age < count; age++) {
        sotto_sources_add_event(sources, parameters, session[age], age, SOTTO_Q16_ONE);
    }
    for (uint32_t i = 0; i < sources->count; i++) {
        sources->list[i].repeat = 0;
    }
    sotto_score_links(&scratch->tables.candidates, sources, bundle);
    memset(scratch->tables.candidates.heap, NOT_LISTED,
           scratch->tables.candidates.count * sizeof scratch->tables.candidates.heap[0]);
}

/* Adds the best by links, those of equal points in order of index. */
static void add_linked(sotto_rank_scratch *scratch, const sotto_ranker *ranker)
{
    sotto_candidates *candidates = &scratch->tables.candidates;
    sotto_shortlist *shortlist = &scratch->shortlist;
    uint64_t *keys = scratch->keys;
    uint32_t count = 0;
    for (uint32_t i = 0; i < candidates->count; i++) {
        const sotto_candidate *candidate = &candidates->list[i];
        if (candidate->score > 0) {
            keys[count++] = (uint64_t)candidate->score << 32 | (UINT32_MAX - candidate->item);
        }
    }
    count = sotto_select_largest(keys, count, ranker->reranker.table_count);
    sotto_select_sort(keys, count);
    shortlist->table_count = count;
    shortlist->best_links = count == 0 ? 0 : (uint32_t)(keys[0] >> 32);
    for (uint32_t i = 0; i < shortlist->count; i++) {
        shortlist->list[i].link_rank = count;
    }
    for (uint32_t rank = 0; rank < count; rank++) {
        uint32_t item = sotto_key_number(keys[rank]);
        uint32_t number = sotto_candidates_find(candidates, item);
        uint32_t mark = *mark_of(candidates, number);
        sotto_shortlist_entry *entry = mark != NOT_LISTED ? &shortlist->list[mark - 1]
                                                          : add(scratch, ranker, item, number);
        entry->link_rank = rank;
    }
}

static bool is_listed(const sotto_shortlist *shortlist, uint32_t item)
{
    for (uint32_t i = 0; i < shortlist->count; i++) {
        if (shortlist->list[i].item == item) {
            return true;
        }
    }
    return false;
}

static void add_session(sotto_rank_scratch *scratch, const sotto_ranker *ranker)
{
    const sotto_session *session = &scratch->session;
    sotto_shortlist *shortlist = &scratch->shortlist;
    uint32_t count = sotto_min_u32(session->count, ranker->reranker.session_count);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t item = session->items[i];
        if (!is_listed(shortlist, item)) {
            uint32_t number = sotto_candidates_find(&scratch->tables.candidates, item);
            add(scratch, ranker, item, number)->link_rank = shortlist->table_count;
        }
    }
}

/* Notes for the entries which items of the session link to them, and how much the latest do. */
static void note_links(sotto_rank_scratch *scratch, const uint32_t *session,
                       uint32_t session_count)
{
    const sotto_sources *sources = &scratch->tables.sources;
    sotto_candidates *candidates = &scratch->tables.candidates;
    const sotto_link *link = sources->links;
    for (uint32_t i = 0; i < sources->count; i++) {
        const sotto_source *source = &sources->list[i];
        const sotto_link *end = link + source->link_count[SOTTO_NEXT - 1];
        for (; link < end; link++) {
            uint32_t number = sotto_candidates_find(candidates, link->item);
            uint32_t mark = *mark_of(candidates, number);
            if (mark == NOT_LISTED) {
                continue;
            }
            sotto_shortlist_entry *entry = &scratch->shortlist.list[mark - 1];
            entry->votes++;
            for (uint32_t age = 0; age < 3 && age < session_count; age++) {
                if (session[age] == source->item) {
                    entry->link_weights[age] = link->weight;
                }
            }
        }
        for (uint32_t other = SOTTO_NEXT; other < SOTTO_ARRAY_COUNT(source->link_count); other++) {
            link += source->link_count[other];
        }
    }
}

/* ---- Points ---------------------------------------------------------------------------------- */

/* A point's coordinates: they lie one after the other, without room between them. */
static int16_t *point_at(sotto_shortlist *shortlist, uint32_t point, uint32_t dimensions)
{
    return shortlist->points + point * dimensions;
}

/* The session, its mean and its items; what is near is not known yet. */
static void set_session_points(sotto_shortlist *shortlist, const sotto_session *session,
                               uint32_t dimensions)
{
    size_t size = dimensions * sizeof shortlist->points[0];
    memset(shortlist->points, 0, SOTTO_POINTS_KEPT * size);
    memcpy(point_at(shortlist, SOTTO_POINT_SESSION, dimensions), session->encoded, size);
    int16_t *mean = point_at(shortlist, SOTTO_POINT_MEAN, dimensions);
    for (uint32_t i = 0; i < dimensions; i++) {
        int32_t sum = 0;
        for (uint32_t age = 0; age < session->count; age++) {
            sum += session->vectors[age][i];
        }
        mean[i] = (int16_t)(sum / (int32_t)session->count);
    }
    for (uint32_t age = 0; age < session->count; age++) {
        memcpy(point_at(shortlist, SOTTO_POINT_LAST + age, dimensions), session->vectors[age],
               size);
    }
}

/* The odds of the nearest, and where they are: each counts for its odds against the first. */
static void set_nearest_point(sotto_shortlist *shortlist, const sotto_scan *scan,
                              const sotto_vectors *vectors)
{
    int64_t sums[SOTTO_VECTOR_MAX_DIMENSIONS] = {0};
    int16_t vector[SOTTO_VECTOR_MAX_DIMENSIONS];
    for (uint32_t i = 0; i < scan->count; i++) {
        int64_t below = (int64_t)scan->hits[i].cosine - scan->hits[0].cosine;
        shortlist->odds[i] = sotto_exp_q16((below * SOTTO_TEMPERATURE) >> (22 - 16));
        if (i < MEAN_OF) {
            sotto_vectors_get(vectors, scan->hits[i].item, vector);
            for (uint32_t k = 0; k < vectors->dimensions; k++) {
                sums[k] += (int64_t)shortlist->odds[i] * vector[k];
            }
        }
    }
    sotto_session_unit(point_at(shortlist, SOTTO_POINT_NEAREST, vectors->dimensions), sums,
                       vectors->dimensions);
}

void sotto_shortlist_fill(sotto_rank_scratch *scratch, const sotto_bundle *bundle,
                          const uint32_t *session, uint32_t session_count)
{
    const sotto_ranker *ranker = bundle->ranker;
    sotto_shortlist *shortlist = &scratch->shortlist;
    shortlist->count = shortlist->vector_count = shortlist->table_count = 0;
    shortlist->best_links = 0;
    sotto_session_encode(&scratch->session, ranker, session, session_count);
    if (scratch->session.count == 0) {
        return;
    }
    set_session_points(shortlist, &scratch->session, ranker->vectors.dimensions);
    follow_links(scratch, bundle, session, session_count);
    sotto_scan_nearest(&scratch->scan, &ranker->vectors, scratch->session.encoded,
                       ranker->reranker.vector_count);
    set_nearest_point(shortlist, &scratch->scan, &ranker->vectors);
    for (uint32_t i = 0; i < scratch->scan.count; i++) {
        uint32_t item = scratch->scan.hits[i].item;
        add(scratch, ranker, item, sotto_candidates_find(&scratch->tables.candidates, item));
    }
    shortlist->vector_count = shortlist->count;
    add_linked(scratch, ranker);
    add_session(scratch, ranker);
    note_links(scratch, session, session_count);
}
