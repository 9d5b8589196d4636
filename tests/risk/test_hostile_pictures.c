/*
 * test_hostile_pictures.c - pictures that lie
 *
 * The part is fetched like every other, and says of itself where in it each picture lies. Every byte
 * is changed, with its checksums made right again, and whatever still opens is asked for every
 * picture; each must lie inside the file. The file is cut at every length, and every bit is flipped.
 * The sanitizers look on.
 */
#include "test.h"

#include "../unit/repair.h"
#include "../unit/sample_pictures.h"

static sample shop;
static sotto_bytes part;

static void open_shop(void)
{
    sample_open(&shop);
    part = sample_pictures(&shop.bundle);
}

static void close_shop(void)
{
    free(part.bytes);
    sample_close(&shop);
}

/* Asks for all there is, in a block of exactly the file's size. */
static bool try_part(const uint8_t *bytes, size_t size, sotto_fault *fault)
{
    uint8_t *copy = malloc(size == 0 ? 1 : size);
    REQUIRE(copy != NULL);
    memcpy(copy, bytes, size);
    sotto_pictures pictures;
    bool opened = sotto_pictures_open(&pictures, NULL, copy, size, fault) == SOTTO_OK;
    uint32_t found = 0;
    for (uint32_t item = 0; opened && item < pictures.item_count && item < 1000; item++) {
        sotto_picture picture;
        if (sotto_picture_get(&pictures, item, &picture)) {
            found++;
            CHECK(picture.bytes >= copy && picture.size <= size);
            CHECK((size_t)(picture.bytes - copy) <= size - picture.size);
            CHECK(picture.type >= SOTTO_SVG && picture.type <= SOTTO_AVIF);
        }
    }
    if (opened && pictures.item_count <= 1000) {
        CHECK_EQ(found, pictures.count);
    }
    free(copy);
    return opened;
}

TEST(every_byte_with_its_checksums_made_right)
{
    open_shop();
    uint8_t *copy = malloc(part.size);
    REQUIRE(copy != NULL);
    for (size_t at = 0; at < part.size; at++) {
        for (unsigned value = 0; value < 256; value += at < 64 ? 1 : 5) {
            sotto_fault fault = {SIZE_MAX, NULL};
            memcpy(copy, part.bytes, part.size);
            copy[at] = (uint8_t)value;
            repair_checks(copy, part.size);
            ROW("byte %zu is %u", at, value);
            if (!try_part(copy, part.size, &fault)) {
                CHECK(fault.offset <= part.size && fault.what != NULL);
            }
        }
    }
    free(copy);
    close_shop();
}

TEST(every_bit_matters)
{
    open_shop();
    for (size_t bit = 0; bit < 8 * part.size; bit++) {
        ROW("byte %zu bit %zu", bit / 8, bit % 8);
        part.bytes[bit / 8] ^= (uint8_t)(1u << bit % 8);
        CHECK(!try_part(part.bytes, part.size, NULL));
        part.bytes[bit / 8] ^= (uint8_t)(1u << bit % 8);
    }
    CHECK(try_part(part.bytes, part.size, NULL));
    close_shop();
}

TEST(a_part_that_is_cut_or_too_long)
{
    open_shop();
    uint8_t *longer = calloc(1, part.size + 9);
    REQUIRE(longer != NULL);
    memcpy(longer, part.bytes, part.size);
    for (size_t size = 0; size < part.size + 9; size++) {
        sotto_pictures pictures;
        sotto_fault fault = {SIZE_MAX, NULL};
        ROW("%zu of %zu bytes", size, part.size);
        if (size != part.size) {
            CHECK_EQ(sotto_pictures_open(&pictures, &shop.bundle, longer, size, &fault),
                     size < part.size ? SOTTO_TRUNCATED : SOTTO_OVERSIZED);
            CHECK_EQ(fault.offset, size < part.size ? size : part.size);
        }
    }
    free(longer);
    close_shop();
}

/* Where in the file section `pics` starts. */
static uint32_t pics_start(void)
{
    return sotto_load_u32(part.bytes + SOTTO_HEAD_SIZE + SOTTO_ROW_OFFSET);
}

TEST(numbers_that_cannot_be)
{
    enum { HAS = 4, OFFSETS = HAS + 8, TYPES = OFFSETS + 4 * (SAMPLE_PICTURES + 1) };
    static const struct {
        const char *what;
        uint32_t    at, size, value, fault;          /* from the start of `pics` */
    } rows[] = {
        {"more pictures than there are", 0, 4, SAMPLE_PICTURES + 1, 0},
        {"fewer", 0, 4, SAMPLE_PICTURES - 1, 0},
        {"too many by far", 0, 4, 0xFFFFFFFF, 0},
        {"one item too many", HAS, 4, 0x8000000B, 0},
        {"an item past the last", HAS + 4, 4, 0x00000601, HAS + 4},
        {"the last bit of all", HAS + 4, 4, 0x80000201, HAS + 4},
        {"it does not begin at 0", OFFSETS, 4, 1, OFFSETS},
        {"it goes back", OFFSETS + 4, 4, 7, OFFSETS + 8},
        {"it ends past the end", OFFSETS + 4 * SAMPLE_PICTURES, 4, 24, OFFSETS + 4 * SAMPLE_PICTURES},
        {"it ends before", OFFSETS + 4 * SAMPLE_PICTURES, 4, 22, OFFSETS + 4 * SAMPLE_PICTURES},
        {"an offset of 4 GiB", OFFSETS + 8, 4, 0xFFFFFFFF, OFFSETS + 8},
        {"no type", TYPES, 1, 0, TYPES},
        {"a type of tomorrow", TYPES + 4, 1, 6, TYPES + 4},
    };
    for (uint32_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        open_shop();
        sotto_pictures pictures;
        sotto_fault fault = {0, NULL};
        uint8_t *at = part.bytes + pics_start() + rows[i].at;
        ROW("%s", rows[i].what);
        if (rows[i].size == 1) {
            *at = (uint8_t)rows[i].value;
        } else {
            sotto_store_u32(at, rows[i].value);
        }
        repair_checks(part.bytes, part.size);
        CHECK_EQ(sotto_pictures_open(&pictures, &shop.bundle, part.bytes, part.size, &fault),
                 SOTTO_INVALID);
        CHECK_EQ(fault.offset, pics_start() + rows[i].fault);
        close_shop();
    }
}

TEST(another_number_of_items)
{
    /* Up to 16 million, of which the file has not even the bits. */
    static const uint32_t counts[] = {0, 1, 31, 32, 33, 41, 65, 96, 1u << 20, SOTTO_MAX_ITEMS};
    for (uint32_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        open_shop();
        sotto_store_u32(part.bytes + SOTTO_HEAD_ITEM_COUNT, counts[i]);
        repair_checks(part.bytes, part.size);
        ROW("%u items", counts[i]);
        CHECK(!try_part(part.bytes, part.size, NULL));
        close_shop();
    }
}
