/*
 * rfm.c - the thirds of the shoppers who bought, and how long shoppers stay away
 *
 *     visits --by shopper--> last order, how many, how much --sort, each--> thirds
 *            --by shopper--> pauses between visits          --sort------> the median
 *
 * Orders and what they cost are counted as the ledger on the device counts them (CAMPAIGNS.md
 * section 2): purchases less than half an hour apart are one order, and pieces count.
 *
 * The thresholds are values that shoppers have, so a shop where two thirds of all bought once has
 * "two orders" as the least of cell 2: a threshold that would leave a cell empty moves up to the
 * next value that anybody has.
 */
#include "train/rfm.h"

#include "base/bytes.h"
#include "format/layout.h"
#include "format/part_write.h"

#include <math.h>
#include <stdlib.h>

/* Of models that were trained before there was a rhythm. */
#define OLD_SECTION_SIZE (4u * sizeof(uint32_t) + 2u * sizeof(uint64_t))
#define SECTION_SIZE     (OLD_SECTION_SIZE + sizeof(uint32_t))
#define SAME_ORDER_S     1800u

typedef struct buyer {
    uint32_t last_s, orders;
    double   spent;
} buyer;

/* What is gathered of all visits; of lists of as many as there are visits. */
typedef struct gathering {
    const double *prices;
    buyer        *buyers;
    double       *pauses_s;
    uint32_t      buyer_count, pause_count, returned_count;
    size_t        purchases, priced;
} gathering;

/* ---- the shoppers ---------------------------------------------------------------------------- */

static void count_purchase(gathering *all, buyer *one, const sotto_visit_event *event)
{
    /* Parts that were cut anyhow may have visits of one shopper that overlap. */
    if (one->orders == 0
        || (event->time > one->last_s && event->time - one->last_s > SAME_ORDER_S)) {
        one->orders++;
    }
    one->last_s = sotto_max_u32(one->last_s, event->time);
    double price = all->prices == NULL ? (double)NAN : all->prices[sotto_item_of_event(event)];
    all->purchases++;
    if (!isnan(price)) {
        one->spent += price * sotto_pieces_of_code(sotto_code_of_event(event));
        all->priced++;
    }
}

/* The visits of one shopper, in order. */
static void gather_shopper(gathering *all, const sotto_visits *visits, size_t first, size_t count)
{
    const sotto_visit *before = NULL;
    buyer *one = &all->buyers[all->buyer_count];
    uint32_t pauses = all->pause_count;
    *one = (buyer){0};
    for (size_t i = first; i < first + count; i++) {
        const sotto_visit *visit = &visits->visits[i];
        for (size_t k = 0; !visit->bare && k < visit->event_count; k++) {
            const sotto_visit_event *event = &visits->events[visit->start + k];
            if (sotto_kind_of_event(event) == SOTTO_LOG_PURCHASE) {
                count_purchase(all, one, event);
            }
        }
        if (!visit->bare && before != NULL && visit->first > before->last) {
            all->pauses_s[all->pause_count++] = visit->first - before->last;
        }
        before = visit->bare ? before : visit;
    }
    all->buyer_count += one->orders > 0 ? 1 : 0;
    all->returned_count += all->pause_count > pauses ? 1 : 0;
}

static void gather(gathering *all, const sotto_visits *visits)
{
    for (size_t first = 0, end; first < visits->count; first = end) {
        for (end = first + 1; end < visits->count
                              && visits->visits[end].shopper == visits->visits[first].shopper;
             end++) {
        }
        gather_shopper(all, visits, first, end - first);
    }
}

/* ---- thirds ---------------------------------------------------------------------------------- */

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The least values of the second and the third third, ascending; of equals, the next value up. */
static void thirds(double *values, uint32_t count, double bounds[2])
{
    qsort(values, count, sizeof *values, compare);
    double below = values[0];
    for (uint32_t i = 0; i < 2; i++) {
        uint32_t at = (uint32_t)((uint64_t)count * (i + 1) / 3);
        while (at + 1 < count && values[at] <= below) {
            at++;
        }
        bounds[i] = below = values[at];
    }
}

typedef double value_fn(const buyer *one, uint32_t last_s);

static double age_of(const buyer *one, uint32_t last_s)
{
    return last_s > one->last_s ? last_s - one->last_s : 0;
}

static double orders_of(const buyer *one, uint32_t last_s)
{
    (void)last_s;
    return one->orders;
}

static double spent_of(const buyer *one, uint32_t last_s)
{
    (void)last_s;
    return one->spent;
}

