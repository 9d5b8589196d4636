/*
 * plan_write.c - segments, campaigns, experiments and offers, as sections of the campaigns part
 *
 * Here are the texts, the keys and the rules for all campaigns; the lists are in
 * plan_lists_write.c. Names, counts and ranges are checked while writing; that a program is sound
 * is for the reader, which a publisher asks before it lets a file out.
 */
#include "format/plan_write.h"

#include "base/bytes.h"
#include "base/hash.h"
#include "format/layout_plan.h"
#include "format/part_write.h"
#include "format/plan_lists_write.h"

#include <stdlib.h>

enum { DEFAULT_RHYTHM_S = 14 * 86400 };

sotto_plan_content sotto_plan_defaults(void)
{
    return (sotto_plan_content){
        .ceiling_session = 2, .ceiling_day = 4, .gap_s = 60, .after_purchase_s = 3600,
        .idle_s = 30, .recency_s = {30 * 86400, 90 * 86400}, .orders = {2, 4},
        .rhythm_s = DEFAULT_RHYTHM_S,
    };
}

/* ---- Texts and keys -------------------------------------------------------------------------- */

static const char *refuse_strings(const sotto_plan_content *content)
{
    uint32_t count = content->string_count;
    if (count < 1 || count > SOTTO_PLAN_MAX_STRINGS) {
        return "the campaigns have no text, or more than 65,535";
    }
    if (content->strings[0].size != 0) {
        return "the first text of the campaigns is not the empty one";
    }
    uint64_t *hashes = malloc(count * sizeof *hashes);
    if (hashes == NULL) {
        return "there is not enough memory to write the campaigns";
    }
    const char *refusal = NULL;
    for (uint32_t i = 0; i < count && refusal == NULL; i++) {
        sotto_string string = content->strings[i];
        hashes[i] = sotto_hash(string.bytes, string.size);
        if (string.size > SOTTO_PLAN_MAX_STRING_SIZE) {
            refusal = "a text of the campaigns is longer than 4,096 bytes";
        } else if (!sotto_text_is_utf8(string)) {
            refusal = "a text of the campaigns is not UTF-8";
        }
    }
    if (refusal == NULL && sotto_hashes_repeat(hashes, count)) {
        refusal = "a text of the campaigns is listed twice";
    }
    free(hashes);
    return refusal;
}

static const char *write_strings(sotto_buffer *buffer, const sotto_plan_content *content)
{
    const char *refusal = refuse_strings(content);
    if (refusal != NULL) {
        return refusal;
    }
    uint32_t count = content->string_count;
    sotto_buffer_u32(buffer, count);
    sotto_buffer_u32(buffer, 0);
    sotto_buffer_zeros(buffer, 4 * (size_t)sotto_blocks_for(count));
    size_t size = sotto_strings_write(buffer, 8, content->strings, sizeof *content->strings, count);
    sotto_buffer_set_u32(buffer, 4, (uint32_t)size);
    return NULL;
}

static const char *write_keys(sotto_buffer *buffer, const sotto_plan_content *content)
{
    if (content->key_count > 1024) {
        return "the campaigns name more than 1,024 items, categories and brands";
    }
    sotto_buffer_u32(buffer, content->key_count);
    for (uint32_t i = 0; i < content->key_count; i++) {
        sotto_buffer_u64(buffer, content->keys[i]);
    }
    for (uint32_t i = 0; i < content->key_count; i++) {
        if (content->key_kinds[i] < 1 || content->key_kinds[i] > 3) {
            return "a key of the campaigns is no item, category or brand";
        }
        sotto_buffer_u8(buffer, content->key_kinds[i]);
    }
    return NULL;
}

/* ---- What holds for all campaigns ------------------------------------------------------------ */

static void head(sotto_buffer *buffer, uint32_t key, size_t size)
{
    sotto_buffer_u16(buffer, key);
    sotto_buffer_u16(buffer, (uint32_t)size);
}

static void u16_field(sotto_buffer *buffer, uint32_t key, uint32_t value)
{
    head(buffer, key, 2);
    sotto_buffer_u16(buffer, value);
}

