#include "test.h"

#include "../unit/sample_bundle.h"

/* A table with random rows: what a trained model looks like, only worse. */
typedef struct table_case {
    const char *name;
    uint32_t item_count, max_links, group_bits, weight_count, reach;
    bool normalise;
} table_case;

static const table_case cases[] = {
    {"one item", 1, 1, 0, 1, 1, true},
    {"few links, no groups", 50, 3, 0, 4, 50, true},
    {"near", 700, 20, 3, 8, 30, true},
    {"far", 700, 20, 3, 8, 700, false},
    {"full rows, large groups", 300, 64, 6, 16, 300, true},
    {"one weight", 300, 10, 4, 1, 40, false},
    {"many items", 40000, 5, 3, 3, 40000, true},
};

static uint32_t roll(uint64_t *state, uint32_t below)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((*state >> 33) % below);
}

typedef struct made_table {
    sotto_link_table_content content;
    uint32_t *starts, *items;
    uint8_t *codes;
} made_table;

static made_table make_table(const table_case *one, uint64_t seed)
{
    uint32_t n = one->item_count;
    made_table made = {.starts = calloc(n + (size_t)1, 4),
                       .items = calloc((size_t)n * one->max_links, 4),
                       .codes = calloc((size_t)n * one->max_links, 1)};
    REQUIRE(made.starts != NULL && made.items != NULL && made.codes != NULL);
    uint32_t count = 0;
    for (uint32_t row = 0; row < n; row++) {
        uint32_t wanted = roll(&seed, one->max_links + 1);
        uint32_t target = one->reach >= n ? roll(&seed, n) / 2
                        : row > one->reach ? row - one->reach : 0;
        for (uint32_t i = 0; i < wanted && target < n; i++) {
            made.items[count] = target;
            made.codes[count] = (uint8_t)roll(&seed, one->weight_count);
            count++;
            target += 1 + roll(&seed, i % 3 == 0 ? 1 + one->reach / 4 : 3);
        }
        made.starts[row + 1] = count;
    }
    made.content = (sotto_link_table_content){
        .relation = SOTTO_NEXT, .max_links = one->max_links, .group_bits = one->group_bits,
        .normalise = one->normalise, .weight_count = one->weight_count, .row_starts = made.starts,
        .items = made.items, .codes = made.codes,
    };
    for (uint32_t i = 0; i < one->weight_count; i++) {
        made.content.weights[i] = (uint16_t)(65535 - i * 4000);
    }
    return made;
}

static void free_table(made_table *made)
{
    free(made->starts);
    free(made->items);
    free(made->codes);
}

/* A model of nothing but links, written and opened. */
static sotto_bytes open_model_of(const made_table *made, uint32_t item_count, sotto_bundle *bundle)
{
    sotto_string *ids = calloc(item_count, sizeof *ids);
    char (*texts)[12] = calloc(item_count, sizeof *texts);
    uint8_t *popularity = calloc(item_count, 1);
    REQUIRE(ids != NULL && texts != NULL && popularity != NULL);
    for (uint32_t i = 0; i < item_count; i++) {
        snprintf(texts[i], sizeof texts[i], "%u", (unsigned)i);
        ids[i] = sample_text(texts[i]);
    }
    const sotto_model_content content = {
        .item_count = item_count, .ids = ids, .popularity = popularity, .tables = &made->content,
        .table_count = 1, .history_count = 1, .position_weight = {65536},
    };
    sotto_bytes out = {NULL, 0};
    const char *why = "";
    sotto_status status = sotto_model_write(&content, &out, &why);
    sample_must(status, why);
    free(ids);
    free(texts);
    free(popularity);
    sotto_bundle_init(bundle);
    sotto_fault fault = {0, ""};
    status = sotto_bundle_open(bundle, SOTTO_MODEL, out.bytes, out.size, &fault);
    sample_must(status, fault.what);
    return out;
}

static void check_row(const sotto_bundle *bundle, const made_table *made, uint32_t row)
{
    uint32_t start = made->starts[row];
    uint32_t count = made->starts[row + 1] - start;
    uint32_t sum = 0;
    for (uint32_t i = 0; i < count; i++) {
        sum += made->content.weights[made->codes[start + i]];
    }
    sotto_link links[SOTTO_MAX_LINKS];
    REQUIRE(sotto_item_links(bundle, SOTTO_NEXT, row, links) == count);
    for (uint32_t i = 0; i < count; i++) {
        uint64_t weight = made->content.weights[made->codes[start + i]];
        CHECK_EQ(links[i].item, made->items[start + i]);
        CHECK_EQ(links[i].weight, made->content.normalise ? weight * 65536 / sum : weight);
    }
}

TEST(every_row_comes_back)
{
    for (size_t i = 0; i < SOTTO_ARRAY_COUNT(cases); i++) {
        made_table made = make_table(&cases[i], i + 1);
        sotto_bundle bundle;
        sotto_bytes file = open_model_of(&made, cases[i].item_count, &bundle);
        for (uint32_t row = 0; row < cases[i].item_count; row++) {
            ROW("%s, row %u", cases[i].name, (unsigned)row);
            check_row(&bundle, &made, row);
        }
        free(file.bytes);
        free_table(&made);
    }
}

TEST(the_sample_has_its_links)
{
    sample shop;
    sample_open(&shop);
    sotto_link links[SOTTO_MAX_LINKS];
    CHECK_EQ(sotto_item_links(&shop.bundle, SOTTO_NEXT, 35, links), 4);
    const sotto_link expected[] = {
        {2, 100 * 65536 / 1400}, {36, 900 * 65536 / 1400}, {37, 300 * 65536 / 1400},
        {38, 100 * 65536 / 1400},
    };
    CHECK_MEM(links, expected, sizeof expected);
    CHECK_EQ(sotto_item_links(&shop.bundle, SOTTO_NEXT, 39, links), 0);
    CHECK_EQ(sotto_item_links(&shop.bundle, SOTTO_TOGETHER, 30, links), 2);
    CHECK_EQ(links[0].item, 10);
    CHECK_EQ(links[1].item, 31);
    CHECK_EQ(links[1].weight, 32768);
    CHECK_EQ(sotto_item_links(&shop.bundle, SOTTO_TOGETHER, 31, links), 0);
    sample_close(&shop);
}

TEST(items_the_model_does_not_know_have_no_links)
{
    sample shop;
    sample_open(&shop);
    sotto_link links[SOTTO_MAX_LINKS];
    CHECK_EQ(sotto_item_links(&shop.bundle, SOTTO_NEXT, 40, links), 0);
    CHECK_EQ(sotto_item_links(&shop.bundle, (sotto_relation)0, 1, links), 0);
    CHECK_EQ(sotto_item_links(&shop.bundle, (sotto_relation)3, 1, links), 0);
    sotto_bundle_init(&shop.bundle);
    CHECK_EQ(sotto_item_links(&shop.bundle, SOTTO_NEXT, 0, links), 0);
    sample_close(&shop);
}
