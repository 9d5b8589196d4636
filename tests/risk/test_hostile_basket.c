/*
 * test_hostile_basket.c - sections of the next basket that lie
 *
 * What stands in these sections decides where the core reads and how large its sums get. Every byte
 * of each is changed, in several ways, checks are mended as a liar would, and whatever still opens
 * is asked for baskets: answers may be nonsense, but they are items, and nothing is read or added
 * up past its end (the sanitizers watch).
 */
#include "test.h"

#include "../unit/repair.h"
#include "../unit/sample_basket_shop.h"
#include "ranking/next_basket.h"

static const int16_t some[4][2] = {{SOTTO_BASKET_POPULAR, 300}, {SOTTO_BASKET_OWN_RECENCY, -700},
                                   {SOTTO_BASKET_LINKS, 500}, {SOTTO_BASKET_OWN_ON_TIME, 900}};

static sotto_basket_scratch scratch;

/* Opens the file and asks; whether it opened. */
static bool ask(const sotto_bytes *file)
{
    static const uint32_t items[] = {3, 8, 29, 8, 0, 29, 14, 3};
    static const uint32_t starts[] = {0, 3, 5, 8};
    static const uint32_t times_s[] = {3000000, 2000000, 4294967295u};
    static sotto_ranker ranker;
    sotto_past_baskets past = {items, starts, times_s, 3, 4000000};
    sotto_bundle bundle;
    uint32_t picks[40];
    sotto_bundle_init(&bundle);
    if (sotto_bundle_open(&bundle, SOTTO_MODEL, file->bytes, file->size, NULL) != SOTTO_OK
        || sotto_ranker_open(&ranker, &bundle, file->bytes, file->size, NULL) != SOTTO_OK) {
        return false;
    }
    uint32_t found = sotto_rank_basket(&bundle, &past, 40, &scratch, sizeof scratch, picks);
    CHECK(found <= 40);
    for (uint32_t i = 0; i < found; i++) {
        CHECK(picks[i] < BASKET_ITEMS);
    }
    return true;
}

static uint8_t changed(uint8_t byte, uint32_t way)
{
    static const uint8_t values[] = {0, 1, 127, 128, 255};
    return (uint8_t)(way < 8 ? byte ^ 1u << way : values[way - 8]);
}

TEST(every_byte_of_every_section)
{
    sample_basket_shop shop;
    sample_basket_shop_open(&shop, some, 4);
    uint32_t opened = 0, refused = 0;
    CHECK(ask(&shop.file));
    for (uint32_t i = 0; i < shop.file.bytes[SOTTO_HEAD_SECTION_COUNT]; i++) {
        const uint8_t *row = shop.file.bytes + SOTTO_HEAD_SIZE + i * SOTTO_ROW_ROW_SIZE;
        uint32_t start = sotto_load_u32(row + SOTTO_ROW_OFFSET);
        uint32_t size = sotto_load_u32(row + SOTTO_ROW_SIZE);
        for (uint32_t at = start; row[0] >= 'a' && at < start + size; at++) {
            uint8_t kept = shop.file.bytes[at];
            for (uint32_t way = 0; way < 13; way++) {
                ROW("%.4s byte %u way %u", (const char *)row, at - start, way);
                shop.file.bytes[at] = changed(kept, way);
                repair_checks(shop.file.bytes, shop.file.size);
                bool good = ask(&shop.file);
                opened += good;
                refused += !good;
            }
            shop.file.bytes[at] = kept;
        }
    }
    CHECK(opened > 1000 && refused > 200);
    sample_basket_shop_close(&shop);
}

TEST(noise_in_the_rows_of_links)
{
    sample_basket_shop shop;
    sample_basket_shop_open(&shop, some, 4);
    uint64_t state = 1;
    uint32_t count = shop.file.bytes[SOTTO_HEAD_SECTION_COUNT];
    const uint8_t *row = shop.file.bytes + SOTTO_HEAD_SIZE + (count - 1) * SOTTO_ROW_ROW_SIZE;
    REQUIRE(memcmp(row, "blnk", 4) == 0);
    uint32_t start = sotto_load_u32(row + SOTTO_ROW_OFFSET);
    uint32_t size = sotto_load_u32(row + SOTTO_ROW_SIZE);
    for (uint32_t turn = 0; turn < 300; turn++) {
        for (uint32_t at = start + SOTTO_LINKS_HEAD_SIZE; at < start + size; at++) {
            state = state * 6364136223846793005u + 1442695040888963407u;
            shop.file.bytes[at] = (uint8_t)(turn % 2 ? state >> 40 : (state >> 40) & (state >> 48));
        }
        repair_checks(shop.file.bytes, shop.file.size);
        ask(&shop.file);
    }
    sample_basket_shop_close(&shop);
}

/* The sections that build on one that is not there. */
TEST(half_of_them_is_refused)
{
    sample_basket_shop shop;
    sample_basket_shop_open(&shop, some, 4);
    for (uint32_t i = 4; i < shop.file.bytes[SOTTO_HEAD_SECTION_COUNT]; i++) {
        uint8_t *row = shop.file.bytes + SOTTO_HEAD_SIZE + i * SOTTO_ROW_ROW_SIZE;
        bool needed = memcmp(row, "bskt", 4) == 0 || memcmp(row, "bpop", 4) == 0;
        ROW("without %.4s", (const char *)row);
        uint8_t kept = row[3];
        row[3] = 'x';
        repair_checks(shop.file.bytes, shop.file.size);
        CHECK_EQ(ask(&shop.file), !needed);
        row[3] = kept;
    }
    sample_basket_shop_close(&shop);
}
