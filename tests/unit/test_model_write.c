#include "test.h"

#include "../unit/sample_bundle.h"

static const uint32_t starts[] = {0, 2, 2, 2};
static const uint32_t targets[] = {1, 2};
static const uint8_t codes[] = {0, 1};

static sotto_link_table_content small_table(void)
{
    return (sotto_link_table_content){
        .relation = SOTTO_NEXT, .max_links = 2, .group_bits = 1, .weight_count = 2,
        .weights = {20, 10}, .row_starts = starts, .items = targets, .codes = codes,
    };
}

static const sotto_string ids[] = {{"a", 1}, {"b", 1}, {"c", 1}};
static const uint8_t popularity[] = {3, 2, 1};
static const uint32_t popular[] = {0, 1, 2};

static sotto_model_content small_model(void)
{
    return (sotto_model_content){
        .item_count = 3, .ids = ids, .popularity = popularity, .popular = popular,
        .popular_count = 3, .history_count = 1, .position_weight = {65536},
    };
}

static sotto_status write_with(const sotto_model_content *content, const char **why)
{
    sotto_bytes out = {NULL, 0};
    *why = NULL;
    sotto_status status = sotto_model_write(content, &out, why);
    if (status == SOTTO_OK) {
        sotto_bundle bundle;
        sotto_bundle_init(&bundle);
        CHECK_EQ(sotto_bundle_open(&bundle, SOTTO_MODEL, out.bytes, out.size, NULL), SOTTO_OK);
    } else {
        CHECK(out.bytes == NULL);
        CHECK(*why != NULL);
    }
    free(out.bytes);
    return status;
}

TEST(the_same_content_gives_the_same_bytes)
{
    sotto_bytes one = sample_model();
    sotto_bytes two = sample_model();
    CHECK_EQ(one.size, two.size);
    CHECK_MEM(one.bytes, two.bytes, one.size);
    free(one.bytes);
    free(two.bytes);
}

TEST(a_model_may_be_empty)
{
    sotto_model_content content = {.history_count = 1};
    const char *why;
    CHECK_EQ(write_with(&content, &why), SOTTO_OK);
    const uint32_t no_rows[] = {0};
    sotto_link_table_content table = small_table();
    table.row_starts = no_rows;
    content.tables = &table;
    content.table_count = 1;
    CHECK_EQ(write_with(&content, &why), SOTTO_OK);
}

TEST(links_that_cannot_be_written_are_refused)
{
    static const uint32_t backwards[] = {2, 1};
    static const uint32_t twice[] = {1, 1};
    static const uint32_t nowhere[] = {1, 3};
    static const uint8_t unknown_codes[] = {0, 2};
    static const uint32_t too_many[] = {0, 2, 2, 1};
    sotto_link_table_content rows[12];
    for (size_t i = 0; i < SOTTO_ARRAY_COUNT(rows); i++) {
        rows[i] = small_table();
    }
    rows[0].items = backwards;
    rows[1].items = twice;
    rows[2].items = nowhere;
    rows[3].codes = unknown_codes;
    rows[4].row_starts = too_many;
    rows[5].max_links = 1;
    rows[6].max_links = 65;
    rows[7].group_bits = 7;
    rows[8].weight_count = 17;
    rows[9].weights[1] = 21;
    rows[10].weights[1] = 0;
    rows[11].relation = SOTTO_LOOKS;
    const char *why;
    for (size_t i = 0; i < SOTTO_ARRAY_COUNT(rows); i++) {
        ROW("row %zu", i);
        sotto_model_content content = small_model();
        content.tables = &rows[i];
        content.table_count = 1;
        CHECK_EQ(write_with(&content, &why), SOTTO_INVALID);
    }
    sotto_link_table_content good = small_table();
    sotto_model_content content = small_model();
    content.tables = &good;
    content.table_count = 1;
    CHECK_EQ(write_with(&content, &why), SOTTO_OK);
}

TEST(ids_that_cannot_be_written_are_refused)
{
    static char long_id[513];
    memset(long_id, 'y', sizeof long_id);
    const sotto_string bad[][3] = {
        {{"a", 1}, {"a", 1}, {"c", 1}},
        {{"a", 1}, {"", 0}, {"c", 1}},
        {{"a", 1}, {long_id, 513}, {"c", 1}},
        {{"a", 1}, {"\xFF", 1}, {"c", 1}},
    };
    const char *why;
    for (size_t i = 0; i < SOTTO_ARRAY_COUNT(bad); i++) {
        ROW("row %zu", i);
        sotto_model_content content = small_model();
        content.ids = bad[i];
        CHECK_EQ(write_with(&content, &why), SOTTO_INVALID);
    }
    const sotto_string good[] = {{"a", 1}, {long_id, 512}, {"c", 1}};
    sotto_model_content content = small_model();
    content.ids = good;
    CHECK_EQ(write_with(&content, &why), SOTTO_OK);
}

TEST(lists_and_parameters_that_cannot_be_written_are_refused)
{
    static const uint32_t wrong_top[] = {0, 3};
    const sotto_parameter negative[] = {{1, -1}};
    const sotto_parameter large[] = {{1, 16777217}};
    sotto_model_content rows[6];
    for (size_t i = 0; i < SOTTO_ARRAY_COUNT(rows); i++) {
        rows[i] = small_model();
    }
    rows[0].popular = wrong_top;
    rows[0].popular_count = 2;
    rows[1].popular_count = 4097;
    rows[2].history_count = 0;
    rows[3].position_weight[0] = 64 * 65536 + 1;
    rows[4].parameters = negative;
    rows[4].parameter_count = 1;
    rows[5].parameters = large;
    rows[5].parameter_count = 1;
    const char *why;
    for (size_t i = 0; i < SOTTO_ARRAY_COUNT(rows); i++) {
        ROW("row %zu", i);
        CHECK_EQ(write_with(&rows[i], &why), SOTTO_INVALID);
    }
}
