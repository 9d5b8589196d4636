/*
 * plan_open.c - the plan, checked once
 *
 *     cstr  the texts          every other section names them by their number
 *     ckey  items, categories, brands by their hashes
 *     deci  what holds for all campaigns
 *     segm  expt  offr  camp   lists of things of different sizes (plan_lists.c)
 *
 * Each section is read in this order, so that whatever a later one names has been counted.
 *
 * The plan keeps the indexes that its keys have in the model and catalogue at hand, which is why it
 * is opened again when these are replaced.
 */
#include "model/plan.h"

#include "format/layout_plan.h"
#include "format/part.h"
#include "model/bundle.h"
#include "model/plan_lists.h"

enum {
    SITE, RULE, SLOT, STRINGS, KEYS, RULES, SEGMENTS, EXPERIMENTS, OFFERS, CAMPAIGNS, KNOWN,
    REQUIRED = STRINGS
};

static const sotto_part_shape part_shape = {
    SOTTO_CAMPAIGNS, KNOWN, REQUIRED,
    {SOTTO_TAG('S', 'I', 'T', 'E'), SOTTO_TAG('R', 'U', 'L', 'E'), SOTTO_TAG('S', 'L', 'O', 'T'),
     SOTTO_TAG_STRINGS, SOTTO_TAG_KEYS, SOTTO_TAG_RULES, SOTTO_TAG_SEGMENTS,
     SOTTO_TAG_EXPERIMENTS, SOTTO_TAG_OFFERS, SOTTO_TAG_CAMPAIGNS},
};

static const sotto_field_shape rule_shapes[SOTTO_DECI_KEYS] = {
    [SOTTO_DECI_HOLDOUT] = {2, 1, 1},
    [SOTTO_DECI_CEILING] = {2, 2, 2},
    [SOTTO_DECI_GAP] = {4, 1, 1},
    [SOTTO_DECI_QUIET] = {2, 2, 2},
    [SOTTO_DECI_AFTER_PURCHASE] = {4, 1, 1},
    [SOTTO_DECI_IDLE] = {2, 1, 1},
    [SOTTO_DECI_RECENCY] = {4, 2, 2},
    [SOTTO_DECI_CLUSTERS] = {1, 0, SOTTO_ANY_COUNT},
    [SOTTO_DECI_PLACES] = {SOTTO_DECI_PLACE_SIZE, 0, SOTTO_ANY_COUNT},
    [SOTTO_DECI_ACCOUNT] = {SOTTO_DECI_ACCOUNT_SIZE, 0, SOTTO_ANY_COUNT},
    [SOTTO_DECI_HAND_OFFS] = {SOTTO_DECI_HAND_OFF_SIZE, 0, SOTTO_ANY_COUNT},
    [SOTTO_DECI_SPENT] = {4, 2, 2},
    [SOTTO_DECI_ORDERS] = {4, 2, 2},
    [SOTTO_DECI_RHYTHM] = {4, 1, 1},
};

/* Without texts there is one, the empty one. */
static const uint8_t no_strings[4 + 1];

static void init_plan(sotto_plan *plan)
{
    memset(plan, 0, sizeof *plan);
    plan->strings = (sotto_strings){no_strings, no_strings + 4, 1};
    plan->string_count = 1;
    plan->rules = (sotto_plan_rules){
        .ceiling_session = 2, .ceiling_day = 4, .gap_s = 60, .after_purchase_s = 3600,
        .idle_s = 30, .recency_s = {30 * 86400, 90 * 86400}, .orders = {2, 4},
        .rhythm_s = 14 * 86400,
    };
}

/* ---- Texts and keys -------------------------------------------------------------------------- */

