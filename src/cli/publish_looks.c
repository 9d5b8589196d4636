/*
 * publish_looks.c - what the catalogue adds to the model's links
 *
 *     titles, categories, brands, ... --> content --> which items look alike --> lnk4
 *                                                          |
 *     the model's links --> how much each field counts     +--> links to and from
 *           |                                              |    new items --> lnk1, lnk2
 *           +----------------------------------------------+
 *
 * So an item is found from the hour it stands in the feed, and a shop without logs has something to
 * show next to every product.
 */
#include "cli/publish.h"

#include "cli/number.h"
#include "cli/report.h"
#include "train/bridge.h"
#include "train/content.h"
#include "train/quantise.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WIDE_LINKS 24u /* for the bridge, and to choose from by popularity */
#define FROM_NEW   12u /* links of an item the model does not know */
#define TO_NEW     4u  /* links to such items, of one that it knows */
#define CODE_COUNT 10u
#define CODE_STEP  0.5
#define LOOKS_STEP 0.15
#define GROUP_BITS 3u
#define POPULAR_SHARE 0.4f /* of how alike they are */

/* The model's rows of a relation, in the numbering of the catalogue. */
static bool read_learned(const sotto_bundle *model, sotto_relation relation, uint32_t item_count,
                         sotto_links *learned)
{
    sotto_link row[SOTTO_MAX_LINKS];
    if (!sotto_links_init(learned, item_count, SOTTO_MAX_LINKS)) {
        return false;
    }
    for (uint32_t i = 0; i < sotto_item_count(model); i++) {
        uint32_t count = sotto_item_links(model, relation, i, row);
        sotto_best best = {learned->links + (size_t)i * SOTTO_MAX_LINKS, 0, SOTTO_MAX_LINKS};
        for (uint32_t k = 0; k < count; k++) {
            float weight = (float)row[k].weight / 65536.0f;
            sotto_best_offer(&best, (sotto_weighted){row[k].item, weight});
        }
        sotto_best_sort(&best);
        learned->counts[i] = best.count;
    }
    return true;
}

/*
 * Of those that are most alike the `most` that are both that and popular: of two that look equally
 * like it, shoppers want the one that others wanted.
 */
static void choose_popular(sotto_links *links, const uint8_t *popularity, uint32_t most)
{
    for (uint32_t i = 0; i < links->item_count; i++) {
        sotto_weighted *row = links->links + (size_t)i * links->max_links;
        for (uint32_t k = 0; k < links->counts[i]; k++) {
            float popular = (float)popularity[row[k].item] / 255.0f;
            row[k].weight = (row[k].weight + POPULAR_SHARE * popular) / (1 + POPULAR_SHARE);
        }
        sotto_best best = {row, links->counts[i], links->max_links};
        sotto_best_sort(&best);
        links->counts[i] = links->counts[i] < most ? links->counts[i] : most;
    }
}

typedef struct target {
    uint32_t item;
    uint8_t  code;
} target;

static int compare_targets(const void *a, const void *b)
{
    const target *x = a, *y = b;
    return x->item < y->item ? -1 : x->item > y->item ? 1 : 0;
}

/* The arrays of a table, in the pool. False without memory for the codes. */
static bool lay_out(cli_pool *pool, const sotto_links *links, sotto_relation relation, double step,
                    sotto_link_table_content *table)
{
    sotto_codes codes;
    if (!sotto_quantise_plain(links, CODE_COUNT, step, &codes)) {
        return false;
    }
    size_t total = sotto_links_total(links);
    uint32_t *starts = cli_pool_alloc(pool, (size_t)links->item_count + 1, sizeof *starts);
    uint32_t *items = cli_pool_alloc(pool, total + 1, sizeof *items);
    uint8_t *item_codes = cli_pool_alloc(pool, total + 1, 1);
    uint32_t count = 0, longest = 1;
    for (uint32_t i = 0; i < links->item_count; i++) {
        target row[SOTTO_MAX_LINKS];
        uint32_t size = links->counts[i];
        for (uint32_t k = 0; k < size; k++) {
            row[k] = (target){sotto_links_row(links, i)[k].item,
                              codes.codes[(size_t)i * links->max_links + k]};
        }
        qsort(row, size, sizeof *row, compare_targets);
        starts[i] = count;
        for (uint32_t k = 0; k < size; k++, count++) {
            items[count] = row[k].item;
            item_codes[count] = row[k].code;
        }
        longest = size > longest ? size : longest;
    }
    starts[links->item_count] = count;
    *table = (sotto_link_table_content){
        .relation = relation, .max_links = longest, .group_bits = GROUP_BITS,
        .weight_count = codes.code_count, .row_starts = starts, .items = items,
        .codes = item_codes,
    };
    memcpy(table->weights, codes.weights, sizeof table->weights);
    sotto_codes_free(&codes);
    return true;
}

