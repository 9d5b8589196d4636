/*
 * test_plan.c - what is written is read again, thing by thing
 */
#include "test.h"

#include "planned.h"
#include "repair.h"

static void check_text(sotto_text text, const char *expected)
{
    CHECK_EQ(text.size, strlen(expected));
    if (text.size == strlen(expected)) {
        CHECK_MEM(text.bytes, expected, text.size);
    }
}

/* bytes of "true" and of segment `s` */
static const uint8_t always[] = {0x03, 0x00};
static const uint8_t first_segment[] = {0x13, 0x00, 0x00};

TEST(campaigns_without_a_plan_have_an_empty_one)
{
    planned_enter();
    planned.plan.campaign_count = 9;
    REQUIRE(sotto_plan_open(&planned.plan, &planned.shop.bundle, NULL) == SOTTO_OK);
    CHECK_EQ(sotto_campaign_count(&planned.plan), 0);
    CHECK_EQ(sotto_segment_count(&planned.plan), 0);
    CHECK_EQ(sotto_experiment_count(&planned.plan), 0);
    CHECK_EQ(sotto_offer_count(&planned.plan), 0);
    check_text(sotto_plan_text(&planned.plan, 0), "");
    check_text(sotto_plan_text(&planned.plan, 7), "");
    sotto_bundle bundle;
    sotto_bundle_init(&bundle);
    CHECK_EQ(sotto_plan_open(&planned.plan, &bundle, NULL), SOTTO_OK);
    CHECK_EQ(planned.plan.rules.gap_s, 60);
    CHECK_EQ(planned.plan.rules.orders[1], 4);
    CHECK(sotto_plan_size() == sizeof(struct sotto_plan) && sotto_plan_size() < 16384);
    planned_leave();
}

TEST(rules_for_all_campaigns_are_read)
{
    static const sotto_string clusters[] = {{"bargain hunters", 15}, {"", 0}, {"fans", 4}};
    planned_enter();
    sotto_plan_content *content = &planned.content;
    content->holdout = 500;
    content->ceiling_session = 3;
    content->ceiling_day = 0;
    content->gap_s = 90;
    content->quiet_from = 1320;
    content->quiet_to = 360;
    content->after_purchase_s = 7200;
    content->idle_s = 45;
    content->recency_s[0] = 11, content->recency_s[1] = 22;
    content->spent[0] = 33, content->spent[1] = 44;
    content->orders[0] = 5, content->orders[1] = 5;
    content->clusters = clusters;
    content->cluster_count = 3;
    planned.places[0] = (sotto_place_content){planned_text("home-top"), 2, 3};
    content->place_count = 1;
    const sotto_account_content account = {planned_text("tier"), SOTTO_ACCOUNT_TEXT};
    const sotto_hand_off_content hand_off = {planned_text("notify"), planned_text("/notify")};
    content->account = &account;
    content->account_count = 1;
    content->hand_offs = &hand_off;
    content->hand_off_count = 1;
    planned_publish();
    const sotto_plan_rules *rules = &planned.plan.rules;
    CHECK_EQ(rules->holdout, 500);
    CHECK_EQ(rules->ceiling_session, 3);
    CHECK_EQ(rules->ceiling_day, 0);
    CHECK_EQ(rules->gap_s, 90);
    CHECK_EQ(rules->quiet_from, 1320);
    CHECK_EQ(rules->quiet_to, 360);
    CHECK_EQ(rules->after_purchase_s, 7200);
    CHECK_EQ(rules->idle_s, 45);
    CHECK_EQ(rules->recency_s[0] * 100 + rules->recency_s[1], 1122);
    CHECK_EQ(rules->spent[0] * 100 + rules->spent[1], 3344);
    CHECK(rules->by_spent);
    CHECK_EQ(rules->orders[0] + rules->orders[1], 10);
    REQUIRE(rules->cluster_count == 3);
    check_text(rules->clusters[0], "bargain hunters");
    check_text(rules->clusters[1], "");
    check_text(rules->clusters[2], "fans");
    REQUIRE(rules->place_count == 1 && rules->account_count == 1 && rules->hand_off_count == 1);
    check_text(sotto_plan_text(&planned.plan, sotto_load_u16(rules->places)), "home-top");
    CHECK_EQ(sotto_load_u16(rules->places + 4), 3);
    CHECK_EQ(rules->account[2], SOTTO_ACCOUNT_TEXT);
    check_text(sotto_plan_text(&planned.plan, sotto_load_u16(rules->hand_offs + 2)), "/notify");
    planned_leave();
}