/* Steps over all texts, so that asking for one never meets anything but texts. */
static void open_strings(sotto_plan *plan, sotto_reader *reader)
{
    uint32_t count = sotto_reader_number(reader, 4, 1, SOTTO_PLAN_MAX_STRINGS);
    uint32_t size = sotto_reader_u32(reader);
    uint32_t offsets_at = reader->at;
    const uint8_t *offsets = sotto_reader_take(reader, 4 * sotto_blocks_for(count));
    const uint8_t *bytes = sotto_reader_take(reader, 0);
    uint32_t start = reader->at;
    for (uint32_t i = 0; i < count && reader->status == SOTTO_OK; i++) {
        uint32_t block = 4 * (i / SOTTO_BLOCK_COUNT);
        if (i % SOTTO_BLOCK_COUNT == 0 && sotto_load_u32(offsets + block) != reader->at - start) {
            sotto_reader_refuse(reader, SOTTO_INVALID, offsets_at + block, "value out of range");
        }
        uint32_t most = i == 0 ? 0 : SOTTO_PLAN_MAX_STRING_SIZE;
        sotto_reader_take(reader, sotto_reader_varint(reader, 0, most));
    }
    sotto_reader_finish(reader);
    if (reader->at - start != size) {
        sotto_reader_refuse(reader, SOTTO_INVALID, reader->start + 4, "value out of range");
    }
    if (reader->status == SOTTO_OK) {
        plan->strings = (sotto_strings){offsets, bytes, size};
        plan->string_count = count;
    }
}

/* Whether a category or brand with such a hash can be among the keys: no need to look for most. */
typedef struct key_filter {
    uint32_t bits[32];
} key_filter;

static void fill_filter(key_filter *filter, const sotto_plan *plan, uint32_t kind)
{
    memset(filter, 0, sizeof *filter);
    for (uint32_t key = 0; key < plan->key_count; key++) {
        if (plan->key_kinds[key] == kind) {
            uint32_t low = (uint32_t)sotto_plan_key_hash(plan, key);
            filter->bits[low >> 5 & 31] |= 1u << (low & 31);
        }
    }
}

/* Gives the keys of this kind that have this hash their index. */
static void place_keys(sotto_plan *plan, const key_filter *filter, uint32_t kind, uint64_t hash,
                       uint32_t index)
{
    if ((filter->bits[hash >> 5 & 31] >> (hash & 31) & 1) == 0) {
        return;
    }
    for (uint32_t key = 0; key < plan->key_count; key++) {
        if (plan->key_kinds[key] == kind && sotto_plan_key_hash(plan, key) == hash) {
            plan->key_indexes[key] = index;
        }
    }
}

/* The names of categories and brands are gone over once, not once for each key. */
static void resolve_keys(sotto_plan *plan, const sotto_bundle *bundle)
{
    for (uint32_t key = 0; key < plan->key_count; key++) {
        plan->key_indexes[key] = SOTTO_NONE;
        if (plan->key_kinds[key] == SOTTO_KEY_ITEM) {
            plan->key_indexes[key] = sotto_item_find_hash(bundle, sotto_plan_key_hash(plan, key));
        }
    }
    key_filter filter;
    fill_filter(&filter, plan, SOTTO_KEY_CATEGORY);
    for (uint32_t i = 0; i < sotto_category_count(bundle); i++) {
        place_keys(plan, &filter, SOTTO_KEY_CATEGORY, sotto_category_key(bundle, i), i);
    }
    fill_filter(&filter, plan, SOTTO_KEY_BRAND);
    for (uint32_t i = 0; i < sotto_brand_count(bundle); i++) {
        place_keys(plan, &filter, SOTTO_KEY_BRAND, sotto_brand_key(bundle, i), i);
    }
}

static void open_keys(sotto_plan *plan, sotto_reader *reader)
{
    uint32_t count = sotto_reader_number(reader, 4, 0, SOTTO_PLAN_MAX_KEYS);
    plan->key_hashes = sotto_reader_take(reader, 8 * count);
    plan->key_kinds = sotto_reader_take(reader, 0);
    for (uint32_t i = 0; i < count && reader->status == SOTTO_OK; i++) {
        sotto_reader_number(reader, 1, SOTTO_KEY_ITEM, SOTTO_KEY_BRAND);
    }
    sotto_reader_finish(reader);
    plan->key_count = count;
}

/* ---- What holds for all campaigns ------------------------------------------------------------ */

