/*
 * test_wasm_exports.c - what a page calls up to its first decision, called natively
 */
#include "test.h"

#include "bindings/wasm_exports.h"
#include "bindings/wasm_later.h"
#include "bindings/wasm_whole.h"
#include "sample_bundle.h"

static sample shop;
static sotto_wasm_state *state;

static uint32_t put(uint32_t place, sotto_bytes part)
{
    uint8_t *at = sotto_wasm_reserve(place, (uint32_t)part.size);
    REQUIRE(at);
    memcpy(at, part.bytes, part.size);
    return sotto_wasm_open(place, (uint32_t)part.size);
}

static void start(void)
{
    sample_open(&shop);
    state = sotto_wasm_start(SOTTO_WASM_ABI);
    REQUIRE(state);
    CHECK_EQ(put(0, shop.manifest), SOTTO_OK);
    CHECK_EQ(put(SOTTO_MODEL, shop.model), SOTTO_OK);
    CHECK_EQ(put(SOTTO_CATALOGUE, shop.catalogue), SOTTO_OK);
    CHECK_EQ(put(SOTTO_CAMPAIGNS, shop.campaigns), SOTTO_OK);
    sotto_wasm_profile_init(1, 2, SAMPLE_NOW);
}

static bool is(const sotto_text *text, const char *expected)
{
    return text->size == strlen(expected) && memcmp(text->bytes, expected, text->size) == 0;
}

static uint32_t find(const char *id)
{
    return sotto_wasm_item_find((const uint8_t *)id, (uint32_t)strlen(id));
}

static const sotto_wasm_answer *decide(const char *slot)
{
    return sotto_wasm_decide((const uint8_t *)slot, (uint32_t)strlen(slot), NULL, 0, NULL,
                             UINT32_MAX, SAMPLE_NOW);
}

TEST(a_host_of_another_abi_gets_nothing)
{
    CHECK(sotto_wasm_start(SOTTO_WASM_ABI + 1) == NULL);
    CHECK(sotto_wasm_start(SOTTO_WASM_ABI) != NULL);
}

TEST(items_are_found_and_told)
{
    start();
    CHECK_EQ(find("sku-07"), 7);
    CHECK_EQ(find("sku-99"), SOTTO_NO_ITEM);
    const sotto_item_facts *facts = sotto_wasm_item(7);
    CHECK_EQ(facts->price, 1700);
    CHECK_EQ(facts->list_price, SOTTO_NO_PRICE);
    CHECK_EQ(facts->category, 2);
    CHECK_EQ(facts->brand, 3);
    CHECK(facts->listed && !facts->in_stock);
    CHECK_EQ(*sotto_wasm_hash((const uint8_t *)"sku-07", 6), sample_hash(7));
    sample_close(&shop);
}

/* Hosts read facts as words, and the flags as bytes of the fifth. */
TEST(facts_lie_as_hosts_read_them)
{
    CHECK_EQ(offsetof(sotto_item_facts, listed), 16);
    CHECK_EQ(offsetof(sotto_item_facts, in_stock), 17);
    CHECK_EQ(sizeof(sotto_pick), 64);
    CHECK_EQ(offsetof(sotto_answer, picks), 4);
    CHECK_EQ(offsetof(sotto_wasm_state, profile), 0);
    CHECK_EQ(offsetof(sotto_wasm_state, shelf), SOTTO_PROFILE_SIZE);
    CHECK_EQ(offsetof(sotto_wasm_state, fault), SOTTO_PROFILE_SIZE + SOTTO_SHELF_SIZE);
}

TEST(texts_by_kind)
{
    start();
    CHECK(is(sotto_wasm_text(SOTTO_WASM_ID, 7), "sku-07"));
    CHECK(is(sotto_wasm_text(SOTTO_WASM_CATEGORY, 1), "Home > Kitchen"));
    CHECK(is(sotto_wasm_text(SOTTO_WASM_BRAND, 3), "Dogwood"));
    for (uint32_t field = 0; field < SOTTO_FIELD_COUNT; field++) {
        sotto_text own = sotto_item_text(&shop.bundle, (sotto_field)field, 7);
        const sotto_text *text = sotto_wasm_text(field, 7);
        CHECK(text->size == own.size && memcmp(text->bytes, own.bytes, own.size) == 0);
        sotto_text template = sotto_item_template(&shop.bundle, (sotto_field)field);
        text = sotto_wasm_text(SOTTO_WASM_TEMPLATE + field, 0);
        CHECK(text->size == template.size
              && (text->size == 0 || memcmp(text->bytes, template.bytes, text->size) == 0));
    }
    CHECK_EQ(sotto_wasm_site()->price_decimals, 2);
    sample_close(&shop);
}

