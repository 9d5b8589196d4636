/*
 * test_pictures.c - whose picture is whose
 */
#include "test.h"

#include "sample_pictures.h"

TEST(items_have_their_own_pictures_and_others_none)
{
    sample shop;
    sample_open(&shop);
    sotto_bytes part = sample_pictures(&shop.bundle);
    sotto_pictures pictures;
    REQUIRE(sotto_pictures_open(&pictures, &shop.bundle, part.bytes, part.size, NULL) == SOTTO_OK);
    CHECK_EQ(pictures.count, SAMPLE_PICTURES);
    uint32_t number = 0;
    for (uint32_t item = 0; item < SAMPLE_ALL_ITEMS; item++) {
        ROW("item %u", item);
        sotto_picture picture = {0};
        bool has = number < SAMPLE_PICTURES && sample_picture_items[number] == item;
        CHECK_EQ(sotto_picture_get(&pictures, item, &picture), has);
        if (has) {
            CHECK_EQ(picture.size, sample_picture_sizes[number]);
            CHECK_EQ((uint32_t)picture.type, number + 1);
            for (uint32_t i = 0; i < picture.size; i++) {
                CHECK_EQ(picture.bytes[i], 'a' + number);
            }
            number++;
        }
    }
    CHECK_EQ(number, SAMPLE_PICTURES);
    sotto_picture picture;
    CHECK(!sotto_picture_get(&pictures, SAMPLE_ALL_ITEMS, &picture));
    CHECK(!sotto_picture_get(&pictures, SOTTO_NO_ITEM, &picture));
    free(part.bytes);
    sample_close(&shop);
}

TEST(a_part_can_be_looked_at_without_its_bundle)
{
    sample shop;
    sample_open(&shop);
    sotto_bytes part = sample_pictures(&shop.bundle);
    sotto_pictures pictures;
    sotto_bundle empty;
    sotto_bundle_init(&empty);
    CHECK_EQ(sotto_pictures_open(&pictures, NULL, part.bytes, part.size, NULL), SOTTO_OK);
    CHECK_EQ(pictures.item_count, SAMPLE_ALL_ITEMS);
    CHECK_EQ(sotto_pictures_open(&pictures, &empty, part.bytes, part.size, NULL), SOTTO_OK);
    free(part.bytes);
    sample_close(&shop);
}

TEST(pictures_of_another_catalogue_are_refused)
{
    sample shop;
    sample_open(&shop);
    sotto_bytes part = sample_pictures(&shop.bundle);
    sotto_pictures pictures = {.count = 77};
    sotto_fault fault = {0, NULL};
    sotto_bundle other;
    sotto_bundle_init(&other);
    REQUIRE(sotto_bundle_open(&other, SOTTO_MODEL, shop.model.bytes, shop.model.size, NULL)
            == SOTTO_OK);
    CHECK_EQ(sotto_pictures_open(&pictures, &other, part.bytes, part.size, &fault), SOTTO_MISMATCH);
    CHECK_EQ(fault.offset, SOTTO_HEAD_ITEM_COUNT);
    other = shop.bundle;
    other.identity++;
    CHECK_EQ(sotto_pictures_open(&pictures, &other, part.bytes, part.size, &fault), SOTTO_MISMATCH);
    CHECK_EQ(fault.offset, SOTTO_HEAD_IDENTITY);
    CHECK_EQ(pictures.count, 77);
    CHECK_EQ(sotto_bundle_open(&shop.bundle, SOTTO_PICTURES, part.bytes, part.size, NULL),
             SOTTO_WRONG_KIND);
    CHECK(!sotto_bundle_has(&shop.bundle, SOTTO_PICTURES));
    free(part.bytes);
    sample_close(&shop);
}

TEST(every_type_has_a_name)
{
    CHECK_STR(sotto_picture_type_text(SOTTO_SVG), "image/svg+xml");
    CHECK_STR(sotto_picture_type_text(SOTTO_PNG), "image/png");
    CHECK_STR(sotto_picture_type_text(SOTTO_JPEG), "image/jpeg");
    CHECK_STR(sotto_picture_type_text(SOTTO_WEBP), "image/webp");
    CHECK_STR(sotto_picture_type_text(SOTTO_AVIF), "image/avif");
    CHECK_STR(sotto_picture_type_text((sotto_picture_type)6), "application/octet-stream");
}
