#include "temp_file.h"

#include "train/train.h"

static sotto_train_fault fault;
static sotto_trained trained;

static sotto_log_source source_of(const char *const *file)
{
    return (sotto_log_source){.files = file, .file_count = 1, .format = SOTTO_LOG_CSV,
                              .columns = {.item = "item", .shopper = "who", .time = "when",
                                          .order = "order", .event = "what", .title = "title",
                                          .price = "price"},
                              .time = SOTTO_LOG_TIME_EPOCH_S, .max_bad = 0.01};
}

/*
 * Shoppers of a shop with four shelves of five items. Each looks along one shelf and buys the first
 * two things of it; item "secret" is looked at after "a0" by two shoppers only.
 */
static const char *make_log(void)
{
    static char text[1 << 20];
    size_t used = (size_t)snprintf(text, sizeof text, "when,who,what,item,order,title,price\n");
    for (int i = 0; i < 400; i++) {
        char shelf = (char)('a' + i % 4);
        int start = 1000000 + i * 5000;
        for (int k = 0; k < 4; k++) {
            used += (size_t)snprintf(
                text + used, sizeof text - used, "%d,shopper%d,view,%c%d,,\"Thing, %c%d\",%d.50\n",
                start + k * 60, i, shelf, (i / 4 + k) % 5, shelf, (i / 4 + k) % 5, k);
        }
        for (int k = 0; k < 2; k++) {
            used += (size_t)snprintf(text + used, sizeof text - used,
                                     "%d,shopper%d,purchase,%c%d,order%d,,\n", start + 600, i,
                                     shelf, k, i);
        }
        if (i == 0 || i == 20) {
            used += (size_t)snprintf(text + used, sizeof text - used,
                                     "%d,shopper%d,view,a0,,,\n%d,shopper%d,view,secret,,,\n",
                                     start + 400, i, start + 460, i);
        }
    }
    return temp_text("shop.csv", text);
}

static sotto_bundle *open_trained(void)
{
    sotto_bundle *bundle = malloc(sotto_bundle_size());
    sotto_bundle_init(bundle);
    REQUIRE(sotto_bundle_open(bundle, SOTTO_MODEL, trained.model.bytes, trained.model.size, NULL)
            == SOTTO_OK);
    return bundle;
}

static bool train_shop(uint32_t min_shoppers)
{
    const char *file = make_log();
    sotto_log_source source = source_of(&file);
    sotto_train_options options = sotto_train_defaults();
    options.min_shoppers = min_shoppers;
    sotto_trained_free(&trained);
    return sotto_train(&source, 1, &options, &trained, &fault);
}

/* The weight of the link from one id to another, 0 without one. */
static uint32_t link_weight(const sotto_bundle *bundle, sotto_relation relation, const char *from,
                            const char *to)
{
    sotto_link links[SOTTO_MAX_LINKS];
    uint32_t target = sotto_item_find(bundle, to, strlen(to));
    uint32_t count =
        sotto_item_links(bundle, relation, sotto_item_find(bundle, from, strlen(from)), links);
    for (uint32_t i = 0; i < count; i++) {
        if (links[i].item == target) {
            return links[i].weight;
        }
    }
    return 0;
}

TEST(a_log_becomes_a_model_that_knows_the_shelves)
{
    REQUIRE(train_shop(3));
    CHECK_EQ(trained.summary.item_count, 21);
    CHECK_EQ(trained.summary.session_count, 400);
    CHECK_EQ(trained.summary.basket_count, 400);
    CHECK_EQ(trained.summary.shopper_count, 400);
    CHECK(trained.summary.tuned_query_count > 0 || trained.summary.tuned_hr20 == 0);
    sotto_bundle *bundle = open_trained();
    CHECK(link_weight(bundle, SOTTO_NEXT, "a1", "a2") > 0);
    CHECK_EQ(link_weight(bundle, SOTTO_NEXT, "a1", "b2"), 0);
    CHECK(link_weight(bundle, SOTTO_TOGETHER, "b0", "b1") > 40000);
    CHECK_EQ(link_weight(bundle, SOTTO_TOGETHER, "b0", "c1"), 0);
    free(bundle);
}

