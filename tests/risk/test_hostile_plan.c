/*
 * test_hostile_plan.c - campaigns from an enemy: every byte of a plan changed, cut, moved
 *
 * Checksums are made right again, so what is met is the reader of the sections. A plan that opens
 * is asked everything there is to ask and decided over, with a shopper and without; under the
 * sanitizers nothing may be read that is not there. One that is refused says where, and leaves an
 * empty plan.
 */
#include "test.h"

#include "../unit/planned.h"
#include "../unit/repair.h"

static const uint8_t views[] = {0x20, 3, 0, 33, 1, 60, 0x02, 2, 0x45, 0x51, 2, 0x13, 0, 0x00};
static const uint8_t always[] = {0x03, 0x00};

/* A plan with one or two of everything. */
static void make_plan(void)
{
    static uint32_t codes[2], items[1];
    static sotto_field_content fields[2];
    static const sotto_string clusters[] = {{"fans", 4}, {"", 0}};
    static sotto_account_content account;
    static sotto_hand_off_content hand_off;
    planned_enter();
    items[0] = planned_key(SOTTO_KEY_ITEM, sample_hash(5));
    planned_key(SOTTO_KEY_CATEGORY, sample_key("Home"));
    planned.segments[0] = (sotto_segment_content){planned_text("all"), {always, 2}};
    planned.segments[1] = (sotto_segment_content){planned_text("some"), {views, sizeof views}};
    planned.content.segment_count = 2;
    sotto_experiment_content *experiment = planned_experiment("x", 3);
    experiment->allocation = SOTTO_EPSILON_GREEDY;
    experiment->has_space = true;
    experiment->space = planned_text("layer");
    experiment->space_to = 10000;
    planned_experiment("y", 2)->allocation = SOTTO_THOMPSON;
    sotto_offer_content *offer = planned_offer("offer", SOTTO_VOUCHERS);
    codes[0] = planned_text("A"), codes[1] = planned_text("B");
    offer->codes = codes, offer->code_count = 2;
    offer->items = items, offer->item_count = 1;
    fields[0] = (sotto_field_content){1, planned_text("Hello")};
    fields[1] = (sotto_field_content){2, planned_text("<img onerror=x> {shop}")};
    sotto_campaign_content *all = planned_campaign("all", SOTTO_POPUP);
    all->when = (sotto_program_content){views, sizeof views};
    planned_trigger(all, SOTTO_ON_EVENT, 0, planned_text("happened"));
    planned_trigger(all, SOTTO_ON_VIEWED_NOT_ADDED, 10, 0);
    all->starts_s = 5, all->ends_s = UINT32_MAX;
    all->cap_day = 3, all->pause_shown_s = 9, all->to_minute = 1440, all->group = 2;
    all->experiment = 1, all->arms = 3, all->offer = 0;
    all->slot = planned_text("home"), all->least_items = 1;
    all->fields = fields, all->field_count = 2;
    all->flags = SOTTO_ONCE_A_SUBJECT;
    planned_at("other", "top")->experiment = 0;
    planned.places[0] = (sotto_place_content){planned_text("top"), 1, 1};
    planned.content.place_count = 1;
    planned.content.clusters = clusters, planned.content.cluster_count = 2;
    account = (sotto_account_content){planned_text("tier"), SOTTO_ACCOUNT_TEXT};
    hand_off = (sotto_hand_off_content){planned_text("notify"), 0};
    planned.content.account = &account, planned.content.account_count = 1;
    planned.content.hand_offs = &hand_off, planned.content.hand_off_count = 1;
    planned_publish();
    for (uint32_t i = 0; i < 12; i++) {
        planned_did(i % 5 == 4 ? SOTTO_CART_ADD : SOTTO_VIEW, i);
    }
    planned_page(5);
    planned_name_event(SOTTO_IMPRESSION, "all");
}

static uint64_t sink;

static void read_text(sotto_text text)
{
    sink += text.size == 0 ? 0 : sotto_hash(text.bytes, text.size);
}

