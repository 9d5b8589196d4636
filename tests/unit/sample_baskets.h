/*
 * sample_baskets.h - a grocer's shoppers, made up so that there is something to find
 *
 * Everybody comes once a week. What they buy:
 *
 *     item 0   milk: in four baskets of five
 *     item 1   coffee: half the shoppers, every fourth week, in a week of their own
 *     2, 3     pasta, and sauce in the basket after it
 *     4 ..     anything, by chance, the first ones more often
 *
 * So coffee comes four weeks after coffee, sauce after pasta, and all else is chance.
 */
#ifndef SOTTO_SAMPLE_BASKETS_H
#define SOTTO_SAMPLE_BASKETS_H

#include "train/basket_log.h"
#include "train/random.h"

enum {
    GROCER_ITEMS = 40, GROCER_MILK = 0, GROCER_COFFEE = 1, GROCER_PASTA = 2, GROCER_SAUCE = 3,
    GROCER_WEEKS = 12, GROCER_WEEK_S = 7 * 86400, GROCER_START_S = 1700000000
};

static inline bool grocer_drinks_coffee(uint32_t shopper)
{
    return shopper % 2 == 1;
}

/* The week, modulo 4, in which a shopper buys coffee. */
static inline uint32_t grocer_coffee_week(uint32_t shopper)
{
    return shopper / 2 % 4;
}

static inline void grocer_add(sotto_basket_log *log, uint32_t item)
{
    REQUIRE(sotto_basket_log_item(log, item));
}

static inline void grocer_week(sotto_basket_log *log, uint32_t shopper, uint32_t week,
                               bool *had_pasta, sotto_random *random)
{
    uint32_t time_s = GROCER_START_S + week * GROCER_WEEK_S + sotto_random_below(random, 86400);
    REQUIRE(sotto_basket_log_basket(log, time_s));
    if (sotto_random_below(random, 5) > 0) {
        grocer_add(log, GROCER_MILK);
    }
    if (grocer_drinks_coffee(shopper) && week % 4 == grocer_coffee_week(shopper)) {
        grocer_add(log, GROCER_COFFEE);
    }
    if (*had_pasta) {
        grocer_add(log, GROCER_SAUCE);
    }
    *had_pasta = sotto_random_below(random, 4) == 0;
    if (*had_pasta) {
        grocer_add(log, GROCER_PASTA);
    }
    for (int i = 0; i < 3; i++) {
        uint32_t a = sotto_random_below(random, GROCER_ITEMS - 4);
        uint32_t b = sotto_random_below(random, GROCER_ITEMS - 4);
        grocer_add(log, 4 + (a < b ? a : b));
    }
}

/* Timed: each basket has its time; otherwise 0. */
static inline void grocer_make(sotto_basket_log *log, uint32_t shoppers, bool timed)
{
    sotto_random random = sotto_random_start(7);
    memset(log, 0, sizeof *log);
    for (uint32_t shopper = 0; shopper < shoppers; shopper++) {
        bool had_pasta = false;
        REQUIRE(sotto_basket_log_shopper(log));
        /* They are followed up to different weeks, so that the last basket is in any week. */
        for (uint32_t week = 0; week < GROCER_WEEKS + shopper % 3; week++) {
            grocer_week(log, shopper, week, &had_pasta, &random);
        }
    }
    for (uint32_t i = 0; !timed && i < log->basket_count; i++) {
        log->times_s[i] = 0;
    }
}

/* Whether the shopper's last basket is in a week in which they buy coffee. */
static inline bool grocer_coffee_is_due(uint32_t shopper)
{
    uint32_t last_week = GROCER_WEEKS + shopper % 3 - 1;
    return grocer_drinks_coffee(shopper) && last_week % 4 == grocer_coffee_week(shopper);
}

#endif
