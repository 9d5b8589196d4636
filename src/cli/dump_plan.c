/*
 * dump_plan.c - segments, campaigns, experiments and offers as JSON
 *
 * The schema is that of tests/reference/README.md. Programs are lists of numbers, so that a second
 * reader can print the same without knowing what they mean.
 */
#include "base/bytes.h"
#include "cli/document.h"
#include "cli/expression.h"
#include "format/layout_plan.h"

static void dump_index(cli_json *json, const char *key, uint32_t index)
{
    if (index == SOTTO_NONE) {
        cli_json_null(json, key);
    } else {
        cli_json_number(json, key, index);
    }
}

static void dump_pair(cli_json *json, const char *key, uint32_t first, uint32_t second)
{
    cli_json_array(json, key);
    cli_json_number(json, NULL, first);
    cli_json_number(json, NULL, second);
    cli_json_end(json);
}

static void dump_three(cli_json *json, const char *key, uint32_t first, uint32_t second,
                       uint32_t third)
{
    cli_json_array(json, key);
    cli_json_number(json, NULL, first);
    cli_json_number(json, NULL, second);
    cli_json_number(json, NULL, third);
    cli_json_end(json);
}

static void dump_program(cli_json *json, const char *key, sotto_program program)
{
    uint32_t at = 0;
    cli_instruction instruction;
    if (!program.bytes) {
        cli_json_null(json, key);
        return;
    }
    cli_json_array(json, key);
    while (cli_instruction_read(program.bytes, program.size, &at, &instruction)) {
        cli_json_array(json, NULL);
        cli_json_number(json, NULL, instruction.op);
        for (uint32_t i = 0; i < instruction.operand_count; i++) {
            cli_json_signed(json, NULL, instruction.operands[i]);
        }
        cli_json_end(json);
    }
    cli_json_end(json);
}

/* ---- What holds for all ---------------------------------------------------------------------- */

static void dump_texts_and_keys(cli_json *json, const sotto_plan *plan)
{
    cli_json_array(json, "strings");
    for (uint32_t i = 0; i < plan->string_count; i++) {
        cli_json_bytes(json, NULL, sotto_plan_text(plan, i));
    }
    cli_json_end(json);
    cli_json_array(json, "keys");
    for (uint32_t i = 0; i < plan->key_count; i++) {
        cli_json_object(json, NULL);
        cli_json_number(json, "kind", plan->key_kinds[i]);
        cli_json_hash(json, "hash", sotto_plan_key_hash(plan, i));
        cli_json_end(json);
    }
    cli_json_end(json);
}

static void dump_places(cli_json *json, const sotto_plan *plan)
{
    cli_json_array(json, "places");
    for (uint32_t i = 0; i < plan->rules.place_count; i++) {
        const uint8_t *place = plan->rules.places + (size_t)SOTTO_DECI_PLACE_SIZE * i;
        cli_json_object(json, NULL);
        cli_json_bytes(json, "name", sotto_plan_text(plan, sotto_load_u16(place)));
        cli_json_number(json, "session", sotto_load_u16(place + 2));
        cli_json_number(json, "day", sotto_load_u16(place + 4));
        cli_json_end(json);
    }
    cli_json_end(json);
}

static void dump_account(cli_json *json, const sotto_plan *plan)
{
    cli_json_array(json, "account");
    for (uint32_t i = 0; i < plan->rules.account_count; i++) {
        const uint8_t *entry = plan->rules.account + (size_t)SOTTO_DECI_ACCOUNT_SIZE * i;
        cli_json_object(json, NULL);
        cli_json_bytes(json, "name", sotto_plan_text(plan, sotto_load_u16(entry)));
        cli_json_number(json, "kind", entry[2]);
        cli_json_end(json);
    }
    cli_json_end(json);
    cli_json_array(json, "hand_offs");
    for (uint32_t i = 0; i < plan->rules.hand_off_count; i++) {
        const uint8_t *hand_off = plan->rules.hand_offs + (size_t)SOTTO_DECI_HAND_OFF_SIZE * i;
        cli_json_object(json, NULL);
        cli_json_bytes(json, "name", sotto_plan_text(plan, sotto_load_u16(hand_off)));
        cli_json_bytes(json, "address", sotto_plan_text(plan, sotto_load_u16(hand_off + 2)));
        cli_json_end(json);
    }
    cli_json_end(json);
}

