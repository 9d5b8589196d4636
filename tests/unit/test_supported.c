#include "log_rows.h"

#include "train/supported.h"

TEST(what_too_few_shoppers_met_is_taken_out_however_often_they_did)
{
    sotto_sequences sessions = {0}, copy;
    uint8_t supported[6];
    uint32_t count;
    SEQUENCE(&sessions, 1, 0, 1, 1, 1, 2);
    SEQUENCE(&sessions, 2, 1, 0, 3);
    SEQUENCE(&sessions, 1, 3, 2, 2, 0);
    SEQUENCE(&sessions, 3, 0, 5);
    REQUIRE(sotto_supported_mark(&sessions, 0, 4, 6, 2, supported, &count));
    static const uint8_t expected[6] = {1, 1, 0, 1, 0, 0};
    CHECK_MEM(supported, expected, sizeof expected);
    CHECK_EQ(count, 3);
    REQUIRE(sotto_supported_copy(&sessions, 0, 4, supported, &copy));
    CHECK_EQ(copy.count, 4);
    CHECK_EQ(copy.starts[4], 4 + 3 + 2 + 1);
    CHECK_EQ(copy.items[copy.starts[2]], 3);
    CHECK_EQ(copy.items[copy.starts[2] + 1], 0);
    sotto_sequences_free(&copy);

    REQUIRE(sotto_supported_mark(&sessions, 0, 4, 6, 3, supported, &count));
    CHECK_EQ(count, 1); /* item 0: shoppers 1, 2 and 3 */
    REQUIRE(sotto_supported_mark(&sessions, 1, 2, 6, 1, supported, &count));
    CHECK_EQ(count, 3); /* everything in the range */
    CHECK(supported[2] == 0 && supported[3] == 1);
    REQUIRE(sotto_supported_mark(&sessions, 2, 2, 6, 1, supported, &count));
    CHECK_EQ(count, 0);
    sotto_sequences_free(&sessions);
}
