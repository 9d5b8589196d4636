#include "test.h"

#include "sample_bundle.h"

static const sotto_string two[] = {{"a", 1}, {"a > b", 5}};
static const uint32_t parents[] = {SOTTO_NONE, 0};
static const uint32_t starts[] = {0, 1, 1};
static const uint32_t tops[] = {0};
static const uint32_t names_of[] = {0, 1};
static const uint32_t values[] = {0, 1};
static sotto_catalogue_item items[1];

static sotto_catalogue_content small_catalogue(void)
{
    items[0] = (sotto_catalogue_item){
        .title = {"A", 1}, .price = 1, .list_price = SOTTO_NO_PRICE, .category = 1, .brand = 0,
        .listed = true, .in_stock = true, .values = values, .value_count = 2,
    };
    return (sotto_catalogue_content){
        .identity = 5, .item_count = 1, .new_ids = two, .items = items, .categories = two,
        .category_parents = parents, .category_count = 2, .brands = two, .brand_count = 1,
        .attribute_names = two, .attribute_name_count = 2, .attribute_values = two,
        .attribute_value_names = names_of, .attribute_value_count = 2,
        .category_top_starts = starts, .category_top = tops,
    };
}

static sotto_status write_it(const sotto_catalogue_content *content)
{
    sotto_bytes out = {NULL, 0};
    const char *why = NULL;
    sotto_status status = sotto_catalogue_write(content, &out, &why);
    CHECK_EQ(status == SOTTO_OK, out.bytes != NULL);
    CHECK_EQ(status == SOTTO_OK, why == NULL);
    free(out.bytes);
    return status;
}

TEST(the_same_content_gives_the_same_bytes)
{
    sotto_bytes one = sample_catalogue(9);
    sotto_bytes other = sample_catalogue(9);
    CHECK_EQ(one.size, other.size);
    CHECK_MEM(one.bytes, other.bytes, one.size);
    free(one.bytes);
    free(other.bytes);
}

TEST(items_that_cannot_be_written_are_refused)
{
    static const uint32_t down[] = {1, 0};
    static const uint32_t unknown[] = {0, 2};
    const sotto_catalogue_content content = small_catalogue();
    const sotto_catalogue_item good = items[0];
    CHECK_EQ(write_it(&content), SOTTO_OK);
    for (uint32_t i = 0; i < 6; i++) {
        ROW("row %u", (unsigned)i);
        items[0] = good;
        switch (i) {
        case 0: items[0].category = 2; break;
        case 1: items[0].brand = 1; break;
        case 2: items[0].title = (sotto_string){"\xFF", 1}; break;
        case 3: items[0].image = (sotto_string){"\xC3", 1}; break;
        case 4: items[0].values = down; break;
        default: items[0].values = unknown; break;
        }
        CHECK_EQ(write_it(&content), SOTTO_INVALID);
    }
}

TEST(lists_that_cannot_be_written_are_refused)
{
    static const sotto_string not_text[] = {{"a", 1}, {"\xFE", 1}};
    static const uint32_t child_first[] = {1, SOTTO_NONE};
    static const uint32_t nobody[] = {1};
    static const uint32_t nameless[] = {0, 2};
    static const uint32_t down[] = {1, 0, 1};
    static char long_template[65536];
    memset(long_template, 't', sizeof long_template);
    for (uint32_t i = 0; i < 9; i++) {
        ROW("row %u", (unsigned)i);
        sotto_catalogue_content content = small_catalogue();
        switch (i) {
        case 0: content.categories = not_text; break;
        case 1: content.category_parents = child_first; break;
        case 2: content.category_top = nobody; break;
        case 3: content.attribute_value_names = nameless; break;
        case 4: content.category_top_starts = down; break;
        case 5: content.url_template = (sotto_string){long_template, 65536}; break;
        case 6: content.model_item_count = 2; break;
        case 7: content.brand_count = 65536; break;
        default: content.new_ids = not_text + 1; break;
        }
        CHECK_EQ(write_it(&content), SOTTO_INVALID);
    }
}