/* The two numbers of a field that are at most `most`. */
static void read_pair(sotto_reader *reader, const sotto_field_bytes *field, uint32_t most,
                      uint32_t *first, uint32_t *second)
{
    if (field->bytes == NULL) {
        return;
    }
    *first = sotto_load_u16(field->bytes);
    *second = sotto_load_u16(field->bytes + 2);
    if (*first > most || *second > most) {
        sotto_reader_refuse(reader, SOTTO_INVALID, (uint32_t)(field->bytes - reader->file),
                            "value out of range");
    }
}

static void read_u32(const sotto_field_bytes *field, uint32_t *number)
{
    if (field->bytes != NULL) {
        *number = sotto_load_u32(field->bytes);
    }
}

/* Two limits that do not go down. */
static void read_limits(sotto_reader *reader, const sotto_field_bytes *field, uint32_t limits[2])
{
    if (field->bytes == NULL) {
        return;
    }
    limits[0] = sotto_load_u32(field->bytes);
    limits[1] = sotto_load_u32(field->bytes + 4);
    if (limits[0] > limits[1]) {
        sotto_reader_refuse(reader, SOTTO_INVALID, (uint32_t)(field->bytes - reader->file),
                            "value out of range");
    }
}

static void read_clusters(sotto_reader *reader, const sotto_field_bytes *field,
                          sotto_plan_rules *rules)
{
    const char *bytes = (const char *)field->bytes;
    uint32_t start = 0;
    for (uint32_t i = 0; i < field->size; i++) {
        if (bytes[i] == 0 && rules->cluster_count < SOTTO_PLAN_MAX_CLUSTERS) {
            rules->clusters[rules->cluster_count++] = (sotto_text){bytes + start, i - start};
            start = i + 1;
        }
    }
    if (start != field->size) {
        sotto_reader_refuse(reader, SOTTO_INVALID, (uint32_t)(field->bytes - reader->file) + start,
                            "not a list of names");
    }
}

/*
 * A list of things of `size` bytes, which begin with the number of a text that can be a name. What
 * stands at `other` is the number of a text too.
 */
static void read_named(sotto_reader *reader, const sotto_plan *plan,
                       const sotto_field_bytes *field, uint32_t size, uint32_t other,
                       const uint8_t **list, uint32_t *count)
{
    *list = field->bytes;
    *count = field->size / size;
    for (uint32_t i = 0; i < *count; i++) {
        const uint8_t *at = field->bytes + size * i;
        uint32_t name = sotto_load_u16(at);
        if (name >= plan->string_count ||
            sotto_plan_text(plan, name).size - 1 >= SOTTO_PLAN_MAX_NAME_SIZE ||
            sotto_load_u16(at + other) >= plan->string_count) {
            sotto_reader_refuse(reader, SOTTO_INVALID, (uint32_t)(at - reader->file),
                                "index past the end");
            return;
        }
    }
}