static void u16_pair(sotto_buffer *buffer, uint32_t key, uint32_t first, uint32_t second)
{
    head(buffer, key, 4);
    sotto_buffer_u16(buffer, first);
    sotto_buffer_u16(buffer, second);
}

static void u32_field(sotto_buffer *buffer, uint32_t key, uint32_t value)
{
    head(buffer, key, 4);
    sotto_buffer_u32(buffer, value);
}

static void u32_pair(sotto_buffer *buffer, uint32_t key, const uint32_t values[2])
{
    head(buffer, key, 8);
    sotto_buffer_u32(buffer, values[0]);
    sotto_buffer_u32(buffer, values[1]);
}

static const char *refuse_rules(const sotto_plan_content *content)
{
    if (content->holdout > SOTTO_PLAN_WHOLE) {
        return "more than all shoppers are held out";
    }
    if (content->ceiling_session > UINT16_MAX || content->ceiling_day > UINT16_MAX ||
        content->idle_s > UINT16_MAX) {
        return "a ceiling of campaigns, or the time without a sign of life, is above 65,535";
    }
    if (content->quiet_from > SOTTO_PLAN_DAY_MINUTES ||
        content->quiet_to > SOTTO_PLAN_DAY_MINUTES) {
        return "quiet hours begin or end after midnight";
    }
    if (content->recency_s[0] > content->recency_s[1] || content->spent[0] > content->spent[1] ||
        content->orders[0] > content->orders[1]) {
        return "the thresholds of recency, orders or what was spent descend";
    }
    if (content->cluster_count > 16 || content->place_count > UINT16_MAX / SOTTO_DECI_PLACE_SIZE ||
        content->account_count > UINT16_MAX / SOTTO_DECI_ACCOUNT_SIZE ||
        content->hand_off_count > UINT16_MAX / SOTTO_DECI_HAND_OFF_SIZE) {
        return "there are more clusters, places, account attributes or hand-offs than fit";
    }
    return NULL;
}

static const char *write_clusters(sotto_buffer *buffer, const sotto_plan_content *content)
{
    size_t size = 0;
    for (uint32_t i = 0; i < content->cluster_count; i++) {
        sotto_string name = content->clusters[i];
        if (name.size > SOTTO_PLAN_MAX_STRING_SIZE || !sotto_text_is_utf8(name) ||
            (name.size != 0 && memchr(name.bytes, 0, name.size) != NULL)) {
            return "the name of a cluster is not a text";
        }
        size += name.size + 1;
    }
    if (size > UINT16_MAX) {
        return "the names of the clusters are longer than 65,535 bytes";
    }
    head(buffer, SOTTO_DECI_CLUSTERS, size);
    for (uint32_t i = 0; i < content->cluster_count; i++) {
        sotto_buffer_add(buffer, content->clusters[i].bytes, content->clusters[i].size);
        sotto_buffer_u8(buffer, 0);
    }
    return NULL;
}

static const char *write_named_lists(sotto_buffer *buffer, const sotto_plan_content *content)
{
    static const char nameless[] = "a place, account attribute or hand-off has no name";
    if (content->place_count != 0) {
        head(buffer, SOTTO_DECI_PLACES, SOTTO_DECI_PLACE_SIZE * (size_t)content->place_count);
    }
    for (uint32_t i = 0; i < content->place_count; i++) {
        const sotto_place_content *place = &content->places[i];
        if (!sotto_plan_has_name(content, place->name) || place->session > UINT16_MAX ||
            place->day > UINT16_MAX) {
            return nameless;
        }
        sotto_buffer_u16(buffer, place->name);
        sotto_buffer_u16(buffer, place->session);
        sotto_buffer_u16(buffer, place->day);
    }
    if (content->account_count != 0) {
        head(buffer, SOTTO_DECI_ACCOUNT, SOTTO_DECI_ACCOUNT_SIZE * (size_t)content->account_count);
    }
    for (uint32_t i = 0; i < content->account_count; i++) {
        const sotto_account_content *entry = &content->account[i];
        if (!sotto_plan_has_name(content, entry->name) || entry->kind < SOTTO_ACCOUNT_NUMBER ||
            entry->kind > SOTTO_ACCOUNT_TRUTH) {
            return nameless;
        }
        sotto_buffer_u16(buffer, entry->name);
        sotto_buffer_u8(buffer, entry->kind);
    }
    if (content->hand_off_count != 0) {
        head(buffer, SOTTO_DECI_HAND_OFFS,
             SOTTO_DECI_HAND_OFF_SIZE * (size_t)content->hand_off_count);
    }
    for (uint32_t i = 0; i < content->hand_off_count; i++) {
        const sotto_hand_off_content *hand_off = &content->hand_offs[i];
        if (!sotto_plan_has_name(content, hand_off->name) ||
            hand_off->address >= content->string_count) {
            return nameless;
        }
        sotto_buffer_u16(buffer, hand_off->name);
        sotto_buffer_u16(buffer, hand_off->address);
    }
    return NULL;
}