TEST(keys_find_what_they_name)
{
    planned_enter();
    uint32_t item = planned_key(SOTTO_KEY_ITEM, sample_hash(7));
    uint32_t category = planned_key(SOTTO_KEY_CATEGORY, sample_key("Home > Garden"));
    uint32_t brand = planned_key(SOTTO_KEY_BRAND, sample_key("Cedar"));
    uint32_t twice = planned_key(SOTTO_KEY_CATEGORY, sample_key("Home > Garden"));
    uint32_t other_kind = planned_key(SOTTO_KEY_BRAND, sample_key("Home > Garden"));
    uint32_t unknown = planned_key(SOTTO_KEY_ITEM, 4711);
    planned_publish();
    const uint32_t *indexes = planned.plan.key_indexes;
    CHECK_EQ(indexes[item], 7);
    CHECK_EQ(indexes[category], 2);
    CHECK_EQ(indexes[brand], 2);
    CHECK_EQ(indexes[twice], 2);
    CHECK_EQ(indexes[other_kind], SOTTO_NONE);
    CHECK_EQ(indexes[unknown], SOTTO_NO_ITEM);
    CHECK(sotto_plan_key_hash(&planned.plan, brand) == sample_key("Cedar"));
    planned_leave();
}

TEST(segments_are_read)
{
    planned_enter();
    planned.segments[0] = (sotto_segment_content){planned_text("all"), {always, 2}};
    planned.segments[1] = (sotto_segment_content){planned_text("same"), {first_segment, 3}};
    planned.content.segment_count = 2;
    planned_publish();
    REQUIRE(sotto_segment_count(&planned.plan) == 2);
    check_text(sotto_segment_name(&planned.plan, 1), "same");
    CHECK_EQ(sotto_segment_program(&planned.plan, 1).size, 3);
    CHECK_MEM(sotto_segment_program(&planned.plan, 0).bytes, always, 2);
    planned_leave();
}

TEST(segments_without_a_name_are_nobodys)
{
    planned_enter();
    planned.segments[0] = (sotto_segment_content){planned_text("all"), {always, 2}};
    planned.segments[1] = (sotto_segment_content){0, {first_segment, 3}};
    planned.segments[2] = (sotto_segment_content){0, {always, 2}};
    planned.content.segment_count = 3;
    static const uint8_t third[] = {0x13, 0x02, 0x00};
    planned_at("it", "top")->when = (sotto_program_content){third, 3};
    planned_publish();
    CHECK_EQ(sotto_segment_count(&planned.plan), 1);
    CHECK_EQ(planned.plan.segment_count, 3);
    CHECK_EQ(sotto_segment_name(&planned.plan, 1).size, 0);
    CHECK_EQ(sotto_segments(planned_moment())[0], 7);
    planned_look();
    CHECK_EQ(planned.verdicts.list[0].rule, SOTTO_SHOWN);
    planned_leave();
}

TEST(experiments_are_read)
{
    planned_enter();
    planned_experiment("plain", 3);
    sotto_experiment_content *wild = planned_experiment("wild", 2);
    wild->seed = planned_text("deal again");
    wild->allocation = SOTTO_EPSILON_GREEDY;
    wild->hash_version = 1;
    wild->win_by = 2;
    wild->coverage = 8000;
    wild->epsilon = 250;
    wild->arms[1].won = 128, wild->arms[1].lost = 7;
    wild->has_space = true;
    wild->space = planned_text("layer");
    wild->space_from = 100, wild->space_to = 5000;
    planned_publish();
    sotto_experiment plain = sotto_experiment_get(&planned.plan, 0);
    check_text(plain.seed, "plain");
    CHECK_EQ(plain.arm_count, 3);
    CHECK_EQ(plain.arms[0].weight + plain.arms[1].weight + plain.arms[2].weight, 10000);
    CHECK_EQ(plain.arms[2].won + plain.arms[2].lost, 2);
    CHECK_EQ(plain.space.size, 0);
    sotto_experiment read = sotto_experiment_get(&planned.plan, 1);
    check_text(read.name, "wild");
    check_text(read.seed, "deal again");
    CHECK_EQ(read.allocation, SOTTO_EPSILON_GREEDY);
    CHECK_EQ(read.hash_version, 1);
    CHECK_EQ(read.win_by, 2);
    CHECK_EQ(read.coverage, 8000);
    CHECK_EQ(read.epsilon, 250);
    CHECK_EQ(read.arms[1].won * 1000 + read.arms[1].lost, 128007);
    check_text(read.arms[1].name, "b");
    check_text(read.space, "layer");
    CHECK_EQ(read.space_from + read.space_to, 5100);
    uint32_t arm;
    CHECK_EQ(sotto_arm_find(&planned.plan, sotto_hash("wild\0b", 6), &arm), 1);
    CHECK_EQ(arm, 1);
    CHECK_EQ(sotto_arm_find(&planned.plan, sotto_hash("wildb", 5), &arm), SOTTO_NONE);
    planned_leave();
}

