#include "test.h"

#include "train/intern.h"

static sotto_text number_text(char text[16], unsigned number)
{
    return (sotto_text){text, (size_t)snprintf(text, 16, "id%u", number)};
}

TEST(numbers_are_given_in_order_of_meeting_and_kept)
{
    sotto_intern intern = {0};
    char text[16];
    uint32_t index;
    CHECK_EQ(sotto_intern_find(&intern, number_text(text, 1)), SOTTO_NO_ITEM);
    for (unsigned turn = 0; turn < 2; turn++) {
        for (unsigned i = 0; i < 20000; i++) {
            ROW("turn %u id %u", turn, i);
            REQUIRE(sotto_intern_add(&intern, number_text(text, i), &index));
            CHECK_EQ(index, i);
        }
    }
    CHECK_EQ(intern.count, 20000);
    sotto_text last = sotto_intern_get(&intern, 19999);
    CHECK(last.size == 7 && memcmp(last.bytes, "id19999", 7) == 0);
    CHECK_EQ(sotto_intern_find(&intern, number_text(text, 777)), 777);
    CHECK_EQ(sotto_intern_find(&intern, number_text(text, 20000)), SOTTO_NO_ITEM);
    CHECK_EQ(intern.hashes[5], sotto_hash("id5", 3));
    sotto_intern_free(&intern);
}

TEST(an_empty_id_and_one_with_zeros_are_ids)
{
    sotto_intern intern = {0};
    uint32_t empty, zero, zeros;
    CHECK(sotto_intern_add(&intern, (sotto_text){"", 0}, &empty));
    CHECK(sotto_intern_add(&intern, (sotto_text){"\0", 1}, &zero));
    CHECK(sotto_intern_add(&intern, (sotto_text){"\0\0", 2}, &zeros));
    CHECK(empty != zero && zero != zeros && empty != zeros);
    sotto_intern_free(&intern);
}
