/*
 * pairs.c - sums of pairs, in rows that can be looked up
 *
 * Sums come with the lower item first (statistics_sums.h); each pair becomes part of two rows, one
 * for either item. They are read twice: once to see how long each row is, once to put them there.
 * Since they come in order, every row ends up in order.
 */
#include "train/pairs.h"

#include <stdlib.h>
#include <string.h>

/* ---- distances ------------------------------------------------------------------------------- */

double sotto_pair_distance(uint32_t bucket)
{
    static const double middles[SOTTO_PAIR_DISTANCES] = {1, 2, 3, 4, 5.5, 8, 12, 17};
    return middles[bucket >> 4 & (SOTTO_PAIR_DISTANCES - 1)];
}

uint32_t sotto_pair_distance_bucket(uint32_t distance)
{
    static const uint8_t buckets[SOTTO_PAIR_REACH + 1] = {0, 0, 1, 2, 3, 4, 4, 5, 5, 5,
                                                          6, 6, 6, 6, 6, 7, 7, 7, 7, 7};
    return buckets[distance];
}

/* ---- from sums to rows ----------------------------------------------------------------------- */

typedef struct collecting {
    sotto_pairs           *pairs;
    const sotto_pair_wish *wish;
    size_t                *at; /* by row: where its next sum goes; NULL: only count */
    sotto_pair             sums[SOTTO_SUM_BUCKETS]; /* one row's; key is the bucket */
    uint32_t               count, turned;           /* of sums; how many stand before the turned */
} collecting;

/*
 * Brings the buckets of one row to sixteenths, equal ones added up. Returns how often it was met.
 */
static uint64_t condense(collecting *job, const sotto_sum_row *row)
{
    uint64_t met = 0;
    uint32_t last = UINT32_MAX;
    job->count = job->turned = 0;
    for (uint32_t i = 0; i < row->count; i++) {
        uint32_t bucket = row->buckets[i];
        uint32_t slice = job->wish->slices[bucket & (SOTTO_SUM_SLICES - 1)];
        if (slice >= SOTTO_PAIR_SLICES) {
            continue;
        }
        uint32_t distance = bucket >> SOTTO_SUM_DISTANCE_SHIFT & (SOTTO_PAIR_DISTANCES - 1);
        uint32_t key = ((bucket & SOTTO_SUM_TURNED) != 0 ? SOTTO_PAIR_BEFORE : 0) | distance << 4
                       | slice;
        if (key != last) {
            job->sums[job->count++] = (sotto_pair){key, 0};
            job->turned += key < SOTTO_PAIR_BEFORE ? 1 : 0;
        }
        uint32_t *sum = &job->sums[job->count - 1].count;
        *sum = row->sums[i] > UINT32_MAX - *sum ? UINT32_MAX : *sum + (uint32_t)row->sums[i];
        met += row->sums[i];
        last = key;
    }
    return met;
}

/* Puts sums [first, last) into a row, their buckets changed by `turn`. */
static void put(collecting *job, uint32_t row, uint32_t other, uint32_t first, uint32_t last,
                uint32_t turn)
{
    if (job->at == NULL) {
        job->pairs->starts[row + 1] += last - first;
        return;
    }
    for (uint32_t i = first; i < last; i++) {
        job->pairs->pairs[job->at[row]++] =
            (sotto_pair){other << 8 | (job->sums[i].key ^ turn), job->sums[i].count};
    }
}