TEST(offers_are_read)
{
    planned_enter();
    const uint32_t codes[] = {planned_text("A1"), planned_text("B2"), planned_text("C3")};
    const uint32_t items[] = {planned_key(SOTTO_KEY_ITEM, sample_hash(3)),
                              planned_key(SOTTO_KEY_ITEM, 1)};
    sotto_offer_content *offer = planned_offer("vip", SOTTO_VOUCHERS);
    offer->ends_s = 77;
    offer->threshold = 123456;
    offer->label = planned_text("10 % off");
    offer->codes = codes, offer->code_count = 3;
    offer->items = items, offer->item_count = 2;
    planned_publish();
    sotto_offer read = sotto_offer_get(&planned.plan, 0);
    check_text(read.name, "vip");
    CHECK(read.key == sample_key("vip"));
    CHECK_EQ(read.kind, SOTTO_VOUCHERS);
    CHECK_EQ(read.ends_s, 77);
    CHECK_EQ(read.threshold, 123456);
    check_text(read.label, "10 % off");
    CHECK_EQ(read.code_count, 3);
    CHECK_EQ(sotto_offer_item(&planned.plan, &read, 0), 3);
    CHECK_EQ(sotto_offer_item(&planned.plan, &read, 1), SOTTO_NO_ITEM);
    CHECK_EQ(sotto_offer_item(&planned.plan, &read, 2), SOTTO_NO_ITEM);
    CHECK_EQ(sotto_offer_find(&planned.plan, read.key), 0);
    CHECK_EQ(sotto_offer_find(&planned.plan, 1), SOTTO_NONE);
    planned_leave();
}

TEST(a_campaign_that_says_nothing_is_small)
{
    planned_enter();
    planned_campaign("hello", SOTTO_HERO)->place = planned_text("top");
    planned_publish();
    sotto_campaign read = sotto_campaign_get(&planned.plan, 0);
    check_text(read.name, "hello");
    check_text(read.place, "top");
    CHECK(read.key == sample_key("hello"));
    CHECK_EQ(read.block, SOTTO_HERO);
    CHECK_EQ(read.priority, 50);
    CHECK(read.when.bytes == NULL);
    CHECK_EQ(read.trigger_count, 0);
    CHECK_EQ(read.experiment, SOTTO_NONE);
    CHECK_EQ(read.offer, SOTTO_NONE);
    CHECK_EQ(read.slot.size, 0);
    CHECK_EQ(read.field_keys, 0);
    CHECK_EQ(planned.plan.campaigns[0][0], 5);
    planned_leave();
}

