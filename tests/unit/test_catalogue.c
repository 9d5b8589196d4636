#include "test.h"

#include "sample_bundle.h"

static void check_text(sotto_text text, const char *expected)
{
    CHECK_EQ(text.size, strlen(expected));
    if (text.size == strlen(expected)) {
        CHECK_MEM((const uint8_t *)text.bytes, (const uint8_t *)expected, text.size);
    }
}

TEST(facts_are_those_of_the_feed)
{
    sample shop;
    sample_open(&shop);
    sotto_item_facts facts = sotto_item_get(&shop.bundle, 5);
    CHECK_EQ(facts.price, 1500);
    CHECK_EQ(facts.list_price, 9900);
    CHECK_EQ(facts.category, 0);
    CHECK_EQ(facts.brand, 1);
    CHECK(facts.listed && facts.in_stock);
    CHECK_EQ(sotto_item_get(&shop.bundle, 12).price, SOTTO_NO_PRICE);
    CHECK_EQ(sotto_item_get(&shop.bundle, 12).list_price, SOTTO_NO_PRICE);
    CHECK_EQ(sotto_item_get(&shop.bundle, 20).category, SOTTO_NONE);
    CHECK_EQ(sotto_item_get(&shop.bundle, 11).brand, SOTTO_NONE);
    CHECK(!sotto_item_get(&shop.bundle, 13).listed);
    CHECK(!sotto_item_get(&shop.bundle, 17).in_stock);
    CHECK_EQ(sotto_item_get(&shop.bundle, 41).price, 5100);
    sample_close(&shop);
}

TEST(texts_are_the_items_own_or_empty)
{
    sample shop;
    sample_open(&shop);
    check_text(sotto_item_text(&shop.bundle, SOTTO_TITLE, 0), "Item number 0");
    check_text(sotto_item_text(&shop.bundle, SOTTO_TITLE, 41), "Item number 41");
    check_text(sotto_item_text(&shop.bundle, SOTTO_URL, 3), "/special/three");
    check_text(sotto_item_text(&shop.bundle, SOTTO_URL, 4), "");
    check_text(sotto_item_text(&shop.bundle, (sotto_field)3, 4), "");
    check_text(sotto_item_template(&shop.bundle, SOTTO_TITLE), "");
    check_text(sotto_item_template(&shop.bundle, SOTTO_URL), "/p/{id}");
    check_text(sotto_item_template(&shop.bundle, SOTTO_IMAGE), "/i/{id}.svg");
    check_text(sotto_item_template(&shop.bundle, (sotto_field)3), "");
    sample_close(&shop);
}

TEST(attributes_have_names_and_values)
{
    sample shop;
    sample_open(&shop);
    sotto_text name, value;
    CHECK_EQ(sotto_item_attribute_count(&shop.bundle, 36), 2);
    CHECK(sotto_item_attribute(&shop.bundle, 36, 0, &name, &value));
    check_text(name, "colour");
    check_text(value, "green");
    CHECK(sotto_item_attribute(&shop.bundle, 36, 1, &name, &value));
    check_text(name, "size");
    check_text(value, "small");
    CHECK(!sotto_item_attribute(&shop.bundle, 36, 2, &name, &value));
    CHECK_EQ(sotto_item_attribute_count(&shop.bundle, 37), 0);
    CHECK(!sotto_item_attribute(&shop.bundle, 37, 0, &name, &value));
    CHECK(sotto_item_attribute(&shop.bundle, 33, 0, &name, &value));
    check_text(value, "blue");
    sample_close(&shop);
}

TEST(categories_know_their_parents_and_their_best)
{
    sample shop;
    sample_open(&shop);
    const sotto_bundle *bundle = &shop.bundle;
    CHECK_EQ(sotto_category_count(bundle), 5);
    check_text(sotto_category_name(bundle, 4), "Sport > Running");
    CHECK_EQ(sotto_category_parent(bundle, 4), 3);
    CHECK_EQ(sotto_category_parent(bundle, 3), SOTTO_NONE);
    CHECK_EQ(sotto_category_root(bundle, 2), 0);
    CHECK_EQ(sotto_category_root(bundle, 3), 3);
    CHECK_EQ(sotto_category_root(bundle, SOTTO_NONE), SOTTO_NONE);
    CHECK(sotto_category_key(bundle, 2) == sample_key("Home > Garden"));
    CHECK_EQ(sotto_category_top(bundle, 0, 3), 5);
    CHECK_EQ(sotto_category_top(bundle, 0, 4), SOTTO_NO_ITEM);
    CHECK_EQ(sotto_category_top(bundle, 4, 0), 4);
    CHECK_EQ(sotto_category_top(bundle, 4, 1), SOTTO_NO_ITEM);
    CHECK_EQ(sotto_category_top(bundle, 0, UINT32_MAX), SOTTO_NO_ITEM);
    CHECK_EQ(sotto_brand_count(bundle), 4);
    check_text(sotto_brand_name(bundle, 3), "Dogwood");
    CHECK(sotto_brand_key(bundle, 3) == sample_key("Dogwood"));
    sample_close(&shop);
}

TEST(without_a_catalogue_everything_may_be_shown)
{
    sample shop;
    sample_open(&shop);
    REQUIRE(sotto_bundle_open(&shop.bundle, SOTTO_MODEL, shop.model.bytes, shop.model.size, NULL) ==
            SOTTO_OK);
    sotto_item_facts facts = sotto_item_get(&shop.bundle, 13);
    CHECK(facts.listed && facts.in_stock);
    CHECK_EQ(facts.price, SOTTO_NO_PRICE);
    CHECK_EQ(facts.category, SOTTO_NONE);
    check_text(sotto_item_text(&shop.bundle, SOTTO_TITLE, 0), "");
    check_text(sotto_item_template(&shop.bundle, SOTTO_URL), "");
    CHECK_EQ(sotto_item_attribute_count(&shop.bundle, 36), 0);
    CHECK_EQ(sotto_brand_count(&shop.bundle), 0);
    sample_close(&shop);
}
