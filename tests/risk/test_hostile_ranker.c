/*
 * test_hostile_ranker.c - a ranker that lies
 *
 * A ranker is fetched like every other part, and answered from with sums of products that must not
 * overflow and rows that must be there. Every byte of one is changed, in several ways and with its
 * checksums made right again, and whatever still opens is asked. The sanitizers look on.
 */
#include "test.h"

#include "../unit/repair.h"
#include "../unit/sample_ranker.h"
#include "profile/shelf.h"
#include "ranking/shortlist.h"

static sotto_rank_scratch scratch;

static sample_ranking_wish small_wish(uint32_t turn)
{
    sample_ranking_wish wish = {
        .items = 150 + turn, .dimensions = turn == 1 ? 64 : 16, .class_count = 3,
        .classes = {{120, 4, 22000}, {60, turn == 1 ? 1 : 3, 46000}, {0, 2, 95000}},
        .block_bits = 6, .visit_count = 2, .encoder_hidden = 8, .recency = true, .hidden = 4,
        .vector_count = 30, .table_count = 20, .session_count = 5, .seed = 9 + turn,
    };
    if (turn == 2) {
        wish.classes[2] = (sotto_vector_class){0, 0, 0};
        wish.trees = 12;
    }
    return wish;
}

/* Asks all there is; what comes back must be items, each once. */
static void ask(const sotto_bundle *bundle)
{
    static const uint32_t session[] = {3, 77, 3, 140, 12, 149, 9};
    uint32_t items[64];
    uint32_t count = sotto_rank_next(bundle, session, 7, 64, &scratch, sizeof scratch, items);
    CHECK(count <= 64);
    for (uint32_t i = 0; i < count; i++) {
        CHECK(items[i] < sotto_item_count(bundle));
        for (uint32_t j = 0; j < i; j++) {
            CHECK(items[i] != items[j]);
        }
    }
    static struct sotto_profile profile;
    static struct sotto_shelf shelf;
    sotto_profile_init(&profile, 1, 1000);
    for (uint32_t i = 0; i < 7; i++) {
        const sotto_event event = {sotto_item_hash(bundle, session[i]), 1000 + i, SOTTO_VIEW, 1};
        sotto_profile_fold(&profile, bundle, &event);
    }
    CHECK_EQ(sotto_shelve(bundle, &profile, 1010, 1, &scratch, sizeof scratch, &shelf), SOTTO_OK);
    CHECK(sotto_shelf_is_fresh(&shelf, &profile));
    for (uint32_t i = 0; i < shelf.for_you_count; i++) {
        CHECK(sotto_item_find_hash(bundle, shelf.for_you[i].item) != SOTTO_NO_ITEM);
        CHECK(shelf.for_you[i].score >= 1 && shelf.for_you[i].score <= 65536);
    }
}

/* Opens a changed part; if that works, asks it. */
static bool try_part(sample_ranking *shop, uint8_t *bytes, size_t size)
{
    sotto_bundle bundle = shop->bundle;
    sotto_ranker ranker;
    sotto_fault fault = {SIZE_MAX, NULL};
    bundle.ranker = NULL;
    if (sotto_ranker_open(&ranker, &bundle, bytes, size, &fault) != SOTTO_OK) {
        CHECK(fault.offset <= size);
        CHECK(fault.what != NULL);
        CHECK(bundle.ranker == NULL);
        return false;
    }
    ask(&bundle);
    return true;
}

TEST(every_byte_with_its_checksums_made_right)
{
    static const uint8_t changes[] = {0x01, 0x80, 0xFF};
    for (uint32_t turn = 0; turn < 3; turn++) {
        sample_ranking_wish wish = small_wish(turn);
        sample_ranking shop;
        sample_ranking_open(&shop, &wish);
        uint8_t *copy = malloc(shop.part.size);
        REQUIRE(copy != NULL);
        uint32_t opened = 0;
        size_t step = turn == 1 ? 3 : 1;
        for (size_t at = 0; at < shop.part.size; at += step) {
            memcpy(copy, shop.part.bytes, shop.part.size);
            copy[at] ^= changes[at % 3];
            repair_checks(copy, shop.part.size);
            ROW("turn %u, byte %zu", turn, at);
            opened += try_part(&shop, copy, shop.part.size);
        }
        /* Most bytes are codes and weights, which may be anything. */
        CHECK(opened > shop.part.size / step / 2);
        free(copy);
        sample_ranking_close(&shop);
    }
}