TEST(a_campaign_that_says_everything_is_read)
{
    planned_enter();
    planned_experiment("test", 2);
    planned_offer("code", SOTTO_CODE);
    const sotto_field_content fields[] = {{3, planned_text("Go")}, {32, planned_text("end")},
                                          {1, planned_text("Hello {shop}")}};
    sotto_campaign_content *campaign = planned_campaign("all", SOTTO_QUIZ);
    campaign->place = planned_text("top");
    campaign->priority = 100;
    campaign->flags = SOTTO_FREE_OF_CEILING | SOTTO_ONCE_A_SUBJECT;
    campaign->when = (sotto_program_content){always, 2};
    planned_trigger(campaign, SOTTO_ON_DWELL, 20, 2);
    planned_trigger(campaign, SOTTO_ON_EVENT, 0, planned_text("filtered"));
    planned_trigger(campaign, 31, 4000000000u, 5);
    planned_trigger(campaign, SOTTO_ON_EXIT, 0, 0);
    campaign->starts_s = 1, campaign->ends_s = 4000000000u;
    campaign->cap_session = 1, campaign->cap_day = 2, campaign->cap_ever = 300;
    campaign->pause_dismissed_s = 604800, campaign->pause_purchase_s = 3600;
    campaign->pause_shown_s = 600;
    campaign->from_minute = 540, campaign->to_minute = 1440;
    campaign->group = 255;
    campaign->experiment = 0, campaign->arms = 2;
    campaign->offer = 0;
    campaign->slot = planned_text("home"), campaign->least_items = 4;
    campaign->fields = fields, campaign->field_count = 3;
    planned_publish();
    sotto_campaign read = sotto_campaign_get(&planned.plan, 0);
    CHECK_EQ(read.block, SOTTO_QUIZ);
    CHECK_EQ(read.priority, 100);
    CHECK_EQ(read.flags, SOTTO_FREE_OF_CEILING | SOTTO_ONCE_A_SUBJECT);
    CHECK_EQ(read.when.size, 2);
    REQUIRE(read.trigger_count == 4);
    CHECK_EQ(read.triggers[0].a * 10 + read.triggers[0].b, 202);
    check_text(sotto_plan_text(&planned.plan, read.triggers[1].b), "filtered");
    CHECK_EQ(read.triggers[2].kind, 31);
    CHECK_EQ(read.triggers[2].a, 4000000000u);
    CHECK_EQ(read.triggers[2].b, 5);
    CHECK_EQ(read.triggers[3].kind, SOTTO_ON_EXIT);
    CHECK_EQ(read.triggers[3].a + read.triggers[3].b, 0);
    CHECK_EQ(read.starts_s, 1);
    CHECK_EQ(read.ends_s, 4000000000u);
    CHECK_EQ(read.cap_session * 10000 + read.cap_day * 1000 + read.cap_ever, 12300);
    CHECK_EQ(read.pause_dismissed_s, 604800);
    CHECK_EQ(read.pause_purchase_s, 3600);
    CHECK_EQ(read.pause_shown_s, 600);
    CHECK_EQ(read.from_minute + read.to_minute, 1980);
    CHECK_EQ(read.group, 255);
    CHECK_EQ(read.experiment + read.arms, 2);
    CHECK_EQ(read.offer, 0);
    check_text(read.slot, "home");
    CHECK_EQ(read.least_items, 4);
    check_text(sotto_campaign_field(&planned.plan, &read, 1), "Hello {shop}");
    check_text(sotto_campaign_field(&planned.plan, &read, 3), "Go");
    check_text(sotto_campaign_field(&planned.plan, &read, 32), "end");
    for (uint32_t key = 0; key < 99; key = key == 0 ? 2 : key == 2 ? 31 : key == 31 ? 33 : key + 9) {
        check_text(sotto_campaign_field(&planned.plan, &read, key), "");
    }
    CHECK_EQ(sotto_campaign_find(&planned.plan, sample_key("all")), 0);
    CHECK_EQ(sotto_campaign_find(&planned.plan, 0), SOTTO_NONE);
    planned_leave();
}

TEST(spans_of_any_size_are_read)
{
    static const struct {
        uint32_t seconds, size;
    } rows[] = {
        {1, 1}, {31, 1}, {32, 2}, {59, 2}, {60, 1}, {61, 2}, {600, 1}, {3600, 1}, {5400, 2},
        {86400, 1}, {604800, 1}, {2678400, 1}, {(1u << 30) - 1, 5}, {1u << 30, 4},
        {UINT32_MAX / 60 * 60, 5}, {UINT32_MAX / 86400 * 86400, 3},
    };
    for (size_t i = 0; i < SOTTO_ARRAY_COUNT(rows); i++) {
        ROW("%u seconds", (unsigned)rows[i].seconds);
        planned_enter();
        planned_campaign("it", SOTTO_HERO)->pause_purchase_s = rows[i].seconds;
        bool fits = rows[i].seconds % 60 == 0 || rows[i].seconds < 1u << 30;
        if (fits) {
            planned_publish();
            sotto_campaign read = sotto_campaign_get(&planned.plan, 0);
            CHECK_EQ(read.pause_purchase_s, rows[i].seconds);
            CHECK_EQ(read.pause_dismissed_s + read.pause_shown_s, 0);
            CHECK_EQ(planned.plan.campaigns[0][0], 5 + 2 + rows[i].size);
        }
        planned_leave();
    }
}