TEST(attributes_end)
{
    start();
    const sotto_text *attribute = sotto_wasm_item_attribute(6, 0);
    REQUIRE(attribute);
    CHECK(is(&attribute[0], "colour"));
    attribute = sotto_wasm_item_attribute(6, 1);
    REQUIRE(attribute);
    CHECK(is(&attribute[0], "size") && is(&attribute[1], "small"));
    CHECK(sotto_wasm_item_attribute(6, 2) == NULL);
    CHECK(sotto_wasm_item_attribute(7, 0) == NULL);
    sample_close(&shop);
}

TEST(a_slot_is_answered_with_its_heading)
{
    start();
    const sotto_wasm_answer *found = decide("home");
    REQUIRE(found);
    CHECK_EQ(found->answer.count, 6);
    sotto_slot slot;
    REQUIRE(sotto_slot_find(&shop.bundle, "home", 4, &slot) == SOTTO_OK);
    CHECK(found->heading.size == slot.heading.size
          && memcmp(found->heading.bytes, slot.heading.bytes, slot.heading.size) == 0);
    CHECK(decide("none") == NULL);
    sample_close(&shop);
}

TEST(a_cart_that_is_given_takes_the_place_of_the_profiles)
{
    start();
    uint64_t hash = sample_hash(4);
    sotto_wasm_track(SOTTO_CART_ADD, (uint32_t)hash, (uint32_t)(hash >> 32), 1, SAMPLE_NOW);
    uint32_t kept = decide("cart")->answer.count;
    CHECK(kept > 0);
    const sotto_wasm_answer *found =
        sotto_wasm_decide((const uint8_t *)"cart", 4, NULL, 0, NULL, 0, SAMPLE_NOW);
    CHECK_EQ(found->answer.count, 0);
    sample_close(&shop);
}

TEST(a_saved_profile_comes_back_and_a_damaged_one_does_not)
{
    start();
    sotto_wasm_profile_seal();
    struct sotto_profile saved = state->profile;
    sotto_wasm_profile_drop();
    CHECK(!state->has_profile);
    state->profile = saved;
    CHECK_EQ(sotto_wasm_profile_open(SOTTO_PROFILE_SIZE), SOTTO_OK);
    CHECK(state->has_profile);
    ((uint8_t *)state)[100] ^= 1;
    CHECK_EQ(sotto_wasm_profile_open(SOTTO_PROFILE_SIZE), SOTTO_DAMAGED);
    CHECK_EQ(state->fault.offset, 12);
    CHECK(!state->has_profile);
    state->profile = saved;
    CHECK_EQ(sotto_wasm_profile_open(0), SOTTO_TRUNCATED);
    CHECK(!state->has_profile);
    sample_close(&shop);
}

TEST(a_damaged_update_leaves_the_bundle_as_it_was)
{
    start();
    uint8_t *at = sotto_wasm_reserve(SOTTO_MODEL, (uint32_t)shop.model.size);
    memset(at, 0xAA, shop.model.size);
    CHECK_EQ(sotto_wasm_open(SOTTO_MODEL, (uint32_t)shop.model.size), SOTTO_NOT_SOTTO);
    CHECK_EQ(sotto_wasm_item_count(), SAMPLE_ALL_ITEMS);
    CHECK_EQ(find("sku-07"), 7);
    CHECK_EQ(put(SOTTO_CAMPAIGNS, shop.campaigns), SOTTO_OK);
    CHECK_EQ(put(SOTTO_MODEL, shop.model), SOTTO_OK);
    CHECK_EQ(sotto_wasm_item_count(), SAMPLE_ITEMS);
    sample_close(&shop);
}

TEST(opening_again_and_again_takes_no_more_memory)
{
    start();
    uint8_t *first = sotto_wasm_reserve(SOTTO_CAMPAIGNS, 100);
    put(SOTTO_CAMPAIGNS, shop.campaigns);
    uint8_t *second = sotto_wasm_reserve(SOTTO_CAMPAIGNS, 100);
    CHECK(first != second);
    for (uint32_t i = 0; i < 1000; i++) {
        CHECK_EQ(put(SOTTO_CAMPAIGNS, shop.campaigns), SOTTO_OK);
        uint8_t *at = sotto_wasm_reserve(SOTTO_CAMPAIGNS, 65535);
        CHECK(at == first || at == second);
    }
    sample_close(&shop);
}

TEST(there_is_memory_for_whatever_fits)
{
    CHECK(sotto_wasm_reserve(15, UINT32_MAX) == NULL);
    CHECK(sotto_wasm_reserve(14, 0) != NULL);
    uint8_t *larger = sotto_wasm_reserve(14, 65536);
    CHECK(larger && larger == sotto_wasm_reserve(14, 65536));
    sotto_wasm_reserve(9, 64);
    CHECK_EQ(sotto_wasm_open(9, 64), SOTTO_WRONG_KIND);
}