/* Asks all there is to ask. */
static void ask_plan(void)
{
    const sotto_plan *plan = &planned.plan;
    for (uint32_t i = 0; i < plan->segment_count; i++) {
        read_text(sotto_segment_name(plan, i));
    }
    for (uint32_t i = 0; i < plan->campaign_count; i++) {
        sotto_campaign campaign = sotto_campaign_get(plan, i);
        read_text(campaign.name), read_text(campaign.place), read_text(campaign.slot);
        for (uint32_t key = 0; key < 256; key += 5) {
            read_text(sotto_campaign_field(plan, &campaign, key));
        }
        CHECK(sotto_block_name(campaign.block) != NULL);
        CHECK(campaign.priority <= 100 && campaign.trigger_count <= 4);
    }
    for (uint32_t i = 0; i < plan->experiment_count; i++) {
        sotto_experiment experiment = sotto_experiment_get(plan, i);
        read_text(experiment.seed), read_text(experiment.space);
        for (uint32_t arm = 0; arm < experiment.arm_count; arm++) {
            read_text(experiment.arms[arm].name);
            sink += sotto_arm_key(&experiment, arm);
        }
    }
    for (uint32_t i = 0; i < plan->offer_count; i++) {
        sotto_offer offer = sotto_offer_get(plan, i);
        read_text(offer.label), read_text(sotto_offer_code(plan, &offer, 12345));
        sink += sotto_offer_item(plan, &offer, offer.item_count - 1);
    }
    for (uint32_t i = 0; i < plan->rules.cluster_count; i++) {
        read_text(plan->rules.clusters[i]);
    }
    for (uint32_t unknown = 0; unknown < 2; unknown++) {
        planned.unknown = unknown != 0;
        sink += sotto_segments(planned_moment())[0];
        planned_look();
        for (uint32_t i = 0; i < planned.verdicts.count; i++) {
            CHECK(sotto_rule_name(planned.verdicts.list[i].rule) != NULL);
        }
    }
}

/* Opens a file of just its size; true if its plan opens. */
static bool try_file(const uint8_t *bytes, size_t size)
{
    const sotto_bundle before = planned.shop.bundle;
    uint8_t *copy = malloc(size);
    REQUIRE(copy != NULL);
    memcpy(copy, bytes, size);
    repair_checks(copy, size);
    bool opened = false;
    if (sotto_bundle_open(&planned.shop.bundle, SOTTO_CAMPAIGNS, copy, size, NULL) == SOTTO_OK) {
        sotto_fault fault = {SIZE_MAX, NULL};
        opened = sotto_plan_open(&planned.plan, &planned.shop.bundle, &fault) == SOTTO_OK;
        if (opened) {
            ask_plan();
        } else {
            CHECK(fault.offset <= size);
            CHECK(fault.what != NULL);
            CHECK_EQ(planned.plan.campaign_count + planned.plan.segment_count, 0);
            CHECK_EQ(planned.plan.string_count, 1);
        }
    }
    planned.shop.bundle = before;
    free(copy);
    return opened;
}

/* Where the plan begins: at its texts. */
static size_t plan_start(const uint8_t *bytes)
{
    return sotto_load_u32(bytes + SOTTO_HEAD_SIZE + 3 * SOTTO_ROW_ROW_SIZE + SOTTO_ROW_OFFSET);
}

TEST(every_byte_of_a_plan)
{
    make_plan();
    sotto_bytes file = planned.shop.campaigns;
    uint32_t opened = 0;
    uint32_t refused = 0;
    for (size_t at = plan_start(file.bytes); at < file.size; at++) {
        uint8_t was = file.bytes[at];
        static const uint8_t changes[] = {1, 2, 4, 8, 16, 32, 64, 128, 255};
        for (uint32_t i = 0; i < sizeof changes; i++) {
            ROW("byte %zu, change %u", at, (unsigned)changes[i]);
            file.bytes[at] = was ^ changes[i];
            bool good = try_file(file.bytes, file.size);
            opened += good;
            refused += !good;
        }
        file.bytes[at] = was;
    }
    CHECK(opened > 500 && refused > 500);
    planned_leave();
}

