/*
 * click_shop.h - clicks of a made-up shop that vectors can learn from
 *
 * Items stand on shelves of ten. A session stays on one shelf, mostly walks up it, and sometimes
 * comes back to what it has seen.
 */
#ifndef SOTTO_TEST_CLICK_SHOP_H
#define SOTTO_TEST_CLICK_SHOP_H

#include "log_rows.h"

#include "train/random.h"

enum { SHELF = 10 };

static inline void add_clicks(sotto_sequences *sessions, uint32_t shelves, uint32_t count,
                              uint64_t seed)
{
    sotto_random random = sotto_random_start(seed);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t first = SHELF * sotto_random_below(&random, shelves);
        uint32_t place = sotto_random_below(&random, SHELF);
        uint32_t length = 2 + sotto_random_below(&random, 6), before = place;
        REQUIRE(sotto_sequences_open(sessions, i, 0));
        for (uint32_t k = 0; k < length; k++) {
            REQUIRE(sotto_sequences_push(sessions, first + place));
            uint32_t chance = sotto_random_below(&random, 10);
            uint32_t here = place;
            place = chance < 6   ? (place + 1) % SHELF
                    : chance < 9 ? before
                                 : sotto_random_below(&random, SHELF);
            before = here;
        }
    }
}

/*
 * The same for a shop whose shelves are long and whose items are rare: on each shelf of `size` items
 * the first ones are looked at more often, in no order. Few pairs are ever met twice, so it takes
 * more than links to see that a shelf belongs together.
 */
static inline void add_browsing(sotto_sequences *sessions, uint32_t shelves, uint32_t size,
                                uint32_t count, uint64_t seed)
{
    sotto_random random = sotto_random_start(seed);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t first = size * sotto_random_below(&random, shelves);
        uint32_t length = 2 + sotto_random_below(&random, 3);
        REQUIRE(sotto_sequences_open(sessions, i, 0));
        for (uint32_t k = 0; k < length; k++) {
            float share = sotto_random_share(&random);
            uint32_t place = (uint32_t)(share * share * (float)size);
            REQUIRE(sotto_sequences_push(sessions, first + place));
        }
    }
}

#endif