static bool take_row(void *context, const sotto_sum_row *row, sotto_train_fault *fault)
{
    collecting *job = context;
    const sotto_pair_wish *wish = job->wish;
    uint32_t low = sotto_sum_low(row->key), high = sotto_sum_high(row->key);
    (void)fault;
    if (!wish->relations[sotto_sum_relation_of(row->key)] || low == high) {
        return true;
    }
    uint64_t met = condense(job, row);
    if (job->count == 0) {
        return true;
    }
    if (row->shopper_count < wish->min_shoppers || met < wish->least_count) {
        job->pairs->unsupported += job->at == NULL ? 1 : 0;
        return true;
    }
    if (wish->directed) { /* a bucket tells no direction then */
        put(job, low, high, 0, job->turned, 0);
        put(job, high, low, job->turned, job->count, SOTTO_PAIR_BEFORE);
        return true;
    }
    put(job, low, high, 0, job->count, 0);
    if (sotto_sum_relation_of(row->key) >= SOTTO_SUM_BASKETS) {
        put(job, high, low, 0, job->count, 0);
        return true;
    }
    put(job, high, low, job->turned, job->count, SOTTO_PAIR_BEFORE);
    put(job, high, low, 0, job->turned, SOTTO_PAIR_BEFORE);
    return true;
}

static int compare_pairs(const void *a, const void *b)
{
    const sotto_pair *x = a, *y = b;
    return x->key < y->key ? -1 : x->key > y->key ? 1 : 0;
}

/* Rows of several relations stand one behind the other: puts them in order, adds equal ones up. */
static void unite_relations(sotto_pairs *pairs)
{
    size_t kept = 0, start = 0;
    for (uint32_t row = 0; row < pairs->item_count; row++) {
        size_t end = pairs->starts[row + 1], first = kept;
        qsort(pairs->pairs + start, end - start, sizeof *pairs->pairs, compare_pairs);
        for (size_t i = start; i < end; i++) {
            if (kept > first && pairs->pairs[kept - 1].key == pairs->pairs[i].key) {
                pairs->pairs[kept - 1].count += pairs->pairs[i].count;
            } else {
                pairs->pairs[kept++] = pairs->pairs[i];
            }
        }
        start = end;
        pairs->starts[row + 1] = kept;
    }
}

bool sotto_pairs_collect(sotto_pairs *pairs, const sotto_pair_wish *wish, sotto_pair_source source,
                         void *source_context, sotto_train_fault *fault)
{
    uint32_t item_count = pairs->item_count, relations = 0;
    collecting *job = calloc(1, sizeof *job);
    pairs->starts = calloc((size_t)item_count + 2, sizeof *pairs->starts);
    bool good = (job != NULL && pairs->starts != NULL)
                || sotto_fault_set(fault, "not enough memory for pairs of items");
    if (good) {
        *job = (collecting){.pairs = pairs, .wish = wish};
        good = source(source_context, take_row, job, fault);
    }
    for (uint32_t i = 0; good && i < item_count; i++) {
        pairs->starts[i + 1] += pairs->starts[i];
    }
    if (good) {
        pairs->room = pairs->starts[item_count];
        pairs->pairs = malloc((pairs->room + 1) * sizeof *pairs->pairs);
        job->at = malloc(((size_t)item_count + 1) * sizeof *job->at);
        good = (pairs->pairs != NULL && job->at != NULL)
               || sotto_fault_set(fault, "not enough memory for pairs of items");
    }
    if (good) {
        memcpy(job->at, pairs->starts, (size_t)item_count * sizeof *job->at);
        good = source(source_context, take_row, job, fault);
    }
    for (unsigned relation = 0; relation < SOTTO_SUM_RELATIONS; relation++) {
        relations += wish->relations[relation] ? 1 : 0;
    }
    if (good && relations > 1) {
        unite_relations(pairs);
    }
    if (job != NULL) {
        free(job->at);
        free(job);
    }
    return good;
}

/* ---- from sequences -------------------------------------------------------------------------- */

/* What is being counted. */
typedef struct count_job {
    const sotto_sequences *sequences;
    uint32_t               first, last;
    bool                   baskets;
    sotto_pairs           *pairs;
    sotto_sums             sums;
} count_job;