TEST(every_bit_matters)
{
    sample_ranking_wish wish = small_wish(0);
    sample_ranking shop;
    sample_ranking_open(&shop, &wish);
    for (size_t bit = 0; bit < 8 * shop.part.size; bit++) {
        ROW("byte %zu bit %zu", bit / 8, bit % 8);
        shop.part.bytes[bit / 8] ^= (uint8_t)(1u << bit % 8);
        CHECK(!try_part(&shop, shop.part.bytes, shop.part.size));
        shop.part.bytes[bit / 8] ^= (uint8_t)(1u << bit % 8);
    }
    CHECK(try_part(&shop, shop.part.bytes, shop.part.size));
    sample_ranking_close(&shop);
}

TEST(a_part_that_is_cut_or_too_long)
{
    sample_ranking_wish wish = small_wish(0);
    sample_ranking shop;
    sample_ranking_open(&shop, &wish);
    sotto_ranker ranker;
    sotto_fault fault;
    for (size_t size = 0; size < shop.part.size; size++) {
        ROW("%zu bytes", size);
        uint8_t *copy = malloc(size + 1);      /* so that a sanitizer sees a byte too many */
        REQUIRE(copy != NULL);
        memcpy(copy, shop.part.bytes, size);
        CHECK_EQ(sotto_ranker_open(&ranker, &shop.bundle, copy, size, &fault), SOTTO_TRUNCATED);
        CHECK_EQ(fault.offset, size);
        free(copy);
    }
    uint8_t *copy = calloc(1, shop.part.size + 4);
    REQUIRE(copy != NULL);
    memcpy(copy, shop.part.bytes, shop.part.size);
    CHECK_EQ(sotto_ranker_open(&ranker, &shop.bundle, copy, shop.part.size + 4, &fault),
             SOTTO_OVERSIZED);
    free(copy);
    sample_ranking_close(&shop);
}

static uint8_t *section_of(const sotto_bytes *file, const char *tag)
{
    for (uint32_t i = 0; i < file->bytes[SOTTO_HEAD_SECTION_COUNT]; i++) {
        const uint8_t *row = file->bytes + SOTTO_HEAD_SIZE + i * SOTTO_ROW_ROW_SIZE;
        if (memcmp(row, tag, 4) == 0) {
            return file->bytes + sotto_load_u32(row + SOTTO_ROW_OFFSET);
        }
    }
    REQUIRE(false);
    return NULL;
}

/* What one field of one section must not be, and that the fault names the place. */
TEST(counts_and_ranges)
{
    static const struct {
        const char *tag;
        uint32_t    offset, width, value;
    } rows[] = {
        {"vect", 0, 2, 0}, {"vect", 0, 2, 24}, {"vect", 0, 2, 144}, {"vect", 2, 1, 0},
        {"vect", 2, 1, 6}, {"vect", 3, 1, 1}, {"vect", 4, 4, 151}, {"vect", 4, 4, 0xFFFFFFFF},
        {"vect", 9, 1, 5}, {"vect", 10, 2, 1}, {"vect", 12, 4, 139806}, {"vect", 16, 1, 120},
        {"vect", 24, 1, 1}, {"vect", 36, 4, 1},
        {"near", 0, 1, 5}, {"near", 0, 1, 17}, {"near", 2, 2, 1025}, {"near", 4, 4, 16513},
        {"enco", 0, 2, 32}, {"enco", 2, 1, 0}, {"enco", 2, 1, 21}, {"enco", 3, 1, 9},
        {"enco", 4, 2, 4}, {"enco", 4, 2, 136}, {"enco", 8, 4, 4194305},
        {"rank", 0, 2, 257}, {"rank", 2, 2, 257}, {"rank", 4, 1, 21}, {"rank", 5, 1, 0},
        {"rank", 5, 1, 65}, {"rank", 6, 1, 68}, {"rank", 6, 1, 6}, {"rank", 7, 1, 16},
        {"rank", 13, 1, 0}, {"rank", 37, 1, SOTTO_FEATURES}, {"rank", 38, 1, 1},
        {"rank", 48, 4, (1u << 26) + 1},
        {"tree", 0, 2, 257}, {"tree", 2, 2, 257}, {"tree", 4, 1, 21}, {"tree", 5, 1, 25},
        {"tree", 6, 2, 0}, {"tree", 6, 2, 13}, {"tree", 6, 2, 11}, {"tree", 6, 2, 513},
        {"tree", 8, 1, 0}, {"tree", 8, 1, 64}, {"tree", 8, 1, 255}, {"tree", 9, 1, 13},
        {"tree", 10, 1, SOTTO_FEATURES}, {"tree", 10, 1, 255}, {"tree", 11, 1, 63},
        {"tree", 11, 1, 255},
    };
    for (uint32_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        sample_ranking_wish wish = small_wish(rows[i].tag[0] == 't' ? 2 : 0);
        sample_ranking shop;
        sample_ranking_open(&shop, &wish);
        uint8_t *at = section_of(&shop.part, rows[i].tag) + rows[i].offset;
        for (uint32_t k = 0; k < rows[i].width; k++) {
            at[k] = (uint8_t)(rows[i].value >> (8 * k));
        }
        repair_checks(shop.part.bytes, shop.part.size);
        sotto_ranker ranker;
        sotto_fault fault = {0, NULL};
        ROW("%s at %u: %u", rows[i].tag, rows[i].offset, rows[i].value);
        CHECK_EQ(sotto_ranker_open(&ranker, &shop.bundle, shop.part.bytes, shop.part.size, &fault),
                 SOTTO_INVALID);
        CHECK(fault.offset >= (size_t)(at - shop.part.bytes) - 4);
        sample_ranking_close(&shop);
    }
}

