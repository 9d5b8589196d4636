/*
 * test_wasm_whole.c - what only the module for servers has, called natively
 */
#include "test.h"

#include "bindings/wasm_exports.h"
#include "bindings/wasm_later.h"
#include "bindings/wasm_plan.h"
#include "bindings/wasm_whole.h"
#include "sample_bundle.h"

static sample shop;

static void put(uint32_t place, sotto_bytes part)
{
    uint8_t *at = sotto_wasm_reserve(place, (uint32_t)part.size);
    REQUIRE(at);
    memcpy(at, part.bytes, part.size);
    CHECK_EQ(sotto_wasm_open(place, (uint32_t)part.size), SOTTO_OK);
}

static void start(void)
{
    sample_open(&shop);
    REQUIRE(sotto_wasm_start(SOTTO_WASM_ABI));
    put(SOTTO_MODEL, shop.model);
    put(SOTTO_CATALOGUE, shop.catalogue);
    put(SOTTO_CAMPAIGNS, shop.campaigns);
}

TEST(the_manifest_reads_as_words)
{
    start();
    const uint32_t *words = sotto_wasm_manifest(shop.manifest.bytes, (uint32_t)shop.manifest.size);
    REQUIRE(words);
    CHECK_EQ(words[0], 3);
    CHECK_EQ(words[1], 77);
    CHECK_EQ(words[3], SAMPLE_NOW);
    CHECK_EQ(words[5], SAMPLE_NOW + 86400);
    CHECK_EQ(words[11], shop.manifest.size - 76);
    CHECK(words[12] != 0);
    CHECK_EQ(words[15], SOTTO_MODEL);
    CHECK_EQ(words[16], shop.model.size);
    CHECK_EQ(words[18], SOTTO_CATALOGUE);
    CHECK(sotto_wasm_manifest(shop.manifest.bytes, 20) == NULL);
    sample_close(&shop);
}

TEST(items_slots_and_links)
{
    start();
    CHECK_EQ(sotto_wasm_item_count(), SAMPLE_ALL_ITEMS);
    CHECK_EQ(sotto_wasm_item_popularity(7), 165);
    CHECK_EQ(sotto_wasm_item_attribute_count(6), 2);
    CHECK_EQ(sotto_wasm_category_parent(1), 0);
    CHECK_EQ(sotto_wasm_category_parent(0), SOTTO_NONE);
    CHECK_EQ(sotto_wasm_slot_count(), 5);
    for (uint32_t i = 0; i < 5; i++) {
        sotto_text name = sotto_wasm_slot(i)->name;
        sotto_slot slot;
        REQUIRE(sotto_slot_find(&shop.bundle, name.bytes, name.size, &slot) == SOTTO_OK);
        CHECK_EQ(sotto_wasm_slot(i)->count, slot.count);
    }
    const uint32_t *links = sotto_wasm_item_links(SOTTO_NEXT, 4);
    CHECK_EQ(links[0], 4);
    CHECK_EQ(links[1], 5);
    CHECK_EQ(links[2], 900 * 65536 / 1400);
    sample_close(&shop);
}

TEST(ranking_by_itself)
{
    start();
    static const uint32_t session[] = {4};
    const uint32_t *ranked = sotto_wasm_rank_next(session, 1, 3);
    CHECK_EQ(ranked[0], 3);
    CHECK_EQ(ranked[1], 5);
    CHECK_EQ(sotto_wasm_rank_next(session, 1, UINT32_MAX)[0], 5 + 20 - 4);
    sample_close(&shop);
}

TEST(programs_are_asked_about_the_moment)
{
    start();
    REQUIRE(sotto_wasm_attach(&sotto_wasm_page));
    CHECK_EQ(sotto_wasm_plan_open(), SOTTO_OK);
    sotto_scene *scene = sotto_wasm_scene();
    *scene = (sotto_scene){.now_s = SAMPLE_NOW, .touch = true};
    CHECK_EQ(sotto_wasm_moment(), SOTTO_OK);
    static const uint8_t touch[] = {0x12, 3, 0}, no_touch[] = {0x12, 3, 0x50, 0};
    static const uint8_t none[] = {0x12, 3};
    CHECK_EQ(sotto_wasm_program(touch, sizeof touch), 1);
    CHECK_EQ(sotto_wasm_program(no_touch, sizeof no_touch), 0);
    CHECK_EQ(sotto_wasm_program(none, sizeof none), UINT32_MAX);
    CHECK_EQ(sotto_wasm_page.fault.offset, 2);
    sample_close(&shop);
}

TEST(words_for_people)
{
    start();
    CHECK(strlen(sotto_wasm_status_text(SOTTO_DAMAGED)) > 0);
    sotto_wasm_profile_open(0);
    CHECK(strlen(sotto_wasm_fault_text()) > 0);
    sample_close(&shop);
}