static bool count_sequence(count_job *job, uint32_t sequence)
{
    const uint32_t *items = job->sequences->items + job->sequences->starts[sequence];
    size_t size = job->sequences->starts[sequence + 1] - job->sequences->starts[sequence];
    size_t paired = job->baskets && size > SOTTO_BASKET_MAX ? SOTTO_BASKET_MAX : size;
    size_t reach = job->baskets ? SOTTO_BASKET_MAX : SOTTO_PAIR_REACH;
    uint64_t done = sequence - job->first;
    uint32_t slice = (uint32_t)(done * SOTTO_PAIR_SLICES / (job->last - job->first));
    uint64_t shopper = sotto_hash(&job->sequences->shoppers[sequence], sizeof(uint32_t));
    sotto_sum_relation relation = job->baskets ? SOTTO_SUM_BASKETS : SOTTO_SUM_VIEWS;
    job->pairs->large_baskets += size > paired ? 1 : 0;
    for (size_t i = 0; i < size; i++) {
        job->pairs->counts[(size_t)items[i] * SOTTO_PAIR_SLICES + slice]++;
        for (size_t j = i + 1; j < paired && j - i <= reach; j++) {
            bool turned = items[i] > items[j];
            uint32_t bucket = slice;
            if (items[i] == items[j]) {
                continue;
            }
            if (!job->baskets) {
                bucket |= sotto_pair_distance_bucket((uint32_t)(j - i)) << SOTTO_SUM_DISTANCE_SHIFT;
                bucket |= turned ? SOTTO_SUM_TURNED : 0;
            }
            uint64_t key = sotto_sum_row_key(relation, turned ? items[j] : items[i],
                                             turned ? items[i] : items[j]);
            if (!sotto_sums_add(&job->sums, key, bucket, 1, shopper)) {
                return false;
            }
        }
    }
    return true;
}

static bool hand_out_sums(void *source, sotto_sum_row_fn row_fn, void *context,
                          sotto_train_fault *fault)
{
    sotto_sums *sums = source;
    return sotto_sums_merge(NULL, 0, sums, sums->support, row_fn, context, fault);
}

static bool count_all(count_job *job, uint32_t item_count, uint32_t min_shoppers)
{
    sotto_pairs *pairs = job->pairs;
    sotto_train_fault fault;
    sotto_pair_wish wish = {.min_shoppers = min_shoppers};
    wish.relations[job->baskets ? SOTTO_SUM_BASKETS : SOTTO_SUM_VIEWS] = true;
    for (uint8_t slice = 0; slice < SOTTO_PAIR_SLICES; slice++) {
        wish.slices[slice] = slice;
    }
    memset(pairs, 0, sizeof *pairs);
    pairs->item_count = item_count;
    pairs->sequence_count = job->last - job->first;
    pairs->counts = calloc((size_t)item_count * SOTTO_PAIR_SLICES + 1, sizeof *pairs->counts);
    sotto_sums_begin(&job->sums, (size_t)1 << 30, min_shoppers > SOTTO_SUPPORT_MOST
                                                      ? SOTTO_SUPPORT_MOST
                                                      : min_shoppers, &fault);
    bool good = pairs->counts != NULL;
    for (uint32_t i = job->first; good && i < job->last; i++) {
        good = count_sequence(job, i);
    }
    good = good && sotto_pairs_collect(pairs, &wish, hand_out_sums, &job->sums, &fault);
    sotto_sums_free(&job->sums);
    if (!good) {
        sotto_pairs_free(pairs);
    }
    return good;
}

bool sotto_pairs_of_sessions(const sotto_sequences *sessions, uint32_t first, uint32_t last,
                             uint32_t item_count, uint32_t min_shoppers, sotto_pairs *pairs)
{
    count_job job = {.sequences = sessions, .first = first, .last = last, .pairs = pairs};
    return count_all(&job, item_count, min_shoppers);
}

bool sotto_pairs_of_baskets(const sotto_sequences *baskets, uint32_t first, uint32_t last,
                            uint32_t item_count, uint32_t min_shoppers, sotto_pairs *pairs)
{
    count_job job = {
        .sequences = baskets, .first = first, .last = last, .baskets = true, .pairs = pairs};
    return count_all(&job, item_count, min_shoppers);
}

void sotto_pairs_free(sotto_pairs *pairs)
{
    free(pairs->starts);
    free(pairs->pairs);
    free(pairs->counts);
    memset(pairs, 0, sizeof *pairs);
}
