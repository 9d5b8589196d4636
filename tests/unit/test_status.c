#include "test.h"

#include "base/status.h"

TEST(every_status_has_a_sentence_of_its_own)
{
    for (uint32_t a = 0; a <= SOTTO_NO_ROOM + 1; a++) {
        ROW("status %u", (unsigned)a);
        const char *text = sotto_status_text((sotto_status)a);
        REQUIRE(text != NULL);
        CHECK(strlen(text) > 5 && text[strlen(text) - 1] != '.');
        for (uint32_t b = 0; b < a; b++) {
            CHECK(strcmp(text, sotto_status_text((sotto_status)b)) != 0);
        }
    }
}

TEST(an_unknown_status_has_one_too)
{
    CHECK_STR(sotto_status_text((sotto_status)4711), sotto_status_text((sotto_status)-1));
}

TEST(refusing_notes_place_and_reason)
{
    sotto_fault fault;
    CHECK_EQ(sotto_refuse(&fault, SOTTO_DAMAGED, 24, "why"), SOTTO_DAMAGED);
    CHECK_EQ(fault.offset, 24);
    CHECK_STR(fault.what, "why");
}
