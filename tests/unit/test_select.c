/*
 * test_select.c - the best of many
 */
#include "test.h"

#include "ranking/select.h"

static uint32_t state = 1;

static uint32_t random_u32(void)
{
    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    return state;
}

static int descending(const void *a, const void *b)
{
    uint64_t first = *(const uint64_t *)a;
    uint64_t second = *(const uint64_t *)b;
    return first > second ? -1 : first < second;
}

/* Many equal scores, runs that ascend and descend, and no order at all. */
static uint64_t key_of(uint32_t shape, uint32_t i, uint32_t count)
{
    return shape == 0 ? sotto_key((int32_t)random_u32(), i)
         : shape == 1 ? sotto_key((int32_t)(random_u32() % 4) - 2, i)
         : shape == 2 ? sotto_key((int32_t)i, i)
         : sotto_key((int32_t)(count - i), i);
}

TEST(selecting_and_sorting)
{
    static uint64_t keys[2048];
    static uint64_t expected[2048];
    for (uint32_t turn = 0; turn < 400; turn++) {
        uint32_t count = turn < 40 ? turn : random_u32() % 2048;
        uint32_t want = turn % 10 == 0 ? count : random_u32() % (count + 3);
        for (uint32_t i = 0; i < count; i++) {
            expected[i] = keys[i] = key_of(turn % 4, i, count);
        }
        qsort(expected, count, sizeof expected[0], descending);
        uint32_t kept = sotto_select_largest(keys, count, want);
        ROW("turn %u: %u of %u", turn, want, count);
        CHECK_EQ(kept, want < count ? want : count);
        sotto_select_sort(keys, kept);
        CHECK_MEM(keys, expected, kept * sizeof keys[0]);
    }
}

TEST(a_key_gives_back_what_it_is_made_of)
{
    static const int32_t scores[] = {0, 1, -1, INT32_MAX, INT32_MIN, 77777};
    for (uint32_t i = 0; i < 6; i++) {
        for (uint32_t number = 0; number < 3; number++) {
            uint64_t key = sotto_key(scores[i], number == 2 ? UINT32_MAX : number);
            CHECK_EQ(sotto_key_score(key), scores[i]);
            CHECK_EQ(sotto_key_number(key), number == 2 ? UINT32_MAX : number);
        }
    }
    CHECK(sotto_key(1, 9) > sotto_key(0, 0));
    CHECK(sotto_key(0, 0) > sotto_key(-1, 0));
    CHECK(sotto_key(5, 1) > sotto_key(5, 2));
}
