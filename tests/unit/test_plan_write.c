/*
 * test_plan_write.c - plans that cannot be written are refused, with a reason, and leave nothing
 */
#include "test.h"

#include "planned.h"

static const uint8_t always[] = {0x03, 0x00};

static sotto_status write_plan(void)
{
    sotto_section_list list = {.count = 0};
    const char *why = NULL;
    sotto_status status = sotto_plan_sections(&planned.content, &list, &why);
    CHECK_EQ(status == SOTTO_OK, why == NULL);
    CHECK_EQ(status == SOTTO_OK, list.count != 0);
    sotto_section_list_free(&list);
    return status;
}

TEST(only_what_says_something_is_written)
{
    planned_enter();
    sotto_section_list list = {.count = 0};
    REQUIRE(sotto_plan_sections(&planned.content, &list, NULL) == SOTTO_OK);
    CHECK_EQ(list.count, 2);
    CHECK_MEM(list.tags[0], "cstr", 4);
    CHECK_MEM(list.tags[1], "deci", 4);
    sotto_section_list_free(&list);
    planned_leave();
}

TEST(rules_for_all)
{
    static char long_text[4097];
    memset(long_text, 'x', sizeof long_text);
    const sotto_string clusters[17] = {{"a\0b", 3}};
    for (uint32_t i = 0; i < 17; i++) {
        ROW("row %u", (unsigned)i);
        planned_enter();
        sotto_plan_content *content = &planned.content;
        planned_text("name");
        switch (i) {
        case 0: break;
        case 1: content->string_count = 0; break;
        case 2: planned.strings[0] = sample_text("not empty"); break;
        case 3: planned.strings[1] = (sotto_string){"\xFF", 1}; break;
        case 4: planned.strings[1] = (sotto_string){long_text, 4097}; break;
        case 5: planned.strings[1] = sample_text(""); break;
        case 6: planned_key((sotto_key_kind)4, 1); break;
        case 7: content->key_count = 1025; break;
        case 8: content->holdout = 10001; break;
        case 9: content->ceiling_day = 65536; break;
        case 10: content->quiet_to = 1441; break;
        case 11: content->recency_s[0] = content->recency_s[1] + 1; break;
        case 12: content->clusters = clusters, content->cluster_count = 1; break;
        case 13: content->clusters = clusters, content->cluster_count = 17; break;
        case 14: planned.places[0].name = 0, content->place_count = 1; break;
        case 15: planned.places[0].name = 9, content->place_count = 1; break;
        default: planned.places[0] = (sotto_place_content){1, 65536, 0};
                 content->place_count = 1; break;
        }
        CHECK_EQ(write_plan(), i == 0 ? SOTTO_OK : SOTTO_INVALID);
        planned_leave();
    }
}

TEST(segments_experiments_offers)
{
    for (uint32_t i = 0; i < 20; i++) {
        ROW("row %u", (unsigned)i);
        planned_enter();
        planned.segments[0] = (sotto_segment_content){planned_text("s"), {always, 2}};
        planned.content.segment_count = 1;
        sotto_experiment_content *x = planned_experiment("x", 2);
        sotto_offer_content *offer = planned_offer("o", SOTTO_CODE);
        const uint32_t wrong = 999;
        switch (i) {
        case 0: break;
        case 1: planned.segments[0].name = 999; break;
        case 2: planned.segments[0].program.size = 0; break;
        case 3: planned.segments[0].program.size = 2049; break;
        case 4: planned.content.segment_count = 257; break;
        case 5: x->name = 0; break;
        case 6: x->arm_count = 1; break;
        case 7: x->arm_count = 9; break;
        case 8: x->arms[0].weight++; break;
        case 9: x->arms[1].name = 999; break;
        case 10: x->allocation = 3; break;
        case 11: x->allocation = 2, x->arms[0].won = 0; break;
        case 12: x->allocation = 1, x->arms[1].lost = 129; break;
        case 13: x->hash_version = 3; break;
        case 14: x->space_from = 2, x->space_to = 1; break;
        case 15: offer->kind = 6; break;
        case 16: offer->codes = &wrong, offer->code_count = 1; break;
        case 17: offer->items = &wrong, offer->item_count = 1; break;
        case 18: offer->code_count = 65; break;
        default:
            planned.segments[1] = planned.segments[0], planned.segments[0].name = 0;
            planned.content.segment_count = 2;
            break;
        }
        CHECK_EQ(write_plan(), i == 0 ? SOTTO_OK : SOTTO_INVALID);
        planned_leave();
    }
}

TEST(campaigns)
{
    const sotto_field_content wrong = {1, 999};
    const sotto_field_content twice[] = {{1, 0}, {2, 0}, {1, 0}}, none = {0, 0}, beyond = {33, 0};
    for (uint32_t i = 0; i < 21; i++) {
        ROW("row %u", (unsigned)i);
        planned_enter();
        planned_experiment("x", 2);
        sotto_campaign_content *it = planned_at("it", "top");
        switch (i) {
        case 0: break;
        case 1: it->name = 0; break;
        case 2: it->place = 999; break;
        case 3: it->block = 14; break;
        case 4: it->block = 0; break;
        case 5: it->priority = 101; break;
        case 6: it->group = 256; break;
        case 7: it->to_minute = 1441; break;
        case 8: it->trigger_count = 5; break;
        case 9: planned_trigger(it, SOTTO_ON_EVENT, 0, 999); break;
        case 10: it->experiment = 1; break;
        case 11: it->experiment = 0, it->arms = 4; break;
        case 12: it->offer = 0; break;
        case 13: it->fields = &wrong, it->field_count = 1; break;
        case 14: planned_at("it", "else"); break;
        case 15: it->when = (sotto_program_content){always, 0}; break;
        case 16: it->fields = twice, it->field_count = 3; break;
        case 17: it->fields = &none, it->field_count = 1; break;
        case 18: it->fields = &beyond, it->field_count = 1; break;
        case 19: planned_trigger(it, 32, 0, 0); break;
        default: it->pause_shown_s = (1u << 30) + 1; break;
        }
        CHECK_EQ(write_plan(), i == 0 ? SOTTO_OK : SOTTO_INVALID);
        planned_leave();
    }
}

TEST(a_full_list_of_sections)
{
    planned_enter();
    sotto_section_list list = {.count = 0};
    const char *why = NULL;
    for (uint32_t i = 0; i < SOTTO_MAX_LISTED_SECTIONS - 1; i++) {
        sotto_section_list_add(&list, "none", (sotto_bytes){malloc(1), 1});
    }
    CHECK_EQ(sotto_plan_sections(&planned.content, &list, &why), SOTTO_NO_ROOM);
    CHECK(why != NULL);
    CHECK_EQ(list.count, SOTTO_MAX_LISTED_SECTIONS - 1);
    sotto_section_list_free(&list);
    planned_leave();
}
