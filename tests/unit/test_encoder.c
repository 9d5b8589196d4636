/*
 * test_encoder.c - opening the session encoder gives back what was written
 */
#include "test.h"

#include "sample_ranker.h"

TEST(all_numbers_are_there)
{
    for (uint32_t hidden = 0; hidden <= 128; hidden += 64) {
        sample_ranking_wish wish = sample_ranking_usual;
        wish.encoder_hidden = hidden;
        sample_ranking shop;
        sample_ranking_open(&shop, &wish);
        const sotto_encoder *encoder = &shop.ranker.encoder;
        const sotto_ranker_content *content = &shop.content;
        CHECK_EQ(encoder->history_count, 20);
        CHECK_EQ(encoder->depth_count, 6);
        CHECK_EQ(encoder->hidden_count, hidden);
        CHECK_EQ(encoder->affinity, content->affinity);
        for (uint32_t k = 0; k < 20; k++) {
            CHECK_EQ(encoder->position[k], content->position[k]);
        }
        for (uint32_t i = 0; i < 6 * 64; i++) {
            CHECK_EQ((int16_t)sotto_load_u16(encoder->depth + 2 * i), content->depth[i]);
        }
        for (uint32_t j = 0; j < hidden; j++) {
            CHECK_EQ(sotto_load_u32(encoder->scale_1 + 4 * j), content->encoder_scale_1[j]);
            CHECK_EQ((int32_t)sotto_load_u32(encoder->bias + 4 * j), content->encoder_bias[j]);
        }
        for (uint32_t i = 0; i < 64 && hidden > 0; i++) {
            CHECK_EQ(sotto_load_u32(encoder->scale_2 + 4 * i), content->encoder_scale_2[i]);
        }
        CHECK_MEM(encoder->weights_1, content->encoder_weights_1, hidden * 128);
        CHECK_MEM(encoder->weights_2, content->encoder_weights_2, hidden * 64);
        sample_ranking_close(&shop);
    }
}
