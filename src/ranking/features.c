/*
 * features.c - what is known of a candidate, as numbers
 *
 * Every feature is an integer: cosines in Q14, logarithms to the base 2 in Q8, counts in Q8, a yes
 * as 4,096. What a network makes of them is the section's business; each is first shifted and
 * scaled to the spread it had in training (rerank.c), so the units only have to be fine enough.
 *
 * Half of them belong to the session: they are the same for all its candidates and cannot order
 * them by themselves. They tell the network how to read the others: in a long session of few
 * distinct items a repeat means more, and with a poor best cosine popularity does.
 */
#include "ranking/features.h"

#include "base/exponent.h"

enum {
    YES = 4096,
    COUNT_ONE = 256,
    COSINE_SHIFT = 22 - 14,
    LENGTH_MAX = 65535,
    TOP = 20,
    LOG2_OF_E_Q16 = 94548,
    WEIGHT_FLOOR = 66              /* 0.001 in Q16: what a link that is not there counts as */
};

static int32_t yes(bool holds)
{
    return holds ? YES : 0;
}

static int32_t weight_log(uint32_t weight)
{
    return sotto_log2_q8(sotto_q16_add(weight, WEIGHT_FLOOR));
}

static uint32_t distinct_count(const sotto_session *session)
{
    uint32_t distinct = 0;
    for (uint32_t i = 0; i < session->count; i++) {
        uint32_t first = 0;
        while (session->items[first] != session->items[i]) {
            first++;
        }
        distinct += first == i;
    }
    return distinct;
}

/* The nearest, as a whole: what a candidate's popularity is held against. */
static void set_nearest(int32_t *features, const sotto_shortlist *shortlist,
                        const sotto_ranker *ranker)
{
    uint32_t count = sotto_min_u32(shortlist->vector_count, TOP);
    int64_t odds = 0;
    int64_t counts = 0;
    int64_t recents = 0;
    for (uint32_t i = 0; i < count; i++) {
        int64_t weight = shortlist->odds[i];
        odds += weight;
        counts += weight * sotto_ranker_count_log(ranker, shortlist->list[i].item);
        recents += weight * sotto_ranker_recent_log(ranker, shortlist->list[i].item);
    }
    features[SOTTO_FEATURE_BEST_COS] = shortlist->list[0].cosines[SOTTO_POINT_SESSION]
                                           >> COSINE_SHIFT;
    features[SOTTO_FEATURE_COS_AT_20] = shortlist->list[count - 1].cosines[SOTTO_POINT_SESSION]
                                            >> COSINE_SHIFT;
    features[SOTTO_FEATURE_COUNT_AGAINST] = (int32_t)(counts / odds);
    features[SOTTO_FEATURE_RECENT_AGAINST] = (int32_t)(recents / odds);
    uint32_t all = 0;
    for (uint32_t i = 0; i < shortlist->vector_count; i++) {
        all += shortlist->odds[i];
    }
    features[SOTTO_FEATURE_ODDS_LOG] = sotto_log2_q8(all) - 16 * 256;
}

void sotto_features_begin(int32_t begun[SOTTO_FEATURES], const sotto_rank_scratch *scratch,
                          const sotto_ranker *ranker)
{
    const sotto_session *session = &scratch->session;
    memset(begun, 0, SOTTO_FEATURES * sizeof *begun);
    if (scratch->shortlist.count == 0) {
        return;
    }
    uint32_t last = session->items[0];
    uint32_t others = 0;
    for (uint32_t age = 1; age < session->count; age++) {
        others += session->items[age] == last;
    }
    begun[SOTTO_FEATURE_LENGTH_LOG] = sotto_log2_q8(sotto_min_u32(session->length, LENGTH_MAX));
    begun[SOTTO_FEATURE_DISTINCT] = (int32_t)(YES * distinct_count(session) / session->count);
    begun[SOTTO_FEATURE_LAST_TWICE] = yes(session->count > 1 && session->items[1] == last);
    begun[SOTTO_FEATURE_LAST_OTHERS] = (int32_t)(others * COUNT_ONE);
    begun[SOTTO_FEATURE_LAST_COUNT_LOG] = sotto_ranker_count_log(ranker, last);
    begun[SOTTO_FEATURE_LAST_RECENT_LOG] = sotto_ranker_recent_log(ranker, last);
    begun[SOTTO_FEATURE_HAS_SECOND] = yes(session->count > 1);
    begun[SOTTO_FEATURE_HAS_THIRD] = yes(session->count > 2);
    begun[SOTTO_FEATURE_BEST_LINKS_LOG] = weight_log(scratch->shortlist.best_links);
    if (scratch->shortlist.vector_count > 0) {
        set_nearest(begun, &scratch->shortlist, ranker);
    }
}

