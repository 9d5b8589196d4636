#include "log_rows.h"

#include "train/lately.h"
#include "train/popular.h"

#include <math.h>

enum { ITEMS = 50, SESSIONS = 4000 };

TEST(codes_tell_what_is_looked_at_lately_from_what_was)
{
    sotto_sequences sessions = {0};
    sotto_lately lately;
    uint32_t counts[ITEMS] = {0};
    double sums[ITEMS] = {0};
    uint8_t popularity[ITEMS];
    for (int i = 0; i < SESSIONS; i++) { /* each item has its time, item 49 the latest */
        int item = (int)((int64_t)i * ITEMS / SESSIONS);
        int other = i * 7 % ITEMS;
        SEQUENCE(&sessions, (uint32_t)i, item, other);
        counts[item]++;
        counts[other]++;
        sums[item] += exp(-(SESSIONS - 1 - i) / (SESSIONS * 0.06));
        sums[other] += exp(-(SESSIONS - 1 - i) / (SESSIONS * 0.06));
    }
    for (int i = 0; i < ITEMS; i++) {
        popularity[i] = sotto_popularity_code(counts[i]);
    }
    REQUIRE(sotto_lately_make(&sessions, SESSIONS, ITEMS, popularity, &lately));
    for (int i = 0; i < ITEMS; i++) {
        double published = 32.0 * popularity[i] + lately.offsets[lately.codes[i]];
        ROW("item %d", i);
        CHECK(fabs(published - 256 * log2(sums[i] + 0.05)) < 80); /* of a span of 1,000 */
    }
    CHECK(lately.codes[49] > lately.codes[10]);
    for (int i = 1; i < 16; i++) {
        CHECK(lately.offsets[i] >= lately.offsets[i - 1]);
    }
    sotto_lately_free(&lately);

    REQUIRE(sotto_lately_make(&sessions, 0, ITEMS, popularity, &lately)); /* nothing yet */
    sotto_lately_free(&lately);
    sotto_sequences_free(&sessions);
}
