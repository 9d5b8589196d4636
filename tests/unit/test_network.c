/*
 * test_network.c - scaling, and the sums of a network by hand
 */
#include "test.h"

#include "ranking/network.h"

TEST(features_are_shifted_scaled_and_clamped)
{
    CHECK_EQ(sotto_network_scale(1000, 1000, 65536), 0);
    CHECK_EQ(sotto_network_scale(1512, 1000, 2 * 65536), 1024);
    CHECK_EQ(sotto_network_scale(999, 1000, 32768), -1);     /* rounded down */
    CHECK_EQ(sotto_network_scale(1001, 1000, 32768), 0);
    CHECK_EQ(sotto_network_scale(INT32_MAX, INT32_MIN, 1u << 26), 16383);
    CHECK_EQ(sotto_network_scale(INT32_MIN, INT32_MAX, 1u << 26), -16383);
    CHECK_EQ(sotto_network_scale(77, -5, 0), 0);
}

/* Two features, four hidden values, all by hand. */
TEST(a_small_network)
{
    static const uint8_t numbers[8] = {1, 3};
    uint8_t scaling[16], bias[16], weights_1[4 * 16] = {0}, weights_2[16] = {0}, skip[16] = {0};
    static const int16_t rows[4][2] = {{1024, 0}, {0, -1024}, {-2048, 512}, {30000, 30000}};
    static const int16_t last[4] = {1, 2, 3, 4};
    for (uint32_t i = 0; i < 2; i++) {
        sotto_store_u32(scaling + 8 * i, 10);
        sotto_store_u32(scaling + 8 * i + 4, 65536);
        sotto_store_u16(skip + 2 * i, (uint16_t)(5 + i));
    }
    for (uint32_t j = 0; j < 4; j++) {
        sotto_store_u32(bias + 4 * j, j == 1 ? 100 : 0);
        sotto_store_u16(weights_2 + 2 * j, (uint16_t)last[j]);
        for (uint32_t i = 0; i < 2; i++) {
            sotto_store_u16(weights_1 + 16 * j + 2 * i, (uint16_t)rows[j][i]);
        }
    }
    const sotto_reranker section = {
        .feature_count = 2, .feature_room = 8, .hidden_count = 4, .hidden_room = 8, .shift_1 = 10,
        .features = numbers, .scaling = scaling, .bias = bias, .weights_1 = weights_1,
        .weights_2 = weights_2, .skip = skip,
    };
    const int32_t features[4] = {999, 210, 999, 410};     /* inputs 200 and 400 */
    sotto_activation at = {.score = 0};
    sotto_network network;
    sotto_network_set(&network, &section);
    sotto_network_ask(&at, &network, features);
    CHECK_EQ(at.inputs[0], 200);
    CHECK_EQ(at.inputs[1], 400);
    CHECK_EQ(at.hidden[0], 200);
    CHECK_EQ(at.hidden[1], -38);                          /* (-400 + 100) / 8, rounded down */
    CHECK_EQ(at.hidden[2], -25);                          /* (-400 + 200) / 8 */
    CHECK_EQ(at.hidden[3], 17578);
    CHECK_EQ(at.score, 200 - 2 * 38 - 3 * 25 + 4 * 17578 + 5 * 200 + 6 * 400);

    /* 8 * 1024 * skip, and 8 or 1 times the products of weights on the way. */
    int16_t inputs[SOTTO_RANK_MAX_FEATURES] = {200};
    CHECK_EQ(sotto_network_part(&network, &at, inputs),
             200 * (8 * 1024 * 5 + 8 * 1024 - 3 * 2048 + 8 * 4 * 30000));
    at.hidden[3] = SOTTO_NETWORK_HIDDEN_MAX;
    CHECK_EQ(sotto_network_part(&network, &at, inputs), 200 * (8 * 1024 * 5 + 8 * 1024 - 3 * 2048));
    inputs[0] = 0;
    inputs[1] = 7;
    CHECK_EQ(sotto_network_part(&network, &at, inputs), 7 * (8 * 1024 * 6 - 2 * 1024 + 3 * 512));
}
