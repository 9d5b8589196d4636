/*
 * dump_model.c - the content of a model as JSON
 */
#include "base/bytes.h"
#include "cli/document.h"

void cli_dump_links(cli_json *json, const char *key, const sotto_bundle *bundle,
                    sotto_relation relation, uint32_t item)
{
    sotto_link links[SOTTO_MAX_LINKS];
    uint32_t count = sotto_item_links(bundle, relation, item, links);
    cli_json_array(json, key);
    for (uint32_t i = 0; i < count; i++) {
        cli_json_array(json, NULL);
        cli_json_number(json, NULL, links[i].item);
        cli_json_number(json, NULL, links[i].weight);
        cli_json_end(json);
    }
    cli_json_end(json);
}

static void dump_items(cli_json *json, const sotto_bundle *bundle)
{
    cli_json_array(json, "items");
    for (uint32_t i = 0; i < sotto_item_count(bundle); i++) {
        cli_json_object(json, NULL);
        cli_json_number(json, "index", i);
        cli_json_bytes(json, "id", sotto_item_id(bundle, i));
        cli_json_hash(json, "hash", sotto_item_hash(bundle, i));
        cli_json_number(json, "popularity", sotto_item_popularity(bundle, i));
        cli_dump_links(json, "next", bundle, SOTTO_NEXT, i);
        cli_dump_links(json, "together", bundle, SOTTO_TOGETHER, i);
        cli_dump_links(json, "viewed_bought", bundle, SOTTO_VIEWED_BOUGHT, i);
        cli_json_end(json);
    }
    cli_json_end(json);
}

/* Ranked lists in the order of the file; kinds that a reader passes over are left out. */
static void dump_tops(cli_json *json, const cli_section *tops)
{
    uint32_t list_count = sotto_load_u32(tops->bytes);
    const uint8_t *items = tops->bytes + 4 + 8 * (size_t)list_count;
    cli_json_array(json, "tops");
    for (uint32_t i = 0; i < list_count; i++) {
        uint32_t kind = sotto_load_u32(tops->bytes + 4 + 8 * (size_t)i);
        uint32_t count = sotto_load_u32(tops->bytes + 8 + 8 * (size_t)i);
        if (kind == SOTTO_TOP_POPULAR || kind == SOTTO_TOP_TRENDING) {
            cli_json_object(json, NULL);
            cli_json_number(json, "kind", kind);
            cli_json_array(json, "items");
            for (uint32_t j = 0; j < count; j++) {
                cli_json_number(json, NULL, sotto_load_u32(items + 4 * (size_t)j));
            }
            cli_json_end(json);
            cli_json_end(json);
        }
        items += 4 * (size_t)count;
    }
    cli_json_end(json);
}

static void dump_table(cli_json *json, const cli_section *links, uint32_t relation)
{
    if (!links->bytes) {
        return;
    }
    const uint8_t *head = links->bytes;
    uint32_t weight_count = head[SOTTO_LINKS_WEIGHT_COUNT];
    cli_json_object(json, NULL);
    cli_json_number(json, "relation", relation);
    cli_json_number(json, "max_links", head[SOTTO_LINKS_MAX_LINKS]);
    cli_json_number(json, "group_bits", head[SOTTO_LINKS_GROUP_BITS]);
    cli_json_number(json, "bucket_count", head[SOTTO_LINKS_BUCKET_COUNT]);
    cli_json_number(json, "weight_count", weight_count);
    cli_json_bool(json, "normalise", (head[SOTTO_LINKS_FLAGS] & SOTTO_LINKS_NORMALISE) != 0);
    cli_json_number(json, "link_count", sotto_load_u32(head + SOTTO_LINKS_LINK_COUNT));
    cli_json_number(json, "data_size", sotto_load_u32(head + SOTTO_LINKS_DATA_SIZE));
    cli_json_array(json, "weights");
    for (uint32_t i = 0; i < weight_count; i++) {
        cli_json_number(json, NULL, sotto_load_u16(head + SOTTO_LINKS_HEAD_SIZE + 2 * (size_t)i));
    }
    cli_json_end(json);
    cli_json_end(json);
}

void cli_dump_tables(cli_json *json, const cli_document *part, const char *prefix)
{
    cli_json_array(json, "links");
    for (uint32_t relation = SOTTO_NEXT; relation <= SOTTO_LOOKS; relation++) {
        char tag[] = {prefix[0], prefix[1], prefix[2], (char)('0' + relation), 0};
        cli_section table = cli_section_find(part, tag);
        dump_table(json, &table, relation);
    }
    cli_json_end(json);
}

static void dump_weights(cli_json *json, const char *key, const uint8_t *weights, uint32_t count)
{
    cli_json_array(json, key);
    for (uint32_t i = 0; i < count; i++) {
        cli_json_number(json, NULL, sotto_load_u32(weights + 4 * (size_t)i));
    }
    cli_json_end(json);
}

static void dump_parameters(cli_json *json, const cli_section *parm)
{
    static const char *const names[] = {
        "next_mix", "together_mix", "popularity_weight", "event_weight_cart",
        "event_weight_purchase", "category_weight", "brand_weight",
    };
    int64_t values[] = {65536, 16384, 0, 131072, 65536, 6554, 3277};
    uint32_t history_count = sotto_load_u16(parm->bytes + SOTTO_PARM_HISTORY_COUNT);
    uint32_t parameter_count = sotto_load_u16(parm->bytes + SOTTO_PARM_PARAMETER_COUNT);
    const uint8_t *weights = parm->bytes + SOTTO_PARM_HEAD_SIZE;
    const uint8_t *row = weights + 8 * (size_t)history_count;
    cli_json_number(json, "history_count", history_count);
    dump_weights(json, "position_weight", weights, history_count);
    dump_weights(json, "repeat_weight", weights + 4 * (size_t)history_count, history_count);
    for (uint32_t i = 0; i < parameter_count; i++, row += SOTTO_PARM_ROW_SIZE) {
        uint32_t key = sotto_load_u16(row);
        if (key >= 1 && key <= SOTTO_ARRAY_COUNT(names)) {
            values[key - 1] = (int32_t)sotto_load_u32(row + 4);
        }
    }
    cli_json_object(json, "parameters");
    for (size_t i = 0; i < SOTTO_ARRAY_COUNT(names); i++) {
        cli_json_signed(json, names[i], values[i]);
    }
    cli_json_end(json);
}

void cli_dump_model(cli_json *json, const cli_document *document)
{
    cli_section ids = cli_section_find(document, "IDS ");
    cli_section tops = cli_section_find(document, "TOPS");
    cli_section parm = cli_section_find(document, "PARM");
    cli_dump_head(json, document);
    cli_dump_ids(json, &ids);
    dump_items(json, document->bundle);
    dump_tops(json, &tops);
    cli_dump_tables(json, document, "LNK");
    dump_parameters(json, &parm);
}
