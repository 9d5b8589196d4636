/*
 * test_wasm_later.c - what a page calls after its first decision, called natively
 */
#include "test.h"

#include "bindings/wasm_exports.h"
#include "bindings/wasm_later.h"
#include "sample_bundle.h"
#include "sample_ranker.h"

static sample shop;

/* A page module's state, as the later module finds it. */
static sotto_wasm_state *page(void)
{
    static sotto_wasm_state state;
    sample_open(&shop);
    memset(&state, 0, sizeof state);
    state.build = SOTTO_WASM_BUILD;
    state.bundle = shop.bundle;
    CHECK(sotto_wasm_attach(&state));
    return &state;
}

static uint32_t track(uint32_t kind, uint32_t item, uint32_t quantity)
{
    uint64_t hash = sample_hash(item);
    return sotto_wasm_track(kind, (uint32_t)hash, (uint32_t)(hash >> 32), quantity, SAMPLE_NOW);
}

TEST(a_module_of_another_build_is_refused)
{
    sotto_wasm_state *state = page();
    state->build++;
    CHECK(!sotto_wasm_attach(state));
    sample_close(&shop);
}

TEST(it_asks_the_pages_bundle)
{
    page();
    uint64_t hash = sample_hash(7);
    CHECK_EQ(sotto_wasm_item_find_hash((uint32_t)hash, (uint32_t)(hash >> 32)), 7);
    CHECK_EQ(sotto_wasm_name_count(0), 5);
    CHECK_EQ(sotto_wasm_name_count(1), 4);
    sample_close(&shop);
}

TEST(it_reads_what_the_campaigns_say_of_consent)
{
    sotto_wasm_state *state = page();
    const sotto_consent *consent = sotto_wasm_consent();
    REQUIRE(consent);
    CHECK_EQ(consent->source, SOTTO_CONSENT_API);
    state->bundle.campaigns.file = NULL;
    CHECK(!sotto_wasm_consent());

    const sotto_consent_content content = {.source = SOTTO_CONSENT_DIDOMI, .policy = {"7", 1}};
    const sotto_campaigns_content campaigns = {.interest_half_life_s = 1, .consent = &content};
    sotto_bytes file = {NULL, 0};
    const char *why = NULL;
    REQUIRE(sotto_campaigns_write(&campaigns, &file, &why) == SOTTO_OK);
    state->bundle.campaigns.file = file.bytes;
    consent = sotto_wasm_consent();
    REQUIRE(consent);
    CHECK_EQ(consent->source, SOTTO_CONSENT_DIDOMI);
    CHECK_EQ(consent->policy.size, 1);
    file.bytes[file.size - 1] ^= 1;
    CHECK(!sotto_wasm_consent());
    free(file.bytes);
    sample_close(&shop);
}

TEST(it_writes_the_pages_profile)
{
    sotto_wasm_state *state = page();
    CHECK_EQ(track(SOTTO_VIEW, 5, 1), SOTTO_INVALID);
    sotto_wasm_profile_init(1, 2, SAMPLE_NOW);
    CHECK(state->has_profile);
    CHECK_EQ(state->profile.seed, 0x200000001u);
    CHECK_EQ(track(SOTTO_VIEW, 5, 1), SOTTO_OK);
    CHECK_EQ(track(0, 4, 1), SOTTO_INVALID);
    CHECK_EQ(track(11, 4, 1), SOTTO_INVALID);
    CHECK_EQ(state->profile.event_count, 1);
    sotto_wasm_profile_seal();
    CHECK_EQ(sotto_profile_open(&state->profile, SOTTO_PROFILE_SIZE, NULL), SOTTO_OK);
    sotto_wasm_profile_drop();
    CHECK(!state->has_profile);
    CHECK_EQ(state->profile.event_count, 0);
    CHECK(sotto_wasm_profile_read(0, 0, 0) == NULL);
    CHECK_EQ(sotto_wasm_profile_forget_item(1, 2), 0);
    sample_close(&shop);
}

TEST(what_is_kept_reads_back)
{
    page();
    sotto_wasm_profile_init(1, 2, SAMPLE_NOW);
    track(SOTTO_VIEW, 5, 1);
    track(SOTTO_CART_ADD, 4, 3);
    const uint32_t *words = sotto_wasm_profile_read(0, 0, SAMPLE_NOW);
    REQUIRE(words);
    CHECK_EQ(words[0], 1);
    CHECK_EQ(words[1], 2);
    CHECK_EQ(words[6], 2);
    CHECK_EQ(words[7], 2);
    words = sotto_wasm_profile_read(1, 0, SAMPLE_NOW);
    CHECK_EQ(words[0], (uint32_t)sample_hash(4));
    CHECK_EQ(words[2], SAMPLE_NOW);
    CHECK_EQ(words[3], SOTTO_CART_ADD);
    CHECK_EQ(words[4], 3);
    words = sotto_wasm_profile_read(2, 0, SAMPLE_NOW);
    CHECK_EQ(words[3], 3);
    CHECK(sotto_wasm_profile_read(1, 2, SAMPLE_NOW) == NULL);
    CHECK(sotto_wasm_profile_read(3, 0, SAMPLE_NOW) == NULL);
    CHECK(sotto_wasm_profile_read(6, 0, SAMPLE_NOW) == NULL);
    CHECK_EQ(track(SOTTO_PURCHASE, 4, 2), SOTTO_OK);
    words = sotto_wasm_profile_read(3, 0, SAMPLE_NOW);
    CHECK_EQ(words[3], 1);
    CHECK_EQ(words[4], 2);
    uint32_t before = sotto_wasm_profile_read(4, 0, SAMPLE_NOW)[2];
    CHECK_EQ(sotto_wasm_profile_read(4, 0, SAMPLE_NOW + 3600)[2], before / 2);
    CHECK_EQ(sotto_wasm_profile_read(5, 0, SAMPLE_NOW)[3], SAMPLE_NOW);
    CHECK_EQ(sotto_wasm_profile_forget_item((uint32_t)sample_hash(4),
                                            (uint32_t)(sample_hash(4) >> 32)), 3);
    sample_close(&shop);
}

