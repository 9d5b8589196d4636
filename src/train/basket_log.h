/*
 * Basket log - what each shopper bought, basket after basket
 *
 * memory    4 bytes for each item in a basket, 8 for each basket, 4 for each shopper.
 * lifetime  Owns all it holds.
 */
#ifndef SOTTO_TRAIN_BASKET_LOG_H
#define SOTTO_TRAIN_BASKET_LOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct sotto_basket_log {
    uint32_t  item_count; /* one more than the largest item */
    uint32_t  shopper_count, basket_count;
    uint32_t *shopper_starts; /* shopper_count + 1 positions of baskets, oldest first */
    size_t   *basket_starts;  /* basket_count + 1 positions of items */
    uint32_t *times_s;        /* by basket; 0 where it is not known */
    uint32_t *items;
    uint64_t  repeated; /* items that were added to a basket they were in already */
    size_t    shopper_room, basket_room, item_room;
} sotto_basket_log;

/*
 * Adds a shopper, a basket of the last shopper, or an item of the last basket; an item that is
 * already in the basket is not added again. False without memory.
 */
bool sotto_basket_log_shopper(sotto_basket_log *log);
bool sotto_basket_log_basket(sotto_basket_log *log, uint32_t time_s);
bool sotto_basket_log_item(sotto_basket_log *log, uint32_t item);

void sotto_basket_log_free(sotto_basket_log *log);

/* How many baskets a shopper has. */
static inline uint32_t sotto_basket_log_count(const sotto_basket_log *log, uint32_t shopper)
{
    return log->shopper_starts[shopper + 1] - log->shopper_starts[shopper];
}

/* What a shopper had bought before the last basket, item by item. */
typedef struct sotto_owned {
    uint32_t item;
    uint32_t times, gap, oldest; /* in baskets: how many, age of the last, age of the first */
    uint32_t last_s;
    double   faded; /* the sum of fade^age over the baskets it was in */
} sotto_owned;

/* One shopper at a time. The list has room for every item once. */
typedef struct sotto_owned_list {
    sotto_owned *list;
    uint32_t     count;
    uint32_t     basket_count; /* baskets before the last */
    uint32_t    *places;       /* by item: number in the list + 1, 0 = none */
    uint32_t     item_count;
} sotto_owned_list;

bool sotto_owned_init(sotto_owned_list *owned, uint32_t item_count);
void sotto_owned_fill(sotto_owned_list *owned, const sotto_basket_log *log, uint32_t shopper,
                      double fade);
void sotto_owned_free(sotto_owned_list *owned);

#endif
