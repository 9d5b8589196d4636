/*
 * rfm.c - the thirds of the shoppers who bought
 *
 *     orders --by shopper--> last order, how many, how much --sort, each--> thirds
 *
 * The thresholds are values that shoppers have, so a shop where two thirds of all bought once has
 * "two orders" as the least of cell 2: a threshold that would leave a cell empty moves up to the next
 * value that anybody has.
 */
#include "train/rfm.h"

#include "base/bytes.h"
#include "format/layout.h"
#include "format/part_write.h"

#include <math.h>
#include <stdlib.h>

#define SECTION_SIZE (4u * sizeof(uint32_t) + 2u * sizeof(uint64_t))

typedef struct buyer {
    uint32_t last_s, orders;
    double   spent;
} buyer;

/* ---- the shoppers ---------------------------------------------------------------------------- */

/* Buyers by shopper number, and how many there are of numbers; NULL without memory. */
static buyer *gather(const sotto_sequences *baskets, const double *prices, uint32_t *room,
                     bool *priced)
{
    size_t known = 0, all = 0;
    *room = 0;
    for (uint32_t i = 0; i < baskets->count; i++) {
        *room = sotto_max_u32(*room, baskets->shoppers[i] + 1);
    }
    buyer *buyers = calloc((size_t)*room + 1, sizeof *buyers);
    for (uint32_t i = 0; buyers != NULL && i < baskets->count; i++) {
        buyer *one = &buyers[baskets->shoppers[i]];
        one->orders++;
        one->last_s = sotto_max_u32(one->last_s, baskets->times_s[i]);
        for (size_t at = baskets->starts[i]; at < baskets->starts[i + 1]; at++, all++) {
            double price = prices == NULL ? (double)NAN : prices[baskets->items[at]];
            if (!isnan(price)) {
                one->spent += price;
                known++;
            }
        }
    }
    *priced = 2 * known > all;
    return buyers;
}

static uint32_t keep_buyers(buyer *buyers, uint32_t room)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < room; i++) {
        if (buyers[i].orders > 0) {
            buyers[count++] = buyers[i];
        }
    }
    return count;
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

bool sotto_rfm_learn(const sotto_sequences *baskets, const double *prices, uint32_t last_s,
                     sotto_rfm *rfm, sotto_train_fault *fault)
{
    uint32_t room;
    bool priced;
    buyer *buyers = gather(baskets, prices, &room, &priced);
    double *values = malloc(((size_t)room + 1) * sizeof *values);
    if (buyers == NULL || values == NULL) {
        free(buyers);
        free(values);
        return sotto_fault_set(fault, "not enough memory for %u shoppers", room);
    }
    uint32_t count = keep_buyers(buyers, room);
    double bounds[2];
    *rfm = (sotto_rfm){0};
    bool enough = count >= SOTTO_RFM_LEAST_SHOPPERS && buyers[0].last_s > 0;
    if (enough) {
        for (uint32_t i = 0; i < count; i++) {
            values[i] = last_s > buyers[i].last_s ? last_s - buyers[i].last_s : 0;
        }
        thirds(values, count, bounds);
        rfm->recency_s[0] = (uint32_t)bounds[0];
        rfm->recency_s[1] = (uint32_t)bounds[1];
        for (uint32_t i = 0; i < count; i++) {
            values[i] = buyers[i].orders;
        }
        thirds(values, count, bounds);
        rfm->orders[0] = (uint32_t)bounds[0];
        rfm->orders[1] = (uint32_t)bounds[1];
    }
    if (enough && priced) {
        for (uint32_t i = 0; i < count; i++) {
            values[i] = buyers[i].spent;
        }
        thirds(values, count, bounds);
        rfm->spent[0] = (uint64_t)llround(bounds[0] * 10000);
        rfm->spent[1] = (uint64_t)llround(bounds[1] * 10000);
    }
    free(buyers);
    free(values);
    return true;
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
    return (sotto_buffer_finish(&buffer, NULL, &section, &why) == SOTTO_OK
            && sotto_section_list_add(list, "rfmq", section))
        || sotto_fault_set(fault, "the cells of RFM cannot be written");
}

/* The section of a model that opened, so that its table is sound; NULL if there is none. */
static const uint8_t *find_section(const uint8_t *model)
{
    for (uint32_t i = 0; i < model[SOTTO_HEAD_SECTION_COUNT]; i++) {
        const uint8_t *row = model + SOTTO_HEAD_SIZE + i * SOTTO_ROW_ROW_SIZE;
        if (sotto_load_u32(row + SOTTO_ROW_TAG) == SOTTO_TAG('r', 'f', 'm', 'q')
            && sotto_load_u32(row + SOTTO_ROW_SIZE) == SECTION_SIZE) {
            return model + sotto_load_u32(row + SOTTO_ROW_OFFSET);
        }
    }
    return NULL;
}

bool sotto_rfm_read(const uint8_t *model, sotto_rfm *rfm)
{
    const uint8_t *section = find_section(model);
    if (section == NULL) {
        return false;
    }
    *rfm = (sotto_rfm){
        .recency_s = {sotto_load_u32(section), sotto_load_u32(section + 4)},
        .orders = {sotto_load_u32(section + 8), sotto_load_u32(section + 12)},
        .spent = {sotto_load_u64(section + 16), sotto_load_u64(section + 24)},
    };
    return rfm->recency_s[0] <= rfm->recency_s[1] && rfm->orders[0] <= rfm->orders[1]
        && rfm->spent[0] <= rfm->spent[1];
}