static void dump_rules(cli_json *json, const sotto_plan *plan)
{
    const sotto_plan_rules *rules = &plan->rules;
    cli_json_object(json, "rules");
    cli_json_number(json, "holdout", rules->holdout);
    cli_json_number(json, "ceiling_session", rules->ceiling_session);
    cli_json_number(json, "ceiling_day", rules->ceiling_day);
    cli_json_number(json, "gap_s", rules->gap_s);
    cli_json_number(json, "quiet_from", rules->quiet_from);
    cli_json_number(json, "quiet_to", rules->quiet_to);
    cli_json_number(json, "after_purchase_s", rules->after_purchase_s);
    cli_json_number(json, "idle_s", rules->idle_s);
    dump_pair(json, "recency_s", rules->recency_s[0], rules->recency_s[1]);
    if (rules->by_spent) {
        dump_pair(json, "spent", rules->spent[0], rules->spent[1]);
    } else {
        cli_json_null(json, "spent");
    }
    dump_pair(json, "orders", rules->orders[0], rules->orders[1]);
    cli_json_number(json, "rhythm_s", rules->rhythm_s);
    cli_json_array(json, "clusters");
    for (uint32_t i = 0; i < rules->cluster_count; i++) {
        cli_json_bytes(json, NULL, rules->clusters[i]);
    }
    cli_json_end(json);
    dump_places(json, plan);
    dump_account(json, plan);
    cli_json_end(json);
}

/* ---- Lists ----------------------------------------------------------------------------------- */

static void dump_segments(cli_json *json, const sotto_plan *plan)
{
    cli_json_array(json, "segments");
    for (uint32_t i = 0; i < plan->segment_count; i++) {
        cli_json_object(json, NULL);
        cli_json_bytes(json, "name", sotto_segment_name(plan, i));
        dump_program(json, "program", sotto_segment_program(plan, i));
        cli_json_end(json);
    }
    cli_json_end(json);
}

static void dump_experiment(cli_json *json, const sotto_experiment *experiment)
{
    cli_json_object(json, NULL);
    cli_json_bytes(json, "name", experiment->name);
    cli_json_bytes(json, "seed", experiment->seed);
    cli_json_number(json, "allocation", (uint64_t)experiment->allocation);
    cli_json_number(json, "hash_version", experiment->hash_version);
    cli_json_number(json, "win_by", experiment->win_by);
    cli_json_number(json, "coverage", experiment->coverage);
    cli_json_number(json, "epsilon", experiment->epsilon);
    if (experiment->space.size) {
        cli_json_object(json, "namespace");
        cli_json_bytes(json, "name", experiment->space);
        cli_json_number(json, "from", experiment->space_from);
        cli_json_number(json, "to", experiment->space_to);
        cli_json_end(json);
    } else {
        cli_json_null(json, "namespace");
    }
    cli_json_array(json, "arms");
    for (uint32_t i = 0; i < experiment->arm_count; i++) {
        const sotto_arm *arm = &experiment->arms[i];
        cli_json_object(json, NULL);
        cli_json_bytes(json, "name", arm->name);
        cli_json_number(json, "weight", arm->weight);
        cli_json_number(json, "won", arm->won);
        cli_json_number(json, "lost", arm->lost);
        cli_json_end(json);
    }
    cli_json_end(json);
    cli_json_end(json);
}

static void dump_offer(cli_json *json, const sotto_plan *plan, const sotto_offer *offer)
{
    const uint8_t *at = offer->codes;
    cli_json_object(json, NULL);
    cli_json_bytes(json, "name", offer->name);
    cli_json_number(json, "kind", (uint64_t)offer->kind);
    cli_json_number(json, "ends_s", offer->ends_s);
    cli_json_number(json, "threshold", offer->threshold);
    cli_json_bytes(json, "label", offer->label);
    cli_json_array(json, "codes");
    for (uint32_t i = 0; i < offer->code_count; i++) {
        cli_json_bytes(json, NULL, sotto_plan_text(plan, sotto_plan_varint(&at)));
    }
    cli_json_end(json);
    cli_json_array(json, "items");
    at = offer->items;
    for (uint32_t i = 0; i < offer->item_count; i++) {
        cli_json_hash(json, NULL, sotto_plan_key_hash(plan, sotto_plan_varint(&at)));
    }
    cli_json_end(json);
    cli_json_end(json);
}