/* 49,710 days are the most that 32 bits hold; the byte that says so becomes 49,711, or hours. */
TEST(a_span_beyond_32_bits_is_refused)
{
    planned_enter();
    planned_campaign("it", SOTTO_HERO)->pause_shown_s = UINT32_MAX / 86400 * 86400;
    planned_publish();
    sotto_bytes file = planned.shop.campaigns;
    uint8_t *span = file.bytes + file.size - 3;
    REQUIRE(span[0] == ((49710 * 4 + 3) & 127) + 128);
    for (uint32_t more = 0; more < 5; more += 2) {
        sotto_fault fault = {0, ""};
        span[0] = (uint8_t)(span[0] + (more == 2 ? 4 : more == 4 ? -5 : 0));
        repair_checks(file.bytes, file.size);
        sotto_bundle_open(&planned.shop.bundle, SOTTO_CAMPAIGNS, file.bytes, file.size, &fault);
        ROW("%u", (unsigned)more);
        CHECK_EQ(sotto_plan_open(&planned.plan, &planned.shop.bundle, &fault),
                 more == 2 ? SOTTO_INVALID : SOTTO_OK);
        CHECK_EQ(fault.offset, more == 2 ? file.size - 3 : 0);
    }
    CHECK_EQ(sotto_campaign_get(&planned.plan, 0).pause_shown_s, 49710 * 3600);
    planned_leave();
}

TEST(what_interrupts)
{
    planned_enter();
    for (uint32_t block = SOTTO_CAROUSEL; block <= SOTTO_QUIZ; block++) {
        sotto_campaign campaign = {.block = (sotto_block_kind)block};
        bool over = block == SOTTO_POPUP || block == SOTTO_SLIDE_IN || block == SOTTO_QUIZ;
        ROW("block %u", (unsigned)block);
        CHECK_EQ(sotto_campaign_interrupts(&campaign), over);
        campaign.flags = SOTTO_FREE_OF_CEILING;
        CHECK(!sotto_campaign_interrupts(&campaign));
    }
    planned_leave();
}

TEST(places)
{
    planned_enter();
    planned_campaign("popup", SOTTO_POPUP)->place = planned_text("x");
    planned_campaign("slide", SOTTO_SLIDE_IN);
    planned_campaign("bar", SOTTO_BAR);
    planned_campaign("shipping", SOTTO_SHIPPING_BAR);
    planned_campaign("placed", SOTTO_SHIPPING_BAR)->place = planned_text("x");
    planned_campaign("nowhere", SOTTO_GRID);
    planned_publish();
    const uint32_t places[] = {SOTTO_PLACE_OVER, SOTTO_PLACE_OVER, SOTTO_PLACE_TOP,
                               SOTTO_PLACE_TOP, planned_text("x"), SOTTO_PLACE_NOWHERE};
    for (uint32_t i = 0; i < SOTTO_ARRAY_COUNT(places); i++) {
        CHECK_EQ(sotto_campaign_place(&planned.plan, i), places[i]);
    }
    planned_leave();
}

TEST(as_many_as_fit)
{
    char name[16];
    planned_enter();
    for (uint32_t i = 0; i < SOTTO_MAX_CAMPAIGNS; i++) {
        snprintf(name, sizeof name, "c%u", (unsigned)i);
        planned_campaign(name, SOTTO_INLINE);
        snprintf(name, sizeof name, "s%u", (unsigned)i);
        planned.segments[i] = (sotto_segment_content){planned_text(name), {always, 2}};
    }
    planned.content.segment_count = SOTTO_MAX_SEGMENTS;
    planned_publish();
    CHECK_EQ(sotto_campaign_count(&planned.plan), 256);
    check_text(sotto_campaign_get(&planned.plan, 255).name, "c255");
    check_text(sotto_segment_name(&planned.plan, 255), "s255");
    planned_leave();
}