TEST(no_link_rests_on_fewer_shoppers_than_promised)
{
    REQUIRE(train_shop(3));
    sotto_bundle *bundle = open_trained();
    CHECK(sotto_item_find(bundle, "secret", 6) != SOTTO_NO_ITEM);
    CHECK_EQ(link_weight(bundle, SOTTO_NEXT, "a0", "secret"), 0);
    CHECK_EQ(link_weight(bundle, SOTTO_NEXT, "secret", "a0"), 0);
    CHECK(trained.summary.unsupported_pair_count > 0);
    free(bundle);
    REQUIRE(train_shop(2));
    bundle = open_trained();
    CHECK(link_weight(bundle, SOTTO_NEXT, "secret", "a0") > 0);
    free(bundle);
}

TEST(items_are_described_from_the_log)
{
    REQUIRE(train_shop(3));
    sotto_bundle *bundle = open_trained();
    const sotto_trained_item *item = &trained.items[sotto_item_find(bundle, "c3", 2)];
    CHECK(item->title.size == 9 && memcmp(item->title.bytes, "Thing, c3", 9) == 0);
    CHECK(item->has_price);
    CHECK_EQ(trained.items[sotto_item_find(bundle, "secret", 6)].title.size, 0);
    free(bundle);
}

TEST(the_same_log_gives_the_same_bytes)
{
    REQUIRE(train_shop(3));
    sotto_bytes first = trained.model;
    trained.model = (sotto_bytes){NULL, 0};
    REQUIRE(train_shop(3));
    CHECK_EQ(trained.model.size, first.size);
    CHECK_MEM(trained.model.bytes, first.bytes, first.size);
    free(first.bytes);
}

TEST(logs_that_give_nothing_say_so)
{
    static const struct { const char *text, *message, *hint; } rows[] = {
        {"", "/log: is empty", ""},
        {"when,who,what,item,order,title,price\n", "/log: has no rows", ""},
        {"when,who,what,item,order,title,price\n1,x,search,,,,\n1,x,hover,y,,,\n",
         "/log: none of 2 rows can be used", "most were dropped as \"event ignored\""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *file = temp_text("log", rows[i].text);
        sotto_log_source source = source_of(&file);
        sotto_train_options options = sotto_train_defaults();
        sotto_trained_free(&trained);
        memset(&fault, 0, sizeof fault);
        ROW("%zu", i);
        CHECK(!sotto_train(&source, 1, &options, &trained, &fault));
        CHECK(strstr(fault.message, rows[i].message) != NULL);
        CHECK(strstr(fault.hint, rows[i].hint) != NULL);
        CHECK(trained.model.bytes == NULL && trained.items == NULL);
    }
}

TEST(the_smallest_logs_make_a_model)
{
    static const char *texts[] = {
        "when,who,what,item,order,title,price\n1,x,view,a,,,\n",
        "when,who,what,item,order,title,price\n1,x,view,a,,,\n2,x,view,b,,,\n",
        "when,who,what,item,order,title,price\n1,x,purchase,a,1,,\n",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        const char *file = temp_text("log", texts[i]);
        sotto_log_source source = source_of(&file);
        sotto_train_options options = sotto_train_defaults();
        sotto_trained_free(&trained);
        ROW("%zu", i);
        CHECK(sotto_train(&source, 1, &options, &trained, &fault));
        sotto_bundle *bundle = open_trained();
        CHECK_EQ(sotto_item_count(bundle), trained.summary.item_count);
        free(bundle);
    }
}

TEST(options_out_of_range_are_refused)
{
    const char *file = make_log();
    sotto_log_source source = source_of(&file);
    sotto_train_options options = sotto_train_defaults();
    options.max_links = 65;
    sotto_trained_free(&trained);
    CHECK(!sotto_train(&source, 1, &options, &trained, &fault));
    CHECK_STR(fault.message, "max_links is 65, not 1 to 64");
    sotto_trained_free(&trained);
}