static void set_repeats(int32_t *features, const sotto_session *session, uint32_t item)
{
    uint32_t occurrences = 0;
    uint32_t latest = 0;
    for (uint32_t age = session->count; age-- > 0;) {
        if (session->items[age] == item) {
            occurrences++;
            latest = age;
        }
    }
    for (uint32_t age = 0; age <= 3; age++) {
        features[SOTTO_FEATURE_REPEAT_0 + age] =
            yes(occurrences > 0 && sotto_min_u32(latest, 3) == age);
    }
    features[SOTTO_FEATURE_OCCURRENCES] = (int32_t)(occurrences * COUNT_ONE);
    features[SOTTO_FEATURE_REPEAT_AGE_LOG] = occurrences > 0 ? sotto_log2_q8(1 + latest) : 0;
    features[SOTTO_FEATURE_SHARE] = (int32_t)(YES * occurrences / session->count);
}

static void set_cosines(int32_t *features, const sotto_shortlist_entry *entry)
{
    static const uint8_t numbers[SOTTO_POINTS_KEPT] = {
        SOTTO_FEATURE_COS_SESSION, SOTTO_FEATURE_COS_NEAREST, SOTTO_FEATURE_COS_MEAN,
        SOTTO_FEATURE_COS_LAST, SOTTO_FEATURE_COS_SECOND, SOTTO_FEATURE_COS_THIRD,
    };
    for (uint32_t point = 0; point < SOTTO_POINTS_KEPT; point++) {
        features[numbers[point]] = entry->cosines[point] >> COSINE_SHIFT;
    }
    features[SOTTO_FEATURE_COS_LARGEST] = entry->like >> COSINE_SHIFT;
}

static void set_links(int32_t *features, const sotto_shortlist_entry *entry)
{
    features[SOTTO_FEATURE_LINKS_LOG] = weight_log(entry->links);
    features[SOTTO_FEATURE_LINKED] = yes(entry->links > 0);
    features[SOTTO_FEATURE_LINK_RANK_LOG] = sotto_log2_q8(1 + entry->link_rank);
    features[SOTTO_FEATURE_LAST_LINK_LOG] = weight_log(entry->link_weights[0]);
    features[SOTTO_FEATURE_SECOND_LINK_LOG] = weight_log(entry->link_weights[1]);
    features[SOTTO_FEATURE_THIRD_LINK_LOG] = weight_log(entry->link_weights[2]);
    features[SOTTO_FEATURE_VOTES] = (int32_t)(entry->votes * COUNT_ONE);
}

/* How much likelier the first of the nearest is by its vector, log2 in Q8. */
static int32_t behind_first(const sotto_shortlist *shortlist, const sotto_shortlist_entry *entry)
{
    int64_t below = (int64_t)entry->cosines[0] - shortlist->list[0].cosines[0];
    return (int32_t)((below * SOTTO_TEMPERATURE * LOG2_OF_E_Q16) >> (22 + 16 - 8));
}

void sotto_features_set(int32_t features[SOTTO_FEATURES], const int32_t begun[SOTTO_FEATURES],
                        const sotto_rank_scratch *scratch, const sotto_ranker *ranker,
                        uint32_t number)
{
    const sotto_shortlist *shortlist = &scratch->shortlist;
    const sotto_shortlist_entry *entry = &shortlist->list[number];
    int32_t count = sotto_ranker_count_log(ranker, entry->item);
    int32_t recent = sotto_ranker_recent_log(ranker, entry->item);
    memcpy(features, begun, SOTTO_FEATURES * sizeof *features);
    features[SOTTO_FEATURE_COUNT_LOG] = count;
    features[SOTTO_FEATURE_RECENT_LOG] = recent;
    features[SOTTO_FEATURE_COUNT_AGAINST] = count - begun[SOTTO_FEATURE_COUNT_AGAINST];
    features[SOTTO_FEATURE_RECENT_AGAINST] = recent - begun[SOTTO_FEATURE_RECENT_AGAINST];
    features[SOTTO_FEATURE_RANK_LOG] = sotto_log2_q8(1 + number);
    set_cosines(features, entry);
    set_repeats(features, &scratch->session, entry->item);
    set_links(features, entry);
    features[SOTTO_FEATURE_ODDS_LOG] =
        shortlist->vector_count == 0
            ? 0 : behind_first(shortlist, entry) - begun[SOTTO_FEATURE_ODDS_LOG];
}