static const char *write_rules(sotto_buffer *buffer, const sotto_plan_content *content)
{
    const char *refusal = refuse_rules(content);
    if (refusal != NULL) {
        return refusal;
    }
    u16_field(buffer, SOTTO_DECI_HOLDOUT, content->holdout);
    u16_pair(buffer, SOTTO_DECI_CEILING, content->ceiling_session, content->ceiling_day);
    u32_field(buffer, SOTTO_DECI_GAP, content->gap_s);
    u16_pair(buffer, SOTTO_DECI_QUIET, content->quiet_from, content->quiet_to);
    u32_field(buffer, SOTTO_DECI_AFTER_PURCHASE, content->after_purchase_s);
    u16_field(buffer, SOTTO_DECI_IDLE, content->idle_s);
    u32_pair(buffer, SOTTO_DECI_RECENCY, content->recency_s);
    if (content->cluster_count != 0) {
        refusal = write_clusters(buffer, content);
    }
    if (refusal == NULL) {
        refusal = write_named_lists(buffer, content);
    }
    if ((content->spent[0] | content->spent[1]) != 0) {
        u32_pair(buffer, SOTTO_DECI_SPENT, content->spent);
    }
    u32_pair(buffer, SOTTO_DECI_ORDERS, content->orders);
    if (content->rhythm_s != DEFAULT_RHYTHM_S) {
        u32_field(buffer, SOTTO_DECI_RHYTHM, content->rhythm_s);
    }
    return refusal;
}

/* ---- All of it ------------------------------------------------------------------------------- */

typedef const char *write_section(sotto_buffer *buffer, const sotto_plan_content *content);

sotto_status sotto_plan_sections(const sotto_plan_content *content, sotto_section_list *list,
                                 const char **why)
{
    const struct {
        const char    *tag;
        write_section *write;
        bool           wanted;
    } sections[] = {
        {"cstr", write_strings, true},
        {"ckey", write_keys, content->key_count != 0},
        {"deci", write_rules, true},
        {"segm", sotto_plan_segments_write, content->segment_count != 0},
        {"expt", sotto_plan_experiments_write, content->experiment_count != 0},
        {"offr", sotto_plan_offers_write, content->offer_count != 0},
        {"camp", sotto_plan_campaigns_write, content->campaign_count != 0},
    };
    uint32_t before = list->count;
    for (uint32_t i = 0; i < SOTTO_ARRAY_COUNT(sections); i++) {
        if (!sections[i].wanted) {
            continue;
        }
        sotto_buffer buffer = {0};
        sotto_bytes bytes = {NULL, 0};
        const char *refusal = sections[i].write(&buffer, content);
        sotto_status status = sotto_buffer_finish(&buffer, refusal, &bytes, why);
        if (status == SOTTO_OK && !sotto_section_list_add(list, sections[i].tag, bytes)) {
            status = SOTTO_NO_ROOM;
            if (why != NULL) {
                *why = "there are more sections than fit in a list";
            }
        }
        if (status != SOTTO_OK) {
            sotto_section_list_cut(list, before);
            return status;
        }
    }
    return SOTTO_OK;
}
