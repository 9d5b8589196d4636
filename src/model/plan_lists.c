/*
 * plan_lists.c - segments, experiments, offers and campaigns, checked once
 *
 *     count | size, thing | size, thing | ...
 *
 * A thing of a list is read within its own size: what a later version adds behind is passed over. A
 * segment has no size but its program's. Programs are checked where they lie (model/program.h), and
 * what begins where is noted for asking (plan.c).
 */
#include "model/plan_lists.h"

#include "base/hash.h"
#include "format/layout_plan.h"
#include "model/program.h"

/* Reads one thing of a list, up to the reader's end, and may leave some of it. */
typedef void read_thing(sotto_plan *plan, sotto_reader *reader, uint32_t index);

/* A list whose things say their size; notes where each begins. */
static void open_list(sotto_plan *plan, sotto_reader *reader, uint32_t most,
                      const uint8_t **starts, uint32_t *count, read_thing *read)
{
    uint32_t listed = sotto_reader_number(reader, 4, 0, most);
    uint32_t section_end = reader->end;
    for (uint32_t i = 0; i < listed && reader->status == SOTTO_OK; i++) {
        starts[i] = sotto_reader_take(reader, 0);
        uint32_t size = sotto_reader_varint(reader, 0, UINT32_MAX);
        uint32_t start = reader->at;
        if (sotto_reader_take(reader, size) == NULL) {
            return;
        }
        reader->at = start;
        reader->end = start + size;
        read(plan, reader, i);
        reader->at = start + size;
        reader->end = section_end;
    }
    sotto_reader_finish(reader);
    *count = listed;
}

static uint32_t read_string(const sotto_plan *plan, sotto_reader *reader)
{
    return sotto_reader_varint(reader, 0, plan->string_count - 1);
}

/* A text that can be a name. */
static uint32_t read_name(const sotto_plan *plan, sotto_reader *reader)
{
    uint32_t start = reader->at;
    uint32_t name = read_string(plan, reader);
    if (reader->status == SOTTO_OK &&
        sotto_plan_text(plan, name).size - 1 >= SOTTO_PLAN_MAX_NAME_SIZE) {
        sotto_reader_refuse(reader, SOTTO_INVALID, start, "not a name");
    }
    return name;
}

/* Of a segment that only the plan's own expressions ask for, the empty text. */
static uint32_t read_segment_name(const sotto_plan *plan, sotto_reader *reader)
{
    const uint8_t *at = sotto_reader_take(reader, 0);
    bool nameless = sotto_reader_left(reader) > 0 && *at == 0;
    return nameless ? read_string(plan, reader) : read_name(plan, reader);
}

/* A program, after its size. */
static void read_program(const sotto_plan *plan, sotto_reader *reader, uint32_t segment_limit)
{
    uint32_t size = sotto_reader_varint(reader, 1, SOTTO_PLAN_MAX_PROGRAM);
    uint32_t start = reader->at;
    uint32_t end = reader->end;
    if (sotto_reader_take(reader, size) != NULL) {
        reader->at = start;
        reader->end = start + size;
        sotto_program_check(reader, plan, segment_limit);
        reader->at = start + size;
        reader->end = end;
    }
}

void sotto_plan_segments_open(sotto_plan *plan, sotto_reader *reader)
{
    uint32_t count = sotto_reader_number(reader, 4, 0, SOTTO_MAX_SEGMENTS);
    for (uint32_t i = 0; i < count && reader->status == SOTTO_OK; i++) {
        plan->segments[i] = sotto_reader_take(reader, 0);
        bool shared = plan->named_count < i;
        uint32_t name = shared ? sotto_reader_varint(reader, 0, 0) : read_segment_name(plan, reader);
        plan->named_count += name != 0;
        read_program(plan, reader, i);
    }
    sotto_reader_finish(reader);
    plan->segment_count = count;
}