/* ---- Campaigns ------------------------------------------------------------------------------- */

static void dump_triggers(cli_json *json, const sotto_campaign *campaign)
{
    cli_json_array(json, "triggers");
    for (uint32_t i = 0; i < campaign->trigger_count; i++) {
        cli_json_object(json, NULL);
        cli_json_number(json, "kind", campaign->triggers[i].kind);
        cli_json_number(json, "a", campaign->triggers[i].a);
        cli_json_number(json, "b", campaign->triggers[i].b);
        cli_json_end(json);
    }
    cli_json_end(json);
}

static void dump_fields(cli_json *json, const sotto_plan *plan, const sotto_campaign *campaign)
{
    cli_json_array(json, "fields");
    for (uint32_t key = 1; key <= SOTTO_PLAN_MAX_FIELD; key++) {
        if ((campaign->field_keys >> (key - 1) & 1) != 0) {
            cli_json_object(json, NULL);
            cli_json_number(json, "key", key);
            cli_json_bytes(json, "value", sotto_campaign_field(plan, campaign, key));
            cli_json_end(json);
        }
    }
    cli_json_end(json);
}

static void dump_campaign(cli_json *json, const sotto_plan *plan, const sotto_campaign *campaign)
{
    cli_json_object(json, NULL);
    cli_json_bytes(json, "name", campaign->name);
    cli_json_hash(json, "key", campaign->key);
    cli_json_number(json, "block", (uint64_t)campaign->block);
    cli_json_bytes(json, "place", campaign->place);
    cli_json_number(json, "priority", campaign->priority);
    cli_json_number(json, "flags", campaign->flags);
    dump_program(json, "when", campaign->when);
    dump_triggers(json, campaign);
    cli_json_number(json, "starts_s", campaign->starts_s);
    cli_json_number(json, "ends_s", campaign->ends_s);
    dump_three(json, "caps", campaign->cap_session, campaign->cap_day, campaign->cap_ever);
    dump_three(json, "pauses", campaign->pause_dismissed_s, campaign->pause_purchase_s,
               campaign->pause_shown_s);
    dump_pair(json, "hours", campaign->from_minute, campaign->to_minute);
    cli_json_number(json, "group", campaign->group);
    dump_index(json, "experiment", campaign->experiment);
    cli_json_number(json, "arms", campaign->arms);
    dump_index(json, "offer", campaign->offer);
    cli_json_bytes(json, "slot", campaign->slot);
    cli_json_number(json, "least_items", campaign->least_items);
    dump_fields(json, plan, campaign);
    cli_json_end(json);
}

void cli_dump_plan(cli_json *json, const sotto_plan *plan)
{
    if (!plan) {
        cli_json_null(json, "plan");
        return;
    }
    cli_json_object(json, "plan");
    dump_texts_and_keys(json, plan);
    dump_rules(json, plan);
    dump_segments(json, plan);
    cli_json_array(json, "experiments");
    for (uint32_t i = 0; i < sotto_experiment_count(plan); i++) {
        sotto_experiment experiment = sotto_experiment_get(plan, i);
        dump_experiment(json, &experiment);
    }
    cli_json_end(json);
    cli_json_array(json, "offers");
    for (uint32_t i = 0; i < sotto_offer_count(plan); i++) {
        sotto_offer offer = sotto_offer_get(plan, i);
        dump_offer(json, plan, &offer);
    }
    cli_json_end(json);
    cli_json_array(json, "campaigns");
    for (uint32_t i = 0; i < sotto_campaign_count(plan); i++) {
        sotto_campaign campaign = sotto_campaign_get(plan, i);
        dump_campaign(json, plan, &campaign);
    }
    cli_json_end(json);
    cli_json_end(json);
}