/* A shop with a ranker, as the host has put it into memory. */
static sample_ranking ranked;

static sotto_wasm_state *ranked_page(void)
{
    static sotto_wasm_state state;
    sample_ranking_open(&ranked, &(sample_ranking_wish){
        .items = 300, .dimensions = 32, .class_count = 1, .classes = {{0, 2, 20000}},
        .encoder_hidden = 8, .hidden = 8, .vector_count = 40, .table_count = 20, .session_count = 5,
        .seed = 3});
    memset(&state, 0, sizeof state);
    state.build = SOTTO_WASM_BUILD;
    state.bundle = ranked.bundle;
    state.bundle.ranker = NULL;
    CHECK(sotto_wasm_attach(&state));
    return &state;
}

static void look_at(uint32_t item)
{
    char id[16];
    uint64_t hash = sotto_hash(id, (size_t)snprintf(id, sizeof id, "i%u", (unsigned)item));
    CHECK_EQ(sotto_wasm_track(SOTTO_VIEW, (uint32_t)hash, (uint32_t)(hash >> 32), 1, SAMPLE_NOW),
             SOTTO_OK);
}

TEST(it_ranks_for_the_shelf_behind_the_profile)
{
    sotto_wasm_state *state = ranked_page();
    CHECK_EQ(offsetof(sotto_wasm_state, shelf), SOTTO_PROFILE_SIZE);
    CHECK_EQ(sotto_wasm_shelve(7, 1, SAMPLE_NOW), SOTTO_INVALID);
    CHECK_EQ(sotto_wasm_ranker_open(ranked.part.bytes, (uint32_t)ranked.part.size), SOTTO_OK);
    CHECK_EQ(sotto_wasm_shelve(7, 1, SAMPLE_NOW), SOTTO_INVALID);

    sotto_wasm_profile_init(1, 2, SAMPLE_NOW);
    look_at(17);
    look_at(40);
    CHECK_EQ(sotto_wasm_shelve(7, 1, SAMPLE_NOW), SOTTO_OK);
    CHECK(sotto_shelf_is_fresh(&state->shelf, &state->profile));
    CHECK_EQ(state->shelf.sequence, 0x100000007u);
    CHECK_EQ(state->shelf.event_total, 2);
    CHECK(state->shelf.for_you_count > 20);

    static sotto_shelf again;
    void *scratch = malloc(sotto_rank_scratch_size());
    CHECK_EQ(sotto_shelve(&state->bundle, &state->profile, SAMPLE_NOW, 0x100000007u, scratch,
                          sotto_rank_scratch_size(), &again), SOTTO_OK);
    CHECK(memcmp(&again, &state->shelf, sizeof again) == 0);
    free(scratch);

    look_at(41);
    CHECK(!sotto_shelf_is_fresh(&state->shelf, &state->profile));
    sotto_wasm_shelf_clear();
    CHECK_EQ(state->shelf.for_you_count, 0);
    sample_ranking_close(&ranked);
}

TEST(a_ranker_that_does_not_open_leaves_none)
{
    sotto_wasm_state *state = ranked_page();
    CHECK_EQ(sotto_wasm_ranker_open(ranked.part.bytes, (uint32_t)ranked.part.size), SOTTO_OK);
    CHECK(state->bundle.ranker != NULL);
    ranked.part.bytes[ranked.part.size / 2] ^= 1;
    CHECK_EQ(sotto_wasm_ranker_open(ranked.part.bytes, (uint32_t)ranked.part.size), SOTTO_DAMAGED);
    CHECK(state->bundle.ranker == NULL);
    CHECK(state->fault.offset > 0);
    CHECK_EQ(sotto_wasm_ranker_open(ranked.part.bytes, 10), SOTTO_TRUNCATED);
    sample_ranking_close(&ranked);
}

TEST(what_is_dropped_leaves_nothing_on_the_shelf)
{
    sotto_wasm_state *state = ranked_page();
    sotto_wasm_ranker_open(ranked.part.bytes, (uint32_t)ranked.part.size);
    for (int how = 0; how < 3; how++) {
        ROW("%d", how);
        sotto_wasm_profile_init(1, 2, SAMPLE_NOW);
        look_at(17);
        CHECK_EQ(sotto_wasm_shelve(0, 0, SAMPLE_NOW), SOTTO_OK);
        CHECK(state->shelf.for_you_count > 0);
        if (how == 0) {
            sotto_wasm_profile_drop();
        } else if (how == 1) {
            sotto_wasm_profile_init(1, 2, SAMPLE_NOW);
        } else {
            sotto_wasm_profile_forget_item(1, 2);
        }
        CHECK_EQ(state->shelf.magic[0], 0);
        CHECK_EQ(state->shelf.for_you_count, 0);
    }
    sample_ranking_close(&ranked);
}
