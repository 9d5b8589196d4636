/*
 * pack.c - what was learned, as the bytes of a model part
 *
 * Items are renumbered by the order that keeps linked ones close, and rows are sorted by target.
 *
 * A budget is spent on the links that will be used most: a link is worth how often its item is met
 * times its share of the row. All links are ranked by that, and a search by halves finds how many
 * of the best fit. A row thus loses its weakest links first, and a rare item more of them than a
 * popular one.
 */
#include "train/pack.h"

#include "base/bytes.h"
#include "format/layout.h"

#include <stdlib.h>
#include <string.h>

#define GROUP_BITS      3u
#define TOGETHER_CODES  10u
#define TOGETHER_STEP   0.35
#define TOGETHER_WORTH  0.5 /* of a link of the other table: used on fewer pages */
#define BUDGET_ATTEMPTS 14

enum { NEXT, TOGETHER, TABLES };

/* The arrays behind one table's content. */
typedef struct packed_table {
    const sotto_links *links;
    sotto_codes        codes;
    float             *worths;    /* of each link; as the links, descending in a row */
    uint32_t          *row_starts, *items;
    uint8_t           *row_codes;
} packed_table;

typedef struct model_packer {
    const sotto_learned *learned;
    uint32_t             item_count;
    uint32_t            *index_of; /* by item: its index in the model */
    sotto_string        *ids;
    uint8_t             *popularity;
    uint32_t            *popular, *trending;
    packed_table         tables[TABLES];
    float                least_worth; /* links below it are left out */
} model_packer;

/* ---- one table ------------------------------------------------------------------------------- */

static bool prepare_table(model_packer *packer, int number, const sotto_links *links)
{
    packed_table *table = &packer->tables[number];
    size_t n = packer->item_count;
    if (links == NULL || sotto_links_total(links) == 0) {
        return true;
    }
    table->links = links;
    size_t places = n * links->max_links + 1;
    table->worths = calloc(places, sizeof *table->worths);
    table->row_starts = calloc(n + 1, sizeof *table->row_starts);
    table->items = calloc(places, sizeof *table->items);
    table->row_codes = calloc(places, 1);
    const sotto_packing *packing = &packer->learned->packing;
    bool good =
        number == NEXT
            ? sotto_quantise_rows(links, packing->code_count, packing->code_step, &table->codes)
            : sotto_quantise_plain(links, TOGETHER_CODES, TOGETHER_STEP, &table->codes);
    good = good && table->worths != NULL && table->row_starts != NULL && table->items != NULL
           && table->row_codes != NULL;
    float table_worth = number == NEXT ? 1.0f : (float)TOGETHER_WORTH;
    for (uint32_t i = 0; good && i < n; i++) {
        const sotto_weighted *row = sotto_links_row(links, i);
        float met = (float)packer->learned->popular->counts[i];
        for (uint32_t k = 0; k < links->counts[i]; k++) {
            table->worths[(size_t)i * links->max_links + k] = table_worth * met * row[k].weight;
        }
    }
    return good;
}

