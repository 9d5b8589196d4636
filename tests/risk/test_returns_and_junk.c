/*
 * test_returns_and_junk.c - a real order log, with all that real order logs hold
 *
 * Two years of a British retailer: returns, adjustments of bad debt, stock corrections with
 * "damaged" for a title, samples at no price, postage sold as a product, customers without a
 * number, and nine days that stand in both files. None of it is prepared beforehand; a mapping and
 * five rules must do. If cleaning went wrong in silence, companions would be postage and returns.
 *
 * The log is public research data and no part of the project: where it is absent, this is skipped.
 */
#include "test.h"

#include "train/train.h"

#include <unistd.h>

static sotto_trained trained;
static sotto_bundle *bundle;

static const char *data_folder(void)
{
    static char path[1024];
    const char *base = getenv("SOTTO_DATA");
    snprintf(path, sizeof path, "%s/online_retail_II", base != NULL ? base : "../shared/data");
    return access(path, R_OK) == 0 ? path : NULL;
}

static void train_log(const char *folder)
{
    static const char *const files[] = {"year_*.tsv"};
    static const sotto_log_rule rules[] = {
        {"cancelled orders", "Invoice", SOTTO_LOG_STARTS_WITH, "C", 0},
        {"debt adjustments", "Invoice", SOTTO_LOG_STARTS_WITH, "A", 0},
        {"stock corrections", "Quantity", SOTTO_LOG_AT_MOST, NULL, 0},
        {"gifts and samples", "Price", SOTTO_LOG_AT_MOST, NULL, 0},
        {"not products", "StockCode", SOTTO_LOG_MATCHES, 
         "^[A-Za-z ]+[0-9]*$|^gift|^DCGS", 0},
    };
    sotto_log_source source = {
        .files = files, .file_count = 1, .folder = folder, .format = SOTTO_LOG_TSV,
        .columns = {.item = "StockCode", .shopper = "CustomerID", .order = "Invoice",
                    .time = "InvoiceDate", .quantity = "Quantity", .title = "Description",
                    .price = "Price"},
        .kind = SOTTO_LOG_PURCHASE, .rules = rules, .rule_count = 5, .drop_duplicates = true,
        .max_bad = 0,
    };
    sotto_train_options options = sotto_train_defaults();
    sotto_train_fault fault = {0};
    options.tune = false;
    if (!sotto_train(&source, 1, &options, &trained, &fault)) {
        test_fail(__FILE__, __LINE__, "%s (%s)", fault.message, fault.hint);
        return;
    }
    bundle = malloc(sotto_bundle_size());
    sotto_bundle_init(bundle);
    CHECK_EQ(sotto_bundle_open(bundle, SOTTO_MODEL, trained.model.bytes, trained.model.size, NULL),
             SOTTO_OK);
}

/* Trains once, for all cases. */
#define NEED_LOG()                                                                            \
    do {                                                                                      \
        if (data_folder() == NULL) {                                                          \
            SKIP("no online_retail_II in SOTTO_DATA or ../shared/data");                      \
        }                                                                                     \
        if (bundle == NULL) {                                                                 \
            train_log(data_folder());                                                         \
        }                                                                                     \
        REQUIRE(bundle != NULL);                                                              \
    } while (0)

static uint64_t dropped(const char *reason)
{
    for (size_t i = 0; i < trained.report.drop_count; i++) {
        if (strcmp(trained.report.drops[i].name, reason) == 0) {
            CHECK(trained.report.drops[i].example_count > 0);
            return trained.report.drops[i].count;
        }
    }
    return 0;
}

/*
 * How many of an item's best `depth` companions, and of those as strong as the last of them, have
 * the word in their titles.
 */
static unsigned companions_with(sotto_relation relation, const char *id, uint32_t depth,
                                const char *word)
{
    sotto_link links[SOTTO_MAX_LINKS];
    uint32_t count =
        sotto_item_links(bundle, relation, sotto_item_find(bundle, id, strlen(id)), links);
    unsigned found = 0;
    uint32_t last_weight = 0;
    for (uint32_t k = 0; k < count; k++) {
        uint32_t best = 0;
        for (uint32_t i = 1; i < count; i++) {
            best = links[i].weight > links[best].weight ? i : best;
        }
        if (k >= depth && links[best].weight < last_weight) {
            break;
        }
        last_weight = links[best].weight;
        sotto_text title = trained.items[links[best].item].title;
        char text[256];
        snprintf(text, sizeof text, "%.*s", (int)title.size, title.bytes);
        found += strstr(text, word) != NULL ? 1 : 0;
        links[best].weight = 0;
    }
    return found;
}

TEST(every_row_is_accounted_for)
{
    NEED_LOG();
    CHECK_EQ(trained.report.file_count, 2);
    CHECK_EQ(trained.report.rows_read, 1067370);
    CHECK_EQ(trained.report.rows_bad, 0); /* nothing that the five rules do not explain */
    CHECK_EQ(dropped("cancelled orders"), 19494);
    CHECK_EQ(dropped("debt adjustments"), 6);
    CHECK(dropped("stock corrections") > 3000);
    CHECK(dropped("gifts and samples") > 2000);
    CHECK(dropped("not products") > 4000);
    CHECK(dropped("duplicate") > 20000); /* nine days stand in both files */
    uint64_t sum = trained.report.rows_kept;
    for (size_t i = 0; i < trained.report.drop_count; i++) {
        sum += trained.report.drops[i].count;
    }
    CHECK_EQ(sum, trained.report.rows_read);
}

TEST(companions_are_what_a_shopkeeper_would_name)
{
    NEED_LOG();
    static const struct { const char *id, *word; unsigned at_least; } rows[] = {
        {"22697", "REGENCY", 4},     /* a teacup: its sisters, cake stand and plate */
        {"20725", "LUNCH BAG", 5},
        {"21212", "CAKE CASES", 3},
        {"84029E", "BOTTLE", 4},     /* a hot water bottle */
        {"85123A", "HEART", 3},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ROW("%s", rows[i].id);
        CHECK(companions_with(SOTTO_TOGETHER, rows[i].id, 6, rows[i].word) >= rows[i].at_least);
    }
    CHECK(companions_with(SOTTO_NEXT, "20725", 6, "LUNCH BAG") >= 5);
    CHECK(companions_with(SOTTO_NEXT, "22697", 2, "REGENCY TEACUP AND SAUCER") == 2);
}

TEST(what_is_no_product_is_no_item)
{
    NEED_LOG();
    static const char *codes[] = {"POST", "DOT", "M", "BANK CHARGES", "AMAZONFEE", "TEST001", "D"};
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        ROW("%s", codes[i]);
        CHECK_EQ(sotto_item_find(bundle, codes[i], strlen(codes[i])), SOTTO_NO_ITEM);
    }
    sotto_text title = trained.items[sotto_item_find(bundle, "85123A", 6)].title;
    CHECK(title.size == 34 && memcmp(title.bytes, "WHITE HANGING HEART T-LIGHT HOLDER", 34) == 0);
}
