/*
 * test_hostile_links.c - rows of links that lie
 *
 * The rows are the one thing opening does not decode, since that would take longer than all else.
 * So rows may hold anything: endless ones, targets far outside, patterns that are no code,
 * weights without an end. Here the whole data of both tables, their code lengths and their
 * offsets are replaced with noise of several kinds, and every row is read.
 */
#include "test.h"

#include "../unit/repair.h"
#include "../unit/sample_bundle.h"

/* Where the sections LNK1 and LNK2 are in the sample's model. */
static uint8_t *section_of(const sotto_bytes *file, const char *tag, uint32_t *size)
{
    for (uint32_t i = 0; i < file->bytes[SOTTO_HEAD_SECTION_COUNT]; i++) {
        const uint8_t *row = file->bytes + SOTTO_HEAD_SIZE + i * SOTTO_ROW_ROW_SIZE;
        if (memcmp(row, tag, 4) == 0) {
            *size = sotto_load_u32(row + SOTTO_ROW_SIZE);
            return file->bytes + sotto_load_u32(row + SOTTO_ROW_OFFSET);
        }
    }
    REQUIRE(false);
    return NULL;
}

static uint32_t ask_rows(sample *shop)
{
    repair_checks(shop->model.bytes, shop->model.size);
    sotto_bundle bundle;
    sotto_bundle_init(&bundle);
    if (sotto_bundle_open(&bundle, SOTTO_MODEL, shop->model.bytes, shop->model.size, NULL) !=
        SOTTO_OK) {
        return 0;
    }
    for (uint32_t relation = SOTTO_NEXT; relation <= SOTTO_TOGETHER; relation++) {
        for (uint32_t item = 0; item < SAMPLE_ITEMS; item++) {
            sotto_link links[SOTTO_MAX_LINKS];
            uint32_t count = sotto_item_links(&bundle, (sotto_relation)relation, item, links);
            CHECK(count <= SOTTO_MAX_LINKS);
            for (uint32_t i = 0; i < count; i++) {
                CHECK(links[i].item < SAMPLE_ITEMS);
                CHECK(links[i].weight <= 65536);
                CHECK(i == 0 || links[i].item > links[i - 1].item);
            }
        }
    }
    return 1;
}

static uint8_t noise(uint64_t *state, uint32_t turn)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    uint8_t byte = (uint8_t)(*state >> 40);
    switch (turn % 4) {
    case 0: return byte;
    case 1: return byte & (uint8_t)(*state >> 48);
    case 2: return byte | (uint8_t)(*state >> 48);
    default: return turn % 8 == 3 ? 0 : 0xFF;
    }
}

static void spoil_from(const char *tag, uint32_t from)
{
    uint64_t state = from + 1;
    uint32_t opened = 0;
    for (uint32_t turn = 0; turn < 400; turn++) {
        ROW("%s from %u, turn %u", tag, (unsigned)from, (unsigned)turn);
        sample shop;
        sample_open(&shop);
        uint32_t size;
        uint8_t *section = section_of(&shop.model, tag, &size);
        for (uint32_t i = from; i < size; i++) {
            section[i] = turn % 3 == 0 || i % 5 == turn % 5 ? noise(&state, turn) : section[i];
        }
        opened += ask_rows(&shop);
        sample_close(&shop);
    }
    CHECK(opened > 0);
}

/*
 * In both sample tables the row offsets end, and the data starts, at a place that follows from
 * the head.
 */
static uint32_t data_offset(const char *tag)
{
    sample shop;
    sample_open(&shop);
    uint32_t size;
    const uint8_t *section = section_of(&shop.model, tag, &size);
    uint32_t offset = size - sotto_load_u32(section + SOTTO_LINKS_DATA_SIZE);
    sample_close(&shop);
    return offset;
}

TEST(data_may_be_noise)
{
    spoil_from("LNK1", data_offset("LNK1"));
    spoil_from("LNK2", data_offset("LNK2"));
}

TEST(code_lengths_may_be_noise)
{
    spoil_from("LNK1", SOTTO_LINKS_HEAD_SIZE + 2 * 3);
    spoil_from("LNK2", SOTTO_LINKS_HEAD_SIZE + 2 * 1);
}

/* Every code can be made to have one symbol only, which then repeats for as long as bits last. */
TEST(a_row_may_not_be_longer_than_rows_are)
{
    sample shop;
    sample_open(&shop);
    uint32_t size;
    uint8_t *section = section_of(&shop.model, "LNK1", &size);
    section[SOTTO_LINKS_MAX_LINKS] = 65;
    CHECK_EQ(ask_rows(&shop), 0);
    section[SOTTO_LINKS_MAX_LINKS] = 0;
    CHECK_EQ(ask_rows(&shop), 0);
    sample_close(&shop);
}

/* A row that ends early makes those after it in its group empty, and no other. */
TEST(a_broken_row_ends_its_group)
{
    sample shop;
    sample_open(&shop);
    uint32_t size;
    uint8_t *section = section_of(&shop.model, "LNK1", &size);
    /* All bits of the first group become ones: a code that is not in use, or targets outside. */
    memset(section + data_offset("LNK1"), 0xFF, 8);
    repair_checks(shop.model.bytes, shop.model.size);
    REQUIRE(sotto_bundle_open(&shop.bundle, SOTTO_MODEL, shop.model.bytes, shop.model.size, NULL) ==
            SOTTO_OK);
    sotto_link links[SOTTO_MAX_LINKS];
    CHECK_EQ(sotto_item_links(&shop.bundle, SOTTO_NEXT, 7, links), 0);
    CHECK_EQ(sotto_item_links(&shop.bundle, SOTTO_NEXT, 8, links), 4);
    CHECK_EQ(links[0].item, 9);
    sample_close(&shop);
}