/* Adds a table, unless it is empty. */
static bool add_table(cli_pool *pool, const sotto_links *links, sotto_relation relation,
                      double step, sotto_catalogue_content *catalogue)
{
    sotto_link_table_content *tables = (sotto_link_table_content *)catalogue->tables;
    if (sotto_links_total(links) == 0) {
        return true;
    }
    return lay_out(pool, links, relation, step, &tables[catalogue->table_count++]);
}

/* What the model's links of a relation say of new items. */
static bool add_bridge(cli_pool *pool, const sotto_links *looks, const sotto_bundle *model,
                       sotto_relation relation, sotto_catalogue_content *catalogue)
{
    sotto_links learned = {0};
    sotto_links bridge = {0};
    bool good = read_learned(model, relation, looks->item_count, &learned);
    if (good && sotto_links_total(&learned) > 0) {
        good = sotto_bridge_make(looks, &learned, catalogue->model_item_count,
                                 relation == SOTTO_NEXT, FROM_NEW, TO_NEW, &bridge)
            && add_table(pool, &bridge, relation, CODE_STEP, catalogue);
    }
    sotto_links_free(&learned);
    sotto_links_free(&bridge);
    return good;
}

/* The weights of the fields, as the model's links want them. */
static bool tune(const sotto_content *content, const sotto_bundle *model, cli_looks *looks)
{
    for (int relation = SOTTO_NEXT; relation <= SOTTO_TOGETHER && looks->asked == 0; relation++) {
        sotto_links learned = {0};
        if (!read_learned(model, (sotto_relation)relation, content->item_count, &learned)) {
            return false;
        }
        looks->asked = sotto_content_tune(content, &learned, &looks->weights, &looks->before,
                                          &looks->after);
        sotto_links_free(&learned);
    }
    return true;
}

static uint8_t *popularity_of(cli_pool *pool, const sotto_bundle *model, uint32_t item_count)
{
    uint8_t *codes = cli_pool_alloc(pool, (size_t)item_count + 1, 1);
    for (uint32_t i = 0; i < sotto_item_count(model); i++) {
        codes[i] = (uint8_t)sotto_item_popularity(model, i);
    }
    return codes;
}

bool cli_publish_looks(cli_pool *pool, const sotto_bundle *model, uint32_t max_links,
                       sotto_catalogue_content *catalogue, cli_looks *report)
{
    sotto_content content = {0};
    sotto_links looks = {0};
    const uint8_t *popularity = popularity_of(pool, model, catalogue->item_count);
    *report = (cli_looks){.weights = sotto_content_defaults()};
    if (max_links == 0) {
        return true;
    }
    catalogue->tables = cli_pool_alloc(pool, SOTTO_LOOKS, sizeof *catalogue->tables);
    uint32_t wide = max_links > WIDE_LINKS ? max_links : WIDE_LINKS;
    bool good = sotto_content_make(catalogue, popularity, &content)
             && tune(&content, model, report)
             && sotto_content_links(&content, &report->weights, wide, &looks);
    if (good) {
        good = add_bridge(pool, &looks, model, SOTTO_NEXT, catalogue)
            && add_bridge(pool, &looks, model, SOTTO_TOGETHER, catalogue);
        choose_popular(&looks, popularity, max_links);
        report->links = sotto_links_total(&looks);
        good = good && add_table(pool, &looks, SOTTO_LOOKS, LOOKS_STEP, catalogue);
    }
    sotto_links_free(&looks);
    sotto_content_free(&content);
    return good || cli_error("not enough memory to compare %u items", catalogue->item_count);
}

void cli_looks_report(const cli_looks *looks)
{
    char weights[200] = "";
    char number[CLI_NUMBER_SIZE];
    size_t at = 0;
    if (looks->links == 0) {
        return;
    }
    for (int field = 0; field < SOTTO_CONTENT_FIELDS; field++) {
        at += (size_t)snprintf(weights + at, sizeof weights - at, "%s%s %.2g", at ? ", " : "",
                               sotto_content_field_name((sotto_content_field)field),
                               looks->weights.fields[field]);
    }
    cli_note("what looks alike: %s links, by %s", cli_number_group(number, looks->links), weights);
    if (looks->asked) {
        cli_note("  of what shoppers' behaviour links to %s items, the nearest eight find %.1f %%"
                 " (%.1f %% by the usual weights)", cli_number_group(number, looks->asked),
                 looks->after, looks->before);
    }
}

void cli_looks_json(cli_json *json, const cli_looks *looks)
{
    cli_json_object(json, "looks_like");
    cli_json_number(json, "links", looks->links);
    cli_json_number(json, "asked", looks->asked);
    cli_json_real(json, "found_by_defaults", looks->before, 2);
    cli_json_real(json, "found", looks->after, 2);
    cli_json_object(json, "weights");
    for (int field = 0; field < SOTTO_CONTENT_FIELDS; field++) {
        cli_json_real(json, sotto_content_field_name((sotto_content_field)field),
                      looks->weights.fields[field], 3);
    }
    cli_json_end(json);
    cli_json_end(json);
}
