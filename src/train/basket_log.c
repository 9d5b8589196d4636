/*
 * basket_log.c - what each shopper bought, basket after basket
 *
 * The last basket of a shopper is what there is to learn from: it is asked for, given the ones
 * before it. Ages count back from there: the basket just before the last has age 0.
 */
#include "train/basket_log.h"

#include <stdlib.h>
#include <string.h>

/* Makes room for one more of `count` things of `size` bytes. */
static bool grow(void **array, size_t *room, size_t count, size_t size)
{
    if (count < *room) {
        return true;
    }
    size_t wanted = *room * 2 + 1024;
    void *grown = realloc(*array, wanted * size);
    if (grown == NULL) {
        return false;
    }
    *array = grown;
    *room = wanted;
    return true;
}

bool sotto_basket_log_shopper(sotto_basket_log *log)
{
    if (!grow((void **)&log->shopper_starts, &log->shopper_room, log->shopper_count + (size_t)1,
              sizeof *log->shopper_starts)) {
        return false;
    }
    log->shopper_starts[log->shopper_count++] = log->basket_count;
    log->shopper_starts[log->shopper_count] = log->basket_count;
    return true;
}

bool sotto_basket_log_basket(sotto_basket_log *log, uint32_t time_s)
{
    size_t room = log->basket_room;
    if (!grow((void **)&log->basket_starts, &room, log->basket_count + (size_t)1,
              sizeof *log->basket_starts)
        || !grow((void **)&log->times_s, &log->basket_room, log->basket_count + (size_t)1,
                 sizeof *log->times_s)) {
        return false;
    }
    size_t at = log->basket_count == 0 ? 0 : log->basket_starts[log->basket_count];
    log->times_s[log->basket_count] = time_s;
    log->basket_starts[log->basket_count++] = at;
    log->basket_starts[log->basket_count] = at;
    log->shopper_starts[log->shopper_count] = log->basket_count;
    return true;
}

bool sotto_basket_log_item(sotto_basket_log *log, uint32_t item)
{
    size_t start = log->basket_starts[log->basket_count - 1];
    size_t end = log->basket_starts[log->basket_count];
    for (size_t at = start; at < end; at++) {
        if (log->items[at] == item) {
            log->repeated++;
            return true;
        }
    }
    if (!grow((void **)&log->items, &log->item_room, end, sizeof *log->items)) {
        return false;
    }
    log->items[end] = item;
    log->basket_starts[log->basket_count] = end + 1;
    log->item_count = item >= log->item_count ? item + 1 : log->item_count;
    return true;
}

void sotto_basket_log_free(sotto_basket_log *log)
{
    free(log->shopper_starts);
    free(log->basket_starts);
    free(log->times_s);
    free(log->items);
    memset(log, 0, sizeof *log);
}

bool sotto_owned_init(sotto_owned_list *owned, uint32_t item_count)
{
    *owned = (sotto_owned_list){.item_count = item_count};
    owned->list = calloc((size_t)item_count + 1, sizeof *owned->list);
    owned->places = calloc((size_t)item_count + 1, sizeof *owned->places);
    return owned->list != NULL && owned->places != NULL;
}

void sotto_owned_free(sotto_owned_list *owned)
{
    free(owned->list);
    free(owned->places);
    memset(owned, 0, sizeof *owned);
}

void sotto_owned_fill(sotto_owned_list *owned, const sotto_basket_log *log, uint32_t shopper,
                      double fade)
{
    for (uint32_t i = 0; i < owned->count; i++) {
        owned->places[owned->list[i].item] = 0;
    }
    uint32_t first = log->shopper_starts[shopper], last = log->shopper_starts[shopper + 1];
    owned->count = 0;
    owned->basket_count = last > first ? last - first - 1 : 0;
    double weight = 1;
    for (uint32_t age = 0; age < owned->basket_count; age++, weight *= fade) {
        uint32_t basket = last - 2 - age;
        for (size_t at = log->basket_starts[basket]; at < log->basket_starts[basket + 1]; at++) {
            uint32_t item = log->items[at];
            if (owned->places[item] == 0) {
                owned->list[owned->count] =
                    (sotto_owned){.item = item, .gap = age, .last_s = log->times_s[basket]};
                owned->places[item] = ++owned->count;
            }
            sotto_owned *own = &owned->list[owned->places[item] - 1];
            own->times++;
            own->oldest = age;
            own->faded += weight;
        }
    }
}
