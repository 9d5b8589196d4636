#include "named_items.h"

#include "model/ranker.h"
#include "train/order.h"
#include "train/pack_ranker.h"

enum { SHELVES = 40, ITEMS = SHELVES * SHELF, SESSIONS = 2000 };

static sotto_intern items;
static sotto_sequences sessions;
static sotto_popular popular;
static sotto_lately lately;
static sotto_recipe recipe;
static sotto_links next;
static sotto_vector_model vectors;
static uint32_t order[ITEMS];

static sotto_learned learn(void)
{
    static bool learned;
    if (!learned) {
        sotto_pairs pairs;
        sotto_vector_options options = sotto_vector_defaults();
        recipe = sotto_recipe_defaults();
        add_clicks(&sessions, SHELVES, SESSIONS, 1);
        name_items(&items, ITEMS);
        options.dimensions = 32;
        options.hidden = 16;
        options.epochs = 1;
        options.negatives = 64;
        REQUIRE(sotto_pairs_of_sessions(&sessions, 0, sessions.count, ITEMS, 1, &pairs));
        REQUIRE(sotto_links_next(&pairs, &recipe, 10, NULL, &next));
        sotto_pairs_free(&pairs);
        const sotto_links *tables[1] = {&next};
        REQUIRE(sotto_order_items(ITEMS, tables, 1, order));
        REQUIRE(sotto_popular_make(&sessions, ITEMS, items.hashes, &popular));
        REQUIRE(sotto_lately_make(&sessions, sessions.count, ITEMS, popular.codes, &lately));
        REQUIRE(sotto_fit_vectors(&sessions, 0, sessions.count, ITEMS, 1, &options, NULL, NULL,
                                  &vectors));
        learned = true;
    }
    return (sotto_learned){
        .items = &items,
        .item_count = ITEMS,
        .order = order,
        .tables = {[SOTTO_TABLE_NEXT] = &next},
        .popular = &popular,
        .recipe = &recipe,
        .packing = {10, 8, 0.6},
        .vectors = &vectors,
        .lately = &lately,
        .candidates = {110, 60, 12},
    };
}

TEST(widths_use_what_they_may_and_popular_items_get_the_widest)
{
    uint32_t histogram[256];
    for (uint32_t code = 0; code < 256; code++) {
        histogram[code] = code < 100 ? 100 : 5;
    }
    uint64_t before = 0;
    for (uint64_t bytes = 100000; bytes < 400000; bytes += 7777) {
        sotto_widths widths;
        sotto_widths_choose(histogram, 64, bytes, &widths);
        uint64_t size = sotto_widths_size(&widths, histogram, 64);
        ROW("%d bytes", (int)bytes);
        CHECK(size <= bytes && size >= before);
        CHECK(size > bytes * 9 / 10 || widths.class_count == 1);
        for (uint32_t class = 1; class < widths.class_count; class++) {
            CHECK(widths.classes[class].bits < widths.classes[class - 1].bits);
            CHECK(widths.classes[class].least < widths.classes[class - 1].least);
        }
        CHECK_EQ(widths.classes[widths.class_count - 1].least, 0);
        before = size;
    }
    sotto_widths widths;
    sotto_widths_choose(histogram, 64, UINT64_MAX, &widths);
    CHECK_EQ(widths.class_count, 1);
    CHECK_EQ(widths.classes[0].bits, 4);
    sotto_widths_choose(histogram, 64, 1000, &widths); /* not even one bit */
    CHECK_EQ(widths.class_count, 0);
}

TEST(the_core_reads_back_the_vectors_that_were_packed)
{
    sotto_learned learned = learn();
    sotto_packed packed;
    sotto_train_fault fault = {0};
    sotto_fault where = {0};
    REQUIRE(sotto_pack(&learned, &(sotto_budget){ITEMS * 16 + 8000, 0.6}, &packed, &fault));
    CHECK(packed.widths.class_count > 1);
    CHECK(packed.model.size - packed.ids_size <= ITEMS * 16 + 8000);
    sotto_bundle *bundle = malloc(sotto_bundle_size());
    sotto_ranker *ranker = malloc(sotto_ranker_size());
    sotto_bundle_init(bundle);
    REQUIRE(sotto_bundle_open(bundle, SOTTO_MODEL, packed.model.bytes, packed.model.size, &where)
            == SOTTO_OK);
    REQUIRE(sotto_ranker_open(ranker, bundle, packed.model.bytes, packed.model.size, &where)
            == SOTTO_OK);
    uint8_t *codes = malloc((size_t)ITEMS * 32);
    REQUIRE(codes != NULL
            && sotto_quantise_vectors(&vectors, popular.codes, &packed.widths, codes));
    for (uint32_t index = 0; index < ITEMS; index++) {
        uint32_t item = order[index];
        uint32_t class = sotto_widths_class(&packed.widths, popular.codes[item]);
        int16_t read[SOTTO_VECTOR_MAX_DIMENSIONS];
        float expected[32];
        sotto_vectors_get(&ranker->vectors, index, read);
        sotto_dequantise_row(codes + (size_t)item * 32, 32, packed.widths.classes[class],
                             expected);
        for (uint32_t i = 0; i < 32; i++) {
            int difference = read[i] - (int)(expected[i] * 16384);
            ROW("item %u coordinate %u", item, i);
            CHECK(difference >= -2 && difference <= 2);
        }
    }
    free(codes);
    free(ranker);
    free(bundle);
    free(packed.model.bytes);
}

TEST(vectors_that_do_not_fit_are_left_out_and_links_stay)
{
    sotto_learned learned = learn();
    sotto_packed packed;
    sotto_train_fault fault = {0};
    REQUIRE(sotto_pack(&learned, &(sotto_budget){4000, 0.9}, &packed, &fault));
    CHECK_EQ(packed.widths.class_count, 0);
    CHECK_EQ(packed.vector_size, 0);
    CHECK(packed.links[SOTTO_TABLE_NEXT] > 100);
    CHECK(packed.model.size - packed.ids_size <= 4000);
    free(packed.model.bytes);
}

TEST(the_same_is_packed_into_the_same_bytes)
{
    sotto_learned learned = learn();
    sotto_packed a, b;
    sotto_train_fault fault = {0};
    REQUIRE(sotto_pack(&learned, &(sotto_budget){ITEMS * 20, 0.5}, &a, &fault));
    REQUIRE(sotto_pack(&learned, &(sotto_budget){ITEMS * 20, 0.5}, &b, &fault));
    CHECK_EQ(a.model.size, b.model.size);
    CHECK_MEM(a.model.bytes, b.model.bytes, a.model.size);
    free(a.model.bytes);
    free(b.model.bytes);
}
