#include "test.h"

#include "train/seen.h"

TEST(only_the_first_time_is_new)
{
    sotto_seen seen = {0};
    bool was_new;
    for (int turn = 0; turn < 2; turn++) {
        for (uint64_t i = 0; i < 50000; i++) {
            ROW("turn %d number %d", turn, (int)i);
            REQUIRE(sotto_seen_add(&seen, i * 0x9e3779b97f4a7c15u, &was_new));
            CHECK_EQ(was_new, turn == 0);
        }
    }
    CHECK_EQ(seen.count, 50000);
    sotto_seen_free(&seen);
}