static void free_table(packed_table *table)
{
    sotto_codes_free(&table->codes);
    free(table->worths);
    free(table->row_starts);
    free(table->items);
    free(table->row_codes);
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

/* Fills the arrays with the links that are worth it. Returns how many, `*longest` of one row. */
static uint32_t fill_table(const model_packer *packer, packed_table *table, uint32_t *longest)
{
    const sotto_links *links = table->links;
    uint32_t count = 0;
    for (uint32_t index = 0; index < packer->item_count; index++) {
        uint32_t item = packer->learned->order[index];
        size_t start = (size_t)item * links->max_links;
        target targets[SOTTO_MAX_LINKS];
        uint32_t kept = 0;
        while (kept < links->counts[item] && table->worths[start + kept] >= packer->least_worth) {
            targets[kept].index = packer->index_of[links->links[start + kept].item];
            targets[kept].code = table->codes.codes[start + kept];
            kept++;
        }
        qsort(targets, kept, sizeof *targets, compare_targets);
        table->row_starts[index] = count;
        for (uint32_t k = 0; k < kept; k++, count++) {
            table->items[count] = targets[k].index;
            table->row_codes[count] = targets[k].code;
        }
        *longest = kept > *longest ? kept : *longest;
    }
    table->row_starts[packer->item_count] = count;
    return count;
}

/* ---- the whole part -------------------------------------------------------------------------- */

static void renumber(const model_packer *packer, const uint32_t *items, uint32_t count,
                     uint32_t *indexes)
{
    for (uint32_t i = 0; i < count; i++) {
        indexes[i] = packer->index_of[items[i]];
    }
}

static bool prepare(model_packer *packer)
{
    const sotto_learned *learned = packer->learned;
    size_t n = (size_t)packer->item_count + 1;
    packer->index_of = calloc(n, sizeof *packer->index_of);
    packer->ids = calloc(n, sizeof *packer->ids);
    packer->popularity = calloc(n, 1);
    packer->popular = calloc(SOTTO_POPULAR_MAX, sizeof *packer->popular);
    packer->trending = calloc(SOTTO_TRENDING_MAX, sizeof *packer->trending);
    if (packer->index_of == NULL || packer->ids == NULL || packer->popularity == NULL
        || packer->popular == NULL || packer->trending == NULL) {
        return false;
    }
    for (uint32_t index = 0; index < packer->item_count; index++) {
        uint32_t item = learned->order[index];
        packer->index_of[item] = index;
        packer->ids[index] = sotto_intern_get(learned->items, item);
        packer->popularity[index] = learned->popular->codes[item];
    }
    renumber(packer, learned->popular->popular, learned->popular->popular_count, packer->popular);
    renumber(packer, learned->popular->trending, learned->popular->trending_count,
             packer->trending);
    return prepare_table(packer, NEXT, learned->next)
           && prepare_table(packer, TOGETHER, learned->together);
}

static void describe_table(const packed_table *table, int number, uint32_t longest,
                           sotto_link_table_content *content)
{
    *content = (sotto_link_table_content){
        .relation = number == NEXT ? SOTTO_NEXT : SOTTO_TOGETHER,
        .max_links = longest > 0 ? longest : 1,
        .group_bits = GROUP_BITS,
        .normalise = number == NEXT,
        .weight_count = table->codes.code_count,
        .row_starts = table->row_starts,
        .items = table->items,
        .codes = table->row_codes,
    };
    memcpy(content->weights, table->codes.weights, sizeof content->weights);
}

/* Writes the part with the links that are worth at least packer->least_worth. */
static bool write(model_packer *packer, sotto_packed *packed, sotto_train_fault *fault)
{
    const sotto_learned *learned = packer->learned;
    sotto_ranking_weights ranking = sotto_recipe_weights(learned->recipe);
    sotto_parameter parameters[] = {{3, (int32_t)ranking.popularity}};
    sotto_link_table_content tables[TABLES];
    uint64_t counts[TABLES] = {0};
    uint32_t table_count = 0;
    packed->longest_row = 0;
    for (int number = 0; number < TABLES; number++) {
        packed_table *table = &packer->tables[number];
        if (table->links != NULL) {
            uint32_t longest = 0;
            counts[number] = fill_table(packer, table, &longest);
            describe_table(table, number, longest, &tables[table_count++]);
            packed->longest_row = longest > packed->longest_row ? longest : packed->longest_row;
        }
    }
    sotto_model_content content = {
        .item_count = packer->item_count,
        .ids = packer->ids,
        .popularity = packer->popularity,
        .popular = packer->popular,
        .trending = packer->trending,
        .popular_count = learned->popular->popular_count,
        .trending_count = learned->popular->trending_count,
        .tables = tables,
        .table_count = table_count,
        .history_count = SOTTO_HISTORY_COUNT,
        .parameters = parameters,
        .parameter_count = sizeof parameters / sizeof *parameters,
    };
    memcpy(content.position_weight, ranking.position, sizeof ranking.position);
    memcpy(content.repeat_weight, ranking.repeat, sizeof ranking.repeat);
    const char *why = NULL;
    if (sotto_model_write(&content, &packed->model, &why) != SOTTO_OK) {
        return sotto_fault_set(fault, "the model cannot be written: %s",
                               why != NULL ? why : "no memory");
    }
    size_t offset, ids_size;
    if (!sotto_part_find_ids(&packed->model, &offset, &ids_size)) {
        return sotto_fault_set(fault, "the model was written without its ids");
    }
    packed->ids_size = ids_size;
    packed->next_links = counts[NEXT];
    packed->together_links = counts[TOGETHER];
    return true;
}

bool sotto_part_find_ids(const sotto_bytes *part, size_t *offset, size_t *size)
{
    if (part->size < SOTTO_HEAD_SIZE) {
        return false;
    }
    size_t section_count = part->bytes[SOTTO_HEAD_SECTION_COUNT];
    for (size_t i = 0; i < section_count; i++) {
        const uint8_t *row = part->bytes + SOTTO_HEAD_SIZE + i * SOTTO_ROW_ROW_SIZE;
        if (part->size >= SOTTO_HEAD_SIZE + (i + 1) * SOTTO_ROW_ROW_SIZE
            && sotto_load_u32(row + SOTTO_ROW_TAG) == SOTTO_TAG('I', 'D', 'S', ' ')) {
            *offset = sotto_load_u32(row + SOTTO_ROW_OFFSET);
            *size = sotto_load_u32(row + SOTTO_ROW_SIZE);
            return *offset + *size <= part->size;
        }
    }
    return false;
}

/* ---- the budget ------------------------------------------------------------------------------ */

static int compare_descending(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;
    return x > y ? -1 : x < y ? 1 : 0;
}

/* The worths of all links of both tables, best first; NULL without memory. */
static float *sort_worths(const model_packer *packer, size_t *count)
{
    size_t room = 1;
    for (int number = 0; number < TABLES; number++) {
        const packed_table *table = &packer->tables[number];
        room += table->links != NULL ? sotto_links_total(table->links) : 0;
    }
    float *worths = malloc(room * sizeof *worths);
    *count = 0;
    for (int number = 0; worths != NULL && number < TABLES; number++) {
        const sotto_links *links = packer->tables[number].links;
        for (uint32_t i = 0; links != NULL && i < packer->item_count; i++) {
            const float *row = packer->tables[number].worths + (size_t)i * links->max_links;
            memcpy(worths + *count, row, links->counts[i] * sizeof *row);
            *count += links->counts[i];
        }
    }
    if (worths != NULL) {
        qsort(worths, *count, sizeof *worths, compare_descending);
    }
    return worths;
}

static uint64_t size_without_ids(const sotto_packed *packed)
{
    return packed->model.size - packed->ids_size;
}

/* Writes with the best `keep` links and says whether that fits. */
static bool attempt(model_packer *packer, const float *worths, size_t keep, uint64_t budget,
                    sotto_packed *packed, bool *fits, sotto_train_fault *fault)
{
    free(packed->model.bytes);
    packed->model = (sotto_bytes){NULL, 0};
    packer->least_worth = keep > 0 ? worths[keep - 1] : 3e38f;
    if (!write(packer, packed, fault)) {
        return false;
    }
    *fits = size_without_ids(packed) <= budget;
    return true;
}

static bool fit(model_packer *packer, uint64_t budget, sotto_packed *packed,
                sotto_train_fault *fault)
{
    size_t count;
    float *worths = sort_worths(packer, &count);
    if (worths == NULL) {
        return sotto_fault_set(fault, "not enough memory to fit the model into its budget");
    }
    bool fits = false;
    bool good = attempt(packer, worths, 0, budget, packed, &fits, fault);
    if (good && !fits) {
        sotto_fault_set(fault,
                        "a budget of %llu bytes is too small: without a single link the model "
                        "takes %llu",
                        (unsigned long long)budget, (unsigned long long)size_without_ids(packed));
        good = sotto_fault_hint(fault, "leave out items that are hardly met, or raise the budget");
    }
    size_t low = 0, high = count; /* low fits, high does not */
    for (int i = 0; good && i < BUDGET_ATTEMPTS && high - low > 1; i++) {
        size_t middle = low + (high - low) / 2;
        good = attempt(packer, worths, middle, budget, packed, &fits, fault);
        *(fits ? &low : &high) = middle;
    }
    good = good && attempt(packer, worths, low, budget, packed, &fits, fault);
    free(worths);
    return good;
}

bool sotto_pack(const sotto_learned *learned, uint64_t budget, sotto_packed *packed,
                sotto_train_fault *fault)
{
    model_packer packer = {.learned = learned, .item_count = learned->items->count};
    memset(packed, 0, sizeof *packed);
    bool good = prepare(&packer) || sotto_fault_set(fault, "not enough memory to write the model");
    good = good && write(&packer, packed, fault);
    if (good && budget > 0 && size_without_ids(packed) > budget) {
        good = fit(&packer, budget, packed, fault);
    }
    for (int number = 0; number < TABLES; number++) {
        free_table(&packer.tables[number]);
    }
    free(packer.index_of);
    free(packer.ids);
    free(packer.popularity);
    free(packer.popular);
    free(packer.trending);
    if (!good) {
        free(packed->model.bytes);
        memset(packed, 0, sizeof *packed);
    }
    return good;
}
