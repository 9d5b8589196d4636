#include "named_items.h"
#include "temp_file.h"

#include "model/ranker.h"
#include "ranking/network.h"
#include "ranking/rerank.h"
#include "train/gather_lists.h"
#include "train/span.h"

enum { SHELVES = 30, ITEMS = SHELVES * SHELF, SESSIONS = 2500, CUT = 2300 };

static sotto_intern items;
static sotto_sequences sessions;
static sotto_span_model older;
static sotto_vector_model vectors;
static sotto_packed packed;
static sotto_train_fault fault;

/* A model of the sessions before the cut, packed. */
static sotto_list_source start(void)
{
    if (packed.model.bytes == NULL) {
        add_clicks(&sessions, SHELVES, SESSIONS, 4);
        name_items(&items, ITEMS);
        sotto_material material = {.items = &items, .sessions = &sessions};
        static const sotto_packing packing = {10, 4, 1.3};
        static sotto_recipe recipe;
        recipe = sotto_recipe_defaults();
        REQUIRE(sotto_span_learn(&material, SOTTO_SPAN_OLDER, 1, &recipe, &packing, NULL, NULL,
                                 &older, &fault));
        sotto_vector_options options = sotto_vector_defaults();
        options.dimensions = 32;
        options.hidden = 16;
        options.negatives = 64;
        options.batch = 64;
        REQUIRE(sotto_fit_vectors(&sessions, 0, CUT, ITEMS, 1, &options, NULL, NULL, &vectors));
        sotto_learned learned = sotto_span_learned(&older, &material, &recipe, &packing);
        learned.vectors = &vectors;
        REQUIRE(sotto_pack(&learned, &(sotto_budget){0, 1}, &packed, &fault));
    }
    return (sotto_list_source){
        .model = &packed.model,
        .order = older.order,
        .item_count = older.item_count,
        .all_items = ITEMS,
        .sessions = &sessions,
        .first = CUT,
        .last = SESSIONS,
        .every = 1,
    };
}

TEST(there_is_a_list_for_each_question_and_the_right_one_is_marked)
{
    sotto_list_source source = start();
    sotto_gathered gathered;
    REQUIRE(sotto_gather_lists(&source, &gathered, &fault));
    size_t clicks = sessions.starts[SESSIONS] - sessions.starts[CUT] - (SESSIONS - CUT);
    CHECK_EQ(gathered.lists.count, clicks);
    uint32_t reached = 0;
    for (uint32_t i = 0; i < gathered.lists.count; i++) {
        size_t size = gathered.lists.starts[i + 1] - gathered.lists.starts[i];
        uint32_t right = gathered.lists.right[i];
        CHECK(right == SOTTO_NO_RIGHT || right < size);
        CHECK(gathered.vector_ranks[i] == 0 || gathered.vector_ranks[i] == right + 1);
        reached += right != SOTTO_NO_RIGHT ? 1 : 0;
    }
    CHECK(reached > clicks * 9 / 10);
    sotto_metrics tables =
        sotto_gathered_metrics(gathered.table_ranks, 0, gathered.lists.count);
    CHECK(sotto_metrics_hr(&tables) > 60);
    sotto_gathered_free(&gathered);
}

/* But for the rarest ones, which are clamped. */
TEST(features_are_scaled_to_mean_nought_and_deviation_one)
{
    sotto_list_source source = start();
    sotto_gathered gathered;
    REQUIRE(sotto_gather_lists(&source, &gathered, &fault));
    size_t rows = gathered.lists.starts[gathered.lists.count];
    for (uint32_t k = 0; k < SOTTO_FEATURES; k++) {
        double sum = 0, square = 0;
        for (size_t i = 0; i < rows; i++) {
            double value = gathered.lists.features[i * SOTTO_FEATURES + k] / 1024.0;
            sum += value;
            square += value * value;
        }
        double mean = sum / (double)rows;
        ROW("feature %u", k);
        if (gathered.scaling.factors[k] > 0) {
            CHECK(mean > -0.1 && mean < 0.1);
            CHECK(square / (double)rows > 0.3 && square / (double)rows < 1.3);
        } else {
            CHECK(square == 0.0); /* the same everywhere */
        }
    }
    sotto_gathered_free(&gathered);
}

/* Of the lists that have a right one; scaled as the re-ranker's, they are the same numbers. */
TEST(examples_are_what_the_lists_hold)
{
    sotto_list_source source = start();
    sotto_gathered gathered;
    const char *path = temp_text("examples", "");
    const char *query_path = temp_text("examples.query", "");
    source.examples = path;
    REQUIRE(sotto_gather_lists(&source, &gathered, &fault));
    FILE *rows = fopen(path, "r"), *queries = fopen(query_path, "r");
    REQUIRE(rows != NULL && queries != NULL);
    uint32_t written = 0;
    for (uint32_t list = 0; list < gathered.lists.count; list++) {
        size_t from = gathered.lists.starts[list], to = gathered.lists.starts[list + 1];
        unsigned size = 0;
        if (gathered.lists.right[list] == SOTTO_NO_RIGHT) {
            continue;
        }
        REQUIRE(fscanf(queries, "%u", &size) == 1);
        CHECK_EQ(size, to - from);
        for (size_t row = from; row < to; row++, written++) {
            char line[2048];
            int32_t features[SOTTO_FEATURES] = {0};
            REQUIRE(fgets(line, sizeof line, rows) != NULL);
            CHECK_EQ(line[0] == '1', row - from == gathered.lists.right[list]);
            for (char *at = line; (at = strchr(at, ' ')) != NULL;) {
                unsigned long number = strtoul(at + 1, &at, 10);
                REQUIRE(number < SOTTO_FEATURES && *at == ':');
                features[number] = (int32_t)strtol(at + 1, &at, 10);
            }
            for (uint32_t k = 0; k < SOTTO_FEATURES; k++) {
                ROW("list %u, row %zu, feature %u", list, row - from, k);
                CHECK_EQ(sotto_network_scale(features[k], gathered.scaling.means[k],
                                             gathered.scaling.factors[k]),
                         gathered.lists.features[row * SOTTO_FEATURES + k]);
            }
        }
    }
    CHECK(written > 1000);
    CHECK_EQ(fgetc(rows), EOF);
    fclose(rows);
    fclose(queries);
    sotto_gathered_free(&gathered);
}

TEST(every_other_question_is_half_of_them_and_the_same_each_time)
{
    sotto_list_source source = start();
    sotto_gathered a, b;
    source.every = 2;
    REQUIRE(sotto_gather_lists(&source, &a, &fault));
    REQUIRE(sotto_gather_lists(&source, &b, &fault));
    size_t clicks = sessions.starts[SESSIONS] - sessions.starts[CUT] - (SESSIONS - CUT);
    CHECK_EQ(a.lists.count, (clicks + 1) / 2);
    size_t size = a.lists.starts[a.lists.count] * SOTTO_FEATURES * sizeof(int16_t);
    CHECK_EQ(a.lists.starts[a.lists.count], b.lists.starts[b.lists.count]);
    CHECK_MEM(a.lists.features, b.lists.features, size);
    sotto_gathered_free(&a);
    sotto_gathered_free(&b);
}
