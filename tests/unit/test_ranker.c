/*
 * test_ranker.c - opening a ranker: from its own part, from a trainer's model, or not at all
 */
#include "test.h"

#include "ranking/shortlist.h"
#include "sample_ranker.h"

static sample_ranking shop;
static sotto_ranker ranker;
static sotto_fault fault;

static sotto_status open_part(const sotto_bytes *file)
{
    return sotto_ranker_open(&ranker, &shop.bundle, file->bytes, file->size, &fault);
}

/* A part of only those of the usual sections that are named. */
static sotto_bytes part_of(const char *const *tags, uint32_t count)
{
    sotto_section_list all = {0};
    sotto_section_list some = {0};
    sotto_bytes part = {NULL, 0};
    sample_expect(sotto_ranker_sections(&shop.content, &all, NULL), "sections");
    for (uint32_t i = 0; i < all.count; i++) {
        for (uint32_t k = 0; k < count; k++) {
            if (memcmp(all.tags[i], tags[k], 4) == 0) {
                sotto_section_list_add(&some, tags[k], all.sections[i]);
                all.sections[i].bytes = NULL;
            }
        }
    }
    sample_expect(sotto_ranker_write(shop.content.item_count, shop.bundle.identity, &some, &part,
                                     NULL), "part");
    sotto_section_list_free(&all);
    sotto_section_list_free(&some);
    return part;
}

TEST(it_belongs_to_the_bundle_then)
{
    sample_ranking_open(&shop, &sample_ranking_usual);
    CHECK(shop.bundle.ranker == &shop.ranker);
    CHECK(sotto_bundle_has(&shop.bundle, SOTTO_RANKER));
    CHECK(sotto_ranker_encodes(&shop.ranker));
    CHECK_EQ(shop.ranker.reranker.feature_count, SOTTO_FEATURES);
    CHECK_EQ(open_part(&shop.part), SOTTO_OK);
    CHECK(shop.bundle.ranker == &ranker);
    CHECK_EQ(sotto_bundle_open(&shop.bundle, SOTTO_MODEL, shop.model.bytes, shop.model.size, NULL),
             SOTTO_OK);
    CHECK(!sotto_bundle_has(&shop.bundle, SOTTO_RANKER));
    CHECK(sotto_ranker_size() >= sizeof ranker);
    sample_ranking_close(&shop);
}

TEST(sections_need_what_they_build_on)
{
    static const struct {
        uint32_t    count;
        const char *tags[4];
        sotto_status status;
    } rows[] = {
        {1, {"vect"}, SOTTO_OK}, {1, {"rcnt"}, SOTTO_OK}, {2, {"vect", "near"}, SOTTO_OK},
        {2, {"vect", "enco"}, SOTTO_OK}, {3, {"vect", "enco", "rank"}, SOTTO_OK},
        {1, {"near"}, SOTTO_INVALID}, {1, {"enco"}, SOTTO_INVALID}, {1, {"rank"}, SOTTO_INVALID},
        {2, {"vect", "rank"}, SOTTO_INVALID},
    };
    sample_ranking_wish wish = sample_ranking_usual;
    wish.block_bits = 6;
    sample_ranking_open(&shop, &wish);
    for (uint32_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        sotto_bytes part = part_of(rows[i].tags, rows[i].count);
        ROW("row %u: %s", i, rows[i].tags[0]);
        fault.offset = 0;
        CHECK_EQ(open_part(&part), rows[i].status);
        CHECK_EQ(fault.offset, rows[i].status == SOTTO_OK ? 0 : 32);
        free(part.bytes);
    }
    sample_ranking_close(&shop);
}

/* Without an encoder there is nothing to ask; without a network the nearest come as they are. */
TEST(less_than_all_is_enough)
{
    static const uint32_t session[] = {5, 9};
    static const char *const few[] = {"vect", "rcnt"};
    static const char *const more[] = {"vect", "enco"};
    static sotto_rank_scratch scratch;
    uint32_t items[20], links_only[20];
    sample_ranking_open(&shop, &sample_ranking_usual);
    sotto_bytes part = part_of(few, 2);
    CHECK_EQ(open_part(&part), SOTTO_OK);
    CHECK(!sotto_ranker_encodes(&ranker));
    sotto_rank_next(&shop.bundle, session, 2, 20, &scratch, sizeof scratch, items);
    shop.bundle.ranker = NULL;
    sotto_rank_next(&shop.bundle, session, 2, 20, &scratch, sizeof scratch, links_only);
    CHECK_MEM(items, links_only, sizeof items);
    free(part.bytes);

    part = part_of(more, 2);
    CHECK_EQ(open_part(&part), SOTTO_OK);
    CHECK_EQ(sotto_rank_next(&shop.bundle, session, 2, 20, &scratch, sizeof scratch, items), 20);
    for (uint32_t i = 0; i < 20; i++) {
        CHECK_EQ(items[i], scratch.scan.hits[i].item);
    }
    free(part.bytes);
    sample_ranking_close(&shop);
}

TEST(logarithms_of_counts)
{
    sample_ranking_open(&shop, &sample_ranking_usual);
    for (uint32_t i = 0; i < shop.content.item_count; i++) {
        ROW("item %u", i);
        int32_t count = 32 * shop.content.popularity[i];
        CHECK_EQ(sotto_ranker_count_log(&shop.ranker, i), count);
        CHECK_EQ(sotto_ranker_recent_log(&shop.ranker, i),
                 count + shop.content.recency_offsets[shop.content.recency[i]]);
    }
    CHECK_EQ(sotto_ranker_recent_log(&shop.ranker, shop.content.item_count), 0);
    sample_ranking_close(&shop);
}

TEST(a_failed_opening_changes_nothing)
{
    sample_ranking_open(&shop, &sample_ranking_usual);
    sotto_ranker before = shop.ranker;
    shop.part.bytes[shop.part.size - 1] ^= 1;
    CHECK_EQ(sotto_ranker_open(&shop.ranker, &shop.bundle, shop.part.bytes, shop.part.size, NULL),
             SOTTO_DAMAGED);
    CHECK_MEM(&shop.ranker, &before, sizeof before);
    CHECK(shop.bundle.ranker == &shop.ranker);
    sample_ranking_close(&shop);
}
