/*
 * test_sections_write.c - one file for the trainer, two parts for the shop
 */
#include "test.h"

#include "sample_ranker.h"

static sample_ranking shop;

/* The usual model with the usual ranker's sections in it, as a trainer writes it. */
static sotto_bytes trained(void)
{
    sotto_section_list list = {0};
    sample_expect(sotto_ranker_sections(&shop.content, &list, NULL), "sections");
    sotto_string *ids = calloc(shop.content.item_count, sizeof *ids);
    REQUIRE(ids != NULL);
    for (uint32_t i = 0; i < shop.content.item_count; i++) {
        ids[i] = sotto_item_id(&shop.bundle, i);
    }
    const sotto_model_content content = {
        .item_count = shop.content.item_count, .ids = ids, .popularity = shop.content.popularity,
        .history_count = 1, .position_weight = {65536}, .sections = &list,
    };
    sotto_bytes file = {NULL, 0};
    sample_expect(sotto_model_write(&content, &file, NULL), "model");
    sotto_section_list_free(&list);
    free(ids);
    return file;
}

TEST(a_trained_file_is_a_model_and_a_ranker)
{
    sample_ranking_open(&shop, &sample_ranking_usual);
    sotto_bytes file = trained();
    sotto_bundle bundle;
    sotto_ranker ranker;
    sotto_bundle_init(&bundle);
    CHECK_EQ(sotto_bundle_open(&bundle, SOTTO_MODEL, file.bytes, file.size, NULL), SOTTO_OK);
    CHECK_EQ(sotto_ranker_open(&ranker, &bundle, file.bytes, file.size, NULL), SOTTO_OK);
    CHECK_EQ(ranker.vectors.dimensions, 64);
    free(file.bytes);
    sample_ranking_close(&shop);
}

TEST(it_splits_into_the_two_that_are_published)
{
    sample_ranking_open(&shop, &sample_ranking_usual);
    sotto_bytes file = trained();
    sotto_bytes model, part;
    CHECK_EQ(sotto_model_split(file.bytes, file.size, &model, &part, NULL), SOTTO_OK);
    CHECK_EQ(part.size, shop.part.size);
    CHECK_MEM(part.bytes, shop.part.bytes, part.size);
    CHECK(model.size < file.size);
    sotto_bundle bundle;
    sotto_ranker ranker;
    sotto_bundle_init(&bundle);
    CHECK_EQ(sotto_bundle_open(&bundle, SOTTO_MODEL, model.bytes, model.size, NULL), SOTTO_OK);
    CHECK_EQ(sotto_ranker_open(&ranker, &bundle, part.bytes, part.size, NULL), SOTTO_OK);
    sotto_bytes again, nothing;
    CHECK_EQ(sotto_model_split(model.bytes, model.size, &again, &nothing, NULL), SOTTO_OK);
    CHECK(nothing.bytes == NULL);
    CHECK_EQ(again.size, model.size);
    CHECK_MEM(again.bytes, model.bytes, model.size);
    free(file.bytes);
    free(model.bytes);
    free(part.bytes);
    free(again.bytes);
    sample_ranking_close(&shop);
}

TEST(a_list_that_is_full)
{
    sotto_section_list list = {0};
    for (uint32_t i = 0; i < SOTTO_MAX_LISTED_SECTIONS; i++) {
        CHECK(sotto_section_list_add(&list, "test", (sotto_bytes){malloc(1), 1}));
    }
    CHECK(!sotto_section_list_add(&list, "test", (sotto_bytes){malloc(1), 1}));
    CHECK_EQ(list.count, SOTTO_MAX_LISTED_SECTIONS);
    sotto_section_list_cut(&list, 3);
    CHECK_EQ(list.count, 3);
    sotto_section_list_free(&list);
    CHECK_EQ(list.count, 0);
    const char *why = NULL;
    sotto_bytes out;
    CHECK_EQ(sotto_ranker_write(1, 2, &list, &out, &why), SOTTO_INVALID);
    CHECK(why != NULL);
}