static void learn_thirds(const gathering *all, uint32_t last_s, double *values, sotto_rfm *rfm)
{
    static value_fn *const value_of[] = {age_of, orders_of, spent_of};
    double bounds[SOTTO_ARRAY_COUNT(value_of)][2];
    for (size_t v = 0; v < SOTTO_ARRAY_COUNT(value_of); v++) {
        for (uint32_t i = 0; i < all->buyer_count; i++) {
            values[i] = value_of[v](&all->buyers[i], last_s);
        }
        thirds(values, all->buyer_count, bounds[v]);
    }
    bool priced = 2 * all->priced > all->purchases;
    for (uint32_t i = 0; i < 2; i++) {
        rfm->recency_s[i] = (uint32_t)bounds[0][i];
        rfm->orders[i] = (uint32_t)bounds[1][i];
        rfm->spent[i] = priced ? (uint64_t)llround(bounds[2][i] * 10000) : 0;
    }
}

/*
 * The median pause. Logs that are too short do not have the long ones: somebody counts as lost
 * after six pauses, and then there must be time to come back.
 */
static void learn_rhythm(gathering *all, uint32_t span_s, sotto_rfm *rfm)
{
    if (all->returned_count < SOTTO_RFM_LEAST_SHOPPERS) {
        return;
    }
    qsort(all->pauses_s, all->pause_count, sizeof *all->pauses_s, compare);
    double median_s = all->pauses_s[all->pause_count / 2];
    if (span_s / median_s >= SOTTO_RFM_LEAST_PAUSES) {
        rfm->rhythm_s = (uint32_t)median_s;
    }
}

bool sotto_rfm_learn(const sotto_visits *visits, const double *prices, uint32_t first_s,
                     uint32_t last_s, sotto_rfm *rfm, sotto_train_fault *fault)
{
    gathering all = {
        .prices = prices,
        .buyers = malloc((visits->count + 1) * sizeof *all.buyers),
        .pauses_s = malloc((visits->count + 1) * sizeof *all.pauses_s),
    };
    double *values = malloc((visits->count + 1) * sizeof *values);
    bool good = all.buyers != NULL && all.pauses_s != NULL && values != NULL;
    *rfm = (sotto_rfm){0};
    if (good) {
        gather(&all, visits);
        learn_rhythm(&all, last_s - first_s, rfm);
    }
    if (good && all.buyer_count >= SOTTO_RFM_LEAST_SHOPPERS) {
        learn_thirds(&all, last_s, values, rfm);
    }
    free(all.buyers);
    free(all.pauses_s);
    free(values);
    return good || sotto_fault_set(fault, "not enough memory for %zu visits", visits->count);
}

/* ---- the section ----------------------------------------------------------------------------- */

bool sotto_rfm_section(const sotto_rfm *rfm, sotto_section_list *list, sotto_train_fault *fault)
{
    sotto_buffer buffer = {0};
    sotto_bytes section = {0};
    const char *why = NULL;
    for (uint32_t i = 0; i < 2; i++) {
        sotto_buffer_u32(&buffer, rfm->recency_s[i]);
    }
    for (uint32_t i = 0; i < 2; i++) {
        sotto_buffer_u32(&buffer, rfm->orders[i]);
    }
    for (uint32_t i = 0; i < 2; i++) {
        sotto_buffer_u64(&buffer, rfm->spent[i]);
    }
    sotto_buffer_u32(&buffer, rfm->rhythm_s);
    return (sotto_buffer_finish(&buffer, NULL, &section, &why) == SOTTO_OK
            && sotto_section_list_add(list, "rfmq", section))
        || sotto_fault_set(fault, "the cells of RFM cannot be written");
}

/* The section of a model that opened, so that its table is sound; NULL if there is none. */
static const uint8_t *find_section(const uint8_t *model, uint32_t *size)
{
    for (uint32_t i = 0; i < model[SOTTO_HEAD_SECTION_COUNT]; i++) {
        const uint8_t *row = model + SOTTO_HEAD_SIZE + i * SOTTO_ROW_ROW_SIZE;
        *size = sotto_load_u32(row + SOTTO_ROW_SIZE);
        if (sotto_load_u32(row + SOTTO_ROW_TAG) == SOTTO_TAG('r', 'f', 'm', 'q')
            && (*size == SECTION_SIZE || *size == OLD_SECTION_SIZE)) {
            return model + sotto_load_u32(row + SOTTO_ROW_OFFSET);
        }
    }
    return NULL;
}

bool sotto_rfm_read(const uint8_t *model, sotto_rfm *rfm)
{
    uint32_t size;
    const uint8_t *section = find_section(model, &size);
    if (section == NULL) {
        return false;
    }
    *rfm = (sotto_rfm){
        .recency_s = {sotto_load_u32(section), sotto_load_u32(section + 4)},
        .orders = {sotto_load_u32(section + 8), sotto_load_u32(section + 12)},
        .spent = {sotto_load_u64(section + 16), sotto_load_u64(section + 24)},
        .rhythm_s = size == SECTION_SIZE ? sotto_load_u32(section + 32) : 0,
    };
    return rfm->recency_s[0] <= rfm->recency_s[1] && rfm->orders[0] <= rfm->orders[1]
        && rfm->spent[0] <= rfm->spent[1];
}
