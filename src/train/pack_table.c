/*
 * pack_table.c - the links of one kind, as a model will hold them
 *
 * Rows stand in the order of the model, and the links of a row are sorted by target.
 */
#include "train/pack_table.h"

#include "format/layout.h"
#include "train/thin.h"

#include <stdlib.h>
#include <string.h>

#define GROUP_LINKS 160u /* of rows that share an offset: passing over them takes 2 us */

static void weigh_row(sotto_packed_table *table, const sotto_item_places *places, uint32_t item,
                      float met)
{
    const sotto_weighted *row = sotto_links_row(table->links, item);
    float *worths = table->worths + (size_t)item * table->links->max_links;
    sotto_thin_link links[SOTTO_THIN_MAX];
    uint32_t count = table->links->counts[item];
    for (uint32_t k = 0; k < count; k++) {
        links[k] =
            (sotto_thin_link){places->index_of[row[k].item], k, met * row[k].weight, 0};
    }
    sotto_thin_row(links, count, places->index_of[item], 0);
    for (uint32_t k = 0; k < count; k++) {
        worths[links[k].place] = links[k].value;
    }
}

bool sotto_packed_table_open(sotto_packed_table *table, const sotto_links *links,
                             const sotto_item_places *places, const uint32_t *met)
{
    size_t n = places->all_items, room = n * links->max_links + 1;
    table->links = links;
    table->worths = calloc(room, sizeof *table->worths);
    table->row_starts = calloc(n + 1, sizeof *table->row_starts);
    table->items = calloc(room, sizeof *table->items);
    table->row_codes = calloc(room, 1);
    if (table->worths == NULL || table->row_starts == NULL || table->items == NULL
        || table->row_codes == NULL) {
        return false;
    }
    for (uint32_t item = 0; item < n; item++) {
        weigh_row(table, places, item, (float)met[item]);
    }
    return true;
}

void sotto_packed_table_free(sotto_packed_table *table)
{
    sotto_codes_free(&table->codes);
    free(table->worths);
    free(table->row_starts);
    free(table->items);
    free(table->row_codes);
    memset(table, 0, sizeof *table);
}

typedef struct target {
    uint32_t index;
    uint8_t  code;
} target;

static int compare_targets(const void *a, const void *b)
{
    const target *x = a, *y = b;
    return x->index < y->index ? -1 : x->index > y->index ? 1 : 0;
}

uint32_t sotto_packed_table_fill(sotto_packed_table *table, const sotto_item_places *places)
{
    const sotto_links *links = table->links;
    uint32_t count = 0;
    table->longest_row = 0;
    for (uint32_t index = 0; index < places->item_count; index++) {
        uint32_t item = places->order[index], kept = 0;
        size_t start = (size_t)item * links->max_links;
        target targets[SOTTO_MAX_LINKS];
        for (size_t at = start; at < start + links->counts[item]; at++) {
            if (table->worths[at] >= table->least_worth) {
                targets[kept].index = places->index_of[links->links[at].item];
                targets[kept++].code = table->codes.codes[at];
            }
        }
        qsort(targets, kept, sizeof *targets, compare_targets);
        table->row_starts[index] = count;
        for (uint32_t k = 0; k < kept; k++, count++) {
            table->items[count] = targets[k].index;
            table->row_codes[count] = targets[k].code;
        }
        table->longest_row = kept > table->longest_row ? kept : table->longest_row;
    }
    table->row_starts[places->item_count] = count;
    return count;
}

/* How many rows share an offset: as many as have GROUP_LINKS links, on average. */
static uint32_t group_bits(uint64_t rows, uint64_t links)
{
    uint32_t bits = 0;
    while (bits < SOTTO_LINKS_MAX_GROUP_BITS && (links << (bits + 1)) <= GROUP_LINKS * rows) {
        bits++;
    }
    return bits;
}

sotto_link_table_content sotto_packed_table_content(const sotto_packed_table *table,
                                                    sotto_relation relation, bool normalise,
                                                    uint32_t item_count)
{
    sotto_link_table_content content = {
        .relation = relation,
        .max_links = table->longest_row > 0 ? table->longest_row : 1,
        .group_bits = group_bits(item_count, table->row_starts[item_count]),
        .normalise = normalise,
        .weight_count = table->codes.code_count,
        .row_starts = table->row_starts,
        .items = table->items,
        .codes = table->row_codes,
    };
    memcpy(content.weights, table->codes.weights, sizeof content.weights);
    return content;
}
