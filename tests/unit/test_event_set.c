#include "test.h"

#include "decisions/event_set.h"

TEST(the_latest_so_many)
{
    for (uint32_t count = 0; count <= 256; count++) {
        ROW("%u", count);
        sotto_event_set set = sotto_event_set_latest(count);
        CHECK_EQ(sotto_event_set_count(&set), count);
        CHECK(count == 0 || sotto_event_set_has(&set, count - 1));
        CHECK(count == 256 || !sotto_event_set_has(&set, count));
    }
}

TEST(going_over_a_set)
{
    static const uint32_t ages[] = {0, 1, 63, 64, 127, 130, 191, 192, 254, 255};
    sotto_event_set set = {{0}};
    for (size_t i = 0; i < SOTTO_ARRAY_COUNT(ages); i++) {
        sotto_event_set_add(&set, ages[i]);
    }
    uint32_t age = SOTTO_EVENT_FIRST;
    for (size_t i = 0; i < SOTTO_ARRAY_COUNT(ages); i++) {
        REQUIRE(sotto_event_set_next(&set, &age));
        CHECK_EQ(age, ages[i]);
    }
    CHECK(!sotto_event_set_next(&set, &age));
    age = SOTTO_EVENT_LAST;
    CHECK(!sotto_event_set_next(&set, &age));
    sotto_event_set none = {{0}};
    age = SOTTO_EVENT_FIRST;
    CHECK(!sotto_event_set_next(&none, &age));
}

TEST(sets_join_and_meet)
{
    sotto_event_set a = sotto_event_set_latest(100), b = sotto_event_set_latest(70);
    sotto_event_set_meet(&a, &b);
    CHECK_EQ(sotto_event_set_count(&a), 70);
    sotto_event_set_add(&a, 200);
    sotto_event_set_join(&b, &a);
    CHECK_EQ(sotto_event_set_count(&b), 71);
}
