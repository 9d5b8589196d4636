/*
 * test_wasm_plan.c - what a page calls for its campaigns, called natively
 */
#include "test.h"

#include "bindings/wasm_plan.h"
#include "planned.h"

static sotto_wasm_state *page(void)
{
    static sotto_wasm_state state;
    memset(&state, 0, sizeof state);
    state.build = SOTTO_WASM_BUILD;
    state.bundle = planned.shop.bundle;
    CHECK(sotto_wasm_attach(&state));
    return &state;
}

static bool says(const sotto_text *text, const char *wanted)
{
    return text && text->size == strlen(wanted) && memcmp(text->bytes, wanted, text->size) == 0;
}

static sotto_wasm_state *page_with_plan(void)
{
    planned_enter();
    planned_campaign("hello", SOTTO_POPUP)->cap_session = 1;
    planned_campaign("banner", SOTTO_HERO)->place = planned_text("home");
    planned_publish();
    sotto_wasm_state *state = page();
    CHECK_EQ(sotto_wasm_plan_open(), SOTTO_OK);
    return state;
}

/* First, since later the room was taken: before a plan was opened there is nothing, and no harm. */
TEST(without_a_plan_every_call_is_harmless)
{
    planned_enter();
    page();
    CHECK(!sotto_wasm_plan_counts());
    CHECK(!sotto_wasm_ledger());
    CHECK(!sotto_wasm_ledger_is_open());
    CHECK(!sotto_wasm_scene());
    CHECK_EQ(sotto_wasm_ledger_init(), SOTTO_INVALID);
    CHECK_EQ(sotto_wasm_ledger_open(0), SOTTO_INVALID);
    CHECK_EQ(sotto_wasm_ledger_fold(SOTTO_VIEW, 1, 0, 1, PLANNED_NOON, 0), SOTTO_INVALID);
    CHECK_EQ(sotto_wasm_moment(), SOTTO_INVALID);
    CHECK(!sotto_wasm_segments());
    CHECK(!sotto_wasm_arbitrate(NULL, 0));
    CHECK(!sotto_wasm_cart());
    CHECK_EQ(sotto_wasm_arm(0), SOTTO_NO_ARM);
    sotto_wasm_ledger_seal();
    sotto_wasm_ledger_drop();
    sotto_wasm_ledger_forget_item(1, 0);
    planned_leave();
}

TEST(the_ledger_is_the_profiles)
{
    sotto_wasm_state *state = page_with_plan();
    CHECK_EQ(sotto_wasm_plan_counts()[1], 2);
    CHECK_EQ(sotto_wasm_ledger_init(), SOTTO_INVALID);
    sotto_wasm_profile_init(7, 0, PLANNED_NOON);
    CHECK_EQ(sotto_wasm_ledger_init(), SOTTO_OK);
    CHECK(sotto_wasm_ledger_is_open());

    uint64_t hello = sotto_wasm_campaign(0)->key;
    CHECK_EQ(sotto_wasm_ledger_fold(SOTTO_IMPRESSION, (uint32_t)hello, (uint32_t)(hello >> 32), 1,
                                    PLANNED_NOON, 0), SOTTO_OK);
    sotto_wasm_ledger_seal();
    uint8_t saved[SOTTO_LEDGER_SIZE];
    memcpy(saved, sotto_wasm_ledger(), sizeof saved);

    sotto_wasm_ledger_drop();
    CHECK(!sotto_wasm_ledger_is_open());
    memcpy(sotto_wasm_ledger(), saved, sizeof saved);
    CHECK_EQ(sotto_wasm_ledger_open(sizeof saved), SOTTO_OK);
    CHECK(memcmp(sotto_wasm_ledger(), saved, sizeof saved) == 0);

    saved[100] ^= 1;
    memcpy(sotto_wasm_ledger(), saved, sizeof saved);
    CHECK_EQ(sotto_wasm_ledger_open(sizeof saved), SOTTO_DAMAGED);
    CHECK(sotto_wasm_ledger_is_open());

    /* Another profile's is replaced by an empty one. */
    saved[100] ^= 1;
    state->profile.seed = 8;
    memcpy(sotto_wasm_ledger(), saved, sizeof saved);
    CHECK(sotto_wasm_ledger_open(sizeof saved) != SOTTO_OK);
    CHECK_EQ(((const struct sotto_ledger *)(const void *)sotto_wasm_ledger())->seed, 8);
    planned_leave();
}

TEST(a_moment_is_decided)
{
    page_with_plan();
    sotto_wasm_ledger_drop();
    *sotto_wasm_scene() = (sotto_scene){.now_s = PLANNED_NOON};
    REQUIRE(sotto_wasm_moment() == SOTTO_OK);
    const sotto_verdicts *verdicts = sotto_wasm_arbitrate(NULL, 0);
    REQUIRE(verdicts);
    CHECK_EQ(verdicts->count, 2);
    CHECK_EQ(verdicts->list[0].rule, SOTTO_VERDICT_CONSENT);
    CHECK_EQ(verdicts->list[1].rule, SOTTO_SHOWN);

    sotto_wasm_profile_init(7, 0, PLANNED_NOON);
    sotto_wasm_ledger_init();
    REQUIRE(sotto_wasm_moment() == SOTTO_OK);
    verdicts = sotto_wasm_arbitrate(NULL, 0);
    REQUIRE(verdicts);
    CHECK_EQ(verdicts->list[0].rule, SOTTO_SHOWN);

    const uint32_t unplaced = 3;
    sotto_wasm_scene()->unplaced = &unplaced;
    REQUIRE(sotto_wasm_moment() == SOTTO_OK);
    verdicts = sotto_wasm_arbitrate(NULL, 0);
    REQUIRE(verdicts);
    CHECK_EQ(verdicts->list[1].rule, SOTTO_VERDICT_PLACE);
    CHECK_EQ(verdicts->list[1].detail, SOTTO_NONE);
    CHECK_EQ(sotto_wasm_cart()->pieces, 0);
    planned_leave();
}

TEST(the_plan_is_read)
{
    page_with_plan();
    CHECK(says(&sotto_wasm_campaign(0)->name, "hello"));
    CHECK(says(&sotto_wasm_campaign(1)->place, "home"));
    CHECK_EQ(sotto_wasm_campaign_field(0, 1)->size, 0);
    CHECK(!sotto_wasm_hand_off(0));
    CHECK(!sotto_wasm_account(0));
    CHECK(sotto_wasm_shop_name()->size > 0);
    planned_leave();
}
