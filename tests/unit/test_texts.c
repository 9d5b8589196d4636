#include "test.h"

#include "decisions/texts.h"
#include "model/program.h"

static sotto_text text_of(const char *terminated)
{
    return terminated ? (sotto_text){terminated, strlen(terminated)} : (sotto_text){NULL, 0};
}

TEST(texts_compare_byte_by_byte)
{
    enum { SAME = 1, STARTS = 2, ENDS = 4, CONTAINS = 8, ALL = 15 };
    static const struct {
        const char *left, *right;
        int         expected;
    } rows[] = {
        {"shoes", "shoes", ALL},
        {"shoes", "Shoes", 0},
        {"shoes", "sho", STARTS | CONTAINS},
        {"shoes", "oes", ENDS | CONTAINS},
        {"shoes", "hoe", CONTAINS},
        {"shoes", "", STARTS | ENDS | CONTAINS},
        {"", "", ALL},
        {"", "s", 0},
        {"sho", "shoes", 0},
        {"aab", "ab", ENDS | CONTAINS},
        {"abab", "ab", STARTS | ENDS | CONTAINS},
        {"T\xC3\xBCr", "\xC3\xBC", CONTAINS},
        {"T\xC3\xBCr", "\xBCr", ENDS | CONTAINS},
    };
    for (size_t i = 0; i < SOTTO_ARRAY_COUNT(rows); i++) {
        ROW("%s, %s", rows[i].left, rows[i].right);
        sotto_text left = text_of(rows[i].left), right = text_of(rows[i].right);
        int expected = rows[i].expected;
        CHECK_EQ(sotto_texts_compare(SOTTO_OP_TEXT_EQUAL, left, right), (expected & SAME) != 0);
        CHECK_EQ(sotto_texts_compare(SOTTO_OP_TEXT_UNEQUAL, left, right), (expected & SAME) == 0);
        CHECK_EQ(sotto_texts_compare(SOTTO_OP_STARTS, left, right), (expected & STARTS) != 0);
        CHECK_EQ(sotto_texts_compare(SOTTO_OP_ENDS, left, right), (expected & ENDS) != 0);
        CHECK_EQ(sotto_texts_compare(SOTTO_OP_CONTAINS, left, right), (expected & CONTAINS) != 0);
    }
}

TEST(nothing_is_like_nothing)
{
    for (uint32_t op = SOTTO_OP_TEXT_EQUAL; op <= SOTTO_OP_CONTAINS; op++) {
        ROW("op %x", op);
        CHECK(!sotto_texts_compare(op, text_of(NULL), text_of("")));
        CHECK(!sotto_texts_compare(op, text_of(""), text_of(NULL)));
        CHECK(!sotto_texts_compare(op, text_of(NULL), text_of(NULL)));
    }
}

TEST(a_zero_byte_is_a_byte)
{
    sotto_text left = {"a\0b", 3};
    CHECK(!sotto_texts_compare(SOTTO_OP_TEXT_EQUAL, left, text_of("a")));
    CHECK(sotto_texts_compare(SOTTO_OP_ENDS, left, (sotto_text){"\0b", 2}));
}
