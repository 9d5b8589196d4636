/*
 * test_spread.c - at most so many of one brand
 */
#include "test.h"

#include "ranking/spread.h"
#include "shopper.h"

/* Item i has brand i modulo 4; item 11 has none. */
TEST(a_brand_has_room_until_it_has_not)
{
    shopper_enter();
    sotto_answer *answer = &shopper.answer;
    const sotto_bundle *bundle = &shopper.shop.bundle;
    answer->count = 3;
    answer->picks[0].item = 4;
    answer->picks[1].item = 5;
    answer->picks[2].item = 8;
    CHECK(!sotto_spread_admits(answer, bundle, 2, 12));
    CHECK(sotto_spread_admits(answer, bundle, 3, 12));
    CHECK(sotto_spread_admits(answer, bundle, 2, 9));
    CHECK(!sotto_spread_admits(answer, bundle, 1, 9));
    CHECK(sotto_spread_admits(answer, bundle, 0, 12));
    shopper_leave();
}

TEST(items_without_a_brand_have_no_limit)
{
    shopper_enter();
    shopper.answer.count = 1;
    shopper.answer.picks[0].item = 11;
    CHECK(sotto_spread_admits(&shopper.answer, &shopper.shop.bundle, 1, 11));
    shopper_leave();
}
