/*
 * test_reranker.c - opening the network that orders candidates, and the codes of recency
 */
#include "test.h"

#include "sample_ranker.h"

TEST(all_numbers_are_there)
{
    sample_ranking shop;
    sample_ranking_open(&shop, &sample_ranking_usual);
    const sotto_reranker *network = &shop.ranker.reranker;
    const sotto_ranker_content *content = &shop.content;
    CHECK_EQ(network->vector_count, 110);
    CHECK_EQ(network->table_count, 60);
    CHECK_EQ(network->session_count, 12);
    CHECK_EQ(network->feature_room, 40);
    CHECK_EQ(network->hidden_room, 32);
    CHECK_MEM(network->features, content->features, SOTTO_FEATURES);
    for (uint32_t i = 0; i < SOTTO_FEATURES; i++) {
        CHECK_EQ((int32_t)sotto_load_u32(network->scaling + 8 * i), content->feature_mean[i]);
        CHECK_EQ(sotto_load_u32(network->scaling + 8 * i + 4), content->feature_factor[i]);
        CHECK_EQ((int16_t)sotto_load_u16(network->skip + 2 * i), content->skip[i]);
        for (uint32_t j = 0; j < 32; j++) {
            CHECK_EQ((int16_t)sotto_load_u16(network->weights_1 + 2 * (40 * j + i)),
                     content->weights_1[SOTTO_FEATURES * j + i]);
        }
    }
    for (uint32_t j = 0; j < 32; j++) {
        CHECK_EQ((int32_t)sotto_load_u32(network->bias + 4 * j), content->bias[j]);
        CHECK_EQ((int16_t)sotto_load_u16(network->weights_2 + 2 * j), content->weights_2[j]);
    }
    sample_ranking_close(&shop);
}

/* One feature, four hidden values: the smallest section there is, with the given weights. */
static sotto_status open_with(int16_t first, int16_t second, int16_t skip, uint32_t *fault_at)
{
    uint8_t section[12 + 8 + 8 + 16 + 4 * 16 + 16 + 16] = {0};
    section[5] = 1;
    section[6] = 4;
    for (uint32_t j = 0; j < 4; j++) {
        sotto_store_u16(section + 44 + 16 * j, (uint16_t)first);
        sotto_store_u16(section + 108 + 2 * j, (uint16_t)second);
    }
    sotto_store_u16(section + 124, (uint16_t)skip);
    sotto_reader reader = sotto_reader_over(section, 0, sizeof section);
    sotto_reranker network = {0};
    sotto_reranker_open(&network, &reader, SOTTO_FEATURES);
    *fault_at = (uint32_t)reader.fault.offset;
    return reader.status;
}

TEST(sums_that_would_not_fit_are_refused)
{
    uint32_t at;
    CHECK_EQ(open_with(32767, 1000, 1000, &at), SOTTO_OK);
    CHECK_EQ(open_with(-32768, 16384, 0, &at), SOTTO_OK);
    CHECK_EQ(open_with(1, 16384, 32767, &at), SOTTO_INVALID);
    CHECK_EQ(at, 108);
    CHECK_EQ(open_with(1, -16385, 0, &at), SOTTO_INVALID);
    CHECK_EQ(at, 108);
    CHECK_EQ(open_with(1, -16000, 32767, &at), SOTTO_INVALID);
}

TEST(recency_takes_half_a_byte)
{
    uint8_t section[32 + 3];
    for (uint32_t i = 0; i < 16; i++) {
        sotto_store_u16(section + 2 * i, (uint16_t)(-100 * (int32_t)i));
    }
    memset(section + 32, 0x21, 3);
    sotto_recency recency = {0};
    sotto_reader reader = sotto_reader_over(section, 0, sizeof section);
    sotto_recency_open(&recency, &reader, 5);
    CHECK_EQ(reader.status, SOTTO_OK);
    CHECK_EQ(recency.offsets[15], -1500);
    reader = sotto_reader_over(section, 0, sizeof section);
    sotto_recency_open(&recency, &reader, 7);
    CHECK_EQ(reader.status, SOTTO_INVALID);
    reader = sotto_reader_over(section, 0, sizeof section);
    sotto_recency_open(&recency, &reader, 4);
    CHECK_EQ(reader.status, SOTTO_INVALID);
}
