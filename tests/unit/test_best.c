#include "test.h"

#include "train/linking.h"

TEST(the_best_few_are_kept_whatever_the_order_of_offers)
{
    for (uint32_t step = 1; step < 101; step += 9) {
        sotto_weighted heap[5];
        sotto_best best = {heap, 0, 5};
        ROW("step %u", step);
        for (uint32_t i = 0; i < 101; i++) {
            uint32_t item = i * step % 101;
            sotto_best_offer(&best, (sotto_weighted){item, (float)(item / 2)});
        }
        sotto_best_sort(&best);
        static const uint32_t expected[5] = {100, 98, 99, 96,
                                             97}; /* equal weights: the lower item */
        REQUIRE(best.count == 5);
        for (int k = 0; k < 5; k++) {
            CHECK_EQ(heap[k].item, expected[k]);
        }
    }
}

TEST(fewer_offers_than_room_are_all_kept_and_no_room_keeps_none)
{
    sotto_weighted heap[5];
    sotto_best best = {heap, 0, 5};
    sotto_best_offer(&best, (sotto_weighted){3, 1});
    sotto_best_offer(&best, (sotto_weighted){4, 2});
    sotto_best_sort(&best);
    CHECK(best.count == 2 && heap[0].item == 4 && heap[1].item == 3);
    sotto_best none = {NULL, 0, 0};
    sotto_best_offer(&none, (sotto_weighted){3, 1});
    CHECK_EQ(none.count, 0);
}
