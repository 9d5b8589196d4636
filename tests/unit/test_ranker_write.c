/*
 * test_ranker_write.c - what cannot be written, and why
 */
#include "test.h"

#include "sample_ranker.h"

static sample_ranking shop;
static sotto_ranker_content content;

/* Tries what was changed in the content; nothing may be left on the list. */
static void expect_refusal(const char *part_of_why)
{
    sotto_section_list list = {0};
    const char *why = "";
    CHECK_EQ(sotto_ranker_sections(&content, &list, &why), SOTTO_INVALID);
    CHECK(strstr(why, part_of_why) != NULL);
    CHECK_EQ(list.count, 0);
    content = shop.content;
}

TEST(each_limit_is_told)
{
    sample_ranking_wish wish = sample_ranking_usual;
    wish.items = 100;
    wish.block_bits = 6;
    sample_ranking_open(&shop, &wish);
    content = shop.content;
    content.dimensions = 24;
    expect_refusal("dimensions");
    content.dimensions = 144;
    expect_refusal("dimensions");
    content.class_count = 6;
    expect_refusal("classes");
    content.classes[2].least = 1;
    expect_refusal("classes");
    content.classes[1].least = 120;
    expect_refusal("descend");
    content.classes[0].bits = 5;
    expect_refusal("4 bits");
    content.classes[0].step = 139806;
    expect_refusal("step");
    content.classes[2].bits = 1;
    expect_refusal("code of more bits");
    content.block_bits = 5;
    expect_refusal("blocks");
    content.visit_count = 1025;
    expect_refusal("blocks");
    content.history_count = 21;
    expect_refusal("encoder");
    content.encoder_hidden = 12;
    expect_refusal("encoder");
    content.affinity = 64 * 65536 + 1;
    expect_refusal("encoder is too large");
    content.vector_count = 257;
    expect_refusal("candidates");
    content.hidden = 68;
    expect_refusal("hidden");
    content.features[5] = content.features[4];
    expect_refusal("ascend");
    content.feature_factor[0] = (1u << 26) + 1;
    expect_refusal("factor");
    sample_ranking_close(&shop);
}

TEST(weights_that_do_not_fit)
{
    sample_ranking_open(&shop, &sample_ranking_usual);
    content = shop.content;
    int16_t weights[64 * SOTTO_FEATURES];
    for (uint32_t i = 0; i < 64 * SOTTO_FEATURES; i++) {
        weights[i] = i % 2 == 0 ? 32767 : -32767;
    }
    content.weights_1 = weights;
    expect_refusal("hidden value");
    content.weights_2 = weights;
    expect_refusal("last weights");
    content.skip = weights;
    expect_refusal("last weights");
    uint8_t recency[700];
    memset(recency, 16, sizeof recency);
    content.recency = recency;
    expect_refusal("recency");
    sample_ranking_close(&shop);
}