static void read_experiment(sotto_plan *plan, sotto_reader *reader, uint32_t index)
{
    (void)index;
    read_name(plan, reader);
    uint32_t start = reader->at;
    uint32_t how = sotto_reader_number(reader, 1, 0, UINT8_MAX);
    uint32_t allocation = how & SOTTO_EXPT_ALLOCATION;
    if (allocation > SOTTO_THOMPSON || how >> SOTTO_EXPT_WIN_SHIFT > 2) {
        sotto_reader_refuse(reader, SOTTO_INVALID, start, "value out of range");
    }
    read_string(plan, reader);
    sotto_reader_number(reader, 2, 0, SOTTO_PLAN_WHOLE);
    uint32_t arm_count = sotto_reader_number(reader, 1, 2, SOTTO_MAX_ARMS);
    uint32_t total = 0;
    for (uint32_t i = 0; i < arm_count; i++) {
        read_name(plan, reader);
        total += sotto_reader_number(reader, 2, 0, SOTTO_PLAN_WHOLE);
    }
    if (total != SOTTO_PLAN_WHOLE) {
        sotto_reader_refuse(reader, SOTTO_INVALID, start, "weights that are not a whole");
    }
    if (allocation == SOTTO_EPSILON_GREEDY) {
        sotto_reader_number(reader, 2, 0, SOTTO_PLAN_WHOLE);
    }
    for (uint32_t i = 0; allocation != SOTTO_FIXED && i < 2 * arm_count; i++) {
        sotto_reader_number(reader, 1, 1, SOTTO_PLAN_MAX_KNOWN);
    }
    if ((how & SOTTO_EXPT_HAS_SPACE) != 0) {
        read_name(plan, reader);
        uint32_t from = sotto_reader_number(reader, 2, 0, SOTTO_PLAN_WHOLE);
        sotto_reader_number(reader, 2, from, SOTTO_PLAN_WHOLE);
    }
}

static void read_offer(sotto_plan *plan, sotto_reader *reader, uint32_t index)
{
    (void)index;
    read_name(plan, reader);
    sotto_reader_number(reader, 1, SOTTO_CODE, SOTTO_EARLY_ACCESS);
    sotto_reader_u32(reader);
    sotto_reader_varint(reader, 0, UINT32_MAX);
    read_string(plan, reader);
    uint32_t code_count = sotto_reader_number(reader, 1, 0, SOTTO_PLAN_MAX_CODES);
    for (uint32_t i = 0; i < code_count; i++) {
        read_string(plan, reader);
    }
    uint32_t item_count = sotto_reader_number(reader, 1, 0, SOTTO_PLAN_MAX_OFFER_ITEMS);
    for (uint32_t i = 0; i < item_count; i++) {
        uint32_t start = reader->at;
        uint32_t key = sotto_reader_varint(reader, 0, UINT32_MAX);
        if (reader->status == SOTTO_OK &&
            (key >= plan->key_count || plan->key_kinds[key] != SOTTO_KEY_ITEM)) {
            sotto_reader_refuse(reader, SOTTO_INVALID, start, "index past the end");
        }
    }
}

static void read_triggers(const sotto_plan *plan, sotto_reader *reader)
{
    uint32_t head = SOTTO_TRIGGER_MORE;
    for (uint32_t left = SOTTO_PLAN_MAX_TRIGGERS; (head & SOTTO_TRIGGER_MORE) != 0; left--) {
        head = sotto_reader_number(reader, 1, 0,
                                   left == 1 ? SOTTO_TRIGGER_MORE - 1 : UINT8_MAX);
        bool event = (head & SOTTO_TRIGGER_KIND) == SOTTO_ON_EVENT;
        if ((head & SOTTO_TRIGGER_HAS_A) != 0) {
            sotto_reader_varint(reader, 0, UINT32_MAX);
        }
        if ((head & SOTTO_TRIGGER_HAS_B) != 0) {
            sotto_reader_varint(reader, 0, event ? plan->string_count - 1 : UINT32_MAX);
        }
    }
}

/* Of a span, that its seconds are a number of 32 bits. */
static void read_span(sotto_reader *reader)
{
    uint32_t start = reader->at;
    uint32_t span = sotto_reader_varint(reader, 0, UINT32_MAX);
    if (span >> SOTTO_SPAN_BITS > UINT32_MAX / sotto_span_unit_s(span)) {
        sotto_reader_refuse(reader, SOTTO_INVALID, start, "value out of range");
    }
}

static void read_fields(const sotto_plan *plan, sotto_reader *reader)
{
    uint32_t keys = sotto_reader_varint(reader, 0, UINT32_MAX);
    for (; keys != 0; keys &= keys - 1) {
        read_string(plan, reader);
    }
}

