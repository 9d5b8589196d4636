/*
 * test_pictures_write.c - what can be written, and what cannot
 */
#include "test.h"

#include "sample_pictures.h"

static const uint8_t byte = 'x';
static sotto_picture_content list[3];

static sotto_pictures_content usual(void)
{
    for (uint32_t i = 0; i < 3; i++) {
        list[i] = (sotto_picture_content){10 * i, SOTTO_PNG, &byte, 1};
    }
    return (sotto_pictures_content){7, 100, list, 3};
}

static void expect_refusal(const sotto_pictures_content *content, const char *part_of_why)
{
    sotto_bytes out = {NULL, 0};
    const char *why = "";
    ROW("%s", part_of_why);
    CHECK_EQ(sotto_pictures_write(content, &out, &why), SOTTO_INVALID);
    CHECK(strstr(why, part_of_why) != NULL);
    CHECK(out.bytes == NULL);
}

TEST(each_limit_is_told)
{
    sotto_pictures_content content = usual();
    content.item_count = SOTTO_MAX_ITEMS + 1;
    expect_refusal(&content, "16,777,216");
    content = usual();
    content.picture_count = SOTTO_MAX_PICTURES + 1;
    expect_refusal(&content, "65,535");
    content = usual();
    list[2].item = 100;
    expect_refusal(&content, "does not exist");
    content = usual();
    list[2].item = 10;
    expect_refusal(&content, "order");
    content = usual();
    list[1].type = (sotto_picture_type)0;
    expect_refusal(&content, "type");
    content = usual();
    list[1].type = (sotto_picture_type)6;
    expect_refusal(&content, "type");
    content = usual();
    list[1].size = 0;
    expect_refusal(&content, "empty");
}

TEST(none_at_all_is_a_part_too)
{
    const sotto_pictures_content content = {7, 33, NULL, 0};
    sotto_bytes out = {NULL, 0};
    sotto_pictures pictures;
    sotto_picture picture;
    REQUIRE(sotto_pictures_write(&content, &out, NULL) == SOTTO_OK);
    CHECK_EQ(sotto_pictures_open(&pictures, NULL, out.bytes, out.size, NULL), SOTTO_OK);
    CHECK_EQ(pictures.count, 0);
    CHECK(!sotto_picture_get(&pictures, 0, &picture));
    free(out.bytes);
}

TEST(as_many_as_there_may_be)
{
    uint32_t count = SOTTO_MAX_PICTURES;
    sotto_picture_content *many = calloc(count, sizeof *many);
    REQUIRE(many != NULL);
    for (uint32_t i = 0; i < count; i++) {
        many[i] = (sotto_picture_content){2 * i + 1, SOTTO_SVG, &byte, 1};
    }
    const sotto_pictures_content content = {7, 2 * count, many, count};
    sotto_bytes out = {NULL, 0};
    sotto_pictures pictures;
    sotto_picture picture;
    REQUIRE(sotto_pictures_write(&content, &out, NULL) == SOTTO_OK);
    REQUIRE(sotto_pictures_open(&pictures, NULL, out.bytes, out.size, NULL) == SOTTO_OK);
    for (uint32_t i = 0; i < 2 * count; i += 997) {
        ROW("item %u", i);
        CHECK_EQ(sotto_picture_get(&pictures, i, &picture), i % 2 == 1);
    }
    free(out.bytes);
    free(many);
}