/* Noise in place of several bytes at once. */
TEST(noise)
{
    make_plan();
    sotto_bytes file = planned.shop.campaigns;
    uint8_t *copy = malloc(file.size);
    REQUIRE(copy != NULL);
    size_t start = plan_start(file.bytes);
    uint64_t state = 7;
    for (uint32_t turn = 0; turn < 4000; turn++) {
        ROW("turn %u", (unsigned)turn);
        memcpy(copy, file.bytes, file.size);
        for (uint32_t i = 0; i < 1 + turn % 5; i++) {
            state = state * 6364136223846793005u + 1442695040888963407u;
            copy[start + (state >> 33) % (file.size - start)] = (uint8_t)(state >> 20);
        }
        try_file(copy, file.size);
    }
    free(copy);
    planned_leave();
}

/* Sections that end early, one after the other: a plan of what is left of them. */
TEST(sections_cut_short)
{
    make_plan();
    sotto_bytes file = planned.shop.campaigns;
    uint32_t sections = file.bytes[SOTTO_HEAD_SECTION_COUNT];
    uint8_t *row = file.bytes + SOTTO_HEAD_SIZE + (sections - 1) * SOTTO_ROW_ROW_SIZE;
    uint32_t offset = sotto_load_u32(row + SOTTO_ROW_OFFSET);
    for (size_t size = file.size - 1; size > offset; size--) {
        ROW("size %zu", size);
        sotto_store_u32(row + SOTTO_ROW_SIZE, (uint32_t)size - offset);
        sotto_store_u32(file.bytes + SOTTO_HEAD_FILE_SIZE, (uint32_t)size);
        CHECK(!try_file(file.bytes, size));
    }
    planned_leave();
}

/* A tag that nobody knows in place of one: the section is not there. */
TEST(sections_missing)
{
    make_plan();
    sotto_bytes file = planned.shop.campaigns;
    for (uint32_t i = 3; i < file.bytes[SOTTO_HEAD_SECTION_COUNT]; i++) {
        uint8_t *row = file.bytes + SOTTO_HEAD_SIZE + i * SOTTO_ROW_ROW_SIZE;
        uint8_t tag[4];
        memcpy(tag, row, 4);
        memcpy(row, "zzzz", 4);
        bool needed = memcmp(tag, "deci", 4) != 0 && memcmp(tag, "camp", 4) != 0;
        ROW("%.4s", (const char *)tag);
        CHECK_EQ(try_file(file.bytes, file.size), !needed);
        memcpy(row, tag, 4);
    }
    planned_leave();
}

/* What a later version adds behind a thing is passed over. */
TEST(more_than_is_known)
{
    planned_enter();
    planned_at("it", "top")->flags = SOTTO_WITHOUT_CONSENT;
    planned_publish();
    sotto_bytes file = planned.shop.campaigns;
    uint8_t *last = file.bytes + file.size - 1;
    CHECK_EQ(*last, SOTTO_WITHOUT_CONSENT);
    uint8_t *thing = file.bytes + (planned.plan.campaigns[0] - file.bytes);
    CHECK_EQ(thing[0], last - thing);
    uint8_t *longer = malloc(file.size + 3);
    REQUIRE(longer != NULL);
    memcpy(longer, file.bytes, file.size);
    memset(longer + file.size, 0xEE, 3);
    longer[thing - file.bytes] = (uint8_t)(thing[0] + 3);
    uint32_t sections = file.bytes[SOTTO_HEAD_SECTION_COUNT];
    uint8_t *row = longer + SOTTO_HEAD_SIZE + (sections - 1) * SOTTO_ROW_ROW_SIZE;
    sotto_store_u32(row + SOTTO_ROW_SIZE, sotto_load_u32(row + SOTTO_ROW_SIZE) + 3);
    sotto_store_u32(longer + SOTTO_HEAD_FILE_SIZE, (uint32_t)file.size + 3);
    CHECK(try_file(longer, file.size + 3));
    free(longer);
    planned_leave();
}

/* A campaigns part of another version, or of another kind, is none to look for a plan in. */
TEST(another_version)
{
    make_plan();
    planned.shop.campaigns.bytes[SOTTO_HEAD_VERSION] = 2;
    sotto_fault fault = {SIZE_MAX, NULL};
    CHECK_EQ(sotto_plan_open(&planned.plan, &planned.shop.bundle, &fault), SOTTO_WRONG_VERSION);
    CHECK_EQ(fault.offset, SOTTO_HEAD_VERSION);
    CHECK_EQ(planned.plan.campaign_count, 0);
    planned_leave();
}