/* The number of something there are `count` of, in one byte. */
static uint32_t read_index(sotto_reader *reader, uint32_t count)
{
    uint32_t start = reader->at;
    uint32_t index = sotto_reader_number(reader, 1, 0, UINT8_MAX);
    if (index >= count) {
        sotto_reader_refuse(reader, SOTTO_INVALID, start, "index past the end");
    }
    return index;
}

static void read_arms(const sotto_plan *plan, sotto_reader *reader)
{
    uint32_t experiment = read_index(reader, plan->experiment_count);
    uint32_t most = 0;
    if (reader->status == SOTTO_OK) {
        most = (1u << sotto_experiment_get(plan, experiment).arm_count) - 1;
    }
    uint32_t start = reader->at;
    if ((sotto_reader_number(reader, 1, 0, UINT8_MAX) & ~most) != 0) {
        sotto_reader_refuse(reader, SOTTO_INVALID, start, "index past the end");
    }
}

/* The kinds of contents that a campaign may have, in the order of their bits. */
static void read_campaign_more(const sotto_plan *plan, sotto_reader *reader, uint32_t has)
{
    if ((has & SOTTO_CAMP_WHEN) != 0) {
        read_program(plan, reader, plan->segment_count);
    }
    if ((has & SOTTO_CAMP_TRIGGERS) != 0) {
        read_triggers(plan, reader);
    }
    for (uint32_t i = 0; (has & SOTTO_CAMP_CAPS) != 0 && i < 3; i++) {
        sotto_reader_varint(reader, 0, UINT32_MAX);
    }
    for (uint32_t i = 0; (has & SOTTO_CAMP_PAUSES) != 0 && i < 3; i++) {
        read_span(reader);
    }
    if ((has & SOTTO_CAMP_SLOT) != 0) {
        read_name(plan, reader);
        sotto_reader_take(reader, 1);
    }
    if ((has & SOTTO_CAMP_GROUP) != 0) {
        sotto_reader_number(reader, 1, 1, UINT8_MAX);
    }
    if ((has & SOTTO_CAMP_FIELDS) != 0) {
        read_fields(plan, reader);
    }
    if ((has & SOTTO_CAMP_FLAGS) != 0) {
        sotto_reader_take(reader, 1);
    }
    if ((has & SOTTO_CAMP_DATES) != 0) {
        sotto_reader_take(reader, 8);
    }
    if ((has & SOTTO_CAMP_HOURS) != 0) {
        sotto_reader_number(reader, 2, 0, SOTTO_PLAN_DAY_MINUTES);
        sotto_reader_number(reader, 2, 0, SOTTO_PLAN_DAY_MINUTES);
    }
    if ((has & SOTTO_CAMP_EXPERIMENT) != 0) {
        read_arms(plan, reader);
    }
    if ((has & SOTTO_CAMP_OFFER) != 0) {
        read_index(reader, plan->offer_count);
    }
}

static void read_campaign(sotto_plan *plan, sotto_reader *reader, uint32_t index)
{
    uint32_t name = read_name(plan, reader);
    sotto_reader_number(reader, 1, SOTTO_CAROUSEL, SOTTO_QUIZ);
    read_string(plan, reader);
    sotto_reader_number(reader, 1, 0, SOTTO_PLAN_MAX_PRIORITY);
    uint32_t has = sotto_reader_varint(reader, 0, UINT32_MAX);
    read_campaign_more(plan, reader, has);
    sotto_text text = sotto_plan_text(plan, name);
    plan->campaign_keys[index] = sotto_hash(text.bytes, text.size);
}

void sotto_plan_experiments_open(sotto_plan *plan, sotto_reader *reader)
{
    open_list(plan, reader, SOTTO_MAX_EXPERIMENTS, plan->experiments, &plan->experiment_count,
              read_experiment);
}

void sotto_plan_offers_open(sotto_plan *plan, sotto_reader *reader)
{
    open_list(plan, reader, SOTTO_MAX_OFFERS, plan->offers, &plan->offer_count, read_offer);
}

void sotto_plan_campaigns_open(sotto_plan *plan, sotto_reader *reader)
{
    open_list(plan, reader, SOTTO_MAX_CAMPAIGNS, plan->campaigns, &plan->campaign_count,
              read_campaign);
}