/*
 * A tree cannot lead in a circle or out of itself, for it has no pointers. What it has are counts,
 * and any of them that is not as large as what is there makes all that follows something else.
 */
TEST(every_count_of_a_tree)
{
    sample_ranking_wish wish = small_wish(2);
    sample_ranking shop;
    wish.trees = 1;
    sample_ranking_open(&shop, &wish);
    uint8_t *tree = section_of(&shop.part, "tree") + 8;
    uint32_t opened = 0;
    for (uint32_t split = 0; split < tree[0]; split++) {
        uint8_t *left_count = tree + 2 + 5 * split + 1;
        uint8_t was = *left_count;
        for (uint32_t value = 0; value < 256; value++) {
            ROW("split %u has %u on its left", split, value);
            *left_count = (uint8_t)value;
            repair_checks(shop.part.bytes, shop.part.size);
            opened += try_part(&shop, shop.part.bytes, shop.part.size);
        }
        *left_count = was;
    }
    /* Only shapes that are trees of the same number of splits open; never all of them. */
    CHECK(opened >= tree[0] && opened < tree[0] * (uint32_t)tree[0]);
    sample_ranking_close(&shop);
}

TEST(a_ranker_with_both_a_network_and_trees)
{
    sample_ranking_wish wish = small_wish(0);
    sample_ranking shop, other;
    sample_ranking_open(&shop, &wish);
    wish.trees = 3;
    sample_ranking_open(&other, &wish);
    sotto_section_list list = {0};
    sotto_bytes both = {NULL, 0};
    REQUIRE(sotto_ranker_sections(&shop.content, &list, NULL) == SOTTO_OK);
    sotto_ranker_content trees = other.content;
    trees.dimensions = trees.history_count = 0;
    trees.centroids = NULL;
    trees.recency = NULL;
    REQUIRE(sotto_ranker_sections(&trees, &list, NULL) == SOTTO_OK);
    REQUIRE(sotto_ranker_write(wish.items, shop.bundle.identity, &list, &both, NULL) == SOTTO_OK);
    sotto_ranker ranker;
    sotto_fault fault = {0, NULL};
    CHECK_EQ(sotto_ranker_open(&ranker, &shop.bundle, both.bytes, both.size, &fault),
             SOTTO_INVALID);
    CHECK_EQ(fault.offset, 32);
    free(both.bytes);
    sotto_section_list_free(&list);
    sample_ranking_close(&other);
    sample_ranking_close(&shop);
}

TEST(a_ranker_of_another_model_kind_or_version)
{
    static const struct {
        uint32_t     offset;
        uint8_t      change;
        sotto_status status;
    } rows[] = {
        {0, 1, SOTTO_NOT_SOTTO}, {4, 2, SOTTO_WRONG_VERSION}, {6, 2, SOTTO_WRONG_KIND},
        {6, 6, SOTTO_WRONG_KIND}, {12, 1, SOTTO_MISMATCH}, {16, 1, SOTTO_MISMATCH},
        {23, 1, SOTTO_MISMATCH},
    };
    sample_ranking_wish wish = small_wish(0);
    sample_ranking shop;
    sample_ranking_open(&shop, &wish);
    for (uint32_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        uint8_t *at = shop.part.bytes + rows[i].offset;
        *at ^= rows[i].change;
        repair_checks(shop.part.bytes, shop.part.size);
        sotto_ranker ranker;
        sotto_fault fault;
        ROW("byte %u", rows[i].offset);
        CHECK_EQ(sotto_ranker_open(&ranker, &shop.bundle, shop.part.bytes, shop.part.size, &fault),
                 rows[i].status);
        CHECK(fault.offset <= rows[i].offset && fault.offset + 8 > rows[i].offset);
        *at ^= rows[i].change;
    }
    CHECK_EQ(sotto_bundle_open(&shop.bundle, SOTTO_RANKER, shop.part.bytes, shop.part.size, NULL),
             SOTTO_WRONG_KIND);
    CHECK(shop.bundle.ranker == &shop.ranker);
    sample_ranking_close(&shop);
}
