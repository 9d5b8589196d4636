#include "test.h"

#include "sample_bundle.h"

TEST(what_the_model_says_counts_and_the_rest_has_defaults)
{
    sample shop;
    sample_open(&shop);
    const sotto_parameters *parameters = sotto_bundle_parameters(&shop.bundle);
    CHECK_EQ(parameters->history_count, 4);
    CHECK_EQ(parameters->position_weight[3], 8192);
    CHECK_EQ(parameters->repeat_weight[1], 6554);
    CHECK_EQ(parameters->next_mix, 65536);
    CHECK_EQ(parameters->together_mix, 16384);
    CHECK_EQ(parameters->popularity_weight, 16);
    CHECK_EQ(parameters->cart_weight, 131072);
    CHECK_EQ(parameters->purchase_weight, 65536);
    CHECK_EQ(parameters->category_weight, 6554);
    CHECK_EQ(parameters->brand_weight, 3277);
    sample_close(&shop);
}

TEST(without_a_model_one_event_counts)
{
    sotto_bundle bundle;
    sotto_bundle_init(&bundle);
    const sotto_parameters *parameters = sotto_bundle_parameters(&bundle);
    CHECK_EQ(parameters->history_count, 1);
    CHECK_EQ(parameters->position_weight[0], 65536);
    CHECK_EQ(parameters->popularity_weight, 0);
}

/* A section with one weight of each sort and one parameter, changed one u32 at a time. */
TEST(values_out_of_range_are_refused)
{
    static const struct {
        const char *name;
        uint32_t word, value;
        sotto_status status;
        uint32_t offset;
    } rows[] = {
        {"as it should be", 3, 7, SOTTO_OK, 0},
        {"no history", 0, 0x00010000, SOTTO_INVALID, 0},
        {"too much history", 0, 0x00010021, SOTTO_INVALID, 0},
        {"too many parameters", 0, 0x00410001, SOTTO_INVALID, 2},
        {"one too many", 0, 0x00020001, SOTTO_INVALID, 20},
        {"one too few", 0, 0x00000001, SOTTO_INVALID, 12},
        {"position weight", 1, 64 * 65536 + 1, SOTTO_INVALID, 4},
        {"highest position weight", 1, 64 * 65536, SOTTO_OK, 0},
        {"repeat weight", 2, UINT32_MAX, SOTTO_INVALID, 8},
        {"reserved", 3, 0x00010007, SOTTO_INVALID, 14},
        {"value", 4, 16777217, SOTTO_INVALID, 16},
        {"negative value", 4, UINT32_MAX, SOTTO_INVALID, 16},
        {"highest value", 4, 16777216, SOTTO_OK, 0},
    };
    for (size_t i = 0; i < SOTTO_ARRAY_COUNT(rows); i++) {
        ROW("%s", rows[i].name);
        uint32_t words[] = {0x00010001, 65536, 5, 7, 11};
        words[rows[i].word] = rows[i].value;
        uint8_t bytes[20];
        for (uint32_t k = 0; k < 5; k++) {
            sotto_store_u32(bytes + 4 * k, words[k]);
        }
        sotto_reader reader = sotto_reader_over(bytes, 0, sizeof bytes);
        sotto_parameters parameters;
        sotto_parameters_open(&parameters, &reader);
        CHECK_EQ(reader.status, rows[i].status);
        CHECK_EQ(reader.fault.offset, rows[i].offset);
    }
}

TEST(an_unknown_key_may_have_any_value)
{
    const uint8_t bytes[] = {1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0, 255, 255, 255, 255};
    sotto_reader reader = sotto_reader_over(bytes, 0, sizeof bytes);
    sotto_parameters parameters;
    sotto_parameters_open(&parameters, &reader);
    CHECK_EQ(reader.status, SOTTO_OK);
    CHECK_EQ(parameters.brand_weight, 3277);
}