static void open_rules(sotto_plan *plan, sotto_reader *reader)
{
    sotto_field_bytes fields[SOTTO_DECI_KEYS];
    sotto_plan_rules *rules = &plan->rules;
    const uint8_t *bytes = sotto_reader_take(reader, 0);
    sotto_record_check(reader, rule_shapes, SOTTO_DECI_KEYS);
    if (reader->status != SOTTO_OK) {
        return;
    }
    sotto_record_read(bytes, reader->end - reader->start, SOTTO_DECI_KEYS, fields);
    const sotto_field_bytes *holdout = &fields[SOTTO_DECI_HOLDOUT];
    if (holdout->bytes != NULL) {
        rules->holdout = sotto_load_u16(holdout->bytes);
        if (rules->holdout > SOTTO_PLAN_WHOLE) {
            sotto_reader_refuse(reader, SOTTO_INVALID, (uint32_t)(holdout->bytes - reader->file),
                                "value out of range");
        }
    }
    if (fields[SOTTO_DECI_IDLE].bytes != NULL) {
        rules->idle_s = sotto_load_u16(fields[SOTTO_DECI_IDLE].bytes);
    }
    read_pair(reader, &fields[SOTTO_DECI_CEILING], UINT16_MAX, &rules->ceiling_session,
              &rules->ceiling_day);
    read_u32(&fields[SOTTO_DECI_GAP], &rules->gap_s);
    read_pair(reader, &fields[SOTTO_DECI_QUIET], SOTTO_PLAN_DAY_MINUTES, &rules->quiet_from,
              &rules->quiet_to);
    read_u32(&fields[SOTTO_DECI_AFTER_PURCHASE], &rules->after_purchase_s);
    read_limits(reader, &fields[SOTTO_DECI_RECENCY], rules->recency_s);
    read_limits(reader, &fields[SOTTO_DECI_SPENT], rules->spent);
    read_limits(reader, &fields[SOTTO_DECI_ORDERS], rules->orders);
    read_u32(&fields[SOTTO_DECI_RHYTHM], &rules->rhythm_s);
    rules->by_spent = fields[SOTTO_DECI_SPENT].bytes != NULL;
    read_clusters(reader, &fields[SOTTO_DECI_CLUSTERS], rules);
    read_named(reader, plan, &fields[SOTTO_DECI_PLACES], SOTTO_DECI_PLACE_SIZE, 0, &rules->places,
               &rules->place_count);
    read_named(reader, plan, &fields[SOTTO_DECI_ACCOUNT], SOTTO_DECI_ACCOUNT_SIZE, 0,
               &rules->account, &rules->account_count);
    for (uint32_t i = 0; i < rules->account_count && reader->status == SOTTO_OK; i++) {
        const uint8_t *kind = rules->account + SOTTO_DECI_ACCOUNT_SIZE * i + 2;
        if (*kind < SOTTO_ACCOUNT_NUMBER || *kind > SOTTO_ACCOUNT_TRUTH) {
            sotto_reader_refuse(reader, SOTTO_INVALID, (uint32_t)(kind - reader->file),
                                "value out of range");
        }
    }
    read_named(reader, plan, &fields[SOTTO_DECI_HAND_OFFS], SOTTO_DECI_HAND_OFF_SIZE, 2,
               &rules->hand_offs, &rules->hand_off_count);
}

/* ---- All of it ------------------------------------------------------------------------------- */

typedef void open_section(sotto_plan *plan, sotto_reader *reader);

static open_section *const openers[KNOWN] = {
    [STRINGS] = open_strings,
    [KEYS] = open_keys,
    [RULES] = open_rules,
    [SEGMENTS] = sotto_plan_segments_open,
    [EXPERIMENTS] = sotto_plan_experiments_open,
    [OFFERS] = sotto_plan_offers_open,
    [CAMPAIGNS] = sotto_plan_campaigns_open,
};

/* Only the rules for all campaigns can do without texts. */
static void open_plan(sotto_plan *plan, const sotto_part *part, sotto_reader *reader)
{
    bool has_strings = sotto_section_exists(&part->sections[STRINGS]);
    for (uint32_t i = STRINGS; i < KNOWN; i++) {
        const sotto_section *section = &part->sections[i];
        if (!sotto_section_exists(section)) {
            continue;
        }
        if (!has_strings && i != RULES) {
            sotto_reader_refuse(reader, SOTTO_INVALID, SOTTO_HEAD_SIZE, "section missing");
        }
        sotto_reader_enter(reader, section);
        openers[i](plan, reader);
    }
}

sotto_status sotto_plan_open(void *block, const sotto_bundle *bundle, sotto_fault *fault)
{
    sotto_plan *plan = block;
    init_plan(plan);
    const uint8_t *file = bundle->campaigns.file;
    if (file == NULL) {
        return SOTTO_OK;
    }
    sotto_part part;
    sotto_reader reader = sotto_reader_over(file, 0, sotto_load_u32(file + SOTTO_HEAD_FILE_SIZE));
    sotto_part_open(&part, &part_shape, &reader);
    if (reader.status == SOTTO_OK) {
        open_plan(plan, &part, &reader);
    }
    if (reader.status == SOTTO_OK) {
        resolve_keys(plan, bundle);
    } else {
        init_plan(plan);
        if (fault != NULL) {
            *fault = reader.fault;
        }
    }
    return reader.status;
}
